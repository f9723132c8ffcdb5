package analysis

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// appendTerm appends the normal form of a word: compatibility forms made plain (NFKC), lower case, no accents, no
// apostrophes, no full stops of an acronym, no thousands separators.
func appendTerm(dst []byte, word string) []byte {
	begin := len(dst)
	if dst = appendPlain(dst, word); len(dst)-begin > MaxTermBytes {
		return cut(dst, begin)
	}
	return dst
}

// appendPlain is appendTerm for words of any length.
func appendPlain(dst []byte, word string) []byte {
	begin := len(dst)
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			return appendFolded(dst[:begin], word)
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c == '\'' || c == ',':
		case c == '.' && !(i > 0 && isDigit(word[i-1])):
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// Term returns the folded form of one word without parting it: the term that it is where it is a token. What Tokens would
// part, as anti-terrorist, is no term of any text.
func Term(word string) string {
	if term := appendTerm(nil, word); len(term) > 0 {
		return string(term)
	}
	return word
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// cut shortens what was appended since begin to MaxTermBytes, at a character's end.
func cut(dst []byte, begin int) []byte {
	end := begin + MaxTermBytes
	for end > begin && !utf8.RuneStart(dst[end]) {
		end--
	}
	return dst[:end]
}

// appendFolded is appendPlain for words that are not ASCII.
func appendFolded(dst []byte, word string) []byte {
	begin := len(dst)
	last := rune(0)
	for _, r := range norm.NFKD.String(word) {
		switch {
		case r == breve && (last == 'и' || last == 'И'): // й is a letter, which Russian endings tell from и
			dst = utf8.AppendRune(dst, r)
		case r == '\'' || r == '’' || r == 'ʼ' || r == 'ʻ' || r == ',' || accent(r) || invisible(r):
		case r == '.' && !unicode.IsDigit(last):
		case r == '⁄': // of ½
			dst = append(dst, '/')
		default:
			dst = appendLetter(dst, unicode.ToLower(r))
		}
		last = r
	}
	composed := norm.NFC.Bytes(dst[begin:])
	return append(dst[:begin], composed...)
}

// appendLetter appends a letter in lower case, those that Unicode does not decompose in their usual plain spelling, and the
// Persian letters that look like Arabic ones as those.
func appendLetter(dst []byte, r rune) []byte {
	if s, ok := plain[r]; ok {
		return append(dst, s...)
	}
	return utf8.AppendRune(dst, r)
}

// breve makes й of и.
const breve = '\u0306'

var plain = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŋ': "n",
	'ŧ': "t", 'ĸ': "k", 'ς': "σ", 'ə': "e", 'ٱ': "ا", 'ی': "ي", 'ک': "ك",
}

// accent reports whether a decomposed mark only modifies its letter: the diacritics of Latin, Greek and Cyrillic, and the
// vowel points of Hebrew and Arabic, which writers leave out. Marks that are letters of their script stay.
func accent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F, 0x1AB0 <= r && r <= 0x1AFF, 0x1DC0 <= r && r <= 0x1DFF, 0x20D0 <= r && r <= 0x20FF, 0xFE20 <= r && r <= 0xFE2F:
		return true
	case 0xFE00 <= r && r <= 0xFE0F, 0xE0100 <= r && r <= 0xE01EF: // of two forms of one character
		return true
	case 0x591 <= r && r <= 0x5C7, 0x64B <= r && r <= 0x65F, r == 0x670, r == 0x640:
		return true
	}
	return false
}

// Fold returns the key of an exact value: two values with one key are the same source, name or topic. Case, accents,
// compatibility forms, a leading www., control characters and the width of white space make no difference; punctuation does.
func Fold(value string) string {
	var room [64]byte
	key := AppendFold(room[:0], value)
	if string(key) == value {
		return value
	}
	return string(key)
}

// AppendFold appends the key that Fold returns to dst.
func AppendFold(dst []byte, value string) []byte {
	from := len(dst)
	dst, ok := appendASCII(dst, value)
	if !ok {
		for word := range bytes.FieldsSeq(foldAll(value)) {
			if len(dst) > from {
				dst = append(dst, ' ')
			}
			dst = append(dst, word...)
		}
	}
	key := dst[from:]
	for len(key) > len(www) && string(key[:len(www)]) == www {
		key = bytes.TrimLeft(key[len(www):], " ")
	}
	return append(dst[:from], key...)
}

const www = "www."

// appendASCII appends the key of a value of ASCII, but for a leading www., and reports whether it is one.
func appendASCII(dst []byte, value string) ([]byte, bool) {
	from := len(dst)
	for i := range len(value) {
		c := value[i]
		switch {
		case c >= utf8.RuneSelf:
			return dst[:from], false
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c > ' ':
			dst = append(dst, c)
		case c == ' ' || c == '\t' || c == '\n':
			if n := len(dst); n > from && dst[n-1] != ' ' {
				dst = append(dst, ' ')
			}
		}
	}
	if n := len(dst); n > from && dst[n-1] == ' ' {
		dst = dst[:n-1]
	}
	return dst, true
}

func foldAll(value string) []byte {
	key := make([]byte, 0, len(value))
	if !utf8.ValidString(value) { // norm passes over broken bytes, and over what follows them
		value = string([]rune(value))
	}
	for _, r := range norm.NFKD.String(value) {
		switch {
		case accent(r), unicode.IsControl(r) && !unicode.IsSpace(r):
		case r == '’' || r == 'ʼ':
			key = append(key, '\'')
		default:
			key = appendLetter(key, unicode.ToLower(r))
		}
	}
	return norm.NFC.Bytes(key)
}
