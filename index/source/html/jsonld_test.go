package html

import (
	"strings"
	"testing"
)

// TestMending has what is wrong with the JSON-LD of real pages; each of them has a headline.
func TestMending(t *testing.T) {
	for _, c := range []struct{ name, script string }{
		{"right", `{"@type":"NewsArticle","headline":"Quay"}`},
		{"list", `[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Quay"}]`},
		{"graph", `{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Quay"}]}`},
		{"nested", `{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"Quay"}}`},
		{"several types", `{"@type":["Thing","NewsArticle"],"headline":"Quay"}`},
		{"full name of the type", `{"@type":"https://schema.org/NewsArticle","headline":"Quay"}`},
		{"two behind each other", `{"@type":"WebPage"}{"@type":"NewsArticle","headline":"Quay"}`},
		{"comment of HTML", "<!--\n" + `{"@type":"NewsArticle","headline":"Quay"}` + "\n-->"},
		{"CDATA", "//<![CDATA[\n" + `{"@type":"NewsArticle","headline":"Quay"}` + "\n//]]>"},
		{"assignment", `window.data = {"@type":"NewsArticle","headline":"Quay"};`},
		{"line end in a text", "{\"@type\":\"NewsArticle\",\"description\":\"a\nb\tc\",\"headline\":\"Quay\"}"},
		{"trailing commas", `{"@type":"NewsArticle","author":["Ann",],"headline":"Quay",}`},
		{"doubled commas", `{"@type":"NewsArticle",,"headline":"Quay"}`},
		{"comments of JavaScript", "{\"@type\":\"NewsArticle\", // the type\n/* and */ \"headline\":\"Quay\"}"},
		{"bad escape", `{"@type":"NewsArticle","description":"it\'s","headline":"Quay"}`},
		{"not closed", `{"@type":"NewsArticle","headline":"Quay","author":{"name":"Ann"`},
		{"escaped as HTML", `{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Quay&quot;}`},
		{"a quote too many", `{"@type":"NewsArticle","headline":"Quay","description":"he said "no" to it"}`},
	} {
		l := readLinked([]string{c.script})
		if got := text1(l.article()["headline"]); got != "Quay" {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestNotTheArticle has objects that are about something else than the page's article.
func TestNotTheArticle(t *testing.T) {
	for _, script := range []string{
		`{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other"}]}`,
		`{"@type":"BreadcrumbList","itemListElement":[{"item":{"@type":"Article","headline":"Other"}}]}`,
		`{"@type":"Organization","subOrganization":{"@type":"NewsArticle","headline":"Other"}}`,
		`nonsense`, ``, `[]`, `"text"`, `{"@type":"NewsArticle","headline":`,
		strings.Repeat(`{"a":`, 1000), strings.Repeat(`[`, 100_000),
	} {
		if got := text1(readLinked([]string{script}).article()["headline"]); got != "" {
			t.Errorf("%.60s: %q", script, got)
		}
	}
}

func TestArticleOfSeveral(t *testing.T) {
	l := readLinked([]string{`[{"@type":"NewsArticle","headline":"First","url":"https://a.example/1"},{"@type":"NewsArticle","headline":"Second","url":"https://www.a.example/2/"}]`})
	if got := text1(l.article("http://a.example/2")["headline"]); got != "Second" {
		t.Error(got)
	}
	if got := text1(l.article()["headline"]); got != "First" {
		t.Error(got)
	}
}

// TestReferencesInCircles holds that objects that refer to each other end.
func TestReferencesInCircles(t *testing.T) {
	l := readLinked([]string{`{"@graph":[{"@id":"#a","@type":"Person","name":{"@id":"#b"}},{"@id":"#b","@type":"Person","name":{"@id":"#a"}},{"@type":"NewsArticle","headline":"x","author":[{"@id":"#a"}],"isPartOf":{"@id":"#b"}}]}`})
	_ = l.names(l.article()["author"])
	_ = l.address(l.article()["isPartOf"])
}
