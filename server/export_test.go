package server

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dateline/index"
)

func TestExport(t *testing.T) {
	s := New(newFake("a", "b", "c"), quiet())
	for _, target := range []string{"/api/v1/export", "/api/v1/export?format=jsonl", "/api/v1/export?format="} {
		w := do(s, local("GET", target, ""))
		lines := strings.Split(w.Body.String(), "\n")
		if w.Code != 200 || w.Header().Get("Content-Type") != "application/x-ndjson" || len(lines) != 4 || at(t, []byte(lines[2]), "id") != "c" {
			t.Errorf("%s: %d %v %q", target, w.Code, w.Header(), lines)
		}
	}
	w := do(s, local("GET", "/api/v1/export?format=csv", ""))
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != 4 || rows[3][0] != "c" || w.Header().Get("Content-Disposition") != `attachment; filename="articles.csv"` {
		t.Errorf("%v, %v, %v", rows, err, w.Header())
	}
	if w := do(s, local("GET", "/api/v1/export?format=xlsx", "")); w.Code != 400 || at(t, w.Body.Bytes(), "param") != "format" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestExportOfNothing(t *testing.T) {
	s := New(newFake(), quiet())
	if w := do(s, local("GET", "/api/v1/export", "")); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	w := do(s, local("GET", "/api/v1/export?format=csv", ""))
	if w.Code != 200 || strings.Count(w.Body.String(), "\r\n") != 1 {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

// TestExportFaultBeforeTheFirstByte is an answer like any other.
func TestExportFaultBeforeTheFirstByte(t *testing.T) {
	f := newFake()
	f.export = func(yield func(index.Article, error) bool) {
		_ = yield(index.Article{ID: "a"}, nil) && yield(index.Article{}, index.ErrClosed) // the first is still in the buffer
	}
	w := do(New(f, quiet()), local("GET", "/api/v1/export?format=csv", ""))
	if w.Code != 503 || w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Content-Disposition") != "" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

// broken is an export of n articles and an error.
func broken(n int) func(yield func(index.Article, error) bool) {
	return func(yield func(index.Article, error) bool) {
		for i := range n {
			if !yield(index.Article{ID: fmt.Sprint(i), Title: strings.Repeat("x", 1000)}, nil) {
				return
			}
		}
		yield(index.Article{}, errors.New("a segment cannot be read"))
	}
}

// TestCutExportIsSeen lets no client take a part for the whole.
func TestCutExportIsSeen(t *testing.T) {
	f := newFake()
	f.export = broken(500)
	e := openRemote(t, f)
	n, last := 0, error(nil)
	for _, err := range e.Export(t.Context(), index.Request{}) {
		if last = err; err == nil {
			n++
		}
	}
	if last == nil || !strings.Contains(last.Error(), "broke off") || n == 0 || n > 500 {
		t.Errorf("%d articles, then %v", n, last)
	}
}

// TestExportIsSentAsItGoes shows the first articles while the engine still looks for more.
func TestExportIsSentAsItGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.export = many(60, func() { time.Sleep(time.Second) })
		s := start(t, f)
		begin := time.Now()
		c := s.dial(fmt.Sprintf(get, "/api/v1/export"))
		response := read(t, c)
		line := make([]byte, 100)
		if n, err := response.Body.Read(line); n == 0 || err != nil || time.Since(begin) > 3*time.Second {
			t.Errorf("%q, %v after %v", line[:n], err, time.Since(begin))
		}
		c.Close()
		s.end(t)
	})
}

// TestExportsAtATime bounds how many run at a time.
func TestExportsAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.export = many(10, func() { time.Sleep(time.Second) })
		o := quiet()
		o.Exports = 1
		s := New(f, o)
		codes := make(chan int, 3)
		for range 3 {
			go func() { codes <- do(s, local("GET", "/api/v1/export", "")).Code }()
			synctest.Wait()
		}
		for _, want := range []int{429, 429, 200} {
			if got := <-codes; got != want {
				t.Errorf("got %d, want %d", got, want)
			}
		}
	})
}
