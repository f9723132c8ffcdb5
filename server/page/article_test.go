package page

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

func TestArticle(t *testing.T) {
	hits := found().Hits
	d := draw(t, Article{Article: storyArticle(), Story: hits[0].Story, Others: hits[:1], Stats: stats})
	for selector, want := range map[string]string{
		"h1":                "Port Authority reopens North Quay",
		"title":             "Port Authority reopens North Quay – Dateline",
		".full .source":     "HarbourGazette.com",
		".full .agency":     "via Harbour News",
		".full .meta time":  "14 March 2024",
		".full .how":        "known to the day, from the header",
		".byline":           "ByAda Quist, Bo Lund Filed fromRotterdam Updated15 March 2024, 08:09:10 UTC SectionBusiness Originalharbourgazette.com",
		".body .lead":       "Repairs took three weeks.",
		".others":           "Oil price rises as port stays shut HarbourGazette.com, 14 March 2024, 10:05 UTC",
		".about .names":     "shipping ports & quays",
		".about details dl": "biascentre ids[ 1, 2 ]",
	} {
		if got := d.textOf(selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got := d.texts(".body p"); len(got) != 3 || got[2] != "A second paragraph, with a line of its own." {
		t.Errorf("paragraphs %q", got)
	}
	if got := d.texts("ul.entities li"); !slices.Equal(got, []string{
		"Ruslan Mirzaev ×2 also Mirzaev, Mirzayev", "Port Authority", "Rotterdam"}) {
		t.Errorf("entities %q", got)
	}
	for _, fact := range []string{"Article idhttps://harbourgazette.com/a/1", "Text idt1", "Story ids1", "Words1,311", "File000.txt"} {
		if !strings.Contains(d.texts("dl.facts")[0], fact) {
			t.Errorf("no %q among %q", fact, d.texts("dl.facts")[0])
		}
	}
}

func TestArticleLinks(t *testing.T) {
	d := draw(t, Article{Article: storyArticle(), Story: found().Hits[0].Story, Stats: stats})
	for label, want := range map[string]string{
		"HarbourGazette.com": "/search?source=HarbourGazette.com", "Harbour News": "/search?agency=Harbour+News",
		"Ada Quist": "/search?author=Ada+Quist", "Business": "/search?section=Business", "Ruslan Mirzaev": "/entity/person/Ruslan%20Mirzaev",
		"Port Authority": "/entity/org/Port%20Authority", "Rotterdam": "/entity/place/Rotterdam",
		"ports & quays": "/search?topic=ports+%26+quays", "12 articles of 9 sources": "/search?q=story%3As1",
		"harbourgazette.com":   "https://www.harbourgazette.com/a/1?x=1&y=2",
		"This article as JSON": "/api/v1/articles/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1",
	} {
		if got := d.link("main a", label); got != want {
			t.Errorf("%s leads to %s, want %s", label, got, want)
		}
	}
	for _, a := range d.all(".byline a") {
		if text(a) == "harbourgazette.com" && attr(a, "rel") != "noopener noreferrer nofollow" {
			t.Errorf("the publisher is told where its reader came from: %v", a.Attr)
		}
	}
}

func TestArticleWithNothing(t *testing.T) {
	d := draw(t, Article{Article: index.Article{ID: "x", Lead: ""}, Stats: stats})
	if got := d.textOf("h1"); got != "(no title)" {
		t.Error(got)
	}
	if got := d.textOf(".full .meta"); got != "undated" {
		t.Error(got)
	}
	if got := d.textOf(".body"); got != "The record of this article has no text." {
		t.Error(got)
	}
	if n := len(d.all("ul.entities")) + len(d.all("dl.byline")) + len(d.all("main details")) + len(d.all("ul.others")); n != 0 {
		t.Errorf("%d empty parts", n)
	}
}

func TestOriginalLink(t *testing.T) {
	for address, linked := range map[string]bool{
		"https://a.org/b": true, "http://a.org": true, "HTTPS://A.org/": true, "javascript:alert(1)": false,
		"data:text/html,x": false, "//a.org": false, "a.org/b": false, "https:": false, "http://[": false, "": false,
		" https://a.org": false, "ftp://a.org/": false, "java\nscript:alert(1)": false,
	} {
		if got := originalLink(address); (got.URL != "") != linked {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for body, want := range map[string][]paragraph{
		"": nil, "a": {{"a", 0}}, "ä\n\nb": {{"ä", 0}, {"b", 3}}, "\n\na\nb\n\n\n\nc\n": {{"a\nb", 2}, {"c", 9}}, "  \n\n \t": nil,
		"a\n\n\nb": {{"a", 0}, {"b", 4}}, " \n\nb": {{"b", 3}},
	} {
		if got := paragraphs(body); !slices.Equal(got, want) {
			t.Errorf("%q: %v", body, got)
		}
	}
}

func TestAgencyLink(t *testing.T) {
	for _, c := range []struct{ source, agency, want string }{
		{"The Quay", "AFP", "AFP"}, {"Reuters", "reuters", ""}, {"The Quay", "", ""}, {"", "AFP", "AFP"},
	} {
		if got := agencyLink(params{}, c.source, c.agency).Text; got != c.want {
			t.Errorf("%s via %s shows %q", c.source, c.agency, got)
		}
	}
}

func TestDateNote(t *testing.T) {
	when := at("2024-03-14T00:00:00Z")
	for want, a := range map[string]index.Article{
		"":                                       {Precision: "day", DateFrom: "header"},
		"known to the minute":                    {Published: when, Precision: "minute"},
		"from the field DATE":                    {Published: when, DateFrom: "DATE"},
		"known to the year, from the field date": {Published: when, Precision: "year", DateFrom: "field:date"},
	} {
		if got := dateNote(a); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestExtraThatIsNotJSON(t *testing.T) {
	got := extra(map[string]json.RawMessage{"b": json.RawMessage(`{"x":`), "a": json.RawMessage(`null`)})
	if !slices.Equal(got, []fact{{"a", "null"}, {"b", `{"x":`}}) {
		t.Error(got)
	}
}
