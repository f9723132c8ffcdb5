package sitemap

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// now is the time of the tests.
func now() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, record.Options{Now: now}, "../../../testdata/articles/sitemap/*.xml")
}

// outcome reads a stream and prints each record as its title or, for a fault, as its reason, with its number.
func outcome(r record.Reader) string {
	return sourcetest.OutcomeOf(r, false, func(a *index.Article) string { return a.Title })
}

const open = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`

func news(title, date string) string {
	return "<url><loc>https://a.example/" + title + "</loc><news:news><news:publication_date>" + date + "</news:publication_date><news:title>" + title + "</news:title></news:news></url>"
}

var streams = []struct{ name, text, want string }{
	{"news", open + news("a", "2024-01-01") + news("b", "2024-01-02T10:00Z") + "</urlset>", "1 a | 2 b"},
	{"other prefix", strings.ReplaceAll(open+news("a", "2024-01-01")+"</urlset>", "news:", "n:"), "1 a"},
	{"nothing", "", ""},
	{"empty", open + "</urlset>", ""},
	{"without news", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url><url><loc>https://a.example/b</loc></url></urlset>`, "1 !not news"},
	{"one without news", open + news("a", "2024-01-01") + "<url><loc>https://a.example/about</loc></url>" + news("b", "") + "</urlset>", "1 a | 2 !not news | 3 b"},
	{"index", `<sitemapindex><sitemap><loc>https://a.example/news.xml</loc></sitemap><sitemap/></sitemapindex>`, "1 !not news"},
	{"bad dates", open + news("a", "soon") + news("b", "2999-01-01") + news("c", "0001-01-01") + "</urlset>", "1 !bad date | 2 !bad date | 3 !bad date"},
	{"no title", open + news("", "2024-01-01") + "</urlset>", "1 !no text"},
	{"cut off", open + news("a", "2024-01-01") + "<url><loc>", "1 a | 2 !truncated"},
	{"broken", open + "<url><loc>https://a.example/?a&b</loc><news:news><news:title>R&D</news:news></url>" + news("b", "2024-01-01") + "</urlset>", "1 R&D | 2 b"},
}

func TestStreams(t *testing.T) {
	for _, c := range streams {
		if got := outcome(Open(strings.NewReader(c.text), record.Options{Now: now})); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestFields(t *testing.T) {
	text := open + `<url><loc>https://www.a.example/1?x=1&amp;y=2</loc><news:news><news:publication><news:name>The &amp;amp; Post</news:name>
<news:language>zh-cn</news:language></news:publication><news:title>A  &amp;#8217; B</news:title><news:keywords>x, y,,z</news:keywords><news:stock_tickers>A:B</news:stock_tickers></news:news>
<image:image><image:loc>i1</image:loc></image:image><image:image><image:loc>i2</image:loc></image:image><priority>0.5</priority></url></urlset>`
	r := Open(strings.NewReader(text), record.Options{Now: now})
	rec, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	a, err := rec.Decode()
	if err != nil {
		t.Fatal(err)
	}
	extra, _ := json.Marshal(a.Extra)
	got := fmt.Sprint(a.ID, " ", a.Source, " ", a.Language, " ", a.Title, " ", a.Topics, " ", a.Flags, " ", string(extra))
	want := `https://www.a.example/1?x=1&y=2 The & Post zh A ’ B [x y z] [metadata-only] ` +
		`{"image:image":[{"image:loc":"i1"},{"image:loc":"i2"}],"news:stock_tickers":"A:B","priority":"0.5"}`
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		open: true, "\ufeff<?xml version='1.0'?>\n<?xml-stylesheet href='a'?>\n<!-- x -->\n<urlset>": true, "<sitemapindex xmlns='x'>": true,
		"<s:urlset>": true, "<rss>": false, "urlset": false, "": false, "<html><urlset>": false, "<urlsets>": false,
	} {
		if Sniff([]byte(text), true) != want {
			t.Errorf("%q: sniffed %v", text, !want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range streams {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Sniff([]byte(text), true)
		o := record.Options{MaxRecord: 500, Now: now}
		whole := outcome(Open(strings.NewReader(text), o))
		if bytewise := outcome(Open(iotest.OneByteReader(strings.NewReader(text)), o)); bytewise != whole {
			t.Fatalf("byte by byte %s, whole %s", bytewise, whole)
		}
	})
}
