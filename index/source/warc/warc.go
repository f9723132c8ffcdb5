// Package warc reads web archives: WARC in its versions 0.17 to 1.1, and ARC, which came before it.
//
// A response, resource or conversion is a record of input: the articles that its payload holds, or the reason why it holds
// none. A revisit and a continuation are rejected. Descriptions of the archive, requests and metadata have no content of
// their own and are passed over.
package warc

import (
	"bytes"
	"io"

	"dateline/index/source/record"
	"dateline/index/source/window"
)

// Payloads tell the formats of what was fetched.
type Payloads struct {
	// Raw tells a format that reads bytes, as record.Format.Raw has it.
	Raw func(head []byte, whole bool) (record.Format, bool)
	// Text tells the format of a payload that begins with head, in UTF-8, and was sent as a media type.
	Text func(head []byte, whole bool, contentType string) (record.Format, bool)
	// One reports whether a stream of a format is one record: such a payload is opened where it is decoded.
	One func(format string) bool
}

// New returns the format "warc" for payloads of the formats that p tells.
func New(p Payloads) record.Format {
	open := func(r io.Reader, o record.Options) record.Reader {
		cut := cutter{in: window.New(r, o.Limit()), breaks: o.Breaks, limit: o.Limit()}
		return &reader{cutter: cut, options: o, payloads: p, space: new([2][record.SniffLen]byte)}
	}
	return record.Format{Name: "warc", Sniff: sniff, Open: open, Raw: true}
}

func sniff(head []byte, whole bool) bool {
	head = bytes.TrimLeft(head, " \r\n")
	return versionLine(head) > 0 || bytes.HasPrefix(head, []byte(fileDescription))
}

// reader yields the articles of an archive.
type reader struct {
	cutter
	options  record.Options
	payloads Payloads
	space    *[2][record.SniffLen]byte
	open     *opened // the payload whose records are being read
}

// Next returns the next record of a payload. The number counts what is returned; the offset is that of the archive's record.
func (r *reader) Next() (record.Record, error) {
	for {
		if r.open != nil {
			if rec, err, more := r.open.next(); more {
				return rec, r.numbered(&rec.Place, err)
			}
			r.open = nil
		}
		c, err := r.cut()
		if err != nil {
			return record.Record{}, r.numbered(nil, err)
		}
		rec, err := r.take(c)
		if err != nil || rec.Decode != nil {
			return rec, r.numbered(&rec.Place, err)
		}
	}
}

// numbered numbers a record or the fault of one.
func (r *reader) numbered(at *record.Place, err error) error {
	if fault, ok := err.(*record.Fault); ok {
		at = &fault.Place
	} else if err != nil {
		return err
	}
	r.number++
	at.Number = r.number
	return err
}
