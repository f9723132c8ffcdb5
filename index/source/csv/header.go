package csv

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"dateline/index/source/fields"
	"dateline/index/source/window"
)

// header is the first row of a table.
type header struct {
	sep    byte
	names  []string
	spaced bool // a blank stands behind a separator, as in prose
}

// maxHeader bounds the first row in bytes.
const maxHeader = 64 << 10

// readHeader consumes the first row. It tells the separator by which the row has the most names that Dateline knows, and
// heeds the line "sep=;" that spreadsheets put before it.
func readHeader(w *window.Window) (header, bool) {
	if bytes.HasPrefix(w.Peek(3), []byte("\ufeff")) {
		w.Skip(3)
	}
	if !skipEmpty(w) {
		return header{}, false
	}
	separators := []byte(",;\t|")
	if b := w.Peek(7); len(b) > 5 && bytes.EqualFold(b[:4], []byte("sep=")) && (b[5] == '\r' || b[5] == '\n') {
		separators = []byte{b[4]}
		skipLine(w)
	}
	w.Peek(min(maxHeader, w.Limit))
	var best header
	size, known := 0, -1
	for _, sep := range separators {
		h := header{sep: sep}
		n, count, st := h.row(w)
		if st != complete || n > maxHeader || count > maxColumns {
			continue
		}
		cells := split(string(w.Rest()[:n]), sep)
		h.spaced = slices.ContainsFunc(cells[1:], func(c string) bool { return strings.HasPrefix(c, " ") })
		h.names = columns(cells)
		if k := h.known(); k > known || k == known && len(h.names) > len(best.names) {
			best, size, known = h, n, k
		}
	}
	w.Skip(size)
	return best, known > 0
}

// columns makes the names of the columns distinct and not empty, so that no cell is lost.
func columns(cells []string) []string {
	seen := map[string]bool{}
	for i, name := range cells {
		name = strings.TrimSpace(name)
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%s (%d)", strings.TrimSpace(cells[i]), n)
		}
		seen[name] = true
		cells[i] = name
	}
	return cells
}

// known counts the columns whose names Dateline knows.
func (h *header) known() int {
	n := 0
	for _, name := range h.names {
		if fields.Known(name) {
			n++
		}
	}
	return n
}

// usable reports whether the table can hold articles.
func (h *header) usable() bool {
	for _, name := range h.names {
		if fields.IsText(name) {
			return true
		}
	}
	return false
}

// clear reports whether nothing but a table of articles begins so: two columns with short names, one of which can only be
// that of a title or a text. Blanks behind the separators are prose's, unless Dateline knows more of the names.
func (h *header) clear() bool {
	sure := false
	for _, name := range h.names {
		if len(name) > 64 || strings.ContainsAny(name, "\n<>{}") {
			return false
		}
		sure = sure || fields.IsText(name) && !strings.EqualFold(name, "name")
	}
	return sure && len(h.names) >= 2 && (!h.spaced || h.known() >= 2)
}
