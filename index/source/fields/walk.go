package fields

import "bytes"

// MaxDepth bounds how deep the lists and objects of a record may lie in each other. News never needs ten.
const MaxDepth = 64

// Depth returns how deep the lists and objects of a JSON text lie in each other; a plain object has 1.
func Depth(b []byte) int {
	depth, most := 0, 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = stringEnd(b, i) - 1
		case '{', '[':
			depth++
			most = max(most, depth)
		case '}', ']':
			depth--
		}
	}
	return most
}

// Each calls f with the name and the value of each member of a valid JSON object, in their order. The values share b.
func Each(b []byte, f func(name string, value []byte)) {
	i := next(b, 1+bytes.IndexByte(b, '{'))
	for i < len(b) && b[i] == '"' {
		end := stringEnd(b, i)
		name := unquote(b[i:end])
		i = next(b, next(b, end)+1) // the colon
		end = valueEnd(b, i)
		f(name, b[i:end])
		i = next(b, end)
		if i < len(b) && b[i] == ',' {
			i = next(b, i+1)
		}
	}
}

// eachMember calls f with each member of a valid JSON list.
func eachMember(b []byte, f func(value []byte)) {
	i := next(b, 1)
	for i < len(b) && b[i] != ']' {
		end := valueEnd(b, i)
		f(b[i:end])
		i = next(b, end)
		if i < len(b) && b[i] == ',' {
			i = next(b, i+1)
		}
	}
}

// next returns the place of the first character at i or after it that is no white space.
func next(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// stringEnd returns where the string that begins at i ends, behind its quote, or the end of b.
func stringEnd(b []byte, i int) int {
	start := i + 1
	for at := start; ; {
		n := bytes.IndexByte(b[at:], '"')
		if n < 0 {
			return len(b)
		}
		at += n
		escapes := 0
		for at-1-escapes >= start && b[at-1-escapes] == '\\' {
			escapes++
		}
		at++
		if escapes%2 == 0 {
			return at
		}
	}
}

// valueEnd returns where the value that begins at i ends.
func valueEnd(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch c := b[i]; {
		case c == '"':
			i = stringEnd(b, i)
		case c == '{' || c == '[':
			depth++
			i++
		case c == '}' || c == ']':
			if depth == 0 {
				return i
			}
			depth--
			i++
		case depth == 0 && (c == ',' || c <= ' '):
			return i
		default:
			i++
			continue
		}
		if depth == 0 {
			return i
		}
	}
	return i
}
