package aliases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"dateline/index"
)

// Book is the entities of one state of an index. It is never changed.
type Book struct {
	typ    string
	lex    Lexicon
	graph  *Graph
	ruling *ruling

	web     *web     // of the spellings of names
	begins  []uint32 // where in spelled those of a name begin; one more than there are names
	spelled []uint32 // the spellings of each name that has live articles
	named   []uint32 // the name of each spelling and one more, 0 when it is of no live name
	rules   []edge   // of names: by rule they are one, each alone with the other; in order

	of      []uint32
	members map[uint32][]uint32 // of entities of several names
	labels  map[uint32]string   // of entities that are shown as the user wants
	hidden  map[uint32]bool
	called  map[uint32]bool // surnames that are of whom articles call so

	forms       func() *forms
	suggestions func() []suggestion
}

// New makes the book of a lexicon. The lexicon has to go on telling of the same state as long as the book is used.
func New(typ string, lex Lexicon, g *Graph, d *Decided) *Book {
	if g == nil {
		g = &Graph{}
	}
	b := &Book{typ: typ, lex: lex, graph: g, ruling: d.of(typ), called: map[uint32]bool{}}
	b.forms = sync.OnceValue(b.makeForms)
	b.suggestions = sync.OnceValue(b.makeSuggestions)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ready(typ)
	b.spell()
	j := newJoining(b)
	j.join()
	b.group(j)
	b.show(j)
	b.web.forget()
	return b
}

// spell numbers the spellings of live names in the graph.
func (b *Book) spell() {
	n := b.lex.Len()
	b.begins = make([]uint32, n+1)
	var list []string
	for i := range n {
		b.begins[i] = uint32(len(list))
		if b.lex.Articles(i) > 0 {
			list = append(list, b.lex.Spellings(i)...)
		}
	}
	b.begins[n] = uint32(len(list))
	b.graph.prune(list)
	b.web = b.graph.names
	b.spelled = b.web.add(list)
	b.named = make([]uint32, b.web.Len())
	for i := range n {
		for _, s := range b.spellings(uint32(i)) {
			b.named[s] = uint32(i) + 1
		}
	}
}

// spellings returns the spellings of a name.
func (b *Book) spellings(i uint32) []uint32 { return b.spelled[b.begins[i]:b.begins[i+1]] }

// name returns the live name that a spelling is of.
func (b *Book) name(spelling uint32) (i uint32, ok bool) {
	if int(spelling) >= len(b.named) || b.named[spelling] == 0 {
		return 0, false
	}
	return b.named[spelling] - 1, true
}

// live returns the number of a name that has articles.
func (b *Book) live(key string) (i uint32, ok bool) {
	n, ok := b.lex.Find(key)
	return uint32(n), ok && b.lex.Articles(n) > 0
}

// group names each group of a joining after its most frequent name.
func (b *Book) group(j *joining) {
	b.of = make([]uint32, b.lex.Len())
	for i := range b.of {
		b.of[i] = uint32(i)
	}
	b.members = map[uint32][]uint32{}
	for _, list := range j.all.members {
		best := slices.MinFunc(list, b.compare)
		slices.Sort(list)
		b.members[best] = list
		for _, i := range list {
			b.of[i] = best
		}
	}
}

// compare orders names by articles, then by label. Of a person, one word alone comes after names of several.
func (b *Book) compare(x, y uint32) int {
	if b.typ == index.Person {
		if one, two := b.lone(x), b.lone(y); one != two {
			if one {
				return 1
			}
			return -1
		}
	}
	return cmp.Or(cmp.Compare(b.lex.Articles(int(y)), b.lex.Articles(int(x))), strings.Compare(b.lex.Label(int(x)), b.lex.Label(int(y))))
}

// show takes what was decided about how entities are shown.
func (b *Book) show(j *joining) {
	b.labels, b.hidden = map[uint32]string{}, map[uint32]bool{}
	at := map[uint32]int{}
	for key, s := range b.ruling.sets {
		of, ok := b.find(key)
		if label := b.shown(j, s); ok && label != "" && s.at > at[of] {
			b.labels[of], at[of] = label, s.at
		}
	}
	clear(at)
	for key, f := range b.ruling.hidden {
		if of, ok := b.find(key); ok && f.at > at[of] {
			b.hidden[of], at[of] = f.hidden, f.at
		}
	}
}

// shown returns what a set is to be shown as, "" when nothing was decided.
func (b *Book) shown(j *joining, s *set) string {
	if s.label != "" || s.holder == "" {
		return s.label
	}
	holder, ok := b.live(s.holder)
	if !ok {
		return b.ruling.text[s.holder]
	}
	return b.lex.Label(int(slices.MinFunc(j.ruled.of(holder), b.compare)))
}

// find returns the entity of a name, which may be one that was only decided to be of it.
func (b *Book) find(key string) (of uint32, ok bool) {
	if i, ok := b.live(key); ok {
		return b.of[i], true
	}
	if s := b.ruling.sets[key]; s != nil {
		for _, n := range s.names {
			if i, ok := b.live(n); ok {
				return b.of[i], true
			}
		}
	}
	return 0, false
}

// Of returns, for the number of each name, the number of the name that stands for its entity: the one with the most articles,
// the first label in byte order among equals; of a person one of several words, where there is one. A name without articles stands for itself.
func (b *Book) Of() []uint32 { return b.of }

// Members returns the names of the entity that a name stands for, nil when it has only that one.
func (b *Book) Members(of uint32) []uint32 { return b.members[of] }

// all returns the names of the entity that a name stands for.
func (b *Book) all(of uint32) []uint32 {
	if list := b.members[of]; list != nil {
		return list
	}
	return []uint32{of}
}

// Label returns the preferred name of the entity that a name stands for.
func (b *Book) Label(of uint32) string {
	if label, ok := b.labels[of]; ok {
		return label
	}
	return b.lex.Label(int(of))
}

// Hidden reports whether the user hides the entity that a name stands for.
func (b *Book) Hidden(of uint32) bool { return b.hidden[of] }

// AnyHidden reports whether any entity is hidden.
func (b *Book) AnyHidden() bool {
	for _, h := range b.hidden {
		if h {
			return true
		}
	}
	return false
}

// Filter returns what the value of a filter stands for: the names of the entity whose name or preferred name it is, by number;
// ok is false where it is neither, and stands for what Query returns. A name that was decided to be of an entity is one of its
// names, though no article has it.
func (b *Book) Filter(value string) (names []uint32, ok bool) {
	of, ok := b.find(key(value))
	if !ok {
		return nil, false
	}
	return b.all(of), true
}

// Check says why a decision cannot be in this state of the index: a rename to what another entity is called. Log.Add says the
// rest. Error: *index.DecisionError.
func (b *Book) Check(d index.Decision) error {
	if d.Action != index.ActionRename || d.Type != b.typ {
		return nil
	}
	other, taken := b.find(key(d.Other))
	of, ok := b.find(key(d.Name))
	if !taken || ok && of == other {
		return nil
	}
	return fault(fmt.Sprintf("%q is the name of another %s", d.Other, b.typ), fmt.Sprintf("merge %q with %q if they are one", d.Name, d.Other))
}
