package jsonl

import "bytes"

// scanner finds where a JSON value ends. It looks at strings, brackets and what may stand beside them, not at the rest:
// enough to see a broken record near the place where it breaks, so that the records after it are not taken for a part of it.
// It can be fed in pieces.
type scanner struct {
	depth    int
	objects  uint64 // bit d: at depth d+1 there is an object, not a list; kept for the first 64
	inString bool
	escaped  bool // the next character of the string is escaped
	last     byte // the last character outside strings that was no blank; '"' for a string, 'v' for a number or word
}

type state int

const (
	more   state = iota // the value goes on behind the piece
	done                // it ends
	broken              // it cannot be JSON
)

// scan consumes a piece and returns how many bytes of it belong to the value, or stand before the fault.
func (s *scanner) scan(b []byte) (int, state) {
	for i := 0; i < len(b); {
		if s.inString {
			n, st := s.string(b[i:])
			if i += n; st != more || s.inString {
				return i, st
			}
			continue
		}
		c := b[i]
		if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
			i++
			continue
		}
		if !s.fits(c) {
			return i, broken
		}
		i++
		if s.take(c); s.depth == 0 && (c == '}' || c == ']') {
			return i, done
		}
	}
	return len(b), more
}

// fits reports whether a character outside strings may follow the last one.
func (s *scanner) fits(c byte) bool {
	switch c {
	case '"':
		return s.last == 0 || s.last == '{' || s.last == '[' || s.last == ',' || s.last == ':'
	case '{', '[':
		return s.last == 0 || s.last == ':' || (s.last == '[' || s.last == ',') && !s.inObject()
	case '}', ']':
		return s.depth > 64 || s.depth > 0 && s.inObject() == (c == '}')
	case ',', ':':
		return true
	}
	return s.last != '"' && s.last != '}' && s.last != ']'
}

// inObject reports whether the innermost bracket is known to be an object's.
func (s *scanner) inObject() bool {
	return s.depth > 0 && s.depth <= 64 && s.objects>>(s.depth-1)&1 == 1
}

func (s *scanner) take(c byte) {
	switch c {
	case '"':
		s.inString = true
		return
	case '{', '[':
		if s.depth < 64 {
			s.objects &^= 1 << s.depth
			if c == '{' {
				s.objects |= 1 << s.depth
			}
		}
		s.depth++
	case '}', ']':
		s.depth--
	case ',', ':':
	default:
		c = 'v'
	}
	s.last = c
}

// string consumes what is left of a string, or of the piece. A line break in a string breaks the value.
func (s *scanner) string(b []byte) (int, state) {
	i := 0
	if s.escaped && len(b) > 0 {
		s.escaped = false
		i = 1
	}
	for {
		n := bytes.IndexByte(b[i:], '"')
		piece := b[i:]
		if n >= 0 {
			piece = b[i : i+n]
		}
		if nl := bytes.IndexByte(piece, '\n'); nl >= 0 {
			return i + nl, broken
		}
		escapes := 0
		for escapes < len(piece) && piece[len(piece)-1-escapes] == '\\' {
			escapes++
		}
		if n < 0 {
			s.escaped = escapes%2 == 1
			return len(b), more
		}
		i += n + 1
		if escapes%2 == 0 {
			s.inString, s.last = false, '"'
			if s.depth == 0 {
				return i, done
			}
			return i, more
		}
	}
}
