package memory

import (
	"math"

	"dateline/query"
)

// The constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), at their usual values.
const (
	k1 = 1.2
	b  = 0.75
)

// weights of the fields; others count 1.
var weights = map[string]float64{"title": 3, "lead": 1.5}

// ranker scores articles for one tree.
type ranker struct {
	parts []part
}

// part is a leaf in one field, with what BM25 needs to know of the whole index.
type part struct {
	leaf   leaf
	field  string
	weight float64 // of the field, times the idf
	length float64 // of the field, on average, in tokens
}

func newRanker(all []*entry, tree query.Node) *ranker {
	r := &ranker{}
	for _, l := range positive(nil, tree) {
		for _, field := range l.fields {
			r.parts = append(r.parts, newPart(all, l, field))
		}
	}
	return r
}

func newPart(all []*entry, l leaf, field string) part {
	var df, having, length float64
	for _, e := range all {
		tokens := e.tokens[field]
		if len(tokens) > 0 {
			having++
			length += float64(len(tokens))
		}
		if l.count(tokens) > 0 {
			df++
		}
	}
	weight, ok := weights[field]
	if !ok {
		weight = 1
	}
	idf := math.Log1p((float64(len(all)) - df + 0.5) / (df + 0.5))
	return part{leaf: l, field: field, weight: weight * idf, length: length / max(having, 1)}
}

// positive appends the words, phrases and prefixes outside of every Not.
func positive(leaves []leaf, tree query.Node) []leaf {
	switch n := tree.(type) {
	case query.Word, query.Phrase, query.Prefix:
		return append(leaves, leafOf(n))
	case query.And:
		for _, c := range n.Nodes {
			leaves = positive(leaves, c)
		}
		for _, c := range n.Optional {
			leaves = positive(leaves, c)
		}
	case query.Or:
		for _, c := range n.Nodes {
			leaves = positive(leaves, c)
		}
	}
	return leaves
}

func (r *ranker) score(e *entry) float64 {
	score := 0.0
	for _, p := range r.parts {
		tokens := e.tokens[p.field]
		if tf := float64(p.leaf.count(tokens)); tf > 0 {
			score += p.weight * tf * (k1 + 1) / (tf + k1*(1-b+b*float64(len(tokens))/p.length))
		}
	}
	return score
}
