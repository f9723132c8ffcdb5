package memory

import (
	"maps"
	"slices"

	"dateline/index"
	"dateline/index/analysis"
)

// entityFacet is facet for a field of names: an article counts once for an entity, whatever names of it it has.
func (s *search) entityFacet(field index.Field, b *book, typed analysis.Beginnings) *index.Facet {
	having, without := b.share(s.base(field))
	maps.DeleteFunc(having, func(of uint32, _ []*entry) bool { return !b.typed(of, typed) })
	include, others := b.chosen(s.Filters.Include[field])
	exclude, _ := b.chosen(s.Filters.Exclude[field])
	distinct := 0
	for of := range having {
		if !b.Hidden(of) {
			distinct++
		} else if !slices.Contains(include, of) {
			delete(having, of)
		}
	}
	for _, of := range include {
		if _, counted := having[of]; !counted && b.typed(of, typed) {
			having[of] = nil
		}
	}
	values := s.otherValues(field, others, typed)
	for of, list := range having {
		values = append(values, index.FacetValue{Value: b.Label(of), Count: count(list, s.Count), Names: len(b.Members(of)),
			Selected: slices.Contains(include, of), Excluded: slices.Contains(exclude, of)})
	}
	return &index.Facet{Values: shown(values, s.FacetSize), Distinct: distinct, Missing: count(without, s.Count)}
}

// share returns the articles that name each entity, and those that name none.
func (b *book) share(all []*entry) (having map[uint32][]*entry, without []*entry) {
	having = map[uint32][]*entry{}
	for _, e := range all {
		entities := b.of(e)
		for _, of := range entities {
			having[of] = append(having[of], e)
		}
		if len(entities) == 0 {
			without = append(without, e)
		}
	}
	return having, without
}

// otherValues counts selected values that are no entity, by key, for what else they stand for.
func (s *search) otherValues(field index.Field, others map[string]string, typed analysis.Beginnings) (values []index.FacetValue) {
	excluded := keysOf(s.Filters.Exclude[field])
	for key, asked := range others {
		if !typed.In(key) {
			continue
		}
		var list []*entry
		for _, e := range s.base(field) {
			if s.naming.has(e, string(field), asked, false) {
				list = append(list, e)
			}
		}
		_, also := excluded[key]
		values = append(values, index.FacetValue{Value: asked, Count: count(list, s.Count), Selected: true, Excluded: also})
	}
	return values
}

// chosen returns the entities that values of a filter are, and the other values by key, as first written.
func (b *book) chosen(values []string) (entities []uint32, others map[string]string) {
	others = map[string]string{}
	for key, v := range keysOf(values) {
		if names, ok := b.Filter(v); ok {
			entities = append(entities, b.Of()[names[0]])
		} else {
			others[key] = v
		}
	}
	return entities, others
}

// typed reports whether a name of an entity, or what it is shown as, is what was typed.
func (b *book) typed(of uint32, typed analysis.Beginnings) bool {
	if typed.In(analysis.Fold(b.Label(of))) {
		return true
	}
	return slices.ContainsFunc(b.all(of), func(i uint32) bool { return typed.In(b.lexicon.Key(int(i))) })
}
