package ingest

import (
	"cmp"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/names"
)

// merging finds out which of the entities found in a text the record gives too. The record leads: what it gives keeps its
// name, type and place, whatever the text says.
//
// An article that is printed and read again has the same entities. For that, what is found depends on the text alone, and
// what is written the same is looked for before what is only alike: what the first reading has put together, or appended, the
// second finds by its name or alias.
type merging struct {
	given []index.Entity
	found []named
	owner []int            // of each found one, the given one that it is, or -1
	names map[spelling]int // of the found ones
	apart []*names.Name    // the found ones taken apart, nil before that is asked for
	count map[string]int   // given and found, by type
	at    [][]int          // the mentions of each entity that comes out
}

// spelling is a name as it is written.
type spelling struct{ typ, name string }

func newMerging(given []index.Entity, found []named) *merging {
	m := &merging{given: given, found: found, owner: make([]int, len(found)), names: make(map[spelling]int, len(found)), count: map[string]int{}}
	for _, e := range given {
		m.count[e.Type]++
	}
	for j, f := range found {
		m.owner[j] = -1
		m.names[spelling{f.typ, f.name}] = j
		m.count[f.typ]++
	}
	return m
}

// run finds the owners.
func (m *merging) run() {
	if len(m.given) == 0 || len(m.found) == 0 {
		return
	}
	m.claimWritten()
	m.claimAlike()
}

// claimWritten gives each found entity to the first given one of its name, else to the first that has its name as an alias,
// else to the first of its name that is of another type.
func (m *merging) claimWritten() {
	byName, byAlias, byFold := map[spelling]int{}, map[spelling]int{}, map[string]int{}
	for i, e := range slices.Backward(m.given) {
		byName[spelling{e.Type, e.Name}] = i
		for _, alias := range e.Aliases {
			byAlias[spelling{e.Type, alias}] = i
		}
		byFold[analysis.Fold(e.Name)] = i
	}
	for j, f := range m.found {
		s := spelling{f.typ, f.name}
		if i, ok := byName[s]; ok {
			m.owner[j] = i
		} else if i, ok := byAlias[s]; ok {
			m.owner[j] = i
		} else if i, ok := byFold[analysis.Fold(f.name)]; ok && m.given[i].Type != f.typ {
			m.owner[j] = i
		}
	}
}

// claimAlike gives what is still nobody's to the given entities that are nobody's either: first where the names may be merged
// by rule, the best pairs first, then where one is the other's surname and nobody else's.
func (m *merging) claimAlike() {
	var pairs, surnames []pair
	taken := m.taken()
	m.apart = make([]*names.Name, len(m.found))
	left := map[string]bool{} // the types of found ones that are nobody's
	for j, f := range m.found {
		left[f.typ] = left[f.typ] || m.owner[j] < 0
	}
	for i, e := range m.given[:min(len(m.given), maxNames)] {
		if taken[i] || !left[e.Type] {
			continue
		}
		g, folded := names.Parse(e.Type, decoded(e)), analysis.Fold(e.Name)
		for j, f := range m.found {
			if m.owner[j] >= 0 || f.typ != e.Type {
				continue
			}
			v := names.Compare(&g, m.parsed(j))
			switch {
			case slices.ContainsFunc(f.aliases, func(alias string) bool { return analysis.Fold(alias) == folded }):
				pairs = append(pairs, pair{i, j, 1})
			case v.Merges():
				pairs = append(pairs, pair{i, j, v.Score})
			case v.Suggests() && g.Lone() != m.parsed(j).Lone():
				surnames = append(surnames, pair{i, j, v.Score})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	for _, p := range pairs {
		if !taken[p.given] && m.owner[p.found] < 0 {
			m.owner[p.found], taken[p.given] = p.given, true
		}
	}
	m.claimSurnames(surnames, taken)
}

// decoded returns a name as a text writes it, where the record has a code of small letters: opec.
func decoded(e index.Entity) string {
	if e.Type == index.Org && len(e.Name) <= maxCode && strings.ToLower(e.Name) == e.Name {
		return strings.ToUpper(e.Name)
	}
	return e.Name
}

// maxCode is how long a code is that stands for an acronym: unctad.
const maxCode = 6

// pair is a given entity and a found one.
type pair struct {
	given, found int
	score        float64
}

// claimSurnames joins pairs neither of which is in another.
func (m *merging) claimSurnames(pairs []pair, taken []bool) {
	ofGiven, ofFound := map[int]int{}, map[int]int{}
	for _, p := range pairs {
		ofGiven[p.given]++
		ofFound[p.found]++
	}
	for _, p := range pairs {
		if ofGiven[p.given] == 1 && ofFound[p.found] == 1 && !taken[p.given] && m.owner[p.found] < 0 && m.only(p.found) {
			m.owner[p.found], taken[p.given] = p.given, true
		}
	}
}

// only reports whether a found person is a full name, or the surname of no other full name that is found: else the text has
// left open whose it is.
func (m *merging) only(j int) bool {
	if !m.parsed(j).Lone() {
		return true
	}
	for k := range m.found {
		if k != j && m.found[k].typ == names.Person && !m.parsed(k).Lone() && m.parsed(k).Surname() == m.parsed(j).Surname() {
			return false
		}
	}
	return true
}

// taken says which given entities have been found.
func (m *merging) taken() []bool {
	taken := make([]bool, len(m.given))
	for _, i := range m.owner {
		if i >= 0 {
			taken[i] = true
		}
	}
	return taken
}

// parsed returns a found one taken apart.
func (m *merging) parsed(j int) *names.Name {
	if m.apart[j] == nil {
		n := names.Parse(m.found[j].typ, m.found[j].name)
		m.apart[j] = &n
	}
	return m.apart[j]
}

// entities returns those given and, where there is room for all that are found besides, the rest; m.at has the mentions of each.
func (m *merging) entities() []index.Entity {
	list := slices.Grow(slices.Clone(m.given), len(m.found))
	m.at = make([][]int, len(list), len(list)+len(m.found))
	for j, f := range m.found {
		if i := m.owner[j]; i >= 0 {
			m.at[i] = append(m.at[i], f.at...)
			list[i].Aliases = m.aliases(list[i], append([]string{f.name}, f.aliases...), func(k int) bool { return m.owner[k] == i })
		}
	}
	for _, at := range m.at {
		slices.Sort(at)
	}
	for j, f := range m.found {
		if m.owner[j] < 0 && m.room(f.typ) {
			e := index.Entity{Type: f.typ, Name: f.name}
			e.Aliases = m.aliases(e, f.aliases, func(k int) bool { return k == j })
			list, m.at = append(list, e), append(m.at, f.at)
		}
	}
	return list
}

// aliases returns the aliases of an entity with those that were found for it, but not the name of another found one: that
// would be two things at the next reading.
func (m *merging) aliases(e index.Entity, found []string, own func(j int) bool) []string {
	list := slices.Clip(e.Aliases)
	for _, alias := range found {
		j, ok := m.names[spelling{e.Type, alias}]
		if alias != e.Name && !slices.Contains(list, alias) && (!ok || own(j)) {
			list = append(list, alias)
		}
	}
	return list
}

// room reports whether an article may have all the entities of a type that are given and found. If not it gets none of the
// latter, be there room for some: they would be others at the next reading.
func (m *merging) room(typ string) bool { return m.count[typ] <= index.MaxValues }
