package aliases

import (
	"cmp"
	"iter"
	"maps"
	"strings"

	"dateline/index"
)

// CompareSuggested orders suggestions of several types: by score, then by the articles of both, then by their names.
func CompareSuggested(a, b index.Suggested) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Articles[0]+b.Articles[1], a.Articles[0]+a.Articles[1]),
		cmp.Compare(b.Articles[0], a.Articles[0]), strings.Compare(a.Name, b.Name), strings.Compare(a.Other, b.Other))
}

// Len returns how many spellings of names the graph remembers.
func (g *Graph) Len() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.names == nil {
		return 0
	}
	return g.names.Len()
}

// Renamed reports whether the entity that a name stands for is shown as the user wants.
func (b *Book) Renamed(of uint32) bool {
	_, ok := b.labels[of]
	return ok
}

// Labels yields what the user wants entities to be shown as, by the number of the name that stands for each.
func (b *Book) Labels() iter.Seq2[uint32, string] { return maps.All(b.labels) }
