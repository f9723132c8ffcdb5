package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/ingest"
	"dateline/index/ledger"
	"dateline/index/memory"
	"dateline/index/remote"
)

// keepingServer serves an empty index and keeps accounts.
func keepingServer(t *testing.T) (http.Handler, index.Engine) {
	t.Helper()
	e := memory.New(memory.Options{})
	t.Cleanup(func() { e.Close() })
	l, err := ledger.Open(t.Context(), t.TempDir(), e, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	o := quiet()
	o.Ledger = l
	return New(e, o), e
}

// send makes a request of this machine and returns the answer.
func send(t *testing.T, h http.Handler, method, path, contentType, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:1"
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestAccounts posts, puts and deletes: all of it is in the accounts, and adds up.
func TestAccounts(t *testing.T) {
	h, e := keepingServer(t)
	send(t, h, "POST", "/api/v1/articles", "application/x-ndjson", `{"id":"a","title":"One","source":"Quay","date":"2024-03-14"}`+"\n{\n"+`{"id":"b","title":"Two","source":"Quay"}`)
	send(t, h, "POST", "/api/v1/articles", index.ArticlesType, `{"id":"a","title":"One","source":"Tide","published":"2024-03-15T00:00:00Z"}`+"\n"+`{"id":"","title":"x"}`)
	send(t, h, "DELETE", "/api/v1/articles/b", "", "")
	send(t, h, "POST", "/api/v1/delete", "application/json", `{"ids":["nobody"]}`)
	w := send(t, h, "GET", "/api/v1/accounts?by=cell&audit=1", "", "")
	var r ledger.Report
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != 200 {
		t.Fatalf("%d %s, %v", w.Code, w.Body, err)
	}
	for _, c := range r.Audit.Checks {
		if !c.Holds {
			t.Errorf("%+v", c)
		}
	}
	if c := r.Total; c.Read != 5 || c.Indexed != 2 || c.Updated != 1 || c.Refused() != 2 || c.Deleted != 1 || c.Undated != 2 {
		t.Errorf("total %+v", c)
	}
	if len(r.Runs) != 4 || r.Runs[3].Command != "post" || r.Runs[2].Command != "put" || r.Runs[1].Command != "delete" {
		t.Errorf("%d runs, the newest %+v", len(r.Runs), r.Runs[0])
	}
	if n, _ := e.Stats(t.Context()); n.Articles != 1 {
		t.Errorf("%d articles", n.Articles)
	}
}

func TestAccountsAsked(t *testing.T) {
	h, _ := keepingServer(t)
	send(t, h, "POST", "/api/v1/articles", "application/x-ndjson", `{"id":"a","title":"One","source":"Quay","date":"2024-03-14"}`+"\n"+`{"id":"b","title":"Two","source":"Tide","date":"2024-03-20"}`)
	none, _ := peopleServer(t, quiet())
	for _, c := range []struct {
		h      http.Handler
		path   string
		status int
		has    string
	}{
		{h, "/api/v1/accounts", 200, `"by":"source","rows":[{"source":"Quay","read":1,"indexed":1},{"source":"Tide","read":1,"indexed":1}],"of":2`},
		{h, "/api/v1/accounts?source=QUAY&by=day", 200, `"rows":[{"day":"2024-03-14","read":1,"indexed":1}]`},
		{h, "/api/v1/accounts?from=2024-03-15&to=2024-03-20", 200, `"rows":[{"source":"Tide","read":1,"indexed":1}]`},
		{h, "/api/v1/accounts?by=run", 200, `"rows":[{"run":1,"read":2,"indexed":2}]`},
		{h, "/api/v1/accounts?size=1", 200, `"of":2`},
		{h, "/api/v1/accounts?by=colour", 400, "must be source, day, cell or run"},
		{h, "/api/v1/accounts?from=March", 400, "must be a day"},
		{h, "/api/v1/accounts?size=-1", 400, "must be between"},
		{h, "/api/v1/accounts?nonsense=1", 400, "is not a parameter"},
		{none, "/api/v1/accounts", 404, "keeps no accounts"},
		{h, "/accounts", 200, `<a href="/accounts?source=Quay" rel="nofollow"><bdi>Quay</bdi></a>`},
		{h, "/accounts?audit=1", 200, "It adds up"},
		{h, "/accounts?source=Tide&from=&to=", 200, `value="Tide"`},
		{h, "/accounts?from=March", 400, "must be a day"},
		{none, "/accounts", 200, "keeps no accounts"},
		{none, "/", 200, `<a href="/accounts">Accounts</a>`},
	} {
		w := send(t, c.h, "GET", c.path, "", "")
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s: %d, want %d with %s\n%s", c.path, w.Code, c.status, c.has, w.Body)
		}
	}
}

// TestAccountsAfar asks a server for its accounts through the engine of another process.
func TestAccountsAfar(t *testing.T) {
	h, _ := keepingServer(t)
	s := httptest.NewServer(h)
	defer s.Close()
	e, err := remote.Open(t.Context(), s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if _, err := e.Put(t.Context(), []index.Article{{ID: "a", Title: "One", Source: "Quay"}, {ID: ""}, {ID: "b", Title: "Two"}}); err != nil {
		t.Fatal(err)
	}
	r, err := e.Report(t.Context(), ledger.Options{By: ledger.ByDay, Filter: ledger.Filter{Source: "Quay"}, Audit: true})
	if err != nil || len(r.Rows) != 1 || r.Rows[0].Day != ledger.Undated || r.Rows[0].Indexed != 1 || r.Audit == nil || !r.Audit.AddsUp {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestTell is the run of another process, which says what it is and how it ended.
func TestTell(t *testing.T) {
	h, _ := keepingServer(t)
	none, _ := peopleServer(t, quiet())
	for _, c := range []struct {
		h      http.Handler
		body   string
		status int
		has    string
	}{
		{h, `{"command":"index","paths":["news"]}`, 200, `{"run":1}`},
		{h, `{"run":1,"cells":[{"source":"Quay","day":"","rejected":{"no text":2}}],"end":{"at":null,"summary":{"read":2,"rejected":2}}}`, 200, `{"run":1}`},
		{h, `{"run":`, 400, "cannot be read"},
		{h, `{"colour":"red"}`, 400, "cannot be read"},
		{none, `{}`, 404, "keeps no accounts"},
	} {
		if w := send(t, c.h, "POST", "/api/v1/accounts", "application/json", c.body); w.Code != c.status || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s: %d %s", c.body, w.Code, w.Body)
		}
	}
	w := send(t, h, "GET", "/api/v1/accounts?audit=1", "", "")
	if !strings.Contains(w.Body.String(), `"rejected":{"no text":2}`) || !strings.Contains(w.Body.String(), `"adds_up":true`) {
		t.Errorf("accounts %s", w.Body)
	}
	afar := httptest.NewRequest("POST", "/api/v1/accounts", strings.NewReader("{}"))
	afar.RemoteAddr = "192.0.2.1:1"
	if w := httptest.NewRecorder(); true {
		if h.ServeHTTP(w, afar); w.Code != http.StatusForbidden {
			t.Errorf("another machine: %d", w.Code)
		}
	}
}

// TestIndexAfar indexes through a server: all of a run goes under one number, what the indexer rejects by itself as well.
func TestIndexAfar(t *testing.T) {
	h, _ := keepingServer(t)
	s := httptest.NewServer(h)
	defer s.Close()
	e, err := remote.Open(t.Context(), s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	news := `{"id":"a","title":"One","source":"Quay"}` + "\n{\n" + `{"id":"b","title":"Two","source":"Quay"}` + "\n{}\n"
	sum, err := ingest.Stream(t.Context(), e, strings.NewReader(news), "news", ingest.Options{BatchArticles: 1, Account: ledger.Start{Command: "index"}})
	if err != nil || sum.Read != 4 {
		t.Errorf("%+v, %v", sum, err)
	}
	r, err := e.Report(t.Context(), ledger.Options{By: ledger.ByRun, Audit: true})
	if err != nil || !r.Audit.AddsUp || len(r.Runs) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if c := r.Rows[0]; c.Read != 4 || c.Indexed != 2 || c.Refused() != 2 || r.Runs[0].Command != "index" || r.Runs[0].BrokenOff() || r.Runs[0].Recorded.Read != 4 {
		t.Errorf("%+v of %+v", c, r.Runs[0])
	}
	if _, err := e.Put(t.Context(), []index.Article{{ID: "z", Title: "Z"}}); err != nil {
		t.Fatal(err)
	}
	if r, err = e.Report(t.Context(), ledger.Options{}); err != nil || len(r.Runs) != 2 || r.Runs[0].Command != "put" {
		t.Errorf("%+v, %v", r.Runs, err)
	}
}
