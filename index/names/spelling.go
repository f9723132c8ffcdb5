package names

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// spelling is what a word as written comes to. Most words of names are met again and again, in other names.
type spelling struct {
	Plain  string // lower-case Latin letters without accents: milosevic, muller
	Spoken string // the same with accented letters spelt out: miloshevich, mueller

	skeletons [2]string // of Plain, and of Spoken or of another reading
	keys      [3]string // of both, and of another reading of a first J
	nkeys     int
	mask      uint64 // a bit for each key
	signs     uint64 // mask, and bits for what else two words may agree by: see setSigns
	foreign   bool   // transliterated from another script
	arabic    bool

	text   string // the word as written
	folded string // Plain, with the Arabic article
	lists  lists  // of folded
	given  []int  // givenGroupsOf it
}

// knownWords keep what was made of words, for all goroutines: for each word one place, which the last one takes that it is for.
// What they answer does not depend on what they keep.
var knownWords [1 << 15]atomic.Pointer[spelling]

// met has a part of the hash of a word that was met lately in each of its places: one that is met for the first time is not
// kept, as most of those are never met again.
var met [1 << 16]atomic.Uint32

const maxKeptWord = 40 // bytes of a word that is kept: one takes some 400 bytes, all together at most 13 MB

var spellingSeed = maphash.MakeSeed()

// spellingOf returns what a word comes to. It must not be changed.
func spellingOf(word string) *spelling {
	if len(word) > maxKeptWord {
		return newSpelling(word)
	}
	hash := maphash.String(spellingSeed, word)
	kept := &knownWords[hash%uint64(len(knownWords))]
	if s := kept.Load(); s != nil && s.text == word {
		return s
	}
	if met[hash>>48].Swap(uint32(hash>>8)) != uint32(hash>>8) {
		return newSpelling(word)
	}
	s := newSpelling(strings.Clone(word)) // a part of an article would keep all of it
	kept.Store(s)
	return s
}
