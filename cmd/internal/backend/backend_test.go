package backend

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/remote"
	"dateline/server"
)

// short makes the tests of contention quick.
const short = 60 * time.Millisecond

func open(t *testing.T, o Options) *Engine {
	t.Helper()
	e, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// fails checks that Open returns an error with the words.
func fails(t *testing.T, o Options, words ...string) error {
	t.Helper()
	e, err := Open(t.Context(), o)
	if err == nil {
		e.Close()
		t.Fatalf("%+v opened", o)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %q does not say %q", err, w)
		}
	}
	return err
}

func newIndex(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a", "index")
	e := open(t, Options{Dir: dir, Write: true, Make: true, Command: "test"})
	if _, err := e.Put(t.Context(), []index.Article{{ID: "1", Title: "One"}}); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestReadersShare(t *testing.T) {
	dir := newIndex(t)
	a, b := open(t, Options{Dir: dir}), open(t, Options{Dir: dir})
	for _, e := range []*Engine{a, b} {
		if got, err := e.Get(t.Context(), "1"); err != nil || got.Title != "One" {
			t.Errorf("%+v, %v", got, err)
		}
	}
	err := fails(t, Options{Dir: dir, Write: true, Wait: short}, dir+" is in use by a dateline that reads it")
	var busy *BusyError
	if !errors.As(err, &busy) || busy.Holder.PID != 0 {
		t.Errorf("error %#v", err)
	}
}

func TestWriterWaitsForReader(t *testing.T) {
	dir := newIndex(t)
	reader := open(t, Options{Dir: dir})
	time.AfterFunc(short, func() { reader.Close() })
	open(t, Options{Dir: dir, Write: true, Wait: time.Minute})
}

func TestOneWriter(t *testing.T) {
	dir := newIndex(t)
	w := open(t, Options{Dir: dir, Write: true, Command: "dateline index"})
	var h Holder
	b, err := os.ReadFile(filepath.Join(dir, lockName))
	if err != nil || json.Unmarshal(b, &h) != nil || h.PID != os.Getpid() || h.Command != "dateline index" || h.URL != "" || h.Started.IsZero() {
		t.Errorf("holder %s, %v", b, err)
	}
	for _, o := range []Options{{}, {Write: true}, {Write: true, Serve: true}} {
		o.Dir, o.Wait = dir, short
		fails(t, o, "is in use by `dateline index` (pid ", "wait for it")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(filepath.Join(dir, lockName)); len(b) != 0 {
		t.Errorf("left in the lock: %s", b)
	}
	open(t, Options{Dir: dir, Write: true})
}

// TestOldHolder finds what a killed process has left: it means nothing without the lock, and nothing while readers hold it.
func TestOldHolder(t *testing.T) {
	dir := newIndex(t)
	old := `{"pid":1,"command":"dateline serve","url":"http://127.0.0.1:1/","started":"2020-01-01T00:00:00Z"}`
	if err := os.WriteFile(filepath.Join(dir, lockName), []byte(old), 0o644); err != nil {
		t.Fatal(err)
	}
	r := open(t, Options{Dir: dir})
	fails(t, Options{Dir: dir, Write: true, Wait: short}, "a dateline that reads it")
	r.Close()
	w := open(t, Options{Dir: dir, Write: true, Command: "x"})
	if w.Server() != "" {
		t.Errorf("works through %s", w.Server())
	}
}

func TestThroughTheServer(t *testing.T) {
	dir := newIndex(t)
	owner := open(t, Options{Dir: dir, Write: true, Serve: true, Command: "dateline serve"})
	url := serve(t, owner)
	if err := owner.Announce(url); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{Dir: dir}, {Dir: dir, Write: true}, {Server: url}, {Server: strings.TrimPrefix(url, "http://")}} {
		e := open(t, o)
		if _, ok := e.Engine.(*remote.Engine); !ok || e.Server() == "" {
			t.Errorf("%+v: %T at %q", o, e.Engine, e.Server())
		}
		if a, err := e.Get(t.Context(), "1"); err != nil || a.Title != "One" {
			t.Errorf("%+v, %v", a, err)
		}
		if err := e.Announce(url); err == nil {
			t.Error("a guest may announce a server")
		}
	}
	fails(t, Options{Dir: dir, Write: true, Serve: true}, "is already served at "+url)
}

// serve serves an engine until the test ends, and returns the URL.
func serve(t *testing.T, e index.Engine) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.New(e, server.Options{}).Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

func TestServerThatDoesNotAnswer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	t.Cleanup(func() { l.Close() })
	dir := newIndex(t)
	owner := open(t, Options{Dir: dir, Write: true, Command: "dateline serve"})
	if err := owner.Announce("http://" + l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	fails(t, Options{Dir: dir, Wait: short}, "whose server at http://", "does not answer")
}

// TestNothingIsMade checks that only an indexer makes files, and only where it may.
func TestNothingIsMade(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	for _, o := range []Options{{}, {Write: true}} {
		o.Dir = none
		if err := fails(t, o, none); !errors.Is(err, ErrNoIndex) {
			t.Errorf("error %v", err)
		}
		if _, err := os.Stat(none); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%+v made the directory", o)
		}
	}
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "letter"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{}, {Write: true, Make: true}} {
		o.Dir = home
		var format *embedded.FormatError
		if err := fails(t, o, "not a Dateline index"); !errors.As(err, &format) {
			t.Errorf("error %v", err)
		}
	}
	if entries, _ := os.ReadDir(home); len(entries) != 1 {
		t.Errorf("the directory holds %v", entries)
	}
	fails(t, Options{}, "neither an index directory nor a server")
	fails(t, Options{Server: "http://127.0.0.1:1"}, "127.0.0.1:1")
}

// TestReaderWithoutRights reads an index in which no lock can be made.
func TestReaderWithoutRights(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := newIndex(t)
	if err := os.Remove(filepath.Join(dir, lockName)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	open(t, Options{Dir: dir})
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	dir := newIndex(t)
	open(t, Options{Dir: dir, Write: true, Command: "x"})
	ctx, cancel := context.WithTimeout(t.Context(), short)
	defer cancel()
	if _, err := Open(ctx, Options{Dir: dir, Wait: time.Minute}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}
