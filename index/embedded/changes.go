package embedded

import (
	"sync"

	"dateline/index"
)

// history are the marks of all writers, for whoever asks what was done to the index.
type history struct {
	mu sync.Mutex
	of [writers]mark
}

// keepMark takes the mark of a writer that has come further.
func (e *Engine) keepMark(w *writer) {
	e.history.mu.Lock()
	defer e.history.mu.Unlock()
	e.history.of[w.number] = w.mark
}

// Changes implements index.Witness.
func (e *Engine) Changes() (c index.Changes) {
	e.history.mu.Lock()
	defer e.history.mu.Unlock()
	for _, m := range e.history.of {
		c = c.Plus(m.sum)
	}
	return c
}

var _ index.Witness = (*Engine)(nil)

// Witnessed implements index.Witness.
func (e *Engine) Witnessed() map[uint64]index.Changes {
	e.history.mu.Lock()
	defer e.history.mu.Unlock()
	tagged := map[uint64]index.Changes{}
	for _, m := range e.history.of {
		if m.tag != 0 {
			tagged[m.tag] = m.last
		}
	}
	return tagged
}
