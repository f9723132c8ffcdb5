package soup

import (
	"html"
	"strings"
)

// longestReference is how many bytes a reference has at most, from & to semicolon: the longest name of HTML is
// CounterClockwiseContourIntegral.
const longestReference = 34

// Unescape resolves the references of XML and of HTML in a text. What is none, as an ampersand that nobody escaped or the name
// of an entity that the document declares, stays as it is: nothing is ever expanded.
func Unescape(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		b.WriteString(s[:i])
		s = s[i:]
		n := reference(s)
		if n == 0 {
			b.WriteByte('&')
			s = s[1:]
		} else {
			b.WriteString(resolve(s[:n]))
			s = s[n:]
		}
		if i = strings.IndexByte(s, '&'); i < 0 {
			b.WriteString(s)
			return b.String()
		}
	}
}

// resolve returns what a reference stands for. References to control characters stand for nothing.
func resolve(ref string) string {
	switch ref {
	case "&amp;":
		return "&"
	case "&lt;":
		return "<"
	case "&gt;":
		return ">"
	case "&quot;":
		return `"`
	case "&apos;":
		return "'"
	}
	s := html.UnescapeString(ref)
	if len(s) == 1 && s[0] < ' ' && s[0] != '\n' && s[0] != '\t' {
		if s[0] == '\r' {
			return "\n"
		}
		return ""
	}
	return s
}

// reference returns the length of the reference that s begins with, 0 when it is none.
func reference(s string) int {
	for i := 1; i < len(s) && i < longestReference; i++ {
		switch c := s[i]; {
		case c == ';':
			if i == 1 {
				return 0
			}
			return i + 1
		case c == '#' && i == 1, c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		default:
			return 0
		}
	}
	return 0
}
