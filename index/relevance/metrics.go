package relevance

import (
	"math"
	"slices"
)

// Depth is how many hits of a ranking are looked at by the metrics that name no number of their own.
const Depth = 100

// Metric makes a number between 0 and 1 of a topic's ranking.
type Metric struct {
	Name string
	Of   func(ranking []string, g Grades) float64
}

// Metrics lists the metrics. For all but nDCG every grade above 0 is relevant. The mean of Hits@k is the share of topics that
// have a relevant article among the first k hits.
var Metrics = []Metric{MAP, MRR10, NDCG10, Hits4, Hits10, Recall100}

// The metrics.
var (
	MAP       = Metric{"MAP", averagePrecision}
	MRR10     = Metric{"MRR@10", func(r []string, g Grades) float64 { return reciprocalRank(first(r, 10), g) }}
	NDCG10    = Metric{"nDCG@10", func(r []string, g Grades) float64 { return ndcg(r, g, 10) }}
	Hits4     = Metric{"Hits@4", func(r []string, g Grades) float64 { return hit(first(r, 4), g) }}
	Hits10    = Metric{"Hits@10", func(r []string, g Grades) float64 { return hit(first(r, 10), g) }}
	Recall100 = Metric{"R@100", func(r []string, g Grades) float64 { return recall(first(r, Depth), g) }}
)

func first(ranking []string, k int) []string { return ranking[:min(k, len(ranking))] }

// averagePrecision is the mean, over the relevant articles, of the share of relevant ones among the hits down to each; one
// that is not among the first Depth counts 0.
func averagePrecision(ranking []string, g Grades) float64 {
	found, sum := 0.0, 0.0
	for i, id := range first(ranking, Depth) {
		if g[id] > 0 {
			found++
			sum += found / float64(i+1)
		}
	}
	return sum / float64(max(g.relevant(), 1))
}

// reciprocalRank is 1 / the place of the first relevant hit, 0 without one.
func reciprocalRank(ranking []string, g Grades) float64 {
	i := slices.IndexFunc(ranking, func(id string) bool { return g[id] > 0 })
	if i < 0 {
		return 0
	}
	return 1 / float64(i+1)
}

// ndcg is the discounted cumulated gain of the first k hits over that of the best possible ranking (Järvelin and Kekäläinen,
// Cumulated Gain-Based Evaluation of IR Techniques, 2002), with the gain 2^grade - 1 and the discount 1/log2(place + 1) of
// Burges et al., Learning to Rank Using Gradient Descent, 2005.
func ndcg(ranking []string, g Grades, k int) float64 {
	var grades, best []int
	for _, id := range first(ranking, k) {
		grades = append(grades, g[id])
	}
	for _, grade := range g {
		best = append(best, grade)
	}
	slices.Sort(best)
	slices.Reverse(best)
	ideal := dcg(best[:min(k, len(best))])
	if ideal == 0 {
		return 0
	}
	return dcg(grades) / ideal
}

func dcg(grades []int) float64 {
	sum := 0.0
	for i, grade := range grades {
		sum += (math.Exp2(float64(grade)) - 1) / math.Log2(float64(i+2))
	}
	return sum
}

// hit is 1 when one of the hits is relevant.
func hit(ranking []string, g Grades) float64 {
	if slices.ContainsFunc(ranking, func(id string) bool { return g[id] > 0 }) {
		return 1
	}
	return 0
}

// recall is the share of the relevant articles that are among the hits.
func recall(ranking []string, g Grades) float64 {
	found := 0
	for _, id := range ranking {
		if g[id] > 0 {
			found++
		}
	}
	return float64(found) / float64(max(g.relevant(), 1))
}
