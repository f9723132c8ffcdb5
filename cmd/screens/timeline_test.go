package main

import (
	"slices"
	"strings"
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

// TestCompareDrag: a drag across the lines narrows all the queries to its span, and keeps what else was asked.
func TestCompareDrag(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/compare?q=harbour&q=ships&q=closed&interval=day&chart=share")
	before := r.texts(".totals tbody tr")
	r.can(r.tab.Drag("svg.chart", 0.62, 0.37)) // backwards is the same span: of 27 days from the 10th to the 17th
	r.until(`new URLSearchParams(location.search).has("to") && document.readyState === "complete"`)
	q := r.address().Query()
	if r.address().Path != "/compare" || q.Get("from") != "2026-05-11" || q.Get("to") != "2026-05-18" || q.Get("chart") != "share" || !slices.Equal(q["q"], []string{"harbour", "ships", "closed"}) {
		t.Errorf("the drag led to %s", r.address())
	}
	for i, row := range r.texts(".totals tbody tr") {
		want := []int{40, 40, 0}[i]
		if _, counts, _ := strings.Cut(row, "\t"); number(t, counts) != want {
			t.Errorf("in the span %q has not %d articles", row, want)
		}
	}
	if from, err := r.tab.Value("#from"); err != nil || from != "2026-05-11" {
		t.Errorf("the box says %q, %v", from, err)
	}
	r.back()
	if got := r.texts(".totals tbody tr"); !slices.Equal(got, before) || eval[bool](r, `document.querySelector("svg.chart .span") !== null`) {
		t.Errorf("after going back the totals are %q, were %q, or a span is still drawn", got, before)
	}
}

// TestCompareKeys: Shift and the arrows choose a span too, on any of the lines.
func TestCompareKeys(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/compare?q=harbour&q=ships&interval=day")
	r.tabTo("svg.chart a")
	r.press("Shift+ArrowRight", "Shift+ArrowRight")
	r.sees("[data-picked]", " to ")
	r.press("Escape")
	r.sees("[data-picked]", "Drag across the chart")
	r.press("Shift+ArrowRight", "Shift+ArrowRight")
	r.enter()
	if q := r.address().Query(); q.Get("from") != "2026-05-02" || q.Get("to") != "2026-05-04" || len(q["q"]) != 2 {
		t.Errorf("the span led to %s", r.address())
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
