package server

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/feeds"
	"dateline/query"
)

var update = flag.Bool("update", false, "write the golden files anew")

// faults are all kinds of error that an engine or a handler returns.
var faults = []error{
	&query.Error{At: query.Span{Start: 6, End: 11}, Detail: "there is no field sorce", Hint: "did you mean source?"},
	&index.ParamError{Name: "size", Detail: "must be a number from 0 to 100, not \"-1\"", Hint: "leave it out"},
	&index.DecisionError{Index: 2, Detail: "nothing is left to undo", Hint: "see the log"},
	index.ErrNotFound,
	fmt.Errorf("get: %w", index.ErrNotFound),
	&index.ReadOnlyError{Reason: "a write failed"},
	&index.ReadOnlyError{Reason: "the disk is full", Full: true},
	index.ErrClosed,
	errBusy,
	context.DeadlineExceeded,
	os.ErrDeadlineExceeded,
	&http.MaxBytesError{Limit: 1000},
	&refusal{http.StatusUnsupportedMediaType, "unsupported-type", "there is no format for image/png", "send JSON lines"},
	errors.New("open /secret/path: no such file"),
	&feeds.Error{URL: "https://news.example.com/", Detail: "it is a page that names no feed", Hint: "give the address of the feed itself"},
	feeds.ErrUnknown,
}

// TestProblems shows the answer for each kind of error in a golden file.
func TestProblems(t *testing.T) {
	var got bytes.Buffer
	for _, err := range faults {
		f := newFake()
		f.err = err
		w := do(New(f, quiet()), local("GET", "/api/v1/search", ""))
		body := w.Body.String()
		if _, id, ok := strings.Cut(body, "under "); ok {
			body = strings.Replace(body, id[:12], "ID", 1)
		}
		fmt.Fprintf(&got, "%d %s\n", w.Code, w.Header().Get("Content-Type"))
		if retry := w.Header().Get("Retry-After"); retry != "" {
			fmt.Fprintf(&got, "Retry-After: %s\n", retry)
		}
		fmt.Fprintf(&got, "%s\n", body)
	}
	const golden = "testdata/problems.golden"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%swant\n%s", &got, want)
	}
}

func TestEveryProblemHasATitle(t *testing.T) {
	for _, err := range faults {
		if p := problemOf(err); p.Title == "" || p.Status < 400 || p.Detail == "" {
			t.Errorf("%v: %+v", err, p)
		}
	}
}

// TestInnerFaultsAreLogged tells the log what it does not tell the client, under an id that both have.
func TestInnerFaultsAreLogged(t *testing.T) {
	var log bytes.Buffer
	o := quiet()
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	f := newFake()
	f.err = errors.New("open /secret/path: no such file")
	w := do(New(f, o), local("GET", "/api/v1/search", ""))
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	_, id, _ := strings.Cut(at(t, w.Body.Bytes(), "detail"), "under ")
	if len(id) != 12 || !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "/secret/path") {
		t.Errorf("id %q, log %s", id, &log)
	}
}

func TestPanicsAreAnswered(t *testing.T) {
	var log bytes.Buffer
	o := quiet()
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	f := newFake()
	f.search = func(context.Context, index.Request) (*index.Result, error) {
		var none []index.Hit
		return &index.Result{TookMS: none[0].Score}, nil
	}
	s := New(f, o)
	for range 2*cap(s.searches.running) + 1 { // each gives back its place
		w := do(s, local("GET", "/api/v1/search", ""))
		if w.Code != 500 || strings.Contains(w.Body.String(), "index out of range") || at(t, w.Body.Bytes(), "status") != "500" {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if !strings.Contains(log.String(), "index out of range") || !strings.Contains(log.String(), "fault_test.go") {
		t.Errorf("log %s", &log)
	}
	if w := do(s, local("GET", "/healthz", "")); w.Code != 200 {
		t.Error("the server did not go on")
	}
}

// TestFaultsOfPagesAreNoJSON leaves the paths for people to the pages.
func TestFaultsOfPagesAreNoJSON(t *testing.T) {
	s := New(newFake(), quiet())
	var got Problem
	s.pageFault = func(w http.ResponseWriter, r *http.Request, p Problem, err error) {
		got = p
		plainFault(w, r, p, err)
	}
	w := do(s, local("GET", "/no/such/page", ""))
	if w.Code != 404 || got.Status != 404 || strings.HasPrefix(w.Header().Get("Content-Type"), "application/") {
		t.Errorf("%d %v %+v", w.Code, w.Header(), got)
	}
}

// TestGoneClientsGetNothing cuts the connection of a client that has left, instead of answering 200 with nothing.
func TestGoneClientsGetNothing(t *testing.T) {
	f := newFake()
	ctx, cancel := context.WithCancel(t.Context())
	f.search = func(ctx context.Context, _ index.Request) (*index.Result, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	}
	w := httptest.NewRecorder()
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("got %v and %d %s", p, w.Code, w.Body)
		}
	}()
	New(f, quiet()).ServeHTTP(w, local("GET", "/api/v1/search", "").WithContext(ctx))
}
