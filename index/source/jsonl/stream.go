package jsonl

import (
	"bytes"
	"io"

	"dateline/index/source/record"
	"dateline/index/source/window"
)

// stream reads objects one behind the other, in a list, or in the list of an envelope.
type stream struct {
	in      *window.Window
	options record.Options
	decode  Decode
	number  int
	inList  bool
	depth   int // how many objects of the envelope are open around the list
}

// Next returns the next object.
func (s *stream) Next() (record.Record, error) {
	for {
		if !s.in.Blanks(",") {
			return record.Record{}, s.end()
		}
		switch c := s.in.Rest()[0]; {
		case c == '{' && (s.inList || !s.openEnvelope()):
			return s.record()
		case c == '{': // an envelope, now open
		case c == '[' && !s.inList:
			s.in.Skip(1)
			s.inList, s.depth = true, 0
		case c == ']' && s.inList:
			s.in.Skip(1)
			s.closeList()
		default:
			return record.Record{}, s.stray()
		}
	}
}

// end returns what ends the stream. A list that is not closed is a fault, once: its last records may be missing.
func (s *stream) end() error {
	if s.inList && s.in.Err() == io.EOF {
		s.inList = false
		s.number++
		return record.Faultf(s.in.Place(s.number), record.Truncated, "the stream ends inside a list")
	}
	return s.in.Err()
}

// openEnvelope consumes the head of the object that comes next when it is an envelope, up to its first record.
func (s *stream) openEnvelope() bool {
	at, depth, ok := envelope(s.in.Peek(record.SniffLen))
	if ok {
		s.in.Skip(at + 1)
		s.inList, s.depth = true, depth
	}
	return ok
}

// closeList consumes what the envelope has behind its list.
func (s *stream) closeList() {
	s.inList = false
	if s.depth == 0 {
		return
	}
	s.pass(&scanner{depth: s.depth, objects: 1<<s.depth - 1, last: ']'})
}

// pass consumes a value without keeping it, or up to where it breaks.
func (s *stream) pass(scan *scanner) state {
	for {
		n, st := scan.scan(s.in.Rest())
		s.in.Skip(n)
		if st != more || !s.in.More() {
			return st
		}
	}
}

// stray consumes a value where a record should be, and returns the fault of it.
func (s *stream) stray() error {
	s.number++
	fault := record.Faultf(s.in.Place(s.number), record.BadSyntax, "there is no JSON object where a record should begin")
	if !s.inList {
		s.resync(true, 0)
		return fault
	}
	switch s.in.Rest()[0] {
	case '"', '[':
		s.pass(&scanner{})
		return fault
	}
	s.in.Skip(1)
	for s.in.Blanks("") {
		b := s.in.Rest()
		n := bytes.IndexAny(b, ",]{")
		if n >= 0 {
			s.in.Skip(n)
			break
		}
		s.in.Skip(len(b))
	}
	return fault
}

// record cuts the object that comes next out of the stream.
func (s *stream) record() (record.Record, error) {
	in, scan := s.in, scanner{}
	s.number++
	at := in.Place(s.number)
	indent, ownLine := in.Indent()
	for size := 0; ; {
		n, st := scan.scan(in.Rest()[size:])
		switch size += n; {
		case st == done && size <= in.Limit:
			raw := bytes.Clone(in.Rest()[:size])
			in.Skip(size)
			return record.Record{Place: at, Decode: s.decode.of(raw, at, s.options, false)}, nil
		case st == broken:
			in.Skip(size)
			fault := record.Faultf(at, record.BadSyntax, "the record breaks off in line %d, %d bytes from its start", in.Line(), size)
			s.resync(ownLine, indent)
			return record.Record{}, fault
		case size > in.Limit:
			in.Skip(size)
			if st == more && s.pass(&scan) != done {
				s.resync(ownLine, indent)
			}
			return record.Record{}, tooLarge(at, in.Limit)
		case !in.More():
			in.Skip(size)
			s.inList = false // one fault is enough
			return record.Record{}, record.Faultf(at, record.Truncated, "the stream ends inside the record")
		}
	}
}

// resync goes on, after a broken record, to where the next may begin: an object on a line of its own as far in as the
// broken one was or, when that did not begin a line, an object behind another and a comma.
func (s *stream) resync(ownLine bool, indent int) {
	in := s.in
	for {
		n := bytes.IndexByte(in.Rest(), '{')
		if n >= 0 {
			in.Skip(n)
			if n, alone := in.Indent(); ownLine && alone && n == indent || !ownLine && in.BehindComma() {
				return
			}
			in.Skip(1)
			continue
		}
		in.Skip(len(in.Rest()))
		if !in.More() {
			s.inList = false // the fault of the record stands for the rest
			return
		}
	}
}
