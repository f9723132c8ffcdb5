package embedded

import (
	"context"

	"dateline/index"
	"dateline/index/analysis"
)

// Facet implements index.Engine.
func (e *Engine) Facet(ctx context.Context, r index.Request, field index.Field, prefix string) (*index.Facet, error) {
	r, err := r.ResolveFacet(field, prefix)
	if err != nil {
		return nil, err
	}
	var facet *index.Facet
	err = e.viewAt(ctx, r.AsOf, func(v *view) error {
		f, _, err := find(ctx, r, v)
		if err != nil {
			return err
		}
		if err := f.warm(); err != nil {
			return err
		}
		facet = f.facet(field, analysis.NewBeginnings(prefix))
		return nil
	})
	return facet, err
}

// leave sets the counts of values that were not typed to 0.
func (t *table) leave(counts []uint32, typed analysis.Beginnings) {
	if typed.Any() {
		return
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	for n := range counts {
		if counts[n] > 0 && !typed.In(t.entries[n].key) {
			counts[n] = 0
		}
	}
}
