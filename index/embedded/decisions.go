package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"dateline/index"
	"dateline/index/aliases"
)

// decisionsName is the file of what the user decided about names: a text file that may be read, copied and, while nobody has
// the index open, edited.
const decisionsName = "decisions.tsv"

// decisions are the decisions of an index.
type decisions struct {
	adding  sync.Mutex // held while decisions are checked and written
	mu      sync.Mutex // of what follows
	log     aliases.Log
	decided *aliases.Decided
	version int // grows with each change
}

// open reads the file of the directory, if there is one.
func (d *decisions) open(dir string) error {
	name := filepath.Join(dir, decisionsName)
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := aliases.ReadText(b)
	if err == nil {
		_, err = d.log.Add(index.Time{}, list)
	}
	if err != nil {
		return fmt.Errorf("%s: %w; correct the file, or move it away to have no decisions", name, err)
	}
	d.decided = d.log.Decided()
	return nil
}

// state returns what is in force, and a number that tells states apart.
func (d *decisions) state() (*aliases.Decided, int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.decided, d.version
}

// Decide implements index.Engine.
func (e *Engine) Decide(ctx context.Context, list []index.Decision) ([]index.Decision, error) {
	e.mu.RLock()
	closed, readOnly := e.closed, e.readOnly
	e.mu.RUnlock()
	switch {
	case closed:
		return nil, index.ErrClosed
	case readOnly != nil:
		return nil, readOnly
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	d := &e.decisions
	d.adding.Lock()
	defer d.adding.Unlock()
	log := d.log // a copy: what d.log holds stays until the file is written
	added, err := log.Decide(index.At(e.options.Clock()), list, func(before func() *aliases.Decided, one index.Decision) error {
		return e.check(ctx, before, one)
	})
	if err != nil {
		return nil, err
	}
	if len(added) == 0 {
		return added, nil
	}
	if err := writeFile(filepath.Join(e.dir, decisionsName), aliases.AppendText([]byte(aliases.Header), log.All())); err != nil {
		return nil, fmt.Errorf("the decision was not recorded: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log, d.decided = log, log.Decided()
	d.version++
	return added, nil
}

// check asks the book that decisions make whether another one can be.
func (e *Engine) check(ctx context.Context, before func() *aliases.Decided, d index.Decision) error {
	if d.Action != index.ActionRename {
		return nil
	}
	return e.view(ctx, func(v *view) error {
		v.decided, v.facts = before(), &facts{}
		return v.book(d.Type).Check(d)
	})
}

// Decisions implements index.Engine.
func (e *Engine) Decisions(ctx context.Context) ([]index.Decision, error) {
	e.mu.RLock()
	closed := e.closed
	e.mu.RUnlock()
	if closed {
		return nil, index.ErrClosed
	}
	e.decisions.mu.Lock()
	defer e.decisions.mu.Unlock()
	return e.decisions.log.All(), ctx.Err()
}
