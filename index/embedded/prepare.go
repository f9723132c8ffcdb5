package embedded

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"dateline/index"
)

// What an index of a million articles needs to answer about names takes seconds to make when it was just opened, and a fraction
// of one after each write. An engine that serves makes it before anybody asks.

// preparation is how far an engine is.
type preparation struct {
	serves bool        // see Options.Serve
	opened atomic.Bool // what was there when the engine was opened is made, or cannot be
}

// pending reports whether what questions about names need is being made for the first time.
func (p *preparation) pending() bool { return p.serves && !p.opened.Load() }

// Waits of an engine that serves between a write and its preparation: so long at least, and so many times as long as that took
// the last time, so that a steady stream of writes does not keep a processor busy with it.
const (
	prepareWait  = 200 * time.Millisecond
	prepareTimes = 4
)

// prepare makes what questions need of the present state, and returns how long that took.
func (e *Engine) prepare(ctx context.Context) (took time.Duration) {
	began := time.Now()
	_ = e.view(ctx, func(v *view) error { return v.prepare(ctx) }) // who asks first is told what is wrong
	e.preparation.opened.Store(true)
	_ = e.view(ctx, func(v *view) error { return v.prepareMore(ctx) })
	return time.Since(began)
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

// prepareMore makes what makes other questions fast: the numbers of texts and stories, which every search counts, and short
// stems.
func (v *view) prepareMore(ctx context.Context) error {
	err := v.each(func(_ int, s *segmentView) error {
		s.column("text")
		s.column("story")
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
