package embedded

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/aliases"
	"dateline/index/analysis"
)

// entityFacet is facet for a field of names.
func (f *found) entityFacet(field index.Field, b *book, typed analysis.Beginnings) *index.Facet {
	t := f.view.table(string(field))
	counts, free := takeNumbers(t.size())
	defer free()
	bases := f.bases(field)
	result := &index.Facet{Missing: f.view.tally(string(field), bases, f.Count, counts, b)}
	b.leave(t, counts, typed)
	asked := f.asked(field, b, bases, typed)
	exclude := f.excluded(field, b)
	list := []index.FacetValue{}
	for _, a := range asked {
		v := index.FacetValue{Value: a.label, Selected: true, Count: a.count, Excluded: slices.Contains(exclude, a.key)}
		if a.entity {
			v.Count, v.Names = int(counts[a.of]), b.names(a.of)
			v.Excluded = slices.Contains(exclude, b.key(t, a.of))
		}
		list = append(list, v)
	}
	shown := b.hide(counts, asked)
	top, distinct := f.largest(counts, func(n uint32) string { return b.Label(n) })
	distinct -= shown
	for _, c := range top {
		if !slices.ContainsFunc(asked, func(a askedValue) bool { return a.entity && a.of == c.number }) {
			list = append(list, index.FacetValue{
				Value: c.label, Count: int(c.count), Names: b.names(c.number), Excluded: slices.Contains(exclude, b.key(t, c.number)),
			})
		}
	}
	slices.SortFunc(list, compareValues)
	result.Values, result.Distinct = sized(list, f.FacetSize), distinct
	return result
}

// sized leaves the size largest values and those selected, which may be no entities and were not among those that largest chose from.
func sized(list []index.FacetValue, size int) []index.FacetValue {
	size = min(size, len(list))
	return append(list[:size], slices.DeleteFunc(list[size:], func(v index.FacetValue) bool { return !v.Selected })...)
}

// askedValue is a selected value of a facet of names: an entity of the index, or what else the value stands for.
type askedValue struct {
	label  string
	entity bool
	of     uint32
	key    string
	count  int
}

// asked returns the selected values that were typed, each once.
func (f *found) asked(field index.Field, b *book, bases []*roaring.Bitmap, typed analysis.Beginnings) []askedValue {
	var list []askedValue
	for _, value := range f.Filters.Include[field] {
		a := f.askedValue(string(field), b, value)
		again := slices.ContainsFunc(list, func(other askedValue) bool {
			return a.entity == other.entity && a.of == other.of && (a.entity || a.key == other.key)
		})
		if a.key == "" || again || !f.typed(string(field), b, a, typed) {
			continue
		}
		if !a.entity {
			sets := make([]*roaring.Bitmap, len(bases))
			for i, s := range f.view.segments {
				sets[i] = roaring.And(bases[i], f.names.value(s, string(field), value, false))
			}
			a.count = f.view.count(sets, f.Count)
		}
		list = append(list, a)
	}
	return list
}

func (f *found) askedValue(field string, b *book, value string) askedValue {
	a := askedValue{label: value, key: analysis.Fold(value)}
	if names, ok := b.Filter(value); ok && len(names) > 0 {
		a.entity, a.of = true, b.stands(names[0])
		a.label = b.Label(a.of)
	}
	return a
}

// typed reports whether a selected value is among those that were typed.
func (f *found) typed(field string, b *book, a askedValue, typed analysis.Beginnings) bool {
	if !a.entity {
		return typed.In(a.key)
	}
	return b.typed(f.view.table(field), a.of, typed)
}

// excluded returns the keys of what is excluded: of an entity that of the name that stands for it, of any other value its own.
func (f *found) excluded(field index.Field, b *book) (keys []string) {
	for _, value := range f.Filters.Exclude[field] {
		a := f.askedValue(string(field), b, value)
		if a.entity {
			a.key = b.key(f.view.table(string(field)), a.of)
		}
		if a.key != "" {
			keys = append(keys, a.key)
		}
	}
	return keys
}

// key returns the key of a name.
func (b *book) key(t *table, n uint32) string {
	e, _ := t.entry(n)
	return e.key
}

// names returns how many names an entity has, 0 for one.
func (b *book) names(of uint32) int {
	if members := b.Members(of); len(members) > 1 {
		return len(members)
	}
	return 0
}

// hide sets the counts of hidden entities to 0, but of those that are selected, and returns how many of these have one.
func (b *book) hide(counts []uint32, asked []askedValue) (shown int) {
	if !b.AnyHidden() {
		return 0
	}
	for n := range counts {
		switch {
		case counts[n] == 0 || !b.Hidden(uint32(n)):
		case slices.ContainsFunc(asked, func(a askedValue) bool { return a.entity && a.of == uint32(n) }):
			shown++
		default:
			counts[n] = 0
		}
	}
	return shown
}

// leave sets the counts of entities of which no name was typed to 0.
func (b *book) leave(t *table, counts []uint32, typed analysis.Beginnings) {
	if typed.Any() {
		return
	}
	for n := range counts {
		if counts[n] > 0 && !b.typed(t, uint32(n), typed) {
			counts[n] = 0
		}
	}
}

// typed reports whether a name of an entity, or what it is shown as, is what was typed.
func (b *book) typed(t *table, of uint32, typed analysis.Beginnings) bool {
	if typed.Any() || typed.In(b.key(t, of)) {
		return true
	}
	return slices.ContainsFunc(b.Members(of), func(n uint32) bool { return typed.In(b.key(t, n)) }) ||
		b.Renamed(of) && typed.In(analysis.Fold(b.Label(of)))
}

var _ aliases.Lexicon = (*lexicon)(nil)
