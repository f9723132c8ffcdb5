package server

import (
	"context"
	"errors"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/enginetest"
	"dateline/index/memory"
	"dateline/index/remote"
)

// openRemote returns the engine of a server over an engine, on a real connection.
func openRemote(t *testing.T, engine index.Engine) *remote.Engine {
	t.Helper()
	h := httptest.NewServer(New(engine, quiet()))
	t.Cleanup(h.Close)
	e, err := remote.Open(t.Context(), h.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// TestRemoteIsAnEngine holds the server and package remote together to the contract of engines.
func TestRemoteIsAnEngine(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) index.Engine { return openRemote(t, memory.New(memory.Options{})) })
}

// TestRemoteRealArticles compares a server over the embedded engine with the memory engine on real articles.
func TestRemoteRealArticles(t *testing.T) {
	articles := enginetest.RealArticles(t)
	e, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	enginetest.RunArticles(t, openRemote(t, e), articles)
}

// TestFaultsSurviveTheWay compares what the engine behind a server returns with what the engine in front of it does.
func TestFaultsSurviveTheWay(t *testing.T) {
	for _, want := range faults {
		f := newFake()
		e := openRemote(t, f)
		f.err = want
		_, got := e.Search(t.Context(), index.Request{})
		if problemOf(want).Status == 504 { // as the caller's own deadline would, with the server named
			if !errors.Is(got, context.DeadlineExceeded) {
				t.Errorf("%v became %v", want, got)
			}
			continue
		}
		var other *remote.Error
		switch {
		case errors.Is(want, index.ErrNotFound):
			want = index.ErrNotFound
		case errors.As(got, &other):
			if p := problemOf(want); other.Status != p.Status || !strings.HasPrefix(other.Detail, p.Detail) || other.Hint != p.Hint {
				t.Errorf("%v became %v", want, got)
			}
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%#v became %#v", want, got)
		}
	}
}

// TestOddIDsSurviveTheWay puts, gets and deletes articles whose ids are hard on URLs.
func TestOddIDsSurviveTheWay(t *testing.T) {
	e := openRemote(t, memory.New(memory.Options{}))
	for _, id := range []string{"https://a.example/x?y=1#z", "..", ".", "../..", "a//b/", "/", "%2F", "a b+c", "ü\u0000\n", ";:@&=", `"\`, strings.Repeat("é", 256)} {
		if _, err := e.Put(t.Context(), []index.Article{{ID: id, Title: "t"}}); err != nil {
			t.Fatal(err)
		}
		if a, err := e.Get(t.Context(), id); err != nil || a.ID != id {
			t.Errorf("%q: got %q, %v", id, a.ID, err)
		}
		if n, err := e.Delete(t.Context(), []string{id}); n != 1 || err != nil {
			t.Errorf("%q: deleted %d, %v", id, n, err)
		}
	}
}
