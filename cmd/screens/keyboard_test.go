package main

import (
	"slices"
	"strings"
	"testing"

	"dateline/cmd/internal/browser"
)

// TestKeyboardReachesAll: Tab leads to everything that can be clicked, and where one is can always be seen.
func TestKeyboardReachesAll(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/search?q=harbour&source={source}", "/article/{article}", "/entities"} {
		page := targetOf(t, demo, kind{path: path})
		r := read(t, demo, browser.Look{}, page.url[len(page.site):])
		want := eval[[]string](r, `(() => {
			const name = e => e.localName + (e.id && "#" + e.id) + " " + (e.getAttribute("href") ?? e.textContent.trim().slice(0, 40));
			window.seen = []; window.unseen = [];
			addEventListener("focusin", ({target: e}) => {
				const s = getComputedStyle(e);
				seen.push(name(e));
				if (!(s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) && s.boxShadow === "none") unseen.push(name(e));
			});
			return Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"))
				.filter(e => e.tabIndex >= 0 && e.type !== "hidden" && !e.disabled && e.checkVisibility()).map(name);
		})()`)
		r.press(slices.Repeat([]string{"Tab"}, len(want)+2)...)
		reached := eval[[]string](r, "seen")
		for _, w := range want {
			if !slices.Contains(reached, w) {
				t.Errorf("%s: Tab does not reach %s", path, w)
			}
		}
		if dark := eval[[]string](r, "unseen"); len(dark) > 0 {
			t.Errorf("%s: the focus cannot be seen on %q", path, dark)
		}
	}
}

// TestKeyboardSearches: the box, the results and the facets by Tab and Enter alone.
func TestKeyboardSearches(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{}, "/help")
	r.tabTo("#q")
	r.press("h", "a", "r", "b", "o", "u", "r")
	r.enter()
	all := number(t, r.text(total))
	r.tabTo("#facet-source a")
	r.enter()
	if n := number(t, r.text(total)); n == 0 || n >= all {
		t.Errorf("by a facet there are %d articles of %d", n, all)
	}
	title := r.text(titles)
	r.tabTo(titles)
	r.enter()
	if got := r.text("h1"); got != title || !strings.HasPrefix(r.address().Path, "/article/") {
		t.Errorf("Enter on %q led to %q", title, got)
	}
}

// tabTo presses Tab until the focus is on what a selector finds.
func (r *reader) tabTo(selector string) {
	r.Helper()
	for range 300 {
		if eval[bool](r, "document.activeElement.matches(`"+selector+"`)") {
			return
		}
		r.press("Tab")
	}
	r.Fatalf("Tab does not reach %s at %s", selector, r.address())
}
