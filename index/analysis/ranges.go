package analysis

import (
	"slices"
	"strings"
)

// Ranges returns prefixes: every term with the stem begins with one of them, and so does term, the word asked for. A sorted
// dictionary need only be looked through there, the stem of each term still to be compared. They may overlap.
//
// Most of the algorithms only take endings off, so that a term begins with its stem. Where one writes something else
// instead (economi for economy), the tables below say what else the term may have there; the algorithms for Arabic, Dutch
// and Finnish change more than the end.
func (l Language) Ranges(stem, term string) []string {
	l = l.of(term)
	s := &stemmers[l]
	if s.snowball == nil || !s.script.holds(term) {
		return []string{term}
	}
	list := []string{stem}
	for _, w := range s.written {
		if strings.HasSuffix(stem, w.from) {
			list = append(list, stem[:len(stem)-len(w.from)]+w.to)
		}
	}
	if s.variants != nil {
		list = s.variants(list, stem)
	}
	for _, prefix := range list {
		if strings.HasPrefix(term, prefix) {
			return list
		}
	}
	return append(list, term)
}

// The endings that the algorithms, or the tables of endings, write: what ends the stem, and what the term may have instead.
var (
	englishWritten = []rewrite{
		{"i", "y"}, {"e", "i"}, {"bl", "bi"}, {"sky", "skies"}, {"die", "dying"}, {"lie", "lying"}, {"tie", "tying"},
	}
	frenchWritten = []rewrite{
		{"i", "y"}, {"eux", "eus"}, {"ent", "enc"}, {"ent", "emm"}, {"ant", "amm"}, {"iqu", "ic"}, {"al", "au"}, {"bl", "bi"},
	}
	spanishWritten    = []rewrite{{"nt", "nc"}, {"ente", "enc"}}
	portugueseWritten = []rewrite{
		{"nt", "nc"}, {"ente", "enc"}, {"a", "o"}, {"ao", "oe"}, {"ao", "ae"},
		{"al", "ai"}, {"el", "ei"}, {"ol", "oi"}, {"em", "en"}, {"im", "in"}, {"om", "on"}, {"um", "un"},
	}
	italianWritten   = []rewrite{{"nt", "nz"}, {"ente", "enz"}}
	dutchWritten     = []rewrite{{"heid", "heden"}}
	hungarianWritten = []rewrite{
		{"cs", "ccs"}, {"gy", "ggy"}, {"ly", "lly"}, {"ny", "nny"}, {"sz", "ssz"}, {"ty", "tty"}, {"zs", "zzs"},
	}
	romanianWritten = []rewrite{{"st", "sm"}}
)

// dutchVariants doubles the vowel before a consonant at the end (the stem of maan and manen is man), and has z and v there
// for s and f (prijs and prijzen).
func dutchVariants(dst []string, stem string) []string {
	n := len(stem)
	ends := []string{stem}
	if strings.HasSuffix(stem, "s") {
		ends = append(ends, stem[:n-1]+"z")
	} else if strings.HasSuffix(stem, "f") {
		ends = append(ends, stem[:n-1]+"v")
	}
	dst = append(dst, ends[1:]...)
	if n < 2 || !strings.Contains("aeou", stem[n-2:n-1]) || strings.Contains("aeou", stem[n-1:]) {
		return dst
	}
	for _, e := range ends {
		dst = append(dst, e[:n-1]+e[n-2:])
	}
	return dst
}

// finnishVariants doubles the last consonant: the stem of aallokko is aaloko.
func finnishVariants(dst []string, stem string) []string {
	if i := strings.LastIndexFunc(stem, func(r rune) bool { return !strings.ContainsRune("aeiouy", r) }); i >= 0 {
		return append(dst, stem[:i+1]+stem[i:i+1])
	}
	return dst
}

// arabicVariants puts back what is taken off the beginning, in the order in which it stands there: and, so; the, with the,
// like the, for the, with; what arabicFinish takes.
func arabicVariants(dst []string, stem string) []string {
	begins := []string{stem}
	switch {
	case strings.HasPrefix(stem, "ك"):
		begins = append(begins, "ك"+stem)
	case strings.HasPrefix(stem, "ي"), strings.HasPrefix(stem, "ت"), strings.HasPrefix(stem, "ن"):
		begins = append(begins, "س"+stem)
	case strings.HasPrefix(stem, "است"):
		rest := strings.TrimPrefix(stem, "ا")
		for _, person := range []string{"ي", "ت", "ن"} {
			begins = append(begins, person+rest, "س"+person+rest)
		}
	}
	begins = before(begins, "و", "ف", "ب")
	begins = before(begins, "ال", "بال", "كال", "لل", "ب")
	begins = before(begins, "و", "ف")
	for _, b := range begins {
		dst = append(dst, b)
		if end, ok := strings.CutSuffix(b, "ي"); ok { // written for ى
			dst = append(dst, end+"ى")
		}
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// before returns the words, and each once more behind each of the prefixes.
func before(words []string, prefixes ...string) []string {
	list := words
	for _, p := range prefixes {
		for _, w := range words {
			list = append(list, p+w)
		}
	}
	return list
}
