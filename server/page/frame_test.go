package page

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// TestFrame: what every page has around its content.
func TestFrame(t *testing.T) {
	eachPage(t, func(t *testing.T, d doc) {
		if got := d.texts("nav.site a"); !slices.Equal(got, []string{"Names", "Sources", "Compare", "Feeds", "Help"}) {
			t.Errorf("the navigation has %q", got)
		}
		if n := len(d.all("nav.site a[aria-current=page]")); n > 1 {
			t.Errorf("%d pages are the present one", n)
		}
		for n := range d.root.Descendants() {
			if n.Data == "nav" && attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" {
				t.Error("a landmark without a name")
			}
		}
		if len(d.all("meta[name=theme-color]")) != 2 || len(d.all("meta[name=description]"))+len(d.all("meta[name=robots]")) != 1 {
			t.Error("no colour for the window, or neither a description nor a word to crawlers")
		}
		if hasAttr(d.one("dialog#keys-list"), "open") || attr(d.one("dialog"), "aria-labelledby") != "keys-title" {
			t.Error("the keys stand open, or have no name")
		}
		for _, selector := range []string{"footer p.scripted select#theme", "footer p.scripted[data-zone]", "footer a[data-keys][href=/help#keys]", "dialog input#keys-on[type=checkbox][checked]"} {
			d.one(selector)
		}
	})
}

func TestPresentPageIsMarked(t *testing.T) {
	for want, p := range map[string]renderer{"Help": Help{Stats: stats}, "Names": Entities{Stats: stats}, "Feeds": Feeds{Stats: stats}} {
		if got := draw(t, p).textOf("nav.site a[aria-current=page]"); got != want {
			t.Errorf("the page %s is marked as %s", want, got)
		}
	}
}

// TestShortcuts: the keys that pages list are those that the script obeys, and the help lists them too.
func TestShortcuts(t *testing.T) {
	script, err := staticFiles.ReadFile("static/js/14-keys.js")
	if err != nil {
		t.Fatal(err)
	}
	_, obeyed, _ := strings.Cut(string(script), "const does = {")
	obeyed, _, _ = strings.Cut(obeyed, "};")
	var has []string
	for _, m := range regexp.MustCompile(`(?m)^\t"?([a-z/?])"?: `).FindAllStringSubmatch(obeyed, -1) {
		has = append(has, m[1])
	}
	d := draw(t, Help{Stats: stats})
	listed := d.texts("dialog kbd")
	if got := d.texts("main th kbd"); !slices.Equal(got, listed) {
		t.Errorf("the help lists %q, the dialog %q", got, listed)
	}
	for _, s := range shortcuts {
		for i, key := range s.Keys {
			switch after := s.Then && i > 0; {
			case after && len(d.all("header [data-go="+key+"]")) != 1:
				t.Errorf("no link is led to by %v", s.Keys)
			case !after && len(key) == 1 && !slices.Contains(has, key):
				t.Errorf("the script does not know %s of %q", key, has)
			}
		}
	}
	for _, link := range d.all("[data-go]") {
		if key := attr(link, "data-go"); !slices.ContainsFunc(shortcuts, func(s shortcut) bool { return s.Then && slices.Equal(s.Keys, []string{"g", key}) }) {
			t.Errorf("g %s is not listed", key)
		}
	}
	for _, key := range has {
		if !slices.Contains(listed, key) {
			t.Errorf("%s is not listed", key)
		}
	}
}

// TestScriptsMakeNoMarkup: what the Content-Security-Policy refuses (trusted types) is not tried, and no script is large.
func TestScriptsMakeNoMarkup(t *testing.T) {
	files, err := staticFiles.ReadDir("static/js")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		content, err := staticFiles.ReadFile("static/js/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, sink := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(", "new Function", ".style.", "srcdoc", "http://", "https://"} {
			if strings.Contains(string(content), sink) {
				t.Errorf("%s has %s", f.Name(), sink)
			}
		}
	}
}

func TestHelpOfAnIndex(t *testing.T) {
	h := Help{Stats: stats, Examples: Examples{
		Own:   []Example{OwnExample(index.FieldPerson, `Ruslan "R" Mirzaev`), MonthExample(stats.Last)},
		Found: map[string]int{"oil price": 1234, "date:2024-03": 0},
	}}
	d := draw(t, h)
	if got := d.texts("table.examples")[0]; !strings.Contains(got, "articles here oil price") || !strings.Contains(got, "1,234") {
		t.Errorf("%q", got)
	}
	if got := d.link("table.examples a", "date:2024-03"); got != "/search?q=date%3A2024-03" {
		t.Error(got)
	}
	if got := d.texts("table.examples")[1]; !strings.Contains(got, `person:"Ruslan \"R\" Mirzaev"`) || !strings.Contains(got, "March 2024") || !strings.HasSuffix(got, "here0") {
		t.Errorf("%q", got)
	}
	if got := FirstExamples(); len(got) != len(first) || got[0] != "oil price" {
		t.Errorf("%q", got)
	}
	for _, name := range known() {
		if !strings.Contains(d.textOf("main"), name) {
			t.Errorf("the parameter %s is not explained", name)
		}
	}
}

func TestPlainLeadsOn(t *testing.T) {
	d := draw(t, Plain{Title: "Nothing here", Words: "north quay", Stats: stats})
	if got := d.link("ul.ways a", "Search for north quay"); got != "/search?q=north+quay" {
		t.Error(got)
	}
	if got := d.texts("ul.ways a"); len(got) != 3 {
		t.Errorf("%q", got)
	}
	d = draw(t, Plain{Title: "The search took too long", After: "1", Slow: true, Params: oil()})
	if got := d.link("ul.ways a", "Ask the same again"); got != newParams(oil()).URL() {
		t.Error(got)
	}
	if got := d.link("ul.ways a", "Ask it without filters to choose from, which is less work"); got != newParams(oil()).with("facets", "none").URL() {
		t.Error(got)
	}
	if got := d.textOf("main"); !strings.Contains(got, "It may work again in 1 second.") {
		t.Error(got)
	}
	if attr(d.one("input#q"), "value") != "oil price" || len(d.all("form#search input[name=source]")) != 2 {
		t.Error("the box has lost the search")
	}
	d = draw(t, Plain{Title: "Too many requests", After: hostile, Words: hostile})
	if strings.Contains(d.textOf("main"), "again in") || len(d.all("main script")) > 0 {
		t.Error(d.textOf("main"))
	}
}
