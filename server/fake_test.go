package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/index"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is the time of every test: that at which enginetest has its queries parsed, relative dates and all.
var noon = time.Date(2024, 3, 20, 12, 0, 0, 0, time.UTC)

// fake keeps articles and fails where a test wants it to. It searches by nothing: every article matches.
type fake struct {
	fakeEntities
	mu       sync.Mutex
	articles map[string]index.Article
	puts     []int // sizes of the batches

	search   func(ctx context.Context, r index.Request) (*index.Result, error)
	export   func(yield func(index.Article, error) bool)
	err      error // of everything
	readOnly string
}

func newFake(ids ...string) *fake {
	f := &fake{articles: map[string]index.Article{}}
	f.fakeEntities.failure = func() error { return f.err }
	for _, id := range ids {
		f.articles[id] = index.Article{ID: id, Title: "Title of " + id}
	}
	return f
}

func (f *fake) Put(_ context.Context, articles []index.Article) (index.Receipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return index.Receipt{}, f.err
	}
	f.puts = append(f.puts, len(articles))
	var r index.Receipt
	for i, a := range articles {
		if reason, detail := index.Check(&a); reason != "" {
			r.Rejected = append(r.Rejected, index.Rejection{Index: i, Reason: reason, Detail: detail})
			continue
		}
		if _, ok := f.articles[a.ID]; ok {
			r.Updated++
		} else {
			r.Indexed++
		}
		f.articles[a.ID] = a
	}
	return r, nil
}

func (f *fake) Get(_ context.Context, id string) (index.Article, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.articles[id]
	if !ok {
		return a, cmp.Or(f.err, index.ErrNotFound)
	}
	return a, f.err
}

func (f *fake) Versions(ctx context.Context, id string) ([]index.Version, error) {
	a, err := f.Get(ctx, id)
	return []index.Version{{Number: 1, Article: a}}, err
}

func (f *fake) Delete(_ context.Context, ids []string) (n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range ids {
		if _, ok := f.articles[id]; ok && f.err == nil {
			delete(f.articles, id)
			n++
		}
	}
	return n, f.err
}

func (f *fake) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	switch {
	case f.err != nil:
		return nil, f.err
	case f.search != nil:
		return f.search(ctx, r)
	}
	result := &index.Result{Total: index.Total{Articles: len(f.articles)}}
	for _, id := range slices.Sorted(maps.Keys(f.articles)) {
		result.Hits = append(result.Hits, index.Hit{ID: id, Title: f.articles[id].Title})
	}
	return result, nil
}

// Facet answers with what was asked, as a value.
func (f *fake) Facet(_ context.Context, r index.Request, field index.Field, prefix string) (*index.Facet, error) {
	if _, err := r.ResolveFacet(field, prefix); err != nil {
		return nil, err
	}
	return &index.Facet{Values: []index.FacetValue{{Value: fmt.Sprintf("%s of %s", prefix, field), Count: 1}}, Distinct: 1}, f.err
}

// Complete answers with what was asked, as a word and as values.
func (f *fake) Complete(_ context.Context, r index.CompletionRequest) (*index.Completions, error) {
	r, err := r.Resolve()
	c := &index.Completions{Words: []index.Completion{{Text: r.Prefix + "ed", Articles: 1}}, Values: map[index.Field][]index.Completion{}}
	for _, field := range r.Fields {
		c.Values[field] = []index.Completion{{Text: fmt.Sprintf("%s of %s", r.Prefix, field), Articles: 1}}
	}
	return c, cmp.Or(err, f.err)
}

func (f *fake) Count(_ context.Context, requests []index.Request) ([]int, error) {
	return slices.Repeat([]int{len(f.articles)}, len(requests)), f.err
}

func (f *fake) Export(context.Context, index.Request) iter.Seq2[index.Article, error] {
	if f.export != nil {
		return f.export
	}
	return func(yield func(index.Article, error) bool) {
		if f.err != nil {
			yield(index.Article{}, f.err)
			return
		}
		for _, id := range slices.Sorted(maps.Keys(f.articles)) {
			if !yield(f.articles[id], nil) {
				return
			}
		}
	}
}

func (f *fake) Stats(context.Context) (index.Stats, error) {
	return index.Stats{Articles: len(f.articles), ReadOnly: f.readOnly}, f.err
}

func (f *fake) Close() error { return nil }

// quiet is the options of most tests: nothing is logged, and the clock stands.
func quiet() Options {
	return Options{Clock: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler)}
}

// local makes a request as this machine sends it.
func local(method, target, body string) *http.Request {
	var b io.Reader
	if body != "" {
		b = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, b)
	r.RemoteAddr = "127.0.0.1:4711"
	return r
}

// do answers a request without a network.
func do(s http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// at finds a value in JSON by a path of names and numbers with dots between, and writes it as text.
func at(t *testing.T, body []byte, path string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v in %q", err, body)
	}
	for name := range strings.SplitSeq(path, ".") {
		switch list := v.(type) {
		case map[string]any:
			v = list[name]
		case []any:
			var i int
			if _, err := fmt.Sscan(name, &i); err != nil || i >= len(list) {
				return "<nothing>"
			}
			v = list[i]
		default:
			return "<nothing>"
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Trim(string(text), `"`)
}
