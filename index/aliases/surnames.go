package aliases

import (
	"slices"
	"strings"
)

// A surname alone is an entity by itself where nobody knows whose it is. But an archive knows whom its articles call by it once
// they have given the full name: where that is nearly always one person, so is he who is named without.
const (
	calledLeast = 5  // articles that call somebody by the surname
	calledOf    = 10 // of ten of them
	calledOne   = 9  // nine call one
	calledSo    = "the surname by which articles call hardly anybody else"
)

// joinSurnames joins surnames with whom articles call by them.
func (j *joining) joinSurnames() {
	called := map[uint32]map[uint32]int{} // by surname and the root of whom it is of: articles
	for a := range j.b.lex.Aliases() {
		surname, ok := j.b.live(a.Key)
		if !ok || !j.b.lone(surname) || !j.free(surname) || j.b.lone(uint32(a.Name)) {
			continue
		}
		if called[surname] == nil {
			called[surname] = map[uint32]int{}
		}
		called[surname][j.all.root(uint32(a.Name))] += a.Articles
	}
	for _, surname := range j.inOrder(called) {
		if of, ok := onlyOne(called[surname]); ok && !j.isApart(surname, of) && !j.contradict(surname, of) {
			j.all.join(of, surname)
			j.ruled.join(of, surname)
			j.b.called[surname] = true
		}
	}
}

// free reports whether rules may say of whom a name is.
func (j *joining) free(i uint32) bool { return !j.alone[i] && j.bundles[i] == nil }

// inOrder returns surnames by their keys.
func (j *joining) inOrder(called map[uint32]map[uint32]int) (list []uint32) {
	for surname := range called {
		list = append(list, surname)
	}
	slices.SortFunc(list, func(x, y uint32) int {
		return strings.Compare(j.b.lex.Key(int(x)), j.b.lex.Key(int(y)))
	})
	return list
}

// onlyOne returns whom nearly all of the articles mean.
func onlyOne(called map[uint32]int) (of uint32, ok bool) {
	all, most := 0, 0
	for root, n := range called {
		all += n
		if n > most {
			of, most = root, n
		}
	}
	return of, all >= calledLeast && most*calledOf >= all*calledOne
}

// lone reports whether a name is one word.
func (b *Book) lone(i uint32) bool { return strings.IndexByte(b.lex.Key(int(i)), ' ') < 0 }
