package ledger

import (
	"encoding/json"
	"testing"

	"dateline/index"
)

// batch accounts for records of a file: from, to and, when it is known, how many there are.
func batch(t *testing.T, r *Run, path string, from, to, total int) {
	t.Helper()
	p := Plan{Cells: []Cell{{"Quay", Undated, Count{Read: to - from, Rejected: map[string]int{"no text": to - from}}}}}
	p.Files = []Span{{Path: path, Size: 10, Time: 20, From: from, To: to, Rejected: to - from, Total: total}}
	for range to - from {
		p.Rejects = append(p.Rejects, Reject{0, json.RawMessage(`{"reason":"no text"}`)})
	}
	tag, err := r.Plan(p)
	must(t, err)
	must(t, r.Done(tag, Done{}))
}

func TestGoesOn(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	start := Start{Command: "index", Key: "k", Resume: true}
	l := mustOpen(t, dir, e)
	r := mustBegin(t, l, start)
	if r.Earlier != nil {
		t.Error("the first run goes on from one")
	}
	batch(t, r, "a", 0, 2, 2)
	batch(t, r, "b", 3, 5, 0) // batches may end in any order
	batch(t, r, "b", 0, 1, 0)

	l = mustOpen(t, dir, e) // the first process was killed
	r = mustBegin(t, l, start)
	if r.Earlier == nil || r.Earlier.Finished() != 1 {
		t.Fatalf("earlier %+v", r.Earlier)
	}
	if f := r.Earlier.Of("a", 10, 20); !f.Done() || len(f.Parts()) != 1 || len(f.Parts()[0].Rejects) != 2 {
		t.Errorf("a: %+v", f)
	}
	if f := r.Earlier.Of("b", 10, 20); f.Done() || len(f.Parts()) != 2 || f.Parts()[0].To != 1 || f.Parts()[1].From != 3 {
		t.Errorf("b: %+v", f)
	}
	for _, changed := range []*File{r.Earlier.Of("a", 11, 20), r.Earlier.Of("a", 10, 21), r.Earlier.Of("c", 10, 20)} {
		if changed.Done() || changed.Parts() != nil {
			t.Errorf("known: %+v", changed)
		}
	}
	batch(t, r, "b", 1, 3, 0)
	tag, err := r.Plan(Plan{Ended: []FileEnd{{"b", 10, 20, 5}}})
	must(t, err)
	must(t, r.Done(tag, Done{}))
	must(t, r.End(End{Error: "interrupted"}))

	r = mustBegin(t, l, start) // in the same process, from both
	if r.Earlier.Finished() != 2 || !r.Earlier.Of("b", 10, 20).Done() {
		t.Errorf("earlier %+v", r.Earlier)
	}
	must(t, r.End(End{}))
	if r = mustBegin(t, l, start); r.Earlier != nil {
		t.Error("it goes on from a run that came to its end")
	}
}

// TestBeginsAnew is about what keeps a run from going on where another was broken off.
func TestBeginsAnew(t *testing.T) {
	start := Start{Command: "index", Key: "k", Resume: true}
	for _, test := range []struct {
		name string
		next Start
		then func(t *testing.T, l *Ledger, e index.Engine)
		on   bool
	}{
		{"nothing", start, func(*testing.T, *Ledger, index.Engine) {}, true},
		{"other paths", Start{Key: "other", Resume: true}, func(*testing.T, *Ledger, index.Engine) {}, false},
		{"not wanted", Start{Key: "k"}, func(*testing.T, *Ledger, index.Engine) {}, false},
		{"no key", Start{Resume: true}, func(*testing.T, *Ledger, index.Engine) {}, false},
		{"a deletion", start, func(t *testing.T, l *Ledger, e index.Engine) {
			_, err := l.Delete(t.Context(), e, []string{"a"})
			must(t, err)
		}, false},
		{"another run", start, func(t *testing.T, l *Ledger, e index.Engine) {
			must(t, mustBegin(t, l, Start{Command: "put"}).End(End{}))
		}, false},
		{"a change past the ledger", start, func(t *testing.T, l *Ledger, e index.Engine) {
			_, err := e.Put(t.Context(), articles("z Quay - Z"))
			must(t, err)
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, e := t.TempDir(), newEngine()
			l := mustOpen(t, dir, e)
			batch(t, mustBegin(t, l, start), "a", 0, 2, 2)
			l = mustOpen(t, dir, e)
			test.then(t, l, e)
			l = mustOpen(t, dir, e)
			if r := mustBegin(t, l, test.next); (r.Earlier != nil) != test.on {
				t.Errorf("goes on: %v", r.Earlier != nil)
			}
		})
	}
}
