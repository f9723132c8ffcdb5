package memory

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
)

// Facet implements index.Engine.
func (e *Engine) Facet(ctx context.Context, r index.Request, field index.Field, prefix string) (*index.Facet, error) {
	r, err := r.ResolveFacet(field, prefix)
	if err != nil {
		return nil, err
	}
	s, err := e.find(ctx, r)
	if err != nil {
		return nil, err
	}
	return s.facet(field, analysis.NewBeginnings(prefix)), nil
}

// facet counts the values of a field, those that were typed, among what the query and the other fields' filters leave.
func (s *search) facet(field index.Field, typed analysis.Beginnings) *index.Facet {
	if b := s.naming.book(string(field)); b != nil {
		return s.entityFacet(field, b, typed)
	}
	having := map[string][]*entry{} // by key
	var without []*entry
	for _, e := range s.base(field) {
		keys := e.keys(field)
		for _, key := range keys {
			if typed.In(key) {
				having[key] = append(having[key], e)
			}
		}
		if len(keys) == 0 {
			without = append(without, e)
		}
	}
	include, exclude := keysOf(s.Filters.Include[field]), keysOf(s.Filters.Exclude[field])
	labels := s.labels(field)
	var values []index.FacetValue
	add := func(key, label string) {
		_, selected := include[key]
		_, excluded := exclude[key]
		values = append(values, index.FacetValue{Value: label, Count: count(having[key], s.Count), Selected: selected, Excluded: excluded})
	}
	for key := range having {
		add(key, labels[key])
	}
	for key, asked := range include {
		if having[key] == nil && typed.In(key) {
			add(key, cmp.Or(labels[key], asked))
		}
	}
	return &index.Facet{Values: shown(values, s.FacetSize), Distinct: len(having), Missing: count(without, s.Count)}
}

// shown leaves the size largest values and those selected; only selected ones count nothing, and they stand last.
func shown(values []index.FacetValue, size int) []index.FacetValue {
	slices.SortFunc(values, func(a, b index.FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	list := []index.FacetValue{}
	for i, v := range values {
		if i < size || v.Selected {
			list = append(list, v)
		}
	}
	return list
}

// keys returns the keys of the article's values of a field, each once.
func (e *entry) keys(field index.Field) []string {
	var keys []string
	for _, v := range e.values[string(field)] {
		if !slices.Contains(keys, v.key) {
			keys = append(keys, v.key)
		}
	}
	return keys
}

// keysOf returns the keys of a filter's values, with the first spelling of each.
func keysOf(values []string) map[string]string {
	keys := map[string]string{}
	for _, v := range values {
		key := analysis.Fold(v)
		if _, known := keys[key]; key != "" && !known {
			keys[key] = v
		}
	}
	return keys
}

// labels returns how each key of a field is shown: as most articles of the index write it.
func (s *search) labels(field index.Field) map[string]string {
	articles := map[value]int{}
	for _, e := range s.state.all {
		seen := map[value]bool{}
		for _, v := range e.values[string(field)] {
			if !seen[v] {
				articles[v]++
			}
			seen[v] = true
		}
	}
	labels := map[string]string{}
	for v, n := range articles {
		best, known := labels[v.key]
		if m := articles[value{v.key, best}]; !known || n > m || n == m && v.written < best {
			labels[v.key] = v.written
		}
	}
	return labels
}
