// Package csv reads news in tables of text: RFC 4180 with commas, semicolons, tabs or bars, whose first row names the columns.
package csv

import (
	"io"
	"strings"

	"dateline/index"
	"dateline/index/source/fields"
	"dateline/index/source/record"
	"dateline/index/source/window"
)

// Format is a table whose first row names the fields of an article.
var Format = record.Format{Name: "csv", Sniff: Sniff, Open: Open}

// maxColumns bounds the columns of a table.
const maxColumns = 1000

// Sniff reports whether a stream begins with the names of at least two columns of which one is of a title or a text, and
// whether the row behind it has as many cells: prose may have the word "title" and a comma in its first line.
func Sniff(head []byte, whole bool) bool {
	w := window.New(strings.NewReader(string(head)), record.SniffLen)
	h, ok := readHeader(w)
	if !ok || !h.clear() {
		return false
	}
	if !skipEmpty(w) {
		return true
	}
	size, cells, state := h.row(w)
	if state == complete && (size < len(w.Rest()) || whole) {
		return cells == len(h.names) || h.known() > 2
	}
	return state == complete || state == open && !whole || h.known() > 2
}

// Open returns a reader of the rows of r. A row that is broken is a fault, and the reader goes on at the next.
func Open(r io.Reader, o record.Options) record.Reader {
	return &reader{in: window.New(r, o.Limit()), options: o}
}

type reader struct {
	in      *window.Window
	options record.Options
	header  *header
	number  int
	budget  int // how many bytes may still be looked at twice, in search of the row behind a broken one
}

// Next returns the next row.
func (r *reader) Next() (record.Record, error) {
	if r.header == nil {
		h, ok := readHeader(r.in)
		r.header = &h
		if !ok && r.in.Err() != nil && r.in.Err() != io.EOF {
			return record.Record{}, r.in.Err()
		}
		if !ok || !h.usable() {
			at := record.Place{Number: 1, Line: 1}
			r.in = window.New(strings.NewReader(""), 1)
			return record.Record{}, record.Faultf(at, record.NoHeader, "the first line names no column of a title or a text")
		}
	}
	if !skipEmpty(r.in) {
		return record.Record{}, r.in.Err()
	}
	return r.row()
}

// row cuts out the row that comes next.
func (r *reader) row() (record.Record, error) {
	r.number++
	at := r.in.Place(r.number)
	size, cells, state := r.header.row(r.in)
	switch {
	case state == tooLong:
		fault := record.Faultf(at, record.TooLarge, "the row has more than %d bytes", r.in.Limit)
		r.skipLong(size)
		return record.Record{}, fault
	case state == open && r.in.Err() != io.EOF:
		r.in.Skip(size)
		return record.Record{}, record.Faultf(at, record.Truncated, "the stream breaks off inside the row: %v", r.in.Err())
	case state != complete:
		return record.Record{}, r.broken(at, size, state)
	case cells != len(r.header.names):
		fault := record.Faultf(at, record.BadSyntax, "the row has %d cells, the first row has %d", cells, len(r.header.names))
		r.in.Skip(size)
		return record.Record{}, fault
	}
	raw := string(r.in.Rest()[:size])
	r.in.Skip(size)
	names, sep, options := r.header.names, r.header.sep, r.options
	return record.Record{Place: at, Decode: func() (index.Article, error) {
		return fields.Article(named(names, split(raw, sep)), fields.Options{Place: at, Format: Format.Name, Source: options.Source})
	}}, nil
}

// named gives the cells of a row the names of their columns.
func named(names, cells []string) []fields.Field {
	list := make([]fields.Field, 0, len(names))
	for i, cell := range cells {
		list = append(list, fields.Field{Name: names[i], Value: fields.Text(cell)})
	}
	return list
}

// skipLong consumes the rest of a row that is too long: to the end of its line.
func (r *reader) skipLong(size int) {
	r.in.Skip(size)
	skipLine(r.in)
}

// broken consumes a row with a quote that is astray, with the lines behind it that are no rows and so belong to it.
func (r *reader) broken(at record.Place, size int, state state) *record.Fault {
	fault := record.Faultf(at, record.BadSyntax, "a quote stands where none may be")
	if state == open {
		fault = record.Faultf(at, record.Truncated, "the stream ends inside the row")
	}
	r.budget = 4 * max(size, 1<<16)
	skipLine(r.in)
	for skipEmpty(r.in) && r.budget > 0 {
		n, cells, st := r.header.row(r.in)
		if st == complete && cells == len(r.header.names) {
			if state == open {
				fault.Reason, fault.Detail = record.BadSyntax, "a quote is not closed"
			}
			return fault
		}
		r.budget -= n
		skipLine(r.in)
	}
	return fault
}

// skipLine consumes the rest of a line.
func skipLine(w *window.Window) {
	for {
		b := w.Rest()
		if n := indexByte(b, '\n'); n >= 0 {
			w.Skip(n + 1)
			return
		}
		w.Skip(len(b))
		if !w.More() {
			return
		}
	}
}

// skipEmpty consumes empty lines, and reports whether there is anything behind them.
func skipEmpty(w *window.Window) bool {
	for {
		b := w.Rest()
		n := 0
		for n < len(b) && (b[n] == '\n' || b[n] == '\r') {
			n++
		}
		w.Skip(n)
		if n < len(b) {
			return true
		}
		if !w.More() {
			return false
		}
	}
}
