package embedded

import (
	"cmp"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
)

// facet counts the values of a field among what the query and the other fields' filters leave.
func (f *found) facet(field index.Field) *index.Facet {
	sets := f.bases(field)
	t := f.view.table(string(field)) // warm has numbered every value of the state
	counts, missing := newCounter(f.Count, t.size()), newCounter(f.Count, 1)
	for i, set := range sets {
		s := f.view.segments[i]
		col := s.values(string(field))
		unit := s.unit(f.Count)
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
	result := &index.Facet{Missing: missing.total()[0]}
	result.Values, result.Distinct = f.values(field, t, counts.total())
	return result
}

// table returns the numbers of a field's values.
func (v *view) table(field string) *table {
	if len(v.segments) == 0 {
		return &table{}
	}
	return v.segments[0].columns.tables.table(field)
}

// values picks the largest counts and the selected values.
func (f *found) values(field index.Field, t *table, counts []int) (list []index.FacetValue, distinct int) {
	include, exclude := numbers(t, len(counts), f.Filters.Include[field]), numbers(t, len(counts), f.Filters.Exclude[field])
	all := []facetCount{}
	for n, count := range counts {
		if count > 0 {
			all = append(all, facetCount{number: uint32(n), count: count})
		}
	}
	distinct = len(all)
	top := f.largest(all, t, string(field))
	for _, n := range include {
		if counts[n] > 0 && !slices.ContainsFunc(top, func(c facetCount) bool { return c.number == n }) {
			top = append(top, facetCount{n, counts[n], f.view.label(t, string(field), n)})
		}
	}
	list = []index.FacetValue{}
	for _, c := range top {
		list = append(list, index.FacetValue{
			Value: c.label, Count: c.count, Selected: slices.Contains(include, c.number), Excluded: slices.Contains(exclude, c.number),
		})
	}
	list = append(list, f.selectedZeros(field, t, counts)...)
	slices.SortFunc(list, func(a, b index.FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return list, distinct
}

// facetCount is a value with its count.
type facetCount struct {
	number uint32
	count  int
	label  string
}

// largest returns the FacetSize largest counts in order, ties by label.
func (f *found) largest(all []facetCount, t *table, field string) []facetCount {
	slices.SortFunc(all, func(a, b facetCount) int { return cmp.Compare(b.count, a.count) })
	if len(all) > f.FacetSize {
		least := all[f.FacetSize-1].count
		n := f.FacetSize
		for n < len(all) && all[n].count == least {
			n++
		}
		all = all[:n]
	}
	for i := range all {
		all[i].label = f.view.label(t, field, all[i].number)
	}
	slices.SortFunc(all, func(a, b facetCount) int {
		return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.label, b.label))
	})
	return all[:min(len(all), f.FacetSize)]
}

// selectedZeros returns the values asked for that nothing has, each key once: as the index writes them, or, where it does
// not have them, as they were asked for.
func (f *found) selectedZeros(field index.Field, t *table, counts []int) []index.FacetValue {
	var list []index.FacetValue
	seen := map[string]bool{}
	exclude := map[string]bool{}
	for _, v := range f.Filters.Exclude[field] {
		exclude[analysis.Fold(v)] = true
	}
	for _, asked := range f.Filters.Include[field] {
		key := analysis.Fold(asked)
		if key == "" || seen[key] {
			continue
		}
		seen[key] = true
		n, known := t.find(key)
		if known && int(n) < len(counts) && counts[n] > 0 {
			continue
		}
		label := asked
		if known && f.view.has(string(field), key) {
			label = f.view.label(t, string(field), n)
		}
		list = append(list, index.FacetValue{Value: label, Selected: true, Excluded: exclude[key]})
	}
	return list
}

// has reports whether any live article has a value.
func (v *view) has(field, key string) bool {
	for _, s := range v.segments {
		docs, err := s.value(field, key)
		must(err)
		if !docs.IsEmpty() {
			return true
		}
	}
	return false
}

// numbers returns the numbers below limit of those values that any article ever had, each once.
func numbers(t *table, limit int, values []string) []uint32 {
	var list []uint32
	for _, v := range values {
		if n, ok := t.find(analysis.Fold(v)); ok && int(n) < limit && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// counter counts articles, texts or stories in buckets.
type counter struct {
	counts []int
	pairs  []uint64 // bucket and text or story, not yet made unique; nil when articles are counted
	unit   index.Unit
}

func newCounter(u index.Unit, buckets int) *counter {
	return &counter{counts: make([]int, buckets), unit: u}
}

// add counts an article in a bucket. unit is the column of texts or stories, nil when articles are counted.
func (c *counter) add(bucket uint32, unit *valueColumn, doc uint32) {
	if unit == nil {
		c.counts[bucket]++
		return
	}
	if ids := unit.of(doc); len(ids) > 0 {
		c.pairs = append(c.pairs, uint64(bucket)<<32|uint64(ids[0]))
	} else {
		c.counts[bucket]++ // one of its own
	}
}

// total returns the counts.
func (c *counter) total() []int {
	slices.Sort(c.pairs)
	for _, p := range slices.Compact(c.pairs) {
		c.counts[p>>32]++
	}
	c.pairs = nil
	return c.counts
}

// unit returns the column of texts or stories, nil for articles.
func (s *segmentView) unit(u index.Unit) *valueColumn {
	if u == index.Articles {
		return nil
	}
	return s.values(unitField(u))
}
