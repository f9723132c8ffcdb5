package server

import (
	"context"
	"sync"

	"dateline/index"
)

// state tells states of an index apart: every write and every decision makes another one. What an engine answers under a state that
// was read before is of that state or a later one, so that what is kept under it is never older than what a reader may expect.
type state struct {
	changes   index.Changes
	decisions int // the log only grows
}

// stateOf returns the state of the index with its description.
func (s *Server) stateOf(ctx context.Context) (st state, stats index.Stats, err error) {
	if stats, err = s.engine.Stats(ctx); err != nil {
		return st, stats, err
	}
	decisions, err := s.engine.Decisions(ctx)
	return state{stats.Changes, len(decisions)}, stats, err
}

// maxKept is how many answers of a state are kept: the windows of the front page, and the first pages of a list.
const maxKept = 16

// kept are answers that cost many searches and that many readers ask for, as long as the index does not change.
type kept[T any] struct {
	mu   sync.Mutex
	of   state
	list map[string]T
}

// get returns the answer that is kept under a key, or makes it; what comes with an error is not kept, and nothing is of an engine
// that does not count its changes. Two who ask at once may both make it. What was made is the same for
// all, so nobody may change it.
func (k *kept[T]) get(of state, key string, produce func() (T, error)) (T, error) {
	if of.changes == (index.Changes{}) {
		return produce()
	}
	k.mu.Lock()
	v, ok := k.list[key]
	ok = ok && k.of == of
	k.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := produce()
	if err != nil {
		return v, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of != of || k.list == nil {
		k.of, k.list = of, map[string]T{}
	}
	if len(k.list) < maxKept {
		k.list[key] = v
	}
	return v, nil
}
