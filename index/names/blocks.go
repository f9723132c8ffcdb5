package names

import (
	"slices"
	"strconv"
	"strings"
)

// Blocks returns keys such that two names share one whenever [Same] gives them Suggest or more, so that an archive compares
// only the names under one key. Not covered is a surname alone and a full name, which would be a suggestion for everybody of
// that surname. A name has about six keys; a key begins with a letter for its type.
func Blocks(typ, name string) []string {
	n := Parse(typ, name)
	return n.Blocks()
}

// Blocks is [Blocks] of a name taken apart.
func (n *Name) Blocks() []string {
	b := blocks{prefix: "o"}
	switch {
	case len(n.Words) == 0:
		return nil
	case n.Type == Person:
		b.prefix = "p"
		b.person(n)
	default:
		if n.Type == Place {
			b.prefix = "l"
		}
		b.words(n)
		if n.long != nil {
			b.words(n.long)
		}
	}
	return b.keys
}

// blocks gathers the keys of a name.
type blocks struct {
	prefix string
	keys   []string
}

func (b *blocks) add(parts ...string) {
	key := b.prefix + strings.Join(parts, "")
	if !slices.Contains(b.keys, key) {
		b.keys = append(b.keys, key)
	}
}

// person adds the keys of a person: of the first and the last word in either order, of the initial and the surname, of all
// letters; and where there are three words, of those with the first one missing or the surname first.
func (b *blocks) person(n *Name) {
	last := len(n.Words) - 1
	if last == 0 {
		b.lone(&n.Words[0])
		return
	}
	b.initials(&n.Words[0], &n.Words[last])
	b.pair(&n.Words[0], &n.Words[last])
	if last > 1 {
		b.pair(&n.Words[1], &n.Words[0])
		b.pair(&n.Words[1], &n.Words[last])
	}
	if len(n.all) >= 6 {
		b.add("+", n.allKey)
	}
}

func (b *blocks) lone(w *Word) {
	for _, k := range readings(w, func(int) bool { return true }) {
		b.add(k)
	}
}

// readings returns the keys of a word, and of those given names that it is a form of which are wanted.
func readings(w *Word, wanted func(group int) bool) []string {
	list := append(make([]string, 0, 8), w.keys[:w.nkeys]...)
	for _, g := range w.groups {
		if wanted(g) {
			list = append(list, "#"+strconv.Itoa(g))
		}
	}
	return list
}

// pair adds the keys of a given name and a surname that are written out, either of which may be the other. Only Arabic
// surnames have forms.
func (b *blocks) pair(given, surname *Word) {
	if given.Initial() {
		return
	}
	every := func(int) bool { return true }
	b.product(readings(given, every), readings(surname, isArabic))
	b.product(readings(given, isArabic), readings(surname, every))
}

func (b *blocks) product(given, surname []string) {
	for _, g := range given {
		for _, s := range surname {
			b.add(min(s, g), "|", max(s, g))
		}
	}
}

// initials adds the keys that a name with an initial shares with those that it fits, by letter or by sound.
func (b *blocks) initials(given, surname *Word) {
	for _, s := range readings(surname, isArabic) {
		b.add(s, ".", string(soundClass(given.Plain[0])))
		if k := given.skeletons[0]; k != "" {
			b.add(s, ".", string(soundClass(k[0])))
		}
	}
}

// soundClass is the first letter or sound of a word, those that initials take for each other as one.
func soundClass(c byte) rune {
	switch c {
	case 'X':
		return 'h'
	case 'j':
		return 'i'
	}
	return rune(c)
}

// words adds the keys of an organisation or a place: of its words in any order, of all letters, of its acronyms, and of the
// group of well-known names that it is in.
func (b *blocks) words(n *Name) {
	b.rows(n.Words)
	if core := withoutFillers(n.Words); core != nil {
		b.rows(core)
	}
	if n.Type != Place && n.office {
		b.rows(countrified(n.Words))
	}
	b.add("+", n.allKey)
	if n.known != 0 {
		b.add("#", strconv.Itoa(n.known))
	}
	if n.Acronym != "" {
		b.add("@", n.Acronym)
	}
	if !n.short {
		for _, a := range n.initials {
			b.add("@", a)
		}
	}
}

// withoutFillers returns words without those that a company is cited without, nil when there are none or nothing else.
func withoutFillers(words []Word) []Word {
	core := make([]Word, 0, len(words))
	for _, w := range words {
		if !filler[w.Plain] {
			core = append(core, w)
		}
	}
	if len(core) == 0 || len(core) == len(words) {
		return nil
	}
	return core
}

// rows adds a key for each way to read the words, of which the first three that have two readings count.
func (b *blocks) rows(words []Word) {
	row := make([]string, len(words))
	var doubles []int
	for i := range words {
		row[i] = words[i].keys[0]
		if words[i].nkeys > 1 && len(doubles) < 3 {
			doubles = append(doubles, i)
		}
	}
	for bits := range 1 << len(doubles) {
		for j, i := range doubles {
			row[i] = words[i].keys[bits>>j&1]
		}
		sorted := slices.Clone(row)
		slices.Sort(sorted)
		b.add(strings.Join(sorted, "|"))
	}
}
