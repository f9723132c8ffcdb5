package span_test

import (
	"slices"
	"testing"

	"dateline/index/span"
)

// every returns n positions, one in step.
func every(n, step, first int) []uint32 {
	list := make([]uint32, n)
	for i := range list {
		list[i] = uint32(first + i*step)
	}
	return list
}

// widths makes spans of lengths that go up and down, so that their ends are in another order than their beginnings.
func widths(n int) []span.Span {
	list := make([]span.Span, n)
	for i := range list {
		list[i] = span.Span{First: uint32(3 * i), Last: uint32(3*i + i*7919%1000)}
	}
	return list
}

func BenchmarkSpans(b *testing.B) {
	few := [][]uint32{{3, 40, 200, 310}, {41, 90, 202}, {5, 43, 205, 312}}
	const many = 100_000
	one := every(many, 1, 1)
	turns := [][]uint32{every(many, 2, 1), every(many, 2, 2)}
	ten := make([][]uint32, 10)
	for i := range ten {
		ten[i] = every(many/10, 10, 1+i)
	}
	backwards := slices.Clone(ten)
	slices.Reverse(backwards)
	a, c := span.Points(nil, turns[0]), span.Points(nil, turns[1])
	wide := widths(many)
	for _, bench := range []struct {
		name string
		run  func(dst []span.Span) []span.Span
	}{
		{"phrase/usual", func(dst []span.Span) []span.Span { return span.Phrase(dst, few, 0) }},
		{"phrase/usual~3", func(dst []span.Span) []span.Span { return span.Phrase(dst, few, 3) }},
		{"together/usual", func(dst []span.Span) []span.Span { return span.Together(dst, few, 20) }},
		{"near/usual", func(dst []span.Span) []span.Span { return span.Near(dst, a[:10], c[4:14], 5, false) }},
		{"phrase/one word repeated", func(dst []span.Span) []span.Span { return span.Phrase(dst, [][]uint32{one, one}, 0) }},
		{"phrase/one word repeated~10", func(dst []span.Span) []span.Span { return span.Phrase(dst, [][]uint32{one, one, one}, 10) }},
		{"phrase/two words in turn~1000", func(dst []span.Span) []span.Span { return span.Phrase(dst, turns, 1000) }},
		{"phrase/ten words in turn~5", func(dst []span.Span) []span.Span { return span.Phrase(dst, ten, 5) }},
		{"phrase/a rare word among frequent~5", func(dst []span.Span) []span.Span {
			return span.Phrase(dst, [][]uint32{one, {5000}, one}, 5)
		}},
		{"together/two words in turn/1000", func(dst []span.Span) []span.Span { return span.Together(dst, turns, 1000) }},
		{"together/ten words backwards/20", func(dst []span.Span) []span.Span { return span.Together(dst, backwards, 20) }},
		{"near/two words in turn/1000", func(dst []span.Span) []span.Span { return span.Near(dst, a, c, 1000, false) }},
		{"near/spans that hold others/20", func(dst []span.Span) []span.Span { return span.Near(dst, wide, wide, 20, false) }},
		{"within/sentences of 20", func(dst []span.Span) []span.Span { return span.Within(dst, a, c, every(many/10, 20, 20)) }},
		{"or/two words in turn", func(dst []span.Span) []span.Span { return span.Or(dst, a, c) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			dst := bench.run(nil)
			b.ReportAllocs()
			for b.Loop() {
				dst = bench.run(dst[:0])
			}
			b.ReportMetric(float64(len(dst)), "spans")
		})
	}
}
