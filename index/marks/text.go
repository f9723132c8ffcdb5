package marks

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Text cuts a text by characters, in which mentions are counted. A byte that is not UTF-8 is a character.
type Text struct {
	text   string
	length int
	starts []int // in bytes, of every stride-th character; nil where each character is a byte
	valid  bool  // the text is UTF-8
	room   []int // for starts
}

// stride is how many characters are walked through at most to find one.
const stride = 64

// NewText makes a Text.
func NewText(text string) Text {
	var t Text
	t.set(text)
	return t
}

// set makes it a Text of another text, in the room that it has.
func (t *Text) set(text string) {
	*t = Text{text: text, length: len(text), room: t.room}
	switch {
	case isASCII(text):
		return
	case utf8.ValidString(text):
		t.valid = true
		t.countValid()
	default:
		t.count()
	}
	t.room = t.starts
}

// count walks through the text.
func (t *Text) count() {
	t.length, t.starts = 0, t.room[:0]
	for i := range t.text {
		if t.length%stride == 0 {
			t.starts = append(t.starts, i)
		}
		t.length++
	}
}

// countValid is count for a text in UTF-8, where characters are the bytes that continue none: it looks at eight bytes at a time.
func (t *Text) countValid() {
	t.starts = slices.Grow(t.room[:0], len(t.text)/stride+1)
	n, next, at := 0, 0, 0 // characters before at, and which one is to be found
	for ; at+8 <= len(t.text); at += 8 {
		begin := begins(t.text[at : at+8])
		after := n + bits.OnesCount64(begin)
		if next < after {
			t.starts = append(t.starts, at+nth(begin, next-n))
			next += stride
		}
		n = after
	}
	for ; at < len(t.text); at++ {
		if utf8.RuneStart(t.text[at]) {
			if n == next {
				t.starts = append(t.starts, at)
				next += stride
			}
			n++
		}
	}
	t.length = n
}

// begins has a bit for each of eight bytes of UTF-8, in the place of its lowest, that begins a character.
func begins(text string) uint64 {
	w := binary.LittleEndian.Uint64([]byte(text[:8]))
	return ^(w >> 7 & ^(w >> 6)) & 0x0101010101010101
}

// nth returns which byte has the n-th bit of begins, counted from 0.
func nth(begins uint64, n int) int {
	for range n {
		begins &= begins - 1
	}
	return bits.TrailingZeros64(begins) / 8
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
func (t *Text) Cut(start, end int) (string, bool) {
	from, to, ok := t.bytes(start, end)
	if !ok {
		return "", false
	}
	return t.text[from:to], true
}

// bytes turns a range of characters into one of bytes.
func (t *Text) bytes(start, end int) (from, to int, ok bool) {
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
func (t *Text) byte(char int) int {
	switch {
	case t.starts == nil:
		return char
	case char == t.length:
		return len(t.text)
	}
	return t.walk(t.starts[char/stride], char%stride)
}

// walk returns where the n-th character behind the one at a byte begins.
func (t *Text) walk(at, n int) int {
	for t.valid && at+8 <= len(t.text) {
		begin := begins(t.text[at : at+8])
		some := bits.OnesCount64(begin)
		if n < some {
			return at + nth(begin, n)
		}
		n -= some
		at += 8
	}
	for t.valid && at < len(t.text) && !utf8.RuneStart(t.text[at]) {
		at++ // the rest of a character that has been counted
	}
	for range n {
		size := 1
		if t.text[at] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(t.text[at:])
		}
		at += size
	}
	return at
}
