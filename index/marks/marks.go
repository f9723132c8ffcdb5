// Package marks says which words of an article lie in the mentions of its entities: what @person stands for in a query.
package marks

import (
	"cmp"
	"slices"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// Set is a set of classes of names.
type Set uint8

// The classes.
const (
	Person Set = 1 << iota
	Org
	Place
)

// All has every class.
const All = Person | Org | Place

// Of returns the classes that a class of the query language means.
func Of(c query.Class) Set {
	if c == query.ClassEntity {
		return All
	}
	return ofType(string(c))
}

// ofType returns the class of a type of entity; of an unknown type there is none.
func ofType(typ string) Set {
	switch typ {
	case index.Person:
		return Person
	case index.Org:
		return Org
	case index.Place:
		return Place
	}
	return 0
}

// Marker marks the words of texts. It is for one goroutine.
type Marker struct {
	mentions []mention
	sets     []Set
}

// mention is a mention in one text, in bytes.
type mention struct {
	start, end int
	class      int // the bit of its Set
}

// Mark returns the classes of each token of a field of prose, or nil when no token has any: a token is of a class when it
// overlaps a mention of an entity of the class in the field. Mentions that do not lie in the text are none. The list is valid
// until the next call.
func (m *Marker) Mark(entities []index.Entity, field, text string, tokens []analysis.Token) []Set {
	m.collect(entities, field, text)
	if len(m.mentions) == 0 || len(tokens) == 0 {
		return nil
	}
	m.sets = append(m.sets[:0], make([]Set, len(tokens))...)
	var reach [3]int // where the mentions of each class that have begun end, at the latest
	last := 0        // of these
	rest, any := m.mentions, Set(0)
	for i := range tokens {
		for len(rest) > 0 && rest[0].start < tokens[i].End {
			begun := &rest[0]
			reach[begun.class], last = max(reach[begun.class], begun.end), max(last, begun.end)
			rest = rest[1:]
		}
		if last <= tokens[i].Start { // as most words
			continue
		}
		for class, end := range reach {
			if end > tokens[i].Start {
				m.sets[i] |= 1 << class
			}
		}
		any |= m.sets[i]
	}
	if any == 0 {
		return nil
	}
	return m.sets
}

// collect gathers the mentions of a text by where they begin.
func (m *Marker) collect(entities []index.Entity, field, text string) {
	m.mentions = m.mentions[:0]
	var t Text // made when there is a mention
	for i := range entities {
		class := slices.Index([]Set{Person, Org, Place}, ofType(entities[i].Type))
		for j := range entities[i].Mentions {
			at := &entities[i].Mentions[j]
			if class < 0 || at.Field != field || at.Start >= at.End {
				continue
			}
			if t.text == "" {
				t = NewText(text)
			}
			if start, end, ok := t.bytes(at.Start, at.End); ok {
				m.mentions = append(m.mentions, mention{start, end, class})
			}
		}
	}
	slices.SortFunc(m.mentions, func(a, b mention) int { return cmp.Compare(a.start, b.start) })
}
