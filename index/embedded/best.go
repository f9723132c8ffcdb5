package embedded

// worstFirst keeps the first of many in an order: a heap with the last of those kept on top (Williams, Heapsort, 1964).
type worstFirst[T any] struct {
	list   []T
	size   int               // how many to keep
	before func(a, b T) bool // the order
}

func (h *worstFirst[T]) full() bool { return len(h.list) == h.size }

// add keeps x, if it is among the first of those added so far.
func (h *worstFirst[T]) add(x T) {
	if h.full() {
		if h.size > 0 && h.before(x, h.list[0]) {
			h.list[0] = x
			h.sink(0)
		}
		return
	}
	h.list = append(h.list, x)
	for i := len(h.list) - 1; i > 0 && h.before(h.list[(i-1)/2], h.list[i]); i = (i - 1) / 2 {
		h.list[i], h.list[(i-1)/2] = h.list[(i-1)/2], h.list[i]
	}
}

// sink restores the heap below the i-th.
func (h *worstFirst[T]) sink(i int) {
	for {
		last := i
		for _, k := range [2]int{2*i + 1, 2*i + 2} {
			if k < len(h.list) && h.before(h.list[last], h.list[k]) {
				last = k
			}
		}
		if last == i {
			return
		}
		h.list[i], h.list[last] = h.list[last], h.list[i]
		i = last
	}
}
