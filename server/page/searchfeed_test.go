package page

import (
	"encoding/xml"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

// readFeed is what a reader makes of a feed.
type readFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Total   int      `xml:"http://a9.com/-/spec/opensearch/1.1/ totalResults"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        string   `xml:"id"`
		Title     string   `xml:"title"`
		Updated   string   `xml:"updated"`
		Published string   `xml:"published"`
		Summary   string   `xml:"summary"`
		Authors   []string `xml:"author>name"`
		Links     []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func readBack(t *testing.T, f SearchFeed) (feed readFeed) {
	t.Helper()
	b, err := f.Atom()
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(b, &feed); err != nil {
		t.Fatalf("%v in\n%s", err, b)
	}
	for d := xml.NewDecoder(strings.NewReader(string(b))); ; {
		token, err := d.Token()
		if err == io.EOF {
			return feed
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "script" {
			t.Fatalf("an article became markup:\n%s", b)
		}
	}
}

func (f readFeed) link(rel string) string {
	for _, l := range f.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

func TestSearchFeed(t *testing.T) {
	day := index.At(time.Date(2024, 3, 14, 0, 0, 0, 0, time.UTC))
	later := index.At(time.Date(2024, 3, 15, 8, 0, 0, 0, time.UTC))
	cursor := "next&page"
	evil := "<script>\x00alert('x')\x1b</script> & \ufffe\r\n]]>"
	feed := readBack(t, SearchFeed{
		Origin: "https://news.example:8080", Params: url.Values{"q": {"oil \x01<b>"}, "source": {"A&B"}, "facets": {"none"}, "nonsense": {"x"}},
		Total: 123, Size: 3, Next: &cursor, Articles: []index.Article{
			{ID: "https://a.example/?x=1&y", Title: evil, Body: strings.Repeat("word ", 200), Published: day, Precision: "day", URL: "https://a.example/?x=1&y", Authors: []string{evil, " "}, Indexed: later},
			{ID: "b", Title: "Plain", Lead: "The\nlead", Body: "no", Published: day, Precision: "year", Updated: later, Source: "AP", URL: "javascript:alert(1)"},
			{ID: "c", Title: "", Indexed: day},
		},
	})
	if feed.Total != 123 || feed.Title != "oil <b> – Dateline" || feed.Updated != "2024-03-15T08:00:00Z" || !strings.HasPrefix(feed.ID, "urn:dateline:search:") {
		t.Errorf("got %+v", feed)
	}
	for rel, want := range map[string]string{
		"self":      "https://news.example:8080/feed.atom?q=oil+%01%3Cb%3E&source=A%26B",
		"next":      "https://news.example:8080/feed.atom?cursor=next%26page&q=oil+%01%3Cb%3E&source=A%26B",
		"alternate": "https://news.example:8080/search?facets=none&q=oil+%01%3Cb%3E&source=A%26B",
		"search":    "https://news.example:8080/opensearch.xml",
	} {
		if got := feed.link(rel); got != want {
			t.Errorf("%s: got %s, want %s", rel, got, want)
		}
	}
	a, b, c := feed.Entries[0], feed.Entries[1], feed.Entries[2]
	if a.Title != "<script>alert('x')</script> & ]]>" || a.Published != "2024-03-14T00:00:00Z" || a.Updated != a.Published || len(a.Authors) != 1 {
		t.Errorf("got %+v", a)
	}
	if n := len([]rune(a.Summary)); n < 250 || n > 302 || !strings.HasSuffix(a.Summary, "word …") {
		t.Errorf("the summary has %d characters: %s", n, a.Summary)
	}
	if len(a.Links) != 2 || a.Links[1].Href != "https://a.example/?x=1&y" || a.ID != "urn:dateline:article:https:%2F%2Fa%2Eexample%2F%3Fx=1&y" {
		t.Errorf("got %+v", a)
	}
	if b.Updated != "2024-03-15T08:00:00Z" || b.Published != "" || b.Summary != "The lead" || len(b.Links) != 1 || b.Authors[0] != "AP" {
		t.Errorf("got %+v", b)
	}
	if c.Updated != "2024-03-14T00:00:00Z" || c.Published != "" {
		t.Errorf("got %+v", c)
	}
}

func TestEmptySearchFeed(t *testing.T) {
	one := readBack(t, SearchFeed{Origin: "http://localhost", Params: url.Values{"q": {"oil"}, "cursor": {"x"}}})
	two := readBack(t, SearchFeed{Origin: "http://127.0.0.1", Params: url.Values{"q": {"oil"}}})
	if one.ID != two.ID || one.Updated == "" || one.link("next") != "" || one.link("self") == one.link("first") {
		t.Errorf("got %+v and %+v", one, two)
	}
}

func TestOpenSearch(t *testing.T) {
	b, err := OpenSearch("https://[::1]:8080")
	if err != nil {
		t.Fatal(err)
	}
	var d openSearchDescription
	if err := xml.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.ShortName) > 16 || d.ShortName == "" || d.InputEncoding != "UTF-8" || len(d.URL) != 4 {
		t.Errorf("got %+v", d)
	}
	for _, u := range d.URL {
		if !strings.HasPrefix(u.Template, "https://[::1]:8080/") || u.Rel != "self" && !strings.Contains(u.Template, "q={searchTerms}") {
			t.Errorf("got %+v", u)
		}
	}
}

// TestLinksKeepEverything: each link and form of a search page with all parameters set keeps those that it does not change.
func TestLinksKeepEverything(t *testing.T) {
	asked := url.Values{
		"q": {"oil"}, "from": {"2023"}, "to": {"2024"}, "missing": {"section"}, "match": {"all"}, "sort": {"oldest"}, "size": {"20"}, "interval": {"month"},
		"facets": {"source,person"}, "facet_size": {"5"}, "count": {"texts"}, "group": {"story"}, "recency": {"30d"}, "explain": {"1"}, "tz": {"Europe/Berlin"},
		"variants": {"off"}, "as_of": {"2024-03-01"}, "future": {"1"}, "source": {"AP"}, "not.person": {"X"},
	}
	p := newParams(asked)
	links := map[string]string{"heading": p.URL(), "feed": feedLink(p).URL}
	for _, list := range [][]choice{sorts(p), groups(p), exports(p)} {
		for _, c := range list {
			links[c.Text] = c.URL
		}
	}
	for _, c := range chips(p) {
		links[c.Text] = c.URL
	}
	for text, link := range links {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		lost := 0
		for _, name := range []string{"q", "from", "to", "tz", "variants", "as_of", "future", "source", "not.person", "missing", "match"} {
			if u.Query().Get(name) != asked.Get(name) {
				lost++
			}
		}
		if lost > 1 { // a chip drops what it says
			t.Errorf("%s leads to %s, which loses %d parameters", text, link, lost)
		}
	}
	sent := map[string]bool{"q": true, "from": true, "to": true, "as_of": true} // have inputs of their own
	for _, h := range p.hidden("q", "from", "to", "as_of", "cursor") {
		sent[h.Name] = true
	}
	for name := range asked {
		if !sent[name] {
			t.Errorf("the form loses %s", name)
		}
	}
}
