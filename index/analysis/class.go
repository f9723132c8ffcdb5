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
	case unicode.IsLetter(r):
		if unicode.In(r, unicode.Han, unicode.Hiragana) {
			return classSingle
		}
		return classLetter
	case unicode.IsNumber(r):
		return classDigit
	case unicode.IsMark(r):
		return classMark
	}
	return classOther
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
		return true
	case 2:
		return strings.EqualFold(s, "qu")
	case 3:
		return strings.EqualFold(s, "all") || strings.EqualFold(s, "del") || strings.EqualFold(s, "nel") || strings.EqualFold(s, "sul")
	case 4:
		return strings.EqualFold(s, "dell") || strings.EqualFold(s, "nell") || strings.EqualFold(s, "dall") || strings.EqualFold(s, "sull")
	}
	return false
}
