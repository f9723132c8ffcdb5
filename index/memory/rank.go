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
	recency index.Recency
}

// unit is a node that is ranked as one.
type unit struct {
	query.Node
	neighbours bool
	weight     float64 // the product of the weights around it
	idf        float64
	average    float64 // length of the fields that it searches
}

func newRanker(all []*entry, tree query.Node, l leaves, recency index.Recency) *ranker {
	r := &ranker{leaves: l, all: all, recency: recency}
	r.add(units(nil, tree, 1))
	var pairs []unit
	for _, pair := range query.Pairs(tree) {
		if slices.ContainsFunc(l.words(pair), func(w word) bool { return 2*r.articles(pair, w) <= len(all) }) {
			pairs = append(pairs, unit{Node: pair, neighbours: true, weight: index.PairWeight})
		}
	}
	r.add(pairs)
	for i := range r.units {
		u := &r.units[i]
		for _, w := range l.words(u.Node) {
			u.idf += index.IDF(float64(len(all)), float64(r.articles(u.Node, w)))
		}
		for _, e := range all {
			u.average += r.length(u.Node, e) / float64(len(all))
		}
	}
	return r
}

// add adds units; of those that are spelt alike one, with the largest weight.
func (r *ranker) add(list []unit) {
	for _, u := range list {
		same := slices.IndexFunc(r.units, func(other unit) bool {
			return other.neighbours == u.neighbours && other.String() == u.String()
		})
		if same >= 0 {
			r.units[same].weight = max(r.units[same].weight, u.weight)
		} else {
			r.units = append(r.units, u)
		}
	}
}

// length returns the length of the fields that a unit searches, by their weights.
func (r *ranker) length(n query.Node, e *entry) (length float64) {
	fields := r.leaves.fields(n)
	for i, t := range e.texts {
		if slices.Contains(fields, t.field) {
			length += index.FieldWeights[i] * float64(len(t.tokens))
		}
	}
	return length
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
	n := 0.0
	for i, t := range e.texts {
		f := r.leaves.frequency(u.Node, t)
		frequencies = append(frequencies, f)
		n += index.FieldWeights[i] * f
	}
	if n > 0 { // else there may be no length, either
		tf := n / (1 - index.B + index.B*r.length(u.Node, e)/u.average)
		score = u.weight * u.idf * (index.K1 + 1) * tf / (index.K1 + tf)
	}
	return score, frequencies
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
