package soup

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"dateline/index/source/record"
	"dateline/index/source/window"
)

// Piece is a record that was cut out of a document.
type Piece struct {
	record.Place
	Name string // of its element, local and in small letters
	Raw  []byte // the whole element
	Head *Head  // what stood before it, outside of records
}

// Head is what stands in a document outside of its records, so far as it was read when a record was cut out. It is the same
// Head while nothing was added to it.
type Head struct{ raw []byte }

// Raw returns the markup of the head.
func (h *Head) Raw() []byte { return h.raw }

const (
	maxHead = 256 << 10 // bytes that are kept of a head; feeds have some thousand
	// maxHeads bounds how often a head is taken anew because something stood between records: each of them is read anew.
	maxHeads = 16
)

// Cutter cuts a document into its records: the elements of some names, wherever they lie. It holds one record and a window.
type Cutter struct {
	in      *window.Window
	items   []string // local names of the records
	scan    scanner
	number  int
	head    []byte
	current *Head
	heads   int
	root    string // local name of the first element, "" before it and once it is closed
	done    bool   // the truncation was said
}

// NewCutter returns a cutter of what is in a window, for records that are elements of these local names.
func NewCutter(in *window.Window, items ...string) *Cutter {
	return &Cutter{in: in, items: items, current: &Head{}}
}

// Head returns what was read outside of records so far.
func (c *Cutter) Head() *Head {
	if len(c.head) > len(c.current.raw) && c.heads < maxHeads {
		c.heads++
		c.current = &Head{raw: bytes.Clone(c.head)}
	}
	return c.current
}

// Next returns the next record, or io.EOF. A *record.Fault says that a record could not be cut out; Next may be called again.
func (c *Cutter) Next() (Piece, error) {
	for {
		t := c.look(0)
		if t.kind == partial {
			if c.in.More() || len(c.in.Rest()) > 0 {
				continue
			}
			return Piece{}, c.end()
		}
		raw := c.in.Rest()[:t.size]
		name := ""
		if t.kind == start || t.kind == end {
			name = Local(string(raw[t.nameFrom:t.nameTo]))
		}
		if t.kind == start && slices.Contains(c.items, name) {
			return c.record(t, name)
		}
		c.outside(t, raw, name)
		c.skip(t.size)
	}
}

// look returns the token that begins at a place in the window. No more is looked at than a record may have, so that it does not
// depend on how much was read.
func (c *Cutter) look(at int) token {
	b := c.in.Rest()
	most := at + c.in.Limit + 1
	if len(b) >= most {
		return c.scan.scan(b[:most], at, true)
	}
	return c.scan.scan(b, at, c.in.Ended())
}

// end returns what ends the stream. A document that is not closed is a fault, once: its last records may be missing.
func (c *Cutter) end() error {
	if c.root != "" && !c.done && c.in.Err() == io.EOF {
		c.done = true
		c.number++
		return record.Faultf(c.in.Place(c.number), record.Truncated, "the stream ends before </%.40s>", c.root)
	}
	return c.in.Err()
}

func (c *Cutter) skip(n int) {
	c.in.Skip(n)
	c.scan.advance(n)
}

// outside takes note of what stands outside of records.
func (c *Cutter) outside(t token, raw []byte, name string) {
	switch {
	case t.kind == start && c.root == "" && !t.empty && len(c.current.raw) == 0:
		c.root = name
	case t.kind == end && (name == c.root || c.root == "rss" && name == "channel"):
		c.root = ""
	case t.kind == other, t.kind == text && len(bytes.TrimSpace(raw)) == 0, t.kind == end && len(c.current.raw) > 0 && len(c.head) == len(c.current.raw):
		return
	}
	if len(c.head)+len(raw) <= maxHead {
		c.head = append(c.head, raw...)
	}
}

// containers may have records of their own, which are part of the record that they stand in.
var containers = []string{"feed", "channel", "rss", "rdf", "content", "urlset"}

// isContainer reports whether an element may have records of its own.
func isContainer(name []byte) bool {
	name = name[bytes.LastIndexByte(name, ':')+1:]
	return slices.ContainsFunc(containers, func(c string) bool { return len(c) == len(name) && strings.EqualFold(c, string(name)) })
}

// record cuts out the record whose start tag comes next. One that is not closed ends where the next begins, or the document.
func (c *Cutter) record(t token, name string) (Piece, error) {
	c.number++
	p := Piece{Place: c.in.Place(c.number), Name: name, Head: c.Head()}
	full := bytes.Clone(c.in.Rest()[t.nameFrom:t.nameTo])
	o := outline{full: full, name: name}
	tooLarge := false
	for size := 0; ; {
		if size > c.in.Limit {
			tooLarge = true
			c.skip(size)
			size = 0
		}
		t := c.look(size)
		if t.kind == partial {
			if c.in.More() || len(c.in.Rest()) > size {
				continue
			}
			c.skip(size)
			c.done = true // one fault is enough
			return p, record.Faultf(p.Place, record.Truncated, "the stream ends before </%.40s>", full)
		}
		closed, before := o.add(t, c.in.Rest()[size:])
		if !before {
			size += t.size
		}
		if !closed {
			continue
		}
		if tooLarge || size > c.in.Limit {
			c.skip(size)
			return p, record.Faultf(p.Place, record.TooLarge, "the record has more than %d bytes", c.in.Limit)
		}
		p.Raw = bytes.Clone(c.in.Rest()[:size])
		c.skip(size)
		return p, nil
	}
}

// outline follows the tags of a record to its end.
type outline struct {
	full   []byte // name of the record's element as written
	name   string // local
	begun  bool
	inner  int // containers that are open in it
	nested int // records that are open in these
}

// add follows one token. It reports whether the record is closed by it, and then whether it ends before it.
func (o *outline) add(t token, raw []byte) (closed, before bool) {
	if t.kind != start && t.kind != end {
		return false, false
	}
	written := raw[t.nameFrom:t.nameTo]
	same := bytes.EqualFold(written, o.full)
	container := !same && isContainer(written)
	switch {
	case !o.begun:
		o.begun = true
		return t.empty, false
	case t.kind == start && t.empty:
	case t.kind == start && same && o.inner == 0:
		return true, true
	case t.kind == start && same:
		o.nested++
	case t.kind == start && container:
		o.inner++
	case t.kind == end && same && o.nested == 0:
		return true, false
	case t.kind == end && same:
		o.nested--
	case t.kind == end && container && o.inner == 0:
		ends := Local(string(written)) != "content" // a stray end of a content is passed over
		return ends, ends
	case t.kind == end && container:
		if o.inner--; o.inner == 0 {
			o.nested = 0
		}
	}
	return false, false
}
