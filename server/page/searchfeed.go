package page

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"time"

	"dateline/index"
)

// The feed of a search.
const (
	feedPath = "/feed.atom"
	feedType = "application/atom+xml"
)

// SearchFeed is a search as an Atom feed (RFC 4287), in pages that follow each other (RFC 5005, section 3).
type SearchFeed struct {
	Origin   string     // scheme and host of the server
	Params   url.Values // as the search was asked
	Total    int        // articles
	Size     int        // of a page
	Next     *string    // cursor of the next page
	Articles []index.Article
	Latest   index.Time // the latest publication in the index, for a feed without articles
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Search   string      `xml:"xmlns:opensearch,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Updated  string      `xml:"updated"`
	Author   atomPerson  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Total    int         `xml:"opensearch:totalResults"`
	PageSize int         `xml:"opensearch:itemsPerPage"`
	Entries  []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Authors    []atomPerson   `xml:"author"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// Atom writes the feed.
func (f SearchFeed) Atom() ([]byte, error) {
	p := newParams(f.Params)
	first := feedParams(p)
	self := first
	if c := p.get("cursor"); c != "" {
		self = first.with("cursor", c)
	}
	a := atomFeed{
		Search: "http://a9.com/-/spec/opensearch/1.1/", ID: feedID(first), Title: feedTitle(p), Updated: stamp(f.Latest),
		Author: atomPerson{"Dateline"}, Total: f.Total, PageSize: f.Size,
		Links: []atomLink{
			{"self", feedType, f.Origin + self.at(feedPath)},
			{"alternate", "text/html", f.Origin + p.without().URL()},
			{"search", OpenSearchType, f.Origin + OpenSearchPath},
			{"first", feedType, f.Origin + first.at(feedPath)},
		},
	}
	if f.Next != nil {
		a.Links = append(a.Links, atomLink{"next", feedType, f.Origin + first.with("cursor", *f.Next).at(feedPath)})
	}
	for i := range f.Articles {
		a.Entries = append(a.Entries, f.entry(&f.Articles[i]))
	}
	if len(a.Entries) > 0 { // all are in UTC and of one form, so that they are in order as texts, too
		a.Updated = slices.MaxFunc(a.Entries, func(x, y atomEntry) int { return strings.Compare(x.Updated, y.Updated) }).Updated
	}
	return document(a)
}

// feedParams are the parameters that belong to a feed: those of how a page looks do not.
func feedParams(p params) params {
	return p.without("interval", "facets", "facet_size", "count", "explain")
}

// feedID names a feed for ever, whatever the server is called.
func feedID(p params) string {
	hash := sha256.Sum256([]byte(p.values.Encode()))
	return "urn:dateline:search:" + hex.EncodeToString(hash[:16])
}

func feedTitle(p params) string {
	title := "Dateline"
	if q := xmlText(p.get("q")); q != "" {
		title = q + " – " + title
	}
	return title
}

// entry makes the entry of an article. It was updated when the publisher says so, else when it was published, and, where nobody
// says when that was, when it was indexed.
func (f SearchFeed) entry(a *index.Article) atomEntry {
	updated := a.Updated
	for _, t := range []index.Time{a.Published, a.Indexed} {
		if updated.IsZero() {
			updated = t
		}
	}
	e := atomEntry{
		ID: "urn:dateline:article:" + index.EscapeID(a.ID), Title: xmlText(a.Title), Updated: stamp(updated), Summary: xmlText(summary(a)),
		Links: []atomLink{{"alternate", "text/html", f.Origin + articleURL(a.ID)}},
	}
	if !a.Published.IsZero() && a.Precision != "month" && a.Precision != "year" {
		e.Published = stamp(a.Published)
	}
	if u := outside(a.URL); u != "" {
		e.Links = append(e.Links, atomLink{Rel: "via", Href: u})
	}
	names := a.Authors
	if len(names) == 0 {
		names = []string{a.Source}
	}
	for _, name := range names {
		if name = xmlText(name); name != "" {
			e.Authors = append(e.Authors, atomPerson{name})
		}
	}
	for _, topic := range a.Topics {
		if topic = xmlText(topic); topic != "" {
			e.Categories = append(e.Categories, atomCategory{topic})
		}
	}
	return e
}

// outside returns the address of the original where it is one of the web, else "".
func outside(address string) string {
	u := index.WebAddress(address)
	if u == nil {
		return ""
	}
	return xmlText(u.String())
}

// summaryLength is how many characters of a body stand for a lead.
const summaryLength = 300

// summary is the lead, or the beginning of the body up to a space.
func summary(a *index.Article) string {
	if strings.TrimSpace(a.Lead) != "" {
		return a.Lead
	}
	runes := []rune(a.Body[:min(len(a.Body), 4*summaryLength)])
	if len(runes) <= summaryLength {
		return string(runes)
	}
	text := string(runes[:summaryLength])
	if i := strings.LastIndex(text, " "); i > 0 {
		text = text[:i]
	}
	return text + " …"
}

// xmlText returns a text in one line, without what XML 1.0 has no way to write.
func xmlText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r', r >= 0x20 && r <= 0xD7FF, r >= 0xE000 && r <= 0xFFFC, r >= 0x10000:
			return r
		}
		return -1
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// stamp writes a time as Atom has it.
func stamp(t index.Time) string {
	if t.IsZero() {
		return time.Unix(0, 0).UTC().Format(time.RFC3339)
	}
	return t.UTC().Format(time.RFC3339)
}

// feedLink leads to the feed of a search.
func feedLink(p params) headLink {
	return headLink{"alternate", feedType, "These articles as a feed", feedParams(p).without("size").at(feedPath)}
}
