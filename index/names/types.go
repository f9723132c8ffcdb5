package names

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decideTypes gives each text that has forms of several types one type, or, where it is also somebody's surname, each of its
// mentions the type that its context says: the man and the place Washington.
func (c *clustering) decideTypes() {
	c.chain()
	for i := range len(c.mentions) {
		m := &c.mentions[i]
		if m.dropped || m.again {
			continue
		}
		switch several := m.next >= 0; {
		case c.surnames[m.plain] > 0:
			if several || isPlaceName(m.plain) {
				c.divide(c.alike(i))
			}
		case several:
			c.unite(c.alike(i))
		}
	}
}

// chain sets which mentions are written alike, by a hash table with linear probing, which is cleared for each article.
func (c *clustering) chain() {
	places := 1 << bits.Len(uint(2*len(c.mentions)))
	c.last = slices.Grow(c.last[:0], places)[:places]
	clear(c.last)
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.next = -1; m.dropped {
			continue
		}
		var place *int
		for at := m.keyHash; ; at++ {
			place = &c.last[at%uint64(places)]
			if *place == 0 {
				break
			}
			if last := &c.mentions[*place-1]; last.key == m.key {
				last.next, m.again = i, true
				break
			}
		}
		*place = i + 1
	}
}

// alike returns the mentions that are written as one is, from that on.
func (c *clustering) alike(i int) (list []int) {
	for ; i >= 0; i = c.mentions[i].next {
		list = append(list, i)
	}
	return list
}

// isPlaceName reports whether a text is the name of a place that everybody knows, so that "to Washington" may be to the
// place; "to Dekker" is to him.
func isPlaceName(plain string) bool {
	return countries[plain] || knownPlaceForms[plain] != 0 || stateNames[plain] == plain
}

// unite gives mentions of one text the type with the most votes: those of their counts and those of their contexts, which
// count twice.
func (c *clustering) unite(list []int) {
	votes := map[string]int{}
	for _, i := range list {
		m := &c.mentions[i]
		votes[m.typ] += m.count
		for _, at := range m.positions {
			if typ := context(c.text, at, m.text); typ != "" {
				votes[typ] += 2
			}
		}
	}
	winner := c.mentions[list[0]].typ
	for _, typ := range []string{Person, Org, Place} {
		if votes[typ] > votes[winner] && c.hasType(list, typ) {
			winner = typ
		}
	}
	for _, i := range list {
		c.retype(i, winner)
	}
}

func (c *clustering) hasType(list []int, typ string) bool {
	return slices.ContainsFunc(list, func(i int) bool { return c.mentions[i].typ == typ })
}

// retype makes a mention one of another type.
func (c *clustering) retype(i int, typ string) {
	m := &c.mentions[i]
	if m.typ != typ {
		c.countSurname(m, -1)
		m.reading = c.readings.of(typ, m.text)
		c.countSurname(m, 1)
	}
}

// divide moves the positions whose context contradicts the type of their form to a form of the other type.
func (c *clustering) divide(list []int) {
	for _, i := range list {
		m := &c.mentions[i]
		var keep, move []int
		other := ""
		for _, at := range m.positions {
			if typ := context(c.text, at, m.text); typ != "" && typ != m.typ && m.typ != Org {
				move, other = append(move, at), typ
			} else {
				keep = append(keep, at)
			}
		}
		if len(move) > 0 {
			c.move(i, keep, move, other)
		}
	}
}

// move takes positions from a mention, and makes a mention of another type of them.
func (c *clustering) move(i int, keep, move []int, typ string) {
	m := &c.mentions[i]
	m.count -= len(move)
	m.positions = keep
	if m.count <= 0 {
		m.dropped = true
		c.countSurname(m, -1)
	}
	moved := mention{reading: c.readings.of(typ, m.text), count: len(move), positions: move, next: -1}
	c.countSurname(&moved, 1)
	c.mentions = append(c.mentions, moved)
	c.parent = append(c.parent, len(c.parent))
}

// context returns the type that the words next to a mention say, "" when they say nothing.
func context(text string, at int, mention string) string {
	if at < 0 || at > len(text) || !strings.HasPrefix(text[at:], mention) {
		return ""
	}
	before := wordBefore(text[:at])
	switch {
	case courtesies[before] || titles[before] && !doubtful[before]:
		return Person
	case whereabouts[before]:
		return Place
	case saying[wordAfter(text[at+len(mention):])]:
		return Person
	}
	return ""
}

// whereabouts are words before places, saying words behind people.
var (
	whereabouts = fieldSet("in at from near to outside around across towards toward within inside into throughout downtown central leaving visiting")
	saying      = fieldSet("said says told added asked who replied insisted wrote argued testified himself herself smiled")
)

// wordBefore returns the last word of a text, folded, if only spaces and a full stop stand behind it.
func wordBefore(text string) string {
	text = text[max(0, len(text)-40):]
	text = strings.TrimRight(text, " ")
	text = strings.TrimSuffix(text, ".")
	start := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	_, size := utf8.DecodeRuneInString(text[max(start, 0):])
	if start < 0 {
		size = 0
	}
	plain, _ := Romanize(text[max(start, 0)+size:])
	return plain
}

// wordAfter returns the first word of a text, folded, if only spaces and a comma stand before it.
func wordAfter(text string) string {
	text = strings.TrimLeft(text[:min(len(text), 40)], " ,")
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if end < 0 {
		end = len(text)
	}
	plain, _ := Romanize(text[:end])
	return plain
}
