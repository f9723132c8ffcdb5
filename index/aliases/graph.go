package aliases

import "sync"

// Graph remembers which spellings are alike. One is for one type; it may be used by many goroutines. The zero Graph is empty.
// What it remembers is a function of the spellings, so that it never goes stale, however old.
type Graph struct {
	mu    sync.Mutex
	names *web // the spellings of names
	words *web // the names, surnames and aliases of one word, as terms
}

// ready makes the graph one for a type. The caller holds the lock.
func (g *Graph) ready(typ string) {
	if g.names == nil || g.names.typ != typ {
		g.names, g.words = newWeb(typ), newWeb(typ)
	}
}

// addWords returns the numbers of terms. The caller holds the lock.
func (g *Graph) addWords(terms []string) []uint32 {
	if g.words.wasteful(len(terms)) {
		g.words = g.words.only(terms)
	}
	return g.words.add(terms)
}

// prune forgets spellings that no name has any more, when they are many.
func (g *Graph) prune(live []string) {
	if g.names.wasteful(len(live)) {
		g.names = g.names.only(live)
	}
}
