package server

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"dateline/index"
)

// mirzaev is a fake with one person, whose network is that of his articles.
func mirzaev() *fake {
	f := newFake("a", "b")
	f.search = func(context.Context, index.Request) (*index.Result, error) {
		return &index.Result{
			Total: index.Total{Articles: 2}, Hits: []index.Hit{{ID: "a"}, {ID: "b"}},
			Facets: map[index.Field]*index.Facet{index.FieldSource: {}, index.FieldPerson: {}},
		}, f.err
	}
	f.infos = map[string]index.EntityInfo{"person/Mirzayev": {
		Type: index.Person, Name: "Ruslan Mirzaev", Total: index.Total{Articles: 2}, Names: []index.NameForm{{Name: "Mirzayev", Articles: 2}},
		Suggestions: []index.Suggested{{Type: index.Person, Name: "Ruslan Mirzaev", Other: "R. Mirza", Score: math.NaN()}},
	}}
	f.nodes = index.Network{Unit: index.Articles, Total: 2, Nodes: []index.Node{
		{Type: index.Person, Name: "Ruslan Mirzaev", Count: 2, All: 2, Strength: 9},
		{Type: index.Org, Name: "Ruslan Mirzaev", Count: 1, All: 1, Strength: math.Inf(1)},
		{Type: index.Person, Name: "Mirko Dekker", Count: 1, All: 1, Strength: 1},
	}, Edges: []index.Edge{{A: 0, B: 1, Count: 1, Strength: math.NaN()}}}
	return f
}

// TestEntity gives for each address the status and values of the JSON by their paths.
func TestEntity(t *testing.T) {
	for _, c := range []struct {
		target string
		status int
		want   map[string]string
	}{
		{"person/Mirzayev", 200, map[string]string{
			"type": "person", "name": "Ruslan Mirzaev", "hidden": "false", "total.articles": "2", "names.0.name": "Mirzayev", "aliases": "[]", "apart": "[]",
			"suggestions.0.other": "R. Mirza", "suggestions.0.shared": "[]", "suggestions.0.score": "0",
			"matching.articles": "2", "unit": "articles", "sources.values": "[]", "latest.0.id": "a", "first": "null",
			"companions.0.type": "org", "companions.0.strength": "0", "companions.1.name": "Mirko Dekker", "companions.2": "<nothing>",
		}},
		{"person/Mirzayev?brief=1", 200, map[string]string{"name": "Ruslan Mirzaev", "suggestions.0.shared": "[]", "companions": "null", "matching": "null"}},
		{"person/Mirzayev?nodes=1&count=texts&brief=0", 200, map[string]string{"unit": "texts", "companions.0.type": "org", "companions.1": "<nothing>"}},
		{"person/Mirzayev?person=Other", 400, map[string]string{"param": "person", "hint": `write person:\"…\" in the query`}},
		{"person/Mirzayev?not.person=Other&org=X&tz=Europe/Berlin&variants=off", 200, nil},
		{"person/Mirzayev?brief=2", 400, map[string]string{"param": "brief", "detail": `brief must be 1 or 0, not \"2\`}},
		{"person/Mirzayev?nodes=0", 400, map[string]string{"param": "nodes"}},
		{"person/Mirzayev?nodes=501", 400, map[string]string{"param": "nodes"}},
		{"person/Mirzayev?types=person,people", 400, map[string]string{"param": "types", "detail": `types must be person, org or place, not \"people\`}},
		{"person/Mirzayev?nodse=5", 400, map[string]string{"param": "nodse"}},
		{"person/Mirzayev?q=(a", 400, map[string]string{"type": "urn:dateline:bad-query"}},
		{"person/Nobody", 404, map[string]string{"type": "urn:dateline:no-such-entity", "detail": `there is no person \"Nobody\`}},
		{"person/", 404, map[string]string{"type": "urn:dateline:no-such-entity"}},
		{"person/%ff", 404, map[string]string{"type": "urn:dateline:no-such-entity"}},
		{"people/Mirzayev", 404, map[string]string{"type": "urn:dateline:no-such-type", "hint": "did you mean person?", "detail": `the type must be person, org or place, not \"people\`}},
		{"person", 200, map[string]string{"field": "person", "values.0.value": " of person"}},
		{"person?prefix=m&q=oil", 200, map[string]string{"values.0.value": "m of person"}},
		{"source", 404, map[string]string{"type": "urn:dateline:no-such-type"}},
		{"", 404, nil},
	} {
		f := mirzaev()
		w := do(New(f, quiet()), local("GET", "/api/v1/entities/"+c.target, ""))
		if w.Code != c.status {
			t.Errorf("%s: %d %s", c.target, w.Code, w.Body)
			continue
		}
		for path, value := range c.want {
			if got := at(t, w.Body.Bytes(), path); got != value {
				t.Errorf("%s: %s is %s, not %s", c.target, path, got, value)
			}
		}
	}
	if w := do(New(mirzaev(), quiet()), local("POST", "/api/v1/entities/person/Mirzayev", "x")); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

// TestNamesAsPaths asks for entities whose names are hard on paths.
func TestNamesAsPaths(t *testing.T) {
	for _, name := range []string{
		"AC/DC", "a//b/", "/", "..", ".", "../../etc/passwd", "%2F", "Who?", "U.S.", "C#", "Мирзаев", "José Ibáñez", "a b+c", "ü\n", ";:@&=", `"\`, "new/../old",
	} {
		f := newFake()
		f.infos = map[string]index.EntityInfo{"org/" + name: {Type: index.Org, Name: name}}
		for _, escaped := range []string{index.EscapeID(name), strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", " ", "%20", "\n", "%0A", `"`, "%22", `\`, "%5C").Replace(name)} {
			w := do(New(f, quiet()), local("GET", "/api/v1/entities/org/"+escaped+"?brief=1", ""))
			var got index.EntityInfo
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 || got.Name != name {
				t.Errorf("%q as %s: %d %s", name, escaped, w.Code, w.Body)
			}
		}
	}
}

// TestEntityNarrows says what the engine is asked of the articles of an entity.
func TestEntityNarrows(t *testing.T) {
	f := mirzaev()
	var asked []string
	f.search = func(ctx context.Context, r index.Request) (*index.Result, error) {
		if _, ok := ctx.Deadline(); !ok {
			t.Error("a search has no deadline")
		}
		asked = append(asked, r.Values().Encode())
		person := &index.Facet{Values: []index.FacetValue{{Value: "Other", Excluded: true, Selected: true}, {Value: "R. Mirzayev", Selected: true}}}
		return &index.Result{
			Hits:   []index.Hit{{ID: "x", Published: index.At(noon)}},
			Facets: map[index.Field]*index.Facet{index.FieldSource: {}, index.FieldPerson: person},
		}, nil
	}
	f.nodes.Nodes[2] = index.Node{Type: index.Person, Name: "R. Mirzayev"} // as the facet shows him
	w := do(New(f, quiet()), local("GET", "/api/v1/entities/person/Mirzayev?q=oil&from=2023&source=AP&size=3&sort=relevance&cursor=x&facets=org&group=text&interval=day&types=place,org&types=place&nodes=7&by=count", ""))
	if w.Code != 200 {
		t.Fatal(w.Code, w.Body)
	}
	const narrowed = "from=2023&%sperson=Ruslan+Mirzaev&q=oil&size=%s&sort=%s&source=AP"
	want := []string{
		fmt.Sprintf(strings.Replace(narrowed, "%s", "interval=day&%s", 1), "", "3", "newest"),
		fmt.Sprintf(strings.Replace(narrowed, "%s", "interval=none&%s", 1), "", "1", "oldest"),
	}
	for i, encoded := range asked {
		if got := strings.NewReplacer("facets=source%2Cperson&", "", "facets=none&", "", "group=none&", "").Replace(encoded); i >= len(want) || got != want[i] {
			t.Errorf("search %d: %s", i, got)
		}
	}
	if o := f.options; fmt.Sprint(o.Types) != "[place org]" || o.Size != 8 || o.By != index.OrderCount || o.Edges {
		t.Errorf("network of %+v", o)
	}
	if f.asked.Filters.Include[index.FieldPerson][0] != "Ruslan Mirzaev" || !f.hasDeadline {
		t.Errorf("network of %+v", f.asked)
	}
	if at(t, w.Body.Bytes(), "first.id") != "x" || at(t, w.Body.Bytes(), "companions.1.name") != "Ruslan Mirzaev" {
		t.Errorf("%s", w.Body)
	}
	// Without variants a name stands for itself.
	if do(New(f, quiet()), local("GET", "/api/v1/entities/person/Mirzayev?variants=off", "")); f.asked.Filters.Include[index.FieldPerson][0] != "Mirzayev" {
		t.Errorf("network of %+v", f.asked)
	}
}

// TestNearest: the hint names what was probably meant.
func TestNearest(t *testing.T) {
	f := newFake()
	names := []string{"Ruslan Mirzaev", "Ruslan Mirza", "Rustam Mirov", "Rusudan of the Long Last Name", "Aisha Rahimi"}
	s := New(facetFake{f, names}, quiet())
	for _, c := range []struct{ name, hint string }{
		{"Ruslan Mirzaef", `did you mean \"Ruslan Mirzaev\" or \"Ruslan Mirza\"?`},
		{"Mirza", `did you mean \"Ruslan Mirzaev\" or \"Ruslan Mirza\"?`},
		{"rusalan mirzaev", `did you mean \"Ruslan Mirzaev\" or \"Ruslan Mirza\"?`},
		{"Aisha Rahmi", `did you mean \"Aisha Rahimi\"?`},
		{"Nobody at all", "null"},
		{"...", "null"},
		{"Rus" + strings.Repeat("x", 200), "null"},
	} {
		w := do(s, local("GET", "/api/v1/entities/person/"+index.EscapeID(c.name), ""))
		if got := at(t, w.Body.Bytes(), "hint"); w.Code != 404 || got != c.hint {
			t.Errorf("%s: %d, hint %s", c.name, w.Code, got)
		}
	}
}

// facetFake finds names by the beginnings of their words, in their order.
type facetFake struct {
	*fake
	names []string
}

func (f facetFake) Facet(_ context.Context, r index.Request, _ index.Field, prefix string) (*index.Facet, error) {
	found := &index.Facet{}
	for _, name := range f.names {
		if len(found.Values) < r.FacetSize && beginAll(strings.Fields(strings.ToLower(name)), strings.Fields(strings.ToLower(prefix))) {
			found.Values = append(found.Values, index.FacetValue{Value: name, Count: 1})
		}
	}
	return found, nil
}

// TestEntityFaults: what the engine returns becomes what it is for a search.
func TestEntityFaults(t *testing.T) {
	for _, fault := range faults {
		f := mirzaev()
		f.err = fault
		s := New(f, quiet())
		search := do(s, local("GET", "/api/v1/search", ""))
		for _, path := range []string{"/api/v1/network", "/api/v1/suggestions", "/api/v1/decisions", "/api/v1/entities/person/Mirzayev?brief=1", "/api/v1/entities/person/Mirzayev"} {
			if w := do(s, local("GET", path, "")); w.Code != search.Code {
				t.Errorf("%s: %v: %d, but of a search %d", path, fault, w.Code, search.Code)
			}
		}
	}
}

// TestNetwork gives for each address the status and values of the JSON by their paths.
func TestNetwork(t *testing.T) {
	for _, c := range []struct {
		target string
		status int
		want   map[string]string
	}{
		{"", 200, map[string]string{"unit": "articles", "total": "2", "nodes.0.name": "Ruslan Mirzaev", "nodes.1.strength": "0", "edges.0.count": "1", "edges.0.strength": "0"}},
		{"?format=json", 200, nil},
		{"?format=xml", 400, map[string]string{"param": "format", "detail": `format must be json or graphml, not \"xml\`}},
		{"?format=json&format=graphml", 400, map[string]string{"param": "format"}},
		{"?by=size", 400, map[string]string{"param": "by"}},
		{"?edges=no", 400, map[string]string{"param": "edges"}},
		{"?nodes=1000", 400, map[string]string{"param": "nodes"}},
		{"?nodes=x", 400, map[string]string{"param": "nodes"}},
		{"?types=per", 400, map[string]string{"param": "types"}},
		{"?node=5", 400, map[string]string{"param": "node"}},
		{"?count=words", 400, map[string]string{"param": "count"}},
	} {
		w := do(New(mirzaev(), quiet()), local("GET", "/api/v1/network"+c.target, ""))
		if w.Code != c.status {
			t.Errorf("%s: %d %s", c.target, w.Code, w.Body)
			continue
		}
		for path, value := range c.want {
			if got := at(t, w.Body.Bytes(), path); got != value {
				t.Errorf("%s: %s is %s, not %s", c.target, path, got, value)
			}
		}
	}
	f := mirzaev()
	do(New(f, quiet()), local("GET", "/api/v1/network?q=oil&person=X&types=person,,org&nodes=9&by=strength&edges=0", ""))
	if o := f.options; fmt.Sprint(o.Types) != "[person org]" || o.Size != 9 || o.By != index.OrderStrength || o.Edges || !f.hasDeadline {
		t.Errorf("asked for %+v", o)
	}
	if got := f.asked.Values().Encode(); got != "person=X&q=oil" {
		t.Errorf("asked of %s", got)
	}
	if do(New(f, quiet()), local("GET", "/api/v1/network?types=", "")); f.options.Types != nil || !f.options.Edges || f.options.Size != 0 {
		t.Errorf("asked for %+v", f.options)
	}
	f.nodes = index.Network{}
	if w := do(New(f, quiet()), local("GET", "/api/v1/network", "")); at(t, w.Body.Bytes(), "nodes") != "[]" || at(t, w.Body.Bytes(), "edges") != "[]" {
		t.Errorf("%s", w.Body)
	}
}

func TestNetworkAsGraphML(t *testing.T) {
	f := mirzaev()
	f.nodes.Nodes[2].Name = "<&>\x00"
	w := do(New(f, quiet()), local("GET", "/api/v1/network?format=graphml", ""))
	h := w.Header()
	if w.Code != 200 || h.Get("Content-Type") != "application/graphml+xml" || h.Get("Content-Disposition") != `attachment; filename="network.graphml"` {
		t.Errorf("%d %v", w.Code, h)
	}
	var d struct {
		Nodes []struct {
			ID   string   `xml:"id,attr"`
			Data []string `xml:"data"`
		} `xml:"graph>node"`
		Edges []struct {
			Source string `xml:"source,attr"`
			Target string `xml:"target,attr"`
		} `xml:"graph>edge"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &d); err != nil || len(d.Nodes) != 3 || len(d.Edges) != 1 || d.Edges[0].Source != d.Nodes[0].ID || d.Edges[0].Target != d.Nodes[1].ID {
		t.Fatalf("%v in %s", err, w.Body)
	}
	if d.Nodes[2].Data[0] != "<&>\ufffd" || bytes.ContainsRune(w.Body.Bytes(), 0) {
		t.Errorf("%q", d.Nodes[2].Data)
	}
}

func TestSuggestions(t *testing.T) {
	for _, c := range []struct {
		target string
		status int
		typ    string
		size   int
		want   map[string]string
	}{
		{"", 200, "", 20, map[string]string{"total": "1", "suggestions.0.other": "R. Mirza", "suggestions.0.shared": "[]", "suggestions.0.score": "0"}},
		{"?type=org&size=5", 200, "org", 5, nil},
		{"?size=0", 200, "", 0, nil},
		{"?type=people", 400, "", 0, map[string]string{"param": "type", "hint": "did you mean person?"}},
		{"?size=1001", 400, "", 0, map[string]string{"param": "size"}},
		{"?size=-1", 400, "", 0, map[string]string{"param": "size"}},
		{"?q=oil", 400, "", 0, map[string]string{"param": "q", "hint": "parameters are type and size"}},
	} {
		f := mirzaev()
		f.suggested = f.infos["person/Mirzayev"].Suggestions
		w := do(New(f, quiet()), local("GET", "/api/v1/suggestions"+c.target, ""))
		if w.Code != c.status || c.status == 200 && (f.askedTyp != c.typ || f.askedSize != c.size || !f.hasDeadline) {
			t.Errorf("%s: %d, asked for %d of %q: %s", c.target, w.Code, f.askedSize, f.askedTyp, w.Body)
			continue
		}
		for path, value := range c.want {
			if got := at(t, w.Body.Bytes(), path); got != value {
				t.Errorf("%s: %s is %s, not %s", c.target, path, got, value)
			}
		}
	}
	if w := do(New(newFake(), quiet()), local("GET", "/api/v1/suggestions", "")); at(t, w.Body.Bytes(), "suggestions") != "[]" {
		t.Errorf("%s", w.Body)
	}
}

// TestEntitiesTakeTheirTurn: when as many searches run as may, nobody is let in.
func TestEntitiesTakeTheirTurn(t *testing.T) {
	o := quiet()
	o.Running, o.Waiting, o.Patience = 1, 1, 1
	s := New(mirzaev(), o)
	s.searches.running <- struct{}{}
	for _, path := range []string{"/api/v1/network", "/api/v1/suggestions", "/api/v1/entities/person/Mirzayev", "/api/v1/entities/person/Mirzayev?brief=1", "/api/v1/entities/person"} {
		if w := do(s, local("GET", path, "")); w.Code != http.StatusTooManyRequests {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	s.searches.leave()
	if w := do(s, local("GET", "/api/v1/entities/person/Mirzayev", "")); w.Code != 200 {
		t.Errorf("then: %d %s", w.Code, w.Body)
	}
}

// beginAll reports whether each of the prefixes begins a word.
func beginAll(words, prefixes []string) bool {
	for _, p := range prefixes {
		found := false
		for _, w := range words {
			found = found || strings.HasPrefix(w, p)
		}
		if !found {
			return false
		}
	}
	return true
}
