package server

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

// TestFacet gives for each address the status and values of the JSON by their paths.
func TestFacet(t *testing.T) {
	e := memory.New(memory.Options{})
	person := func(id, title string, names ...string) index.Article {
		a := index.Article{ID: id, Title: title, Source: "AP", Text: "t"}
		for _, name := range names {
			a.Entities = append(a.Entities, index.Entity{Type: index.Person, Name: name, Count: 1})
		}
		return a
	}
	if _, err := e.Put(t.Context(), []index.Article{
		person("a", "oil", "Ruslan Mirzaev", "José Ibáñez"), person("b", "oil", "Ruslan Mirzaev"), person("c", "gas", "Mirko Dekker"), person("d", "oil"),
	}); err != nil {
		t.Fatal(err)
	}
	s := New(e, quiet())
	for _, c := range []struct {
		target string
		status int
		want   map[string]string
	}{
		{"person?prefix=mir+rus", 200, map[string]string{"field": "person", "prefix": "mir rus", "unit": "articles", "values.0.value": "Ruslan Mirzaev", "values.0.count": "2", "values.1": "<nothing>", "distinct": "1", "missing": "1"}},
		{"person?prefix=MIR&facet_size=1", 200, map[string]string{"values.0.value": "Ruslan Mirzaev", "values.0.selected": "false", "values.1": "<nothing>", "distinct": "2"}},
		{"person?prefix=ib%C3%A1&q=oil&count=texts", 200, map[string]string{"values.0.value": "José Ibáñez", "unit": "texts", "values.0.count": "1"}},
		{"person?q=gas&person=Nobody&prefix=d", 200, map[string]string{"values.0.value": "Mirko Dekker", "values.1": "<nothing>"}},
		{"person?prefix=nobody", 200, map[string]string{"values": "[]", "distinct": "0"}},
		{"source", 200, map[string]string{"values.0.value": "AP", "prefix": ""}},
		{"source?prefix=&size=0&cursor=x&facets=none", 200, map[string]string{"values.0.count": "4"}},
		{"people?prefix=x", 404, map[string]string{"type": "urn:dateline:no-such-facet"}},
		{"sections", 404, map[string]string{"hint": "did you mean section?"}},
		{"", 404, map[string]string{"type": "urn:dateline:no-such-page"}},
		{"person/x", 404, nil},
		{"person?prefix=a&prefix=b", 400, map[string]string{"param": "prefix"}},
		{"person?prefix=%ff", 400, map[string]string{"param": "prefix"}},
		{"person?prefix=" + strings.Repeat("x", 2000), 400, map[string]string{"param": "prefix"}},
		{"person?prefx=a", 400, map[string]string{"param": "prefx"}},
		{"person?count=words", 400, map[string]string{"param": "count"}},
		{"person?q=(a", 400, map[string]string{"type": "urn:dateline:bad-query"}},
	} {
		w := do(s, local("GET", "/api/v1/facets/"+c.target, ""))
		if w.Code != c.status {
			t.Errorf("%.80s: %d %s", c.target, w.Code, w.Body)
			continue
		}
		for path, value := range c.want {
			if got := at(t, w.Body.Bytes(), path); got != value {
				t.Errorf("%.80s: %s is %s, not %s", c.target, path, got, value)
			}
		}
	}
	if w := do(s, local("POST", "/api/v1/facets/person", "x")); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

// TestFacetFaults: what the engine returns becomes what it is for a search.
func TestFacetFaults(t *testing.T) {
	for _, fault := range faults {
		f := newFake()
		f.err = fault
		search, facet := do(New(f, quiet()), local("GET", "/api/v1/search", "")), do(New(f, quiet()), local("GET", "/api/v1/facets/org?prefix="+url.QueryEscape("é b"), ""))
		if facet.Code != search.Code {
			t.Errorf("%v: %d, but of a search %d", fault, facet.Code, search.Code)
		}
		_, got := openRemote(t, f).Facet(t.Context(), index.Request{}, index.FieldOrg, "é")
		_, want := openRemote(t, f).Search(t.Context(), index.Request{})
		if got == nil || errors.Unwrap(got) == nil && problemOf(got).Type != problemOf(want).Type {
			t.Errorf("%v became %v, but of a search %v", fault, got, want)
		}
	}
}
