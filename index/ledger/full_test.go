package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"dateline/index"
	"dateline/index/embedded"
)

// TestPartOfALine cannot write a line whole: the next one takes its place.
func TestPartOfALine(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	l := mustOpen(t, dir, e)
	r := mustBegin(t, l, Start{Command: "put"})
	_, err := l.f.WriteString("0123abcd {half")
	must(t, err)
	var full *index.ReadOnlyError
	if err := l.unwrite(&os.PathError{Op: "write", Err: syscall.ENOSPC}); !errors.As(err, &full) || !full.Full {
		t.Errorf("error %v", err)
	}
	_, err = r.Put(t.Context(), e, articles("a Quay 2024-03-14 One"))
	must(t, err)
	shows(t, l, e, "1 put Quay/2024-03-14: read=1 indexed=1\n")
	addsUp(t, l, e)
}

// TestRefused holds that a batch which an engine refuses and goes on leaves nothing open: the disk is nearly full, or the caller has gone.
func TestRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	e, err := embedded.Open(dir, embedded.Options{MinFree: 1 << 60})
	must(t, err)
	t.Cleanup(func() { e.Close() })
	l := mustOpen(t, dir, e)
	r := mustBegin(t, l, Start{Command: "put"})
	var full *index.ReadOnlyError
	if _, err := r.Put(t.Context(), e, articles("a Quay 2024-03-14 One")); !errors.As(err, &full) {
		t.Errorf("error %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Put(gone, e, articles("a Quay 2024-03-14 One")); err == nil {
		t.Error("it was put")
	}
	must(t, r.End(End{}))
	shows(t, l, e, "")
	addsUp(t, l, e)
}

// TestEmbedded keeps the accounts of an engine on a disk, opens both again, and adds up.
func TestEmbedded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	for range 2 {
		e, err := embedded.Open(dir, embedded.Options{})
		must(t, err)
		l := mustOpen(t, dir, e)
		r := mustBegin(t, l, Start{Command: "put"})
		_, err = r.Put(t.Context(), e, articles("a Quay 2024-03-14 One", "b Tide - Two", "a Quay 2024-03-15 Three"))
		must(t, err)
		_, err = l.Delete(t.Context(), e, []string{"b"})
		must(t, err)
		must(t, r.End(End{Summary: Summary{}}))
		addsUp(t, l, e)
		must(t, errors.Join(l.Close(), e.Close()))
	}
}
