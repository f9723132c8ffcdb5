package span

// Phrase appends where the words of a phrase stand; slots[i] is where the i-th may. With slop 0 there is a span for each
// place where all stand one behind the other. With more (see query.Phrase) there is a span for each single position that
// takes part anywhere.
func Phrase(dst []Span, slots [][]uint32, slop int) []Span {
	return PhraseOf(dst, slots, nil, slop)
}

// PhraseOf is Phrase for words of several kinds: kinds[i] is that of the i-th, and nil says that all are of one. A position
// may stand for one word of each kind at once.
func PhraseOf(dst []Span, slots [][]uint32, kinds []uint8, slop int) []Span {
	switch {
	case anyEmpty(slots):
		return dst
	case len(slots) == 1:
		return Points(dst, slots[0])
	case slop <= 0:
		return exact(dst, slots)
	}
	return sloppy(dst, slots, kinds, slop)
}

// exact lets each word in turn say how far on the phrase can begin at the earliest, until all agree.
func exact(dst []Span, slots [][]uint32) []Span {
	var room [few]int
	next := room[:]
	if len(slots) > few {
		next = make([]int, len(slots))
	}
	n := len(slots)
	for begin, agreed, i := 0, 0, 0; ; i = (i + 1) % n {
		at := slots[i]
		next[i] = advance(at, next[i], begin+i)
		if next[i] == len(at) {
			return dst
		}
		if first := int(at[next[i]]) - i; first > begin {
			begin, agreed = first, 0
		}
		if agreed++; agreed == n {
			dst = append(dst, Span{uint32(begin), uint32(begin + n - 1)})
			begin, agreed = begin+1, 0
		}
	}
}

// sloppy slides a window over what each word has been moved by, p(i)-i, as wide as the slop. Where every word finds a
// position of its own in it, every position in it takes part: one that no word has taken can be taken by a word instead of
// the one it has.
func sloppy(dst []Span, slots [][]uint32, kinds []uint8, slop int) []Span {
	var room [few]slot
	var moreRoom [few]taker
	w, takers := window(room[:0]), moreRoom[:0]
	for i, at := range slots {
		w, takers = append(w, slot{at: at, shift: i}), append(takers, taker{like: like(slots, kinds, i)})
	}
	begin := len(dst)
	for left, ok := w.next(slop); ok; {
		w.slide(left, slop)
		if i := w.share(takers); i >= 0 {
			left, ok = w[i].reach(takers[i].index, slop)
			continue
		}
		for i := range w {
			s := &w[i]
			dst = Points(dst, s.at[max(s.lo, takers[i].done):s.hi])
			takers[i].done = s.hi
		}
		left, ok = w.next(slop)
	}
	return sorted(dst, begin)
}

// taker is what a word takes of the window.
type taker struct {
	like  int // the word before that has the same positions, -1 for none
	index int // of the position taken
	done  int // the positions before have been found
}

// like returns the last word before the i-th that has the same positions; a word has all in common with another of its kind,
// or none.
func like(slots [][]uint32, kinds []uint8, i int) int {
	for j := i - 1; j >= 0; j-- {
		if slots[j][0] == slots[i][0] && (kinds == nil || kinds[j] == kinds[i]) {
			return j
		}
	}
	return -1
}

// share gives each word a position of its own in the window, and returns the first word that finds none, or -1. Of equal
// words the window begins and ends the later, the later they are written; so each takes the first that is left.
func (w window) share(takers []taker) int {
	for i := range w {
		t := &takers[i]
		t.index = w[i].lo
		if t.like >= 0 {
			t.index = max(t.index, takers[t.like].index+1)
		}
		if t.index >= w[i].hi {
			return i
		}
	}
	return -1
}
