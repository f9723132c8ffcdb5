package html

import (
	"testing"

	"dateline/index/source/record"
)

// TestBetter has pages with two headlines, that of the data long and that of the OpenGraph short or the other way round, and
// what speaks for either.
func TestBetter(t *testing.T) {
	const (
		long  = "Storm Berta: North Quay of Rotterdam reopens after a winter of repairs"
		short = "Ships return to the North Quay after a long winter"
	)
	two := func(given, graph string) string {
		return ld(`{"@type":"NewsArticle","headline":"`+given+`"}`) + `<meta property="og:title" content="` + graph + `">`
	}
	for _, c := range []struct{ name, markup, want string }{
		{"nothing but the length", two(long, short), short},
		{"nothing but the length, the other way round", two(short, long), short},
		{"a word is no headline", two(long, "Storm Berta"), long},
		{"a heading and a title element", two(long, short) + `<title>` + long + ` | The Gazette</title><h1>` + long + `</h1>`, long},
		{"a heading and a title element against Twitter and the length", two(long, short) + `<meta name="twitter:title" content="` + short + `"><title>` + long + `</title><h1>` + long + `</h1>`, short},
		{"a heading that is the short one, against the editors' title", two(long, short) + `<meta name="title" content="` + long + `"><meta name="twitter:title" content="` + short + `"><title>` + long + `</title><h1>` + short + `</h1>`, short},
		{"the editors' title", two(long, short) + `<meta name="sailthru.title" content="` + long + `">`, long},
		{"a main heading in the trail of links", two(short, long) + `<title>` + short + `</title><nav><h1>` + short + `</h1></nav><h2>` + long + `</h2>`, long},
		{"a line above the headline, in the trail's page", two(short, long) + `<title>` + short + `</title><ul class="breadcrumb"><li><h1>` + short + `</h1></li></ul><h2><span>Ports</span> <span>` + long + `</span></h2>`, long},
		{"a teaser is no heading of the article", two(short, long) + `<title>` + short + `</title><nav><h1>` + short + `</h1></nav><h2><a href="/x">` + long + `</a></h2>`, short},
		{"cut short is not shorter", two("Storm Berta: North Quay of…", long), long},
		{"headings in which there are both", two(long, short) + `<title>` + long + `</title><meta name="title" content="` + long + `"><h1>` + long + `</h1><h2>` + short + `</h2>`, long},
		{"quotation marks of two kinds", two("Mayor calls quay 'a disgrace'", "Mayor calls quay ‘a disgrace’"), "Mayor calls quay 'a disgrace'"},
	} {
		a := read(t, "<html>"+c.markup+"<p>The first ship since the storm made fast on Thursday.</p>", record.Options{})
		if a.Title != c.want {
			t.Errorf("%s: %q", c.name, a.Title)
		}
	}
}

// TestOtherHeadline sees that the headline that was not taken is kept.
func TestOtherHeadline(t *testing.T) {
	a := read(t, pageOf(ld(`{"@type":"NewsArticle","headline":"North Quay open"}`)+`<meta property="og:title" content="Quay reopens">`, ""), record.Options{})
	if a.Title != "Quay reopens" || string(a.Extra["headline"]) != `"North Quay open"` {
		t.Errorf("%q, kept %s", a.Title, a.Extra["headline"])
	}
}
