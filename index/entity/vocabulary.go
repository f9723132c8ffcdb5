package entity

import "hash/maphash"

// vocabulary keeps what is known of words by themselves, as news has the same ones over and over: for each word one place, which
// the last one takes that it is for. What it answers does not depend on what it keeps.
type vocabulary struct {
	lists *lists // those that the words were looked up in
	words []keptWord
	buf   []byte
}

// keptWord is a word as written and what is known of it. It has no pointers, so that the collector need not look at it.
type keptWord struct {
	text [maxKept]byte
	size uint8
	word word
}

const (
	keptWords = 1 << 13 // about a megabyte
	maxKept   = 23      // bytes of the longest word that is kept
)

var seed = maphash.MakeSeed()

// read sets what is known of a word as written by itself, by the lists included.
func (v *vocabulary) read(w *word, s string, l *lists) {
	if v.lists != l {
		v.lists, v.words = l, make([]keptWord, keptWords)
	}
	if len(s) > maxKept || s == "" {
		v.readNew(w, s)
		return
	}
	k := &v.words[maphash.String(seed, s)%keptWords]
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
