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
	b := blocks{spelt: true}
	b.of(n)
	return b.keys
}

// BlockHashes returns the hashes of the keys that Blocks returns, FNV-1a of 64 bits. One may be there more than once.
func (n *Name) BlockHashes() []uint64 {
	b := blocks{hashes: make([]uint64, 0, 8)}
	b.of(n)
	return b.hashes
}

func (b *blocks) of(n *Name) {
	switch {
	case len(n.Words) == 0:
	case n.Type == Person:
		b.prefix = 'p'
		b.person(n)
	default:
		b.prefix = 'o'
		if n.Type == Place {
			b.prefix = 'l'
		}
		b.words(n)
		if n.long != nil {
			b.words(n.long)
		}
	}
}

// blocks gathers the keys of a name, spelt or as their hashes.
type blocks struct {
	prefix byte
	spelt  bool
	keys   []string // each once
	hashes []uint64
}

// add adds a key.
func (b *blocks) add(parts ...string) {
	if b.spelt {
		if key := string(rune(b.prefix)) + strings.Join(parts, ""); !slices.Contains(b.keys, key) {
			b.keys = append(b.keys, key)
		}
		return
	}
	const basis, prime = 14695981039346656037, 1099511628211
	h := (basis ^ uint64(b.prefix)) * prime
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint64(p[i])) * prime
		}
	}
	b.hashes = append(b.hashes, h)
}

// person adds the keys of a person: of the first and the last word in either order, of the initial and the surname, of all
// letters; and where there are three words, of those with the first one missing or the surname first.
func (b *blocks) person(n *Name) {
	last := len(n.Words) - 1
	if last == 0 {
		var room [someReadings]string
		for _, k := range appendReadings(room[:0], &n.Words[0], false) {
			b.add(k)
		}
		return
	}
	b.initials(&n.Words[0], &n.Words[last])
	b.pair(&n.Words[0], &n.Words[last])
	if last > 1 {
		b.pair(&n.Words[1], &n.Words[0])
		b.pair(&n.Words[1], &n.Words[last])
	}
	if len(n.all) >= 6 {
		b.add("+", n.allKey())
	}
}

// someReadings are as many as words have.
const someReadings = 8

// appendReadings appends the keys of a word, and of those given names that it is a form of, or of the Arabic ones only.
func appendReadings(list []string, w *Word, arabic bool) []string {
	list = append(list, w.keys[:w.nkeys]...)
	for _, g := range w.groups() {
		if !arabic || isArabic(g) {
			list = append(list, groupKeys[g])
		}
	}
	return list
}

// groupKeys are the keys of the groups of given names.
var groupKeys = func() []string {
	keys := make([]string, 1+len(givenGroups)+len(arabicGroups))
	for g := range keys {
		keys[g] = "#" + strconv.Itoa(g)
	}
	return keys
}()

// pair adds the keys of a given name and a surname that are written out, either of which may be the other. Only Arabic
// surnames have forms.
func (b *blocks) pair(given, surname *Word) {
	if given.Initial() {
		return
	}
	var one, other [someReadings]string
	b.product(appendReadings(one[:0], given, false), appendReadings(other[:0], surname, true))
	b.product(appendReadings(one[:0], given, true), appendReadings(other[:0], surname, false))
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
	var room [someReadings]string
	for _, s := range appendReadings(room[:0], surname, true) {
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
	var room [maxWords]*Word
	b.rows(appendWords(room[:0], n.Words))
	if core := appendCore(room[:0], n.Words); len(core) > 0 && len(core) < len(n.Words) {
		b.rows(core)
	}
	if n.Type != Place && n.office {
		b.rows(appendWords(room[:0], countrified(n.Words)))
	}
	b.add("+", n.allKey())
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

func appendWords(row []*Word, words []Word) []*Word {
	for i := range words {
		row = append(row, &words[i])
	}
	return row
}

// appendCore appends words without those that a company is cited without.
func appendCore(row []*Word, words []Word) []*Word {
	for i := range words {
		if !filler[words[i].Plain] {
			row = append(row, &words[i])
		}
	}
	return row
}

// rows adds a key for each way to read the words, of which the first three that have two readings count.
func (b *blocks) rows(words []*Word) {
	var doubles [3]int
	n := 0
	for i, w := range words {
		if w.nkeys > 1 && n < len(doubles) {
			doubles[n] = i
			n++
		}
	}
	for bits := range 1 << n {
		var room [maxWords]string
		row := room[:0]
		for _, w := range words {
			row = append(row, w.keys[0])
		}
		for j, i := range doubles[:n] {
			row[i] = words[i].keys[bits>>j&1]
		}
		slices.Sort(row)
		b.addRow(row)
	}
}

func (b *blocks) addRow(row []string) {
	var room [2 * maxWords]string
	parts := room[:0]
	for i, key := range row {
		if i > 0 {
			parts = append(parts, "|")
		}
		parts = append(parts, key)
	}
	b.add(parts...)
}
