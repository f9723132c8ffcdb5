package aliases

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
)

// archive is a Lexicon made of how many articles have each spelling.
type archive struct {
	keys      []string
	number    map[string]int
	spellings []map[string]int
	aliases   map[[2]string]map[string]int // of a name's key and an alias's key, by spelling
}

// archiveOf reads names with their numbers of articles, one a line: "Ruslan Mirzaev 3 = Mirzayev, Mr. Mirzaev". Without a number it is
// one; behind = are aliases, which all of these articles have.
func archiveOf(lines ...string) *archive {
	a := &archive{number: map[string]int{}, aliases: map[[2]string]map[string]int{}}
	for _, line := range lines {
		line, others, _ := strings.Cut(line, " = ")
		name, n := line, 1
		if i := strings.LastIndexByte(line, ' '); i > 0 {
			if m, err := strconv.Atoi(line[i+1:]); err == nil {
				name, n = line[:i], m
			}
		}
		a.add(name, n)
		for _, alias := range strings.Split(others, ", ") {
			if alias != "" {
				a.addAlias(name, alias, n)
			}
		}
	}
	return a
}

func (a *archive) add(name string, n int) {
	key := analysis.Fold(name)
	i, ok := a.number[key]
	if !ok {
		i = len(a.keys)
		a.number[key] = i
		a.keys = append(a.keys, key)
		a.spellings = append(a.spellings, map[string]int{})
	}
	a.spellings[i][name] += n
}

func (a *archive) addAlias(name, alias string, n int) {
	k := [2]string{analysis.Fold(name), analysis.Fold(alias)}
	if a.aliases[k] == nil {
		a.aliases[k] = map[string]int{}
	}
	a.aliases[k][alias] += n
}

func (a *archive) Len() int                         { return len(a.keys) }
func (a *archive) Key(i int) string                 { return a.keys[i] }
func (a *archive) Label(i int) string               { return most(a.spellings[i]) }
func (a *archive) Find(key string) (i int, ok bool) { i, ok = a.number[key]; return }

func (a *archive) Articles(i int) (n int) {
	for _, m := range a.spellings[i] {
		n += m
	}
	return n
}

func (a *archive) Spellings(i int) []string { return slices.Collect(maps.Keys(a.spellings[i])) }

func (a *archive) Aliases() iter.Seq[Alias] {
	return func(yield func(Alias) bool) {
		for k, spellings := range a.aliases {
			n := 0
			for _, m := range spellings {
				n += m
			}
			if !yield(Alias{a.number[k[0]], k[1], most(spellings), n}) {
				return
			}
		}
	}
}

// most returns the most frequent spelling, the first of equals.
func most(spellings map[string]int) (best string) {
	for _, s := range slices.Sorted(maps.Keys(spellings)) {
		if best == "" || spellings[s] > spellings[best] {
			best = s
		}
	}
	return best
}

// entities returns the entities of a book of several names, each as its names' labels, the representative first.
func entities(b *Book) []string {
	var list []string
	for of, members := range b.members {
		names := slices.SortedFunc(slices.Values(members), b.compare)
		var labels []string
		for _, i := range names {
			labels = append(labels, b.lex.Label(int(i)))
		}
		if names[0] != of {
			panic("the first name does not stand for its entity")
		}
		list = append(list, strings.Join(labels, " = "))
	}
	slices.Sort(list)
	return list
}

// bookOf makes the book of an archive under decisions as log lines have them, but for time and by: "merge	A	B".
func bookOf(typ string, a *archive, decisions ...string) *Book {
	return New(typ, a, nil, logOf(typ, decisions...).Decided())
}

func logOf(typ string, decisions ...string) *Log {
	l := &Log{}
	for _, line := range decisions {
		f := append(strings.Split(line, "|"), "", "")
		d := index.Decision{Action: index.Action(f[0]), Type: typ, Name: f[1], Other: f[2]}
		if d.Action == index.ActionUndo {
			d.Undoes, _ = strconv.Atoi(f[1])
		}
		if _, err := l.Add(index.Time{}, []index.Decision{d}); err != nil {
			panic(line + ": " + err.Error())
		}
	}
	return l
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func round(score float64) string { return strconv.FormatFloat(score, 'f', 2, 64) }
