// Package names says which written names of people, organisations and places mean one: within an article, and across an
// archive. It knows spelling, not the world: its evidence is how names are written, transliterated, shortened and
// abbreviated, and a few lists of what everybody abbreviates or renamed. It reads no files, and keeps nothing but names taken
// apart, which changes no answer.
//
//   - [Parse] takes a name apart: titles, given names, particles, surname; company forms; kinds of place.
//   - [Same] and [Compare] score two names, and say why. From [Merge] on they may be merged by rule, from [Suggest] on they
//     are worth a look, below that they are different.
//   - [Blocks] gives keys, so that an archive compares only names that share one.
//   - [Cluster] puts the names of one article together, where a surname means the one person of that surname.
package names

import "slices"

// The types of names, as package index spells them.
const (
	Person = "person"
	Org    = "org"
	Place  = "place"
)

// MaxBytes is how much of a name is read. Longer ones are no names: the longest of countries, ministries and Portuguese
// emperors have less.
const MaxBytes = 200

// maxWords is how many words of a name are compared.
const maxWords = 16

// Name is a name taken apart.
type Name struct {
	Type   string
	Text   string   // as written, without possessive and titles, "Given Surname Jr."
	Titles []string // of a person, folded: "mr", "president"
	Suffix string   // of a person: "jr", "sr", or ""
	Number string   // of a person: "ii", or ""

	// Words are what is compared: of a person the given names and, last, the surname; of an organisation and a place all
	// words that say which one it is.
	Words     []Word
	Particles []string // of a person: "van", "der", "al"

	Acronym   string // of an organisation or a place that is one, or has one in parentheses: "sco"
	Qualifier []Word // of a place, behind a comma: Ontario of "London, Ontario"

	ordered  bool     // it was written "Surname, Given"
	all      string   // all letters, romanised, without spaces
	sounds   string   // its key, "" where nobody has asked for it; see allKey
	initials []string // the acronyms that its words make
	known    int      // the group of names that everybody abbreviates or translates, 0 when in none
	short    bool     // the name itself is an acronym
	long     *Name    // the name in parentheses behind an acronym
	weak     bool     // a word that says little was taken off: Group, Province of
	office   bool     // a word is of an office of a country: Ministry
	signs    signs    // of all words
	sexes    int      // 1 for titles of a woman, 2 for those of a man, 0 for both
}

// Given returns the given names of a person, in their order; initials are words of one letter.
func (n Name) Given() []Word {
	if len(n.Words) == 0 {
		return nil
	}
	return n.Words[:len(n.Words)-1]
}

// Surname returns the surname of a person, without particles, "" when there is none.
func (n Name) Surname() string {
	if len(n.Words) == 0 {
		return ""
	}
	return n.Words[len(n.Words)-1].Plain
}

// Lone reports whether it is a person's surname or given name alone.
func (n Name) Lone() bool { return n.Type == Person && len(n.Words) == 1 }

// Parse takes a name of a type apart. A name that is only titles, white space or punctuation has no Words.
func Parse(typ, name string) Name {
	n := Name{Type: typ, Text: tidy(shorten(name))}
	n.parse()
	n.allKey() // now, as several goroutines may compare it
	if n.long != nil {
		n.long.allKey()
	}
	return n
}

// allKey returns the key of all letters. That of most names of an article is never asked for.
func (n *Name) allKey() string {
	if n.sounds == "" {
		var buf [64]byte
		n.sounds = keyOf(appendSkeleton(buf[:0], n.all))
	}
	return n.sounds
}

// parse takes a name apart that has its type and its tidied text.
func (n *Name) parse() {
	switch n.Type {
	case Person:
		n.parsePerson()
	case Place:
		n.parsePlace()
	default:
		n.parseOrg()
	}
	n.join()
}

// join makes what is compared of the name as a whole.
func (n *Name) join() {
	if len(n.Words) > maxWords {
		n.Words = slices.Clip(n.Words[:maxWords])
	}
	n.office = n.Type != Person && ofCountry(n.Words)
	for i := range n.Words {
		n.signs.add(n.Words[i].signs)
	}
	if len(n.Words) == 1 {
		n.all, n.sounds = n.Words[0].Plain, n.Words[0].keys[0]
		return
	}
	var buf [MaxBytes]byte
	all := buf[:0]
	for i := range n.Words {
		all = append(all, n.Words[i].Plain...)
	}
	n.all = string(all)
}

// shorten cuts a name to MaxBytes, at a character's end.
func shorten(name string) string {
	if len(name) <= MaxBytes {
		return name
	}
	end := MaxBytes
	for end > 0 && name[end]&0xC0 == 0x80 {
		end--
	}
	return name[:end]
}
