package embedded

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"dateline/index"
)

// What an index of a million articles needs to answer about names takes seconds to make when it was just opened, and a fraction
// of one after each write. An engine that serves makes it before anybody asks.

// preparation is how far an engine is.
type preparation struct {
	serves atomic.Bool   // see Options.Serve
	opened atomic.Bool   // what was there when the engine was opened is made, or cannot be
	wanted chan struct{} // says that a question met a state that is not prepared

	mu     sync.Mutex
	latest *heldView // the latest state that was prepared
	closed bool
}

// heldView is a state of the index that stays as it is until nobody uses it any more.
type heldView struct {
	*view
	release func() error
	users   int
}

// hold makes a state the latest prepared one, nil for none. After close it lets go of it.
func (p *preparation) hold(h *heldView) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if h != nil {
		h.users++
	}
	if h != nil && p.closed {
		p.leave(h)
		return
	}
	if p.latest != nil {
		p.leave(p.latest)
	}
	p.latest = h
}

// use returns the latest prepared state, nil where there is none. done has to be called with it.
func (p *preparation) use() *heldView {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.latest != nil {
		p.latest.users++
	}
	return p.latest
}

// done says that a state is not used any more.
func (p *preparation) done(h *heldView) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.leave(h)
}

// leave is done for who holds the lock.
func (p *preparation) leave(h *heldView) {
	if h.users--; h.users == 0 {
		_ = h.release() // nothing was written through it
	}
}

// close lets go of the latest prepared state, for good.
func (p *preparation) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.hold(nil)
}

// freshness says how a view stands to the present state.
type freshness byte

const (
	present freshness = iota
	behind            // it is of a moment ago
	pending           // it is present, but names would have to be waited for
)

// viewFor calls fn with the present state or, for a prompt question, with the latest prepared one. It may call it twice: see viewAt.
func (e *Engine) viewFor(ctx context.Context, prompt bool, fn func(*view, freshness) error) error {
	return e.view(ctx, func(v *view) error {
		p := &e.preparation
		if !prompt || !p.serves.Load() || v.facts.prepared.Load() {
			return fn(v, present)
		}
		select {
		case p.wanted <- struct{}{}:
		default:
		}
		if h := p.use(); h != nil {
			defer p.done(h)
			return fn(h.view, behind)
		}
		if p.opened.Load() {
			return fn(v, present)
		}
		return fn(v, pending)
	})
}

// Waits of an engine that serves between a write and its preparation: so long at least, and so many times as long as that took
// the last time, so that a steady stream of writes does not keep a processor busy with it.
const (
	prepareWait  = 200 * time.Millisecond
	prepareTimes = 4
)

// prepare makes what questions need of the present state, and returns how long that took. What goes wrong is not said: who asks
// is told.
func (e *Engine) prepare(ctx context.Context) (took time.Duration) {
	began := time.Now()
	defer e.preparation.opened.Store(true)
	v, release, err := e.acquire(time.Time{})
	if err != nil {
		return 0
	}
	if err := guard(func() error { return v.prepare(ctx) }); err != nil {
		_ = release()
		return time.Since(began)
	}
	v.facts.prepared.Store(true)
	if e.preparation.serves.Load() {
		e.preparation.hold(&heldView{view: v, release: release})
	} else {
		_ = release()
	}
	return time.Since(began)
}

// prepareMore makes what else makes questions to an engine that serves fast, of an index that is not written to.
func (e *Engine) prepareMore(ctx context.Context) {
	err := e.view(ctx, func(v *view) error { return v.prepareMore(ctx) })
	if err == nil {
		e.askLetters(ctx)
	}
}

// prepare makes what suggestions need.
func (v *view) prepare(ctx context.Context) error {
	if len(v.segments) == 0 {
		return nil
	}
	var words, books, counts []func()
	for _, field := range index.FacetFields {
		words = append(words, func() { v.numbered(string(field)).beginning("") })
		counts = append(counts, func() { v.facts.counted(v, string(field), v.naming(index.VariantsMerged).book(string(field))) })
	}
	for _, typ := range index.EntityTypes {
		words = append(words, func() { v.numbered(aliasField(typ)).beginning("") })
		books = append(books, func() { v.book(typ).Prepare() })
		counts = append(counts, func() { v.facts.counted(v, aliasField(typ), nil) })
	}
	for _, parts := range [][]func(){words, books, counts} {
		if err := inParallel(ctx, parts); err != nil {
			return err
		}
	}
	v.spellings()
	return nil
}

// prepareMore makes what makes other questions fast: the numbers of texts and stories, which every search counts, the order by
// date, and short stems.
func (v *view) prepareMore(ctx context.Context) error {
	err := v.each(func(_ int, s *segmentView) error {
		s.column("text")
		s.column("story")
		s.latest()
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	return v.makeShortStems(ctx)
}

// inParallel calls the functions on all cores. What fails panics in them, as it does elsewhere while segments are read.
func inParallel(ctx context.Context, parts []func()) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, part := range parts {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return guard(func() error {
				part()
				return nil
			})
		})
	}
	return group.Wait()
}
