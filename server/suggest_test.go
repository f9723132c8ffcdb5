package server

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

// harbour is a server with a few articles.
func harbour(t *testing.T) *Server {
	t.Helper()
	e := memory.New(memory.Options{})
	var list []index.Article
	for _, id := range []string{"a", "b", "c"} {
		a := index.Article{ID: id, Title: "Oil <b>" + id, Body: "oil price", Source: "Harbour Gazette", Language: "en"}
		a.Published, a.Precision = index.At(noon.AddDate(0, 0, -len(list))), "day"
		a.Entities = []index.Entity{{Type: index.Person, Name: "Ruslan Mirzaev", Count: 1}}
		list = append(list, a)
	}
	if _, err := e.Put(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	return New(e, quiet())
}

func TestSuggestAPI(t *testing.T) {
	s := harbour(t)
	for _, c := range []struct{ target, path, want string }{
		{"q=mirz", "suggestions.0.type", "person"},
		{"q=mirz", "suggestions.0.count", "3"},
		{"q=mirz", "suggestions.0.unit", "articles"},
		{"q=oil", "suggestions.0.query", "oil"},
		{"q=oil", "suggestions.1.query", "null"},
		{"q=oil+x&caret=3", "suggestions.0.type", "title"},
		{"q=", "suggestions", "[]"},
		{"", "suggestions", "[]"},
		{"q=2024", "suggestions.0.query", "date:2024"},
		{"q=mirz&source=Nobody", "suggestions", "[]"},
	} {
		w := do(s, local("GET", "/api/v1/suggest?"+c.target, ""))
		if got := at(t, w.Body.Bytes(), c.path); w.Code != http.StatusOK || got != c.want {
			t.Errorf("%s: %d, %s is %s, want %s", c.target, w.Code, c.path, got, c.want)
		}
	}
	for _, target := range []string{"q=a&q=b", "q=%ff", "caret=x", "caret=-1", "format=xml", "q=a&nonsense=1", "q=a&size=1000"} {
		if w := do(s, local("GET", "/api/v1/suggest?"+target, "")); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

// waking is an engine that says how its answers stand to the present.
type waking struct {
	index.Engine
	pending, behind bool
}

func (w waking) Complete(ctx context.Context, r index.CompletionRequest) (*index.Completions, error) {
	c, err := w.Engine.Complete(ctx, r)
	if err == nil && r.Prompt {
		c.Pending, c.Behind = w.pending, w.behind
	}
	return c, err
}

// TestSuggestSaysWhatIsMissing: an answer says when words and names are to come, and when it is of a moment ago.
func TestSuggestSaysWhatIsMissing(t *testing.T) {
	e := harbour(t).engine
	for _, c := range []struct {
		engine          waking
		pending, behind string
		some            bool
	}{{waking{Engine: e}, "null", "null", true}, {waking{e, true, false}, "true", "null", false}, {waking{e, false, true}, "null", "true", true}} {
		w := do(New(c.engine, quiet()), local("GET", "/api/v1/suggest?q=oil", ""))
		var got map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		list, _ := got["suggestions"].([]any)
		if asText(got["pending"]) != c.pending || asText(got["behind"]) != c.behind || len(list) > 0 != c.some {
			t.Errorf("%+v: got %s", c, w.Body)
		}
	}
}

func asText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func TestSuggestToBrowsers(t *testing.T) {
	w := do(harbour(t), local("GET", "http://localhost:8080/api/v1/suggest?format=opensearch&q=oi", ""))
	var got []any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := `["oi",["oil"],["3 articles"],["http://localhost:8080/search?q=oil"]]`
	if w.Body.String() != want || w.Header().Get("Content-Type") != "application/x-suggestions+json" {
		t.Errorf("got %s, %s", w.Body, w.Header())
	}
}

func TestCompletionsAPI(t *testing.T) {
	s := harbour(t)
	w := do(s, local("GET", "/api/v1/completions?prefix=MIR&field=person&words=0&size=5&prompt=1", ""))
	if want := `{"words":[],"values":{"person":[{"text":"Ruslan Mirzaev","articles":3}]}}`; strings.TrimSpace(w.Body.String()) != want {
		t.Errorf("got %s", w.Body)
	}
	for _, target := range []string{"field=nothing", "size=0", "size=51", "words=x", "prompt=x", "prefix=a&prefix=b", "q=oil"} {
		if w := do(s, local("GET", "/api/v1/completions?"+target, "")); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

func TestFeedOfASearch(t *testing.T) {
	s := harbour(t)
	w := do(s, local("GET", "http://localhost/feed.atom?q=oil&size=2", ""))
	body := w.Body.String()
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/atom+xml") {
		t.Fatalf("%d %s", w.Code, w.Header())
	}
	for _, want := range []string{"<opensearch:totalResults>3<", `rel="next"`, "urn:dateline:article:a", "Oil &lt;b&gt;a", "http://localhost/article/a"} {
		if !strings.Contains(body, want) {
			t.Errorf("there is no %s in\n%s", want, body)
		}
	}
	if strings.Index(body, "article:a<") > strings.Index(body, "article:b<") || strings.Contains(body, "article:c<") {
		t.Errorf("these are not the two newest:\n%s", body)
	}
	for _, known := range []string{w.Header().Get("ETag"), "W/" + w.Header().Get("ETag"), `"x", ` + w.Header().Get("ETag"), "*"} {
		r := local("GET", "http://localhost/feed.atom?q=oil&size=2", "")
		r.Header.Set("If-None-Match", known)
		if again := do(s, r); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
			t.Errorf("%s: %d %s", known, again.Code, again.Body)
		}
	}
	r := local("GET", "http://localhost/feed.atom?q=oil", "")
	r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	if other := do(s, r); other.Code != http.StatusOK {
		t.Errorf("another feed: %d", other.Code)
	}
}

func TestOpenSearchDescription(t *testing.T) {
	w := do(harbour(t), local("GET", "http://localhost:8080/opensearch.xml", ""))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `template="http://localhost:8080/search?q={searchTerms}"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
