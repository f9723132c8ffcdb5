package main

import (
	"net/url"
	"testing"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
	"dateline/index"
)

// TestRightToLeft: Arabic and Hebrew are read from the right wherever they stand, and the English beside them from the left.
func TestRightToLeft(t *testing.T) {
	t.Parallel()
	const port = "ميناء"
	r := read(t, hard, browser.Look{}, "/search?q="+url.QueryEscape(port))
	runs := func(want string, selectors ...string) {
		t.Helper()
		for _, s := range selectors {
			if got := r.style(s, "direction"); got != want {
				t.Errorf("%s: %s is read %s", r.address().Path, s, got)
			}
		}
	}
	runs("rtl", box, "ol.hits h3", "ol.hits .snippet", "ol.hits .source bdi", "ol.hits .name bdi", "#facet-source li bdi", ".said bdi")
	runs("ltr", "main", ".total", "ol.hits time", "#facet-language li bdi")
	r.begins("right", "ol.hits h3")
	r.begins("right", "ol.hits .snippet")
	if right, title := r.edge("ol.hits .meta .dated"), r.edge("ol.hits h3"); right < title-2 {
		t.Errorf("the line below the title ends at %v, the title at %v", right, title)
	}

	r.open("/article/" + sample.ArabicID + "?q=" + url.QueryEscape(port) + "&names=1")
	runs("rtl", "h1", ".lead", ".body p:last-child", ".standing q bdi", ".entities bdi", ".reference bdi:first-child")
	runs("ltr", "article time", ".reference", ".reference bdi:last-of-type", ".facts dt")
	r.begins("right", "h1")
	r.begins("right", ".body p:last-child")

	r.open("/article/" + sample.LongID + "?q=harbour")
	runs("ltr", "h1", ".body p:last-child", box)
	r.begins("left", "h1")

	for path, selectors := range map[string][]string{
		"/entity/person/" + index.EscapeID("ليلى حسن"):             {"h1 bdi", "ol.hits h3", ".forms bdi", "#facet-source li bdi"},
		"/source/" + index.EscapeID("جريدة الميناء"):               {"h1 bdi", "ol.hits h3", ".ranking bdi", "#facet-topic li bdi"},
		"/facet/topic?prefix=" + url.QueryEscape("اقتصاد"):         {"#prefix", "ul.values bdi"},
		"/compare?q=harbour&q=" + url.QueryEscape(port):            {".queries li:nth-child(2) input", ".legend li:nth-child(2) bdi"},
		"/entities?name=" + url.QueryEscape(port):                  {"#name", ".ranking bdi"},
		"/sources?name=" + url.QueryEscape("جريدة"):                {"#name", "main th[scope=row] bdi"},
		"/search?q=" + url.QueryEscape("("+port) + "&view=compact": {box, ".faulty bdi"},
	} {
		r.open(path)
		runs("rtl", selectors...)
	}
}

// begins checks on which side of an element its text begins.
func (r *reader) begins(side, selector string) {
	r.Helper()
	r.text(selector)
	got := eval[string](r, `(e => {
		const letters = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
		let node = letters.nextNode();
		while (node.data.trim() === "") node = letters.nextNode();
		const range = document.createRange();
		range.setStart(node, node.data.search(/\S/));
		range.setEnd(node, node.data.search(/\S/) + 1);
		const a = range.getBoundingClientRect(), b = e.getBoundingClientRect();
		return a.left - b.left > b.right - a.right ? "right" : "left";
	})(document.querySelector("`+selector+`"))`)
	if got != side {
		r.Errorf("%s: %s begins on the %s", r.address().Path, selector, got)
	}
}

// edge is where an element ends on the right.
func (r *reader) edge(selector string) float64 {
	r.Helper()
	r.text(selector)
	return eval[float64](r, "document.querySelector(`"+selector+"`).getBoundingClientRect().right")
}
