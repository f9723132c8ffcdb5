package page

import (
	"html/template"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index"
	"dateline/query"
)

// hit is one article in the list.
type hit struct {
	Number   string // its place in the order; "" where it has none
	URL      string
	Title    []index.Segment
	Language string // "" says "unknown" in a lang attribute
	Source   link
	Agency   link
	Date     date
	Short    string // the date for a line of a compact list
	Age      string // how long ago that is, or ""
	Snippets [][]index.Segment
	Inside   bool // the first snippet begins within a sentence
	Broken   bool // the last snippet ends within a sentence
	Story    link
	Copies   *copies // that it stands for
	Names    []hitName
	Flags    []string
	Changed  date
	Changes  string // address of what was changed
	Why      *why
}

// why says why a hit stands where it does.
type why struct {
	Score string
	Parts []reason
}

// reason is a part of a hit's score.
type reason struct{ What, Why, Score string }

func newWhy(h index.Hit) *why {
	if h.Explanation == nil {
		return nil
	}
	w := &why{Score: score(h.Score)}
	for _, p := range h.Explanation.Parts {
		w.Parts = append(w.Parts, reason{p.What, p.Why, score(p.Score)})
	}
	return w
}

// score shows a score to as many digits as make a difference to a reader.
func score(f float64) string { return strconv.FormatFloat(f, 'f', 3, 64) }

// link is an address with its text. Without an address it is text only.
type link struct {
	Text, URL string
	Kind      string // what the text names, for screen readers and colour
}

// hitName is an entity that a hit names: a link to narrow the search by it, unless it is, and one to its page.
type hitName struct {
	Text, Kind string
	Href       template.HTMLAttr
	About      template.HTML
}

func newHitName(p params, f index.Field, name string) hitName {
	l := filterLink(p, f, name)
	n := hitName{Text: l.Text, Kind: l.Kind, About: aboutLink(l.Text, EntityURL(string(f), name))}
	if l.URL != "" {
		n.Href = href(l.URL)
	}
	return n
}

// maxNames bounds the names of one kind under a hit; the article's page has all.
const maxNames = 4

func newHit(p params, h index.Hit) hit {
	v := hit{
		URL: hitURL(p, h), Title: h.Highlights.Title, Language: h.Language,
		Source: filterLink(p, index.FieldSource, h.Source), Agency: agencyLink(p, h.Source, h.Agency),
		Date: newDate(h.Published, h.Precision), Short: shortDate(h.Published, h.Precision), Snippets: h.Highlights.Body, Story: storyLink(h.Story), Why: newWhy(h),
		Flags: flagged(h.Flags),
	}
	if h.Version > 1 {
		v.Changed, v.Changes = newDate(h.Changed, "second"), changesURL(h.ID, h.Version-1, h.Version)
	}
	if len(v.Title) == 0 {
		v.Title = []index.Segment{{Text: orUntitled(h.Title)}}
	}
	if len(v.Snippets) == 0 && h.Lead != "" {
		v.Snippets = [][]index.Segment{{{Text: h.Lead}}}
	}
	v.Inside, v.Broken = beginsInside(v.Snippets), breaksOff(v.Snippets)
	for _, n := range []struct {
		field index.Field
		names []string
	}{{index.FieldPerson, h.People}, {index.FieldOrg, h.Orgs}, {index.FieldPlace, h.Places}} {
		for _, name := range n.names[:min(len(n.names), maxNames)] {
			v.Names = append(v.Names, newHitName(p, n.field, name))
		}
	}
	return v
}

// shortDate is a date without the time of day.
func shortDate(t index.Time, precision string) string {
	if precision == "month" || precision == "year" {
		return newDate(t, precision).Text
	}
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 Jan 2006")
}

// hitURL is the address of the article, with the search that leads to it, or as it was at the time that the search asks for.
func hitURL(p params, h index.Hit) string {
	switch {
	case p.path != "":
		return articleURL(h.ID)
	case p.get("as_of") == "":
		return p.without(unlisted...).at(articleURL(h.ID))
	}
	return versionURL(h.ID, max(1, h.Version))
}

// filterLink narrows the search to a value, unless it is already.
func filterLink(p params, f index.Field, value string) link {
	l := link{Text: shown(f, value), Kind: fieldNames[f].one}
	if value != "" && !p.has(string(f), value) {
		l.URL = includeURL(p, f, value)
	}
	return l
}

// agencyLink is a filterLink to the agency, unless the agency itself is the publisher.
func agencyLink(p params, source, agency string) link {
	if same(source, agency) {
		return link{}
	}
	return filterLink(p, index.FieldAgency, agency)
}

// storyLink finds the articles of a story, when there are several.
func storyLink(s index.StoryInfo) link {
	if s.Articles < 2 || s.ID == "" {
		return link{}
	}
	return link{
		Text: "Same story: " + storySize(s),
		URL:  params{}.with("q", query.Value{Field: "story", Text: s.ID}.String()).URL(),
	}
}

func storySize(s index.StoryInfo) string {
	return count(s.Articles, "article", "articles") + " of " + count(s.Sources, "source", "sources")
}

func orUntitled(title string) string {
	if title == "" {
		return "(no title)"
	}
	return title
}

// beginsInside reports whether the first passage begins with a small letter, as no sentence does.
func beginsInside(passages [][]index.Segment) bool {
	if len(passages) == 0 || len(passages[0]) == 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(passages[0][0].Text, " \n\t"))
	return unicode.IsLower(first)
}

// breaksOff reports whether the last passage ends without the end of a sentence.
func breaksOff(passages [][]index.Segment) bool {
	if len(passages) == 0 {
		return false
	}
	text := ""
	for _, s := range passages[len(passages)-1] {
		text += s.Text
	}
	text = strings.TrimRight(text, " \n\t\"'”’»)")
	last, _ := utf8.DecodeLastRuneInString(text)
	return text != "" && !strings.ContainsRune(".!?…。！？؟۔।", last)
}
