package element

import (
	"bytes"
	"io"
	"strings"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/window"
)

// Cutter cuts the elements of certain names out of a stream. It holds no more than one of them and a piece of what follows.
type Cutter struct {
	in     *window.Window
	names  map[string]bool // in lower case
	before map[string]bool // whose elements are kept for those that follow
	number int
	head   []byte
	clear  map[string]int64 // up to which offset there is no "-->", no "]]>": what was searched is not searched again
}

// headBytes bounds what is kept of an element before the records.
const headBytes = 64 << 10

// NewCutter returns a cutter of elements of certain names, of at most limit bytes each. Elements named before are no
// records: the last one is handed out with each record that follows, such as the envelope of a message.
func NewCutter(r io.Reader, limit int64, names, before []string) *Cutter {
	c := &Cutter{in: window.New(r, limit), names: map[string]bool{}, before: map[string]bool{}, clear: map[string]int64{}}
	for _, n := range names {
		c.names[strings.ToLower(n)] = true
	}
	for _, n := range before {
		c.before[strings.ToLower(n)] = true
	}
	return c
}

// Piece is an element as it stands in the stream.
type Piece struct {
	record.Place
	Raw  []byte
	Head []byte // the element before the records, or nil
}

// Next returns the next element, or io.EOF. A *record.Fault says that one was broken off or too large; Next may be called
// again.
func (c *Cutter) Next() (Piece, error) {
	for c.seek() {
		written := localName(c.in.Rest())
		name := strings.ToLower(written)
		switch {
		case c.names[name]:
			c.number++
			at := c.in.Place(c.number)
			raw, fault := c.element(written, at, c.in.Limit)
			if fault != nil {
				return Piece{}, fault
			}
			return Piece{at, raw, c.head}, nil
		case c.before[name]:
			if raw, fault := c.element(written, c.in.Place(0), headBytes); fault == nil {
				c.head = raw
			}
		default:
			if isMessage(written) {
				c.head = nil
			}
			c.in.Skip(1)
		}
	}
	return Piece{}, c.in.Err()
}

// seek consumes all before the next start tag, which is then whole as far as its name goes, and reports whether there is one.
func (c *Cutter) seek() bool {
	for {
		b := c.in.Rest()
		n := bytes.IndexByte(b, '<')
		if n < 0 {
			n = len(b)
		}
		c.in.Skip(n)
		b = c.in.Peek(256) // longer names are none that is looked for
		if len(b) == 0 {
			return false
		}
		if n, isMisc := c.misc(b); isMisc {
			c.in.Skip(n)
			continue
		}
		if len(b) > 1 && nameLen(b[1:]) > 0 {
			return true
		}
		c.in.Skip(1)
	}
}

// misc returns how much to pass over where a declaration or comment begins. Records are looked for inside a document type
// and behind a comment that does not end, so that a broken one hides nothing.
func (c *Cutter) misc(b []byte) (int, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		if n := c.behind(c.in.Peek(headBytes), 0, "-->"); n > 0 {
			return n, true
		}
		return len("<!--"), true
	case bytes.HasPrefix(b, []byte("<!")), bytes.HasPrefix(b, []byte("<?")), bytes.HasPrefix(b, []byte("</")):
		return 2, true
	}
	return 0, false
}

// isMessage reports whether an element is one that holds records, and so begins another document.
func isMessage(name string) bool {
	return strings.EqualFold(name, "NewsML") || strings.EqualFold(name, "newsMessage")
}

// behind returns where rest, or what is read of the stream, goes on behind the end of a comment or the like that begins at
// from; 0 when it does not end there.
func (c *Cutter) behind(rest []byte, from int, end string) int {
	offset := c.in.Place(0).Offset
	start := max(from, int(min(c.clear[end]-offset, int64(len(rest)))))
	if i := bytes.Index(rest[start:], []byte(end)); i >= 0 {
		return start + i + len(end)
	}
	c.clear[end] = max(c.clear[end], offset+int64(max(len(rest)-len(end)+1, start)))
	return 0
}

// element cuts out the element whose start tag comes next.
func (c *Cutter) element(name string, at record.Place, limit int) ([]byte, *record.Fault) {
	s := scanner{name: name, behind: c.behind}
	for {
		n, st := s.scan(c.in.Rest(), c.in.Ended())
		switch {
		case st == whole && n <= limit:
			raw := bytes.Clone(c.in.Rest()[:n])
			c.in.Skip(n)
			return raw, nil
		case st == begun && n <= limit:
			c.in.Skip(n)
			return nil, record.Faultf(at, record.Truncated, "another element or document begins in line %d before </%s>", c.in.Line(), name)
		case n > limit || len(c.in.Rest()) > limit:
			c.in.Skip(max(min(n, limit), 1))
			return nil, record.Faultf(at, record.TooLarge, "<%s> has more than %d bytes", name, limit)
		case c.in.Ended():
			c.in.Skip(len(c.in.Rest()))
			return nil, record.Faultf(at, record.Truncated, "the stream ends before </%s>", name)
		}
		c.in.More()
	}
}

type state int

const (
	more  state = iota // the element goes on behind the piece
	whole              // it ends
	begun              // another begins inside it
)

// scanner finds the end of an element in a piece that grows.
type scanner struct {
	name  string // as written
	at    int    // as far as it was looked at
	depth int    // how many of the name are open
	// behind is Cutter.behind.
	behind func(rest []byte, from int, end string) int
}

// scan looks on in b, which begins with the element. ended says that b will not grow.
func (s *scanner) scan(b []byte, ended bool) (int, state) {
	for {
		n := bytes.IndexByte(b[s.at:], '<')
		if n < 0 {
			s.at = len(b)
			return s.at, more
		}
		i := s.at + n
		size, st, ok := s.tag(b, i)
		switch {
		case !ok && !ended:
			s.at = i
			return i, more
		case st == whole:
			return i + size, whole
		case st == begun:
			return i, begun
		}
		s.at = i + max(size, 1)
	}
}

// tag reads the tag, comment or the like that begins at all[i]. ok is false when all may be too short to tell.
func (s *scanner) tag(all []byte, i int) (size int, st state, ok bool) {
	b := all[i:]
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		return s.until(all, i, "-->")
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		return s.until(all, i, "]]>")
	case bytes.HasPrefix(b, []byte("<?xml ")):
		return 0, begun, true
	case len(b) > 1 && b[1] == '/':
		n := nameLen(b[2:])
		if !strings.EqualFold(local(string(b[2:2+n])), s.name) {
			return 2 + n, more, len(b) > 2+n
		}
		end := bytes.IndexByte(b, '>')
		if end < 0 {
			return 2 + n, more, false
		}
		if s.depth--; s.depth > 0 {
			return end + 1, more, true
		}
		return end + 1, whole, true
	}
	n := nameLen(b[1:])
	if name := local(string(b[1 : 1+n])); !strings.EqualFold(name, s.name) {
		if isMessage(name) {
			return 0, begun, len(b) > 1+n
		}
		return 1 + n, more, len(b) > 9 && len(b) > 1+n // the longest of the prefixes above
	}
	if s.depth > 0 && s.name != nesting {
		return 0, begun, len(b) > 1+n
	}
	_, end, closed := attributes(b[1+n:])
	size, ok = 1+n+end, end < len(b)-1-n || bytes.HasSuffix(b[:1+n+end], []byte(">"))
	switch {
	case !ok || closed && s.depth > 0:
	case closed:
		st = whole
	default:
		s.depth++
	}
	return size, st, ok
}

// nesting is an element of NewsML 1 that may stand within another of its kind.
const nesting = "NewsItem"

// until passes over a comment or the like. One that does not end within b is passed over as far as its beginning goes once b
// cannot grow: an unclosed comment hides no end.
func (s *scanner) until(all []byte, i int, end string) (int, state, bool) {
	if n := s.behind(all, i, end); n > 0 {
		return n - i, more, true
	}
	return 4, more, false
}

// Records returns a reader of the elements as records. decode runs as Record.Decode does.
func (c *Cutter) Records(decode func(Piece) (index.Article, error)) record.Reader {
	return &records{c, decode}
}

type records struct {
	cut    *Cutter
	decode func(Piece) (index.Article, error)
}

func (r *records) Next() (record.Record, error) {
	p, err := r.cut.Next()
	if err != nil {
		return record.Record{}, err
	}
	return record.Record{Place: p.Place, Decode: func() (index.Article, error) { return r.decode(p) }}, nil
}
