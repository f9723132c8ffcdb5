package page

import (
	"io"
	"net/url"
	"strconv"

	"dateline/index"
	"dateline/index/silence"
)

// Source is the page of a source.
type Source struct {
	Name     string      // as most of its articles write it
	Params   url.Values  // of a search, which narrow the page; the source's own filter is not among them
	Articles int         // of the source in the whole index
	Total    index.Total // of those that the parameters leave, which are all that follows is about
	Unit     index.Unit  // what the timeline and the facets count
	Timeline *index.Timeline
	Silence  *silence.Report // nil where no gaps were looked for
	Facets   map[index.Field]*index.Facet
	First    *index.Hit // nil when none has a date
	Latest   []index.Hit
	Stats    index.Stats
}

// sourceView is what source.html draws.
type sourceView struct {
	frame
	Name     string
	AsOf     *asOf
	Total    link
	Of       string // the articles without what narrows the page
	Texts    string
	Stories  string
	Copies   string
	Span     sourceSpan
	Narrow   narrowing
	Timeline *timeline
	Gaps     *gaps
	Agencies *agencies
	Named    []entityList
	First    []hit
	Latest   []hit
	More     bool
	Facets   []facet
	Unit     string
	Exports  []choice
}

// sourceSpan are the first and the latest day of the articles, which lead to them.
type sourceSpan struct {
	First, Last link
	Undated     link
}

// gaps are the days without any article.
type gaps struct {
	Rule string
	Rows []gapRow
	None string // why there are none
}

// gapRow is one of them.
type gapRow struct {
	Text, Days string
	URL        string // the days around it in all sources
	Open       bool
}

// agencies says how much of the articles came over which wire.
type agencies struct {
	Unit string
	Rows []agencyRow
	More link
}

// agencyRow is one of them; that without a name is what names no agency.
type agencyRow struct {
	Name  link
	Count string
	Share string
	Bar   string
}

// Render writes the page.
func (s Source) Render(w io.Writer) error {
	p := newParams(s.Params)
	p.path = SourceURL(s.Name)
	if p.path == "" {
		p.path = SourcesPath
	}
	v := sourceView{
		frame: newFrame(s.Name, s.Stats), Name: s.Name, AsOf: newAsOf(p), Narrow: s.narrowing(p), Timeline: newTimeline(p, s.Timeline),
		Total: link{Text: units(s.Total.Articles, index.Articles), URL: s.search(p).URL()},
		Texts: units(s.Total.Texts, index.Texts), Stories: units(s.Total.Stories, index.Stories),
		Span: s.span(p), Gaps: s.gaps(p), Agencies: s.agencies(p), Named: s.named(p), Facets: s.facets(p),
		More: s.Total.Articles > len(s.Latest), Exports: []choice{{Text: "this source as JSON", URL: p.at("/api/v1/sources/" + index.EscapeID(s.Name))}},
	}
	v.NoIndex = !p.empty()
	_, v.Unit = unitNames(s.Unit)
	if len(v.Narrow.Chips) > 0 || p.get("q") != "" {
		v.Of = units(s.Articles, index.Articles)
	}
	if n := s.Total.Articles - s.Total.Texts; n > 0 {
		v.Copies = count(n, "article repeats", "articles repeat") + " a text that another of them has."
	}
	if s.First != nil && s.Total.Articles > 1 {
		v.First = []hit{newHit(p.only("as_of"), *s.First)}
	}
	for _, h := range s.Latest {
		v.Latest = append(v.Latest, newHit(p.only("as_of"), h))
	}
	return render(w, "source.html", v)
}

// search is the search for the articles of the page.
func (s Source) search(p params) params {
	p.path = ""
	return p.with(string(index.FieldSource), s.Name)
}

func (s Source) narrowing(p params) narrowing {
	return narrowing{
		Chips: chips(p), Action: p.path, Words: p.get("q"), Hidden: p.hidden("q", "from", "to", "cursor"),
		From: newDateBox(p.get("from"), s.Stats.First), To: newDateBox(p.get("to"), s.Stats.Last),
	}
}

// span are the ends of what is dated: the search in the order of the oldest and of the newest.
func (s Source) span(p params) (v sourceSpan) {
	find := s.search(p)
	if s.First != nil {
		v.First = link{Text: newDate(s.First.Published, "day").Text, URL: find.with("sort", "oldest").URL()}
	}
	if newest := newestHit(s.Latest); !newest.IsZero() {
		v.Last = link{Text: newDate(newest, "day").Text, URL: find.with("sort", "newest").URL()}
	}
	if t := s.Timeline; t != nil && t.Undated > 0 {
		v.Undated = link{Text: number(t.Undated) + " undated"}
		if p.get("q") == "" {
			v.Undated.URL = find.with("q", "NOT has:date").URL()
		}
	}
	return v
}

// gaps lists the days without any article, with the rule that they go by.
func (s Source) gaps(p params) *gaps {
	r := s.Silence
	if r == nil || r.Days == 0 {
		return nil
	}
	v := &gaps{}
	if r.Median == 0 {
		v.None = "Only " + count(r.Days, "day has", "days have") + " articles; it takes " + strconv.Itoa(silence.LeastDays) + " to tell what is regular."
		return v
	}
	v.Rule = "It has articles on " + count(r.Days, "day", "days") + ", usually " + every(r.Median) + ". A gap is " +
		count(r.Least, "day", "days") + " or more without any: " + strconv.Itoa(silence.Factor) + " times as long."
	if len(r.Gaps) == 0 {
		v.None = "There is no gap."
	}
	around := params{}
	for _, g := range r.Gaps {
		v.Rows = append(v.Rows, gapRow{
			Text: dayText(g.From) + " – " + dayText(g.To), Days: count(g.Days, "day", "days"), Open: g.Open,
			URL: around.with("from", g.From).with("to", g.To).with("tz", p.values["tz"]...).URL(),
		})
	}
	return v
}

// every says how many days lie from one to the next.
func every(days int) string {
	if days == 1 {
		return "every day"
	}
	return "every " + strconv.Itoa(days) + " days"
}

// agencies lists the agencies with their share of what the facet counts: each has one at most.
func (s Source) agencies(p params) *agencies {
	c := s.Facets[index.FieldAgency]
	if c == nil || len(c.Values) == 0 {
		return nil
	}
	all := max(s.Total.Of(s.Unit), 1)
	v := &agencies{More: moreLink(p, c)}
	_, v.Unit = unitNames(s.Unit)
	put := func(name link, n int) {
		part := float64(n) / float64(all)
		v.Rows = append(v.Rows, agencyRow{name, number(n), share(part), percent(min(100*part, 100))})
	}
	for _, x := range c.Values {
		put(link{Text: x.Value, URL: valueURL(p, index.FieldAgency, x)}, x.Count)
	}
	if c.Missing > 0 {
		put(link{Text: "no agency named", URL: p.with("agency").with("missing", "agency").URL()}, c.Missing)
	}
	return v
}

// named lists the entities that its articles name most.
func (s Source) named(p params) []entityList {
	var list []entityList
	for _, typ := range index.EntityTypes {
		f := index.Field(typ)
		if c := s.Facets[f]; c != nil && len(c.Values) > 0 {
			list = append(list, entityList{ID: "most-" + typ, Title: capital(fieldNames[f].many), Rows: entityRows(s.search(p), f, c), More: moreLink(p, c)})
		}
	}
	return list
}

// facets are those that narrow the page, as on the page of a search.
func (s Source) facets(p params) []facet {
	var list []facet
	for _, f := range []index.Field{index.FieldSection, index.FieldTopic, index.FieldAuthor, index.FieldLanguage} {
		if c := s.Facets[f]; c != nil && len(c.Values) > 0 {
			list = append(list, newFacet(p, f, c))
		}
	}
	return list
}
