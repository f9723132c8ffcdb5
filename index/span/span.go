// Package span says where the words of a query stand in one field: the algebra of nearness on sorted positions.
//
// A list of spans is sorted by First, then Last, each span once; a list of positions ascends. Every function appends its
// answer to dst, in that order, and allocates nothing else unless the query or the text is long. What the operators mean is
// said where package query defines its nodes; a property of the words, that two of a kind have the same positions or none in
// common, is all that is asked of positions.
package span

import (
	"cmp"
	"slices"
)

// Span is a run of positions, both ends within.
type Span struct{ First, Last uint32 }

// Points appends a span for each position.
func Points(dst []Span, positions []uint32) []Span {
	dst = slices.Grow(dst, len(positions))
	for _, p := range positions {
		dst = append(dst, Span{p, p})
	}
	return dst
}

// Or appends the spans of all lists. No list may lie in dst.
func Or(dst []Span, lists ...[]Span) []Span {
	begin := len(dst)
	for _, list := range lists {
		dst = merge(dst, begin, list)
	}
	return append(dst[:begin], slices.Compact(dst[begin:])...)
}

// merge merges a list into dst[begin:], from the end, where dst has room.
func merge(dst []Span, begin int, list []Span) []Span {
	i, j := len(dst)-1, len(list)-1
	if j < 0 || i < begin || compare(dst[i], list[0]) <= 0 {
		return append(dst, list...)
	}
	dst = append(dst, list...)
	for k := len(dst) - 1; j >= 0; k-- {
		if i >= begin && compare(dst[i], list[j]) > 0 {
			dst[k] = dst[i]
			i--
		} else {
			dst[k] = list[j]
			j--
		}
	}
	return dst
}

func compare(a, b Span) int {
	if a.First == b.First {
		return cmp.Compare(a.Last, b.Last)
	}
	return cmp.Compare(a.First, b.First)
}

// sorted puts dst[begin:] in order, each span once.
func sorted(dst []Span, begin int) []Span {
	if !slices.IsSortedFunc(dst[begin:], compare) {
		slices.SortFunc(dst[begin:], compare)
	}
	return append(dst[:begin], slices.Compact(dst[begin:])...)
}
