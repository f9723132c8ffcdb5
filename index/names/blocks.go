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
	for _, k := range w.keys[:w.nkeys] {
		b.add(k)
	}
	b.groups(w, "")
}

// groups adds a key for each given name that a word is a form of.
func (b *blocks) groups(w *Word, rest string) {
	for _, g := range w.groups {
		b.add(rest, "#", strconv.Itoa(g))
	}
}

// pair adds the keys of a given name and a surname.
func (b *blocks) pair(given, surname *Word) {
	for _, s := range surname.keys[:surname.nkeys] {
		b.initials(given, s)
		if given.Initial() {
			continue
		}
		for _, g := range given.keys[:given.nkeys] {
			b.add(min(s, g), "|", max(s, g))
		}
		b.groups(given, s)
	}
	b.arabic(given, surname)
	if given.Initial() {
		return
	}
	for _, g := range given.keys[:given.nkeys] {
		b.groups(surname, g)
	}
}

// arabic adds the keys of a surname that is an Arabic name of several forms.
func (b *blocks) arabic(given, surname *Word) {
	for _, g := range surname.groups {
		if !isArabic(g) {
			continue
		}
		s := "&" + strconv.Itoa(g)
		b.initials(given, s)
		if given.Initial() {
			continue
		}
		for _, k := range given.keys[:given.nkeys] {
			b.add(s, "|", k)
		}
		for _, h := range given.groups {
			b.add(s, "|#", strconv.Itoa(h))
		}
	}
}

// initials adds the keys that a name with an initial shares with those that it fits: by letter and by sound.
func (b *blocks) initials(given *Word, surname string) {
	if given.Plain != "" {
		b.add(surname, ".", given.Plain[:1])
	}
	if s := given.skeletons[0]; s != "" {
		b.add(surname, ":", string(soundClass(s[0])))
	}
}

// soundClass is the first sound of a word, those that initials take for each other as one.
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
