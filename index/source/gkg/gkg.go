// Package gkg reads the Global Knowledge Graph of the GDELT Project, version 2.1: tables of what news articles name, one
// article a line, without their text.
//
// A file has 27 columns between tabs and no header. Lists inside a column are parted by semicolons, the fields of their
// members by commas or hash signs (codebook V2.1 of 2015, and GDELT's notes on later fields). It is a .csv by name only.
package gkg

import (
	"bytes"
	"io"
	"regexp"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/window"
)

// Format is GDELT's Global Knowledge Graph 2.1.
var Format = record.Format{Name: "gkg", Sniff: sniff, Open: open}

// begin is how every line begins: the record's id, when GDELT saw the article, the number of a collection.
var begin = regexp.MustCompile(`^\d{14}-T?\d{1,9}\t\d{14}\t\d{1,2}\t`)

// sniff reports whether one of the first lines begins as a record does, or the first names the columns.
func sniff(head []byte, whole bool) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), "\r\n")
	if isHeader(head) {
		return true
	}
	for range 3 {
		if begin.Match(head) {
			return true
		}
		_, rest, found := bytes.Cut(head, []byte("\n"))
		if !found {
			return false
		}
		head = rest
	}
	return false
}

// isHeader reports whether a line is the row of names that databases put before what they export.
func isHeader(line []byte) bool {
	name, _, found := bytes.Cut(line, []byte("\t"))
	return found && bytes.EqualFold(name, []byte("GKGRECORDID"))
}

// open returns a reader of the lines of r. A line that is too long or has not its 27 columns is a fault, and the reader
// goes on with the next.
func open(r io.Reader, o record.Options) record.Reader {
	return &reader{in: window.New(r, o.Limit()), options: o}
}

type reader struct {
	in      *window.Window
	options record.Options
	number  int
}

// Next returns the next line that is not blank.
func (r *reader) Next() (record.Record, error) {
	for {
		at := r.in.Place(r.number + 1)
		line, fits, ended := r.line()
		text := bytes.TrimRight(bytes.TrimPrefix(line, []byte("\ufeff")), "\r\n")
		switch {
		case !fits:
			r.number++
			return record.Record{}, record.Faultf(at, record.TooLarge, "the line has more than %d bytes", r.in.Limit)
		case len(bytes.TrimSpace(text)) > 0 && !(r.number == 0 && isHeader(text)):
			r.number++
			return r.record(string(text), at, ended)
		case ended:
			return record.Record{}, r.in.Err()
		}
	}
}

// record checks the columns of a line. ended says that the stream ended before the line did.
func (r *reader) record(line string, at record.Place, ended bool) (record.Record, error) {
	cells, n := split(line)
	switch {
	case ended && r.in.Err() != io.EOF:
		return record.Record{}, record.Faultf(at, record.Truncated, "the stream breaks off inside the line: %v", r.in.Err())
	case ended && n < len(cells):
		return record.Record{}, record.Faultf(at, record.Truncated, "the stream ends in column %d of %d", n, len(cells))
	case n != len(cells):
		return record.Record{}, record.Faultf(at, record.BadSyntax, "the line has %d columns between tabs, GKG 2.1 has %d", n, len(cells))
	}
	o := r.options
	return record.Record{Place: at, Decode: func() (index.Article, error) { return article(&cells, at, o) }}, nil
}

// line consumes a line and returns it with its end, valid until the next call. Of one that is too long, the rest is
// consumed too. ended says that the stream ended before the line did.
func (r *reader) line() (line []byte, fits, ended bool) {
	in := r.in
	for searched := 0; ; {
		b := in.Rest()
		if n := bytes.IndexByte(b[searched:], '\n'); n >= 0 {
			n += searched + 1
			in.Skip(n)
			return b[:n], n <= in.Limit, false
		}
		searched = len(b)
		if searched > in.Limit {
			r.discard()
			return nil, false, false
		}
		if !in.More() {
			b = in.Rest()
			in.Skip(len(b))
			return b, true, true
		}
	}
}

// discard consumes the rest of a line.
func (r *reader) discard() {
	for {
		b := r.in.Rest()
		if n := bytes.IndexByte(b, '\n'); n >= 0 {
			r.in.Skip(n + 1)
			return
		}
		r.in.Skip(len(b))
		if !r.in.More() {
			return
		}
	}
}
