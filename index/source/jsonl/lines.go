package jsonl

import (
	"bytes"
	"io"

	"dateline/index/source/record"
	"dateline/index/source/window"
)

// lines reads one object a line.
type lines struct {
	in      *window.Window
	options record.Options
	decode  Decode
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
			if cut && l.in.Err() != io.EOF {
				return record.Record{}, record.Faultf(at, record.Truncated, "the stream breaks off inside the record: %v", l.in.Err())
			}
			return record.Record{Place: at, Decode: l.decode.of(bytes.Clone(raw), at, l.options, cut)}, nil
		}
		if cut {
			return record.Record{}, l.in.Err()
		}
	}
}

// line consumes a line and returns it, valid until the next call. A line that is too long is consumed and a fault.
func (l *lines) line() ([]byte, record.Place, error) {
	in := l.in
	at := in.Place(0)
	for searched := 0; ; {
		b := in.Rest()
		if n := bytes.IndexByte(b[searched:], '\n'); n >= 0 {
			n += searched + 1
			in.Skip(n)
			if n-1 > in.Limit {
				return nil, at, l.tooLarge(at)
			}
			return b[:n], at, nil
		}
		searched = len(b)
		if searched > in.Limit {
			l.discard()
			return nil, at, l.tooLarge(at)
		}
		if !in.More() {
			b = in.Rest()
			in.Skip(len(b))
			return b, at, nil
		}
	}
}

func (l *lines) tooLarge(at record.Place) *record.Fault {
	l.number++
	at.Number = l.number
	return tooLarge(at, l.in.Limit)
}

func tooLarge(at record.Place, limit int) *record.Fault {
	return record.Faultf(at, record.TooLarge, "the record has more than %d bytes", limit)
}

// discard consumes the rest of a line.
func (l *lines) discard() {
	for {
		b := l.in.Rest()
		if n := bytes.IndexByte(b, '\n'); n >= 0 {
			l.in.Skip(n + 1)
			return
		}
		l.in.Skip(len(b))
		if !l.in.More() {
			return
		}
	}
}
