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

// TestPhoneNavigation: the pages of Dateline are in one row, down to the narrowest phone.
func TestPhoneNavigation(t *testing.T) {
	t.Parallel()
	narrow := phone
	narrow.Width = 320
	r := read(t, demo, narrow, "/help")
	rows := eval[[]float64](r, "Array.from(document.querySelectorAll(`.site a`), e => e.getBoundingClientRect().y)")
	if len(rows) < 5 || len(slices.Compact(rows)) != 1 {
		t.Errorf("the links are at %v", rows)
	}
}

// shows reports whether the first element of a selector, which must be there, can be seen.
func (r *reader) shows(selector string) bool {
	r.Helper()
	r.text(selector)
	return eval[bool](r, "(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height > 1)(document.querySelector(`"+selector+"`))")
}
