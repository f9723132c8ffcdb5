package gkg

import (
	"html"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/date"
	"dateline/index/source/fields"
	"dateline/index/source/record"
)

// The columns that are understood.
const (
	recordID = iota
	seen     // when GDELT saw the article, to its slot of 15 minutes
	collection
	sourceName
	document
	_ // V1COUNTS
	_ // V2.1COUNTS
	themes
	_ // V2ENHANCEDTHEMES
	locations
	enhancedLocations
	persons
	enhancedPersons
	organizations
	enhancedOrganizations
	translation = 25
	extras      = 26
	columnCount = 27
)

// names are the columns as the codebook names them, under which those that are not understood whole stand in Extra.
var names = [columnCount]string{
	"GKGRECORDID", "V2.1DATE", "V2SOURCECOLLECTIONIDENTIFIER", "V2SOURCECOMMONNAME", "V2DOCUMENTIDENTIFIER", "V1COUNTS", "V2.1COUNTS",
	"V1THEMES", "V2ENHANCEDTHEMES", "V1LOCATIONS", "V2ENHANCEDLOCATIONS", "V1PERSONS", "V2ENHANCEDPERSONS", "V1ORGANIZATIONS",
	"V2ENHANCEDORGANIZATIONS", "V1.5TONE", "V2.1ENHANCEDDATES", "V2GCAM", "V2.1SHARINGIMAGE", "V2.1RELATEDIMAGES",
	"V2.1SOCIALIMAGEEMBEDS", "V2.1SOCIALVIDEOEMBEDS", "V2.1QUOTATIONS", "V2.1ALLNAMES", "V2.1AMOUNTS", "V2.1TRANSLATIONINFO",
	"V2EXTRASXML",
}

// cells are the columns of one line.
type cells [columnCount]string

// split parts a line at its tabs and returns how many columns it has; what is too much is dropped.
func split(line string) (c cells, n int) {
	for cell := range strings.SplitSeq(line, "\t") {
		if n < len(c) {
			c[n] = cell
		}
		n++
	}
	return c, n
}

// line is one record while it becomes an article.
type line struct {
	*cells
	fields fields.List
}

// article makes an article of a line. One without a title is none: GDELT has neither text nor title of it, and a title
// made up of its address would be a guess.
func article(c *cells, at record.Place, o record.Options) (index.Article, error) {
	l := &line{cells: c}
	page := l.extras()
	title := html.UnescapeString(page["PAGE_TITLE"])
	if strings.TrimSpace(title) == "" {
		return index.Article{}, record.Faultf(at, record.NoText, "the record of %s has no <PAGE_TITLE>", c[document])
	}
	l.fields.Text("title", title)
	l.identity()
	l.published(page["PAGE_PRECISEPUBTIMESTAMP"])
	l.language()
	if by := authors(page["PAGE_AUTHORS"]); len(by) > 0 {
		l.fields.Value("authors", by)
	}
	if topics := l.topics(); len(topics) > 0 {
		l.fields.Value("topics", topics)
	}
	if list := l.entities(); len(list) > 0 {
		l.fields.Value("entities", list)
	}
	l.rest()
	a, err := fields.Article(l.fields, fields.Options{Place: at, Format: Format.Name, Source: o.Source, Now: o.Time()})
	if err == nil {
		a.Flag(index.FlagMetadataOnly)
	}
	return a, err
}

// identity takes id, address and source. Only documents of the open web have an address; others are citations.
func (l *line) identity() {
	l.fields.Text("source", l.cells[sourceName])
	id := strings.TrimSpace(l.cells[document])
	if strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://") {
		l.fields.Text("id", id)
		l.fields.Text("url", id)
		l.fields.Text(names[recordID], l.cells[recordID])
		return
	}
	l.fields.Text("id", l.cells[recordID])
	l.fields.Text(names[document], id)
}

// seenLate is how far behind the moment at which GDELT saw an article a page may claim to be published: its clock may be
// in a zone that it does not name.
const seenLate = 24 * time.Hour

// published takes the time that the page itself gives, unless it lies behind the one at which GDELT saw it; else that one,
// which may be days late.
func (l *line) published(precise string) {
	slot, _, err := date.Parse(l.cells[seen])
	at, unit, err2 := date.Parse(precise)
	if err2 == nil && unit == date.Second && (err != nil || !at.After(slot.Add(seenLate))) && date.Plausible(at, slot.Add(seenLate)) == nil {
		l.fields.Text("published", precise)
		l.fields.Text("published_from", "gkg:PAGE_PRECISEPUBTIMESTAMP")
		l.fields.Text(names[seen], l.cells[seen])
		return
	}
	l.fields.Text("published", l.cells[seen])
	l.fields.Text("published_precision", date.Minute)
	l.fields.Text("published_from", "gkg:V2.1DATE")
	l.fields.Text("PAGE_PRECISEPUBTIMESTAMP", precise)
}

// language takes the language from which GDELT translated the article; what it did not translate was English.
func (l *line) language() {
	info := strings.TrimSpace(l.cells[translation])
	if info == "" {
		l.fields.Text("language", "en")
		return
	}
	if _, after, ok := strings.Cut(info, "srclc:"); ok {
		code, _, _ := strings.Cut(after, ";")
		l.fields.Text("language", strings.TrimSpace(code))
	}
	l.fields.Text(names[translation], info)
}

// authors parts the names of PAGE_AUTHORS.
func authors(s string) (list []string) {
	for name := range strings.SplitSeq(html.UnescapeString(s), ";") {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

// rest keeps what no other field holds, as it was written.
func (l *line) rest() {
	for i, name := range names {
		switch i {
		case recordID, seen, sourceName, document, translation, extras:
		default:
			l.fields.Text(name, l.cells[i])
		}
	}
}

// extras parts the elements of V2EXTRASXML, which is a row of elements with text and not a document. Those that are not
// understood go to Extra under their names; so does all of it if it is something else.
func (l *line) extras() map[string]string {
	page := map[string]string{}
	rest := strings.TrimSpace(l.cells[extras])
	for rest != "" {
		name, after, ok := strings.Cut(strings.TrimPrefix(rest, "<"), ">")
		text, after, closed := strings.Cut(after, "</"+name+">")
		if rest[0] != '<' || !ok || !closed || name == "" {
			l.fields.Text(names[extras], l.cells[extras])
			return page
		}
		switch name {
		case "PAGE_TITLE", "PAGE_AUTHORS", "PAGE_PRECISEPUBTIMESTAMP":
			page[name] = strings.TrimSpace(text)
		default:
			l.fields.Text(name, text)
		}
		rest = strings.TrimSpace(after)
	}
	return page
}
