package dateline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// small are the words inside a name of place that are written small: "Rio de Janeiro".
var small = map[string]bool{
	"a": true, "an": true, "and": true, "au": true, "aux": true, "d": true, "da": true, "das": true, "de": true, "del": true, "den": true,
	"der": true, "des": true, "di": true, "do": true, "dos": true, "du": true, "e": true, "en": true, "es": true, "et": true, "im": true,
	"in": true, "la": true, "las": true, "le": true, "les": true, "of": true, "on": true, "sous": true, "sur": true, "the": true,
	"under": true, "upon": true, "y": true, "am": true, "bei": true,
}

// initials are written in capitals without points.
var initials = map[string]bool{"DC": true, "EU": true, "NATO": true, "NY": true, "NYC": true, "UAE": true, "UK": true, "UN": true, "US": true, "USA": true}

// Title gives a name that is all in capitals its usual letters: "RIO DE JANEIRO" becomes "Rio de Janeiro", "ST. PETERSBURG"
// "St. Petersburg"; "D.C." and "NATO" stay. A name with small letters comes back as written, but for "McALLEN".
func Title(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	first := true
	for len(name) > 0 {
		n := wordLen(name)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(name)
			b.WriteString(name[:n])
			first = first || name[0] == '/'
		} else {
			point := strings.HasPrefix(name[n:], ".")
			b.WriteString(titleWord(name[:n], first, point, name[n:]))
			first = false
		}
		name = name[n:]
	}
	return b.String()
}

// wordLen returns how many bytes of letters and marks s begins with.
func wordLen(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(s)
}

func titleWord(word string, first, point bool, after string) string {
	lower := strings.ToLower(word)
	switch {
	case strings.HasPrefix(word, "Mc") && allCaps(word[2:]):
		return word[:3] + strings.ToLower(word[3:])
	case !allCaps(word) || initials[word] || point && utf8.RuneCountInString(word) == 1:
		return word
	case strings.HasPrefix(after, "'") && utf8.RuneCountInString(word) == 1: // L'Aquila, D'Alene
		return word
	case first || !small[lower]:
		if lower == "s" { // of ST. JOHN'S
			return lower
		}
		_, n := utf8.DecodeRuneInString(word)
		return word[:n] + lower[min(len(strings.ToLower(word[:n])), len(lower)):]
	}
	return lower
}

// allCaps reports whether s has a capital and no small letter.
func allCaps(s string) bool {
	found := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		found = found || unicode.IsUpper(r)
	}
	return found
}
