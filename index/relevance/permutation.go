package relevance

import (
	"math"
	"math/rand/v2"
)

// Permutation returns how probable a difference of means at least as large as that of a and b would be if the two systems
// were one: the two-sided paired randomisation test, which swaps the systems' scores in a random half of the topics, rounds
// times (Smucker, Allan and Carterette, A Comparison of Statistical Significance Tests for Information Retrieval Evaluation,
// 2007). a and b are the scores of the same topics in the same order. The same seed gives the same answer.
func Permutation(a, b []float64, rounds int, seed uint64) float64 {
	var differences []float64
	observed := 0.0
	for i := range a {
		if d := a[i] - b[i]; d != 0 {
			differences = append(differences, d)
			observed += d
		}
	}
	// Sums of the same numbers in another order differ by rounding, which must not make them smaller than the observed one.
	observed = math.Abs(observed) * (1 - 1e-9)
	dice := rand.New(rand.NewPCG(seed, 0))
	extreme := 1 // the observed one
	for range rounds {
		if math.Abs(swapped(differences, dice)) >= observed {
			extreme++
		}
	}
	return float64(extreme) / float64(rounds+1)
}

// swapped sums the differences, each with its sign or, by a toss, with the other.
func swapped(differences []float64, dice *rand.Rand) float64 {
	sum, bits := 0.0, uint64(0)
	for i, d := range differences {
		if i%64 == 0 {
			bits = dice.Uint64()
		}
		if bits>>(i%64)&1 == 0 {
			d = -d
		}
		sum += d
	}
	return sum
}
