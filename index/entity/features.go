package entity

import "slices"

// mode is how the words of a sentence are written: what capitals say depends on it.
type mode uint8

const (
	modeText    mode = iota
	modeTitle        // a headline in Title Case
	modeCapital      // IN CAPITALS
)

// sentence is a sentence as it is looked at. Two words that are none stand on either side: words, runs and seats count them.
// Most words of most sentences are far from any name and say nothing of it: words are read when they are first wanted.
type sentence struct {
	words []word
	runs  []run  // of the words near capitals
	seats []seat // where words are kept, unread where they have not been read
	near  []run  // the words near capitals, counted without the margin
	mode  mode
	text  func(i int) string // the words as written
	rows  []uint32
	known vocabulary
	lists *lists
}

// run is a row of words, [from, to), or an empty one.
type run struct{ from, to int }

// margin is how many words that are none stand on either side of a sentence.
const margin = 2

// read takes in the words of a sentence.
func (s *sentence) read(words []string, l *lists) {
	s.readTokens(asTokens(words), func(i int) string { return words[i] }, l)
}

// asTokens returns tokens that are made of what words are, of no text.
func asTokens(words []string) []token {
	tokens := make([]token, len(words))
	for i, w := range words {
		tokens[i].made = madeOf(w)
	}
	return tokens
}

// readTokens takes in the words of a sentence, of which it is known what they are made of.
func (s *sentence) readTokens(tokens []token, text func(int) string, l *lists) {
	n := len(tokens)
	s.text, s.lists, s.mode = text, l, modeText
	s.words = slices.Grow(s.words[:0], n+2*margin)[:n+2*margin]
	clear(s.words)
	s.seats = slices.Grow(s.seats[:0], len(s.words))[:len(s.words)]
	clear(s.seats)
	for i := range margin {
		s.seats[i], s.seats[len(s.seats)-1-i] = notKept, notKept
	}
	s.runs = slices.Grow(s.runs[:0], len(s.words))[:len(s.words)]
	if s.findNear(tokens) {
		s.near = append(s.near[:0], run{0, n})
		for i := range n {
			s.want(i + margin)
		}
		s.mode = modeOf(s.words)
	}
	for _, r := range s.near {
		s.markPhrases(r.from+margin, r.to+margin)
		s.findRuns(r.from+margin, r.to+margin)
	}
}

// want sees to it that word i has been read.
func (s *sentence) want(i int) {
	if s.seats[i] == unread {
		s.readWord(i)
	}
}

func (s *sentence) readWord(i int) { s.seats[i] = s.known.read(&s.words[i], s.text(i-margin), s.lists) }

// markPhrases marks the words from one up to another that are of phrases of the lists.
func (s *sentence) markPhrases(from, to int) {
	for i := from; i < to; i++ {
		if n := int(s.words[i].phrases); n > 0 {
			end := min(i+n, to)
			for k := i + 1; k < end; k++ {
				s.want(k)
			}
			s.lists.markPhrase(s.words[i:end], n)
		}
	}
}

// What is looked at of the words before a capital and after it. One more before, as a particle may stand there.
const (
	nearBefore = margin + 1
	nearAfter  = margin
)

// findNear reads the words that may have a capital, and finds those near them. It reports whether there are so many, and so few
// words in lower case, that modeOf has to be asked.
func (s *sentence) findNear(tokens []token) (ask bool) {
	s.near = s.near[:0]
	capital, lower := 0, 0
	for i := range tokens {
		made := tokens[i].made
		if !made.mayCapital() {
			if made == lowerLetter {
				lower++
			}
			continue
		}
		capital++
		s.want(i + margin)
		from, to := max(i-nearBefore, 0), min(i+nearAfter+1, len(tokens))
		if last := len(s.near) - 1; last >= 0 && from <= s.near[last].to {
			s.near[last].to = to
			continue
		}
		s.near = append(s.near, run{from, to})
	}
	return 4*lower < 5*capital
}

// modeOf tells headlines by their capitals: in Title Case four words or more, and four in five of those that are no small
// words, begin with one, or three and there are no others than small words, three at most; and there is no full stop.
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
	case upper+title >= 4 && upper+title >= 4*lower && upper+title > small, upper+title == 3 && lower == 0 && small > 0 && small <= 3:
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

// findRuns finds the rows of capitalised words among words from one up to another, with the margin counted.
func (s *sentence) findRuns(from, to int) {
	for i := from; i < to; {
		j := i
		for j < to && s.words[j].capital() {
			j++
		}
		if j == i {
			s.runs[i] = run{i, i}
			i++
			continue
		}
		r := run{i, j}
		for ; i < j; i++ {
			s.runs[i] = r
		}
	}
}

// candidate reports whether a word may be of a name: it has a capital letter, or joins words that have one, with at most one word
// between, or is a particle before one. All others are outside of names, as are words by themselves that have capitals for other
// reasons.
func (s *sentence) candidate(i int) bool {
	w := s.words[i : i+2*margin+1]
	i += margin
	if w[margin].capital() {
		return w[margin].plain == plainNever || w[margin-1].capital() || w[margin+1].capital() || s.mode != modeText ||
			w[margin].plain == plainOpener && !s.first(i)
	}
	between := (w[margin-1].capital() || w[margin-2].capital()) && (w[margin+1].capital() || w[margin+2].capital())
	if !between && !w[margin+1].capital() {
		return false
	}
	s.want(i)
	return w[margin].class == classParticle && w[margin+1].capital() || between && w[margin].joins
}

// wantFor reads the words that the features of word i look at.
func (s *sentence) wantFor(i int) {
	s.want(i - 1)
	s.want(i + 1)
	s.want(max(s.runs[i].from-1, 0))
	s.want(min(s.runs[i].to, len(s.words)-1))
}

// Features of the word itself come first, so that training can leave them out for a time, as if it had never seen the word.
const ownFeatures = 3

// The features. Each is hashed with what it says to a row of the model's table. They are those that were missed most when
// they were left out in training, one after another; twice as many are no better. Of pairs of words only one is left, and of the ends of
// words beside it none: nearly each is in another place of the table, and they added no more than 0.001 to F1.
const (
	fLower uint64 = iota + 1
	fLowerFirst
	fPrevLower

	fForm
	fShapeFirst
	fTail
	fSuffix
	fPrev = fSuffix + suffixes - 1 + iota
	fNext
	fPrevShape
	fNextShape
	fShapes
	fList
	fPrevList
	fNextList
	fListPrevList
	fListNextList
	fListBit
	fRunLeft
	fRunRight
	fRunFirst
	fRunLast
	fRunPlace
	fRunLists
	fRunFirstList
	fRunLastList
)

// features returns the rows of the features of word i, in a slice that the next call uses again.
func (s *sentence) features(i int) []uint32 {
	i += margin
	s.wantFor(i)
	rows := append(s.wordFeatures(s.rows[:0], i), s.wordsFeature(i))
	rows = s.writtenFeatures(rows, i)
	s.rows = s.placeFeatures(rows, i)
	return s.rows
}

// aloneFeatures are those features of word i that its neighbours have no part in, and otherFeatures all others, for which the
// words have to be read.
func (s *sentence) aloneFeatures(i int) []uint32 {
	s.rows = s.writtenFeatures(s.wordFeatures(s.rows[:0], i+margin), i+margin)
	return s.rows
}

func (s *sentence) otherFeatures(i int) []uint32 {
	i += margin
	s.rows = s.placeFeatures(append(s.rows[:0], s.wordsFeature(i)), i)
	return s.rows
}

func (s *sentence) placeFeatures(rows []uint32, i int) []uint32 {
	rows = s.nearFeatures(rows, i)
	rows = s.listFeatures(rows, i)
	return s.runFeatures(rows, i)
}

// rowFor returns the row of a feature that says a.
func rowFor(f, a uint64) uint32 { return uint32(hashOf(f, a) >> (64 - tableBits)) }

func hashOf(f, a uint64) uint64 {
	h := (a ^ f*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	return (h ^ h>>32) * 0xc4ceb9fe1a85ec53
}

// Features that say but one word have their rows in the line of that word, which are fetched from memory at once: to wait for it is
// most of the work, and one word is beside a name, in it and next to its end at the same time. lineBits is the binary logarithm of the
// rows of a line.
const lineBits = 3

// lineOf returns the first row of a word's line.
func lineOf(lower uint64) uint32 {
	return uint32(hashOf(0, lower)>>(64-tableBits+lineBits)) << lineBits
}

// slotOf returns which row of a word's line a feature has that says a besides.
func slotOf(f, a uint64) uint32 { return uint32(hashOf(f, a) >> (64 - lineBits)) }

var slotOfPrev, slotOfNext = slotOf(fPrev, 0), slotOf(fNext, 0)

// slotsOfRuns are those of the runFeatures of words, by feature and by where in the run the word stands.
var slotsOfRuns = func() (table [fRunLast - fRunLeft + 1][64]uint32) {
	for f := range table {
		for at := range table[f] {
			table[f][at] = slotOf(fRunLeft+uint64(f), uint64(at))
		}
	}
	return table
}()

// pair returns one value of two.
func pair(a, b uint64) uint64 { return (a*0x9e3779b97f4a7c15 ^ b) * 0xbf58476d1ce4e5b9 }

// first reports whether nothing but punctuation stands before the word.
func (s *sentence) first(i int) bool {
	if i == margin+1 {
		s.want(margin)
		return s.words[margin].form == formPunct
	}
	return i == margin
}

// place is the form of a word, the mode of the sentence and whether the word opens it, in one value.
func (s *sentence) place(i int) uint64 {
	p := uint64(s.words[i].form)<<3 | uint64(s.mode)<<1
	if s.first(i) {
		p |= 1
	}
	return p
}

// wordFeatures and wordsFeature are together the ownFeatures.
func (s *sentence) wordFeatures(rows []uint32, i int) []uint32 {
	w, place := &s.words[i], s.place(i)
	return append(rows,
		rowFor(fLower, w.lower),
		rowFor(fLowerFirst, pair(w.lower, place)))
}

func (s *sentence) wordsFeature(i int) uint32 {
	return rowFor(fPrevLower, pair(s.words[i-1].lower, s.words[i].lower))
}

func (s *sentence) writtenFeatures(rows []uint32, i int) []uint32 {
	w, place := &s.words[i], s.place(i)
	rows = append(rows,
		rowFor(fForm, place),
		rowFor(fShapeFirst, pair(w.shape, place)))
	a := endsOf(s.text(i - margin))
	if a.tail != 0 {
		rows = append(rows, rowFor(fTail, a.tail))
	}
	for n, h := range a.suffix {
		rows = append(rows, rowFor(fSuffix+uint64(n), pair(h, place>>1)))
	}
	return rows
}

func (s *sentence) nearFeatures(rows []uint32, i int) []uint32 {
	w, prev, next, m := &s.words[i], &s.words[i-1], &s.words[i+1], uint64(s.mode)
	prevShape := pair(prev.shape, w.shape)
	return append(rows,
		prev.line|slotOfPrev,
		next.line|slotOfNext,
		rowFor(fPrevShape, pair(prevShape, m)),
		rowFor(fNextShape, pair(pair(w.shape, next.shape), m)),
		rowFor(fShapes, pair(prevShape, pair(next.shape, m))))
}

func (s *sentence) listFeatures(rows []uint32, i int) []uint32 {
	list, prev, next, m := uint64(s.words[i].list), uint64(s.words[i-1].list), uint64(s.words[i+1].list), uint64(s.mode)
	rows = append(rows,
		rowFor(fList, pair(list, m)),
		rowFor(fPrevList, prev),
		rowFor(fNextList, next),
		rowFor(fListPrevList, pair(list, prev)),
		rowFor(fListNextList, pair(list, next)))
	for bits := list; bits != 0; bits &= bits - 1 {
		rows = append(rows, rowFor(fListBit, pair(bits&-bits, m)))
	}
	return rows
}

// runFeatures say what stands beside the whole row of capitalised words, and at its ends.
func (s *sentence) runFeatures(rows []uint32, i int) []uint32 {
	r := s.runs[i]
	left, right := &s.words[max(r.from-1, 0)], &s.words[min(max(r.to, r.from+1), len(s.words)-1)]
	first, last := &s.words[r.from], &s.words[max(r.to-1, r.from)]
	at := uint64(min(i-r.from, 3))<<4 | uint64(min(max(r.to-1, r.from)-i, 3))<<2 | uint64(s.mode)
	return append(rows,
		left.line|slotsOfRuns[0][at],
		right.line|slotsOfRuns[1][at],
		first.line|slotsOfRuns[2][at],
		last.line|slotsOfRuns[3][at],
		rowFor(fRunPlace, pair(at, s.place(i))),
		rowFor(fRunFirstList, pair(uint64(first.list), at)),
		rowFor(fRunLastList, pair(uint64(last.list), at)),
		rowFor(fRunLists, pair(uint64(left.list), pair(uint64(first.list), uint64(last.list)))))
}
