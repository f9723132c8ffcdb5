package entity

import "slices"

// mode is how the words of a sentence are written: what capitals say depends on it.
type mode uint8

const (
	modeText    mode = iota
	modeTitle        // a headline in Title Case
	modeCapital      // IN CAPITALS
)

// sentence is a sentence as it is looked at. Two words that are none stand on either side.
type sentence struct {
	words []word
	runs  []run // for each word
	mode  mode
	text  func(i int) string // the words as written
	rows  []uint32
	known vocabulary
}

// run is the row of capitalised words in which a word stands, [from, to), or an empty one.
type run struct{ from, to int }

// margin is how many words that are none stand on either side of a sentence.
const margin = 2

// read takes in the words of a sentence, n of them.
func (s *sentence) read(n int, text func(int) string, l *lists) {
	s.text = text
	s.words = slices.Grow(s.words[:0], n+2*margin)[:n+2*margin]
	inner := s.words[margin : margin+n]
	clear(s.words[:margin])
	clear(s.words[margin+n:])
	for i := range inner {
		s.known.read(&inner[i], text(i), l)
	}
	s.mode = modeOf(s.words)
	l.markPhrases(inner)
	s.findRuns()
}

// modeOf tells headlines by their capitals: in Title Case four words or more, and four in five of those that are no small
// words, begin with one, or three and there are no others than small words; and there is no full stop.
func modeOf(words []word) mode {
	var upper, title, lower, small int
	for i := range words {
		switch w := &words[i]; w.form {
		case formUpper, formDotted:
			upper++
		case formTitle, formMixed:
			title++
		case formLower:
			if w.small {
				small++
			} else {
				lower++
			}
		}
	}
	switch {
	case upper >= 2 && title+lower+small == 0:
		return modeCapital
	case upper >= 4 && (title+lower+small)*8 <= upper:
		return modeCapital
	case endsWithStop(words):
		return modeText
	case upper+title >= 4 && upper+title >= 4*lower && upper+title > small, upper+title == 3 && lower == 0 && small > 0:
		return modeTitle
	}
	return modeText
}

var fullStop = hashLower(".")

// endsWithStop reports whether a sentence, with its margins, ends with a full stop, as headlines do not.
func endsWithStop(words []word) bool {
	n := len(words) - margin - 1
	return n >= margin && (words[n].lower == fullStop || words[n-1].lower == fullStop)
}

// smallWords are those that Title Case leaves in lower case.
var smallWords = func() map[uint64]bool {
	m := map[uint64]bool{}
	for _, w := range []string{"a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "with", "and", "or", "but", "as", "from", "into",
		"over", "is", "'s", "’s", "v", "vs", "via", "de", "al", "nor", "up", "off"} {
		m[hashLower(w)] = true
	}
	return m
}()

func (s *sentence) findRuns() {
	s.runs = s.runs[:0]
	for i := 0; i < len(s.words); {
		j := i
		for j < len(s.words) && s.words[j].capital() {
			j++
		}
		if j == i {
			s.runs = append(s.runs, run{i, i})
			i++
			continue
		}
		for range j - i {
			s.runs = append(s.runs, run{i, j})
		}
		i = j
	}
}

// candidate reports whether a word may be of a name: it has a capital letter, or stands between words that have one, with
// at most one word between, or is a particle before one. All others are outside of names.
func (s *sentence) candidate(i int) bool {
	w := s.words[i : i+2*margin+1]
	return w[margin].capital() || w[margin].class == classParticle && w[margin+1].capital() ||
		w[margin].form != formOther && (w[margin-1].capital() || w[margin-2].capital()) && (w[margin+1].capital() || w[margin+2].capital())
}

// Features of the word itself come first, so that training can leave them out for a time, as if it had never seen the word.
const ownFeatures = 6

// The features. Each is hashed with what it says to a row of the model's table.
const (
	fLower uint64 = iota + 1
	fLowerForm
	fPrevLower
	fLowerNext
	fLowerFirst
	fLowerPrev2

	fForm
	fShape
	fShapeFirst
	fTail
	fPrefix
	fSuffix = fPrefix + 3
	fPrev   = fSuffix + 4 + iota
	fNext
	fPrev2
	fNext2
	fPrevNext
	fPrevForm
	fNextForm
	fPrev2Prev
	fNextNext2
	fPrevSuffix
	fNextSuffix
	fPrevShape
	fNextShape
	fShapes
	fList
	fPrevList
	fNextList
	fListPrevList
	fListNextList
	fListPrev
	fListNext
	fListBit
	fRunLeft
	fRunRight
	fRunPlace
	fRunFirst
	fRunLast
	fRunLastList
	fRunFirstList
	fRunSides
	fRunLists
	fPrev2List
)

// features returns the rows of the features of word i, in a slice that the next call uses again.
func (s *sentence) features(i int) []uint32 {
	i += margin
	rows := s.wordFeatures(s.rows[:0], i)
	rows = s.wordsFeatures(rows, i)
	rows = s.writtenFeatures(rows, i)
	s.rows = s.placeFeatures(rows, i)
	return s.rows
}

// aloneFeatures are those features of word i that its neighbours have no part in, and otherFeatures all others.
func (s *sentence) aloneFeatures(i int) []uint32 {
	s.rows = s.writtenFeatures(s.wordFeatures(s.rows[:0], i+margin), i+margin)
	return s.rows
}

func (s *sentence) otherFeatures(i int) []uint32 {
	s.rows = s.placeFeatures(s.wordsFeatures(s.rows[:0], i+margin), i+margin)
	return s.rows
}

func (s *sentence) placeFeatures(rows []uint32, i int) []uint32 {
	rows = s.nearFeatures(rows, i)
	rows = s.listFeatures(rows, i)
	return s.runFeatures(rows, i)
}

// rowFor returns the row of a feature that says a.
func rowFor(f, a uint64) uint32 {
	h := (a ^ f*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	h = (h ^ h>>32) * 0xc4ceb9fe1a85ec53
	return uint32(h >> (64 - tableBits))
}

// pair returns one value of two.
func pair(a, b uint64) uint64 { return (a*0x9e3779b97f4a7c15 ^ b) * 0xbf58476d1ce4e5b9 }

// first reports whether nothing but punctuation stands before the word.
func (s *sentence) first(i int) bool {
	return s.words[i-1].form == formNone || s.words[i-1].form == formPunct && s.words[i-2].form == formNone
}

// place is the form of a word, the mode of the sentence and whether the word opens it, in one value.
func (s *sentence) place(i int) uint64 {
	p := uint64(s.words[i].form)<<3 | uint64(s.mode)<<1
	if s.first(i) {
		p |= 1
	}
	return p
}

// wordFeatures and wordsFeatures are together the ownFeatures.
func (s *sentence) wordFeatures(rows []uint32, i int) []uint32 {
	w, place := &s.words[i], s.place(i)
	return append(rows,
		rowFor(fLower, w.lower),
		rowFor(fLowerForm, pair(w.lower, place>>1)),
		rowFor(fLowerFirst, pair(w.lower, place)))
}

func (s *sentence) wordsFeatures(rows []uint32, i int) []uint32 {
	w := &s.words[i]
	return append(rows,
		rowFor(fPrevLower, pair(s.words[i-1].lower, w.lower)),
		rowFor(fLowerNext, pair(w.lower, s.words[i+1].lower)),
		rowFor(fLowerPrev2, pair(w.lower, s.words[i-2].lower)))
}

func (s *sentence) writtenFeatures(rows []uint32, i int) []uint32 {
	w, place := &s.words[i], s.place(i)
	rows = append(rows,
		rowFor(fForm, place),
		rowFor(fShape, w.shape),
		rowFor(fShapeFirst, pair(w.shape, place)))
	a := affixesOf(s.text(i - margin))
	if a.tail != 0 {
		rows = append(rows, rowFor(fTail, a.tail))
	}
	for n, h := range a.prefix {
		rows = append(rows, rowFor(fPrefix+uint64(n), h))
	}
	for n, h := range a.suffix {
		rows = append(rows, rowFor(fSuffix+uint64(n), pair(h, place>>1)))
	}
	return rows
}

func (s *sentence) nearFeatures(rows []uint32, i int) []uint32 {
	w, prev, next, prev2, next2 := &s.words[i], &s.words[i-1], &s.words[i+1], &s.words[i-2], &s.words[i+2]
	place := s.place(i)
	return append(rows,
		rowFor(fPrev, prev.lower),
		rowFor(fNext, next.lower),
		rowFor(fPrev2, prev2.lower),
		rowFor(fNext2, next2.lower),
		rowFor(fPrevNext, pair(prev.lower, next.lower)),
		rowFor(fPrevForm, pair(prev.lower, place)),
		rowFor(fNextForm, pair(next.lower, place)),
		rowFor(fPrev2Prev, pair(prev2.lower, prev.lower)),
		rowFor(fNextNext2, pair(next.lower, next2.lower)),
		rowFor(fPrevSuffix, prev.end),
		rowFor(fNextSuffix, next.end),
		rowFor(fPrevShape, pair(pair(prev.shape, w.shape), uint64(s.mode))),
		rowFor(fNextShape, pair(pair(w.shape, next.shape), uint64(s.mode))),
		rowFor(fShapes, pair(pair(prev.shape, w.shape), pair(next.shape, uint64(s.mode)))))
}

func (s *sentence) listFeatures(rows []uint32, i int) []uint32 {
	w, prev, next := &s.words[i], &s.words[i-1], &s.words[i+1]
	list, m := uint64(w.list), uint64(s.mode)
	rows = append(rows,
		rowFor(fList, pair(list, m)),
		rowFor(fPrevList, uint64(prev.list)),
		rowFor(fNextList, uint64(next.list)),
		rowFor(fListPrevList, pair(list, uint64(prev.list))),
		rowFor(fListNextList, pair(list, uint64(next.list))),
		rowFor(fListPrev, pair(list, prev.lower)),
		rowFor(fListNext, pair(list, next.lower)),
		rowFor(fPrev2List, pair(uint64(s.words[i-2].list), uint64(prev.list))))
	for bits := list; bits != 0; bits &= bits - 1 {
		rows = append(rows, rowFor(fListBit, pair(bits&-bits, m)))
	}
	return rows
}

// runFeatures say what stands beside the whole row of capitalised words, and at its ends.
func (s *sentence) runFeatures(rows []uint32, i int) []uint32 {
	r, m := s.runs[i], uint64(s.mode)
	left, right := &s.words[max(r.from-1, 0)], &s.words[min(max(r.to, r.from+1), len(s.words)-1)]
	first, last := &s.words[r.from], &s.words[max(r.to-1, r.from)]
	at := uint64(min(i-r.from, 3))<<4 | uint64(min(max(r.to-1, r.from)-i, 3))<<2 | m
	return append(rows,
		rowFor(fRunLeft, pair(left.lower, at)),
		rowFor(fRunRight, pair(right.lower, at)),
		rowFor(fRunSides, pair(left.lower, pair(right.lower, m))),
		rowFor(fRunPlace, pair(at, s.place(i))),
		rowFor(fRunFirst, pair(first.lower, at)),
		rowFor(fRunLast, pair(last.lower, at)),
		rowFor(fRunFirstList, pair(uint64(first.list), at)),
		rowFor(fRunLastList, pair(uint64(last.list), at)),
		rowFor(fRunLists, pair(uint64(left.list), pair(uint64(first.list), uint64(last.list)))))
}
