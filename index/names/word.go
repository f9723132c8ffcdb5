package names

import "strings"

// Word is one word of a name, in the forms that are compared: its Plain ones and those that are Spoken.
type Word struct {
	*spelling
	person bool // in the name of a person
	hyphen bool // bound to the word before by a hyphen
}

// groups returns the groups of given names that the word belongs to, in the name of a person.
func (w *Word) groups() []int {
	if w.person {
		return w.given
	}
	return nil
}

// Initial reports whether the word is an initial.
func (w *Word) Initial() bool {
	return len(w.Plain) == 1 || w.foreign && len(w.Plain) <= 3 && initials[w.Plain]
}

// initials are the single letters of other scripts that are more than one in ours.
var initials = map[string]bool{"zh": true, "kh": true, "ts": true, "ch": true, "sh": true, "yu": true, "ya": true, "ye": true,
	"yo": true, "th": true, "ps": true}

// newWord returns the forms of a word. A word without letters and digits has no Plain.
func newWord(word string) Word { return Word{spelling: spellingOf(word)} }

// newSpelling makes them.
func newSpelling(word string) *spelling {
	w := &spelling{}
	w.folded, w.Spoken = Romanize(word)
	w.Plain = w.folded
	if !isASCII(word) {
		w.foreign, w.arabic = foreign(word)
		if stem, ok := strings.CutPrefix(word, "ال"); ok && len([]rune(stem)) > 2 {
			w.Plain, w.Spoken = Romanize(stem) // without the article
		}
	}
	w.skeletons[0] = skeleton(w.Plain)
	w.skeletons[1] = w.skeletons[0]
	if w.Spoken != w.Plain {
		w.skeletons[1] = skeleton(w.Spoken)
	} else if other := otherReading(w.Plain); other != "" {
		w.skeletons[1] = skeleton(other)
	}
	w.addKey(keyOf(w.skeletons[0]))
	if w.skeletons[1] != w.skeletons[0] {
		w.addKey(keyOf(w.skeletons[1]))
	}
	if s := w.skeletons[0]; len(s) > 1 && s[0] == 'j' {
		w.addKey(keyOf("Z" + s[1:])) // Joukov, Zhukov
	}
	w.given = givenGroupsOf(w)
	w.setSigns()
	w.lists = listed[w.folded]
	if american(w.folded) != w.folded {
		w.lists |= inBritish
	}
	return w
}

// otherReading returns a word with its ch as Germans speak it, Michail, or else its j as the English do, Azerbaijan; "" when
// it has neither.
func otherReading(plain string) string {
	for i := 0; i+1 < len(plain); i++ {
		if plain[i:i+2] == "ch" && (i == 0 || plain[i-1] != 't' && plain[i-1] != 's') {
			return plain[:i] + "k" + plain[i+1:]
		}
	}
	if i := strings.IndexByte(plain, 'j'); i > 0 && plain[i-1] != 'd' {
		return plain[:i] + "d" + plain[i:]
	}
	return ""
}

func (w *spelling) addKey(key string) {
	for _, k := range w.keys[:w.nkeys] {
		if k == key {
			return
		}
	}
	w.keys[w.nkeys] = key
	w.nkeys++
	w.signs.add(signsOf(hashOf(key)))
}

// signs are a set of hashes, one bit for each in two places: a Bloom filter.
type signs [2]uint64

func signsOf(hash uint32) signs {
	return signs{1 << (hash * 0x9e3779b9 >> 26), 1 << (hash * 0x85ebca6b >> 26)}
}

func (s *signs) add(t signs) { s[0], s[1] = s[0]|t[0], s[1]|t[1] }

// meets reports whether two sets may have one in common. Each of a set that has one in common with another meets it.
func (s *signs) meets(t *signs) bool { return s[0]&t[0] != 0 && s[1]&t[1] != 0 }

// hashOf returns the hash of a text.
func hashOf(s string) uint32 {
	h := uint32(1)
	for i := 0; i < len(s); i++ {
		h = h*31 + uint32(s[i])
	}
	return h
}

// setSigns completes signs, which has those of the keys, such that two words have one in common if they agree in any way but as
// initials: by a key, as umlauts that are written out, or as forms of one Arabic name.
func (w *spelling) setSigns() {
	h := uint32(1)
	for i := 0; i < len(w.Plain); i++ {
		if w.Plain[i] != 'e' {
			h = h*31 + uint32(w.Plain[i])
		}
	}
	w.signs.add(signsOf(h))
	for _, g := range w.given {
		if isArabic(g) {
			w.signs.add(signsOf(uint32(g)))
		}
	}
}

// sharesKey reports whether two words are in one block.
func (w *Word) sharesKey(v *Word) bool {
	if !w.signs.meets(&v.signs) {
		return false
	}
	for _, a := range w.keys[:w.nkeys] {
		for _, b := range v.keys[:v.nkeys] {
			if a == b {
				return true
			}
		}
	}
	return false
}

// sharesGroup reports whether two words are forms of one given name.
func (w *Word) sharesGroup(v *Word) bool {
	for _, a := range w.groups() {
		for _, b := range v.groups() {
			if a == b {
				return true
			}
		}
	}
	return false
}
