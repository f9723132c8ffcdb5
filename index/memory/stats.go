package memory

import (
	"context"
	"time"

	"dateline/index"
)

// Stats implements index.Engine.
func (e *Engine) Stats(ctx context.Context) (index.Stats, error) {
	st, err := e.snapshot(ctx, time.UTC, time.Time{})
	if err != nil {
		return index.Stats{}, err
	}
	all, naming := st.all, st.books().naming(index.VariantsMerged)
	first, last, undated := span(all)
	s := index.Stats{
		Articles: len(all), Versions: st.versions, Texts: count(all, index.Texts), Stories: count(all, index.Stories), Undated: len(undated),
		First: index.At(first), Last: index.At(last), Distinct: map[index.Field]int{}, Entities: map[string]int{},
		Changes: st.changes,
	}
	for _, field := range index.FacetFields {
		s.Distinct[field] = distinct(all, field)
		if naming.book(string(field)) != nil {
			s.Distinct[field] = len(naming.named(string(field), all, nil))
		}
	}
	for _, typ := range []string{index.Person, index.Org, index.Place} {
		s.Entities[typ] = s.Distinct[index.Field(typ)]
	}
	s.Sources = s.Distinct[index.FieldSource]
	return s, nil
}

// distinct counts the keys of a field.
func distinct(all []*entry, field index.Field) int {
	keys := map[string]bool{}
	for _, e := range all {
		for _, key := range e.keys(field) {
			keys[key] = true
		}
	}
	return len(keys)
}
