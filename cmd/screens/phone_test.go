package main

import (
	"slices"
	"testing"

	"dateline/cmd/internal/browser"
)

// A phone, and how many of its pixels come before the first title. The rest of the screen is for the title itself.
var phone = browser.Look{Width: 390, Height: 844, Phone: true, Still: true}

const beforeHits = 700

// TestPhoneShowsHits: on a phone the first hit of an ordinary search is on the first screen, though there is a chart with peaks.
func TestPhoneShowsHits(t *testing.T) {
	t.Parallel()
	for _, noScript := range []bool{false, true} {
		look := phone
		look.NoScript = noScript
		r := read(t, demo, look, "/search?q=the")
		if len(r.texts(bars)) == 0 || len(r.texts("ol.peaks li")) == 0 || len(r.texts("ul.chips li")) > 0 {
			t.Fatal("the page is not an ordinary one: it needs bars, peaks and no filter")
		}
		at := eval[browser.Box](r, `(({x, y, width, height}) => ({X: x + scrollX, Y: y + scrollY, Width: width, Height: height}))(document.querySelector("ol.hits h3 a").getBoundingClientRect())`)
		if at.Y <= 0 || at.Y >= beforeHits || at.Width == 0 || at.Height == 0 {
			t.Errorf("script off %v: the first title is at %v, not before %d", noScript, at, beforeHits)
		}
		if r.shows("ol.peaks a") || !r.shows("details.fold > summary") {
			t.Error("the peaks are not folded")
		}
		r.click("details.fold > summary")
		for _, part := range []string{"ol.peaks a", "details.fold ul a", "details.table summary"} {
			if !r.shows(part) {
				t.Errorf("script off %v: %s stays folded", noScript, part)
			}
		}
	}
}

// TestWideIsUnfolded: where there is room, nothing needs a click, and nothing says that it could be folded.
func TestWideIsUnfolded(t *testing.T) {
	t.Parallel()
	for _, look := range []browser.Look{{Width: 700}, {NoScript: true}} {
		r := read(t, demo, look, "/search?q=the")
		for _, part := range []string{"ol.peaks a", "details.fold ul a", "details.table summary"} {
			if !r.shows(part) {
				t.Errorf("%d pixels: %s is folded", look.Width, part)
			}
		}
		if r.shows("details.fold > summary") {
			t.Error("there is something to fold")
		}
		r.follow("ol.peaks a") // it can be reached
		if q := r.address().Query(); q.Get("from") == "" || q.Get("q") != "the" {
			t.Errorf("the peak led to %s", r.address())
		}
	}
}

// TestPhoneNavigation: the pages of Dateline are in one row, down to the narrowest phone, whichever of them is shown.
func TestPhoneNavigation(t *testing.T) {
	t.Parallel()
	narrow := phone
	narrow.Width = 320
	r := read(t, demo, narrow, "/")
	for _, link := range eval[[]string](r, "Array.from(document.querySelectorAll(`.site a`), e => e.getAttribute(`href`))") {
		r.open(link)
		rows := eval[[]float64](r, "Array.from(document.querySelectorAll(`.site a`), e => e.getBoundingClientRect().y)")
		if len(rows) < 5 || len(slices.Compact(rows)) != 1 || len(r.texts(".site [aria-current]")) != 1 {
			t.Errorf("%s: the links are at %v", link, rows)
		}
	}
}

// TestPhoneSources: each source has its name in one line and all its numbers, and nothing has to be scrolled sideways.
func TestPhoneSources(t *testing.T) {
	t.Parallel()
	narrow := phone
	narrow.Width = 320
	r := read(t, demo, narrow, "/sources")
	r.fits()
	rows := len(r.texts("main tbody tr"))
	if rows == 0 {
		t.Fatal("there are no sources")
	}
	if wide := eval[[]int](r, "(e => [e.scrollWidth, e.clientWidth])(document.querySelector(`.wide`))"); wide[0] > wide[1] {
		t.Errorf("the table has %d pixels in a window of %d", wide[0], wide[1])
	}
	for _, part := range []string{"th a", "td:nth-child(2) a", "td time", "td.first + td time", "td.days rect"} {
		if got := len(r.seen("main tbody tr " + part)); got < rows {
			t.Errorf("%d of %d sources show %s", got, rows, part)
		}
	}
	if lines := eval[float64](r, "Math.max(...Array.from(document.querySelectorAll(`main th a`), e => e.getClientRects().length))"); lines != 1 {
		t.Errorf("a name takes %v lines", lines)
	}
}

// shows reports whether the first element of a selector, which must be there, can be seen.
func (r *reader) shows(selector string) bool {
	r.Helper()
	r.text(selector)
	return eval[bool](r, "(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height > 1)(document.querySelector(`"+selector+"`))")
}
