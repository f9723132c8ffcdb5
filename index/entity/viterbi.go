package entity

// cell is a word that may be of a name.
type cell struct {
	scores [labels]int32
	lower  uint64
	at     int // the number of the word in its sentence
	list   mask
	class  class
	label  label
	opens  bool // the word before it is none of these
}

// viterbi finds the best labels of a row of cells. It keeps its room.
type viterbi struct{ back [][labels]label }

// impossible is less than any sum of weights.
const impossible = -1 << 30

// label sets the labels of a row of words, at least one, the one before which is outside of names: those whose scores and
// steps add up to most. Of equal ones the lower label wins.
func (v *viterbi) label(cells []cell, s *steps) {
	if len(v.back) < len(cells) {
		v.back = make([][labels]label, 2*len(cells))
	}
	best := v.open(&cells[0], s)
	for i := 1; i < len(cells); i++ {
		best = v.step(i, &cells[i], &best, s)
	}
	last := outside
	for l := range best {
		if best[l] > best[last] {
			last = label(l)
		}
	}
	for i := len(cells) - 1; i >= 0; i-- {
		cells[i].label = last
		last = v.back[i][last]
	}
}

// open is the step to the first word of a row.
func (v *viterbi) open(c *cell, s *steps) (best [labels]int32) {
	v.back[0] = [labels]label{}
	for to := range labels {
		best[to] = impossible
		if l := label(to); l.may(outside) {
			best[to] = s[c.class][outside][to] + c.scores[to]
		}
	}
	return best
}

func (v *viterbi) step(i int, c *cell, before *[labels]int32, s *steps) (best [labels]int32) {
	weights := &s[c.class]
	for to := range labels {
		from, sum := bestBefore(label(to), before, weights)
		best[to] = max(sum+c.scores[to], impossible)
		v.back[i][to] = from
	}
	return best
}

// bestBefore returns the label from which one is best come to.
func bestBefore(to label, before *[labels]int32, weights *[labels][labels]int32) (from label, sum int32) {
	if to != outside && !to.begins() {
		a, b := before[to-1]+weights[to-1][to], before[to]+weights[to][to]
		if a >= b {
			return to - 1, a
		}
		return to, b
	}
	sum = before[0] + weights[0][to]
	for l := 1; l < labels; l++ {
		if x := before[l] + weights[l][to]; x > sum {
			from, sum = label(l), x
		}
	}
	return from, sum
}
