// Package embedded is the Engine on Bleve, inside this process.
//
// Bleve keeps the index: which segments it has, their durability, when they are merged, and which articles are deleted. The
// segments are of package segment (see plugin). Everything above is executed here, over them: which articles match, their
// scores, facets, the timeline, order and snippets.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"

	"dateline/index"
	"dateline/index/segment"
)

// Options of an engine. The zero value opens an index for writing, and makes it where there is none.
type Options struct {
	ReadOnly bool        // never write; the index must exist
	Clock    index.Clock // nil is time.Now
	// MinFree is how many bytes must stay free on the disk for a batch to be taken, besides three times the batch's text;
	// 0 is DefaultMinFree.
	MinFree int64
	// Serve has what questions need made in the background, from the opening on and again after writes: see
	// index.CompletionRequest.Prompt. Who asks meanwhile waits for it, if it is not there yet.
	Serve bool
}

// DefaultMinFree leaves room for a merge of small segments and for the rejects file.
const DefaultMinFree = 8 << 20

// Engine is an index.Engine over a directory. It is made by Open.
type Engine struct {
	dir     string
	options Options

	mu       sync.RWMutex // held for reading while bleve is used, for writing while it is replaced
	bleve    *scorch.Scorch
	queue    *bleve.AnalysisQueue
	closed   bool
	empty    bool                 // opened for reading before anything was ever put
	readOnly *index.ReadOnlyError // why no more is written; nil while writing goes on

	journal *journal
	history history
	slots   chan *writer  // the free ones
	closing chan struct{} // closed by Close
	written chan struct{} // says that there was a batch
	merging chan struct{} // full while small segments are merged
	ids     reservations
	columns columnCache

	names     *graphs
	decisions decisions

	builders builders

	preparation preparation
}

var _ index.Engine = (*Engine)(nil)

// Open opens the index at dir. The whole index is verified before Bleve sees it.
// Errors: *DamageError, *FormatError, fs.ErrNotExist when ReadOnly and there is no index.
func Open(dir string, o Options) (*Engine, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.MinFree == 0 {
		o.MinFree = DefaultMinFree
	}
	_, err := readLayout(dir)
	if errors.Is(err, fs.ErrNotExist) && !o.ReadOnly {
		err = create(dir, o.Clock())
	}
	if err != nil {
		return nil, err
	}
	s, err := verify(dir)
	if err != nil {
		return nil, err
	}
	e := &Engine{dir: dir, options: o, slots: make(chan *writer, writers), closing: make(chan struct{}), written: make(chan struct{}, 1)}
	e.merging = make(chan struct{}, 1)
	e.preparation.serves.Store(o.Serve)
	e.preparation.wanted = make(chan struct{}, 1)
	e.names = &graphs{dir: dir}
	if err := e.decisions.open(dir); err != nil {
		return nil, err
	}
	e.history.of = s.marks
	e.ids.init()
	e.columns.init()
	if o.ReadOnly {
		e.readOnly = &index.ReadOnlyError{Reason: "it was opened for reading"}
		_, err := os.Stat(filepath.Join(dir, segmentsName, boltName))
		if errors.Is(err, fs.ErrNotExist) {
			e.empty = true
			return e, nil
		}
	}
	if err := e.open(s); err != nil {
		return nil, err
	}
	if o.ReadOnly && o.Serve {
		go func() {
			e.prepare(context.Background())
			e.prepareMore(context.Background())
		}()
	}
	return e, nil
}

// open opens Bleve and makes ready for writing, unless the engine is read-only. Bleve removes what its newest readable state
// does not name as soon as it opens for writing, so it is opened for reading first, and compared with what was acknowledged.
func (e *Engine) open(s state) error {
	writing := e.readOnly == nil
	if s.exists {
		if err := e.openCompared(s, true); err != nil || !writing {
			return err
		}
		if err := e.closeBleve(); err != nil {
			return err
		}
	}
	if !s.clean && s.exists {
		if err := rebuildBolt(filepath.Join(e.dir, segmentsName, boltName)); err != nil {
			return err
		}
	}
	if err := os.Remove(filepath.Join(e.dir, cleanName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := segment.SyncDir(e.dir); err != nil {
		return err
	}
	if err := e.openCompared(s, false); err != nil {
		return err
	}
	var err error
	if e.journal, err = openJournal(e.dir, s.marks); err != nil {
		return errors.Join(err, e.closeBleve())
	}
	for w := range writers {
		e.slots <- &writer{number: w, mark: s.marks[w]}
	}
	go e.tend(idle)
	return nil
}

// openCompared opens Bleve and compares the number of articles with the one acknowledged.
func (e *Engine) openCompared(s state, readOnly bool) error {
	err := guard(func() error { return e.openBleve(readOnly) })
	if err == nil {
		err = e.compareCount(s)
	}
	if err != nil {
		err = errors.Join(err, e.closeBleve())
	}
	var broken *readError
	if errors.As(err, &broken) {
		return &DamageError{File: filepath.Join(e.dir, segmentsName), Detail: fmt.Sprint(broken.what)}
	}
	return err
}

// compareCount compares the number of articles in Bleve with the one acknowledged.
func (e *Engine) compareCount(s state) error {
	r, err := e.bleve.Reader()
	if err != nil {
		return err
	}
	n, err := r.DocCount()
	if err = errors.Join(err, r.Close()); err != nil {
		return err
	}
	if int64(n) != s.total() {
		return &DamageError{
			File:   filepath.Join(e.dir, segmentsName),
			Detail: fmt.Sprintf("it holds %d articles, but %d were acknowledged", n, s.total()),
		}
	}
	return nil
}

// openBleve opens Bleve's part of the index.
func (e *Engine) openBleve(readOnly bool) error {
	e.queue = bleve.NewAnalysisQueue(1) // documents come analysed
	path := filepath.Join(e.dir, segmentsName)
	config := map[string]any{
		"path":                   path,
		"bolt_timeout":           boltTimeout.String(), // without it a second process waits for ever, silently
		"read_only":              readOnly,
		"asyncErrorCallbackName": watchAsync(path, e.asyncError),
		"forceSegmentType":       pluginType,
		"forceSegmentVersion":    pluginVersion,
		"scorchMergePlanOptions": map[string]any{"MaxSegmentSize": maxSegmentArticles, "FloorSegmentSize": floorSegmentArticles},
	}
	x, err := scorch.NewScorch(scorch.Name, config, e.queue)
	if err == nil {
		e.bleve = x.(*scorch.Scorch)
		err = e.bleve.Open()
	}
	if err != nil {
		e.bleve = nil
		e.queue.Close()
		return fmt.Errorf("open %s: %w", path, err)
	}
	return nil
}

func (e *Engine) closeBleve() error {
	if e.bleve == nil {
		return nil
	}
	err := e.bleve.Close()
	e.bleve = nil
	e.queue.Close()
	unwatchAsync(filepath.Join(e.dir, segmentsName))
	return err
}

// Close closes the index, and records its files, so that damage done to them while nobody looks is found. It waits for the
// batches under way.
func (e *Engine) Close() error {
	e.mu.Lock()
	again := e.closed
	e.closed = true
	e.mu.Unlock()
	if again {
		return nil
	}
	close(e.closing)
	e.preparation.close()
	if e.journal != nil {
		for range writers {
			<-e.slots
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	err := e.closeBleve()
	if e.readOnly == nil {
		err = errors.Join(err, e.names.save(0))
	}
	if e.journal == nil {
		return err
	}
	err = errors.Join(err, e.journal.close())
	if err == nil && e.readOnly == nil {
		err = tidy(e.dir)
	}
	return err
}

// ReadOnly returns why the index takes no writes any more, or "".
func (e *Engine) ReadOnly() string {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.readOnly == nil || e.options.ReadOnly {
		return ""
	}
	return e.readOnly.Reason
}

// fail ends writing: after a failed batch Bleve panics on searches until it is opened again, so it is opened again, for
// reading only.
func (e *Engine) fail(reason string, full bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed || e.readOnly != nil {
		return
	}
	e.readOnly = &index.ReadOnlyError{Reason: reason, Full: full}
	if err := e.closeBleve(); err != nil {
		e.readOnly.Reason += "; then: " + err.Error()
	}
	e.columns.drop()
	e.preparation.hold(nil)
	if err := e.openBleve(true); err != nil {
		e.readOnly.Reason += "; it could not be opened again for reading: " + err.Error()
	}
}

// asyncError is called by Bleve when its persister or merger fails, on a goroutine of theirs.
func (e *Engine) asyncError(err error) {
	if errors.Is(err, scorch.ErrClosed) || errors.Is(err, context.Canceled) {
		return
	}
	go e.fail(fmt.Sprintf("Bleve failed in the background: %v", err), isFull(err))
}
