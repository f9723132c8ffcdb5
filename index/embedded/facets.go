package embedded

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/analysis"
)

// facet counts the values of a field that were typed, among what the query and the other fields' filters leave.
func (f *found) facet(field index.Field, typed analysis.Beginnings) *index.Facet {
	if b := f.names.book(string(field)); b != nil {
		return f.entityFacet(field, b, typed)
	}
	t := f.view.table(string(field)) // warm has numbered every value of the state
	counts, free := takeNumbers(t.size())
	defer free()
	result := &index.Facet{Missing: f.view.tally(string(field), f.bases(field), f.Count, counts, nil)}
	t.leave(counts, typed)
	selected := slices.DeleteFunc(slices.Clone(f.Filters.Include[field]), func(v string) bool { return !typed.In(analysis.Fold(v)) })
	result.Values, result.Distinct = f.values(field, t, counts, selected)
	return result
}

// tally adds to counts how many articles, texts or stories of the sets have each value of a field, or each entity of a book, and
// returns how many have none.
func (v *view) tally(field string, sets []*roaring.Bitmap, u index.Unit, counts []uint32, b *book) (without int) {
	if u == index.Articles {
		return v.tallyArticles(field, sets, counts, b)
	}
	g := v.groupsOf(u)
	cols, alone := make([]*valueColumn, len(v.segments)), make([]*roaring.Bitmap, len(v.segments))
	for i, s := range v.segments {
		cols[i], alone[i] = s.column(field), g.alone(i, sets[i])
	}
	without = v.tallyArticles(field, alone, counts, b)
	// stamps[value] is one more than the group that was counted for it last; as groups come one after the other, each counts
	// once.
	stamps, free := takeNumbers(len(counts) + 1)
	defer free()
	var values []uint32
	g.each(sets, func(m member) {
		if values = cols[m.segment].of(values[:0], m.doc); len(values) == 0 && stamps[len(counts)] != m.group+1 {
			stamps[len(counts)] = m.group + 1
			without++
		}
		for _, n := range values {
			if b != nil {
				n = b.stands(n)
			}
			if stamps[n] != m.group+1 {
				stamps[n] = m.group + 1
				counts[n]++
			}
		}
	})
	return without
}

// tallyArticles is tally for articles.
func (v *view) tallyArticles(field string, sets []*roaring.Bitmap, counts []uint32, b *book) (without int) {
	for i, s := range v.segments {
		without += s.tally(field, sets[i], counts)
	}
	if b != nil {
		b.fold(counts)
		b.uncount(v, field, sets, counts)
	}
	return without
}

// table returns the numbers of a field's values.
func (v *view) table(field string) *table {
	if len(v.segments) == 0 {
		return &table{}
	}
	return v.segments[0].tables.table(field)
}

// numbered is table with every value of the state in it.
func (v *view) numbered(field string) *table {
	for _, s := range v.segments {
		s.column(field) // numbers its keys
	}
	return v.table(field)
}

// values picks the largest counts and the selected values.
func (f *found) values(field index.Field, t *table, counts []uint32, selected []string) (list []index.FacetValue, distinct int) {
	include, exclude := numbers(t, len(counts), selected), numbers(t, len(counts), f.Filters.Exclude[field])
	top, distinct := f.largest(counts, func(n uint32) string { return f.view.label(t, string(field), n) })
	for _, n := range include {
		if counts[n] > 0 && !slices.ContainsFunc(top, func(c facetCount) bool { return c.number == n }) {
			top = append(top, facetCount{n, counts[n], f.view.label(t, string(field), n)})
		}
	}
	list = []index.FacetValue{}
	for _, c := range top {
		list = append(list, index.FacetValue{
			Value: c.label, Count: int(c.count), Selected: slices.Contains(include, c.number), Excluded: slices.Contains(exclude, c.number),
		})
	}
	list = append(list, f.selectedZeros(field, t, counts, selected)...)
	slices.SortFunc(list, compareValues)
	return list, distinct
}

// compareValues orders values as a facet lists them.
func compareValues(a, b index.FacetValue) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
}

// facetCount is a value with its count.
type facetCount struct {
	number uint32
	count  uint32
	label  string
}

// largest returns the FacetSize largest counts, ties by label, and how many there are above 0.
func (f *found) largest(counts []uint32, label func(n uint32) string) (top []facetCount, distinct int) {
	best := worstFirst[facetCount]{size: f.FacetSize, before: func(a, b facetCount) bool {
		return a.count > b.count || a.count == b.count && a.label < b.label
	}}
	least := uint32(1) // a count below has no chance
	for n, count := range counts {
		if count == 0 {
			continue
		}
		distinct++
		if count < least {
			continue
		}
		best.add(facetCount{uint32(n), count, label(uint32(n))})
		if best.full() {
			least = best.list[0].count
		}
	}
	return best.list, distinct
}

// selectedZeros returns the values asked for that nothing has, each key once: as the index writes them, or, where it does
// not have them, as they were asked for.
func (f *found) selectedZeros(field index.Field, t *table, counts []uint32, selected []string) []index.FacetValue {
	var list []index.FacetValue
	seen := map[string]bool{}
	exclude := map[string]bool{}
	for _, v := range f.Filters.Exclude[field] {
		exclude[analysis.Fold(v)] = true
	}
	for _, asked := range selected {
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
	return slices.ContainsFunc(v.segments, func(s *segmentView) bool { return !s.value(field, key).IsEmpty() })
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
