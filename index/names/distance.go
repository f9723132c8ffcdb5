package names

// Costs of the distance between skeletons, in hundredths of an edit. They say how often transliterators and their readers
// differ there, judged from the usual tables (English, German, French; ISO 9; the Library of Congress) and not measured:
// what no table mixes up costs a whole edit.
const (
	edit      = 100
	maxSounds = 48 // sounds of a word that are compared
)

// cost of writing one sound for another, or that for this.
func cost(a, b byte) int {
	if a|b >= 0x80 { // of no alphabet that is romanised
		if a == b {
			return 0
		}
		return edit
	}
	return int(costs[a][b])
}

// costs of an edit, and of less for the pairs that are mixed up.
var costs = func() (table [128][128]uint8) {
	for a := range table {
		for b := range table[a] {
			if a != b {
				table[a][b] = edit
			}
		}
	}
	for _, m := range mixups {
		a, b := m.pair[0], m.pair[1]
		table[a][b], table[b][a] = m.cost, m.cost
	}
	return table
}()

var mixups = []struct {
	pair string
	cost uint8
}{
	{"ou", 15}, {"ei", 25}, {"ij", 35}, {"ae", 90}, {"ao", 60}, {"au", 50}, {"eo", 55},
	{"fv", 20}, {"sz", 20}, {"cz", 15}, {"cs", 40}, {"CS", 30}, {"CX", 30}, {"SZ", 30}, {"SX", 40}, {"Cc", 30}, {"Cj", 40}, {"Cz", 50}, {"Cs", 40},
	{"Ss", 30}, {"Zz", 30}, {"Zj", 15}, {"Ck", 40}, {"Xh", 5}, {"Xk", 30}, {"Xg", 35}, {"gk", 30}, {"gh", 30},
}

// omission is the cost of writing the sound at i of s, where the other name has nothing.
func omission(s string, i int) int {
	switch c := s[i]; {
	case c == 'j' && i == 0 && len(s) > 1 && s[1] == 'e':
		return 20
	case i == 0 || i+1 == len(s) && c != 'h': // what a word begins and ends with, people hear
		return edit
	}
	switch s[i] {
	case 'e':
		if i > 0 && (s[i-1] == 'a' || s[i-1] == 'o' || s[i-1] == 'u') { // of an umlaut
			return 15
		}
		return 50
	case 'i':
		if i > 0 && isVowel(s[i-1]) || i+1 < len(s) && isVowel(s[i+1]) {
			return 20
		}
		return 45
	case 'a', 'o', 'u':
		return 60
	case 'h':
		return 40
	}
	return edit
}

// distance is the least sum of costs that turns one skeleton into the other; above a limit, some number above it.
func distance(a, b string, limit int) int {
	if len(a) > maxSounds {
		a = a[:maxSounds]
	}
	if len(b) > maxSounds {
		b = b[:maxSounds]
	}
	var row [maxSounds + 1]int
	var omitted [maxSounds]int
	for j := range len(b) {
		omitted[j] = omission(b, j)
		row[j+1] = row[j] + omitted[j]
	}
	for i := range len(a) {
		c, left := a[i], omission(a, i)
		corner := row[0]
		row[0] += left
		least := row[0]
		for j := range len(b) {
			best := min(corner+cost(c, b[j]), row[j+1]+left, row[j]+omitted[j])
			corner, row[j+1] = row[j+1], best
			least = min(least, best)
		}
		if least > limit { // which no row after it goes below
			return least
		}
	}
	return row[len(b)]
}

// level says how two words agree, and score how well, from 0 to 1.
type level int

const (
	differ  level = iota
	near          // their skeletons are near each other
	initial       // one is the initial of the other
	variant       // they are forms of one given name
	alike         // they have one skeleton
	umlaut        // they differ in umlauts written out
	same          // they are the same letters
)

// compareWords returns how two words agree, and the score of that.
func compareWords(a, b *Word) (level, float64) {
	switch {
	case a.Plain == "" || b.Plain == "":
		return differ, 0
	case a.Plain == b.Plain:
		return same, 1
	case a.Spoken == b.Plain || a.Plain == b.Spoken || a.Spoken == b.Spoken || a.Plain[0] == b.Plain[0] && sameUmlauts(a.Plain, b.Plain):
		return umlaut, 0.99
	case a.Initial() || b.Initial():
		return compareInitials(a, b)
	case !a.sharesKey(b):
		return differ, 0
	}
	return compareSounds(a, b)
}

func compareInitials(a, b *Word) (level, float64) {
	if a.Plain[0] == b.Plain[0] || a.nkeys > 0 && b.nkeys > 0 && a.Initial() != b.Initial() && startAlike(a, b) {
		return initial, 0.95
	}
	return differ, 0
}

// startAlike reports whether an initial is that of another word in another alphabet: Ю. for Yuri, J. for Yuri.
func startAlike(a, b *Word) bool {
	s, t := a.skeletons[0], b.skeletons[0]
	return s != "" && t != "" && (s[0] == t[0] || soundClass(s[0]) == soundClass(t[0]))
}

// compareSounds compares words of one key.
func compareSounds(a, b *Word) (level, float64) {
	best := 1 << 20
	size := 0
	limit := best // above which it makes no difference how much
	if a.arabic == b.arabic {
		limit = nearLimit(min(max(len(a.skeletons[0]), len(a.skeletons[1])), max(len(b.skeletons[0]), len(b.skeletons[1]))))
	}
	for i, s := range a.skeletons {
		for j, t := range b.skeletons {
			if i > 0 && s == a.skeletons[0] || j > 0 && t == b.skeletons[0] {
				continue
			}
			if d := distance(s, t, min(limit, best)); d < best {
				best, size = d, min(len(s), len(t))
			}
		}
	}
	if a.arabic != b.arabic && size >= 3 { // the vowels are not written
		return near, 0.95
	}
	if best == 0 {
		return alike, 0.98
	}
	if best > nearLimit(size) {
		return differ, 0
	}
	return near, 1 - float64(best)/float64(edit)/float64(size)
}

// nearLimit is the greatest distance of skeletons of a size that may be one word: an edit in twelve sounds, of short ones
// none that is not a common mix-up.
func nearLimit(size int) int {
	if size < 4 {
		return 15
	}
	return size*8 + size/8*8
}

// sameUmlauts reports whether two words are the same but for ae, oe and ue written as a, o and u.
func sameUmlauts(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a) == len(b) || len(a)-len(b) > 3 {
		return false
	}
	j := 0
	for i := 0; i < len(a); i++ {
		if j < len(b) && a[i] == b[j] {
			j++
		} else if a[i] != 'e' || i == 0 || i+1 == len(a) || a[i-1] != 'a' && a[i-1] != 'o' && a[i-1] != 'u' || isVowel(a[i+1]) {
			return false
		}
	}
	return j == len(b)
}
