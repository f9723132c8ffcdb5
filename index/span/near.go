package span

import (
	"cmp"
	"slices"
)

// Near appends the spans of both sides that are near one of the other (see query.Near): when ordered, those of the left that
// stand before one of the right, and those of the right behind one of the left.
func Near(dst, left, right []Span, distance int, ordered bool) []Span {
	fromLeft, fromRight := newNeighbours(left), newNeighbours(right)
	return either(dst, left, right,
		func(s Span) bool {
			return fromRight.behind(s, distance) || !ordered && fromRight.before(s, distance)
		},
		func(s Span) bool {
			return fromLeft.before(s, distance) || !ordered && fromLeft.behind(s, distance)
		})
}

// either appends the spans of both sides that pass the test of their side, in order, each once.
func either(dst, left, right []Span, ofLeft, ofRight func(Span) bool) []Span {
	for len(left) > 0 || len(right) > 0 {
		order := 0
		switch {
		case len(right) == 0:
			order = -1
		case len(left) == 0:
			order = 1
		default:
			order = compare(left[0], right[0])
		}
		var s Span
		passes := false
		if order <= 0 {
			s, left = left[0], left[1:]
			passes = ofLeft(s)
		}
		if order >= 0 {
			s, right = right[0], right[1:]
			passes = passes || ofRight(s)
		}
		if passes {
			dst = append(dst, s)
		}
	}
	return dst
}

// neighbours answers whether there is a span near another one.
type neighbours struct{ byFirst, byLast cursor }

func newNeighbours(spans []Span) neighbours {
	byLast := func(a, b Span) int { return cmp.Compare(a.Last, b.Last) }
	ends := spans
	if !slices.IsSortedFunc(spans, byLast) { // spans that hold others
		ends = slices.Clone(spans)
		slices.SortFunc(ends, byLast)
	}
	return neighbours{cursor{spans: spans}, cursor{spans: ends, last: true}}
}

// behind reports whether one begins behind s, within the distance.
func (n *neighbours) behind(s Span, distance int) bool {
	i := n.byFirst.seek(int(s.Last) + 1)
	return i < len(n.byFirst.spans) && int(n.byFirst.end(i))-int(s.Last) <= distance
}

// before reports whether one ends before s, within the distance.
func (n *neighbours) before(s Span, distance int) bool {
	i := n.byLast.seek(int(s.First))
	return i > 0 && int(s.First)-int(n.byLast.end(i-1)) <= distance
}

// cursor seeks in spans sorted by one of their ends, from where it stood: what is sought mostly lies a little further on.
type cursor struct {
	spans []Span
	last  bool // sorted by Last, else by First
	index int
}

func (c *cursor) end(i int) uint32 {
	if c.last {
		return c.spans[i].Last
	}
	return c.spans[i].First
}

// seek returns the index of the first span whose end is not below limit.
func (c *cursor) seek(limit int) int {
	lo, hi := 0, c.index
	if c.index == 0 || int(c.end(c.index-1)) < limit {
		lo = c.index
		for step := 1; ; step *= 2 {
			if hi = lo + step; hi >= len(c.spans) {
				hi = len(c.spans)
				break
			}
			if int(c.end(hi-1)) >= limit {
				break
			}
			lo = hi
		}
	}
	for lo < hi {
		if mid := int(uint(lo+hi) / 2); int(c.end(mid)) < limit {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	c.index = lo
	return lo
}

// Within appends the spans of both sides that have one of the other in the same sentence, without overlap; or paragraph. At
// breaks new sentences begin, the first of the text left out. A span that crosses a break is in none.
func Within(dst, left, right []Span, breaks []uint32) []Span {
	for len(left) > 0 && len(right) > 0 {
		first := min(left[0].First, right[0].First)
		breaks = breaks[advance(breaks, 0, int(first)+1):]
		end := -1 // of the text
		if len(breaks) > 0 {
			end = int(breaks[0])
		}
		var l, r sentence
		l, left = cutSentence(left, end)
		r, right = cutSentence(right, end)
		dst = either(dst, l.spans, r.spans, r.near, l.near)
	}
	return dst
}

// sentence is what a side has in one.
type sentence struct {
	spans     []Span // those that begin there, of which some may end elsewhere
	end       int    // -1 for that of the text
	hasAny    bool   // within
	lastFirst int    // where the last of those within begins
	firstLast int    // where one of them ends first
}

// cutSentence parts off the spans that begin before a position, -1 for all.
func cutSentence(side []Span, end int) (s sentence, rest []Span) {
	s.end = end
	n := 0
	for n < len(side) && (end < 0 || int(side[n].First) < end) {
		if first, last := int(side[n].First), int(side[n].Last); s.holds(side[n]) {
			if !s.hasAny || last < s.firstLast {
				s.firstLast = last
			}
			s.lastFirst, s.hasAny = first, true
		}
		n++
	}
	s.spans = side[:n]
	return s, side[n:]
}

func (s *sentence) holds(one Span) bool { return s.end < 0 || int(one.Last) < s.end }

// near reports whether a span of the other side is in the sentence and has one of these beside it.
func (s *sentence) near(other Span) bool {
	return s.hasAny && s.holds(other) && (s.lastFirst > int(other.Last) || s.firstLast < int(other.First))
}
