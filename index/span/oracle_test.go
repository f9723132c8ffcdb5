package span_test

import (
	"encoding/binary"
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"dateline/index/span"
)

var (
	seedFlag   = flag.Uint64("span.seed", 0, "seed of the first random round; 0 takes another each time")
	roundsFlag = flag.Int("span.rounds", 20000, "number of random rounds")
)

// TestOracle compares with what the definitions in package query say when every choice is tried.
func TestOracle(t *testing.T) {
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64()
	}
	for i := range uint64(*roundsFlag) {
		if checkAll(t, rand.New(rand.NewPCG(seed+i, 0))); t.Failed() {
			t.Fatalf("repeat with -span.seed=%d -span.rounds=1", seed+i)
		}
	}
}

// FuzzOracle lets the fuzzer throw the dice.
func FuzzOracle(f *testing.F) {
	f.Add([]byte("some dice"))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, dice []byte) { checkAll(t, rand.New(&given{bytes: dice})) })
}

// given is a source of the bytes that are given, then of others.
type given struct {
	bytes []byte
	rest  rand.PCG
}

func (g *given) Uint64() uint64 {
	if len(g.bytes) == 0 {
		return g.rest.Uint64()
	}
	var eight [8]byte
	g.bytes = g.bytes[copy(eight[:], g.bytes):]
	return binary.BigEndian.Uint64(eight[:])
}

func checkAll(t *testing.T, d *rand.Rand) {
	slots, slop := randomSlots(d), d.IntN(7)
	same(t, span.Phrase(nil, slots, slop), sloppyPhrase(slots, slop), "phrase", slots, slop)
	words := distinct(slots)
	same(t, span.Together(nil, words, slop), together(words, slop), "together", words, slop)
	slots, kinds := kindsOfSlots(d)
	same(t, span.PhraseOf(nil, slots, kinds, slop), sloppyOfKinds(slots, kinds, slop), "phrase of kinds", slots, kinds, slop)
	words = distinct(slots)
	same(t, span.Together(nil, words, slop), together(words, slop), "together of kinds", words, slop)
	left, right, breaks := randomSpans(d), randomSpans(d), randomPositions(d, 24, 5)
	for _, ordered := range []bool{false, true} {
		near := func(a, b span.Span) bool { return nearBy(a, b, slop, ordered) }
		same(t, span.Near(nil, left, right, slop, ordered), both(left, right, near), "near", left, right, slop, ordered)
	}
	within := func(a, b span.Span) bool {
		in := sentenceOf(breaks, a.First)
		return (a.Last < b.First || b.Last < a.First) && sentenceOf(breaks, a.Last) == in &&
			sentenceOf(breaks, b.First) == in && sentenceOf(breaks, b.Last) == in
	}
	same(t, span.Within(nil, left, right, breaks), both(left, right, within), "within", left, right, breaks)
	same(t, span.Or(nil, left, right, left), tidy(slices.Concat(left, right)), "or", left, right)
}

func same(t *testing.T, got, want []span.Span, what string, args ...any) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s %v:\n got %s\nwant %s", what, args, show(got), show(want))
	}
}

// randomSlots makes the positions of a few words, some of them the same.
func randomSlots(d *rand.Rand) [][]uint32 {
	vocabulary := make([][]uint32, 1+d.IntN(4))
	length := 1 + d.IntN(16)
	for p := range length {
		if w := d.IntN(len(vocabulary) + d.IntN(3)); w < len(vocabulary) {
			vocabulary[w] = append(vocabulary[w], uint32(1+p))
		}
	}
	slots := make([][]uint32, 1+d.IntN(4))
	for i := range slots {
		slots[i] = vocabulary[d.IntN(len(vocabulary))]
	}
	return slots
}

// kindsOfSlots makes the positions of words of two kinds, a few of each.
func kindsOfSlots(d *rand.Rand) (slots [][]uint32, kinds []uint8) {
	for kind := range uint8(2) {
		words := randomSlots(d)
		for _, at := range words[:min(1+d.IntN(2), len(words))] {
			slots, kinds = append(slots, at), append(kinds, kind)
		}
	}
	d.Shuffle(len(slots), func(i, j int) {
		slots[i], slots[j], kinds[i], kinds[j] = slots[j], slots[i], kinds[j], kinds[i]
	})
	return slots, kinds
}

// distinct leaves each word once.
func distinct(slots [][]uint32) (words [][]uint32) {
	for _, s := range slots {
		if !slices.ContainsFunc(words, func(w []uint32) bool { return slices.Equal(w, s) }) {
			words = append(words, s)
		}
	}
	return words
}

func randomPositions(d *rand.Rand, below uint32, most int) (list []uint32) {
	for range d.IntN(most + 1) {
		list = append(list, 1+d.Uint32N(below))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func randomSpans(d *rand.Rand) (list []span.Span) {
	for _, p := range randomPositions(d, 24, 8) {
		for range 1 + d.IntN(2) {
			list = append(list, span.Span{First: p, Last: p + d.Uint32N(1+d.Uint32N(6))})
		}
	}
	return tidy(list)
}

func tidy(list []span.Span) []span.Span {
	slices.SortFunc(list, func(a, b span.Span) int {
		if a.First != b.First {
			return int(a.First) - int(b.First)
		}
		return int(a.Last) - int(b.Last)
	})
	return slices.Compact(list)
}

// choices calls f with every choice of a position for each word.
func choices(slots [][]uint32, f func(p []int)) {
	p := make([]int, len(slots))
	var choose func(i int)
	choose = func(i int) {
		if i == len(slots) {
			f(p)
			return
		}
		for _, at := range slots[i] {
			p[i] = int(at)
			choose(i + 1)
		}
	}
	choose(0)
}

func sloppyPhrase(slots [][]uint32, slop int) []span.Span {
	return sloppyOfKinds(slots, make([]uint8, len(slots)), slop)
}

func sloppyOfKinds(slots [][]uint32, kinds []uint8, slop int) (found []span.Span) {
	choices(slots, func(p []int) {
		moved := make([]int, len(p))
		for i := range p {
			for j := range i {
				if p[j] == p[i] && kinds[j] == kinds[i] {
					return
				}
			}
			moved[i] = p[i] - i
		}
		switch {
		case slices.Max(moved)-slices.Min(moved) > slop:
		case slop == 0:
			found = append(found, span.Span{First: uint32(p[0]), Last: uint32(p[len(p)-1])})
		default:
			found = append(found, points(p)...)
		}
	})
	return tidy(found)
}

func points(p []int) (list []span.Span) {
	for _, at := range p {
		list = append(list, span.Span{First: uint32(at), Last: uint32(at)})
	}
	return list
}

func together(slots [][]uint32, distance int) (found []span.Span) {
	choices(slots, func(p []int) {
		cost := slices.Max(p) - slices.Min(p)
		for i := 1; i < len(p); i++ {
			if p[i] < p[i-1] {
				cost++
			}
		}
		if cost <= distance {
			found = append(found, points(p)...)
		}
	})
	return tidy(found)
}

func nearBy(a, b span.Span, distance int, ordered bool) bool {
	return a.Last < b.First && int(b.First-a.Last) <= distance || !ordered && b.Last < a.First && int(a.First-b.Last) <= distance
}

func both(left, right []span.Span, near func(a, b span.Span) bool) (found []span.Span) {
	for _, a := range left {
		for _, b := range right {
			if near(a, b) {
				found = append(found, a, b)
			}
		}
	}
	return tidy(found)
}

func sentenceOf(breaks []uint32, p uint32) (n int) {
	for _, b := range breaks {
		if b <= p {
			n++
		}
	}
	return n
}
