package aliases

import (
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// TestAddedLater holds that names that come later are compared with those before them as if they had come at once.
func TestAddedLater(t *testing.T) {
	list := goldenNames(t)[index.Person]
	slices.Sort(list)
	list = slices.Compact(list)
	whole := newWeb(index.Person)
	whole.add(list)
	for _, size := range []int{1, 7, len(list) / 2} {
		w := newWeb(index.Person)
		for part := range slices.Chunk(list[:min(len(list), 300*size)], size) {
			w.add(part)
		}
		n := uint32(w.Len())
		for _, e := range whole.edges {
			found := slices.ContainsFunc(w.edges, func(f edge) bool {
				return e.a == f.a && e.b == f.b && whole.verdicts[e.v] == w.verdicts[f.v]
			})
			if e.b < n && !found {
				t.Errorf("%q and %q are not alike when %d names are added at once", whole.spelling(e.a), whole.spelling(e.b), size)
			}
		}
		if len(w.edges) == 0 || len(w.edges) > len(whole.edges) {
			t.Errorf("%d edges, of all names at once %d", len(w.edges), len(whole.edges))
		}
		if !slices.IsSorted(w.blocks) || n == uint32(len(list)) && !slices.Equal(w.blocks, whole.blocks) || strings.Join(list[:n], "") != string(w.text) {
			t.Error("the webs differ")
		}
	}
}
