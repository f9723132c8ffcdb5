package jsonl

import (
	"bytes"
	"io"

	"dateline/index/source/record"
)

// stream reads objects one behind the other, in a list, or in the list of an envelope.
type stream struct {
	in      *input
	options record.Options
	number  int
	inList  bool
	depth   int // how many objects of the envelope are open around the list
}

// Next returns the next object.
func (s *stream) Next() (record.Record, error) {
	for {
		if !s.in.blanks(",") {
			return record.Record{}, s.end()
		}
		switch c := s.in.rest()[0]; {
		case c == '{' && (s.inList || !s.openEnvelope()):
			return s.record()
		case c == '{': // an envelope, now open
		case c == '[' && !s.inList:
			s.in.skip(1)
			s.inList, s.depth = true, 0
		case c == ']' && s.inList:
			s.in.skip(1)
			s.closeList()
		default:
			return record.Record{}, s.stray()
		}
	}
}

// end returns what ends the stream. A list that is not closed is a fault, once: its last records may be missing.
func (s *stream) end() error {
	if s.inList && s.in.err == io.EOF {
		s.inList = false
		s.number++
		return record.Faultf(s.in.place(s.number), record.Truncated, "the stream ends inside a list")
	}
	return s.in.err
}

// openEnvelope consumes the head of the object that comes next when it is an envelope, up to its first record.
func (s *stream) openEnvelope() bool {
	at, depth, ok := envelope(s.in.peek(record.SniffLen))
	if ok {
		s.in.skip(at + 1)
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
		n, st := scan.scan(s.in.rest())
		s.in.skip(n)
		if st != more || !s.in.more() {
			return st
		}
	}
}

// stray consumes a value where a record should be, and returns the fault of it.
func (s *stream) stray() error {
	s.number++
	fault := record.Faultf(s.in.place(s.number), record.BadSyntax, "there is no JSON object where a record should begin")
	if !s.inList {
		s.resync(true, 0)
		return fault
	}
	switch s.in.rest()[0] {
	case '"', '[':
		s.pass(&scanner{})
		return fault
	}
	s.in.skip(1)
	for s.in.blanks("") {
		b := s.in.rest()
		n := bytes.IndexAny(b, ",]{")
		if n >= 0 {
			s.in.skip(n)
			break
		}
		s.in.skip(len(b))
	}
	return fault
}

// record cuts the object that comes next out of the stream.
func (s *stream) record() (record.Record, error) {
	in, scan := s.in, scanner{}
	s.number++
	at := in.place(s.number)
	ownLine, indent := in.column == 0, in.indent
	for size := 0; ; {
		n, st := scan.scan(in.rest()[size:])
		switch size += n; {
		case st == done && size <= in.limit:
			raw := bytes.Clone(in.rest()[:size])
			in.skip(size)
			return record.Record{Place: at, Decode: decoder(raw, at, s.options, false)}, nil
		case st == broken:
			in.skip(size)
			fault := record.Faultf(at, record.BadSyntax, "the record breaks off in line %d, %d bytes from its start", in.line, size)
			s.resync(ownLine, indent)
			return record.Record{}, fault
		case size > in.limit:
			in.skip(size)
			if st == more && s.pass(&scan) != done {
				s.resync(ownLine, indent)
			}
			return record.Record{}, tooLarge(at, in.limit)
		case !in.more():
			in.skip(size)
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
		n := bytes.IndexByte(in.rest(), '{')
		if n >= 0 {
			in.skip(n)
			if ownLine && in.column == 0 && in.indent == indent || !ownLine && in.behindComma() {
				return
			}
			in.skip(1)
			continue
		}
		in.skip(len(in.rest()))
		if !in.more() {
			s.inList = false // the fault of the record stands for the rest
			return
		}
	}
}
