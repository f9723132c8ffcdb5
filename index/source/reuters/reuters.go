// Package reuters reads Reuters-21578, the newswire of 1987 in SGML: one article per <REUTERS> element.
//
// The format is that of the collection's README (Lewis, 1997) and of its 22 files, which hold a little more: dates with one
// digit or with desk codes behind them, texts that are only a title (BRIEF) or were never taken apart (UNPROC), datelines
// with the beginning of the text in them.
package reuters

import (
	"bytes"
	"io"

	"dateline/index/source/record"
)

// Format is the format "reuters".
var Format = record.Format{Name: "reuters", Sniff: sniff, Open: open}

// sniff reports whether the collection's document type or the beginning of an element stands in front.
func sniff(head []byte, whole bool) bool {
	head = bytes.TrimLeft(head, "\uFEFF \t\r\n")
	return bytes.HasPrefix(head, []byte("<!DOCTYPE lewis ")) || bytes.HasPrefix(head, []byte("<REUTERS ")) || bytes.HasPrefix(head, []byte("<REUTERS>"))
}

func open(r io.Reader, o record.Options) record.Reader {
	return &reader{in: r, limit: int(min(o.Limit(), 1<<30)), line: 1}
}

var (
	begin = []byte("<REUTERS")
	end   = []byte("</REUTERS>")
)

// step is how many bytes are read at a time.
const step = 64 << 10

// reader cuts a stream into elements. It holds one element and a step of what follows.
type reader struct {
	in    io.Reader
	limit int

	buf    []byte // read and not yet used
	line   int    // of buf[0]
	number int    // of the last record
	err    error  // of in, once met
}

// Next returns the next element. Text between elements is passed over; an element that another interrupts or that the end
// of the stream cuts off is a fault.
func (r *reader) Next() (record.Record, error) {
	if err := r.toBegin(); err != nil {
		return record.Record{}, err
	}
	r.number++
	at := record.Place{Number: r.number, Line: r.line}
	size, fault := r.toEnd()
	if fault != nil {
		fault.Place = at
		r.drop(size)
		return record.Record{}, fault
	}
	element := bytes.Clone(r.buf[:size])
	r.drop(size)
	return record.Record{Place: at, Decode: decoder(element, at)}, nil
}

// toBegin drops everything before the next element.
func (r *reader) toBegin() error {
	for {
		if i := indexBegin(r.buf, 0); i >= 0 {
			r.drop(i)
			return nil
		}
		r.drop(max(0, len(r.buf)-len(begin))) // its last bytes may begin a tag
		if !r.more() {
			return r.err
		}
	}
}

// toEnd finds the end of the element that buf begins with. It returns how many bytes of it there are, or with a fault how
// many are to be dropped.
func (r *reader) toEnd() (int, *record.Fault) {
	from := len(begin)
	for {
		within := len(r.buf)
		e := bytes.Index(r.buf[from:], end)
		if e >= 0 {
			e += from
			within = e
		}
		if b := indexBegin(r.buf[:within], from); b >= 0 {
			return b, record.Faultf(record.Place{}, record.BadSyntax, "another <REUTERS> begins before </REUTERS>")
		}
		if size := e + len(end); e >= 0 && size > r.limit {
			return size, record.Faultf(record.Place{}, record.TooLarge, "the element has %d bytes; at most %d are read", size, r.limit)
		} else if e >= 0 {
			return size, nil
		}
		if len(r.buf) > r.limit+step {
			return len(r.buf) - len(end), record.Faultf(record.Place{}, record.TooLarge, "the element has more than %d bytes", r.limit)
		}
		from = max(len(begin), len(r.buf)-len(end))
		if !r.more() {
			return len(r.buf), record.Faultf(record.Place{}, record.Truncated, "the stream ends before </REUTERS>")
		}
	}
}

// indexBegin returns where an element begins at or after from, or -1.
func indexBegin(buf []byte, from int) int {
	for {
		i := bytes.Index(buf[from:], begin)
		if i < 0 || from+i+len(begin) >= len(buf) {
			return -1
		}
		from += i
		if c := buf[from+len(begin)]; c == ' ' || c == '>' || c == '\n' || c == '\r' || c == '\t' {
			return from
		}
		from += len(begin)
	}
}

// drop uses up n bytes.
func (r *reader) drop(n int) {
	r.line += bytes.Count(r.buf[:n], []byte("\n"))
	r.buf = r.buf[n:]
}

// more reads on and reports whether there was something.
func (r *reader) more() bool {
	if r.err != nil {
		return false
	}
	for range 100 {
		if cap(r.buf)-len(r.buf) < step {
			r.buf = append(make([]byte, 0, 2*len(r.buf)+2*step), r.buf...)
		}
		n, err := r.in.Read(r.buf[len(r.buf) : len(r.buf)+step])
		r.buf, r.err = r.buf[:len(r.buf)+n], err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	r.err = io.ErrNoProgress
	return false
}
