package aliases

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"dateline/index"
)

// joining makes entities of the names of a book. Names that were decided to be one are. Then rules join, the surest first.
//
// A rule joins two names whose verdict merges, unless a third name tears them: one that merges with the one and is surely not the
// other, as George W. Bush tears George Bush from George H. W. Bush. It does not join what was decided apart, or names that
// stand alone, nor two groups with names that are surely different. There a name that others were decided to be one with
// is as near to another name as the nearest of them. At last come surnames: see joinSurnames.
type joining struct {
	b       *Book
	edges   []edge              // of names, those that are alike, in order
	bundles map[uint32][]uint32 // of names that were decided to be one with others, all of them
	alone   map[uint32]bool
	apart   map[uint32][]uint32 // names that were decided apart, one of each bundle
	all     *groups             // by decision and rule
	ruled   *groups             // by rule only
}

func newJoining(b *Book) *joining {
	j := &joining{b: b, bundles: map[uint32][]uint32{}, alone: map[uint32]bool{}, apart: map[uint32][]uint32{}, all: newGroups(), ruled: newGroups()}
	for _, s := range b.ruling.sets {
		list := j.livesOf(s)
		for _, i := range list {
			if len(list) > 1 {
				j.bundles[i] = list
				j.all.join(list[0], i)
			}
		}
	}
	for key := range b.ruling.alone {
		if i, ok := b.live(key); ok {
			j.alone[i] = true
		}
	}
	for pair := range b.ruling.apart {
		x, ok1 := j.stands(pair[0])
		y, ok2 := j.stands(pair[1])
		if ok1 && ok2 {
			j.apart[x] = append(j.apart[x], y)
			j.apart[y] = append(j.apart[y], x)
		}
	}
	j.relate()
	return j
}

// livesOf returns the names of a set that have articles, in order.
func (j *joining) livesOf(s *set) (list []uint32) {
	for _, key := range s.names {
		if i, ok := j.b.live(key); ok {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	return list
}

// stands returns a name with articles that is or was decided to be one with that of a key.
func (j *joining) stands(key string) (i uint32, ok bool) {
	if i, ok := j.b.live(key); ok {
		return i, true
	}
	if s := j.b.ruling.sets[key]; s != nil {
		if list := j.livesOf(s); len(list) > 0 {
			return list[0], true
		}
	}
	return 0, false
}

// relate makes edges of names of those of spellings: the best of each pair.
func (j *joining) relate() {
	w := j.b.web
	for _, e := range w.edges {
		x, ok1 := j.b.name(e.a)
		y, ok2 := j.b.name(e.b)
		if ok1 && ok2 && x != y {
			j.edges = append(j.edges, edge{min(x, y), max(x, y), e.v})
		}
	}
	slices.SortFunc(j.edges, func(e, f edge) int {
		return cmp.Or(cmp.Compare(e.a, f.a), cmp.Compare(e.b, f.b), better(w.verdicts[e.v], w.verdicts[f.v]))
	})
	j.edges = slices.CompactFunc(j.edges, func(e, f edge) bool { return e.a == f.a && e.b == f.b })
	j.define()
	for _, e := range j.edges {
		if w.verdicts[e.v].class == merges {
			j.b.rules = append(j.b.rules, e)
		}
	}
}

// definition is an acronym, or what may be one, of a name.
type definition struct {
	name    uint32
	letters string
}

// define lets those acronyms merge that an article defines: that has the one as an alias of the other.
func (j *joining) define() {
	w, wanted := j.b.web, map[definition]bool{}
	for _, e := range j.edges {
		if w.verdicts[e.v].class == ifDefined {
			wanted[definition{e.a, j.letters(e.b)}] = false
			wanted[definition{e.b, j.letters(e.a)}] = false
		}
	}
	if len(wanted) == 0 {
		return
	}
	for a := range j.b.lex.Aliases() {
		d := definition{uint32(a.Name), letters(a.Key)}
		if _, ok := wanted[d]; ok {
			wanted[d] = true
		}
	}
	for i, e := range j.edges {
		if v := w.verdicts[e.v]; v.class == ifDefined && (wanted[definition{e.a, j.letters(e.b)}] || wanted[definition{e.b, j.letters(e.a)}]) {
			v.class = merges
			j.edges[i].v = w.number(v)
		}
	}
}

func (j *joining) letters(i uint32) string { return letters(j.b.lex.Key(int(i))) }

var dotless = strings.NewReplacer(".", "", " ", "")

// letters returns an acronym without its full stops.
func letters(key string) string { return dotless.Replace(key) }

// join joins by rule.
func (j *joining) join() {
	free := slices.DeleteFunc(slices.Clone(j.b.rules), func(e edge) bool { return j.alone[e.a] || j.alone[e.b] || j.isApart(e.a, e.b) })
	near := map[uint32][]uint32{}
	for _, e := range free {
		near[e.a] = append(near[e.a], e.b)
		near[e.b] = append(near[e.b], e.a)
	}
	whole := slices.DeleteFunc(free, func(e edge) bool {
		return j.b.web.verdicts[e.v].Score < certain && (j.torn(near[e.a], e.a, e.b) || j.torn(near[e.b], e.b, e.a))
	})
	slices.SortFunc(whole, j.surer)
	for _, e := range whole {
		if j.all.root(e.a) == j.all.root(e.b) || j.isApart(e.a, e.b) || j.contradict(e.a, e.b) {
			continue
		}
		j.all.join(e.a, e.b)
		j.ruled.join(e.a, e.b)
	}
	if j.b.typ == index.Person {
		j.joinSurnames()
	}
}

// certain is the score of names that are written alike, which no third name tears.
const certain = 1

// torn reports whether one of the names that merge with x is surely not y.
func (j *joining) torn(near []uint32, x, y uint32) bool {
	return slices.ContainsFunc(near, func(z uint32) bool { return z != y && j.differ(z, y) })
}

// surer orders edges by score, then by their keys.
func (j *joining) surer(e, f edge) int {
	v := j.b.web.verdicts
	if c := cmp.Compare(v[f.v].Score, v[e.v].Score); c != 0 {
		return c
	}
	e1, e2 := j.keys(e)
	f1, f2 := j.keys(f)
	return cmp.Or(strings.Compare(e1, f1), strings.Compare(e2, f2))
}

func (j *joining) keys(e edge) (first, second string) {
	a, b := j.b.lex.Key(int(e.a)), j.b.lex.Key(int(e.b))
	return min(a, b), max(a, b)
}

// isApart reports whether names of the groups of two were decided apart.
func (j *joining) isApart(x, y uint32) bool {
	if len(j.apart) == 0 {
		return false
	}
	root := j.all.root(y)
	for _, i := range j.all.of(x) {
		for _, k := range j.apart[i] {
			if j.all.root(k) == root {
				return true
			}
		}
	}
	return false
}

// contradict reports whether the groups by rule of two names have names that are surely different.
func (j *joining) contradict(x, y uint32) bool {
	for _, i := range j.ruled.of(x) {
		for _, k := range j.ruled.of(y) {
			if j.differ(i, k) {
				return true
			}
		}
	}
	return false
}

// differ reports whether two names are surely different, whatever name of their bundles is taken.
func (j *joining) differ(x, y uint32) bool {
	for _, i := range j.bundle(x) {
		for _, k := range j.bundle(y) {
			if i == k || j.alike(i, k) {
				return false
			}
		}
	}
	return true
}

func (j *joining) bundle(i uint32) []uint32 {
	if list := j.bundles[i]; list != nil {
		return list
	}
	return []uint32{i}
}

// alike reports whether two names may be one at all.
func (j *joining) alike(x, y uint32) bool {
	x, y = min(x, y), max(x, y)
	_, found := sort.Find(len(j.edges), func(k int) int { return cmp.Or(cmp.Compare(x, j.edges[k].a), cmp.Compare(y, j.edges[k].b)) })
	return found || j.b.asked(x, y).Score > 0
}

// asked returns the verdict on two names without an edge: the best of their spellings.
func (b *Book) asked(x, y uint32) (best verdict) {
	for _, s := range b.spellings(x) {
		for _, t := range b.spellings(y) {
			if v := b.web.ask(s, t); best.Reason == "" || better(v, best) < 0 {
				best = v
			}
		}
	}
	return best
}

// groups puts names into groups: a union-find that knows the members.
type groups struct {
	parent  map[uint32]uint32
	members map[uint32][]uint32 // by root, of groups of several
}

func newGroups() *groups { return &groups{map[uint32]uint32{}, map[uint32][]uint32{}} }

func (g *groups) root(i uint32) uint32 {
	if p, ok := g.parent[i]; ok {
		return p
	}
	return i
}

// of returns the group of a name.
func (g *groups) of(i uint32) []uint32 {
	if list := g.members[g.root(i)]; list != nil {
		return list
	}
	return []uint32{i}
}

// join makes one group of two; the smaller one moves.
func (g *groups) join(a, b uint32) {
	a, b = g.root(a), g.root(b)
	if a == b {
		return
	}
	x, y := g.of(a), g.of(b)
	if len(x) < len(y) {
		a, b, x, y = b, a, y, x
	}
	for _, i := range y {
		g.parent[i] = a
	}
	delete(g.members, b)
	g.members[a] = append(x, y...)
}
