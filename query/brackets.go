package query

import "strings"

// brackets is a range as Lucene writes it: [a TO b], with { and } for an end that is not in it, and * for one that is open.
type brackets struct {
	from, to         string
	withFrom, withTo bool
}

func isBracket(b byte) bool { return b == '[' || b == '{' }

// readBrackets reads a text that begins with a bracket. Faults come without a place.
func readBrackets(text string) (brackets, *Error) {
	const example = "write a range as [2023 TO 2024] or 2023..2024, of numbers likewise"
	last := text[len(text)-1]
	if last != ']' && last != '}' || len(text) == 1 {
		return brackets{}, &Error{Detail: "this bracket is not closed", Hint: example}
	}
	parts := strings.FieldsFunc(text[1:len(text)-1], isSpace)
	b := brackets{withFrom: text[0] == '[', withTo: last == ']'}
	if len(parts) != 3 || parts[1] != "TO" {
		if len(parts) == 3 && strings.EqualFold(parts[1], "TO") {
			return b, &Error{Detail: "TO stands in lower case", Hint: "write it in upper case"}
		}
		return b, &Error{Detail: "a range in brackets needs two ends with TO between them", Hint: example}
	}
	b.from, b.to = unquoted(parts[0]), unquoted(parts[2])
	return b, nil
}

// unquoted takes straight quotes off the end of a range.
func unquoted(text string) string {
	if inner, ok := strings.CutPrefix(text, `"`); ok && strings.HasSuffix(inner, `"`) {
		return strings.TrimSuffix(inner, `"`)
	}
	return text
}

// isEverything reports whether a text is the range [* TO *], of whatever there is.
func isEverything(text string) bool {
	if text == "" || !isBracket(text[0]) {
		return false
	}
	b, fault := readBrackets(text)
	return fault == nil && b.from == "*" && b.to == "*"
}
