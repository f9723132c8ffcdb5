package server

import (
	"fmt"
	"net/url"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

// archive is an engine with articles that spell one man's name in three ways.
func archive(t *testing.T) index.Engine {
	e := memory.New(memory.Options{})
	var articles []index.Article
	add := func(id, day, source string, names ...string) {
		a := index.Article{ID: id, Title: "Port of " + id, Source: source, Text: id}
		if day != "" {
			a.Precision = "day"
			if err := a.Published.UnmarshalJSON([]byte(`"` + day + `T00:00:00Z"`)); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range names {
			typ := index.Person
			if name == "Port Authority" {
				typ = index.Org
			}
			a.Entities = append(a.Entities, index.Entity{Type: typ, Name: name, Count: 1})
		}
		articles = append(articles, a)
	}
	add("a", "2024-03-12", "AP", "Ruslan Mirzaev", "Port Authority")
	add("b", "2024-03-13", "AP", "Ruslan Mirzayev", "Ruslan Mirzaev", "Joris Dekker")
	add("c", "2024-03-14", "Reuters", "Руслан Мирзаев", "Port Authority")
	add("d", "2024-04-15", "AP", "Ruslan Mirzaev", "Port Authority", "Aisha Rahimi")
	add("e", "2024-04-16", "AP", "Joris Dekker", "Port Authority")
	add("f", "", "AP", "Ruslan Mirzayev")
	if _, err := e.Put(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestEntitiesOverAnEngine gives for each address values of the JSON by their paths.
func TestEntitiesOverAnEngine(t *testing.T) {
	s := New(archive(t), quiet())
	check := func(target string, want map[string]string) {
		t.Helper()
		checkAnswer(t, s, target, want)
	}
	one := map[string]string{
		"name": "Ruslan Mirzaev", "total.articles": "5", "matching.articles": "5", "names.2.articles": "1", "first.id": "a", "latest.0.id": "d",
		"sources.values.0.count": "4", "timeline.undated": "1", "companions.0.name": "Aisha Rahimi", "companions.3": "<nothing>",
	}
	for _, name := range []string{"Ruslan Mirzaev", "ruslan mirzayev", "Руслан Мирзаев"} {
		check("entities/person/"+url.PathEscape(name), one)
	}
	check("entities/person/Ruslan%20Mirzaev?to=2024-03&size=1&types=org", map[string]string{
		"total.articles": "5", "matching.articles": "3", "latest.0.id": "c", "latest.1": "<nothing>", "companions.0.name": "Port Authority", "companions.0.count": "2", "companions.0.all": "4", "companions.1": "<nothing>",
	})
	check("entities/person/Ruslan%20Mirzayev?variants=off", map[string]string{"total.articles": "5", "matching.articles": "2", "first.id": "b", "companions.0.name": "Joris Dekker"})
	check("entities/person?prefix=mirz", map[string]string{"values.0.value": "Ruslan Mirzaev", "values.0.count": "5", "values.1": "<nothing>"})
	check("network?types=person&source=AP", map[string]string{"total": "5", "nodes.0.name": "Ruslan Mirzaev", "nodes.0.count": "4", "edges.0.count": "1"})
	check("network?types=person&edges=0&by=strength&nodes=1", map[string]string{"nodes.1": "<nothing>", "edges": "[]"})
}

// checkAnswer asks for an address and compares values of the JSON by their paths.
func checkAnswer(t *testing.T, s *Server, target string, want map[string]string) {
	t.Helper()
	w := do(s, local("GET", "/api/v1/"+target, ""))
	if w.Code != 200 {
		t.Errorf("%s: %d %s", target, w.Code, w.Body)
		return
	}
	for path, value := range want {
		if got := at(t, w.Body.Bytes(), path); got != value {
			t.Errorf("%s: %s is %s, not %s", target, path, got, value)
		}
	}
}

// TestEntitiesThatWereDecidedOn: an entity that is renamed or hidden has the articles that it had, and is not its own companion.
func TestEntitiesThatWereDecidedOn(t *testing.T) {
	s := New(archive(t), quiet())
	status, body := decideWith(s, "application/json", `{"decisions":[{"action":"rename","type":"org","name":"port authority","other":"Harbour Office"},
		{"action":"hide","type":"person","name":"Ruslan Mirzayev"},{"action":"merge","type":"person","name":"Nobody","other":"Aisha Rahimi"}]}`)
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	for _, name := range []string{"Port%20Authority", "harbour%20office"} {
		checkAnswer(t, s, "entities/org/"+name, map[string]string{
			"name": "Harbour Office", "hidden": "false", "matching.articles": "4", "names.0.name": "Port Authority", "names.0.articles": "4",
			"companions.0.type": "person", "companions.0.name": "Aisha Rahimi", "companions.1.name": "Joris Dekker", "companions.2": "<nothing>",
		})
	}
	checkAnswer(t, s, "entities/org/Harbour%20Office?variants=off&types=org", map[string]string{"matching.articles": "0", "first": "null", "latest": "[]", "companions": "[]"})
	checkAnswer(t, s, "entities/org/port%20authority?variants=off&types=org", map[string]string{"name": "Harbour Office", "matching.articles": "4", "companions": "[]"})
	checkAnswer(t, s, "entities/person/Ruslan%20Mirzaev", map[string]string{"hidden": "true", "matching.articles": "5", "companions.0.name": "Aisha Rahimi", "companions.3": "<nothing>"})
	checkAnswer(t, s, "entities/person/nobody?brief=1", map[string]string{"name": "Aisha Rahimi", "total.articles": "1"})
}

// TestDecisionsOverAnEngine: a decision holds at once, and undoing it restores every count.
func TestDecisionsOverAnEngine(t *testing.T) {
	e := archive(t)
	s := New(e, quiet())
	facets := func() string {
		w := do(s, local("GET", "/api/v1/search?size=0&interval=none", ""))
		return at(t, w.Body.Bytes(), "facets")
	}
	before := facets()
	for _, decision := range []string{
		`{"action":"merge","type":"person","name":"Joris Dekker","other":"Ruslan Mirzaev"}`,
		`{"action":"split","type":"person","name":"Ruslan Mirzayev"}`,
		`{"action":"apart","type":"person","name":"Руслан Мирзаев","other":"Ruslan Mirzaev"}`,
		`{"action":"rename","type":"org","name":"Port Authority","other":"Harbour Office"}`,
		`{"action":"hide","type":"person","name":"Aisha Rahimi"}`,
	} {
		if status, body := decideWith(s, "application/json", `{"decisions":[`+decision+`]}`); status != 200 || at(t, body, "decisions.0.time") != "2024-03-20T12:00:00Z" && at(t, body, "decisions.0.time") == "null" {
			t.Errorf("%s: %d %s", decision, status, body)
		}
		if facets() == before {
			t.Errorf("%s changes no facet", decision)
		}
		if status, body := decideWith(s, "application/json", `{"decisions":[{"action":"undo"}]}`); status != 200 {
			t.Errorf("undo: %d %s", status, body)
		}
		if after := facets(); after != before {
			t.Errorf("%s undone\n got %s\nwant %s", decision, after, before)
		}
	}
	if log, err := e.Decisions(t.Context()); err != nil || len(log) != 10 {
		t.Errorf("%v, %v", log, err)
	}
	status, body := decideWith(s, "application/json", `{"decisions":[{"action":"hide","type":"person","name":"Joris Dekker"},{"action":"undo","undoes":77}]}`)
	if status != 422 || at(t, body, "index") != "1" || facets() != before {
		t.Errorf("%d %s", status, body)
	}
	if fmt.Sprint(before) == "{}" {
		t.Error("there are no facets")
	}
}
