package warc

import (
	"bytes"
	"io"
	"strings"

	"dateline/index/source/record"
	"dateline/index/source/window"
)

// cutter cuts an archive into its records. What a record says of its length is believed only when another begins behind it.
type cutter struct {
	in     *window.Window
	limit  int64
	layout dialect
	number int

	breaks func(from int64) (record.Break, bool)
	told   int64 // breaks before this offset are accounted for
}

// capture is one record of an archive.
type capture struct {
	header
	at       record.Place
	block    []byte // valid until the next is cut
	overlong bool   // block is only the beginning
}

// cut returns the next record, a fault, or what ended the stream.
func (r *cutter) cut() (capture, error) {
	for {
		if b, ok := r.nextBreak(); ok && b.At <= r.offset() {
			r.told = b.At + 1
			return capture{}, record.Faultf(r.place(), b.Reason, "a compressed record is lost: %s", b.Detail)
		}
		b := r.ahead(maxHead)
		if n := len(b) - len(bytes.TrimLeft(b, blanks)); n > 0 {
			r.in.Skip(n)
			continue
		}
		if len(b) > 0 {
			break
		}
		if b, ok := r.nextBreak(); !ok || b.At > r.offset() {
			return capture{}, r.in.Err()
		}
	}
	return r.record(r.place())
}

const blanks = " \t\r\n"

// record cuts the record that begins here.
func (r *cutter) record(at record.Place) (capture, error) {
	b := r.ahead(maxHead)
	if r.layout == nil {
		r.layout = warc{}
		if bytes.HasPrefix(b, []byte(fileDescription)) {
			r.layout = arc{}
		}
	}
	if !r.layout.begins(b) {
		if len(b) < maxHead && bytes.IndexByte(b, '\n') < 0 {
			return r.headless(at, len(b))
		}
		return r.lose(at, record.BadSyntax, "no record begins here")
	}
	h, n, err := r.layout.header(b)
	switch {
	case n == 0 && len(b) >= maxHead:
		return r.lose(at, record.TooLarge, "the header has more than %d bytes", maxHead)
	case n < 0:
		return r.lose(at, record.BadSyntax, "the header has no end before the next record")
	case n == 0:
		return r.headless(at, len(b))
	case err != nil:
		return r.lose(at, record.BadSyntax, "the header does not tell the length of the record")
	}
	r.in.Skip(n)
	c := capture{header: h, at: at}
	if h.length > r.limit+maxHead {
		return r.overlong(c)
	}
	return r.whole(c)
}

// headless skips a header of n bytes that breaks off.
func (r *cutter) headless(at record.Place, n int) (capture, error) {
	if b, ok := r.nextBreak(); ok {
		r.in.Skip(n)
		r.told = b.At + 1
		return capture{}, record.Faultf(at, b.Reason, "%s", b.Detail)
	}
	return r.lose(at, record.Truncated, "the header breaks off")
}

// whole cuts a block that can be held.
func (r *cutter) whole(c capture) (capture, error) {
	size := int(c.length)
	b := r.ahead(size + maxBehind)
	if len(b) < size {
		if n := r.layout.find(b); n >= 0 {
			r.in.Skip(n)
			return c, c.fault(record.BadSyntax, "%d of %d bytes are there before the next record", n, size)
		}
		return c, r.brokenOff(&c, len(b))
	}
	behind := bytes.TrimLeft(b[size:], blanks)
	ended := len(b) < size+maxBehind
	switch {
	case ended && bytes.IndexByte(behind, '\n') < 0: // behind is the beginning of a record that breaks off, if anything
		if b, ok := r.nextBreak(); ok && len(behind) == 0 && b.At != b.Began {
			return c, r.brokenOff(&c, size)
		}
	case len(behind) == 0 || r.layout.begins(behind):
	default:
		if n := r.layout.find(b[:size]); n >= 0 {
			r.in.Skip(n)
			return c, c.fault(record.BadSyntax, "%d of %d bytes are there before the next record", n, size)
		}
		if endsRecord(b[size:]) { // it is the next that is damaged
			break
		}
		r.in.Skip(size)
		r.seek()
		return c, c.fault(record.BadSyntax, "it does not end behind the %d bytes that its header tells", size)
	}
	c.block = b[:size]
	r.in.Skip(size)
	return c, nil
}

// endsRecord reports whether b begins with the two line ends that stand behind a record.
func endsRecord(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\r\n\r\n")) || bytes.HasPrefix(b, []byte("\n\n"))
}

// maxBehind is how far one looks for the next record behind a block.
const maxBehind = maxLine

// brokenOff skips what there is of a block, and says why it is no more.
func (r *cutter) brokenOff(c *capture, n int) error {
	b, ok := r.nextBreak()
	if !ok {
		r.in.Skip(n)
		if err := r.in.Err(); err != io.EOF {
			return c.fault(record.Truncated, "the file can be read for %d of %d bytes: %v", n, c.length, err)
		}
		return c.fault(record.Truncated, "the file ends after %d of %d bytes", n, c.length)
	}
	r.in.Skip(int(b.At - r.offset()))
	r.told = b.At + 1
	return c.fault(b.Reason, "%s", b.Detail)
}

// overlong keeps the beginning of a block that is too long to be held, and skips the rest: as far as its header says, or to
// the next record, since a damaged length may be any.
func (r *cutter) overlong(c capture) (capture, error) {
	c.overlong = true
	for left := c.length; left > 0; {
		b := r.ahead(int(min(left, maxHead)))
		if n := r.layout.find(b); n >= 0 {
			r.in.Skip(n)
			return c, c.fault(record.BadSyntax, "another record begins before the end of its %d bytes", c.length)
		}
		if int64(len(b)) < min(left, maxHead) {
			return c, r.brokenOff(&c, len(b))
		}
		if c.block == nil {
			c.block = bytes.Clone(b)
		}
		n := len(b)
		if left > int64(n) {
			n -= maxHead / 2 // a header may begin in the second half
		}
		r.in.Skip(n)
		left -= int64(n)
	}
	return c, nil
}

// lose goes to the next record, and says why this one is none.
func (r *cutter) lose(at record.Place, reason, format string, args ...any) (capture, error) {
	r.in.Skip(min(1, len(r.in.Rest())))
	r.seek()
	return capture{}, record.Faultf(at, reason, format, args...)
}

// seek goes to the next record, or to the end.
func (r *cutter) seek() {
	for {
		b := r.ahead(maxHead)
		if n := r.layout.find(b); n >= 0 {
			r.in.Skip(n)
			return
		}
		if len(b) < maxHead {
			r.in.Skip(len(b))
			if b, ok := r.nextBreak(); ok {
				r.told = b.At + 1 // the fault at hand is that of the damaged piece
			}
			return
		}
		r.in.Skip(maxHead / 2)
	}
}

func (c *capture) fault(reason, format string, args ...any) *record.Fault {
	f := record.Faultf(c.at, reason, format, args...)
	if c.uri != "" {
		f.Detail += " (" + c.address() + ")"
	}
	return f
}

// address returns the address of what was fetched, cut to what one reads.
func (c *capture) address() string {
	const most = 300
	if len(c.uri) <= most {
		return c.uri
	}
	return strings.ToValidUTF8(c.uri[:most], "") + "…"
}

// ahead returns up to n bytes without consuming them; fewer when the stream ends or breaks.
func (r *cutter) ahead(n int) []byte {
	for {
		b, broken := r.sound()
		if len(b) >= n || broken || r.in.Ended() {
			return b[:min(n, len(b))]
		}
		r.in.More()
	}
}

// sound returns what is read up to the next break, and whether that is there.
func (r *cutter) sound() ([]byte, bool) {
	rest := r.in.Rest()
	if b, ok := r.nextBreak(); ok && b.At-r.offset() <= int64(len(rest)) {
		return rest[:max(0, b.At-r.offset())], true
	}
	return rest, false
}

// nextBreak returns the first break that is not accounted for, of those that were read.
func (r *cutter) nextBreak() (record.Break, bool) {
	if r.breaks == nil {
		return record.Break{}, false
	}
	return r.breaks(r.told)
}

func (r *cutter) offset() int64 { return r.in.Place(0).Offset }

func (r *cutter) place() record.Place { return record.Place{Offset: r.offset()} }
