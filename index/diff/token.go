package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPieces bounds the paragraphs or words into which a text is cut: five times those of a long novel.
const maxPieces = 1 << 19

// cut parts a text into pieces, of which next returns the length of the first; false when there are too many.
func cut(text string, next func(string) int) ([]string, bool) {
	var pieces []string
	for text != "" {
		if len(pieces) == maxPieces {
			return nil, false
		}
		n := next(text)
		pieces = append(pieces, text[:n])
		text = text[n:]
	}
	return pieces, true
}

// paragraph is a line with the line ends that follow it.
func paragraph(text string) int {
	n := strings.IndexByte(text, '\n')
	if n < 0 {
		return len(text)
	}
	for n < len(text) && text[n] == '\n' {
		n++
	}
	return n
}

// content is a paragraph without the line ends after it, which the last one of a text does not have.
func content(paragraph string) string { return strings.TrimRight(paragraph, "\n") }

// whole is a piece as it is.
func whole(piece string) string { return piece }

// commonParagraph is how many bytes two paragraphs of one content have in common.
func commonParagraph(a, b string) int { return min(len(a), len(b)) }

// class is what a character is in a word.
type class int

const (
	other   class = iota // stands alone, as do the characters of scripts that are written without blanks
	letters              // letters and digits
	blanks
	ends // of lines
)

// firstUnspaced is the first character of the scripts that are written without blanks; looking a character up in all of them
// takes long.
const firstUnspaced = 0x0E00

func classOf(r rune) class {
	switch {
	case r == '\n':
		return ends
	case unicode.IsSpace(r):
		return blanks
	case r >= firstUnspaced && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return other
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		return letters
	}
	return other
}

// word is a word, a run of blanks, or one other character. Apostrophes within words and points within numbers belong to them.
func word(text string) int {
	r, n := utf8.DecodeRuneInString(text)
	first, last := classOf(r), r
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch {
		case unicode.IsMark(r) && first != blanks && first != ends:
		case first != other && classOf(r) == first:
			last = r
		case first == letters && joins(last, r, text[n+size:]):
		default:
			return n
		}
		n += size
	}
	return n
}

// joins reports whether a character holds the one before it and the one after it together.
func joins(before, r rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	switch r {
	case '\'', '’':
		return unicode.IsLetter(before) && unicode.IsLetter(next) && classOf(next) == letters
	case '.', ',', ':':
		return unicode.IsNumber(before) && unicode.IsNumber(next)
	}
	return false
}

// spaced is a word with the blanks after it: as pieces of their own these would be equal everywhere, and outweigh the words.
func spaced(text string) int {
	n := word(text)
	if first, _ := utf8.DecodeRuneInString(text); classOf(first) == blanks || classOf(first) == ends {
		return n
	}
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if classOf(r) != blanks {
			break
		}
		n += size
	}
	return n
}

// unspaced is a word without the blanks after it, and blanks as they are.
func unspaced(piece string) string {
	if word := strings.TrimRightFunc(piece, unicode.IsSpace); word != "" {
		return word
	}
	return piece
}

// commonWord is how many bytes two pieces of one word have in common.
func commonWord(a, b string) int {
	if a == b {
		return len(a)
	}
	return len(unspaced(a))
}

// isWord reports whether a piece counts as a word.
func isWord(piece string) bool {
	r, _ := utf8.DecodeRuneInString(piece)
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

func countWords(text string) (n int) {
	for text != "" {
		size := word(text)
		if isWord(text[:size]) {
			n++
		}
		text = text[size:]
	}
	return n
}

// countLetters counts letters and digits.
func countLetters(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}
