package page

import "strings"

// level takes the characters out of a short text - a name, a source, a title, a snippet - that open or close an embedding, an
// override or an isolate. One that is left open ends with the paragraph and not with the element: the end of a bdi closes the
// innermost isolate alone, and so what stands beside it would be written backwards. The marks of one character (left-to-right,
// right-to-left, Arabic letter) open nothing, and stay. Addresses and fields keep the text as it is: it is who is meant.
func level(s string) string {
	if !strings.ContainsFunc(s, turns) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if turns(r) {
			return -1
		}
		return r
	}, s)
}

// turns reports whether a character opens or closes a run of a writing direction.
func turns(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }
