package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dateline/index"
	"dateline/query"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The whole of the engine's contract is tested against a real server in package server; here, what a real one never does.

// open returns the engine of a server that answers everything but /healthz with h.
func open(t *testing.T, h http.HandlerFunc) *Engine {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"status":"ok"}`) })
	mux.HandleFunc("/", h)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	e, err := Open(t.Context(), s.URL+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func answers(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func TestOpenRefusesWhatIsNoServer(t *testing.T) {
	for _, address := range []string{"", "localhost:8080", "ftp://a.example", "http://", "/tmp/index", "http://a.example?x=1", "http://a b"} {
		if _, err := Open(t.Context(), address, nil); err == nil || !strings.Contains(err.Error(), "http://HOST:PORT") {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, h := range []http.HandlerFunc{answers(200, "text/html", "<html>"), answers(200, "application/json", `{"status":"green"}`), answers(404, "text/html", "no"), answers(302, "text/html", "")} {
		s := httptest.NewServer(h)
		if _, err := Open(t.Context(), s.URL, nil); err == nil || !strings.Contains(err.Error(), s.URL) {
			t.Errorf("got %v", err)
		}
		s.Close()
	}
}

func TestUnreachableServersAreNamed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	l.Close()
	_, err = Open(t.Context(), address, nil)
	if err == nil || strings.Count(err.Error(), address) != 1 || !strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("got %v", err)
	}
}

func TestFaults(t *testing.T) {
	type check func(error) bool
	is := func(want error) check { return func(err error) bool { return errors.Is(err, want) } }
	says := func(text string) check { return func(err error) bool { return strings.Contains(err.Error(), text) } }
	const json = "application/problem+json; charset=utf-8"
	tests := []struct {
		status     int
		kind, body string
		check      check
	}{
		{400, json, `{"type":"urn:dateline:bad-query","detail":"d","hint":"h","at":{"start":2,"end":5}}`, func(err error) bool {
			var q *query.Error
			return errors.As(err, &q) && *q == query.Error{At: query.Span{Start: 2, End: 5}, Detail: "d", Hint: "h"}
		}},
		{400, json, `{"type":"urn:dateline:bad-parameter","param":"size","detail":"size must be small","hint":"h"}`, func(err error) bool {
			var p *index.ParamError
			return errors.As(err, &p) && *p == index.ParamError{Name: "size", Detail: "must be small", Hint: "h"}
		}},
		{400, json, `{"type":"urn:dateline:bad-parameter","title":"T","detail":"cannot be read"}`, says("T: cannot be read")},
		{404, json, `{"type":"urn:dateline:not-found"}`, is(index.ErrNotFound)},
		{404, json, `{"type":"urn:dateline:no-such-entity"}`, is(index.ErrNotFound)},
		{404, json, `{"type":"urn:dateline:no-such-type","detail":"the type must be small","hint":"h"}`, func(err error) bool {
			var p *index.ParamError
			return errors.As(err, &p) && *p == index.ParamError{Name: "type", Detail: "must be small", Hint: "h"}
		}},
		{422, json, `{"type":"urn:dateline:bad-decision","index":3,"detail":"d","hint":"h"}`, func(err error) bool {
			var d *index.DecisionError
			return errors.As(err, &d) && *d == index.DecisionError{Index: 3, Detail: "d", Hint: "h"}
		}},
		{503, json, `{"type":"urn:dateline:closed"}`, is(index.ErrClosed)},
		{504, json, `{"type":"urn:dateline:timeout","detail":"too long"}`, is(context.DeadlineExceeded)},
		{507, json, `{"type":"urn:dateline:read-only","reason":"r"}`, func(err error) bool {
			var r *index.ReadOnlyError
			return errors.As(err, &r) && *r == index.ReadOnlyError{Reason: "r", Full: true}
		}},
		{503, json, `{"type":"urn:dateline:read-only","reason":"r"}`, func(err error) bool {
			var r *index.ReadOnlyError
			return errors.As(err, &r) && !r.Full
		}},
		{429, json, `{"type":"urn:dateline:busy","title":"Too many requests","detail":"d","hint":"h"}`, func(err error) bool {
			var e *Error
			return errors.As(err, &e) && e.Status == 429 && strings.HasSuffix(e.Error(), ": Too many requests: d (h)")
		}},
		{500, json, `{"type":"about:blank","title":"T"}`, says("T")},
		{500, json, `not JSON`, says("500")},
		{502, "text/html", "<html>", says("502 Bad Gateway")},
		{404, "text/html", "<html>", func(err error) bool { return !errors.Is(err, index.ErrNotFound) }}, // another server's
		{302, "text/html", "", says("302 Found")},
		{200, "text/html", "<html>", says("cannot be read")},
		{200, "application/json", `{"articles":`, says("cannot be read")},
	}
	for _, test := range tests {
		e := open(t, answers(test.status, test.kind, test.body))
		if _, err := e.Stats(t.Context()); err == nil || !test.check(err) {
			t.Errorf("%d %s: %#v", test.status, test.body, err)
		}
	}
}

func TestExportThatBreaksOff(t *testing.T) {
	whole := `{"id":"a"}` + "\n" + `{"id":"b"}` + "\n"
	tests := []struct {
		name     string
		h        http.HandlerFunc
		articles int
		fails    bool
	}{
		{"whole", answers(200, "application/x-ndjson", whole), 2, false},
		{"nothing", answers(200, "application/x-ndjson", ""), 0, false},
		{"within a line", answers(200, "application/x-ndjson", whole+`{"id":`), 2, true},
		{"between lines", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, whole)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, 2, true},
		{"short of its length", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, whole)
		}, 2, true},
		{"refused", answers(503, "application/problem+json", `{"type":"urn:dateline:closed"}`), 0, true},
	}
	for _, test := range tests {
		n, last := 0, error(nil)
		for a, err := range open(t, test.h).Export(t.Context(), index.Request{}) {
			if last = err; err == nil {
				n++
			} else if a.ID != "" {
				t.Errorf("%s: an error came with %+v", test.name, a)
			}
		}
		if n != test.articles || (last != nil) != test.fails {
			t.Errorf("%s: %d articles, %v", test.name, n, last)
		}
	}
}

func TestExportMayBeLeft(t *testing.T) {
	left := make(chan struct{})
	e := open(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprintln(w, `{"id":"a"}`)
		}
		close(left)
	})
	for range e.Export(t.Context(), index.Request{}) {
		break
	}
	<-left
}

func TestTheContextEndsARequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e := open(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := e.Search(ctx, index.Request{}); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestLargePutsAreParted(t *testing.T) {
	var bodies []int
	e := open(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		lines := strings.Count(string(b), "\n")
		if bodies = append(bodies, lines); len(b) > maxBody || r.Header.Get("Content-Type") != index.ArticlesType {
			t.Errorf("%d bytes of %s", len(b), r.Header.Get("Content-Type"))
		}
		fmt.Fprintf(w, `{"indexed":%d,"rejected":[{"index":%d,"reason":"r"}]}`, lines-1, lines-1) // the last of each body
	})
	var articles []index.Article
	for i := range 7 {
		articles = append(articles, index.Article{ID: fmt.Sprint(i), Body: strings.Repeat("x", 3<<20)})
	}
	articles[1].ID = "" // refused without being sent
	receipt, err := e.Put(t.Context(), articles)
	var rejected []int
	for _, r := range receipt.Rejected {
		rejected = append(rejected, r.Index)
	}
	if err != nil || receipt.Indexed != 3 || fmt.Sprint(bodies, rejected) != "[2 2 2] [1 2 4 6]" {
		t.Errorf("%v, %d indexed, bodies %v, rejected %v", err, receipt.Indexed, bodies, rejected)
	}
}

func TestReceiptsThatCannotBe(t *testing.T) {
	for _, receipt := range []string{`{}`, `{"indexed":2}`, `{"rejected":[{"index":1}]}`, `{"rejected":[{"index":-1}]}`} {
		e := open(t, answers(200, "application/json", receipt))
		if _, err := e.Put(t.Context(), []index.Article{{ID: "a", Title: "t"}}); err == nil {
			t.Errorf("%s was believed", receipt)
		}
	}
}

func TestManyDeletesAreParted(t *testing.T) {
	var parts []int
	e := open(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		n := strings.Count(string(b), ",") + 1
		parts = append(parts, n)
		fmt.Fprintf(w, `{"deleted":%d}`, n)
	})
	ids := []string{"", "\xff", strings.Repeat("x", 1000)} // no article has these
	for i := range maxIDs + 5 {
		ids = append(ids, fmt.Sprint(i), fmt.Sprint(i))
	}
	if n, err := e.Delete(t.Context(), ids); n != maxIDs+5 || err != nil || fmt.Sprint(parts) != fmt.Sprint([]int{maxIDs, 5}) {
		t.Errorf("%d, %v, %v", n, err, parts)
	}
}

func TestClosed(t *testing.T) {
	e := open(t, answers(200, "application/json", `{}`))
	for range 2 {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	_, err := e.Stats(t.Context())
	_, put := e.Put(t.Context(), nil)
	_, deleted := e.Delete(t.Context(), nil)
	_, get := e.Get(t.Context(), "a")
	_, entity := e.Entity(t.Context(), index.Person, "")
	_, network := e.Network(t.Context(), index.Request{}, index.NetworkOptions{})
	_, _, suggested := e.Suggestions(t.Context(), "", 1)
	_, decided := e.Decide(t.Context(), nil)
	_, log := e.Decisions(t.Context())
	for _, err := range []error{err, put, deleted, get, entity, network, suggested, decided, log} {
		if err != index.ErrClosed {
			t.Errorf("got %v", err)
		}
	}
}
