package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decideTypes gives each text that has forms of several types one type, or, where it is also somebody's surname, each of its
// mentions the type that its context says: the man and the place Washington.
func (c *clustering) decideTypes() {
	byText := map[string][]int{}
	var order []string
	for i := range c.mentions {
		if m := &c.mentions[i]; !m.dropped {
			key := strings.ToLower(Clean(m.form.Text))
			if byText[key] == nil {
				order = append(order, key)
			}
			byText[key] = append(byText[key], i)
		}
	}
	for _, key := range order {
		switch list := byText[key]; {
		case c.surnameInArticle(key):
			if len(list) > 1 || isPlaceName(key) {
				c.divide(list)
			}
		case len(list) > 1:
			c.unite(list)
		}
	}
}

// isPlaceName reports whether a text is the name of a place that everybody knows, so that "to Washington" may be to the
// place; "to Dekker" is to him.
func isPlaceName(text string) bool {
	plain, _ := Romanize(text)
	return countries[plain] || knownPlaceForms[plain] != 0 || stateNames[plain] == plain
}

// surnameInArticle reports whether a text is the surname of a full name.
func (c *clustering) surnameInArticle(text string) bool {
	plain, _ := Romanize(text)
	return slices.ContainsFunc(c.mentions, func(m mention) bool {
		return !m.dropped && m.form.Type == Person && len(m.name.Words) > 1 && m.name.Surname() == plain
	})
}

// unite gives mentions of one text the type with the most votes: those of their counts and those of their contexts, which
// count twice.
func (c *clustering) unite(list []int) {
	votes := map[string]int{}
	for _, i := range list {
		f := &c.mentions[i].form
		votes[f.Type] += f.Count
		for _, at := range f.Positions {
			if typ := context(c.text, at, f.Text); typ != "" {
				votes[typ] += 2
			}
		}
	}
	winner := c.mentions[list[0]].form.Type
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
	return slices.ContainsFunc(list, func(i int) bool { return c.mentions[i].form.Type == typ })
}

// retype makes a mention one of another type.
func (c *clustering) retype(i int, typ string) {
	m := &c.mentions[i]
	if m.form.Type != typ {
		m.form.Type = typ
		m.name = Parse(typ, m.form.Text)
	}
}

// divide moves the positions whose context contradicts the type of their form to a form of the other type.
func (c *clustering) divide(list []int) {
	for _, i := range list {
		f := &c.mentions[i].form
		var keep, move []int
		other := ""
		for _, at := range f.Positions {
			if typ := context(c.text, at, f.Text); typ != "" && typ != f.Type && f.Type != Org {
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
	moved := Form{Type: typ, Text: m.form.Text, Count: len(move), Positions: move}
	m.form.Count -= len(move)
	m.form.Positions = keep
	m.dropped = m.form.Count <= 0
	c.mentions = append(c.mentions, mention{form: moved, name: Parse(typ, moved.Text)})
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
