package marks

import (
	"encoding/binary"
	"unicode/utf8"
)

// Text cuts a text by characters, in which mentions are counted. A byte that is not UTF-8 is a character.
type Text struct {
	text   string
	length int
	starts []int // in bytes, of every stride-th character; nil where each character is a byte
}

// stride is how many characters are walked through at most to find one.
const stride = 16

// NewText makes a Text, in one walk through it.
func NewText(text string) Text {
	t := Text{text: text, length: len(text)}
	if isASCII(text) {
		return t
	}
	t.length = utf8.RuneCountInString(text)
	t.starts = make([]int, 0, t.length/stride+1)
	n := 0
	for i := range text {
		if n%stride == 0 {
			t.starts = append(t.starts, i)
		}
		n++
	}
	return t
}

// isASCII looks at eight bytes at a time: most texts are long and ASCII.
func isASCII(text string) bool {
	for ; len(text) >= 8; text = text[8:] {
		if binary.LittleEndian.Uint64([]byte(text[:8]))&0x8080808080808080 != 0 {
			return false
		}
	}
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Cut returns the characters from start up to end, and whether the text has them.
func (t Text) Cut(start, end int) (string, bool) {
	from, to, ok := t.bytes(start, end)
	if !ok {
		return "", false
	}
	return t.text[from:to], true
}

// bytes turns a range of characters into one of bytes.
func (t Text) bytes(start, end int) (from, to int, ok bool) {
	if start < 0 || end < start || end > t.length {
		return 0, 0, false
	}
	from = t.byte(start)
	if t.starts != nil && end-start < stride { // as most mentions
		return from, t.walk(from, end-start), true
	}
	return from, t.byte(end), true
}

// byte returns where a character begins.
func (t Text) byte(char int) int {
	switch {
	case t.starts == nil:
		return char
	case char == t.length:
		return len(t.text)
	}
	return t.walk(t.starts[char/stride], char%stride)
}

// walk returns where the n-th character behind the one at a byte begins.
func (t Text) walk(at, n int) int {
	for range n {
		size := 1
		if t.text[at] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(t.text[at:])
		}
		at += size
	}
	return at
}
