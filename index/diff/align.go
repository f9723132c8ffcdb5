package diff

import "slices"

// Bounds of the work. An article of 2,000 words that is changed in every second word takes about a million steps.
const (
	maxSteps = 1 << 24 // of one comparison: about a tenth of a second
	maxEdits = 2000    // of one stretch; the memory is their square: 8 MB
)

// work is what is left to be spent on a comparison.
type work struct{ steps int }

// align returns the longest common subsequence of two lists. Where that would take too much it goes by the elements that both
// have once, as patience sorting does, and compares only what stands between them.
func (w *work) align(a, b []int32) []run {
	if list, ok := w.shortest(a, b); ok {
		return list
	}
	var list []run
	i, j := 0, 0
	for _, r := range append(anchors(a, b), run{len(a), len(b), 0}) {
		between, _ := w.shortest(a[i:r.a], b[j:r.b])
		for _, s := range between {
			list = extend(list, run{i + s.a, j + s.b, s.n})
		}
		list = extend(list, r)
		i, j = r.a+r.n, r.b+r.n
	}
	return list
}

// shortest is Myers' algorithm on what two lists do not have in common at their ends. It returns these ends and false when the
// lists differ too much.
func (w *work) shortest(a, b []int32) ([]run, bool) {
	var list []run
	head := common(a, b)
	list = extend(list, run{0, 0, head})
	a, b = a[head:], b[head:]
	tail := commonEnd(a, b)
	x, y := a[:len(a)-tail], b[:len(b)-tail]
	trace, ok := w.search(x, y)
	if ok {
		for _, r := range backtrack(trace, x, y) {
			list = extend(list, run{head + r.a, head + r.b, r.n})
		}
	}
	return extend(list, run{head + len(x), head + len(y), tail}), ok
}

// common is how many elements two lists begin with alike.
func common(a, b []int32) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// commonEnd is how many they end with alike.
func commonEnd(a, b []int32) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// row holds, for one number of edits d, how far into a they reach on the diagonals -d, -d+2 ... d.
type row []int32

func (r row) at(k int) int { return int(r[(k+len(r)-1)/2]) }

// before returns the diagonal from which the next row reaches diagonal k, and how far that one was. Row r has len(r)-1 edits.
func (r row) before(k int) (from, x int) {
	d := len(r) // of the next row
	if k == -d || k != d && r.at(k-1) < r.at(k+1) {
		return k + 1, r.at(k + 1)
	}
	return k - 1, r.at(k - 1)
}

// search returns the rows up to the one that reaches the ends of both lists.
func (w *work) search(a, b []int32) ([]row, bool) {
	switch {
	case len(a) == 0 || len(b) == 0:
		return nil, true
	case max(len(a), len(b))-min(len(a), len(b)) > maxEdits:
		return nil, false
	}
	var rows []row
	for d := range min(len(a)+len(b), maxEdits) + 1 {
		next := make(row, d+1)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				from, far := rows[d-1].before(k)
				if x = far; from < k {
					x++
				}
			}
			begin := x
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			if w.steps -= 1 + x - begin; w.steps < 0 {
				return nil, false
			}
			next[(k+d)/2] = int32(x)
			if x >= len(a) && x-k >= len(b) {
				return append(rows, next), true
			}
		}
		rows = append(rows, next)
	}
	return nil, false
}

// backtrack follows the rows from the ends of the lists to their beginnings.
func backtrack(rows []row, a, b []int32) []run {
	var back []run
	x, y := len(a), len(b)
	for d := len(rows) - 1; d >= 0; d-- {
		fromX, fromY := 0, 0 // where the equal elements before (x, y) begin
		var nextX, nextY int
		if d > 0 {
			k := x - y
			from, far := rows[d-1].before(k)
			nextX, nextY = far, far-from
			if fromX, fromY = nextX, nextY; from < k {
				fromX++
			} else {
				fromY++
			}
		}
		if n := x - fromX; n > 0 {
			back = append(back, run{fromX, fromY, n})
		}
		x, y = nextX, nextY
	}
	slices.Reverse(back)
	return back
}

// anchors are the elements that both lists have once, as many as stand in the same order in both.
func anchors(a, b []int32) []run {
	inA, inB := once(a), once(b)
	var found []run
	for i, n := range a {
		if j, ok := inB[n]; ok && inA[n] == i && j >= 0 {
			found = append(found, run{i, j, 1})
		}
	}
	return ascending(found)
}

// once says where the elements of a list stand; -1 of those that it has several times.
func once(list []int32) map[int32]int {
	at := make(map[int32]int, len(list))
	for i, n := range list {
		if _, again := at[n]; again {
			i = -1
		}
		at[n] = i
	}
	return at
}

// ascending is the longest part of a list, which ascends by a, that also ascends by b.
func ascending(list []run) []run {
	var piles []int // the run on top of each pile, by number
	before := make([]int, len(list))
	for i, r := range list {
		p, _ := slices.BinarySearchFunc(piles, r.b, func(top, b int) int { return list[top].b - b })
		if before[i] = -1; p > 0 {
			before[i] = piles[p-1]
		}
		if p == len(piles) {
			piles = append(piles, i)
		} else {
			piles[p] = i
		}
	}
	if len(piles) == 0 {
		return nil
	}
	var back []run
	for i := piles[len(piles)-1]; i >= 0; i = before[i] {
		back = append(back, list[i])
	}
	slices.Reverse(back)
	return back
}
