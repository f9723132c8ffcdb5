package memory

import (
	"cmp"
	"slices"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// variants lists the words of the query that have variants, in the order of its text, each once.
func (s *search) variants() []index.WordVariants {
	var nodes []query.Node
	query.Walk(s.tree, func(n query.Node) bool {
		if len(stemmed(n)) > 0 {
			nodes = append(nodes, n)
		}
		return true
	})
	slices.SortStableFunc(nodes, func(a, b query.Node) int { return cmp.Compare(a.Span().Start, b.Span().Start) })
	list := []index.WordVariants{}
	for _, n := range nodes {
		for _, term := range stemmed(n) {
			known := slices.ContainsFunc(list, func(w index.WordVariants) bool { return w.Word == term })
			if v := s.naming.variants(term); len(v) > 0 && !known {
				list = append(list, index.WordVariants{Word: term, Variants: v})
			}
		}
	}
	return list
}

// stemmed returns the words that a node asks for by their stem.
func stemmed(n query.Node) (terms []string) {
	switch n := n.(type) {
	case query.Word:
		return termsOf(n.Text)
	case query.Phrase:
		if !n.Exact {
			return termsOf(n.Text)
		}
	case query.Together:
		return termsOf(n.Text)
	case query.Prefix:
		terms = termsOf(n.Text)
		return terms[:max(len(terms)-1, 0)]
	case query.Wildcard:
		for _, p := range analysis.Wildcard(n.Text) {
			if !p.Wild {
				terms = append(terms, p.Text)
			}
		}
	}
	return terms
}

// termsOf returns the terms of a text but for class words.
func termsOf(text string) (terms []string) {
	for _, p := range query.Parts(text) {
		if p.Class != "" {
			continue
		}
		for _, t := range analysis.Tokens(nil, p.Text) {
			terms = append(terms, t.Term)
		}
	}
	return terms
}
