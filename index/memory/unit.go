package memory

import (
	"cmp"
	"slices"

	"dateline/query"
)

// run is where something occurs in a text: its first and last token.
type run struct{ first, last int }

// runs returns where a unit of a lowered tree, or a side of one, occurs in a text: in order, each once. It follows the
// definitions of package query word by word, and tries everything.
func (l leaves) runs(n query.Node, t text) []run {
	var found []run
	switch n := n.(type) {
	case query.Or:
		for _, c := range n.Nodes {
			found = append(found, l.runs(c, t)...)
		}
	case query.Repeat:
		if all := l.runs(n.Node, t); len(all) >= n.Times {
			found = all
		}
	case query.Near:
		found = t.near(n, l.runs(n.Left, t), l.runs(n.Right, t))
	default:
		found = l.of(n).runs(t)
	}
	slices.SortFunc(found, func(a, b run) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last)) })
	return slices.Compact(found)
}

// near returns what a Near occurs at, given the occurrences of its sides.
func (t text) near(n query.Near, left, right []run) []run {
	var found []run
	for _, a := range left {
		for _, b := range right {
			if t.areNear(n, a, b) {
				found = append(found, a, b)
			}
		}
	}
	switch {
	case n.Op != query.OpNotNear:
		return found
	case len(found) > 0:
		return nil
	}
	return left
}

// areNear reports whether an occurrence of the left side and one of the right stand as a Near says.
func (t text) areNear(n query.Near, a, b run) bool {
	apart := t.tokens[b.first].position - t.tokens[a.last].position // b behind a
	if b.last < a.first {
		apart = t.tokens[a.first].position - t.tokens[b.last].position
		if n.Op == query.OpOrdered {
			return false
		}
	} else if b.first <= a.last {
		return false // they overlap
	}
	first, last := t.tokens[min(a.first, b.first)], t.tokens[max(a.last, b.last)]
	switch n.Op {
	case query.OpSentence:
		return first.sentence == last.sentence
	case query.OpParagraph:
		return first.paragraph == last.paragraph
	}
	return apart <= n.Distance
}

// frequency is how often a unit occurs in a text, for the ranking: the number of its runs, those of words that stand near
// each other counted together.
func (l leaves) frequency(n query.Node, t text) float64 {
	share := 1
	switch n := n.(type) {
	case query.Near:
		if n.Op != query.OpNotNear {
			share = 2
		}
	case query.Phrase, query.Together:
		if leaf := l.of(n); leaf.apart != nil {
			share = leaf.distinct()
		}
	}
	runs := len(l.runs(n, t))
	switch n.(type) {
	case query.Prefix, query.Wildcard, query.Fuzzy, query.Regexp:
		if len(l.of(n).words) == 1 {
			runs = min(runs, 1)
		}
	}
	return float64(runs) / float64(share)
}

// fields returns the fields in which a unit can stand.
func (l leaves) fields(n query.Node) []string {
	var fields []string
	switch n := n.(type) {
	case query.Or:
		for _, c := range n.Nodes {
			fields = append(fields, l.fields(c)...)
		}
		return fields
	case query.Repeat:
		return l.fields(n.Node)
	case query.Near:
		fields = l.fields(n.Left)
		if n.Op == query.OpNotNear {
			return fields
		}
		right := l.fields(n.Right)
		return slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return !slices.Contains(right, f) })
	}
	return l.of(n).fields
}

// words returns the words that the ranking weighs a unit by. Alternatives are one; one written twice is one; what must not
// be near is none.
func (l leaves) words(n query.Node) []word {
	var words []word
	switch n := n.(type) {
	case query.Or:
		var any []word
		for _, c := range n.Nodes {
			any = append(any, l.words(c)...)
		}
		if len(any) > 0 {
			words = append(words, alternatives(any))
		}
	case query.Repeat:
		words = l.words(n.Node)
	case query.Near:
		words = l.words(n.Left)
		if n.Op != query.OpNotNear {
			words = append(slices.Clone(words), l.words(n.Right)...)
		}
	default:
		words = l.of(n).words
	}
	var kept []word
	for _, w := range words {
		if !slices.ContainsFunc(kept, func(k word) bool { return k.written == w.written }) {
			kept = append(kept, w)
		}
	}
	return kept
}

// alternatives makes one word of several.
func alternatives(list []word) word {
	written := ""
	for _, w := range list {
		written += "|" + w.written
	}
	return word{written, "", func(t token) bool {
		return slices.ContainsFunc(list, func(w word) bool { return w.fits(t) })
	}}
}
