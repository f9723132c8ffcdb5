package names

import (
	"hash/maphash"
	"strings"
	"sync"
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
	foreign   bool   // transliterated from another script
	arabic    bool

	folded string // Plain, with the Arabic article
	lists  lists  // of folded
	given  []int  // givenGroupsOf it
}

// knownWords keep what was made of words, for all goroutines. What they answer does not depend on what they keep.
var knownWords [64]struct {
	mu         sync.RWMutex
	young, old map[string]*spelling // old are those that young has taken the place of
}

// met has a part of the hash of a word that was met lately in each of its places: one that is met for the first time is not
// kept, as most of those are never met again.
var met [1 << 16]atomic.Uint32

const (
	keptSpellings = 512 // in each of the knownWords, twice: one takes some 300 bytes, all together at most 20 MB
	maxKeptWord   = 40  // bytes of a word that is kept
)

var spellingSeed = maphash.MakeSeed()

// spellingOf returns what a word comes to. It must not be changed.
func spellingOf(word string) *spelling {
	if len(word) > maxKeptWord {
		return newSpelling(word)
	}
	hash := maphash.String(spellingSeed, word)
	kept := &knownWords[hash%uint64(len(knownWords))]
	kept.mu.RLock()
	s, young := kept.young[word]
	if s == nil {
		s = kept.old[word]
	}
	kept.mu.RUnlock()
	if young {
		return s
	}
	if s == nil && met[hash>>48].Swap(uint32(hash>>8)) != uint32(hash>>8) {
		return newSpelling(word)
	}
	word = strings.Clone(word) // a part of an article would keep all of it
	if s == nil {
		s = newSpelling(word)
	}
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if kept.young == nil || len(kept.young) >= keptSpellings {
		kept.young, kept.old = make(map[string]*spelling, keptSpellings), kept.young
	}
	kept.young[word] = s
	return s
}

