package span

import "math"

// Together appends the single positions that take part where all words stand within a distance of one another (see
// query.Together); slots[i] is where the i-th word may stand, each word once.
//
// A choice with d descents, words before the one written before it, is as good as one within a window of the distance less
// d. So a window of each such width slides over the text, and in each the fewest descents are counted that lead to a word
// and from it on: f(i, p), for the word i at p, is m or m+1, where m is the least for any p, and it is m from the first p on
// that has it. So two numbers are enough for a word, whatever the number of its positions.
func Together(dst []Span, slots [][]uint32, distance int) []Span {
	if anyEmpty(slots) || distance < 0 {
		return dst
	}
	t := together{}
	var room [few]slot
	var moreRoom [few]threshold
	var marks [16 * few]int32
	t.window, t.before = room[:0], moreRoom[:]
	n := 0
	for _, at := range slots {
		t.window = append(t.window, slot{at: at})
		n += len(at) + 1
	}
	if len(slots) > few {
		t.before = make([]threshold, len(slots))
	}
	if n <= len(marks) {
		t.marks = marks[:n]
	} else {
		t.marks = make([]int32, n)
	}
	for descents := range min(len(slots)-1, distance) + 1 {
		t.slideAll(distance-descents, descents)
	}
	begin := len(dst)
	for _, at := range slots {
		covers := int32(0)
		for i, p := range at {
			if covers += t.marks[i]; covers > 0 {
				dst = append(dst, Span{p, p})
			}
		}
		t.marks = t.marks[len(at)+1:]
	}
	return sorted(dst, begin)
}

type together struct {
	window
	before []threshold // by word
	marks  []int32     // by word and position, and one more: how many ranges begin there, less those that end
}

// threshold is the fewest descents up to a word, or from it on, and the first or the last position that has so few.
type threshold struct{ descents, at int }

// slideAll slides a window of one width over the text.
func (t *together) slideAll(width, descents int) {
	for i := range t.window {
		t.window[i].lo, t.window[i].hi = 0, 0
	}
	for left, ok := t.next(width); ok; {
		t.slide(left, width)
		if s := t.missing(); s != nil {
			left, ok = s.reach(s.lo, width)
			continue
		}
		if t.lead(descents) {
			t.follow(descents)
		}
		left, ok = t.next(width)
	}
}

// missing returns a word that is not in the window.
func (t *together) missing() *slot {
	for i := range t.window {
		if s := &t.window[i]; s.lo == s.hi {
			return s
		}
	}
	return nil
}

// lead counts the descents that lead to each word, and reports whether there are at most so many.
func (t *together) lead(descents int) bool {
	best := threshold{0, -1}
	for i := range t.window {
		s := &t.window[i]
		t.before[i] = best
		if j := s.find(best.at); j < s.hi {
			best.at = int(s.at[j])
		} else {
			best = threshold{best.descents + 1, int(s.at[s.lo])}
		}
		if best.descents > descents {
			return false
		}
	}
	return true
}

// follow counts the descents from each word on, from the last word to the first, and marks what takes part.
func (t *together) follow(descents int) {
	best := threshold{0, math.MaxInt - 1}
	end := len(t.marks)
	for i := len(t.window) - 1; i >= 0; i-- {
		s := &t.window[i]
		end -= len(s.at) + 1
		from, to := s.find(t.before[i].at), s.find(best.at+1) // to be led to, and to be followed, by the fewest
		switch spare := descents - t.before[i].descents - best.descents; {
		case spare == 0:
			cover(t.marks[end:], from, to)
		case spare == 1: // one of both
			cover(t.marks[end:], s.lo, to)
			cover(t.marks[end:], max(from, to), s.hi)
		case spare > 1:
			cover(t.marks[end:], s.lo, s.hi)
		}
		if to > s.lo {
			best.at = int(s.at[to-1])
		} else {
			best = threshold{best.descents + 1, int(s.at[s.hi-1])}
		}
	}
}

// cover marks a range of positions.
func cover(marks []int32, from, to int) {
	if from < to {
		marks[from]++
		marks[to]--
	}
}

// find returns the index of the first position in the window that is not below limit.
func (s *slot) find(limit int) int { return s.lo + find(s.at[s.lo:s.hi], limit) }
