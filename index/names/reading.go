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

	article uint64 // the last one that had it
	at      int    // its mention there
}

func read(typ, text string) *reading {
	tidied := tidy(shorten(text))
	r := &reading{Name: parse(typ, tidied), typ: typ, text: text}
	clean := courtesiesOff(tidied)
	r.named = isName(typ, clean)
	r.key = strings.ToLower(clean)
	r.plain, _ = Romanize(r.key)
	if typ == Person && len(r.Words) > 1 {
		r.surname = r.Surname()
	}
	r.setShown()
	r.setGoodness()
	return r
}

// lexicon keeps readings, as the articles of an archive have mostly the same names. What it answers does not depend on what it
// keeps.
type lexicon struct {
	young, old map[form]*reading // old are those that young has taken the place of
}

type form struct{ typ, text string }

// keptReadings is how many readings are kept from one article to the next, twice: a reading takes about a kilobyte.
const keptReadings = 8192

// of returns the reading of a form; twice the same for the same form until the next call of trim.
func (l *lexicon) of(typ, text string) *reading {
	f := form{typ, text}
	if k := l.young[f]; k != nil {
		return k
	}
	k := l.old[f]
	if k == nil {
		k = read(kept(typ), strings.Clone(text)) // a part of an article would keep all of it
	}
	if l.young == nil {
		l.young = map[form]*reading{}
	}
	l.young[form{k.typ, k.text}] = k
	return k
}

// trim drops what was not asked for lately, when there is more than is to be kept.
func (l *lexicon) trim(keep int) {
	switch n := len(l.young); {
	case n > 4*keep:
		*l = lexicon{}
	case n > keep:
		clear(l.old)
		l.young, l.old = l.old, l.young
	}
}

// kept returns a type that may be kept.
func kept(typ string) string {
	switch typ {
	case Person:
		return Person
	case Org:
		return Org
	case Place:
		return Place
	}
	return strings.Clone(typ)
}
