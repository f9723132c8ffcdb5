package names

import (
	"slices"
	"strings"
)

// comparePersons compares names of people: as they stand, with either's surname first, and as one row of letters.
func comparePersons(a, b *Name) Verdict {
	if reason := contradiction(a, b); reason != "" {
		return Verdict{0, reason}
	}
	if len(a.Words) == 1 || len(b.Words) == 1 {
		return compareLone(a, b)
	}
	v := compareOrdered(a.Words, b.Words)
	if v.Score < Merge {
		v = best(v, compareTurned(a, b))
		v = best(v, compareJoined(a, b))
		v = best(v, compareSecond(a.Words, b.Words))
	}
	return lessFor(a, b, v)
}

// contradiction returns what says at once that names are two people's, "" when nothing does.
func contradiction(a, b *Name) string {
	switch {
	case a.Suffix != "" && b.Suffix != "" && a.Suffix != b.Suffix:
		return otherSuffix
	case a.Number != "" && b.Number != "" && a.Number != b.Number:
		return otherNumber
	case a.junior() && b.numbered() || a.numbered() && b.junior():
		return otherSuffix
	case a.sexes|b.sexes == 3 && (len(a.Words) == 1 || len(b.Words) == 1):
		return otherTitle
	}
	return ""
}

// junior reports whether a name has a suffix and no number: Louis Harmon Jr. is not Louis Harmon III.
func (n *Name) junior() bool { return n.Suffix != "" && n.Number == "" }

// numbered reports whether a name has a number and no suffix.
func (n *Name) numbered() bool { return n.Suffix == "" && n.Number != "" }

// sexesOf returns 1 for titles of a woman, 2 for those of a man.
func sexesOf(titles []string) (s int) {
	for _, t := range titles {
		if womens[t] {
			s |= 1
		}
		if mens[t] {
			s |= 2
		}
	}
	return s % 3
}

// lessFor lowers a verdict for what differs besides the words.
func lessFor(a, b *Name, v Verdict) Verdict {
	if (a.Suffix == "") != (b.Suffix == "") || (a.Number == "") != (b.Number == "") {
		v = lessForSuffix(a, b, v)
	}
	if a.sexes|b.sexes == 3 {
		v.Score *= 0.7
		v.Reason = otherTitle
	}
	return v
}

// lessForSuffix lowers a verdict on two names one of which has a suffix or number that the other has not. Who is named with it but
// without a middle name is mostly told from somebody by it: Donald Trump Jr., but not Joseph R. Biden Jr.
func lessForSuffix(a, b *Name, v Verdict) Verdict {
	if v.Score >= Merge && (a.toldBySuffix() || b.toldBySuffix()) {
		return Verdict{0.8, suffixMissing}
	}
	v.Score *= 0.98
	return v
}

// toldBySuffix reports whether a name has a suffix or number, and no middle name.
func (n *Name) toldBySuffix() bool { return (n.Suffix != "" || n.Number != "") && len(n.Words) < 3 }

// compareSecond compares names of which one has a second surname: Vicente Fox Quesada.
func compareSecond(a, b []Word) Verdict {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) != len(a)+1 {
		return Verdict{0, otherSurname}
	}
	for i := range a {
		if l, _ := compareWords(&a[i], &b[i]); l < umlaut || a[i].Initial() {
			return Verdict{0, otherSurname}
		}
	}
	return Verdict{0.6, secondMissing}
}

// compareLone compares a surname or given name alone.
func compareLone(a, b *Name) Verdict {
	x, y := &a.Words[len(a.Words)-1], &b.Words[len(b.Words)-1]
	l, score := compareSurnames(x, y)
	if l == differ || l == initial {
		return Verdict{0, otherSurname}
	}
	if !a.Lone() || !b.Lone() {
		return Verdict{0.6 * score, surnameOnly}
	}
	if r, s := royalTitle(a), royalTitle(b); r != s && r != "" && s != "" {
		return Verdict{0.3, otherTitle}
	}
	if (a.Number == "") != (b.Number == "") {
		return Verdict{0.7 * score, surnameOnly}
	}
	if l < umlaut && l != variant && !surelyRomanized(a, b, l, score) {
		return Verdict{0.7 * score, otherSpelling}
	}
	return Verdict{score, wordReason(l)}
}

// surelyRomanized reports whether two names alone that sound alike are so for transliteration: with nothing else to go by
// they must be of another alphabet, long, and near ones very near. Bosch is not Bush, nor Milenkovic Milinkevich.
func surelyRomanized(a, b *Name, l level, score float64) bool {
	x, y := &a.Words[0], &b.Words[0]
	if min(len(x.Plain), len(y.Plain)) < 5 {
		return false
	}
	return (transliterated(x, y) || arabicParticle(a) && arabicParticle(b)) && (l != near || score >= 0.925)
}

// arabicParticle reports whether a name has al- or bin.
func arabicParticle(n *Name) bool {
	return slices.ContainsFunc(n.Particles, func(p string) bool { return p == "al" || p == "el" || p == "bin" || p == "ibn" || p == "abu" })
}

func royalTitle(n *Name) string {
	for _, t := range n.Titles {
		if royal[t] {
			return t
		}
	}
	return ""
}

// transliterated reports whether one of two words shows that it comes out of another alphabet.
func transliterated(x, y *Word) bool {
	return x.foreign || y.foreign || slavic(x.Plain) || slavic(y.Plain) || romanized(x.Plain) || romanized(y.Plain)
}

// romanized reports whether a word is spelt as only transliterators spell.
func romanized(plain string) bool {
	if i := strings.IndexByte(plain, 'q'); i >= 0 && !strings.HasPrefix(plain[i:], "qu") || strings.HasPrefix(plain, "ye") {
		return true
	}
	for _, s := range [...]string{"kh", "gh", "dh", "zh", "dj", "iy", "yy", "aa", "ii", "uu", "dzh"} {
		if strings.Contains(plain, s) {
			return true
		}
	}
	return len(plain) > 4 && (strings.HasSuffix(plain, "ah") || strings.HasSuffix(plain, "eh"))
}

func wordReason(l level) string {
	switch l {
	case same, umlaut:
		return SameLetters
	case alike:
		return SameSound
	case variant:
		return SameForm
	case initial:
		return InitialFits
	}
	return NearSound
}

// compareOrdered compares two rows of given names and a surname.
func compareOrdered(a, b []Word) Verdict {
	x, y := &a[len(a)-1], &b[len(b)-1]
	surname, score := compareSurnames(x, y)
	if surname == differ || surname == initial {
		return Verdict{0, otherSurname}
	}
	given := compareGiven(a[:len(a)-1], b[:len(b)-1])
	given.halved = given.halved || given.missing && x.hyphen != y.hyphen && !given.skipped
	if given.score == 0 {
		return Verdict{0, otherGiven}
	}
	return judge(a, b, surname, score, given)
}

// compareSurnames compares words as surnames, which may be forms of one Arabic name.
func compareSurnames(x, y *Word) (level, float64) {
	l, score := compareWords(x, y)
	if l < variant && x.sharesGroup(y) && slices.ContainsFunc(x.groups(), isArabic) && slices.ContainsFunc(y.groups(), isArabic) {
		return variant, 0.95
	}
	return l, score
}

// judge weighs how surname and given names agree.
func judge(a, b []Word, surname level, score float64, given givens) Verdict {
	x, y := &a[len(a)-1], &b[len(b)-1]
	isCommon := common[x.Plain] || common[y.Plain]
	v := Verdict{score * given.score, weakest(surname, given)}
	switch {
	case surname < umlaut && spelt(a, b):
		return Verdict{0.7 * v.Score, otherSpelling}
	case given.level == initial && given.initials < 2 && (surname == near || isCommon):
		return Verdict{0.65 * v.Score, commonInitial}
	case given.missing && given.level >= variant && slices.Contains(first(a).groups(), everywhere) && slices.Contains(first(b).groups(), everywhere):
		return Verdict{0.85 * v.Score, NameMissing}
	case given.halved:
		return Verdict{0.8 * v.Score, hyphenMissing}
	case given.skipped && (surname < alike || isCommon || isGiven(x) || isGiven(y) || western[first(a).Plain] || western[first(b).Plain]):
		return Verdict{0.7 * v.Score, firstMissing}
	case given.level == near && surname == near:
		v.Score *= 0.99
	case given.level == near && spelt(a, b):
		return Verdict{0.7 * v.Score, otherSpelling}
	}
	return v
}

// everywhere is the group of Mohammed, which says little by itself.
var everywhere = len(givenGroups) + 1

func first(row []Word) *Word { return &row[0] }

// spelt reports whether two names are at home in the Latin alphabet, where another spelling is another name.
func spelt(a, b []Word) bool {
	for _, row := range [...][]Word{a, b} {
		for i := range row {
			if row[i].foreign {
				return false
			}
		}
	}
	x, y := &a[len(a)-1], &b[len(b)-1]
	return !slavic(x.Plain) && !slavic(y.Plain) && (western[first(a).Plain] || western[first(b).Plain])
}

// weakest names the evidence that a verdict stands on: the weaker of surname and given names.
func weakest(surname level, given givens) string {
	switch {
	case given.skipped:
		return firstMissing
	case given.level == initial:
		return InitialFits
	case given.level == variant:
		return SameForm
	case given.missing && surname >= umlaut && given.level >= umlaut:
		return NameMissing
	case given.level < surname:
		return wordReason(given.level)
	}
	return wordReason(surname)
}

// givens is how two rows of given names agree.
type givens struct {
	level    level // of the first names
	score    float64
	initials int  // how many initials fit
	missing  bool // one has names that the other lacks
	halved   bool // one lacks the other half of a double name
	skipped  bool // one lacks the first name
}

// compareGiven compares given names from the first on; those at the end may be missing, or else the first.
func compareGiven(a, b []Word) givens {
	g := alignGiven(a, b)
	if g.score > 0 || len(a) == len(b) {
		return g
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	if h := alignGiven(a[1:], b); h.score > 0 && h.level >= alike && !a[1].hyphen && !a[1].Initial() {
		h.skipped, h.missing = true, true
		h.score *= 0.9
		return h
	}
	return g
}

func alignGiven(a, b []Word) givens {
	g := givens{level: same, score: 1, missing: len(a) != len(b)}
	for i := 0; i < min(len(a), len(b)); i++ {
		l, score := compareGivenWords(&a[i], &b[i])
		if l == differ {
			return givens{}
		}
		if l == initial {
			g.initials++
		}
		if i == 0 {
			g.level = l
		}
		g.score *= score
	}
	if g.missing {
		g.score *= 0.97
		longer, n := a, len(b)
		if len(b) > len(a) {
			longer, n = b, len(a)
		}
		g.halved = longer[n].hyphen && !(n > 0 && g.level == initial)
	}
	return g
}

func compareGivenWords(a, b *Word) (level, float64) {
	l, score := compareWords(a, b)
	if l < variant && a.sharesGroup(b) {
		return variant, 0.95
	}
	if l == near && (len(a.groups()) > 0 && len(b.groups()) > 0) { // two names that are known to be two
		return differ, 0
	}
	return l, score
}

// compareTurned compares with the first word of one of the names as the surname. Names of two given names are two people's
// in the other order.
func compareTurned(a, b *Name) Verdict {
	if a.ordered && b.ordered {
		return Verdict{0, otherSurname}
	}
	v := Verdict{0, otherSurname}
	if agree(&a.Words[len(a.Words)-1], &b.Words[0]) {
		v = compareRows(a.Words, turn(b.Words))
	}
	if agree(&a.Words[0], &b.Words[len(b.Words)-1]) {
		v = best(v, compareRows(turn(a.Words), b.Words))
	}
	if v.Score >= Suggest {
		v.Reason = OtherOrder
		v.Score *= 0.99
		if bothGiven(a.Words) || bothGiven(b.Words) {
			v.Score *= 0.45
		}
	}
	return v
}

// agree reports whether two words may be one surname, without which no order of the others matters.
func agree(x, y *Word) bool {
	l, _ := compareSurnames(x, y)
	return l != differ && l != initial
}

// compareRows is compareOrdered where the first names must be written out: initials and missing names are too little to
// tell an order by.
func compareRows(a, b []Word) Verdict {
	if a[0].Initial() || b[0].Initial() || len(a) != len(b) && !hasPatronymic(a) && !hasPatronymic(b) {
		return Verdict{0, otherGiven}
	}
	v := compareOrdered(a, b)
	if v.Reason == firstMissing {
		v.Score = 0
	}
	return v
}

// hasPatronymic reports whether the second name of three is a patronymic, which is left out as readily as it is written.
func hasPatronymic(row []Word) bool {
	if len(row) != 3 {
		return false
	}
	for _, ending := range [...]string{"vich", "vna", "witsch", "vych", "vitch", "ichna", "ogly", "oglu", "kyzy", "yich", "jich"} {
		if strings.HasSuffix(row[1].Plain, ending) {
			return true
		}
	}
	return false
}

// turn returns a row of words with the first one last.
func turn(words []Word) []Word {
	turned := make([]Word, 0, len(words))
	return append(append(turned, words[1:]...), words[0])
}

// bothGiven reports whether the first and the last word are given names.
func bothGiven(words []Word) bool {
	a, b := &words[0], &words[len(words)-1]
	return isGiven(a) && isGiven(b)
}

func isGiven(w *Word) bool { return len(w.groups()) > 0 || western[w.Plain] || several[w.Plain] }

// compareJoined compares all letters: Ki-moon and Kimoon, Abdel Rahman and Abdelrahman.
func compareJoined(a, b *Name) Verdict {
	if len(a.Words) == len(b.Words) || a.allKey() != b.allKey() || min(len(a.all), len(b.all)) < 6 {
		return Verdict{0, otherGiven}
	}
	if a.all == b.all {
		return Verdict{0.97, joinedLetters}
	}
	if spelt(a.Words, b.Words) {
		return Verdict{0, otherGiven}
	}
	s, t := skeleton(a.all), skeleton(b.all)
	if limit := nearLimit(min(len(s), len(t))); distance(s, t, limit) <= limit {
		return Verdict{0.88, joinedLetters}
	}
	return Verdict{0, otherGiven}
}
