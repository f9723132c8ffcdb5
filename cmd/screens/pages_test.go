package main

import (
	"context"
	"slices"
	"testing"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
)

// targetOf is the page of a kind on a site.
func targetOf(t *testing.T, site func() (*sample.Site, error), k kind) target {
	t.Helper()
	return allTargets(t, site, []kind{k})[0]
}

func allTargets(t *testing.T, site func() (*sample.Site, error), kinds []kind) []target {
	t.Helper()
	s, err := site()
	if err != nil {
		t.Fatal(err)
	}
	list, err := targets(context.Background(), s.URL, kinds)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The looks of TestPages, in each of which the page is asked only what the others do not show.
var (
	onWide  = browser.Look{Still: true}
	onDark  = browser.Look{Still: true, Dark: true}
	onPhone = browser.Look{Still: true, Width: 320, Height: 640, Phone: true}
)

// TestPages looks at every kind of page on a wide window, in the dark and on a phone: nothing is wider than the window, axe finds
// nothing, the console is empty, nothing is asked of other hosts, and nothing that an article or a query says runs.
func TestPages(t *testing.T) {
	if race { // the other tests ask the server for the same pages, many at once
		t.Skip("SKIPPED under the race detector, which has nothing to watch here: .ci/run runs it without")
	}
	axe, err := browser.OpenAxe("../internal/browser")
	skip(t, err)
	if err != nil {
		t.Fatal(err)
	}
	for _, site := range []struct {
		name  string
		open  func() (*sample.Site, error)
		kinds []kind
	}{{"sample", demo, general}, {"hard", hard, hardOnes}} {
		half := (len(site.kinds) + 1) / 2
		for part := range slices.Chunk(site.kinds, half) { // each in a tab of its own
			t.Run(site.name+" from "+part[0].name, func(t *testing.T) {
				t.Parallel()
				r := read(t, site.open, onWide, "/help")
				for _, p := range allTargets(t, site.open, part) {
					t.Run(p.name, func(t *testing.T) {
						on := *r
						on.T = t
						on.visit(p, axe)
					})
				}
			})
		}
	}
}

// visit checks one page.
func (r *reader) visit(p target, axe browser.Axe) {
	r.Helper()
	before := len(r.tab.Faults())
	r.can(r.tab.Look(onWide))
	r.can(p.show(r.tab))
	r.fits()
	r.audit(axe, browser.Tagged(browser.WCAG...))
	if !p.like {
		r.can(r.tab.Look(onDark))
		r.audit(axe, browser.Named("color-contrast", "link-in-text-block")) // the other rules do not look at colours
		r.can(r.tab.Look(onPhone))
		r.fits()
		r.audit(axe, browser.Named("target-size", "scrollable-region-focusable")) // nor at sizes
	}
	if eval[bool](r, `typeof trapped !== "undefined"`) {
		r.Errorf("the page runs what it shows: %d", eval[int](r, "trapped"))
	}
	for _, fault := range r.tab.Faults()[before:] {
		r.Error(fault)
	}
}

// fits checks that nothing is wider than the window.
func (r *reader) fits() {
	r.Helper()
	if wide := eval[[]int](r, "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"); wide[0] > wide[1] {
		r.Errorf("the page is %d pixels wide in a window of %d", wide[0], wide[1])
	}
}

func (r *reader) audit(axe browser.Axe, rules browser.Rules) {
	r.Helper()
	found, err := r.tab.Audit(axe, rules)
	r.can(err)
	for _, v := range found {
		r.Error(v)
	}
}

// TestHostileTextIsShown: what would run is there to be read.
func TestHostileTextIsShown(t *testing.T) {
	t.Parallel()
	shown := `<script>trapped=1</script><img src=x onerror="trapped=2">`
	r := read(t, hard, browser.Look{}, "/help")
	for name, selectors := range map[string][]string{
		"hard-hostile-results": {titles, "#facet-source", "ul.chips"}, "hard-hostile-fault": {"main"},
		"hard-hostile-article": {"h1", "main"}, "hard-hostile-entity": {"h1"},
	} {
		for _, k := range hardOnes {
			if k.name != name {
				continue
			}
			r.can(targetOf(t, hard, k).show(r.tab))
			for _, s := range selectors {
				r.sees(s, shown)
			}
			if n := eval[int](r, `document.querySelectorAll('[href^="javascript:" i], main script, main img').length`); n > 0 {
				t.Errorf("%s has %d elements of the article's making", name, n)
			}
			if eval[bool](r, `typeof trapped !== "undefined"`) {
				t.Errorf("%s runs what it shows", name)
			}
		}
	}
}
