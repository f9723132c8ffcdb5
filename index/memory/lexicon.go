package memory

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/aliases"
	"dateline/index/analysis"
)

// alias is another form that an article has for an entity.
type alias struct {
	name  string // the key of the entity's name
	value        // the form
}

// aliasesOf returns the other forms of an article's entities of a type.
func aliasesOf(a *index.Article, typ string) (list []alias) {
	for _, e := range a.Entities {
		name := analysis.Fold(e.Name)
		if e.Type != typ || name == "" {
			continue
		}
		for _, form := range e.Aliases {
			if key := analysis.Fold(form); key != "" && key != name {
				list = append(list, alias{name, value{key, form}})
			}
		}
	}
	return list
}

// lexicon is the names of a type that the index has.
type lexicon struct {
	keys    []string // in byte order
	forms   map[string]*forms
	aliases map[[2]string]*forms // by the keys of the name and of the alias
}

// forms is how articles write what has one key.
type forms struct {
	articles int
	written  map[string]int // articles, by spelling
}

var _ aliases.Lexicon = (*lexicon)(nil)

func newLexicon(all []*entry, typ string) *lexicon {
	l := &lexicon{forms: map[string]*forms{}, aliases: map[[2]string]*forms{}}
	for _, e := range all {
		names, others := map[string][]string{}, map[[2]string][]string{}
		for _, v := range e.values[typ] {
			names[v.key] = append(names[v.key], v.written)
		}
		for _, a := range e.aliases[typ] {
			k := [2]string{a.name, a.key}
			others[k] = append(others[k], a.written)
		}
		tally(l.forms, names)
		tally(l.aliases, others)
	}
	l.keys = slices.Sorted(maps.Keys(l.forms))
	return l
}

// tally counts an article for each key that it has, and for each spelling.
func tally[K comparable](counted map[K]*forms, having map[K][]string) {
	for key, written := range having {
		f := counted[key]
		if f == nil {
			f = &forms{written: map[string]int{}}
			counted[key] = f
		}
		f.articles++
		slices.Sort(written)
		for _, w := range slices.Compact(written) {
			f.written[w]++
		}
	}
}

// label returns what most articles write, the first in byte order among equals.
func (f *forms) label() string {
	return slices.MinFunc(slices.Collect(maps.Keys(f.written)), func(a, b string) int {
		if n := f.written[b] - f.written[a]; n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
}

func (l *lexicon) Len() int           { return len(l.keys) }
func (l *lexicon) Key(i int) string   { return l.keys[i] }
func (l *lexicon) Articles(i int) int { return l.forms[l.keys[i]].articles }
func (l *lexicon) Label(i int) string { return l.forms[l.keys[i]].label() }
func (l *lexicon) Spellings(i int) []string {
	return slices.Sorted(maps.Keys(l.forms[l.keys[i]].written))
}

func (l *lexicon) Find(key string) (i int, ok bool) { return slices.BinarySearch(l.keys, key) }

func (l *lexicon) Aliases() iter.Seq[aliases.Alias] {
	return func(yield func(aliases.Alias) bool) {
		for k, f := range l.aliases {
			i, _ := l.Find(k[0])
			if !yield(aliases.Alias{Name: i, Key: k[1], Written: f.label(), Articles: f.articles}) {
				return
			}
		}
	}
}
