package names

import (
	"hash/maphash"
	"sync/atomic"
)

// spelling is what a word as written comes to. Most words of names are met again and again, in other names, but so many are that
// what is looked at first stands together: much of the time goes into fetching them from memory.
type spelling struct {
	folded string // Plain, with the Arabic article
	signs  signs  // of what two words may agree by: see setSigns
	lists  lists  // of folded

	foreign bool // transliterated from another script
	arabic  bool

	Plain  string // lower-case Latin letters without accents: milosevic, muller
	Spoken string // the same with accented letters spelt out: miloshevich, mueller

	skeletons [2]string // of Plain, and of Spoken or of another reading
	keys      [3]string // of both, and of another reading of a first J
	nkeys     int
	given     []int // givenGroupsOf it
}

// keptSpelling is one that is kept for a word as written.
type keptSpelling struct {
	size uint8
	text [maxKeptWord]byte
	spelling
}

func (k *keptSpelling) is(word string) bool { return string(k.text[:k.size]) == word }

// knownWords keep what was made of words, for all goroutines: for each word one place, which the last one takes that it is for.
// What they answer does not depend on what they keep.
var knownWords [1 << 15]atomic.Pointer[keptSpelling]

// met has a part of the hash of a word that was met lately in each of its places: one that is met for the first time is not
// kept, as most of those are never met again.
var met [1 << 16]atomic.Uint32

const maxKeptWord = 40 // bytes of a word that is kept: one takes some 350 bytes, all together at most 12 MB

var spellingSeed = maphash.MakeSeed()

// spellingOf returns what a word comes to. It must not be changed.
func spellingOf(word string) *spelling {
	if len(word) > maxKeptWord {
		return newSpelling(word)
	}
	hash := maphash.String(spellingSeed, word)
	kept := &knownWords[hash%uint64(len(knownWords))]
	if k := kept.Load(); k != nil && k.is(word) {
		return &k.spelling
	}
	s := newSpelling(word)
	if met[hash>>48].Swap(uint32(hash>>8)) != uint32(hash>>8) {
		return s
	}
	k := keepSpelling(word, s)
	kept.Store(k)
	return &k.spelling
}

// keepSpelling returns a spelling to be kept for a word: with a text of its own, as a part of an article would keep all of it, and
// only one, as those who collect garbage look at each.
func keepSpelling(word string, s *spelling) *keptSpelling {
	k := &keptSpelling{spelling: *s}
	k.size = uint8(copy(k.text[:], word))
	texts := [...]*string{&k.folded, &k.Plain, &k.Spoken, &k.skeletons[0], &k.skeletons[1], &k.keys[0], &k.keys[1], &k.keys[2]}
	var room [256]byte
	all := room[:0]
	for _, t := range texts {
		all = append(all, *t...)
	}
	rest := string(all)
	for _, t := range texts {
		*t, rest = rest[:len(*t)], rest[len(*t):]
	}
	return k
}
