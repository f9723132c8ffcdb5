package memory

import (
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// matches reports whether an article matches a lowered tree.
func (l leaves) matches(e *entry, tree query.Node) bool {
	matches := func(n query.Node) bool { return l.matches(e, n) }
	switch n := tree.(type) {
	case nil, query.All:
		return true
	case query.Word, query.Phrase, query.Prefix:
		return e.contains(l.of(n))
	case query.Value:
		return e.has(n.Field, n.Text)
	case query.Dates:
		if n.Field == "indexed" {
			return within(e.article.Indexed, n.From, n.To)
		}
		return within(e.article.Published, n.From, n.To)
	case query.And:
		return !slices.ContainsFunc(n.Nodes, func(c query.Node) bool { return !matches(c) })
	case query.Or:
		return slices.ContainsFunc(n.Nodes, matches)
	case query.Not:
		return !matches(n.Node)
	}
	panic("memory: a node that no lowered tree holds")
}

// leaves keeps the leaves of a tree, so that each is analysed once.
type leaves map[query.Node]leaf

func (l leaves) of(n query.Node) leaf {
	made, ok := l[n]
	if !ok {
		made = leafOf(n)
		l[n] = made
	}
	return made
}

// leaf is a word, phrase or prefix as terms that stand one after the other.
type leaf struct {
	fields []string
	terms  []string
	stems  []string // of terms
	prefix bool     // the last of terms is the beginning of one, as written
}

func leafOf(n query.Node) leaf {
	switch n := n.(type) {
	case query.Word:
		return newLeaf(n.Field, n.Text, false)
	case query.Phrase:
		return newLeaf(n.Field, n.Text, false)
	case query.Prefix:
		return newLeaf(n.Field, n.Text, true)
	}
	panic("memory: not a leaf")
}

func newLeaf(field, text string, prefix bool) leaf {
	l := leaf{fields: []string{field}, prefix: prefix}
	if field == "" {
		l.fields = index.DefaultTextFields
	}
	for _, t := range analysis.Tokens(nil, text) {
		l.terms, l.stems = append(l.terms, t.Term), append(l.stems, analysis.Stem(t.Term))
	}
	return l
}

func (e *entry) contains(l leaf) bool {
	return slices.ContainsFunc(l.fields, func(f string) bool { return l.count(e.tokens[f]) > 0 })
}

// count returns the number of places in one field where the terms begin.
func (l leaf) count(field []token) int {
	n := 0
	for i := range field {
		if l.begins(field[i:]) {
			n++
		}
	}
	return n
}

// begins reports whether the first tokens are the terms, at positions that follow one another.
func (l leaf) begins(field []token) bool {
	if len(l.terms) == 0 || len(field) < len(l.terms) {
		return false
	}
	for i := range l.terms {
		if field[i].position != field[0].position+i || !l.fits(i, field[i]) {
			return false
		}
	}
	return true
}

// fits reports whether a token is the term i.
func (l leaf) fits(i int, t token) bool {
	if l.prefix && i == len(l.terms)-1 {
		return strings.HasPrefix(t.term, l.terms[i])
	}
	return t.stem == l.stems[i]
}

// has reports whether an exact field has the value.
func (e *entry) has(field, text string) bool {
	key := analysis.Fold(text)
	return slices.ContainsFunc(e.values[field], func(v value) bool { return v.key == key })
}

// within reports whether t lies in [from, to). A zero bound is open, and a zero t lies nowhere.
func within(t index.Time, from, to time.Time) bool {
	return !t.IsZero() && !(!from.IsZero() && t.Before(from)) && !(!to.IsZero() && !t.Before(to))
}

// passes reports whether the article passes the filters, those of the field except left out.
func (e *entry) passes(f index.Filters, except index.Field) bool {
	if !(f.From.IsZero() && f.To.IsZero()) && !within(e.article.Published, f.From, f.To) {
		return false
	}
	for field, values := range f.Include {
		if field != except && anyValue(values) && !e.hasOneOf(field, values) {
			return false
		}
	}
	for field, values := range f.Exclude {
		if field != except && e.hasOneOf(field, values) {
			return false
		}
	}
	return !slices.ContainsFunc(f.Missing, func(field index.Field) bool {
		return field != except && len(e.values[string(field)]) > 0
	})
}

func (e *entry) hasOneOf(field index.Field, values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return e.has(string(field), v) })
}

// anyValue reports whether a filter has a value at all: those with an empty key are ignored.
func anyValue(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return analysis.Fold(v) != "" })
}
