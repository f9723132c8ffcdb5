package embedded

import (
	"testing"

	"dateline/index"
)

// TestWitnessed reads what the last batch changed by its tag, before and after the index was opened again.
func TestWitnessed(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, Options{})
	a := index.Article{ID: "a", Title: "One"}
	if _, err := e.Put(index.WithTag(t.Context(), 7), []index.Article{a, {ID: "b", Title: "Two"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Put(index.WithTag(t.Context(), 8), []index.Article{a}); err != nil { // nothing is written
		t.Fatal(err)
	}
	if _, err := e.Delete(index.WithTag(t.Context(), 9), []string{"b"}); err != nil {
		t.Fatal(err)
	}
	check := func(when string, e *Engine) {
		seen := e.Witnessed()
		if want := (index.Changes{Indexed: 2}); seen[7] != want {
			t.Errorf("%s: %+v", when, seen)
		}
		if want := (index.Changes{Deleted: 1}); seen[9] != want || len(seen) != 2 {
			t.Errorf("%s: %+v", when, seen)
		}
		if want := (index.Changes{Indexed: 2, Deleted: 1}); e.Changes() != want {
			t.Errorf("%s: changes %+v", when, e.Changes())
		}
	}
	check("open", e)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	e = mustOpen(t, dir, Options{})
	defer e.Close()
	check("opened again", e)
}
