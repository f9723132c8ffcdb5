package ledger

import (
	"path/filepath"
	"testing"
	"time"
)

// TestGuest is a run of another process: what it puts goes under its number, what it rejected is told at its end.
func TestGuest(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	l := mustOpen(t, dir, e)
	id, err := l.Tell(Statement{Command: "index", Paths: []string{"news"}, Rejects: filepath.Join(dir, RejectsName)})
	must(t, err)
	_, err = l.Attach(id).Put(t.Context(), e, articles("a Quay 2024-03-14 One"))
	must(t, err)
	_, err = l.Tell(Statement{
		Run: id, Cells: []Cell{{"Quay", NotRead, Count{Read: 77, Indexed: 5, Rejected: map[string]int{"no text": 2, "bad date": -3}}}},
		End: &End{Summary: Summary{Read: 3, Indexed: 1, Rejected: 2}, Rejects: map[string]int{}},
	})
	must(t, err)
	shows(t, l, e, `
	1 index Quay/: read=2 rejected=map[no text:2]
	1 index Quay/2024-03-14: read=1 indexed=1
	`)
	addsUp(t, l, e)
	if l.Attach(id) != nil || l.Attach(99) != nil {
		t.Error("a run that ended, or that there never was, takes articles")
	}
	if again, err := l.Tell(Statement{Run: id, Command: "index"}); err != nil || again == id {
		t.Errorf("run %d, %v", again, err)
	}
}

// TestGuestFile holds that a guest cannot have another file read.
func TestGuestFile(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	l := mustOpen(t, dir, e)
	for path, taken := range map[string]bool{
		filepath.Join(dir, RejectsName): true, "/etc/passwd": false, RejectsName: false, filepath.Join(dir, "x", RejectsName): false, "": false,
	} {
		_, err := l.Tell(Statement{Command: "index", Rejects: path})
		must(t, err)
		l.Look(func(b *Book) {
			if last := b.Accounts[len(b.Accounts)-1]; (last.RejectsFile != "") != taken {
				t.Errorf("%q: %q is kept", path, last.RejectsFile)
			}
		})
	}
}

// TestGuestGone ends the run of a guest that says nothing more.
func TestGuestGone(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	now := time.Date(2024, 3, 14, 12, 0, 0, 0, time.UTC)
	l, err := Open(t.Context(), dir, e, func() time.Time { return now })
	must(t, err)
	defer l.Close()
	id, err := l.Tell(Statement{Command: "index"})
	must(t, err)
	now = now.Add(2 * guestPatience)
	l.bound = 1
	must(t, mustBegin(t, l, Start{Command: "put"}).End(End{}))
	if l.Attach(id) != nil {
		t.Error("it is still there")
	}
	l.Look(func(b *Book) {
		if len(b.Accounts) != 2 || b.Accounts[0].Error == "" || len(b.begun) > 0 {
			t.Errorf("%+v", b.Accounts[0])
		}
	})
}
