package names

import "strings"

// reading is what is known of a form by how it is written, in whatever article.
type reading struct {
	Name
	typ, text string
	named     bool   // IsName
	key       string // what forms of several types that are written alike have in common
	plain     string // key, romanised
	surname   string // of a person with a given name, else ""
	shown     string // as it is shown
	inner     string // the other name that it has in it, or ""
	goodness  int
	sketch    Sketch

	article uint64 // the last one that had it
	at      int    // its mention there
}

func read(typ, text string) *reading {
	tidied := tidy(shorten(text))
	r := &reading{Name: Name{Type: typ, Text: tidied}, typ: typ, text: text}
	r.parse()
	clean := courtesiesOff(tidied)
	r.named = r.plainlyNamed(clean) || isName(typ, clean)
	r.key = strings.ToLower(clean)
	r.plain, _ = Romanize(r.key)
	if typ == Person && len(r.Words) > 1 {
		r.surname = r.Surname()
	}
	r.setShown()
	r.setGoodness()
	r.sketch = r.Name.Sketch()
	return r
}

// plainlyNamed reports whether a name has several words, one of which is in no list, so that isName need not be asked.
func (r *reading) plainlyNamed(clean string) bool {
	if len(r.Words) < 2 || strings.IndexByte(clean, ' ') < 0 {
		return false
	}
	for i := range r.Words {
		if w := &r.Words[i]; w.lists == 0 && !isDigits(w.Plain) {
			return true
		}
	}
	return false
}

// lexicon keeps readings, as the articles of an archive have mostly the same names. What it answers does not depend on what it
// keeps. Texts are looked up by type, so that only one string is hashed.
type lexicon struct {
	young, old readings // old are those that young has taken the place of
}

// readings are by type, and then by text; the last ones, of other types, by both.
type readings [len(keptTypes) + 1]map[string]*reading

func (r *readings) len() (n int) {
	for _, m := range r {
		n += len(m)
	}
	return n
}

// keptTypes are those that have a map of their own.
var keptTypes = [...]string{Person, Org, Place}

// keptReadings is how many readings are kept from one article to the next, twice: a reading takes about a kilobyte.
const keptReadings = 8192

// of returns the reading of a form; twice the same for the same form until the next call of trim.
func (l *lexicon) of(typ, text string) *reading {
	at, key := mapOf(typ), text
	if at == len(keptTypes) {
		key = typ + "\x00" + text
	}
	if r := l.young[at][key]; r != nil {
		return r
	}
	r := l.old[at][key]
	if r == nil {
		text = strings.Clone(text) // a part of an article would keep all of it
		if at < len(keptTypes) {
			r, key = read(keptTypes[at], text), text
		} else {
			r = read(strings.Clone(typ), text)
		}
	} else if at < len(keptTypes) {
		key = r.text
	}
	if l.young[at] == nil {
		l.young[at] = map[string]*reading{}
	}
	l.young[at][key] = r
	return r
}

func mapOf(typ string) int {
	switch typ {
	case Person:
		return 0
	case Org:
		return 1
	case Place:
		return 2
	}
	return len(keptTypes)
}

// trim drops what was not asked for lately, when there is more than is to be kept.
func (l *lexicon) trim(keep int) {
	switch n := l.young.len(); {
	case n > 4*keep:
		*l = lexicon{}
	case n > keep:
		for _, m := range l.old {
			clear(m)
		}
		l.young, l.old = l.old, l.young
	}
}
