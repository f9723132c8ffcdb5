package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The classes of characters, in the order that next relies on: a word begins with a class above classMark.
const (
	classOther  = iota
	classMark   // goes on with a word, begins none
	classLetter // letters that form words
	classDigit
	classSingle // a word of its own
)

func class(r rune) int {
	if r < utf8.RuneSelf {
		return int(asciiClass[r])
	}
	return wideClass(r)
}

func wideClass(r rune) int {
	switch {
	case r == 'ʼ' || r == 'ʻ': // apostrophes, be they letters to Unicode; see joins
		return classOther
	case r < firstSingle && unicode.IsLetter(r):
		return classLetter
	case unicode.IsMark(r), invisible(r), modifies(r):
		return classMark
	case single(r):
		return classSingle
	case unicode.IsLetter(r):
		return classLetter
	case unicode.IsNumber(r):
		return classDigit
	}
	return classOther
}

// invisible reports whether a character has no width and only says where a word may break or how its letters join: the
// soft hyphen, the joiners, the byte order mark. Terms are without it.
func invisible(r rune) bool {
	return r == 0xAD || r == 0x200C || r == 0x200D || r == 0x2060 || r == 0xFEFF
}

// modifies reports whether a letter is a part of the one before: the vowels and final consonants of Korean letters written
// one by one, and the voice marks of half-width katakana.
func modifies(r rune) bool {
	return 0x1160 <= r && r <= 0x11FF || r == 0xFF9E || r == 0xFF9F
}

// single reports whether a letter is of a script that puts no spaces between words, or is Korean, which writes particles
// together with the word before.
func single(r rune) bool {
	switch {
	case r < firstSingle:
		return false
	case 0x4E00 <= r && r <= 0x9FFF, 0xAC00 <= r && r <= 0xD7A3, r == 'ー', r == 'ｰ':
		return true
	}
	return unicode.In(r, spaceless...) && (unicode.IsLetter(r) || unicode.Is(unicode.Han, r) && unicode.IsNumber(r))
}

// firstSingle is where the scripts begin that single is about: with Thai.
const firstSingle = 0xE00

var spaceless = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

var asciiClass = func() (table [utf8.RuneSelf]uint8) {
	for r := range table {
		switch {
		case unicode.IsLetter(rune(r)):
			table[r] = classLetter
		case unicode.IsDigit(rune(r)):
			table[r] = classDigit
		}
	}
	return table
}()

func letters(s string) bool {
	for _, r := range s {
		if c := class(r); c != classLetter && c != classMark {
			return false
		}
	}
	return true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func short(s string) bool {
	return utf8.RuneCountInString(s) <= acronymPart && letters(s)
}

// elided reports whether a run before an apostrophe is a word of its own: the French and Italian articles, O'Neill, I'm.
func elided(s string) bool {
	switch utf8.RuneCountInString(s) {
	case 1:
		return s[0] < utf8.RuneSelf // but комп'ютер and п'ять are one word
	case 2:
		return strings.EqualFold(s, "qu")
	case 3:
		return strings.EqualFold(s, "all") || strings.EqualFold(s, "del") || strings.EqualFold(s, "nel") || strings.EqualFold(s, "sul")
	case 4:
		return strings.EqualFold(s, "dell") || strings.EqualFold(s, "nell") || strings.EqualFold(s, "dall") || strings.EqualFold(s, "sull")
	}
	return false
}
