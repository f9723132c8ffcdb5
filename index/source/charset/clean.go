package charset

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns s as text that may be indexed and shown: valid UTF-8 (bytes that are not are taken for Windows-1252),
// every line end a line feed, no-break spaces plain ones, the controls U+0080 to U+009F the characters that Windows-1252 has
// in their places (what was meant by the "&#146;" of so much XML; U+0085 is a line end), and without the characters that are not seen: controls other
// than tab and line feed, direction marks, soft hyphens, zero-width spaces, byte order marks, noncharacters. The joiners
// U+200C and U+200D stay, which Persian, Indic scripts and emoji need. A clean s comes back as it is, without allocation.
func Clean(s string) string {
	i := firstUnclean(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if r = windows1252(s[i]); r != utf8.RuneError {
				r = cleaned(r)
			}
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			r = -1
		default:
			r = cleaned(r)
		}
		if r >= 0 {
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// firstUnclean returns where the first character stands that Clean changes, or the length of s.
func firstUnclean(s string) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 || cleaned(r) != r {
			return i
		}
		i += size
	}
	return len(s)
}

// cleaned returns what stands for a character in clean text, -1 for nothing.
func cleaned(r rune) rune {
	switch {
	case r < 0x20:
		switch r {
		case '\t', '\n':
			return r
		case '\r', '\v', '\f':
			return '\n'
		}
		return -1
	case r < 0x7F || r > 0xA0 && r < 0xAD:
		return r
	case r == 0x85 || r == 0x2028 || r == 0x2029: // next line, line and paragraph separator
		return '\n'
	case r == 0xA0 || r == 0x202F || r == 0x2007: // spaces at which no line may break
		return ' '
	case r == 0x7F || r == 0xAD:
		return -1
	case r < 0xA0:
		if r = windows1252(byte(r)); r != utf8.RuneError {
			return r
		}
		return -1
	case r == 0x200C || r == 0x200D:
		return r
	case r >= 0x0600 && r <= 0x0605 || r == 0x06DD || r == 0x070F: // Arabic and Syriac signs that are seen, though format characters
		return r
	case r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE:
		return -1
	case r >= 0x2000 && unicode.Is(unicode.Cf, r) || r == 0x061C || r == 0x180E:
		return -1
	}
	return r
}

// magics are the beginnings of files that are no text, though some look like it at first.
var magics = [][]byte{
	[]byte("%PDF-"), []byte("\x89PNG"), []byte("\xff\xd8\xff"), []byte("GIF87a"), []byte("GIF89a"), []byte("\x7fELF"),
	[]byte("SQLite format 3\x00"), []byte("OggS"), []byte("ID3\x03"), []byte("ID3\x04"), []byte("\xd0\xcf\x11\xe0"), []byte("Rar!\x1a"),
	[]byte("7z\xbc\xaf\x27\x1c"), []byte("\xca\xfe\xba\xbe"), []byte("wOFF"), []byte("wOF2"), []byte("{\\rtf1"),
}

// IsBinary reports whether a file that begins with head, as it stands on disk, holds no text: it begins as known binary
// formats do, or has more than a few zero bytes (one in 64) or control characters (one in 16) and is no UTF-16 or UTF-32.
// A stray zero byte in an article does not make it binary.
func IsBinary(head []byte) bool {
	for _, m := range magics {
		if bytes.HasPrefix(head, m) {
			return true
		}
	}
	if len(head) >= 12 && string(head[:4]) == "RIFF" && head[7] < 0x20 {
		return true
	}
	if len(head) > headLen {
		head = head[:headLen]
	}
	if enc, _, ok := byMark(head); ok && enc != nil || zeroOrder(head) != nil || zeroOrder32(head) != nil {
		return false
	}
	zeros, controls := 0, 0
	for _, b := range head {
		switch {
		case b == 0:
			zeros++
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B, b == 0x7F:
			controls++
		}
	}
	return zeros*64 > len(head) || (zeros+controls)*16 > len(head)
}
