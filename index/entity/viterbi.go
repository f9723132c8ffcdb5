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
	best := open(&cells[0], s)
	if len(cells) > len(v.back) {
		v.back = make([][labels]label, 2*len(cells))
	}
	for i := 1; i < len(cells); i++ {
		best = v.step(i, &cells[i], &best, s)
	}
	last := outside
	for l := range best {
		if best[l] > best[last] {
			last = label(l)
		}
	}
	for i := len(cells) - 1; i > 0; i-- {
		cells[i].label = last
		last = v.back[i][last]
	}
	cells[0].label = last
}

// open is the step to the first word of a row.
func open(c *cell, s *steps) (best [labels]int32) {
	weights := &s[c.class][outside]
	for to := range labels {
		best[to] = impossible
		if l := label(to); l.may(outside) {
			best[to] = weights[to] + c.scores[to]
		}
	}
	return best
}

// A sum with the label that it comes from below it, so that the greater of two sums is found without a branch.
const (
	fromBits = 4
	fromMask = 1<<fromBits - 1
)

func sumFrom(sum int32, from int) int64 { return int64(sum)<<fromBits | int64(fromMask-from) }

// step is the step to a further word. From all labels one comes to outside and to beginnings, to an inside only from its own.
func (v *viterbi) step(i int, c *cell, before *[labels]int32, s *steps) (best [labels]int32) {
	weights, back := &s[c.class], &v.back[i]
	const none = int64(-1) << 62
	sums := [labels]int64{none, none, none, none, none, none, none, none, none}
	for from := range labels {
		x, w := sumFrom(before[from], from), &weights[from]
		sums[outside] = max(sums[outside], x+int64(w[outside])<<fromBits)
		sums[beginPerson] = max(sums[beginPerson], x+int64(w[beginPerson])<<fromBits)
		sums[beginOrg] = max(sums[beginOrg], x+int64(w[beginOrg])<<fromBits)
		sums[beginPlace] = max(sums[beginPlace], x+int64(w[beginPlace])<<fromBits)
		sums[beginDemonym] = max(sums[beginDemonym], x+int64(w[beginDemonym])<<fromBits)
		if l := label(from); from != int(outside) {
			to := l.inside()
			sums[to] = max(sums[to], x+int64(w[to])<<fromBits)
		}
	}
	for to, x := range sums {
		back[to] = label(fromMask - x&fromMask)
		best[to] = max(int32(x>>fromBits)+c.scores[to], impossible)
	}
	return best
}
