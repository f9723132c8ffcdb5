package main

import (
	"fmt"
	"testing"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
	"dateline/index"
)

// TestFacetSearch finds a value among ten thousand, in the box of the filter and, without script, on a page of its own.
func TestFacetSearch(t *testing.T) {
	t.Parallel()
	const found = "#facet-topic li > a:first-of-type"
	r := read(t, hard, browser.Look{}, "/search?q=harbour")
	r.write("#facet-topic .find input", "9876")
	r.until("document.querySelector(`#facet-topic .said-count`).textContent === `1 found`")
	if got := r.text(found); got != "Topic 9876 of the harbour" {
		t.Errorf("found %q", got)
	}
	r.follow(found)
	if n := number(t, r.text(total)); n != 1 {
		t.Errorf("the topic has %d articles", n)
	}
	r = read(t, hard, browser.Look{NoScript: true}, "/facet/topic?q=harbour")
	r.write("#prefix", "9876")
	r.enter()
	r.sees("ul.values", "Topic 9876 of the harbour")
}

// TestMatches goes from match to match in an article, and shows its names without losing the place.
func TestMatches(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{Still: true}, "/article/"+index.EscapeID(sample.NamesID)+"?q=harbour")
	marks := len(r.texts("article mark[id]"))
	for _, step := range []struct{ button, want string }{{"1", "m1"}, {"1", "m2"}, {"-1", "m1"}} {
		r.click("[data-step='" + step.button + "']")
		if got := eval[string](r, "document.querySelector(`mark.at`).id"); got != step.want {
			t.Errorf("the step %s leads to %s, not %s", step.button, got, step.want)
		}
	}
	eval[bool](r, "window.same = true")
	links := len(r.texts("a.mention"))
	r.click("a[data-names]")
	r.until(fmt.Sprintf("document.querySelectorAll(`a.mention`).length !== %d", links))
	if now := len(r.texts("a.mention")); now == links || len(r.texts("article mark[id]")) != marks || !eval[bool](r, "window.same && document.querySelector(`mark.at`).id === `m1`") {
		t.Errorf("%d names are links after %d, %d marks after %d", now, links, len(r.texts("article mark[id]")), marks)
	}
}

// TestCompareForm compares two queries, without script.
func TestCompareForm(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{NoScript: true}, "/compare")
	r.write(".queries li:nth-child(1) input", "harbour")
	r.write(".queries li:nth-child(2) input", "the")
	r.follow(".queries button")
	if rows := r.texts(".totals tbody tr"); len(rows) != 2 || number(t, rows[0]) == 0 {
		t.Errorf("the queries have %q", rows)
	}
}
