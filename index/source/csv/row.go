package csv

import (
	"bytes"
	"strings"

	"dateline/index/source/window"
)

type state int

const (
	complete state = iota
	open           // the stream ends inside a quoted cell
	bare           // a quote stands inside a cell, or something behind a closing quote
	tooLong
)

func indexByte(b []byte, c byte) int { return bytes.IndexByte(b, c) }

// row returns the size of the row at the start of the window, its line end included, and how many cells it has.
func (h *header) row(w *window.Window) (size, cells int, st state) {
	line := 0 // where the line that is looked at begins
	s := cellScanner{sep: h.sep, cells: 1}
	for {
		end := h.lineEnd(w, line)
		if end > w.Limit+2 || end < 0 {
			return min(len(w.Rest()), w.Limit), s.cells, tooLong
		}
		b := w.Rest()[line:end]
		if !s.line(b) {
			return end, s.cells, bare
		}
		if !s.quoted {
			return end, s.cells, complete
		}
		if line = end; w.Ended() && end == len(w.Rest()) {
			return end, s.cells, open
		}
	}
}

// lineEnd returns where the line that begins at an offset ends, behind its line feed, or -1 when that passes the limit.
func (h *header) lineEnd(w *window.Window, from int) int {
	for searched := from; ; {
		b := w.Rest()
		if n := indexByte(b[searched:], '\n'); n >= 0 {
			return searched + n + 1
		}
		if searched = len(b); searched > w.Limit+1 { // a row of Limit bytes may end with two more
			return -1
		}
		if !w.More() {
			return len(w.Rest())
		}
	}
}

// cellScanner counts the cells of a row, line by line.
type cellScanner struct {
	sep    byte
	cells  int
	quoted bool // the line begins inside a quoted cell
}

// line looks at one line with its end. It reports whether its quotes stand where they may.
func (s *cellScanner) line(b []byte) bool {
	if !s.quoted && indexByte(b, '"') < 0 {
		s.cells += bytes.Count(b, []byte{s.sep})
		return true
	}
	b = trimEnd(b)
	for i := 0; ; {
		if !s.quoted {
			if i < len(b) && b[i] == '"' {
				s.quoted, i = true, i+1
				continue
			}
			n := indexByte(b[i:], s.sep)
			if n < 0 {
				return indexByte(b[i:], '"') < 0
			}
			if indexByte(b[i:i+n], '"') >= 0 {
				return false
			}
			s.cells++
			i += n + 1
			continue
		}
		n := indexByte(b[i:], '"')
		if n < 0 {
			return true
		}
		switch i += n + 1; {
		case i == len(b):
			s.quoted = false
			return true
		case b[i] == '"':
			i++
		case b[i] == s.sep:
			s.quoted = false
			s.cells++
			i++
		default:
			return false
		}
	}
}

// trimEnd cuts the end of the line off.
func trimEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// split returns the cells of a complete row.
func split(row string, sep byte) []string {
	row = strings.TrimSuffix(strings.TrimSuffix(row, "\n"), "\r")
	var cells []string
	for {
		cell, rest, last := cut(row, sep)
		cells = append(cells, cell)
		if last {
			return cells
		}
		row = rest
	}
}

// cut returns the first cell of a row and what follows its separator.
func cut(row string, sep byte) (cell, rest string, last bool) {
	if row == "" || row[0] != '"' {
		cell, rest, found := strings.Cut(row, string(sep))
		return cell, rest, !found
	}
	for i := 1; ; {
		n := strings.IndexByte(row[i:], '"')
		if n < 0 { // not in a row that row called complete
			return row[1:], "", true
		}
		i += n + 1
		if i < len(row) && row[i] == '"' {
			i++
			continue
		}
		cell = strings.ReplaceAll(row[1:i-1], `""`, `"`)
		if i >= len(row) {
			return cell, "", true
		}
		return cell, row[i+1:], false
	}
}
