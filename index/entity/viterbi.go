package entity

// cell is a word that may be of a name.
type cell struct {
	scores [labels]int32
	lower  uint64
	at     int // the number of the word in its sentence
	list   mask
	class  class
	label  label
	joined bool // joinNames has set the label
	opens  bool // the word before it is none of these
}

// viterbi finds the best labels of a row of cells. It keeps its room.
type viterbi struct{ back [][labels]label }

// impossible is less than any sum of weights.
const impossible = -1 << 30

// label sets the labels of a row of words, at least one, the one before which is outside of names: those whose scores and
// steps add up to most. Of equal ones the lower label wins.
func (v *viterbi) label(cells []cell, s *steps, d *spreads) {
	best := open(&cells[0], s)
	if len(cells) > len(v.back) {
		v.back = make([][labels]label, 2*len(cells))
	}
	for i := 1; i < len(cells); i++ {
		best = v.step(i, &cells[i], &best, s, d[cells[i].class])
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

// open is the step to the first word of a row, which is inside of no name.
func open(c *cell, s *steps) (best [labels]int32) {
	weights := &s[c.class][outside]
	best[outside] = weights[outside] + c.scores[outside]
	for begin := beginPerson; begin < label(labels); begin += 2 {
		best[begin], best[begin+1] = weights[begin]+c.scores[begin], impossible
	}
	return best
}

// A sum with the label that it comes from below it, so that the greater of two sums is found without a branch.
const (
	fromBits = 4
	fromMask = 1<<fromBits - 1
)

func sumFrom(sum int32, from int) int64 { return int64(sum)<<fromBits | int64(fromMask-from) }

// comeTo returns the sum at a label that has a score, and the label before it, by the greatest sum to it.
func comeTo(sum int64, score int32) (int32, label) {
	return int32(sum>>fromBits) + score, label(fromMask - sum&fromMask)
}

// spreads are, by the class of the later word, how far the weights of the steps from different labels to one are apart at most.
// A label whose sum is less than another's by more than that is on no best way but to its own inside.
type spreads [classes]int32

// noSpreads leave no label out.
var noSpreads = func() (d spreads) {
	for c := range d {
		d[c] = 1<<31 - 1
	}
	return d
}()

func spreadsOf(s *steps) (d spreads) {
	for c := range s {
		for to := range labels {
			if !label(to).may(outside) {
				continue
			}
			least, most := s[c][0][to], s[c][0][to]
			for from := range labels {
				least, most = min(least, s[c][from][to]), max(most, s[c][from][to])
			}
			d[c] = max(d[c], most-least)
		}
	}
	return d
}

// step is the step to a further word. From all labels one comes to outside and to beginnings, to an inside only from its own.
func (v *viterbi) step(i int, c *cell, before *[labels]int32, s *steps, spread int32) (best [labels]int32) {
	weights, back := &s[c.class], &v.back[i]
	most := max(before[0], before[1], before[2], before[3], before[4], before[5], before[6], before[7], before[8])
	least := int64(most) - int64(spread)
	const none = int64(-1) << 62
	toOutside, toPerson, toOrg, toPlace, toDemonym := none, none, none, none, none
	for from := range labels {
		if int64(before[from]) < least {
			continue
		}
		x, w := sumFrom(before[from], from), &weights[from]
		toOutside = max(toOutside, x+int64(w[outside])<<fromBits)
		toPerson = max(toPerson, x+int64(w[beginPerson])<<fromBits)
		toOrg = max(toOrg, x+int64(w[beginOrg])<<fromBits)
		toPlace = max(toPlace, x+int64(w[beginPlace])<<fromBits)
		toDemonym = max(toDemonym, x+int64(w[beginDemonym])<<fromBits)
	}
	best[outside], back[outside] = comeTo(toOutside, c.scores[outside])
	best[beginPerson], back[beginPerson] = comeTo(toPerson, c.scores[beginPerson])
	best[beginOrg], back[beginOrg] = comeTo(toOrg, c.scores[beginOrg])
	best[beginPlace], back[beginPlace] = comeTo(toPlace, c.scores[beginPlace])
	best[beginDemonym], back[beginDemonym] = comeTo(toDemonym, c.scores[beginDemonym])
	for begin := beginPerson; begin < label(labels); begin += 2 {
		in := begin + 1
		best[in], back[in] = before[begin]+weights[begin][in], begin
		if going := before[in] + weights[in][in]; going > best[in] {
			best[in], back[in] = going, in
		}
		best[in] += c.scores[in]
	}
	return best
}
