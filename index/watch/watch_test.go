package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dateline/index/ingest"
	"dateline/index/memory"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// told are events that a test makes.
type told struct {
	c    chan event
	mu   sync.Mutex
	dirs []string
	fail error // of add
}

func newTold() *told { return &told{c: make(chan event)} }

func (t *told) tell() <-chan event { return t.c }
func (t *told) close() error       { return nil }

func (t *told) add(dir string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fail != nil {
		return t.fail
	}
	t.dirs = append(t.dirs, filepath.Base(dir))
	return nil
}

// stage is a watched folder in a bubble of time. Files get their times from it: those of the system are of another time.
type stage struct {
	*testing.T
	*Watcher
	dir  string
	told *told
}

// newStage watches a folder with files in it, whose first batch is taken.
func newStage(t *testing.T, o Options, files ...string) *stage {
	s := &stage{T: t, dir: t.TempDir(), told: newTold()}
	for _, name := range files {
		s.put(name, "{\"id\":\"1\"}\n")
		s.age(name, time.Hour)
	}
	o.events = func() (events, error) { return s.told, nil }
	w, err := New([]string{s.dir}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	s.Watcher = w
	batch, err := w.Next(t.Context())
	slices.Sort(files)
	if err != nil || !batch.First || !slices.Equal(s.names(batch), files) {
		t.Fatalf("%+v, %v", batch, err)
	}
	return s
}

// put writes a file as it is now.
func (s *stage) put(name, text string) {
	s.Helper()
	path := filepath.Join(s.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		s.Fatal(err)
	}
	s.age(name, 0)
}

func (s *stage) age(name string, age time.Duration) {
	at := time.Now().Add(-age)
	if err := os.Chtimes(filepath.Join(s.dir, name), at, at); err != nil {
		s.Fatal(err)
	}
}

// tells makes an event.
func (s *stage) tells(name string) {
	s.told.c <- event{path: filepath.Join(s.dir, name)}
	synctest.Wait()
}

func (s *stage) names(b Batch) (names []string) {
	for _, f := range b.Files {
		name := f.Name
		if f.Whole > 0 {
			name += fmt.Sprintf(":%d", f.Whole)
		}
		names = append(names, name)
	}
	return names
}

// next checks what comes next, and after how long: names, then with a dash before them those that are gone. "" is nothing for
// that long.
func (s *stage) next(want string, after time.Duration) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), after+time.Millisecond)
	defer cancel()
	began := time.Now()
	batch, err := s.Next(ctx)
	got := s.names(batch)
	for _, path := range batch.Gone {
		name, _ := filepath.Rel(s.dir, path)
		got = append(got, "-"+name)
	}
	took := time.Since(began)
	if text := strings.Join(got, " "); text != want || want != "" && (err != nil || took != after) {
		s.Errorf("got %q after %v (%v), want %q after %v", text, took, err, want, after)
	}
}

func bubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

const quiet = 300 * time.Millisecond

// TestQuiet: a file is told of when it has not changed for a moment, and once.
func TestQuiet(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newStage(t, Options{}, "a.txt", "sub/b.txt")
		s.next("", time.Hour)
		s.put("c.txt", "one")
		s.tells("c.txt")
		s.next("c.txt", quiet)
		s.next("", time.Hour)
		s.tells("c.txt") // of its rights, say
		s.next("", time.Hour)
		s.put("c.txt", "one two")
		s.tells("c.txt")
		for range 5 { // slowly written
			s.next("", 200*time.Millisecond)
			s.put("c.txt", "one two three "+time.Now().String())
			s.tells("c.txt")
		}
		s.next("c.txt", quiet)
		s.put("c.txt", "and without an event that more was written")
		s.tells("c.txt")
		time.Sleep(100 * time.Millisecond)
		s.put("c.txt", "and more")
		s.next("c.txt", 2*quiet-100*time.Millisecond)
		s.next("", time.Hour)
	})
}

// TestRename: what comes whole comes at once, and what goes is told of.
func TestRename(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newStage(t, Options{}, "a.txt")
		s.put(".part", "whole")
		s.age(".part", time.Second)
		s.tells(".part")
		s.next("", time.Hour)
		must(t, os.Rename(filepath.Join(s.dir, ".part"), filepath.Join(s.dir, "b.txt")))
		s.tells(".part")
		s.tells("b.txt")
		s.next("b.txt", 0)
		must(t, os.Rename(filepath.Join(s.dir, "b.txt"), filepath.Join(s.dir, "c.txt")))
		s.tells("b.txt")
		s.tells("c.txt")
		s.next("c.txt -b.txt", 0)
		must(t, os.Remove(filepath.Join(s.dir, "c.txt")))
		s.tells("c.txt")
		s.next("-c.txt", 0)
		s.put("short.txt", "there and gone")
		s.tells("short.txt")
		must(t, os.Remove(filepath.Join(s.dir, "short.txt")))
		s.tells("short.txt")
		s.next("", time.Hour)
	})
}

// TestFolders: new folders are watched, with what was put into them before they were; folders that go take their files along.
func TestFolders(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newStage(t, Options{})
		s.put("new/deep/a.txt", "x")
		s.put("new/.git/b.txt", "x")
		s.put(".hidden/c.txt", "x")
		s.tells("new")
		s.tells(".hidden")
		s.tells(".hidden/c.txt")
		s.next("new/deep/a.txt", quiet)
		if !slices.Equal(s.told.dirs[1:], []string{"new", "deep"}) {
			t.Errorf("watched %v", s.told.dirs)
		}
		must(t, os.RemoveAll(filepath.Join(s.dir, "new")))
		s.tells("new")
		s.next("-new/deep/a.txt", 0)
		s.put("new/deep/a.txt", "y")
		s.tells("new")
		s.next("new/deep/a.txt", quiet)
	})
}

// TestLines: a line that is being written is not read before it is whole, unless it never is.
func TestLines(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newStage(t, Options{})
		const one, half = `{"id":"1","title":"One"}` + "\n", `{"id":"2","ti`
		s.put("a.jsonl", half)
		s.tells("a.jsonl")
		s.next("", 10*time.Second)
		s.put("a.jsonl", one+half)
		s.tells("a.jsonl")
		s.next(fmt.Sprintf("a.jsonl:%d", len(one)), quiet)
		s.put("a.jsonl", one+half+`tle":"Two"}`)
		s.tells("a.jsonl")
		s.next("a.jsonl", quiet) // whole without a line feed
		s.put("a.jsonl", one+one+half)
		s.tells("a.jsonl")
		s.next(fmt.Sprintf("a.jsonl:%d", 2*len(one)), quiet)
		s.next("a.jsonl", 30*time.Second) // it is not coming
		s.next("", time.Hour)
		s.put("empty.txt", "")
		s.tells("empty.txt")
		s.next("", 10*time.Second)
		s.put("empty.txt", "a text")
		s.tells("empty.txt")
		s.next("empty.txt", quiet)
		s.put("empty.txt", "")
		s.tells("empty.txt")
		s.next("empty.txt", quiet+30*time.Second)
	})
}

func TestWholePart(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0}, {"a text", 6}, {`{"a":1}`, 7}, {`{"a":1}` + "\n", 8}, {`{"a":1}` + "\n" + `{"a`, 8}, {`{"a`, 0}, {"{\n \"a\":", 7}, {"\ufeff{\"a\":1}\n{", 11},
		{`{"a":1}` + "\n" + `{"b":"` + long, 8}, {`{"b":"` + long, 0}, {`{"b":"` + long + `"}`, 100_008}, {`[{"a":1},`, 9}, {`{"a":1}` + "\n  ", 10}, {"<rss", 4},
	} {
		path := filepath.Join(t.TempDir(), "x")
		must(t, os.WriteFile(path, []byte(c.text), 0o644))
		if got := wholePart(path, int64(len(c.text))); got != int64(c.want) {
			t.Errorf("%.40q: %d, want %d", c.text, got, c.want)
		}
	}
	if got := wholePart("/nowhere", 7); got != 7 {
		t.Error(got)
	}
}

// TestEventLeadsToPut: an article is in the index as soon as its file has been quiet, with no other wait.
func TestEventLeadsToPut(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newStage(t, Options{})
		engine := memory.New(memory.Options{})
		s.put("a.jsonl", `{"id":"1","title":"Port opens","body":"The port is open."}`)
		began := time.Now()
		s.tells("a.jsonl")
		batch, err := s.Next(t.Context())
		must(t, err)
		sum, err := ingest.Files(t.Context(), engine, batch.Files, ingest.Options{})
		if _, missing := engine.Get(t.Context(), "1"); err != nil || missing != nil || sum.Indexed != 1 || time.Since(began) != quiet {
			t.Errorf("%+v, %v, %v after %v", sum, err, missing, time.Since(began))
		}
	})
}

// TestLostEvents: when the system has lost events, everything is looked at.
func TestLostEvents(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newStage(t, Options{}, "a.txt", "b.txt")
		s.put("new/c.txt", "x")
		s.put("a.txt", "changed")
		must(t, os.Remove(filepath.Join(s.dir, "b.txt")))
		s.next("", time.Hour)
		s.told.c <- event{lost: true}
		synctest.Wait()
		s.next("a.txt new/c.txt -b.txt", 0)
		s.put("a.txt", "changed again")
		s.next("", time.Hour)
		s.told.c <- event{lost: true}
		synctest.Wait()
		s.next("a.txt", 0)
	})
}

// TestPolling finds the same without events.
func TestPolling(t *testing.T) {
	for name, fail := range map[string]bool{"asked for": false, "no more watches": true} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				var warned []string
				o := Options{Poll: 2 * time.Second, Warn: func(s string) { warned = append(warned, s) }}
				if fail {
					o.Poll = 0
				}
				s := &stage{T: t, dir: t.TempDir(), told: newTold()}
				if fail {
					s.told.fail = errors.New("no space left on device")
				}
				o.events = func() (events, error) { return s.told, nil }
				w, err := New([]string{s.dir}, o)
				must(t, err)
				defer w.Close()
				s.Watcher = w
				if b, err := w.Next(t.Context()); err != nil || !b.First {
					t.Fatal(b, err)
				}
				time.Sleep(time.Second)
				s.put("sub/a.txt", "x")
				s.next("sub/a.txt", time.Second)
				time.Sleep(1900 * time.Millisecond)
				s.put("sub/a.txt", "xy")
				s.next("sub/a.txt", 100*time.Millisecond+quiet)
				must(t, os.RemoveAll(filepath.Join(s.dir, "sub")))
				s.next("-sub/a.txt", 2*time.Second-quiet)
				if len(warned) != map[bool]int{true: 1}[fail] {
					t.Errorf("warned %q", warned)
				}
			})
		})
	}
}

// TestRootComesBack: a folder that is removed and made again is watched again.
func TestRootComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newStage(t, Options{}, "a.txt")
		must(t, os.RemoveAll(s.dir))
		s.tells("")
		s.next("-a.txt", 0)
		s.next("", 10*time.Second)
		s.put("b.txt", "x")
		if b, err := s.Next(t.Context()); err != nil || !slices.Equal(s.names(b), []string{"b.txt"}) {
			t.Errorf("%+v, %v", b, err)
		}
		s.put("c.txt", "x")
		s.tells("c.txt")
		s.next("c.txt", quiet)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
