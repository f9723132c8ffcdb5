package memory

import (
	"math"
	"slices"

	"dateline/index"
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

// part is a unit in one field, with what BM25 needs to know of the whole index.
type part struct {
	frequency map[*entry]float64 // of those that have it
	field     string
	weight    float64 // of the field, times the idf, times the weights around the unit
	length    float64 // of the field, on average, in tokens
}

func newRanker(all []*entry, tree query.Node, l leaves) *ranker {
	r := &ranker{}
	for _, u := range units(nil, tree, 1) {
		for _, field := range index.TextFields {
			if p := newPart(all, u.Node, field.Name, l); len(p.frequency) > 0 {
				p.weight *= u.weight
				r.parts = append(r.parts, p)
			}
		}
	}
	return r
}

func newPart(all []*entry, n query.Node, field string, l leaves) part {
	p := part{frequency: map[*entry]float64{}, field: field}
	var having, length float64
	for _, e := range all {
		t, _ := e.text(field)
		if len(t.tokens) > 0 {
			having++
			length += float64(len(t.tokens))
		}
		if f := l.frequency(n, t); f > 0 {
			p.frequency[e] = f
		}
	}
	weight, ok := weights[field]
	if !ok {
		weight = 1
	}
	df := float64(len(p.frequency))
	idf := math.Log1p((float64(len(all)) - df + 0.5) / (df + 0.5))
	p.weight, p.length = weight*idf, length/max(having, 1)
	return p
}

// unit is a node that is ranked as one, with the product of the weights around it.
type unit struct {
	query.Node
	weight float64
}

// units appends the units outside of every Not.
func units(list []unit, tree query.Node, weight float64) []unit {
	if query.IsProse(tree) {
		return append(list, unit{tree, weight})
	}
	switch n := tree.(type) {
	case query.Boost:
		return units(list, n.Node, weight*n.By)
	case query.And:
		for _, c := range slices.Concat(n.Nodes, n.Optional) {
			list = units(list, c, weight)
		}
	case query.Or:
		for _, c := range n.Nodes {
			list = units(list, c, weight)
		}
	}
	return list
}

func (r *ranker) score(e *entry) float64 {
	score := 0.0
	for _, p := range r.parts {
		if f := p.frequency[e]; f > 0 {
			t, _ := e.text(p.field)
			score += p.weight * f * (k1 + 1) / (f + k1*(1-b+b*float64(len(t.tokens))/p.length))
		}
	}
	return score
}
