package index

import "math"

// The constants of the ranking; see the package comment. They are round numbers that are good on all the judged sets of
// cmd/bench relevance, on which they were chosen.
const (
	K1 = 1.5 // how soon more of a word makes no more difference
	B  = 0.8 // how much longer articles count less
	// PairWeight is how much two words of the query that stand next to each other count beside the words themselves.
	PairWeight = 0.3
)

// FieldWeights is how much a word in each of TextFields counts, by its index.
var FieldWeights = func() []float64 {
	w := make([]float64, len(TextFields))
	for i, f := range TextFields {
		switch f.Name {
		case "title":
			w[i] = 3
		case "lead":
			w[i] = 1.5
		default:
			w[i] = 1
		}
	}
	return w
}()

// IDF is the inverse document frequency of what df of n articles have: the weight of Robertson and Spärck Jones (Relevance
// weighting of search terms, 1976), which is negative for what more than half of them have. A tenth of Lucene's, which is
// always positive, is its floor: words such as "the" hardly count beside others, and still rank by themselves.
func IDF(n, df float64) float64 {
	odds := (n - df + 0.5) / (df + 0.5)
	return max(math.Log(odds), 0.1*math.Log1p(odds))
}
