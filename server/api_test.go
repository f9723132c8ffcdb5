package server

import (
	"context"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dateline/index"
	"dateline/query"
)

// TestAPI gives for each request the status and values of the JSON by their paths.
func TestAPI(t *testing.T) {
	const urlID = "https://a.example/x?y=1"
	tests := []struct {
		method, target, body string
		status               int
		want                 map[string]string
	}{
		{"GET", "/api/v1/search", "", 200, map[string]string{"total.articles": "8", "hits.0.id": "%2F", "next": "null", "hits.0.people": "[]", "facets": "{}"}},
		{"HEAD", "/api/v1/search", "", 200, nil},
		{"GET", "/api/v1/stats", "", 200, map[string]string{"articles": "8"}},
		{"GET", "/healthz", "", 200, map[string]string{"status": "ok"}},
		{"GET", "/readyz", "", 200, map[string]string{"ready": "true", "writable": "true"}},
		{"GET", "/api/v1/articles/a", "", 200, map[string]string{"id": "a", "authors": "[]", "published": "null"}},
		{"GET", "/api/v1/articles/a%2Fb", "", 200, map[string]string{"id": "a/b"}},
		{"GET", "/api/v1/articles/a/b", "", 200, map[string]string{"id": "a/b"}},
		{"GET", "/api/v1/articles/a/b/", "", 200, map[string]string{"id": "a/b/"}},
		{"GET", "/api/v1/articles/" + url.PathEscape(urlID), "", 200, map[string]string{"id": urlID}},
		{"GET", "/api/v1/articles/https://a.example/x%3Fy=1", "", 200, map[string]string{"id": urlID}},
		{"GET", "/api/v1/articles/https://a.example/x?y=1", "", 400, map[string]string{"hint": "write a question mark in an id as %3F"}},
		{"GET", "/api/v1/articles/..", "", 200, map[string]string{"id": ".."}},
		{"GET", "/api/v1/articles/../../etc/passwd", "", 200, map[string]string{"id": "../../etc/passwd"}},
		{"GET", "/api/v1/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "", 200, map[string]string{"id": "../../etc/passwd"}},
		{"GET", "/api/v1/articles/%252F", "", 200, map[string]string{"id": "%2F"}},
		{"GET", "/api/v1/articles/a%20b", "", 200, map[string]string{"id": "a b"}},
		{"GET", "/api/v1/articles/none", "", 404, map[string]string{"type": "urn:dateline:not-found", "status": "404"}},
		{"GET", "/api/v1/articles/%ff", "", 404, map[string]string{"type": "urn:dateline:not-found"}},
		{"GET", "/api/v1/articles/%00", "", 404, nil},
		{"GET", "/api/v1/articles/" + strings.Repeat("x", 600), "", 404, nil},
		{"GET", "/api/v1/articles/", "", 404, nil},
		{"GET", "/api/v1/articles", "", 405, nil},
		{"DELETE", "/api/v1/articles/a", "", 200, map[string]string{"deleted": "1"}},
		{"DELETE", "/api/v1/articles/a", "", 404, nil},
		{"POST", "/api/v1/delete", `{"ids":["a/b","a/b/","none"]}`, 200, map[string]string{"deleted": "2"}},
		{"POST", "/api/v1/delete", `{"ids":[]}`, 200, map[string]string{"deleted": "0"}},
		{"POST", "/api/v1/delete", `{}`, 400, map[string]string{"type": "urn:dateline:bad-body", "hint": `write {\"ids\":[\"first\",\"second\"]}`}},
		{"POST", "/api/v1/delete", `{"ids":"a"}`, 400, nil},
		{"POST", "/api/v1/delete", `{"ids":["a"]} {}`, 400, nil},
		{"POST", "/api/v1/delete", `{"id":["a"]}`, 400, nil},
		{"POST", "/api/v1/delete", "", 400, nil},
		{"GET", "/api", "", 404, map[string]string{"type": "urn:dateline:no-such-page"}},
		{"GET", "/api/v2/search", "", 404, map[string]string{"type": "urn:dateline:no-such-page", "detail": "there is nothing at /api/v2/search"}},
		{"GET", "/api/v1/nothing", "", 404, nil},
		{"PUT", "/api/v1/search", "", 405, map[string]string{"type": "urn:dateline:method-not-allowed"}},
	}
	s := New(newFake("a", "a/b", "a/b/", urlID, "..", "../../etc/passwd", "%2F", "a b"), quiet())
	for _, test := range tests {
		w := do(s, local(test.method, test.target, test.body))
		if w.Code != test.status {
			t.Errorf("%s %s: %d %s", test.method, test.target, w.Code, w.Body)
			continue
		}
		want := "application/json"
		if test.status >= 400 {
			want = "application/problem+json"
		}
		if got := w.Header().Get("Content-Type"); got != want {
			t.Errorf("%s %s: Content-Type %q", test.method, test.target, got)
		}
		for path, value := range test.want {
			if got := at(t, w.Body.Bytes(), path); got != value {
				t.Errorf("%s %s: %s is %s, not %s", test.method, test.target, path, got, value)
			}
		}
	}
}

// TestHostile sends what only an attacker or a broken program sends. The fake would answer any search with 200.
func TestHostile(t *testing.T) {
	tests := []struct {
		query  string
		status int
		says   string
	}{
		{"size=-1", 400, "size must be"},
		{"size=9223372036854775807", 400, "size must be"},
		{"size=99999999999999999999", 400, "size must be"},
		{"size=NaN", 400, "size must be"},
		{"size=1e2", 400, "size must be"},
		{"size=0x10", 400, "size must be"},
		{"size=5&size=6", 400, "2 times"},
		{"facet_size=-5", 400, "facet_size must be"},
		{"facet_size=2147483648", 400, "facet_size must be"},
		{"facets=body", 400, "facets must be"},
		{"interval=nanosecond", 400, "interval must be"},
		{"from=99999-01-01", 400, "from must be"},
		{"from=2023-13-45", 400, "from must be"},
		{"from=2024&to=2020", 400, "is after to"},
		{"q=%ff%fe", 400, "UTF-8"},
		{"source=%c0%af", 400, "UTF-8"},
		{"q=%zz", 400, "cannot be read"},
		{"q=a;size=5", 400, "cannot be read"},
		{"q=" + strings.Repeat("a", 16<<10+1), 400, "at most 16384"},
		{"q=" + strings.Repeat("a", 65<<10), 414, "at most 65536"},
		{"q=%28a", 400, ""},
		{"__proto__=1", 400, "not a parameter"},
		{"q%00=1", 400, "not a parameter"},
		{"source=" + strings.Repeat("x&source=", 10) + "x", 200, ""},
		{"&&&", 200, ""},
	}
	s := New(newFake("a"), quiet())
	for _, path := range []string{"/api/v1/search?", "/api/v1/export?"} {
		for _, test := range tests {
			w := do(s, local("GET", path+test.query, ""))
			if w.Code != test.status || test.status != 200 && !strings.Contains(at(t, w.Body.Bytes(), "detail"), test.says) {
				t.Errorf("%s%.60s: %d %.200s", path, test.query, w.Code, w.Body)
			}
		}
	}
}

func TestSearchPassesTheWholeRequest(t *testing.T) {
	var got index.Request
	f := newFake()
	f.search = func(ctx context.Context, r index.Request) (*index.Result, error) {
		got = r
		if _, ok := ctx.Deadline(); !ok {
			t.Error("the search has no deadline")
		}
		return &index.Result{}, nil
	}
	const asked = "count=stories&cursor=abc&from=2023&not.topic=x&q=oil&size=5&source=a&source=b"
	if w := do(New(f, quiet()), local("GET", "/api/v1/search?"+asked, "")); w.Code != 200 {
		t.Fatal(w.Code, w.Body)
	}
	if encoded := got.Values().Encode(); encoded != asked {
		t.Errorf("the engine was asked %s", encoded)
	}
}

func TestRelativeDatesAreOfTheServersClock(t *testing.T) {
	f := newFake()
	f.search = func(_ context.Context, r index.Request) (*index.Result, error) {
		dates, ok := r.Query.Root.(query.Dates)
		if !ok || !dates.From.Before(noon) || dates.From.Before(noon.AddDate(0, 0, -8)) {
			t.Errorf("got %#v", r.Query.Root)
		}
		return &index.Result{}, nil
	}
	if w := do(New(f, quiet()), local("GET", "/api/v1/search?q=date:last7d", "")); w.Code != 200 {
		t.Fatal(w.Code, w.Body)
	}
}

func TestScoresThatAreNoNumbers(t *testing.T) {
	f := newFake()
	f.search = func(context.Context, index.Request) (*index.Result, error) {
		return &index.Result{TookMS: math.Inf(1), Hits: []index.Hit{{Score: math.NaN()}, {Score: 2}}}, nil
	}
	w := do(New(f, quiet()), local("GET", "/api/v1/search", ""))
	if w.Code != 200 || at(t, w.Body.Bytes(), "hits.0.score") != "0" || at(t, w.Body.Bytes(), "hits.1.score") != "2" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestReadOnlyIsReadyForSearching(t *testing.T) {
	f := newFake()
	f.readOnly = "the disk is full"
	w := do(New(f, quiet()), local("GET", "/readyz", ""))
	if w.Code != 200 || at(t, w.Body.Bytes(), "writable") != "false" || at(t, w.Body.Bytes(), "reason") != f.readOnly {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestPutArticles(t *testing.T) {
	f := newFake("known")
	lines := `{"id":"known","title":"New"}` + "\n" + `{"id":"","title":"x"}` + "\n" + `{"id":"other","title":"O"}`
	r := local("POST", "/api/v1/articles", lines)
	r.Header.Set("Content-Type", index.ArticlesType)
	w := do(New(f, quiet()), r)
	if w.Code != http.StatusOK {
		t.Fatal(w.Code, w.Body)
	}
	var got index.Receipt
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Indexed != 1 || got.Updated != 1 || len(got.Rejected) != 1 || got.Rejected[0].Index != 1 {
		t.Errorf("%s, %v", w.Body, err)
	}
	if len(f.articles) != 2 || f.articles["known"].Title != "New" {
		t.Error(f.articles)
	}
}

func TestPutArticlesInBatches(t *testing.T) {
	f := newFake()
	var b strings.Builder
	for i := range 2*batchArticles + 1 {
		a := index.Article{ID: "x" + strings.Repeat("y", i%300), Title: "t"}
		if i == 2*batchArticles {
			a.ID = ""
		}
		json.NewEncoder(&b).Encode(a)
	}
	r := local("POST", "/api/v1/articles", b.String())
	r.Header.Set("Content-Type", index.ArticlesType+"; charset=utf-8")
	w := do(New(f, quiet()), r)
	if w.Code != 200 || len(f.puts) != 3 || f.puts[0] != batchArticles || at(t, w.Body.Bytes(), "rejected.0.index") != "1000" {
		t.Errorf("%d %v %s", w.Code, f.puts, w.Body)
	}
}

func TestPutArticlesFaults(t *testing.T) {
	tests := []struct {
		body   string
		status int
	}{
		{"", 200},
		{"\n\n", 200},
		{"nonsense", 400},
		{`{"id":"a","title":"x"}` + "\n" + `{"id":"b","ti`, 400},
		{`{"id":5}`, 400},
		{`[1]`, 400},
		{`{"id":"a","published":"yesterday"}`, 400},
		{`{"id":"` + strings.Repeat("x", 2000) + `"}`, 413},
	}
	o := quiet()
	o.MaxBodyBytes = 1000
	for _, test := range tests {
		for _, length := range []int64{int64(len(test.body)), -1} { // known, and as chunks
			r := local("POST", "/api/v1/articles", test.body)
			r.ContentLength = length
			r.Header.Set("Content-Type", index.ArticlesType)
			f := newFake()
			if w := do(New(f, o), r); w.Code != test.status {
				t.Errorf("%.40q: %d %s", test.body, w.Code, w.Body)
			}
			if len(f.articles) != 0 {
				t.Errorf("%.40q: put %v", test.body, f.articles)
			}
		}
	}
}
