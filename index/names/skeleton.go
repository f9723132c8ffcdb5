package names

import "strings"

// skeleton returns a romanised word with the choices of transliterators undone that never matter: Mirzaev, Mirzayev and
// Мирзаев are mirzaev, Zelenskyy is zelenski, Tchaikovsky is Caikovski. Sounds of several letters are one capital:
//
//	C  ch, tch, tsch, cz     S  sh, sch, sz      Z  zh      X  kh, and ch before a consonant      c  ts, tz
func skeleton(word string) string {
	var buf [64]byte
	out := appendSkeleton(buf[:0], word)
	if string(out) == word {
		return word
	}
	return string(out)
}

// appendSkeleton appends the skeleton of a word to an empty one.
func appendSkeleton(out []byte, word string) []byte {
	for i := 0; i < len(word); {
		c := word[i]
		if !simple[c] || i+1 < len(word) && second[c]>>(word[i+1]&31)&1 != 0 {
			out, i = appendSound(out, word, i)
			continue
		}
		if n := len(out); n == 0 || out[n-1] != c {
			out = append(out, c)
		}
		i++
	}
	return dropGlides(out)
}

// appendSound appends the sound that begins at i of a word, and returns where the next one begins.
func appendSound(out []byte, word string, i int) ([]byte, int) {
	if sounds := byLetter[word[i]]; sounds != nil {
		for _, s := range sounds {
			if strings.HasPrefix(word[i:], s.spelt) && (!s.before || consonantAt(word, i+len(s.spelt))) {
				return appendOnce(out, s.sound), i + len(s.spelt)
			}
		}
	}
	end := i+1 == len(word)
	switch c := word[i]; {
	case c == 'w':
		return appendOnce(out, "v"), i + 1
	case c == 'f' && i > 2 && word[i:] == "ff", c == 'f' && end && i > 2 && word[i-1] == 'o': // Romanoff
		return appendOnce(out, "v"), len(word)
	case c == 'e' && end && i > 3 && word[i-2:i] == "in": // Poutine
		return out, i + 1
	case c == 'q' || c == 'c':
		return appendOnce(out, softC(word, i)), i + 1
	case c == 'y', c == 'j' && i > 0 && !end && word[i+1] != 'i':
		return append(out, 'i'), i + 1
	case c == 'e' && i > 2 && word[i:] == "eh": // Haniyeh, Haniya
		return append(out, 'a'), i + 2
	case c == 'h' && end && i > 2, c == 'e' && end && i > 2 && word[i-1] == 'i': // Fallujah; Natalie
		return out, i + 1
	default:
		return appendOnce(out, word[i:i+1]), i + 1
	}
}

// softC is how c and q are spoken at i.
func softC(word string, i int) string {
	if word[i] == 'c' && i+1 == len(word) && i > 3 && word[i-1] == 'i' { // Milosevic
		return "C"
	}
	if word[i] == 'c' && i+1 < len(word) && strings.IndexByte("eiy", word[i+1]) >= 0 {
		return "c"
	}
	return "k"
}

// appendOnce appends a sound that does not double the one before.
func appendOnce(out []byte, sound string) []byte {
	for i := 0; i < len(sound); i++ {
		if n := len(out); n == 0 || out[n-1] != sound[i] {
			out = append(out, sound[i])
		}
	}
	return out
}

// dropGlides drops what is only heard between two vowels or before the first: i of aie, ie-; ii is i.
func dropGlides(s []byte) []byte {
	out := s[:0]
	for i, c := range s {
		next := i+1 < len(s) && isVowel(s[i+1])
		if c == 'i' && next && (i > 0 && isVowel(s[i-1]) || i == 0 && s[1] == 'e') {
			continue
		}
		out = append(out, c)
	}
	return out
}

func consonantAt(word string, i int) bool {
	return i < len(word) && !isVowel(word[i]) && word[i] != 'y'
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

// sound is a spelling of several letters, and how it is written in a skeleton. Some are such only before a consonant.
type sound struct {
	spelt, sound string
	before       bool
}

// byLetter are the sounds by their first letter, longest first.
var byLetter = func() (table [256][]sound) {
	for _, s := range []sound{
		{"schtsch", "SC", false}, {"chtch", "SC", false}, {"shch", "SC", false}, {"stch", "SC", false},
		{"tsch", "C", false}, {"tch", "C", false}, {"cz", "C", false},
		{"sch", "S", false}, {"sh", "S", false}, {"sz", "S", false},
		{"chr", "Xr", false}, {"chl", "Xl", false}, {"chm", "Xm", false}, {"ch", "C", false},
		{"dsch", "j", false}, {"dzh", "j", false}, {"dj", "j", false}, {"zh", "Z", false}, {"kh", "X", false}, {"gh", "g", false}, {"dh", "d", false},
		{"ts", "c", false}, {"tz", "c", false}, {"ck", "k", false}, {"ks", "ks", false}, {"x", "ks", false},
		{"ph", "f", false}, {"th", "t", false}, {"ou", "u", false}, {"oo", "u", false}, {"ee", "i", false},
		{"iy", "i", false}, {"yy", "i", false}, {"ij", "i", false}, {"yj", "i", false}, {"yi", "i", false},
		{"iu", "iu", false},
	} {
		c := s.spelt[0]
		table[c] = append(table[c], s)
	}
	return table
}()

// simple are the letters that are themselves in a skeleton, unless a sound of several letters begins with them; second has a bit for
// each letter that follows then, by its last five bits.
var simple, second = func() (simple [256]bool, second [256]uint32) {
	for c := range simple {
		simple[c] = strings.IndexByte("wfeqcyjhx", byte(c)) < 0
		for _, s := range byLetter[c] {
			if len(s.spelt) > 1 {
				second[c] |= 1 << (s.spelt[1] & 31)
			}
		}
	}
	return simple, second
}()

// Key returns the normal form of a word that names are looked up by: the sounds of its consonants, those that are mixed up
// between alphabets as one, and a mark where it begins with a vowel. Mirzaev, Mirzayev and Мирзаев are mrsv; Qaddafi, Gaddafi
// and Khadafy are kdv; Yeltsin, Eltsin and Jelzin are alsn. Different names may have one key: see [Same].
func Key(word string) string {
	plain, _ := Romanize(word)
	return keyOf(skeleton(plain))
}

// keyOf returns the key of a skeleton.
func keyOf[T string | []byte](skeleton T) string {
	var buf [64]byte
	out := buf[:0]
	for i := 0; i < len(skeleton); i++ {
		c := keyLetter[skeleton[i]]
		if i == 0 && (c == 0 || skeleton[0] == 'j') {
			out = append(out, 'a')
			continue
		}
		if c != 0 && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	if string(out) == string(skeleton) {
		return string(skeleton)
	}
	return string(out)
}

// keyLetter are the letters of skeletons as keys have them; vowels, and j as one, have none.
var keyLetter = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
	}
	for class, members := range map[byte]string{0: "aeiouj", 'k': "kgXh", 's': "szcCSZ", 'v': "vf"} {
		for i := 0; i < len(members); i++ {
			table[members[i]] = class
		}
	}
	return table
}()
