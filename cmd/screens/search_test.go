package main

import (
	"slices"
	"strings"
	"testing"

	"dateline/cmd/internal/browser"
)

// What the pages have, by selector.
const (
	box    = "#q"
	total  = ".total strong"
	titles = "ol.hits h3 a"
	next   = "a[rel~=next]"
	source = "#facet-source li:not(.selected, .excluded, .none) > a:first-of-type"
	bars   = "section.dates svg a"
)

func TestSearchByTyping(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{}, "/")
	r.write(box, "harbour")
	r.enter()
	if u := r.address(); u.Path != "/search" || u.Query().Get("q") != "harbour" {
		t.Errorf("the search led to %s", u)
	}
	if n := number(t, r.text(total)); n < 2 || len(r.texts(titles)) == 0 {
		t.Errorf("%d articles, titles %q", n, r.texts(titles))
	}
	if v, err := r.tab.Value(box); err != nil || v != "harbour" {
		t.Errorf("the box holds %q, %v", v, err)
	}
	title := r.text(titles)
	r.follow(titles)
	if got := r.text("h1"); got != title {
		t.Errorf("the title %q led to %q", title, got)
	}
	r.back()
	if got := r.text(titles); got != title {
		t.Errorf("going back shows %q first, not %q", got, title)
	}
}

// TestFacets includes and excludes a source, and takes both back.
func TestFacets(t *testing.T) {
	t.Parallel()
	for _, look := range []browser.Look{{}, {NoScript: true}} {
		r := read(t, demo, look, "/search?q=harbour")
		all := number(t, r.text(total))
		name, found := r.text(source), number(t, r.text("#facet-source .count"))
		r.follow(source)
		if got := number(t, r.text(total)); got != found || got == all {
			t.Errorf("from %s there are %d articles, its number is %d of %d", name, got, found, all)
		}
		r.sees("ul.chips", name)
		r.follow("ul.chips a")
		r.follow("#facet-source a.not")
		if got := number(t, r.text(total)); got != all-found {
			t.Errorf("not from %s there are %d articles, want %d-%d", name, got, all, found)
		}
		r.follow("#facet-source .excluded > a")
		if got := number(t, r.text(total)); got != all {
			t.Errorf("in the end there are %d articles, want %d", got, all)
		}
	}
}

func TestPaging(t *testing.T) {
	t.Parallel()
	for _, look := range []browser.Look{{}, {NoScript: true}} {
		r := read(t, hard, look, "/search?q=harbour")
		pages := [][]string{r.texts(titles)}
		for range 2 {
			r.follow(next)
			pages = append(pages, r.texts(titles))
		}
		for i, p := range pages[1:] {
			if len(p) == 0 || slices.ContainsFunc(p, func(s string) bool { return slices.Contains(pages[i], s) }) {
				t.Errorf("page %d shows %q after %q", i+2, p, pages[i])
			}
		}
		r.back()
		if got := r.texts(titles); !slices.Equal(got, pages[1]) {
			t.Errorf("back on page 2 are %q, were %q", got, pages[1])
		}
		r.back()
		if got := r.texts(titles); !slices.Equal(got, pages[0]) {
			t.Errorf("back on page 1 are %q, were %q", got, pages[0])
		}
		r.forward()
		if got := r.texts(titles); !slices.Equal(got, pages[1]) {
			t.Errorf("forward on page 2 are %q, were %q", got, pages[1])
		}
	}
}

func TestTimelineClick(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/search?q=harbour&interval=day")
	all := number(t, r.text(total))
	r.follow(bars)
	q := r.address().Query()
	if q.Get("from") == "" || q.Get("to") == "" || q.Get("q") != "harbour" {
		t.Errorf("the bar led to %s", r.address())
	}
	if n := number(t, r.text(total)); n == 0 || n >= all {
		t.Errorf("in the bar are %d articles of %d", n, all)
	}
	r.back()
	if n := number(t, r.text(total)); n != all {
		t.Errorf("after going back there are %d articles, were %d", n, all)
	}
}

// TestTable: what the chart shows is there as a table too.
func TestTable(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/search?q=harbour&interval=day")
	r.click("details.table summary")
	r.until(`document.querySelector("details.table tbody a").checkVisibility()`)
	if rows, drawn := len(r.texts("details.table tbody tr")), len(r.texts(bars)); drawn == 0 || rows < drawn {
		t.Errorf("%d rows for %d bars", rows, drawn)
	}
}

// TestNoScript: what a reader came for works without script.
func TestNoScript(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{NoScript: true}, "/")
	if eval[bool](r, `"script" in document.documentElement.dataset`) {
		t.Fatal("the script runs")
	}
	r.write(box, "harbour")
	r.enter()
	title := r.text(titles)
	r.follow(titles)
	if got := r.text("h1"); got != title || !strings.HasPrefix(r.address().Path, "/article/") {
		t.Errorf("%q led to %q at %s", title, got, r.address())
	}
}

// TestDark: a reader who prefers dark colours has them.
func TestDark(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{}, "/search?q=harbour")
	style := func(selector, property string) string {
		v, err := r.tab.Style(selector, property)
		r.can(err)
		return v
	}
	ink, ground := style(titles, "color"), style("html", "backgroundColor")
	r.can(r.tab.Look(browser.Look{Dark: true}))
	if style(titles, "color") == ink || style("html", "backgroundColor") == ground {
		t.Errorf("dark or not, a title is %s on %s", ink, ground)
	}
}
