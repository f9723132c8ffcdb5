package names

import (
	"hash/maphash"
	"strings"
)

// reading is what is known of a form by how it is written, in whatever article.
type reading struct {
	Name
	typ, text string
	named     bool   // IsName
	key       string // what forms of several types that are written alike have in common
	keyHash   uint64
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
	r.keyHash = maphash.String(spellingSeed, r.key)
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

// lexicon keeps readings, as the articles of an archive have mostly the same names: a cache of sets of four places each. What it
// answers does not depend on what it keeps.
type lexicon struct {
	sets    []readings          // keptSets of them, once there are any
	article uint64              // the number of the article at hand, whose readings stay
	more    map[string]*reading // those of the article for which no place is left, by type and text
}

// readings are a set, those that are asked for more often first. The tags are parts of their hashes.
type readings struct {
	tags [4]uint32
	of   [4]*reading
}

// keptSets is how many sets there are: a reading takes about a kilobyte, all together at most 16 MB.
const keptSets = 1 << 12

// of returns the reading of a form; twice the same for the same form of an article.
func (l *lexicon) of(typ, text string) *reading {
	if l.sets == nil {
		l.sets = make([]readings, keptSets)
	}
	h := maphash.String(spellingSeed, text) ^ uint64(len(typ))*0x9e3779b97f4a7c15
	set, tag := &l.sets[h%keptSets], uint32(h>>32)
	for i, r := range &set.of {
		if set.tags[i] == tag && r != nil && r.text == text && r.typ == typ {
			if i > 0 {
				set.swap(i, i-1)
			}
			return r
		}
	}
	if l.more != nil {
		if r := l.more[typ+"\x00"+text]; r != nil {
			return r
		}
	}
	r := read(kept(typ), strings.Clone(text)) // a part of an article would keep all of it
	for i := len(set.of) - 1; i >= 0; i-- {
		if old := set.of[i]; old == nil || old.article != l.article {
			set.of[i], set.tags[i] = r, tag
			return r
		}
	}
	if l.more == nil {
		l.more = map[string]*reading{}
	}
	l.more[typ+"\x00"+text] = r
	return r
}

func (s *readings) swap(i, j int) {
	s.of[i], s.of[j] = s.of[j], s.of[i]
	s.tags[i], s.tags[j] = s.tags[j], s.tags[i]
}

// kept returns a type in a string that keeps no other.
func kept(typ string) string {
	for _, t := range [...]string{Person, Org, Place} {
		if t == typ {
			return t
		}
	}
	return strings.Clone(typ)
}
