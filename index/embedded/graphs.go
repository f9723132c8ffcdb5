package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"dateline/index"
	"dateline/index/aliases"
)

// graphName is the file that remembers which names of a type are alike. It holds nothing that cannot be found out again from
// the articles, only slower, so it is neither verified nor missed.
func graphName(typ string) string { return "names." + typ }

// graphs are those of the types of entity, read when they are first asked for.
type graphs struct {
	dir  string
	list [3]struct {
		once  sync.Once
		graph aliases.Graph
		saved int // spellings in the file
	}
}

func (g *graphs) graph(typ string) *aliases.Graph {
	at := &g.list[slices.Index(index.EntityTypes, typ)]
	at.once.Do(func() {
		b, err := os.ReadFile(filepath.Join(g.dir, graphName(typ)))
		if err == nil && at.graph.UnmarshalBinary(b) == nil {
			at.saved = at.graph.Len()
		}
	})
	return &at.graph
}

// savedEighth has save write what has grown by an eighth: while articles come in, that is soon enough.
const savedEighth = 8

// save writes what has grown by a part since it was read or written: by an eighth of it, or by anything if part is 0. It writes the
// types at once, as that is mostly to wait for the disk.
func (g *graphs) save(part int) error {
	var errs [len(g.list)]error
	var wait sync.WaitGroup
	for i := range index.EntityTypes {
		wait.Go(func() { errs[i] = g.saveType(i, part) })
	}
	wait.Wait()
	return errors.Join(errs[:]...)
}

func (g *graphs) saveType(i, part int) error {
	at := &g.list[i]
	n, grown := at.graph.Len(), at.saved
	if part > 0 {
		grown += at.saved / part
	}
	if n <= grown {
		return nil
	}
	b, err := at.graph.MarshalBinary()
	if err == nil {
		err = writeFile(filepath.Join(g.dir, graphName(index.EntityTypes[i])), b)
	}
	if err == nil {
		at.saved = n
	}
	return err
}
