package main

import (
	"strings"
	"testing"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
	"dateline/index"
)

// style is the computed value of a property of the first element of a selector, which must be there.
func (r *reader) style(selector, property string) string {
	r.Helper()
	r.text(selector)
	v, err := r.tab.Style(selector, property)
	r.can(err)
	return v
}

// seen lists what can be seen of a selector.
func (r *reader) seen(selector string) []string {
	r.Helper()
	return eval[[]string](r, "Array.from(document.querySelectorAll(`"+selector+"`)).filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height > 1).map(e => (e.cloneNode(false).outerHTML ?? ``).slice(0, 90))")
}

// TestPaper: what is printed is what the page says, black on white, in whatever colours it is read. Nothing is there that one would
// click or fill in, and what leads elsewhere says where.
func TestPaper(t *testing.T) {
	t.Parallel()
	const tools = "nav, form, button, input, select, textarea, dialog, summary:not(.copies summary, .doctor summary), .skip, .picked, a.not, a.aboutlink"
	r := read(t, demo, browser.Look{}, "/help")
	for name, says := range map[string][]string{
		"search": {"ol.hits h3", bars, ".total"}, "filtered": {"ul.chips li", ".total"}, "nothing": {"main h2"},
		"article": {"h1", ".body p", ".reference"}, "entity": {"h1", bars, "ol.hits h3"}, "compare-two": {"h1", "svg.lines polyline", ".totals td"},
		"source": {"h1", bars, "ol.hits h3"}, "sources": {"h1", "main td"}, "values": {"h1", "ul.values li"}, "versions": {"h1"}, "start": {"h1", bars}, "help": {"h1", "main td"}, "accounts": {"h1", "main td"}, "feeds": {"h1"}, "entities": {"h1", ".ranking li"},
	} {
		r.can(r.tab.Look(browser.Look{Dark: true, Width: 800}))
		r.can(targetOf(t, demo, kindNamed(t, general, name)).show(r.tab))
		if len(r.seen(tools)) == 0 {
			t.Fatalf("%s: there is nothing to leave out", name)
		}
		r.can(r.tab.Look(browser.Look{Dark: true, Width: 800, Paper: true}))
		if got := r.seen(tools); len(got) > 0 {
			t.Errorf("%s: on paper stands %q", name, got)
		}
		for _, s := range says {
			if len(r.seen(s)) == 0 {
				t.Errorf("%s: %s is not on paper", name, s)
			}
		}
		if ground, ink := r.style("html", "backgroundColor"), r.style("body", "color"); ground != "rgb(255, 255, 255)" || ink != "rgb(0, 0, 0)" {
			t.Errorf("%s: it is %s on %s", name, ink, ground)
		}
	}
}

// TestPaperDraws: the bars keep their colour, the peaks their names, and the original its address.
func TestPaperDraws(t *testing.T) {
	t.Parallel()
	paper := browser.Look{Paper: true, Width: 800}
	r := read(t, demo, paper, "/search?q=the")
	if fill := r.style("svg.chart .bar", "fill"); fill == "none" || fill == "rgb(255, 255, 255)" || !strings.HasPrefix(fill, "rgb(") {
		t.Errorf("a bar is filled with %q", fill)
	}
	if len(r.seen("ol.peaks li")) == 0 {
		t.Error("nothing says what the peaks are")
	}
	r = read(t, hard, paper, "/article/"+index.EscapeID(sample.NamesID))
	const original = ".byline a[rel~=noopener]"
	r.text(original)
	if got := eval[string](r, "getComputedStyle(document.querySelector(`"+original+"`), `::after`).content"); !strings.Contains(got, "https://example.org/forty/names") {
		t.Errorf("the original is at %s", got)
	}
}

// TestForcedColours: in the few colours of the system what is drawn or marked is still there, and so is where one is.
func TestForcedColours(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{false, true} {
		r := read(t, demo, browser.Look{Forced: true, Dark: dark}, "/search?q=harbour")
		ground := r.style("html", "backgroundColor")
		differs := func(selector, property string) {
			t.Helper()
			if got := r.style(selector, property); got == ground || got == "none" || strings.HasPrefix(got, "rgba(") && strings.HasSuffix(got, ", 0)") {
				t.Errorf("dark %v: the %s of %s is %s on %s", dark, property, selector, got, ground)
			}
		}
		differs("svg.chart .bar", "fill")
		differs("svg.chart text", "fill")
		differs("svg.chart .axis", "stroke")
		differs("ol.hits mark", "backgroundColor")
		differs(titles, "color")
		differs(".search button", "borderTopColor")
		if r.style("ol.hits mark", "backgroundColor") == r.style("ol.hits mark", "color") {
			t.Error("a mark cannot be read")
		}
		r.press("Tab")
		for _, there := range []string{"#q", "section.dates svg a", titles, "nav.filters a"} {
			r.focus(there)
			if f, err := r.tab.Focus(); err != nil || !f.Visible {
				t.Errorf("the focus on %s cannot be seen: %v", there, err)
			}
			if there != "section.dates svg a" {
				differs(there+":focus-visible", "outlineColor")
			}
		}
		differs("svg.chart a .bar", "fill")
		r.can(targetOf(t, demo, kindNamed(t, general, "compare-two")).show(r.tab))
		differs("svg.lines polyline", "stroke")
		differs("svg.lines .dot", "fill")
		if a, b := r.style("svg.lines g:nth-of-type(1) polyline", "strokeDasharray"), r.style("svg.lines g:nth-of-type(2) polyline", "strokeDasharray"); a == b {
			t.Errorf("two lines are drawn alike: %s", a)
		}
	}
}

// focus brings the focus to the first element of a selector, as the tab key does where that was pressed last.
func (r *reader) focus(selector string) {
	r.Helper()
	if !eval[bool](r, "(e => { e.focus(); return e === document.activeElement; })(document.querySelector(`"+selector+"`))") {
		r.Fatalf("%s does not take the focus", selector)
	}
}

// kindNamed is the kind of that name.
func kindNamed(t *testing.T, kinds []kind, name string) kind {
	t.Helper()
	for _, k := range kinds {
		if k.name == name {
			return k
		}
	}
	t.Fatalf("there is no kind %s", name)
	return kind{}
}
