package query

// Pairs returns the phrases that neighbouring words of a lowered tree make, outside of every Not: where two words of a query
// stand next to each other in an article, as they do in the query, it is more likely to be what was meant. They change the
// ranking only.
func Pairs(tree Node) (pairs []Phrase) {
	neighbours := func(nodes []Node) {
		for i := 1; i < len(nodes); i++ {
			a, ok1 := nodes[i-1].(Word)
			b, ok2 := nodes[i].(Word)
			if ok1 && ok2 && a.Field == b.Field && a.Text != b.Text {
				at := Span{min(a.At.Start, b.At.Start), max(a.At.End, b.At.End)}
				pairs = append(pairs, Phrase{At: at, Field: a.Field, Text: a.Text + " " + b.Text})
			}
		}
	}
	var visit func(n Node)
	visitAll := func(nodes []Node) {
		neighbours(nodes)
		for _, n := range nodes {
			visit(n)
		}
	}
	visit = func(n Node) {
		switch n := n.(type) {
		case And:
			visitAll(n.Nodes)
			visitAll(n.Optional)
		case Or:
			visitAll(n.Nodes)
		case Boost:
			visit(n.Node)
		}
	}
	visit(tree)
	return pairs
}

// Leaves returns the nodes that ask for something themselves, in the order of the text, with whether they stand under a Not:
// words, phrases, words near each other, values, dates and other conditions.
func Leaves(n Node) (leaves []Leaf) {
	var visit func(n Node, excluded bool)
	visit = func(n Node, excluded bool) {
		switch n := n.(type) {
		case nil, All:
		case And:
			for _, c := range append(n.Nodes[:len(n.Nodes):len(n.Nodes)], n.Optional...) {
				visit(c, excluded)
			}
		case Or:
			for _, c := range n.Nodes {
				visit(c, excluded)
			}
		case Not:
			visit(n.Node, !excluded)
		case Boost:
			visit(n.Node, excluded)
		case List:
			for _, c := range n.Clauses {
				visit(c.Node, excluded != (c.Occur == MustNot))
			}
		default:
			leaves = append(leaves, Leaf{n, excluded})
		}
	}
	visit(n, false)
	return leaves
}

// Leaf is a node that asks for something itself.
type Leaf struct {
	Node     Node
	Excluded bool // an odd number of Nots stand above
}

// Replace returns the tree with each leaf (see Leaves) replaced by what fn makes of it; a leaf of which it makes nil is left
// out. Leaves below a Near or Repeat are parts of it. The result is nil when nothing is left.
func Replace(n Node, fn func(Node) Node) Node {
	all := func(nodes []Node) (kept []Node) {
		for _, c := range nodes {
			if c = Replace(c, fn); c != nil {
				kept = append(kept, c)
			}
		}
		return kept
	}
	switch n := n.(type) {
	case nil, All:
		return n
	case And:
		nodes, optional := all(n.Nodes), all(n.Optional)
		if len(optional) > 0 {
			return And{n.At, nodes, optional}
		}
		return joined(n.At, nodes, newAnd)
	case Or:
		return joined(n.At, all(n.Nodes), newOr)
	case Not:
		if c := Replace(n.Node, fn); c != nil {
			return Not{n.At, c}
		}
		return nil
	case Boost:
		if c := Replace(n.Node, fn); c != nil {
			return Boost{n.At, c, n.By}
		}
		return nil
	case List:
		var kept []Clause
		for _, c := range n.Clauses {
			if node := Replace(c.Node, fn); node != nil {
				kept = append(kept, Clause{c.Occur, node})
			}
		}
		if len(kept) == 0 {
			return nil
		}
		return newList(n.At, kept)
	}
	return fn(n)
}

// joined is join of what is left, nil for nothing.
func joined(at Span, nodes []Node, join func(Span, []Node) Node) Node {
	if len(nodes) == 0 {
		return nil
	}
	return join(at, nodes)
}
