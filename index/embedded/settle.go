package embedded

import (
	"context"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"dateline/index"
)

// Segments are merged while articles come in, by tiers of ten, which keeps that cheap, and once more when none have come for
// a while, so that a search has few of them to look into.

// maxSegmentArticles bounds a merged segment: the articles of one container of a Roaring bitmap. An index of a million
// articles has some two dozen segments, which are searched on all cores.
const maxSegmentArticles = 1 << 16

// floorSegmentArticles is of how many articles the smallest tier has segments. Bleve's own 2,000 would have it merge each batch
// of long articles with all those before, over and over, until there are as many.
const floorSegmentArticles = 100

// idle is how long no articles come before segments are merged once more, and idleSegments how many small ones that takes.
var (
	idle         = 5 * time.Second
	idleSegments = 4
)

// small reports whether a segment is to be merged with others.
func small(s *scorch.SegmentSnapshot) bool { return s.LiveSize() < maxSegmentArticles/2 }

// settled are the options of a merge that leaves no two small segments that fit into one.
var settled = mergeplan.MergePlanOptions{
	MaxSegmentsPerTier: 1, MaxSegmentSize: maxSegmentArticles, SegmentsPerMergeTask: 1000, TierGrowth: 1, FloorSegmentSize: 1,
	CalcBudget: func(int64, int64, *mergeplan.MergePlanOptions) int { return 1 },
	ScoreSegments: func(segments []mergeplan.Segment, _ *mergeplan.MergePlanOptions) (score float64) {
		for _, s := range segments {
			score -= float64(s.LiveSize())
		}
		return score // the lowest is taken
	},
}

// Settle merges the small segments, so that searches have fewer to look into. Searches and writes go on meanwhile. It does
// nothing of that when there is not the room for it on the disk. Meanwhile it compares the names that have not been yet: a merge
// takes one core, and changes no name. The context may end it early.
func (e *Engine) Settle(ctx context.Context) error {
	compared := make(chan error, 1)
	go func() { compared <- e.compareNames(ctx) }()
	err, other := e.mergeSmall(ctx), <-compared
	if err == nil && ctx.Err() == nil {
		err = other
	}
	return err
}

// mergeSmall merges small segments until there are none to merge. Bleve refuses a merge that is asked for during another one, as
// of the engine's own when nothing came for a while, so it waits for that, which may leave it nothing to do.
func (e *Engine) mergeSmall(ctx context.Context) error {
	select {
	case e.merging <- struct{}{}:
		defer func() { <-e.merging }()
	case <-e.closing:
		return index.ErrClosed
	case <-ctx.Done():
		return nil
	}
	for last := -1; ; {
		n, bytes, err := e.smallSegments()
		if err != nil || ctx.Err() != nil || n < 2 || n == last || !e.room(bytes) {
			return err
		}
		last = n
		e.mu.RLock()
		x := e.bleve
		e.mu.RUnlock()
		if x == nil {
			return index.ErrClosed
		}
		if err := x.ForceMerge(ctx, &settled); err != nil {
			return err
		}
	}
}

// compareNames finds out which names are alike, so that the first search need not, and writes it down.
func (e *Engine) compareNames(ctx context.Context) error {
	err := e.view(ctx, func(v *view) error {
		v.makeBooks()
		return nil
	})
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err != nil || e.readOnly != nil || e.closed {
		return err
	}
	return e.names.save(savedEighth)
}

// warm makes what searches need of the names of the present state.
func (e *Engine) warm(ctx context.Context) error {
	return e.view(ctx, func(v *view) error {
		v.spellings()
		return nil
	})
}

// smallSegments counts the small segments and their bytes.
func (e *Engine) smallSegments() (n int, bytes int64, err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	switch {
	case e.closed:
		return 0, 0, index.ErrClosed
	case e.readOnly != nil:
		return 0, 0, nil
	}
	r, err := e.bleve.Reader()
	if err != nil {
		return 0, 0, err
	}
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		if small(s) {
			n++
			bytes += int64(s.Segment().Size())
		}
	}
	return n, bytes, r.Close()
}

// room reports whether so many bytes can be written and what must stay free stays free.
func (e *Engine) room(bytes int64) bool {
	free, err := e.freeBytes()
	return err == nil && free > bytes+e.options.MinFree
}

// tend merges small segments whenever no articles have come for a while, and makes what the next questions need, until the engine
// is closed. An engine that serves does the latter when it is opened and soon after each write, too.
func (e *Engine) tend(idle time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-e.closing:
			cancel()
		case <-ctx.Done():
		}
	}()
	timer, soon := time.NewTimer(idle), time.NewTimer(0)
	defer timer.Stop()
	defer soon.Stop()
	serves := e.options.Serve
	if !serves {
		soon.Stop()
	}
	awaited, opened, wait := true, false, prepareWait // awaited is whether soon will come
	await := func() {
		if serves && !awaited {
			awaited = true
			soon.Reset(wait)
		}
	}
	for {
		select {
		case <-e.closing:
			return
		case <-e.written:
			timer.Reset(idle)
			await()
		case <-e.preparation.wanted:
			await()
		case <-soon.C:
			awaited = false
			wait = max(prepareWait, prepareTimes*e.prepare(ctx))
			if !opened {
				opened = true
				e.prepareMore(ctx)
			}
		case <-timer.C:
			e.builders.forget()
			if n, _, err := e.smallSegments(); err == nil && n >= idleSegments {
				_ = e.Settle(ctx) // Bleve reports what goes wrong with a merge by itself: see asyncError
			}
			if !serves {
				_ = e.warm(ctx) // the first search says what is wrong
				continue
			}
			e.prepare(ctx)
			e.prepareMore(ctx)
		}
	}
}
