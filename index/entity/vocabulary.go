package entity

import "hash/maphash"

// vocabulary keeps what is known of words by themselves, as news has the same ones over and over: for each word one place, which
// the last one takes that it is for. What it answers does not depend on what it keeps. It has no pointers into texts, and none
// at all in what is many.
type vocabulary struct {
	lists *lists // those that the words were looked up in
	model *Model // the one that the sums are of
	words []keptWord
	sums  []keptSums
	buf   []byte
}

// keptWord is a word as written and what is known of it, in the 64 bytes of a line of a processor's cache.
type keptWord struct {
	text [maxKept]byte
	size uint8
	word word
}

// keptSums are the sums of a word's own features at a place of a sentence.
type keptSums struct {
	text  [maxKept]byte
	size  uint8
	place uint64
	sums  sums
}

const (
	keptPlaces = 1 << 13 // of words, and half as many of sums: together 800 KB
	maxKept    = 31      // bytes of the longest word that is kept
)

var seed = maphash.MakeSeed()

// read sets what is known of a word as written by itself, by the lists included.
func (v *vocabulary) read(w *word, s string, l *lists) {
	if v.lists != l {
		v.lists, v.words = l, make([]keptWord, keptPlaces)
	}
	if len(s) > maxKept || s == "" {
		v.readNew(w, s)
		return
	}
	k := &v.words[maphash.String(seed, s)%keptPlaces]
	if string(k.text[:k.size]) != s {
		v.readNew(&k.word, s)
		k.size = uint8(copy(k.text[:], s))
	}
	*w = k.word
}

func (v *vocabulary) readNew(w *word, s string) {
	v.buf = w.read(s, v.buf)
	w.small = smallWords[w.lower]
	v.lists.mark(w)
}

// score adds up the weights of the features of word i, for each label.
func (s *sentence) score(i int, m *Model) [labels]int32 {
	return m.add(s.alone(i, m), s.otherFeatures(i)).weights()
}

// alone adds up the weights of those features that its neighbours have no part in.
func (s *sentence) alone(i int, m *Model) sums {
	v := &s.known
	if v.model != m {
		v.model, v.sums = m, make([]keptSums, keptPlaces/2)
	}
	text, place := s.text(i), s.place(i+margin)
	if len(text) > maxKept || text == "" {
		return m.add(sums{}, s.aloneFeatures(i))
	}
	k := &v.sums[(maphash.String(seed, text)^place*0x9e3779b97f4a7c15>>32)%(keptPlaces/2)]
	if k.place != place || string(k.text[:k.size]) != text {
		k.sums = m.add(sums{}, s.aloneFeatures(i))
		k.size, k.place = uint8(copy(k.text[:], text)), place
	}
	return k.sums
}
