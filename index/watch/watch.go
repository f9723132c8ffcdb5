// Package watch tells of files that are new or have changed, once they are whole.
//
// A file is whole when neither its size nor its time has changed for a moment, or when it comes by a rename, already old. Of a
// file of JSON lines whose last line is being written, the lines before it are whole. The system's events are used where there
// are any, and looking again every few seconds where there are not, as on network file systems.
package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"dateline/index/ingest"
)

// Options guide a Watcher. The zero value is usable; the defaults are in parentheses.
type Options struct {
	Quiet    time.Duration // for which a file must not have changed (300 ms)
	Patience time.Duration // after which a line without an end is read as it is (30 s)
	Poll     time.Duration // look again this often instead of waiting for events (0: only where there are none, then every 2 s)
	Without  string        // a folder that is left out wherever it lies, as the index itself may; "" is none
	Except   string        // a file that is left out, as that of the rejects; "" is none
	Warn     func(string)  // told why there are no events; may be nil

	events func() (events, error) // in tests; nil is those of the system
}

// defaultPoll is how often files are looked at where there are no events.
const defaultPoll = 2 * time.Second

func (o Options) withDefaults() Options {
	if o.Quiet <= 0 {
		o.Quiet = 300 * time.Millisecond
	}
	if o.Patience <= 0 {
		o.Patience = 30 * time.Second
	}
	if o.Warn == nil {
		o.Warn = func(string) {}
	}
	if o.events == nil {
		o.events = systemEvents
	}
	return o
}

// Batch is what there is to be read.
type Batch struct {
	Files []ingest.File // in order of their paths
	Gone  []string      // files that are there no more
	First bool          // what was there at the beginning
}

// Watcher watches files and folders.
type Watcher struct {
	o       Options
	roots   []root
	without os.FileInfo // of the folder to leave out, or nil
	except  string      // absolute path of the file to leave out, or ""
	events  events      // nil where there are none
	done    chan struct{}
	wg      sync.WaitGroup

	mu     sync.Mutex
	files  map[string]*file
	due    map[string]*file // of the files those that are to be looked at
	dirs   map[string]bool  // that are watched
	gone   []string
	start  time.Time     // when all was looked at first
	begun  bool          // the first batch was given
	scan   time.Time     // when to look at everything again; zero is not
	notify chan struct{} // has something in it when there may be something to be told
}

// root is a file or folder that the user named.
type root struct {
	path   string // clean
	folder bool
}

// file is a file that was seen.
type file struct {
	name string    // the path of its articles
	seen mark      // as it was when it changed last
	read mark      // as it was when it was given out last
	due  time.Time // when to look whether it is whole, if it is among those due
	last time.Time // when a line without an end is read as it is
}

// mark is what shows that a file has changed.
type mark struct {
	size int64
	time time.Time
	ok   bool
}

func markOf(info os.FileInfo) mark { return mark{info.Size(), info.ModTime(), true} }

func (m mark) equal(n mark) bool { return m.ok == n.ok && m.size == n.size && m.time.Equal(n.time) }

// New begins to watch. What is there already is the first batch. Errors: those of paths that are not there.
func New(paths []string, o Options) (*Watcher, error) {
	w := &Watcher{o: o.withDefaults(), files: map[string]*file{}, due: map[string]*file{}, dirs: map[string]bool{}, notify: make(chan struct{}, 1), done: make(chan struct{})}
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, err
		case !info.IsDir() && !info.Mode().IsRegular():
			return nil, fmt.Errorf("%s is neither a file nor a folder", path)
		}
		w.roots = append(w.roots, root{filepath.Clean(path), info.IsDir()})
	}
	if o.Except != "" {
		w.except, _ = filepath.Abs(o.Except)
	}
	w.listen()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.look()
	w.start = time.Now()
	return w, nil
}

// listen begins to take events, or says why there are none.
func (w *Watcher) listen() {
	if w.o.Poll > 0 {
		return
	}
	w.o.Poll = defaultPoll
	for _, r := range w.roots {
		if why := noEvents(r.path); why != "" {
			w.o.Warn(fmt.Sprintf("%s is %s: looking at its files every %v", r.path, why, w.o.Poll))
			return
		}
	}
	events, err := w.o.events()
	if err != nil {
		w.o.Warn(fmt.Sprintf("the system tells of no changes (%v): looking at the files every %v", err, w.o.Poll))
		return
	}
	w.events = events
	w.wg.Go(func() {
		for {
			select {
			case e, ok := <-events.tell():
				if !ok {
					return
				}
				w.event(e)
			case <-w.done:
				return
			}
		}
	})
}

// Close ends the watching.
func (w *Watcher) Close() error {
	close(w.done)
	var err error
	w.mu.Lock()
	events := w.events
	w.mu.Unlock()
	if events != nil {
		err = events.close()
	}
	w.wg.Wait()
	return err
}

// Next waits until there is something to be read, or files are gone. The first batch comes at once, or after Options.Quiet when
// files have just been written, and may be empty. Errors: the context's.
func (w *Watcher) Next(ctx context.Context) (Batch, error) {
	for {
		batch, next := w.take()
		if len(batch.Files) > 0 || len(batch.Gone) > 0 || batch.First {
			return batch, ctx.Err()
		}
		if err := w.wait(ctx, next); err != nil {
			return Batch{}, err
		}
	}
}

// wait returns at a time, or when something has changed.
func (w *Watcher) wait(ctx context.Context, next time.Time) error {
	var timeout <-chan time.Time
	if !next.IsZero() {
		timer := time.NewTimer(max(time.Until(next), 0))
		defer timer.Stop()
		timeout = timer.C
	}
	select {
	case <-timeout:
	case <-w.notify:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// take returns what is ready, and when to look again.
func (w *Watcher) take() (batch Batch, next time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if !w.scan.IsZero() && !now.Before(w.scan) {
		w.look()
	}
	next = w.scan
	if fresh := w.start.Add(w.o.Quiet); !w.begun && w.fresh(now) && now.Before(fresh) { // the first batch waits for those just written
		return batch, fresh
	}
	for path, f := range w.due {
		if now.Before(f.due) {
			continue
		}
		if ready, ok := w.judge(path, f, now); ok {
			batch.Files = append(batch.Files, ready)
		}
	}
	for _, f := range w.due {
		if next.IsZero() || f.due.Before(next) {
			next = f.due
		}
	}
	slices.SortFunc(batch.Files, func(a, b ingest.File) int { return strings.Compare(a.Path, b.Path) })
	batch.Gone, w.gone = w.gone, nil
	batch.First, w.begun = !w.begun, true
	return batch, next
}

// fresh reports whether a file may still be being written.
func (w *Watcher) fresh(now time.Time) bool {
	for _, f := range w.due {
		if now.Before(f.due) {
			return true
		}
	}
	return false
}

// judge looks whether a file whose time has come is whole, and how much of it.
func (w *Watcher) judge(path string, f *file, now time.Time) (ingest.File, bool) {
	info, ok := w.stat(path)
	if !ok {
		w.lose(path)
		return ingest.File{}, false
	}
	if m := markOf(info); !m.equal(f.seen) { // it is still being written
		f.seen, f.due, f.last = m, now.Add(w.o.Quiet), time.Time{}
		return ingest.File{}, false
	}
	ready := ingest.File{Path: path, Name: f.name}
	waited := !f.last.IsZero() && !now.Before(f.last)
	if !waited {
		ready.Whole = wholePart(path, info.Size())
	}
	if waited || ready.Whole == info.Size() && info.Size() > 0 {
		ready.Whole, f.read, f.last = 0, f.seen, time.Time{}
		delete(w.due, path)
		return ready, true
	}
	f.last = now.Add(w.o.Patience)
	f.due = f.last
	return ready, ready.Whole > 0
}
