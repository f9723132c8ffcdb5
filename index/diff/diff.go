// Package diff says how a text differs from an earlier one, word by word.
//
// Paragraphs are compared first, then the words of those that differ (Myers, An O(ND) difference algorithm and its variations,
// 1986). The work is bounded by constants, not by a clock, so that two texts always differ in the same way: where texts would
// take more, paragraphs are replaced whole.
package diff

// Kind says whether a part of a text stayed.
type Kind string

// The kinds. What is deleted stands before what is inserted in its place.
const (
	Same   Kind = "same"
	Insert Kind = "insert"
	Delete Kind = "delete"
)

// Segment is a part of one of two texts, or of both.
type Segment struct {
	Text string `json:"text"`
	Kind Kind   `json:"kind"`
}

// Words compares two texts. The segments that are not inserted make up a, those that are not deleted b; none is empty.
func Words(a, b string) []Segment {
	w := work{steps: maxSteps}
	return segments(a, b, tidy(a, b, w.texts(a, b)))
}

// Values compares two lists of values, each of which is a segment of its own and stays whole.
func Values(a, b []string) []Segment {
	w := work{steps: maxSteps}
	x, y := numbered(a, b, whole)
	list, i, j := []Segment{}, 0, 0
	for _, r := range append(w.align(x, y), run{len(a), len(b), 0}) {
		list = appendAll(list, Delete, a[i:r.a])
		list = appendAll(list, Insert, b[j:r.b])
		list = appendAll(list, Same, a[r.a:r.a+r.n])
		i, j = r.a+r.n, r.b+r.n
	}
	return list
}

func appendAll(list []Segment, kind Kind, values []string) []Segment {
	for _, v := range values {
		list = append(list, Segment{v, kind})
	}
	return list
}

// Count says how many words are inserted and deleted.
func Count(list []Segment) (inserted, deleted int) {
	for _, s := range list {
		switch s.Kind {
		case Insert:
			inserted += countWords(s.Text)
		case Delete:
			deleted += countWords(s.Text)
		}
	}
	return inserted, deleted
}

// run is where n elements of two lists, or bytes of two texts, are the same.
type run struct{ a, b, n int }

// extend adds a run to a list, of which it may be the continuation.
func extend(list []run, r run) []run {
	if r.n == 0 {
		return list
	}
	if last := len(list) - 1; last >= 0 && list[last].a+list[last].n == r.a && list[last].b+list[last].n == r.b {
		list[last].n += r.n
		return list
	}
	return append(list, r)
}

// segments cuts two texts where they differ.
func segments(a, b string, same []run) []Segment {
	list, i, j := []Segment{}, 0, 0
	put := func(text string, kind Kind) {
		if text != "" {
			list = append(list, Segment{text, kind})
		}
	}
	for _, r := range append(same, run{len(a), len(b), 0}) {
		put(a[i:r.a], Delete)
		put(b[j:r.b], Insert)
		put(a[r.a:r.a+r.n], Same)
		i, j = r.a+r.n, r.b+r.n
	}
	return list
}

// texts returns the bytes that two texts have in common: equal paragraphs, and equal words between them.
func (w *work) texts(a, b string) []run {
	if a == b {
		return extend(nil, run{0, 0, len(a)})
	}
	x, okX := cut(a, paragraph)
	y, okY := cut(b, paragraph)
	if !okX || !okY {
		return w.words(nil, a, b, run{}, run{len(a), len(b), 0})
	}
	var list []run
	atA, atB, done := offsets(x), offsets(y), run{}
	p, q := numbered(x, y, content)
	for _, r := range w.align(p, q) {
		for i := range r.n {
			from := run{atA[r.a+i], atB[r.b+i], commonParagraph(x[r.a+i], y[r.b+i])}
			list = extend(w.words(list, a, b, done, from), from)
			done = run{from.a + from.n, from.b + from.n, 0}
		}
	}
	return w.words(list, a, b, done, run{len(a), len(b), 0})
}

// words adds the words that two texts have in common between two places in each.
func (w *work) words(list []run, a, b string, from, to run) []run {
	a, b = a[from.a:to.a], b[from.b:to.b]
	if a == "" || b == "" {
		return list
	}
	x, okX := cut(a, spaced)
	y, okY := cut(b, spaced)
	if !okX || !okY {
		return list
	}
	atA, atB := offsets(x), offsets(y)
	p, q := numbered(x, y, unspaced)
	for _, r := range w.align(p, q) {
		for i := range r.n {
			list = extend(list, run{from.a + atA[r.a+i], from.b + atB[r.b+i], commonWord(x[r.a+i], y[r.b+i])})
		}
	}
	return list
}

// numbered gives equal elements of two lists, by their keys, equal numbers.
func numbered(a, b []string, key func(string) string) (x, y []int32) {
	numbers := make(map[string]int32, len(a))
	number := func(list []string) []int32 {
		out := make([]int32, len(list))
		for i, s := range list {
			n, ok := numbers[key(s)]
			if !ok {
				n = int32(len(numbers))
				numbers[key(s)] = n
			}
			out[i] = n
		}
		return out
	}
	return number(a), number(b)
}

// offsets are where the pieces of a text begin, and where the last ends.
func offsets(pieces []string) []int {
	at := make([]int, 1, len(pieces)+1)
	for i, p := range pieces {
		at = append(at, at[i]+len(p))
	}
	return at
}
