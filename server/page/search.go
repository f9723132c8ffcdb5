package page

import (
	"cmp"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/query"
)

// Search is the page of a search: what was asked, and what was found or why nothing could be.
type Search struct {
	Params url.Values    // as the search was asked; others than a search knows are left out of every link
	Start  bool          // it is the start page: the cursor stands in the search box
	Result *index.Result // nil with a Fault
	Stats  index.Stats
	Fault  *Fault
	Future int               // articles that an order by date puts last, since they are dated in the future; 0 when not counted
	Peaks  []Peak            // of the timeline
	Path   string            // with a Fault: the page that the parameters narrow; "" is the search
	Now    time.Time         // what ages are reckoned to; zero shows none
	Copies map[string]Copies // by the id of the hit that stands for them
}

// Render writes the page.
func (s Search) Render(w io.Writer) error {
	p := newParams(s.Params)
	p.path = s.Path
	f := newFrame(searchTitle(s, p), s.Stats)
	f.NoIndex = !p.empty()
	f.Form = form{Action: cmp.Or(s.Path, searchPath), Text: p.get("q"), Focus: s.Start && p.empty(), Hidden: p.hidden("q", "from", "to", "as_of", "cursor", "seen")}
	if s.Fault != nil {
		f.Form.Fault, f.Form.Hidden = s.Fault.Param == "q", p.hidden("q", "cursor", "seen", s.Fault.Param)
		return render(w, "fault.html", newFaultView(f, p, *s.Fault))
	}
	if s.Stats.Articles == 0 {
		return render(w, "empty.html", f)
	}
	f.Links = append(f.Links, feedLink(p))
	v := newSearchView(f, p, s)
	v.From = newDateBox(p.get("from"), s.Stats.First)
	v.To = newDateBox(p.get("to"), s.Stats.Last)
	v.Future = futureLink(p, s.Future)
	v.Timeline.addPeaks(s.Peaks)
	return render(w, "search.html", v)
}

func searchTitle(s Search, p params) string {
	switch {
	case s.Fault != nil:
		return "Fault in the search"
	case p.get("q") != "":
		return p.get("q")
	case !p.empty():
		return "Search"
	}
	return ""
}

// searchView is what search.html draws.
type searchView struct {
	frame
	Start    bool // nothing was asked
	Heading  string
	Said     []saidRun // the search in a sentence
	Total    string
	Texts    string // "" when nothing is found
	Stories  string
	Took     string
	Notice   notice
	Chips    []chip
	Clear    string // address without any filter; "" with fewer than two
	Sorts    []choice
	Groups   []choice
	Sizes    []choice
	Views    []choice
	Compact  bool
	Place    listed
	Hits     []hit
	From, To dateBox
	AsOf     *asOf // nil when the present is searched
	AsOfBox  asOfBox
	Future   choice // the address that orders, or no longer orders, dates of the future as others
	Timeline *timeline
	Facets   []facet
	Counted  []choice // what facets and the timeline may count
	First    string   // address of the first page, on others
	Next     string   // address of the next page, or ""
	Exports  []choice
	Zero     *zero
	Doctor   *diagnosis
	Why      choice // the address that shows, or no longer shows, why each hit stands where it does
}

// dateBox is an end of the range of dates, with an example from the index itself.
type dateBox struct{ Value, Example string }

func newDateBox(value string, example index.Time) dateBox {
	if example.IsZero() {
		return dateBox{value, "2023-05"}
	}
	return dateBox{value, example.UTC().Format("2006-01")}
}

// choice is a link, or where the reader already is.
type choice struct {
	Text, URL string
	Current   bool
}

// notice says how the query was understood, where that is not plain.
type notice struct {
	Relaxed    bool
	Canonical  string
	Suggestion string
	SuggestURL string
	Suggests   string // what it would find
	// Variants are words that were searched for in other spellings too; AsWritten is the address of the search without these,
	// AllSpellings, of a search without, that of the search with them.
	Variants                []index.WordVariants
	AsWritten, AllSpellings string
}

func newSearchView(f frame, p params, s Search) searchView {
	r := s.Result
	asked, known := s.asked(p)
	v := searchView{
		frame: f, Start: p.empty(), Heading: heading(p),
		Total: units(r.Total.Articles, index.Articles), Took: millis(r.TookMS),
		Notice: newNotice(p, r), Chips: chips(p), Sorts: sorts(p), Groups: groups(p), Sizes: sizes(p), Views: views(p), Counted: countings(p),
		Compact: p.get("view") == viewCompact, Place: newRange(p, r),
		Timeline: newTimeline(p, r.Timeline), Facets: facets(p, r), Exports: exports(p), AsOf: newAsOf(p), AsOfBox: newAsOfBox(p),
	}
	if known {
		v.Said = saySearch(asked, r.Query.Match)
	}
	if r.Total.Articles > 0 {
		v.Texts, v.Stories = units(r.Total.Texts, index.Texts), units(r.Total.Stories, index.Stories)
	}
	if len(v.Chips) > 1 {
		v.Clear = p.without(chipNames()...).URL()
	}
	v.Hits = hitsOf(p, s, asked.Query)
	v.First, v.Next = pageLinks(p, r, v.Place)
	v.Doctor = newDiagnosis(p, asked.Query, r)
	v.Why = whyLink(p, r)
	if r.Total.Articles == 0 {
		v.Zero = newZero(p, v.Chips, len(r.Narrowing) > 0)
		v.Zero.Nothing = v.Doctor.nothing()
		if v.Doctor != nil {
			v.Doctor.Open = true
		}
	}
	return v
}

// asked is the search as an engine reads it; known is false where it cannot be. It is read from the parameters again, of which every
// link of the page is made: a request given beside them would have to agree with them.
func (s Search) asked(p params) (r index.Request, known bool) {
	r, err := index.ParseRequest(p.without(Own...).values, s.Now)
	return r, err == nil
}

// hitsOf draws the hits: numbered, with their ages, the marks of a phrase joined, and the copies that they stand for.
func hitsOf(p params, s Search, q *query.Query) []hit {
	var list []hit
	m, first := newMarker(q), newRange(p, s.Result).First
	for i, h := range s.Result.Hits {
		v := newHit(p, h)
		v.Title, v.Snippets = m.join(v.Title, h.Language), m.joinAll(v.Snippets, h.Language)
		v.Age = age(h.Published, h.Precision, s.Now, p.zone())
		if first > 0 {
			v.Number = number(first + i)
		}
		if v.Copies = newCopies(p, q, s.Copies[h.ID]); v.Copies != nil {
			v.Story = link{}
		}
		list = append(list, v)
	}
	return list
}

// pageLinks are the addresses of the first page, on others, and of the next; "" where there is none.
func pageLinks(p params, r *index.Result, at listed) (first, next string) {
	if p.get("cursor") != "" {
		first = p.without().URL()
	}
	if r.Next != nil {
		q := p.with("cursor", *r.Next)
		if at.Seen != "" {
			q.values.Set("seen", at.Seen)
		}
		next = q.URL()
	}
	return first, next
}

// whyLink asks for the reasons of the order, or no longer.
func whyLink(p params, r *index.Result) choice {
	switch {
	case p.get("q") == "" || len(r.Hits) == 0:
		return choice{}
	case p.get("explain") == "1":
		return choice{Text: "Hide the reasons", URL: p.with("explain").URL()}
	}
	return choice{Text: "Why this order?", URL: p.with("explain", "1").URL()}
}

func heading(p params) string {
	switch q := p.get("q"); {
	case q != "":
		return "Results for " + q
	case !p.empty():
		return "Results"
	}
	return "Latest articles"
}

func newNotice(p params, r *index.Result) notice {
	n := notice{Relaxed: r.Query.Relaxed}
	if c := r.Query.Canonical; c != strings.TrimSpace(r.Query.Text) {
		n.Canonical = c
	}
	if s := r.Suggestion; s != nil {
		n.Suggestion, n.Suggests = s.Query, units(s.Total, index.Articles)
		n.SuggestURL = p.with("q", s.Query).URL()
	}
	if asWritten(p) {
		n.AllSpellings = p.with("variants").URL()
	} else if n.Variants = r.Query.Variants; len(n.Variants) > 0 {
		n.AsWritten = p.with("variants", string(index.VariantsOff)).URL()
	}
	return n
}

// chip is a filter or a way of the search that applies, with the address of the search without it.
type chip struct {
	Text, URL string
	Narrows   bool // it is a filter
}

// chips lists what applies.
func chips(p params) []chip {
	var list []chip
	put := func(label, text, name, value string) {
		list = append(list, chip{strings.TrimSpace(label + " " + text), p.remove(name, value).URL(), !slices.Contains(ways, name)})
	}
	for _, name := range filterNames() {
		for _, v := range p.values[name] {
			field, isNot := strings.CutPrefix(name, "not.")
			switch {
			case name == "from":
				put("From", v, name, v)
			case name == "to":
				put("To", v, name, v)
			case name == "missing":
				for f := range strings.SplitSeq(v, ",") {
					put("No", fieldNames[index.Field(f)].one, name, v)
				}
			case isNot:
				put("Not "+fieldNames[index.Field(field)].one+":", shown(index.Field(field), v), name, v)
			default:
				put(capital(fieldNames[index.Field(field)].one)+":", shown(index.Field(field), v), name, v)
			}
		}
	}
	for _, name := range ways {
		text := wayNames[name+"="+p.get(name)]
		if when, ok := asOfTime(p); ok && name == "as_of" {
			text = "As the index was " + asOfWords(when)
		}
		if text != "" {
			put(text, "", name, p.get(name))
		}
	}
	return list
}

// ways are parameters besides the filters that change what is found, counted or listed, and so are shown as chips.
var ways = []string{"match", "group", "count", "as_of"}

// wayNames say what they are set to.
var wayNames = map[string]string{
	"match=all": "All of the words", "match=any": "Any of the words", "group=text": "Each text once", "group=story": "Each story once",
	"count=texts": "Counting distinct texts", "count=stories": "Counting stories",
}

// chipNames lists the parameters that "Remove all" removes: the time of the index has a way back of its own.
func chipNames() []string { return append(filterNames(), "match", "group", "count") }

// sorts are the orders. Without a query there are no words to rank by, and relevance is the newest first.
func sorts(p params) []choice {
	if p.get("q") == "" {
		list := choices(p, "sort", [][2]string{{"relevance", "newest"}, {"oldest", "oldest"}})
		list[0].Current = list[0].Current || p.get("sort") == string(index.SortNewest)
		return list
	}
	list := choices(p, "sort", [][2]string{{"relevance", "relevance"}, {"newest", "newest"}, {"oldest", "oldest"}})
	recent := choice{Text: "relevance and recency", URL: p.with("sort").with("recency", usualHalfLife).URL()}
	if half := p.get("recency"); half != "" && half != "none" && list[0].Current {
		recent.Current, list[0].Current = true, false
		recent.Text += ", half-life " + half
	}
	for i := range list { // an order by date knows no recency
		q := p.with("recency").with("sort")
		if i > 0 {
			q = q.with("sort", []string{"", "newest", "oldest"}[i])
		}
		list[i].URL = q.URL()
	}
	return slices.Insert(list, 1, recent)
}

// usualHalfLife is the half-life that the page offers; the address takes any.
const usualHalfLife = "30d"

func groups(p params) []choice {
	return choices(p, "group", [][2]string{{"none", "every article"}, {"text", "each text once"}, {"story", "each story once"}})
}

// choices makes links that set one parameter to each of its values. The first is what its absence means.
func choices(p params, name string, options [][2]string) []choice {
	var list []choice
	for i, o := range options {
		c := choice{Text: o[1], URL: p.with(name, o[0]).URL(), Current: p.get(name) == o[0]}
		if i == 0 {
			c.URL, c.Current = p.with(name).URL(), c.Current || p.get(name) == ""
		}
		list = append(list, c)
	}
	return list
}

// exports are the links to all matches. How the page looks is no matter of theirs.
func exports(p params) []choice {
	q := p.without("size", "interval", "facets", "facet_size", "count", "group", "explain", "view", "chart")
	return []choice{
		{Text: "JSON lines", URL: q.with("format", "jsonl").at("/api/v1/export")},
		{Text: "CSV", URL: q.with("format", "csv").at("/api/v1/export")},
		{Text: "Atom feed", URL: feedLink(p).URL},
		{Text: "this page as JSON", URL: p.at("/api/v1/search")},
	}
}

// zero helps a reader whose search found nothing.
type zero struct {
	Query   string
	Nothing []clause // parts of the query that find nothing by themselves
	Wider   []choice // searches that find more
}

// newZero offers to drop each filter, unless what each takes away is counted, which says more.
func newZero(p params, filters []chip, counted bool) *zero {
	z := &zero{Query: p.get("q")}
	if p.get("match") == "all" {
		z.Wider = append(z.Wider, choice{Text: "Ask for any of the words instead of all", URL: p.with("match", "any").URL()})
	}
	for _, c := range filters {
		if c.URL != "" && c.Narrows && !counted {
			z.Wider = append(z.Wider, choice{Text: "Drop the filter “" + c.Text + "”", URL: c.URL})
		}
	}
	if narrowing := slices.DeleteFunc(slices.Clone(filters), func(c chip) bool { return !c.Narrows }); len(narrowing) > 1 {
		z.Wider = append(z.Wider, choice{Text: "Drop all filters", URL: p.without(filterNames()...).URL()})
	}
	return z
}
