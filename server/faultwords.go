package server

import (
	"net/url"
	"path"
	"strings"
	"unicode"
)

// Bounds of what is searched for instead of an address.
const (
	mostWords    = 8
	leastLetters = 3 // "en", "id" and "p2" are ways, not subjects
)

// wordsOf are the words that the last part of an address may be about, as addresses of articles have them: of
// /2024/03/north-quay-reopens.html "north quay reopens". The address may be escaped, or be one within another.
func wordsOf(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	address, _, _ = strings.Cut(address, "?")
	last := path.Base(strings.TrimRight(address, "/"))
	last = strings.TrimSuffix(last, path.Ext(last))
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(last), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if len([]rune(w)) >= leastLetters && len(words) < mostWords {
			words = append(words, w)
		}
	}
	return shorten(strings.Join(words, " "))
}
