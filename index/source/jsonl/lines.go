package jsonl

import (
	"bytes"
	"io"

	"dateline/index/source/record"
)

// lines reads one object a line.
type lines struct {
	in      *input
	options record.Options
	number  int
}

// Next returns the object of the next line that is not blank.
func (l *lines) Next() (record.Record, error) {
	for {
		raw, at, fault := l.line()
		if fault != nil {
			return record.Record{}, fault
		}
		cut := len(raw) == 0 || raw[len(raw)-1] != '\n'
		if raw = bytes.Trim(raw, " \t\r\n\x1e"); len(raw) > 0 {
			l.number++
			at.Number = l.number
			if cut && l.in.err != io.EOF {
				return record.Record{}, record.Faultf(at, record.Truncated, "the stream breaks off inside the record: %v", l.in.err)
			}
			return record.Record{Place: at, Decode: decoder(bytes.Clone(raw), at, l.options, cut)}, nil
		}
		if cut {
			return record.Record{}, l.in.err
		}
	}
}

// line consumes a line and returns it, valid until the next call. A line that is too long is consumed and a fault.
func (l *lines) line() ([]byte, record.Place, error) {
	in := l.in
	at := in.place(0)
	for searched := 0; ; {
		b := in.rest()
		if n := bytes.IndexByte(b[searched:], '\n'); n >= 0 {
			n += searched + 1
			in.skip(n)
			if n-1 > in.limit {
				return nil, at, l.tooLarge(at)
			}
			return b[:n], at, nil
		}
		searched = len(b)
		if searched > in.limit {
			l.discard()
			return nil, at, l.tooLarge(at)
		}
		if !in.more() {
			b = in.rest()
			in.skip(len(b))
			return b, at, nil
		}
	}
}

func (l *lines) tooLarge(at record.Place) *record.Fault {
	l.number++
	at.Number = l.number
	return tooLarge(at, l.in.limit)
}

func tooLarge(at record.Place, limit int) *record.Fault {
	return record.Faultf(at, record.TooLarge, "the record has more than %d bytes", limit)
}

// discard consumes the rest of a line.
func (l *lines) discard() {
	for {
		b := l.in.rest()
		if n := bytes.IndexByte(b, '\n'); n >= 0 {
			l.in.skip(n + 1)
			return
		}
		l.in.skip(len(b))
		if !l.in.more() {
			return
		}
	}
}
