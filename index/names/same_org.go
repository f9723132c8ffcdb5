package names

import "strings"

// compareOrgs compares names of organisations.
func compareOrgs(a, b *Name) Verdict {
	v := compareOrgNames(a, b)
	if a.long != nil && v.Score < Merge {
		v = best(v, compareOrgNames(a.long, b))
	}
	if b.long != nil && v.Score < Merge {
		v = best(v, compareOrgNames(a, b.long))
	}
	if a.long != nil && b.long != nil && v.Score < Merge {
		v = best(v, compareOrgNames(a.long, b.long))
	}
	return v
}

func compareOrgNames(a, b *Name) Verdict {
	if v, ok := compareKnown(a, b); ok {
		return v
	}
	if a.Acronym != "" || b.Acronym != "" {
		if v := compareAcronyms(a, b); v.Reason != "" {
			return v
		}
	}
	return compareWordRows(a, b)
}

// compareKnown decides names that everybody knows: one group is one name, two groups are two.
func compareKnown(a, b *Name) (Verdict, bool) {
	switch {
	case a.known == 0 || b.known == 0:
		return Verdict{}, false
	case a.known != b.known:
		return Verdict{0, otherKnown}, true
	case a.all == b.all:
		return Verdict{1, SameLetters}, true
	}
	return Verdict{0.95, AcronymKnown}, true
}

// compareAcronyms compares names one of which at least is, or is written with, an acronym. Without a verdict the words
// decide.
func compareAcronyms(a, b *Name) Verdict {
	switch {
	case a.short && b.short:
		if a.Acronym == b.Acronym {
			return Verdict{1, SameLetters}
		}
		if min(len(a.Acronym), len(b.Acronym)) > 4 { // words in capitals
			return Verdict{}
		}
		return Verdict{0, acronymOther}
	case a.short:
		return compareAcronym(a, b)
	case b.short:
		return compareAcronym(b, a)
	}
	return Verdict{}
}

// compareAcronym compares an acronym with a name of words.
func compareAcronym(short, long *Name) Verdict {
	switch {
	case long.Acronym != "" && long.Acronym == short.Acronym:
		return Verdict{0.93, acronymGiven}
	case long.Acronym != "":
		return Verdict{0, acronymOther}
	case long.all == short.Acronym: // Hamas
		return Verdict{0.97, SameLetters}
	case !contains(long.initials, short.Acronym):
		return Verdict{}
	case short.known != 0:
		return Verdict{0.3, acronymOther}
	case len(short.Acronym) < 4 && !saysOrg(long.Words):
		return Verdict{0.45, acronymShort}
	case ambiguous[short.Acronym]:
		return Verdict{0.6, acronymMany}
	case len(short.Acronym) < 3:
		return Verdict{0.6, acronymShort}
	}
	return Verdict{0.88, AcronymFits}
}

// saysOrg reports whether one of the words is of organisations: what has such a word is called by an acronym more often than
// what has its initials by chance, as Days of Glory has those of DOG.
func saysOrg(words []Word) bool {
	for i := range words {
		if orgWords[words[i].Plain] {
			return true
		}
	}
	return false
}

var orgWords = fieldSet("organization federation union association party bank agency council committee commission authority institute fund corporation ministry department movement front army league " +
	"service services group society foundation university bureau board office center court program alliance congress conference network press television broadcasting airlines airways police force forces watch " +
	"workers ministers industries machines motors college school hospital club trust exchange administration assembly community confederation guard nations states academy laboratory museum international national company system systems " +
	"partei verband bund gesellschaft union parti partido banco banque societe")

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// compareWordRows compares the words of two names in their order, then in any.
func compareWordRows(a, b *Name) Verdict {
	if a.all == b.all {
		return lessWeak(a, b, Verdict{1, SameLetters})
	}
	if len(a.Words) == len(b.Words) {
		if v := compareRow(a.Words, b.Words); v.Score > 0 {
			return lessWeak(a, b, v)
		}
		if len(a.Words) > 1 && sameSet(a.Words, b.Words) {
			return lessWeak(a, b, otherOrderOf(a.Words))
		}
		if a.office && b.office && sameSet(countrified(a.Words), countrified(b.Words)) {
			return Verdict{0.9, OtherOrder}
		}
		return Verdict{0, otherWords}
	}
	return compareParts(a, b)
}

// ofCountry reports whether words name an office of a country: the Russian Foreign Ministry.
func ofCountry(words []Word) bool {
	for i := range words {
		if words[i].lists.in(inOffices) {
			return true
		}
	}
	return false
}

var offices = fieldSet("ministry department embassy parliament government consulate")

// countrified returns words with the adjectives of countries as their names.
func countrified(words []Word) []Word {
	list := make([]Word, len(words))
	for i, w := range words {
		list[i] = w
		if place := demonyms[w.Plain]; place != "" && !strings.Contains(place, " ") {
			list[i] = newWord(place)
		}
	}
	return list
}

// otherOrderOf judges two names of the same words in another order: Finance Ministry, Ministry of Finance.
func otherOrderOf(words []Word) Verdict {
	for i := range words {
		if p := words[i].Plain; stateNames[p] == p || p == "miami" { // Washington University is in Missouri
			return Verdict{0.6, OtherOrder}
		}
	}
	for i := range words {
		if turning[words[i].Plain] {
			return Verdict{0.92, OtherOrder}
		}
	}
	return Verdict{0.6, OtherOrder}
}

// turning are words that stand before their object with "of", or behind it.
var turning = fieldSet("ministry department university office bureau institute college academy agency commission council embassy museum institution school")

// lessWeak lowers a verdict where a word was taken off one name only.
func lessWeak(a, b *Name, v Verdict) Verdict {
	if a.weak != b.weak && v.Score >= Merge {
		v.Score = max(v.Score*0.92, 0.86)
		v.Reason = WeakWords
	}
	return v
}

// compareRow compares words one by one. All must agree, and words of our own language in their letters.
func compareRow(a, b []Word) Verdict {
	v := Verdict{1, SameLetters}
	for i := range a {
		l, score := compareWords(&a[i], &b[i])
		if l == differ || l == initial && len(a) > 0 {
			return Verdict{}
		}
		if l == near && !plainlyNear(&a[i], &b[i], score) {
			score *= 0.5
		}
		if l < umlaut {
			v.Reason = wordReason(l)
		}
		if l == alike && !transliterated(&a[i], &b[i]) && (min(len(a[i].Plain), len(b[i].Plain)) < 6 || undoubled(a[i].Plain) == undoubled(b[i].Plain)) {
			score *= 0.8
		}
		v.Score *= score
	}
	return v
}

// undoubled returns a word without double letters: Samarra is not Samara.
func undoubled(s string) string {
	var buf [64]byte
	out := buf[:0]
	for i := 0; i < len(s); i++ {
		if i == 0 || s[i] != s[i-1] {
			out = append(out, s[i])
		}
	}
	return string(out)
}

// plainlyNear reports whether two words of organisations or places that are near are so for transliteration: one is of
// another alphabet, or they are long enough.
func plainlyNear(a, b *Word, score float64) bool {
	size := min(len(a.skeletons[0]), len(b.skeletons[0]))
	return a.foreign || b.foreign || size >= 5 && (score >= 0.92 && transliterated(a, b) || score >= 0.955)
}

// sameSet reports whether two rows have the same words.
func sameSet(a, b []Word) bool {
	var used [maxWords]bool
	for i := range a {
		found := false
		for j := range b {
			if !used[j] && a[i].Plain == b[j].Plain {
				used[j], found = true, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// compareParts compares names of which one has more words: one row of letters, or a word too many.
func compareParts(a, b *Name) Verdict {
	if len(a.Words) > len(b.Words) {
		a, b = b, a
	}
	switch {
	case a.known != 0 && b.known != 0:
		return Verdict{0, otherKnown}
	case !within(a.Words, b.Words):
		return Verdict{0, otherWords}
	case len(b.Words)-len(a.Words) < 3 && onlyFillers(a.Words, b.Words) && !(len(a.Words) == 1 && generic[a.Words[0].Plain]):
		return Verdict{0.6, genericName}
	}
	return Verdict{0.35, partOf}
}

// within reports whether a row has the words of another in their order.
func within(part, row []Word) bool {
	n := 0
	for i := 0; i < len(row) && n < len(part); i++ {
		if part[n].Plain == row[i].Plain {
			n++
		}
	}
	return n == len(part)
}

// onlyFillers reports whether the words that a row has besides those of another, which is within it, are all fillers.
func onlyFillers(part, row []Word) bool {
	n := 0
	for i := range row {
		if n < len(part) && part[n].Plain == row[i].Plain {
			n++
		} else if !filler[row[i].Plain] {
			return false
		}
	}
	return true
}

// filler are words that a company's name is often cited without.
var filler = fieldSet("motor motors oil industries enterprises technologies technology systems solutions services electronics pharmaceuticals airlines airways capital partners ventures channel network stores newspaper newspapers")
