package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
)

// remembering is an engine in memory that remembers its last batches, as one on a disk does.
type remembering struct {
	index.Engine
	seen map[uint64]index.Changes
	fail error // of the next Put, after it is done
}

func newEngine() *remembering {
	return &remembering{memory.New(memory.Options{}), map[uint64]index.Changes{}, nil}
}

func (e *remembering) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	r, err := e.Engine.Put(ctx, articles)
	if r.Indexed+r.Updated > 0 {
		e.seen[index.TagOf(ctx)] = index.Changes{Indexed: r.Indexed, Updated: r.Updated}
	}
	if err == nil && e.fail != nil {
		return index.Receipt{}, e.fail
	}
	return r, err
}

func (e *remembering) Delete(ctx context.Context, ids []string) (int, error) {
	n, err := e.Engine.Delete(ctx, ids)
	e.seen[index.TagOf(ctx)] = index.Changes{Deleted: n}
	if err == nil && e.fail != nil {
		return 0, e.fail
	}
	return n, err
}

func (e *remembering) Changes() index.Changes {
	s, err := e.Stats(context.Background())
	if err != nil {
		panic(err)
	}
	return s.Changes
}

func (e *remembering) Witnessed() map[uint64]index.Changes { return e.seen }

func mustOpen(t *testing.T, dir string, e index.Engine) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), dir, e, func() time.Time { return time.Date(2024, 3, 14, 12, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func mustBegin(t *testing.T, l *Ledger, s Start) *Run {
	t.Helper()
	r, err := l.Begin(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// article makes one: "id source day title", a day of - being none.
func article(text string) index.Article {
	f := strings.SplitN(text, " ", 4)
	a := index.Article{ID: f[0], Source: f[1], Title: f[3]}
	if day, err := time.Parse(time.DateOnly, f[2]); err == nil {
		a.Published = index.At(day)
	}
	return a
}

func articles(list ...string) (as []index.Article) {
	for _, text := range list {
		as = append(as, article(text))
	}
	return as
}

// show writes the accounts of a book, a line for each cell.
func show(b *Book) string {
	var out strings.Builder
	for _, a := range b.Accounts {
		for _, c := range a.Cells.List() {
			fmt.Fprintf(&out, "%d %s %s/%s:", a.Run, a.Command, c.Source, c.Day)
			for _, n := range []struct {
				name string
				n    int
			}{{"read", c.Read}, {"indexed", c.Indexed}, {"updated", c.Updated}, {"unchanged", c.Unchanged}, {"deleted", c.Deleted}, {"undated", c.Undated}, {"ahead", c.FutureDate}, {"conflict", c.DateConflict}} {
				if n.n != 0 {
					fmt.Fprintf(&out, " %s=%d", n.name, n.n)
				}
			}
			if len(c.Rejected) > 0 {
				fmt.Fprintf(&out, " rejected=%v", c.Rejected)
			}
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// shows compares the accounts, also as they are read again.
func shows(t *testing.T, l *Ledger, e index.Engine, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", "")
	l.Look(func(b *Book) {
		if got := show(b); got != want {
			t.Errorf("the book says\n%swant\n%s", got, want)
		}
	})
	b, err := Read(t.Context(), filepath.Dir(l.path), e)
	if err != nil {
		t.Fatal(err)
	}
	if got := show(b); got != want {
		t.Errorf("the file says\n%swant\n%s", got, want)
	}
}

func audited(t *testing.T, l *Ledger, e index.Engine) *Audit {
	t.Helper()
	r, err := l.Report(t.Context(), e, Options{Audit: true})
	if err != nil {
		t.Fatal(err)
	}
	return r.Audit
}

// addsUp checks that everything does.
func addsUp(t *testing.T, l *Ledger, e index.Engine) {
	t.Helper()
	for _, c := range audited(t, l, e).Checks {
		if !c.Holds {
			t.Errorf("%+v", c)
		}
	}
}

func TestAccounts(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	l := mustOpen(t, dir, e)
	r := mustBegin(t, l, Start{Command: "put"})
	ahead, torn := article("d Quay 2999-01-01 Four"), article("e Quay 2024-03-14 Five")
	ahead.Flag(index.FlagFutureDate)
	torn.Flag(index.FlagDateConflict)
	_, err := r.Put(t.Context(), e, append(articles("a Quay 2024-03-14 One", "b Quay 2024-03-14 Two", "c Tide - Three", " Tide 2024-03-15 x"), ahead, torn))
	must(t, err)
	_, err = r.Put(t.Context(), e, articles("a Quay 2024-03-14 Other", "b Quay 2024-03-14 Two"))
	must(t, err)
	must(t, r.End(End{Summary: Summary{Read: 8, Indexed: 5, Updated: 1, Unchanged: 1, Rejected: 1}}))
	if n, err := l.Delete(t.Context(), e, []string{"a", "c", "a", "nobody"}); n != 2 || err != nil {
		t.Errorf("deleted %d, %v", n, err)
	}
	shows(t, l, e, `
	1 put Quay/2024-03-14: read=5 indexed=3 updated=1 unchanged=1 conflict=1
	1 put Quay/2999-01-01: read=1 indexed=1 ahead=1
	1 put Tide/2024-03-15: read=1 rejected=map[no id:1]
	1 put Tide/undated: read=1 indexed=1 undated=1
	2 delete Quay/2024-03-14: deleted=1
	2 delete Tide/undated: deleted=1
	`)
	addsUp(t, l, e)
}

// TestKilled ends a process between a batch and its account: the engine says afterwards what became of it.
func TestKilled(t *testing.T) {
	gone := errors.New("killed")
	for _, test := range []struct {
		name string
		do   func(r *Run, l *Ledger, e *remembering)
		want string
	}{
		{"nothing was put", func(r *Run, l *Ledger, e *remembering) {
			r.Plan(Plan{Articles: 1, Cells: ArticleCells(articles("x Tide 2024-03-15 X")).List()})
		}, ""},
		{"all new", func(r *Run, l *Ledger, e *remembering) {
			e.fail = gone
			r.Put(context.Background(), e, articles("x Tide 2024-03-15 X", "y Tide 2024-03-16 Y"))
		}, "1 put Tide/2024-03-15: read=1 indexed=1\n1 put Tide/2024-03-16: read=1 indexed=1\n"},
		{"some changed, some not", func(r *Run, l *Ledger, e *remembering) {
			e.fail = gone
			r.Put(context.Background(), e, articles("x Tide 2024-03-15 X", "a Quay 2024-03-14 One"))
		}, "1 put /recovered: read=2 indexed=1 unchanged=1\n"},
		{"deleted", func(r *Run, l *Ledger, e *remembering) {
			e.fail = gone
			l.Delete(context.Background(), e, []string{"a"})
		}, "2 delete Quay/2024-03-14: deleted=1\n"},
		{"the engine has forgotten the tag", func(r *Run, l *Ledger, e *remembering) {
			e.fail = gone
			r.Put(context.Background(), e, articles("x Tide 2024-03-15 X", "y Tide 2024-03-16 Y"))
			clear(e.seen)
		}, "1 put /recovered: read=2 indexed=2\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, e := t.TempDir(), newEngine()
			l := mustOpen(t, dir, e)
			r := mustBegin(t, l, Start{Command: "put"})
			_, err := r.Put(t.Context(), e, articles("a Quay 2024-03-14 One"))
			must(t, err)
			test.do(r, l, e)
			if b, err := Read(t.Context(), dir, e); err != nil || b.Pending() != 0 {
				t.Errorf("read: %v, %d pending", err, b.Pending())
			}
			l = mustOpen(t, dir, e)
			want := "1 put Quay/2024-03-14: read=1 indexed=1\n" + test.want
			if strings.HasPrefix(test.want, "1 put /") {
				want = test.want + "1 put Quay/2024-03-14: read=1 indexed=1\n"
			}
			shows(t, l, e, want)
			addsUp(t, l, e)
		})
	}
}

// TestWrong shows that an audit finds what is wrong.
func TestWrong(t *testing.T) {
	for _, test := range []struct {
		name string
		harm func(t *testing.T, path string, e *remembering)
		find string
	}{
		{"articles that nobody accounts for", func(t *testing.T, path string, e *remembering) {
			_, err := e.Put(t.Context(), articles("z Tide 2024-03-15 Z"))
			must(t, err)
		}, "indexed since the index was made"},
		{"deleted past the ledger", func(t *testing.T, path string, e *remembering) {
			_, err := e.Delete(t.Context(), []string{"a"})
			must(t, err)
		}, "deleted since the index was made"},
		{"no ledger", func(t *testing.T, path string, e *remembering) { must(t, os.Remove(path)) }, "indexed since"},
		{"a flipped bit", func(t *testing.T, path string, e *remembering) {
			b, err := os.ReadFile(path)
			must(t, err)
			b[len(b)/2] ^= 1
			must(t, os.WriteFile(path, b, 0o644))
		}, "cannot be read"},
		{"a line less", func(t *testing.T, path string, e *remembering) {
			b, err := os.ReadFile(path)
			must(t, err)
			lines := bytes.SplitAfter(b, []byte("\n"))
			must(t, os.WriteFile(path, bytes.Join(append(lines[:2:2], lines[3:]...), nil), 0o644))
		}, "reported something else"},
		{"other rejects", func(t *testing.T, path string, e *remembering) {
			must(t, os.WriteFile(filepath.Join(filepath.Dir(path), "rejects"), []byte(`{"reason":"no text"}`+"\n"), 0o644))
		}, "lines in the rejects"},
		{"no rejects", func(t *testing.T, path string, e *remembering) {
			must(t, os.Remove(filepath.Join(filepath.Dir(path), "rejects")))
		}, "lines in the file of rejects"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, e := t.TempDir(), newEngine()
			l := mustOpen(t, dir, e)
			rejects := filepath.Join(dir, "rejects")
			must(t, os.WriteFile(rejects, []byte(`{"reason":"no id"}`+"\n"), 0o644))
			r := mustBegin(t, l, Start{Command: "put", Rejects: rejects})
			_, err := r.Put(t.Context(), e, articles("a Quay 2024-03-14 One", " Quay 2024-03-14 None"))
			must(t, err)
			must(t, r.End(End{Summary: Summary{Read: 2, Indexed: 1, Rejected: 1}, Rejects: map[string]int{"no id": 1}}))
			addsUp(t, l, e)
			must(t, l.Close())
			test.harm(t, l.path, e)
			a := audited(t, mustOpen(t, dir, e), e)
			found := ""
			for _, c := range a.Checks {
				if !c.Holds {
					found += c.What + ": " + c.Detail + "\n"
				}
			}
			if a.AddsUp || !strings.Contains(found, test.find) {
				t.Errorf("found %q", found)
			}
		})
	}
}

// TestMoved holds that an update which gives an article another source is no fault.
func TestMoved(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	l := mustOpen(t, dir, e)
	r := mustBegin(t, l, Start{Command: "put"})
	_, err := r.Put(t.Context(), e, articles("a Quay 2024-03-14 One", "b Quay 2024-03-14 Two", "c www.Quay.com 2024-03-14 C", "d quay.com 2024-03-14 D"))
	must(t, err)
	_, err = r.Put(t.Context(), e, articles("a Tide 2024-03-14 One"))
	must(t, err)
	addsUp(t, l, e)
	for _, c := range audited(t, l, e).Checks {
		if strings.HasPrefix(c.What, "sources") && !strings.Contains(c.Detail, "1 articles another source") {
			t.Errorf("%+v", c)
		}
	}
}

// TestTorn opens a ledger whose last line was cut short: it was never acted upon.
func TestTorn(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	l := mustOpen(t, dir, e)
	r := mustBegin(t, l, Start{Command: "put"})
	_, err := r.Put(t.Context(), e, articles("a Quay 2024-03-14 One"))
	must(t, err)
	must(t, l.Close())
	whole, err := os.ReadFile(l.path)
	must(t, err)
	for n := range len(whole) {
		must(t, os.WriteFile(l.path, whole[:n], 0o644))
		l := mustOpen(t, dir, e)
		r := mustBegin(t, l, Start{Command: "put"})
		must(t, r.End(End{}))
		l.Look(func(b *Book) {
			if b.Damaged > 0 || b.Accounts[len(b.Accounts)-1].BrokenOff() {
				t.Errorf("cut at %d: %d damaged", n, b.Damaged)
			}
		})
		must(t, l.Close())
	}
}

// TestFull holds that a ledger which cannot be written ends the run, and that nothing was put which it does not know.
func TestFull(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	l := mustOpen(t, dir, e)
	r := mustBegin(t, l, Start{Command: "put"})
	must(t, l.f.Close())
	if _, err := r.Put(t.Context(), e, articles("a Quay 2024-03-14 One")); err == nil {
		t.Error("the batch was put")
	}
	if e.Changes() != (index.Changes{}) {
		t.Error("the engine has it")
	}
	if _, err := l.Begin(Start{}); err == nil {
		t.Error("another run began")
	}
}

// TestNone does everything without a ledger.
func TestNone(t *testing.T) {
	var l *Ledger
	e := newEngine()
	r, err := l.Begin(Start{Command: "put"})
	must(t, err)
	if receipt, err := r.Put(t.Context(), e, articles("a Quay 2024-03-14 One")); err != nil || receipt.Indexed != 1 {
		t.Errorf("%+v, %v", receipt, err)
	}
	if n, err := l.Delete(t.Context(), e, []string{"a"}); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	r.Leave(1, e)
	must(t, errors.Join(r.Void(1), r.Done(1, Done{}), r.End(End{}), l.Close()))
}
