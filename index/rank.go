package index

import "math"

// The constants of the ranking; see the package comment.
const (
	K1 = 1.2  // how soon more of a word makes no more difference
	B  = 0.75 // how much longer fields count less
	// PairWeight is how much two words of the query that stand next to each other count beside the words themselves.
	PairWeight = 0.2
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

// IDF is the inverse document frequency of what df of n articles have, never negative (Lucene's variant of Robertson and
// Spärck Jones, Relevance weighting of search terms, 1976).
func IDF(n, df float64) float64 { return math.Log1p((n - df + 0.5) / (df + 0.5)) }
