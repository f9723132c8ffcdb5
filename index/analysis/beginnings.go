package analysis

import (
	"iter"
	"strings"
)

// Beginnings finds values by the beginnings of their words, as people type names: "mir rus" finds Ruslan Mirzaev. It is made
// by NewBeginnings; the zero value finds everything.
type Beginnings struct{ words []string }

// NewBeginnings reads what was typed, of which case and accents make no difference.
func NewBeginnings(typed string) Beginnings {
	var b Beginnings
	for word := range KeyWords(Fold(typed)) {
		b.words = append(b.words, word)
	}
	return b
}

// Any reports whether every value is found: there is no word in what was typed.
func (b Beginnings) Any() bool { return len(b.words) == 0 }

// Longest returns the longest of the words typed, the first among equals, "" when there is none.
func (b Beginnings) Longest() (longest string) {
	for _, word := range b.words {
		if len(word) > len(longest) {
			longest = word
		}
	}
	return longest
}

// In reports whether each of the words typed begins a word of a value of which the key is given, in whatever order. Two of
// them may begin the same.
func (b Beginnings) In(key string) bool {
	for _, typed := range b.words {
		if !beginsWord(key, typed) {
			return false
		}
	}
	return true
}

func beginsWord(key, typed string) bool {
	if !strings.Contains(key, typed) { // which is found out much faster, and so of most
		return false
	}
	for word := range KeyWords(key) {
		if strings.HasPrefix(word, typed) {
			return true
		}
	}
	return false
}

// KeyWords yields the words of a key: its runs of letters and digits. The letters of scripts without spaces between words are
// words by themselves, so that a name is found by any part of it.
func KeyWords(key string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := -1 // of the word that the scan is in
		alone := false
		for i, r := range key {
			c := class(r)
			if start >= 0 && (c == classOther || c == classSingle || alone && c != classMark) {
				if !yield(key[start:i]) {
					return
				}
				start = -1
			}
			if start < 0 && c > classMark {
				start, alone = i, c == classSingle
			}
		}
		if start >= 0 {
			yield(key[start:])
		}
	}
}
