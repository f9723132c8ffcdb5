package page

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"dateline/index"
)

// Article is the page of one article.
type Article struct {
	Article index.Article
	Story   index.StoryInfo
	Others  []index.Hit    // some other articles of the story
	Shown   *index.Version // nil for the present one
	Stats   index.Stats
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
	Others     []hit
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

// Render writes the page.
func (a Article) Render(w io.Writer) error {
	x := a.Article
	f := newFrame(orUntitled(x.Title), a.Stats)
	v := articleView{
		frame: f, Heading: fieldRuns(x, "title", orUntitled(x.Title)), Language: x.Language,
		Source: searchLink(index.FieldSource, x.Source), Agency: agencyLink(params{}, x.Source, x.Agency),
		Authors: searchLinks(index.FieldAuthor, x.Authors), Date: newDate(x.Published, x.Precision), Found: dateNote(x),
		Updated: newDate(x.Updated, "second"), Dateline: x.Dateline, Section: searchLink(index.FieldSection, x.Section),
		Topics: searchLinks(index.FieldTopic, x.Topics), Names: entities(x), Lead: fieldRuns(x, "lead", x.Lead),
		Original: originalLink(x.URL), Story: storyLink(a.Story), JSON: "/api/v1/articles/" + index.EscapeID(x.ID),
		Facts: facts(x), Extra: extra(x.Extra), Flags: flagged(x.Flags),
	}
	if x.Version > 1 {
		v.Changed, v.Versions = newDate(x.Changed, "second"), link{Text: count(x.Version, "version", "versions"), URL: versionsURL(x.ID)}
	}
	if a.Shown != nil {
		v.asEdition(*a.Shown)
	}
	inBody := newMentions(x.Entities, "body")
	for _, p := range paragraphs(x.Body) {
		v.Paragraphs = append(v.Paragraphs, inBody.cut(p.text, p.before))
	}
	for _, h := range a.Others {
		v.Others = append(v.Others, newHit(params{}, h))
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

// fieldRuns parts the text of a field at its mentions.
func fieldRuns(a index.Article, field, text string) []run {
	m := newMentions(a.Entities, field)
	return m.cut(text, 0)
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
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
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
	put("Language", shown(index.FieldLanguage, a.Language))
	put("Words", number(a.Words))
	put("Format", a.Format)
	put("File", a.Path)
	put("Indexed", newDate(a.Indexed, "second").Text)
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
