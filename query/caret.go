package query

import (
	"strings"
	"unicode"
)

// caretColumns is how much of a long query Caret shows, so that the line with the carets does not wrap on a terminal of 80.
const caretColumns = 72

// Caret draws the text in one line and, in the line below, carets under the place of the fault, for terminals: white space
// and control characters are shown as spaces, wide characters count two columns, combining ones none. Of a long text it
// shows what is around the fault. The result does not end in a newline.
func Caret(text string, e *Error) string {
	runes := []rune(text)
	start := min(max(e.At.Start, 0), len(runes))
	end := min(max(e.At.End, start), len(runes))
	from, to := window(runes, start, end)
	var line, marks strings.Builder
	if from > 0 {
		line.WriteString("…")
		marks.WriteString(" ")
	}
	for i := from; i < to; i++ {
		r := printable(runes[i])
		line.WriteRune(r)
		mark := " "
		if start <= i && i < end {
			mark = "^"
		}
		marks.WriteString(strings.Repeat(mark, columns(r)))
	}
	if start == end || !strings.Contains(marks.String(), "^") {
		marks.WriteString("^")
	}
	if to < len(runes) {
		line.WriteString("…")
	}
	return strings.TrimRight(line.String(), " ") + "\n" + strings.TrimRight(marks.String(), " ")
}

// window chooses the characters to show: the fault's beginning, some columns before it, and what fits after it.
func window(runes []rune, start, end int) (from, to int) {
	before := caretColumns / 3
	if start == end { // at the end of the text
		before = caretColumns - 1
	}
	from = start
	for used := 0; from > 0; from-- {
		if used += columns(printable(runes[from-1])); used > before {
			break
		}
	}
	to = from
	for used := 0; to < len(runes); to++ {
		if used += columns(printable(runes[to])); used > caretColumns {
			break
		}
	}
	return from, to
}

// printable replaces what would move a terminal's cursor or hide text.
func printable(r rune) rune {
	switch {
	case r == unicode.ReplacementChar:
		return r
	case isSpace(r), unicode.Is(unicode.Cf, r):
		return ' '
	}
	return r
}

// wide are the blocks whose characters take two columns: East Asian Width W and F of Unicode's UAX 11, and emoji.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115F, 1}, {0x2E80, 0x303E, 1}, {0x3041, 0x33FF, 1}, {0x3400, 0x4DBF, 1}, {0x4E00, 0x9FFF, 1},
		{0xA000, 0xA4CF, 1}, {0xA960, 0xA97F, 1}, {0xAC00, 0xD7A3, 1}, {0xF900, 0xFAFF, 1}, {0xFE30, 0xFE6F, 1},
		{0xFF00, 0xFF60, 1}, {0xFFE0, 0xFFE6, 1},
	},
	R32: []unicode.Range32{
		{0x1B000, 0x1B2FF, 1}, {0x1F300, 0x1F64F, 1}, {0x1F680, 0x1F6FF, 1}, {0x1F900, 0x1F9FF, 1}, {0x20000, 0x3FFFD, 1},
	},
}

// columns returns how many columns of a terminal the character takes.
func columns(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}
