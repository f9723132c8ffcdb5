package main

import (
	"math"
	"math/rand/v2"
	"sort"
)

// draws is a distribution over the numbers from 0: the sums of their weights.
type draws []float64

// zipf weighs n numbers by 1/(i+shift)^exponent: the first are by far the most frequent.
func zipf(n int, shift, exponent float64) draws {
	d, sum := make(draws, n), 0.0
	for i := range d {
		sum += 1 / math.Pow(float64(i)+shift, exponent)
		d[i] = sum
	}
	return d
}

// draw draws a number.
func (d draws) draw(dice *rand.Rand) int {
	u := dice.Float64() * d[len(d)-1]
	return min(sort.SearchFloat64s(d, u), len(d)-1)
}

// share returns the part of the weight that a number has.
func (d draws) share(i int) float64 {
	before := 0.0
	if i > 0 {
		before = d[i-1]
	}
	return (d[i] - before) / d[len(d)-1]
}
