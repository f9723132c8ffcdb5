package entity

import "hash/maphash"

// vocabulary keeps what is known of words by themselves, as news has the same ones over and over: for each word one place, which
// the last one takes that it is for. What it answers does not depend on what it keeps. It has no pointers into texts, and none
// at all in what is many.
type vocabulary struct {
	lists *lists // those that the words were looked up in
	model *Model // the one that the sums are of
	words []keptWord
	sums  [][2]keptSums // of each word, where it does not open a sentence and where it does
	buf   []byte
}

// keptWord is a word as written and what is known of it, in the 64 bytes of a line of a processor's cache.
type keptWord struct {
	text [maxKept]byte
	size uint8
	word word
}

func (k *keptWord) is(s string) bool { return string(k.text[:k.size]) == s }

// keptSums are the sums of a word's own features at a place of a sentence, where there are any.
type keptSums struct {
	place uint64
	sums  sums
}

// seat is the number of the place where a word is kept, from 1 on.
type seat uint16

const (
	keptPlaces = 1 << 13 // together 1 MB
	maxKept    = 31      // bytes of the longest word that is kept
	unread     = seat(0) // the word has not been read
	notKept    = seat(keptPlaces + 1)
)

var seed = maphash.MakeSeed()

// read sets what is known of a word as written by itself, by the lists included, and returns where it is kept.
func (v *vocabulary) read(w *word, s string, l *lists) seat {
	if v.lists != l {
		v.lists, v.model, v.words = l, nil, make([]keptWord, keptPlaces)
	}
	if len(s) > maxKept || s == "" {
		v.readNew(w, s)
		return notKept
	}
	at := maphash.String(seed, s) % keptPlaces
	k := &v.words[at]
	if !k.is(s) {
		v.readNew(&k.word, s)
		k.size = uint8(copy(k.text[:], s))
		if v.model != nil {
			v.sums[at] = [2]keptSums{}
		}
	}
	*w = k.word
	return seat(at + 1)
}

func (v *vocabulary) readNew(w *word, s string) {
	v.buf = w.read(s, v.buf)
	w.know()
	v.lists.mark(w)
}

// score adds up the weights of the features of word i, for each label.
func (s *sentence) score(i int, m *Model) [labels]int32 {
	s.wantFor(i + margin)
	return m.add(s.alone(i, m), s.otherFeatures(i)).weights()
}

// alone adds up the weights of those features that its neighbours have no part in.
func (s *sentence) alone(i int, m *Model) sums {
	v := &s.known
	if v.model != m {
		v.model, v.sums = m, make([][2]keptSums, keptPlaces)
	}
	at := s.seats[i+margin] - 1
	if at == notKept-1 || !v.words[at].is(s.text(i)) { // a later word of the sentence may have taken its place
		return m.add(sums{}, s.aloneFeatures(i))
	}
	place := s.place(i + margin)
	k := &v.sums[at][place&1]
	if k.place != place || k.sums.rows == 0 {
		*k = keptSums{place, m.add(sums{}, s.aloneFeatures(i))}
	}
	return k.sums
}
