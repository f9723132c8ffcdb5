package memory

import (
	"slices"

	"dateline/index"
	"dateline/query"
)

// ranker scores articles for one tree, by the formula of package index.
type ranker struct {
	leaves  leaves
	all     []*entry
	units   []unit
	average []float64 // length of each of index.TextFields, in tokens
	recency index.Recency
}

// unit is a node that is ranked as one.
type unit struct {
	query.Node
	neighbours bool
	weight     float64 // the product of the weights around it
	idf        float64
}

func newRanker(all []*entry, tree query.Node, l leaves, recency index.Recency) *ranker {
	r := &ranker{leaves: l, all: all, units: units(nil, tree, 1), recency: recency}
	for _, pair := range query.Pairs(tree) {
		r.units = append(r.units, unit{Node: pair, neighbours: true, weight: index.PairWeight})
	}
	for i := range r.units {
		u := &r.units[i]
		for _, w := range l.words(u.Node) {
			u.idf += index.IDF(float64(len(all)), float64(r.articles(u.Node, w)))
		}
	}
	for i := range index.TextFields {
		having, length := 0.0, 0.0
		for _, e := range all {
			if n := len(e.texts[i].tokens); n > 0 {
				having++
				length += float64(n)
			}
		}
		r.average = append(r.average, length/max(having, 1))
	}
	return r
}

// articles counts the articles that have a word in a field that a unit searches.
func (r *ranker) articles(n query.Node, w word) int {
	fields, count := r.leaves.fields(n), 0
	for _, e := range r.all {
		if slices.ContainsFunc(e.texts, func(t text) bool {
			return slices.Contains(fields, t.field) && slices.ContainsFunc(t.tokens, w.fits)
		}) {
			count++
		}
	}
	return count
}

// units appends the units outside of every Not.
func units(list []unit, tree query.Node, weight float64) []unit {
	if query.IsProse(tree) {
		return append(list, unit{Node: tree, weight: weight})
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

// worth returns what a unit adds to the score of an article, and how often it occurs in each field.
func (r *ranker) worth(u unit, e *entry) (score float64, frequencies []float64) {
	tf := 0.0
	for i, t := range e.texts {
		n := r.leaves.frequency(u.Node, t)
		frequencies = append(frequencies, n)
		if n > 0 {
			tf += index.FieldWeights[i] * n / (1 - index.B + index.B*float64(len(t.tokens))/r.average[i])
		}
	}
	return u.weight * u.idf * (index.K1 + 1) * tf / (index.K1 + tf), frequencies
}

func (r *ranker) score(e *entry) float64 {
	score := 0.0
	for _, u := range r.units {
		worth, _ := r.worth(u, e)
		score += worth
	}
	return score * r.recency.Factor(e.article.Published.Time)
}

// explain explains the score of the hit at a place in the order.
func (r *ranker) explain(place int, e *entry) *index.Explanation {
	var worths []index.Worth
	for _, u := range r.units {
		w := index.Worth{What: u.String(), Neighbours: u.neighbours, Weight: u.weight}
		if u.neighbours {
			w.Weight = 1
		}
		if words := r.leaves.words(u.Node); len(words) == 1 {
			w.Articles = r.articles(u.Node, words[0])
		}
		w.Score, w.Frequencies = r.worth(u, e)
		worths = append(worths, w)
	}
	return index.Explain(place, len(r.all), worths, r.recency, e.article.Published)
}
