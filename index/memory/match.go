package memory

import (
	"slices"
	"time"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// matches reports whether an article matches a lowered tree.
func (l leaves) matches(e *entry, tree query.Node) bool {
	matches := func(n query.Node) bool { return l.matches(e, n) }
	if query.IsProse(tree) {
		return l.occurs(e, tree)
	}
	switch n := tree.(type) {
	case nil, query.All:
		return true
	case query.Value:
		return l.naming.has(e, n.Field, n.Text, true)
	case query.Dates:
		switch n.Field {
		case "indexed":
			return within(e.article.Indexed, n.From, n.To)
		case "changed":
			return within(e.article.Changed, n.From, n.To)
		}
		return within(e.when, n.From, n.To)
	case query.Has:
		return e.anything(n.Field)
	case query.Number:
		body, _ := e.text("body")
		return n.From <= len(body.tokens) && len(body.tokens) <= n.To
	case query.Boost:
		return matches(n.Node)
	case query.And:
		return !slices.ContainsFunc(n.Nodes, func(c query.Node) bool { return !matches(c) })
	case query.Or:
		return slices.ContainsFunc(n.Nodes, matches)
	case query.Not:
		return !matches(n.Node)
	}
	panic("memory: a node that no lowered tree holds")
}

// occurs reports whether a unit occurs in one of the fields of prose.
func (l leaves) occurs(e *entry, n query.Node) bool {
	return slices.ContainsFunc(e.texts, func(t text) bool { return len(l.runs(n, t)) > 0 })
}

// anything reports whether the article has something in a field.
func (e *entry) anything(field string) bool {
	switch field {
	case "date":
		return !e.article.Published.IsZero()
	case "indexed":
		return !e.article.Indexed.IsZero()
	case "changed":
		return !e.article.Changed.IsZero()
	case "author": // is a field of prose, too
		return len(e.values[field]) > 0
	}
	if t, ok := e.text(field); ok {
		return len(t.tokens) > 0
	}
	return len(e.values[field]) > 0
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

// passes reports whether an article passes the filters, those of the field except left out.
func (n *naming) passes(e *entry, f index.Filters, except index.Field) bool {
	if !(f.From.IsZero() && f.To.IsZero()) && !within(e.when, f.From, f.To) {
		return false
	}
	for field, values := range f.Include {
		if field != except && anyValue(values) && !n.hasOneOf(e, field, values) {
			return false
		}
	}
	for field, values := range f.Exclude {
		if field != except && n.hasOneOf(e, field, values) {
			return false
		}
	}
	return !slices.ContainsFunc(f.Missing, func(field index.Field) bool {
		return field != except && len(e.values[string(field)]) > 0
	})
}

func (n *naming) hasOneOf(e *entry, field index.Field, values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return n.has(e, string(field), v, false) })
}

// anyValue reports whether a filter has a value at all: those with an empty key are ignored.
func anyValue(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return analysis.Fold(v) != "" })
}
