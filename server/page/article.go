package page

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/cite"
	"dateline/query"
)

// Article is the page of one article.
type Article struct {
	Article index.Article
	Story   index.StoryInfo
	Others  []index.Hit    // some other articles of the story
	Copies  *Reprints      // articles with the same text; nil when they were not looked for
	Related []index.Hit    // about the same, copies left out
	Shown   *index.Version // nil for the present one
	Place   *Place         // nil when no search led here
	// Names is whether names in the text are links, as the reader asks: 1 or 0. By itself the page links them where nothing is marked.
	Names string
	Stats index.Stats
}

// Reprints are the articles with one distinct text.
type Reprints struct {
	Articles, Sources int         // all of them; distinct sources
	Some              []index.Hit // without the article itself
}

// articleView is what article.html draws.
type articleView struct {
	frame
	Heading    []run
	Language   string
	Source     link
	Agency     link
	Authors    []link
	Date       date
	Found      string // how precisely the date is known, and where it was found
	Updated    date
	Changed    date
	Versions   link   // all versions, when there are several
	Edition    string // which one is shown, "" for the present one
	Present    string // its address, with an Edition
	Flags      []string
	Dateline   string
	Section    link
	Topics     []link
	Names      []names
	Lead       []run
	Paragraphs [][]run
	Original   link
	Story      link
	StoryOf    string // how much the story has, under its heading
	Others     []hit
	Copies     link
	Reprints   []hit
	Related    []hit
	Place      *placeView
	Matches    *matchesView
	Switch     *nameSwitch
	Reference  []cite.Part // as people write it
	Citations  []link
	JSON       string
	Facts      []fact
	Extra      []fact
}

// names are the entities of one type.
type names struct {
	Title string
	Links []named
}

// named is an entity with its other spellings and how often the article has it.
type named struct {
	link
	Aliases string
	Count   string // "" when once
}

// fact is a line of the table of particulars.
type fact struct{ Name, Value string }

// nameSwitch shows the names in the text, or takes them away.
type nameSwitch struct {
	link
	On bool
}

// Render writes the page.
func (a Article) Render(w io.Writer) error {
	x, p := a.Article, params{}
	f := newFrame(orUntitled(x.Title), a.Stats)
	f.Canonical = articleURL(x.ID)
	var marks *index.Marks
	if a.Place != nil {
		p = newParams(a.Place.Params).without(unlisted...)
		f.NoIndex, f.Form.Text, f.Form.Hidden = true, p.get("q"), p.hidden("q")
		if a.Place.Around != nil {
			marks = &a.Place.Around.Marks
		}
	}
	shown := newProse(x, false, marks)
	shown.names = a.Names == "1" || a.Names != "0" && shown.count == 0
	v := articleView{
		frame: f, Heading: shown.field("title", x.Title, orUntitled(x.Title)), Language: x.Language,
		Source: searchLink(index.FieldSource, x.Source), Agency: agencyLink(params{}, x.Source, x.Agency),
		Authors: searchLinks(index.FieldAuthor, x.Authors), Date: newDate(x.Published, x.Precision), Found: dateNote(x),
		Updated: newDate(x.Updated, "second"), Dateline: x.Dateline, Section: searchLink(index.FieldSection, x.Section),
		Topics: searchLinks(index.FieldTopic, x.Topics), Names: entities(x), Lead: shown.field("lead", x.Lead, ""),
		Original: originalLink(x.URL), Story: storyLink(a.Story), StoryOf: storySize(a.Story), JSON: "/api/v1/articles/" + index.EscapeID(x.ID),
		Facts: facts(x), Extra: extra(x.Extra), Flags: flagged(x.Flags),
	}
	if x.Version > 1 {
		v.Changed, v.Versions = newDate(x.Changed, "second"), link{Text: count(x.Version, "version", "versions"), URL: versionsURL(x.ID)}
	}
	if a.Shown != nil {
		v.asEdition(*a.Shown)
	}
	v.Paragraphs, v.Matches = shown.body(), newMatches(shown.count)
	v.Others, v.Related = newHits(a.Others), newHits(a.Related)
	v.reprints(x, a.Copies)
	v.cite(x)
	if a.Names != "" {
		p, v.NoIndex = p.with("names", a.Names), true
	}
	if a.Place != nil {
		v.Place = newPlace(p, a.Place)
	}
	if a.Shown == nil {
		v.Switch = newNameSwitch(x, p, shown.names)
	}
	return render(w, "article.html", v)
}

// asEdition makes the page that of one version.
func (v *articleView) asEdition(shown index.Version) {
	id := shown.Article.ID
	v.NoIndex = true
	v.Edition = "Version " + number(shown.Number) + ", the present one since " + editionTime(shown.Since)
	if !shown.Until.IsZero() {
		v.Edition = "Version " + number(shown.Number) + ", an earlier one: from " + editionTime(shown.Since) + " until " + editionTime(shown.Until)
	}
	v.Versions = link{Text: "All versions", URL: versionsURL(id)}
	v.Present, v.JSON = articleURL(id), "/api/v1/versions/"+index.EscapeID(id)
}

// newHits are hits of no search.
func newHits(list []index.Hit) (hits []hit) {
	for _, h := range list {
		hits = append(hits, newHit(params{}, h))
	}
	return hits
}

// newNameSwitch is there where the text mentions a name.
func newNameSwitch(a index.Article, p params, on bool) *nameSwitch {
	for _, field := range []string{"title", "lead", "body"} {
		if len(newMentions(a.Entities, field)) == 0 {
			continue
		}
		text, to := "Show the names in the text", "1"
		if on {
			text, to = "Hide the names in the text", "0"
		}
		return &nameSwitch{link{Text: text, URL: p.with("names", to).at(articleURL(a.ID))}, on}
	}
	return nil
}

// reprints shows the other articles with the same text, if there are any.
func (v *articleView) reprints(a index.Article, c *Reprints) {
	if c == nil || c.Articles < 2 {
		return
	}
	v.Reprints = newHits(c.Some)
	v.Copies = link{Text: "All " + number(c.Articles) + " copies", URL: params{}.with("q", query.Value{Field: "text", Text: a.Text}.String()).URL()}
	if c.Sources > 0 {
		v.Copies.Text += " in " + count(c.Sources, "source", "sources")
	}
}

// CitePath begins the paths of the references to articles: the id follows.
const CitePath = "/cite/"

// cite puts the reference to the article, and the formats of it.
func (v *articleView) cite(a index.Article) {
	v.Reference = cite.Parts(&a)
	for _, f := range cite.Formats {
		v.Citations = append(v.Citations, link{Text: f.Name, URL: CitePath + index.EscapeID(a.ID) + "?format=" + string(f.Format)})
	}
}

// searchLink finds the articles with a value.
func searchLink(f index.Field, value string) link { return filterLink(params{}, f, value) }

func searchLinks(f index.Field, values []string) []link {
	var list []link
	for _, v := range values {
		list = append(list, searchLink(f, v))
	}
	return list
}

// originalLink leads to the article at its publisher. Only web addresses are links: a record may carry any other scheme.
func originalLink(address string) link {
	u := index.WebAddress(address)
	if u == nil {
		return link{Text: address}
	}
	return link{Text: strings.TrimPrefix(u.Hostname(), "www."), URL: address}
}

// precisions says how precisely a date is known.
var precisions = map[string]string{
	"second": "to the second", "minute": "to the minute", "day": "to the day", "month": "to the month", "year": "to the year",
}

func dateNote(a index.Article) string {
	if a.Published.IsZero() {
		return ""
	}
	text := precisions[a.Precision]
	if text != "" {
		text = "known " + text
	}
	where := "from the " + a.DateFrom
	if field, ok := strings.CutPrefix(a.DateFrom, "field:"); ok || strings.ToUpper(field) == field {
		where = "from the field " + field
	}
	switch {
	case a.DateFrom == "":
		return text
	case text == "":
		return where
	}
	return text + ", " + where
}

// entities groups the names by type.
func entities(a index.Article) []names {
	var list []names
	for _, f := range []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace} {
		n := names{Title: capital(fieldNames[f].many)}
		for _, e := range a.Entities {
			if e.Type != string(f) {
				continue
			}
			v := named{link: entityLink(string(f), e.Name), Aliases: strings.Join(e.Aliases, ", ")}
			if e.Count > 1 {
				v.Count = number(e.Count)
			}
			n.Links = append(n.Links, v)
		}
		if len(n.Links) > 0 {
			list = append(list, n)
		}
	}
	return list
}

// facts are the particulars that few readers want, and those who do want exactly.
func facts(a index.Article) []fact {
	var list []fact
	put := func(name, value string) {
		if value != "" {
			list = append(list, fact{name, value})
		}
	}
	put("Article id", a.ID)
	put("Text id", a.Text)
	put("Story id", a.Story)
	if a.URL != a.ID {
		put("Address", a.URL)
	}
	put("Source", a.Source)
	put("Agency", a.Agency)
	put("Published", newDate(a.Published, a.Precision).Text)
	put("Date", dateNote(a))
	put("Updated", newDate(a.Updated, "second").Text)
	if a.Version > 1 {
		put("Version", number(a.Version))
		put("Changed", newDate(a.Changed, "second").Text)
	}
	put("Language", shown(index.FieldLanguage, a.Language))
	put("Words", number(a.Words))
	put("Format", a.Format)
	put("File", a.Path)
	put("Indexed", newDate(a.Indexed, "second").Text)
	put("Flags", strings.Join(a.Flags, ", "))
	return list
}

// extra lists the fields of the record that Dateline has no name for: texts as they are, the rest as JSON.
func extra(fields map[string]json.RawMessage) []fact {
	var list []fact
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		var text string
		if json.Unmarshal(fields[name], &text) == nil && text != "" {
			list = append(list, fact{name, text})
			continue
		}
		var b bytes.Buffer
		if json.Indent(&b, fields[name], "", "  ") != nil {
			b.Reset()
			b.Write(fields[name])
		}
		list = append(list, fact{name, b.String()})
	}
	return list
}
