package query

import "slices"

// Tree returns the query as a tree without List, for an engine to run. Words side by side all have to match under MatchAll
// and MatchAuto. Under MatchAny one of them has to; but where some have a +, those have to and the bare ones only help the
// ranking. Values and dates beside words have to match in any case. What has a - never matches. The tree is never nil, and
// an And in it has at least one node that is no Not.
func (q *Query) Tree(m Match) Node {
	if q == nil || q.Root == nil {
		return All{}
	}
	return apart(lower(q.Root, m))
}

// apart makes the left side and no place near of each OpNotNear that is no side of another Near: its left side has to be
// there, and nowhere in the article that near to the right.
func apart(n Node) Node {
	all := func(nodes []Node) []Node {
		list := make([]Node, len(nodes))
		for i, c := range nodes {
			list[i] = apart(c)
		}
		return list
	}
	switch n := n.(type) {
	case And:
		and := allOf(n.At, all(n.Nodes))
		if len(n.Optional) == 0 {
			return and
		}
		return And{n.At, conjuncts(and), all(n.Optional)}
	case Or:
		return newOr(n.At, all(n.Nodes))
	case Not:
		return Not{n.At, apart(n.Node)}
	case Boost:
		return Boost{n.At, apart(n.Node), n.By}
	case Near:
		if n.Op == OpNotNear {
			left := n.Left
			n.Op = OpNear
			return newAnd(n.At, []Node{apart(left), Not{n.At, n}})
		}
	}
	return n
}

// Relaxable reports whether the query means something else under MatchAny than under MatchAll.
func (q *Query) Relaxable() bool {
	if q == nil {
		return false
	}
	return relaxable(q.Root)
}

func relaxable(root Node) bool {
	found := false
	Walk(root, func(n Node) bool {
		switch n := n.(type) {
		case List:
			found = found || n.relaxable()
		case Near:
			if n.Op == OpNotNear { // its right side is the same under both
				found = found || relaxable(n.Left)
				return false
			}
		}
		return !found
	})
	return found
}

// relaxable reports whether lowerList makes different nodes of the list itself.
func (l List) relaxable() bool {
	words, filters, must := 0, 0, 0
	for _, c := range l.Clauses {
		switch {
		case c.Occur == Must:
			must++
		case c.Occur == Bare && wordless(c.Node):
			filters++
		case c.Occur == Bare:
			words++
		}
	}
	return words > 0 && words+must > 1 || words+must == 0 && filters > 1
}

// Walk calls f for n and, where f returns true, for the nodes below, in the order of the text; optional nodes come last.
func Walk(n Node, f func(Node) bool) {
	if n == nil || !f(n) {
		return
	}
	switch n := n.(type) {
	case And:
		walk(n.Nodes, f)
		walk(n.Optional, f)
	case Or:
		walk(n.Nodes, f)
	case Not:
		Walk(n.Node, f)
	case Boost:
		Walk(n.Node, f)
	case Repeat:
		Walk(n.Node, f)
	case Near:
		Walk(n.Left, f)
		Walk(n.Right, f)
	case List:
		for _, c := range n.Clauses {
			Walk(c.Node, f)
		}
	}
}

func walk(nodes []Node, f func(Node) bool) {
	for _, n := range nodes {
		Walk(n, f)
	}
}

func lower(n Node, m Match) Node {
	switch n := n.(type) {
	case And:
		and := allOf(n.At, lowerAll(n.Nodes, m))
		if len(n.Optional) == 0 {
			return and
		}
		return And{n.At, conjuncts(and), lowerAll(n.Optional, m)}
	case Or:
		return newOr(n.At, lowerAll(n.Nodes, m))
	case Not:
		return Not{n.At, lower(n.Node, m)}
	case Boost:
		return Boost{n.At, lower(n.Node, m), n.By}
	case Near:
		if n.Op == OpNotNear { // none of what is on the right may be near
			return spread(n, lower(n.Left, m), lower(n.Right, MatchAny))
		}
		return spread(n, lower(n.Left, m), lower(n.Right, m))
	case List:
		return lowerList(n, m)
	}
	return n
}

// spread makes Near of two lowered sides. Where a side asks for several words at once, each of them has to stand near the
// other side, so that only words, phrases and alternatives are left as sides. Beside the right of OpNotNear any of them may
// not stand.
func spread(n Near, left, right Node) Node {
	over := func(nodes []Node, near func(Node) Node) []Node {
		list := make([]Node, len(nodes))
		for i, c := range nodes {
			list[i] = near(c)
		}
		return list
	}
	side := func(side Node, near func(Node) Node) (Node, bool) {
		switch s := side.(type) {
		case And:
			and := allOf(n.At, over(s.Nodes, near))
			if len(s.Optional) == 0 {
				return and, true
			}
			return And{n.At, conjuncts(and), over(s.Optional, near)}, true
		case Or:
			if demanding(s) {
				return newOr(n.At, over(s.Nodes, near)), true
			}
		}
		return nil, false
	}
	if wide, ok := side(left, func(c Node) Node { return spread(n, c, right) }); ok {
		return wide
	}
	if n.Op == OpNotNear {
		right = newOr(right.Span(), alternatives(nil, right))
	} else if wide, ok := side(right, func(c Node) Node { return spread(n, left, c) }); ok {
		return wide
	}
	n.Left, n.Right = left, right
	return n
}

// demanding reports whether a side asks for several words at once.
func demanding(n Node) bool {
	switch n := n.(type) {
	case And:
		return true
	case Or:
		return slices.ContainsFunc(n.Nodes, demanding)
	}
	return false
}

// alternatives appends what a side asks for, whether all or any of it.
func alternatives(list []Node, n Node) []Node {
	switch n := n.(type) {
	case And:
		for _, c := range slices.Concat(n.Nodes, n.Optional) {
			list = alternatives(list, c)
		}
		return list
	case Or:
		for _, c := range n.Nodes {
			list = alternatives(list, c)
		}
		return list
	}
	return append(list, n)
}

func lowerAll(nodes []Node, m Match) []Node {
	low := make([]Node, len(nodes))
	for i, n := range nodes {
		low[i] = lower(n, m)
	}
	return low
}

// lowerList makes And or Or of clauses side by side. Where any of the words is enough, clauses without words, such as
// source:AP or date:2023, stay conditions: whoever asks for oil and gas of one year does not want everything of the year.
func lowerList(l List, m Match) Node {
	var must, bare, filters, not []Node
	every := m != MatchAny || !l.relaxable()
	for _, c := range l.Clauses {
		n := lower(c.Node, m)
		switch {
		case c.Occur == MustNot:
			not = append(not, Not{n.Span(), n})
		case c.Occur == Must || every:
			must = append(must, n)
		case wordless(n):
			filters = append(filters, n)
		default:
			bare = append(bare, n)
		}
	}
	switch {
	case len(bare) > 0 && len(must) > 0:
		return And{l.At, conjuncts(allOf(l.At, slices.Concat(must, filters, not))), bare}
	case len(bare) > 0:
		must = append([]Node{newOr(l.At, bare)}, filters...)
	case len(filters) > 0 && len(must) > 0:
		must = append(must, filters...)
	case len(filters) > 0:
		must = []Node{newOr(l.At, filters)}
	case len(must) == 0:
		must = []Node{All{l.At}}
	}
	return allOf(l.At, append(must, not...))
}

// wordless reports whether a node has conditions only, such as values, dates and All.
func wordless(n Node) bool {
	only := true
	Walk(n, func(n Node) bool {
		only = only && !IsProse(n)
		return only
	})
	return only
}

// IsProse reports whether a node looks for words in fields of prose and is a unit of the ranking: a word, a phrase and the
// like, or words near each other.
func IsProse(n Node) bool {
	switch n.(type) {
	case Word, Phrase, Prefix, Wildcard, Fuzzy, Regexp, Near, Together, Repeat:
		return true
	}
	return false
}

// allOf joins conditions. Exclusions alone get an All to be taken from; where anything else says what does match, All is
// left out.
func allOf(at Span, nodes []Node) Node {
	and, ok := newAnd(at, nodes).(And)
	if !ok || len(and.Optional) > 0 {
		return newAnd(at, nodes)
	}
	kept, positive := make([]Node, 0, len(and.Nodes)), false
	for _, n := range and.Nodes {
		switch n.(type) {
		case All:
			continue
		case Not:
		default:
			positive = true
		}
		kept = append(kept, n)
	}
	if !positive {
		kept = append([]Node{All{at}}, kept...)
	}
	if len(kept) == 1 {
		return kept[0]
	}
	return And{At: at, Nodes: kept}
}

// conjuncts returns the conditions that a node joins.
func conjuncts(n Node) []Node {
	switch n := n.(type) {
	case And:
		if len(n.Optional) == 0 {
			return n.Nodes
		}
	case Not:
		return []Node{All{n.At}, n}
	}
	return []Node{n}
}
