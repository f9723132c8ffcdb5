package embedded

import (
	"hash/maphash"
	"sync/atomic"

	"dateline/index/analysis"
)

// stemmed is a term and its stem in a language.
type stemmed struct {
	language   analysis.Language
	term, stem string
}

// stems remember the stems of terms, each in the place of its hash, where another may take it: a word is looked for in every
// segment, among terms that are largely the same. They take some megabytes at most.
var stems [1 << 16]atomic.Pointer[stemmed]

var stemSeed = maphash.MakeSeed()

// stemOf is analysis.Language.Stem.
func stemOf(l analysis.Language, term string) string {
	at := &stems[(maphash.String(stemSeed, term)+uint64(l))%uint64(len(stems))]
	if known := at.Load(); known != nil && known.language == l && known.term == term {
		return known.stem
	}
	s := &stemmed{l, term, l.Stem(term)}
	at.Store(s)
	return s.stem
}
