// Package ledger keeps the account book of an index: what was read for it, by source and day, and what became of every record.
//
// The book is an append-only file in the index directory, a line of JSON with its checksum for each entry. Before a batch is put,
// a plan says what is in it; after the engine has acknowledged it, another line says what became of it. A process that is
// killed in between leaves a plan without an end. The engine keeps the number of the plan with the batch itself
// (index.WithTag), so that the next to open the ledger learns from it what became of the batch.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"dateline/index"
)

// Name is the name of the file in the index directory.
const Name = "ledger.jsonl"

// Ledger is an account book that is being written. Its methods may be called from many goroutines; all but
// Still, Look and Report do nothing on a nil one, so that accounts are kept where there is a ledger.
type Ledger struct {
	path  string
	clock index.Clock
	still sync.RWMutex // held for reading while a batch is under way

	mu     sync.Mutex
	f      *os.File
	book   *Book
	size   int64             // of the file
	grown  int64             // bytes appended since the file was last written anew
	bound  int64             // when to write it anew
	guests map[int]time.Time // runs of other processes, and when they last said something
	closed bool
	fits   bool  // the engine had what the book says when the ledger was opened: no other hand has changed it
	err    error // of writing; then nothing more is written
}

// Open opens the ledger of the index in dir for writing, whose engine is open. It makes the ledger when there is none, and settles
// what the last process to write left open.
func Open(ctx context.Context, dir string, e index.Engine, clock index.Clock) (*Ledger, error) {
	if clock == nil {
		clock = time.Now
	}
	l := &Ledger{path: filepath.Join(dir, Name), clock: clock, bound: compactFrom}
	content, err := os.ReadFile(l.path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l.book = parse(content)
	l.f, err = os.OpenFile(l.path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	// A last line that is torn was never acted upon; the next one begins in its place.
	if err = l.f.Truncate(l.book.whole); err == nil {
		_, err = l.f.Seek(0, io.SeekEnd)
	}
	if err == nil {
		l.size, l.grown = l.book.whole, l.book.whole
		err = l.settle(ctx, e)
	}
	if err != nil {
		return nil, errors.Join(err, l.f.Close())
	}
	return l, nil
}

// Read reads the ledger of the index in dir, whose engine is open, as it would be after Open, and writes nothing. Without a file it
// is empty.
func Read(ctx context.Context, dir string, e index.Engine) (*Book, error) {
	content, err := os.ReadFile(filepath.Join(dir, Name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	b := parse(content)
	settled, err := b.settled(ctx, e)
	for _, s := range settled {
		b.apply(s)
	}
	return b, err
}

// settle enters what the engine knows of the batches that the last process left open.
func (l *Ledger) settle(ctx context.Context, e index.Engine) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	settled, err := l.book.settled(ctx, e)
	if err != nil {
		return err
	}
	for _, s := range settled {
		if err := l.write(s); err != nil {
			return err
		}
	}
	if len(settled) > 0 {
		if err := l.f.Sync(); err != nil {
			return err
		}
	}
	changes, _, err := witnessed(ctx, e)
	total := l.book.Total()
	l.fits = l.book.Damaged == 0 && changes == total.Changes()
	return err
}

// write appends an entry and applies it to the book. The caller holds the lock.
func (l *Ledger) write(e entry) error {
	switch {
	case l.err != nil:
		return l.err
	case l.closed:
		return index.ErrClosed
	}
	line, err := e.line()
	if err == nil {
		var n int
		n, err = l.f.Write(line)
		l.grown += int64(n)
	}
	if err != nil {
		return l.unwrite(err)
	}
	l.size += int64(len(line))
	l.book.apply(e)
	return nil
}

// unwrite takes away the part of a line that could be written: what follows it would not be read. A disk that is full is no end, the
// next line may find room.
func (l *Ledger) unwrite(why error) error {
	why = fmt.Errorf("write %s: %w", l.path, why)
	err := l.f.Truncate(l.size)
	if err == nil {
		_, err = l.f.Seek(l.size, io.SeekStart)
	}
	if err != nil {
		l.err = why
	}
	if errors.Is(why, syscall.ENOSPC) {
		return &index.ReadOnlyError{Reason: why.Error(), Full: true}
	}
	return why
}

// enter writes an entry, and waits until it is on the disk when it must be.
func (l *Ledger) enter(e entry, sync bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.write(e); err != nil || !sync {
		return err
	}
	return l.f.Sync()
}

// Close closes the ledger.
func (l *Ledger) Close() error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	if l.err != nil {
		return l.f.Close()
	}
	return errors.Join(l.f.Sync(), l.f.Close())
}

// Still calls do with the book while no batch is under way: what the engine has is what the book says.
func (l *Ledger) Still(do func(*Book)) {
	l.still.Lock()
	defer l.still.Unlock()
	l.Look(do)
}

// Look calls do with the book, which must not be kept.
func (l *Ledger) Look(do func(*Book)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	do(l.book)
}

// Start says what a run does.
type Start struct {
	Command string   // index, post, put, delete, feed, watch
	Paths   []string // that it reads, as the user named them
	// Key says all that decides what is made of the paths. A run goes on where one with the same key was broken off. "" never does.
	Key     string
	Resume  bool   // go on, if this can be
	Rejects string // the file that they go to, or ""
}

// Begin begins a run.
func (l *Ledger) Begin(s Start) (*Run, error) {
	if l == nil {
		return nil, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := begin{At: index.At(l.clock()), Command: cut(s.Command), Paths: shortened(s.Paths), Key: s.Key, Rejects: s.Rejects}
	r := &Run{ledger: l, ID: l.book.last + 1}
	if chain := l.book.brokenOff(s.Key); s.Resume && l.fits && len(chain) > 0 {
		earlier, err := l.progress(chain)
		if err != nil {
			return nil, err
		}
		if r.Earlier = earlier; earlier != nil {
			b.Resumes = chain[len(chain)-1]
		}
	}
	return r, l.write(entry{Run: r.ID, Begin: &b})
}

// Unfinished returns how far the last run came, if it was broken off and its command can go on from there; else nil.
func (l *Ledger) Unfinished() (*Earlier, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.book.Accounts)
	if n == 0 || !l.fits {
		return nil, nil
	}
	chain := l.book.brokenOff(l.book.Accounts[n-1].key)
	if len(chain) == 0 {
		return nil, nil
	}
	return l.progress(chain)
}

// What is kept of the paths of a run: a shell may name thousands.
const (
	maxPaths     = 20
	maxPathBytes = 1024
)

func shortened(paths []string) []string {
	var kept []string
	for i, p := range paths {
		if i == maxPaths {
			return append(kept, fmt.Sprintf("and %d more", len(paths)-maxPaths))
		}
		kept = append(kept, cutAt(p, maxPathBytes))
	}
	return kept
}

// progress reads how far the runs of a chain came. It is nil when they had too many rejects to hold.
func (l *Ledger) progress(chain []int) (*Earlier, error) {
	content, err := os.ReadFile(l.path)
	if err != nil {
		return nil, err
	}
	return earlierOf(content, chain), nil
}
