package span

import "slices"

// few is how many words a query's unit may have without an allocation.
const few = 8

// slot is one word of several over which a window slides: it is first at a left end, and has a width.
type slot struct {
	at     []uint32
	shift  int // how much later the window begins for this word
	lo, hi int // at[lo:hi] lies in the window
}

// window is the words. It is moved to the right only.
type window []slot

// slide moves the window to begin at left.
func (w window) slide(left, width int) {
	for i := range w {
		s := &w[i]
		s.lo = advance(s.at, s.lo, left+s.shift)
		s.hi = advance(s.at, max(s.hi, s.lo), left+s.shift+width+1)
	}
}

// next returns where the window begins when the next position of any word comes in, and whether there is one.
func (w window) next(width int) (left int, ok bool) {
	for i := range w {
		s := &w[i]
		if s.hi == len(s.at) {
			continue
		}
		if in := int(s.at[s.hi]) - s.shift - width; !ok || in < left {
			left, ok = in, true
		}
	}
	return left, ok
}

// reach returns where the window begins when the position of index i comes in, and whether there is one.
func (s *slot) reach(i, width int) (left int, ok bool) {
	if i == len(s.at) {
		return 0, false
	}
	return int(s.at[i]) - s.shift - width, true
}

// advance returns the index of the first position from index i on that is not below limit. It takes ever longer steps.
func advance(at []uint32, i, limit int) int {
	if i == len(at) || int(at[i]) >= limit {
		return i
	}
	step := 1
	for i+step < len(at) && int(at[i+step]) < limit {
		i += step
		step *= 2
	}
	return i + 1 + find(at[i+1:min(i+step, len(at))], limit)
}

// find returns the index of the first position that is not below limit.
func find(at []uint32, limit int) int {
	lo, hi := 0, len(at)
	for lo < hi {
		if mid := int(uint(lo+hi) / 2); int(at[mid]) < limit {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// anyEmpty reports whether a word stands nowhere, so that nothing can match.
func anyEmpty(slots [][]uint32) bool {
	return len(slots) == 0 || slices.ContainsFunc(slots, func(at []uint32) bool { return len(at) == 0 })
}
