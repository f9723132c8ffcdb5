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
	begun    int    // of these
	reach    [3]int // where the mentions of each class that have begun end, at the latest
	last     int    // of these
	sets     []Set
	text     Text
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
	if !m.Begin(entities, field, text) {
		return nil
	}
	m.sets = m.sets[:0]
	any := Set(0)
	for i := range tokens {
		s := m.Next(tokens[i].Start, tokens[i].End)
		m.sets, any = append(m.sets, s), any|s
	}
	if any == 0 {
		return nil
	}
	return m.sets
}

// Begin begins to mark the tokens of a field of prose, which Next takes one after the other. It reports false when no entity is
// mentioned in it.
func (m *Marker) Begin(entities []index.Entity, field, text string) bool {
	m.collect(entities, field, text)
	m.begun, m.reach, m.last = 0, [3]int{}, 0
	return len(m.mentions) > 0
}

// Next returns the classes of the next token, as Mark does.
func (m *Marker) Next(start, end int) (s Set) {
	for m.begun < len(m.mentions) && m.mentions[m.begun].start < end {
		begun := &m.mentions[m.begun]
		m.reach[begun.class], m.last = max(m.reach[begun.class], begun.end), max(m.last, begun.end)
		m.begun++
	}
	if m.last <= start { // as most words
		return 0
	}
	for class, reach := range m.reach {
		if reach > start {
			s |= 1 << class
		}
	}
	return s
}

// collect gathers the mentions of a text by where they begin.
func (m *Marker) collect(entities []index.Entity, field, text string) {
	m.mentions = m.mentions[:0]
	begun := false // to look at the text, which takes a mention
	for i := range entities {
		class := slices.Index([]Set{Person, Org, Place}, ofType(entities[i].Type))
		for j := range entities[i].Mentions {
			at := &entities[i].Mentions[j]
			if class < 0 || at.Field != field || at.Start >= at.End {
				continue
			}
			if !begun {
				begun = true
				m.text.set(text)
			}
			if start, end, ok := m.text.bytes(at.Start, at.End); ok {
				m.mentions = append(m.mentions, mention{start, end, class})
			}
		}
	}
	slices.SortFunc(m.mentions, func(a, b mention) int { return cmp.Compare(a.start, b.start) })
}
