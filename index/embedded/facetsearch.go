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
	counts, missing := newCounter(f.Count, t.size()), newCounter(f.Count, 1)
	for i, set := range f.bases(field) {
		s := f.view.segments[i]
		col, unit := s.values(string(field)), s.unit(f.Count)
		for it := set.Iterator(); it.HasNext(); {
			doc := it.Next()
			values := col.of(doc)
			if len(values) == 0 {
				missing.add(0, unit, doc)
			}
			for _, v := range values {
				counts.add(v, unit, doc)
			}
		}
	}
	totals := counts.total()
	for n := range totals {
		if totals[n] > 0 && !typed.In(t.entry(uint32(n)).key) {
			totals[n] = 0
		}
	}
	f.selectTyped(field, typed)
	result := &index.Facet{Missing: missing.total()[0]}
	result.Values, result.Distinct = f.values(field, t, totals)
	return result
}

// selectTyped leaves of the field's selected values those that were typed. What passes the filters is known by now.
func (f *found) selectTyped(field index.Field, typed analysis.Beginnings) {
	selected := slices.DeleteFunc(slices.Clone(f.Filters.Include[field]), func(value string) bool {
		return !typed.In(analysis.Fold(value))
	})
	f.Filters.Include = map[index.Field][]string{field: selected}
}
