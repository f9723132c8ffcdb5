package embedded

import (
	"context"
	"slices"

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
	err = e.view(ctx, func(v *view) error {
		f, _, err := find(ctx, r, v)
		if err != nil {
			return err
		}
		if err := f.warm(); err != nil {
			return err
		}
		facet = f.facetOf(field, analysis.NewBeginnings(prefix))
		return nil
	})
	return facet, err
}

// facetOf counts the values of a field that were typed, as facet counts all.
func (f *found) facetOf(field index.Field, typed analysis.Beginnings) *index.Facet {
	t := f.view.table(string(field))
	counts, free := takeNumbers(t.size())
	defer free()
	result := &index.Facet{Missing: f.view.tally(string(field), f.bases(field), f.Count, counts)}
	t.leave(counts, typed)
	f.selectTyped(field, typed)
	result.Values, result.Distinct = f.values(field, t, counts)
	return result
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

// selectTyped leaves of the field's selected values those that were typed. What passes the filters is known by now.
func (f *found) selectTyped(field index.Field, typed analysis.Beginnings) {
	selected := slices.DeleteFunc(slices.Clone(f.Filters.Include[field]), func(value string) bool {
		return !typed.In(analysis.Fold(value))
	})
	f.Filters.Include = map[index.Field][]string{field: selected}
}
