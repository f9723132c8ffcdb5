package main

import (
	"testing"

	"dateline/cmd/internal/browser"
)

// TestTimelineDrag: a drag across the bars narrows the search to their span, which holds what the bars said.
func TestTimelineDrag(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/search?q=harbour&interval=day")
	all := number(t, r.text(total))
	r.can(r.tab.Drag("svg.chart", 0.37, 0.62)) // of 27 bars: from the 10th to the 17th
	r.until(`new URLSearchParams(location.search).has("to") && document.readyState === "complete"`)
	if q := r.address().Query(); q.Get("from") != "2026-05-11" || q.Get("to") != "2026-05-18" {
		t.Errorf("the drag led to %s", r.address())
	}
	if n := number(t, r.text(total)); n != 8*5 {
		t.Errorf("in the span are %d articles, not 40", n)
	}
	r.back()
	if n := number(t, r.text(total)); n != all {
		t.Errorf("after going back there are %d articles, were %d", n, all)
	}
	if eval[bool](r, `document.querySelector("svg.chart .span") !== null`) {
		t.Error("after going back the span is still drawn")
	}
}

// TestTimelineKeys: one stop for the tab key, the arrows from bar to bar, with Shift a span, Enter goes there.
func TestTimelineKeys(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/search?q=harbour&interval=day")
	r.tabTo("section.dates svg a")
	bar := func() string { return eval[string](r, `document.activeElement.querySelector("title").textContent`) }
	for _, step := range []struct{ key, want string }{
		{"ArrowRight", "3 May 2026: 1 of 1 article"}, {"End", "28 May 2026: 5 of 5 articles"}, {"ArrowLeft", "27 May 2026: 5 of 5 articles"},
	} {
		r.press(step.key)
		if got := bar(); got != step.want {
			t.Errorf("%s leads to %q, not %q", step.key, got, step.want)
		}
	}
	r.press("Shift+ArrowLeft", "Shift+ArrowLeft")
	r.sees("[data-picked]", "25 May 2026 to 27 May 2026: 15 of 15 articles")
	r.enter()
	if n := number(t, r.text(total)); n != 15 {
		t.Errorf("in the span are %d articles, not 15", n)
	}
}
