package warc

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	nethtml "golang.org/x/net/html/charset"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// take makes a record of a capture, or opens its payload, or does nothing when it has none.
func (r *reader) take(c capture) (record.Record, error) {
	switch c.kind {
	case "warcinfo", "request", "metadata":
		return record.Record{}, nil
	case "revisit":
		return record.Record{}, c.fault(record.Revisit, "unchanged since %s", c.seen())
	case "continuation":
		return record.Record{}, c.fault(record.Truncated, "part %s of a record that begins elsewhere", c.fields.get("WARC-Segment-Number"))
	case "response", "resource", "conversion":
		if c.fields.get("WARC-Segment-Number") != "" {
			return record.Record{}, c.fault(record.Truncated, "the first part of a record that goes on elsewhere")
		}
		return r.content(c)
	case "":
		return record.Record{}, c.fault(record.BadSyntax, "the header has no WARC-Type")
	}
	return record.Record{}, c.fault(record.NotNews, "a record of the type %s", c.kind)
}

// seen says which record a revisit refers to.
func (c *capture) seen() string {
	for _, name := range []string{"WARC-Refers-To-Date", "WARC-Refers-To", "WARC-Refers-To-Target-URI"} {
		if v := c.fields.get(name); v != "" {
			return v
		}
	}
	return "an earlier record"
}

// content looks into what was fetched.
func (r *reader) content(c capture) (record.Record, error) {
	res, fault := readResponse(&c)
	if fault != nil {
		return record.Record{}, fault
	}
	p := &payload{capture: c, response: res, options: r.options}
	p.options.URL, p.options.Breaks = c.uri, nil
	if !c.date.IsZero() {
		p.options.Retrieved = c.date
	}
	if fault := p.detect(r.payloads, r.space); fault != nil {
		return record.Record{}, fault
	}
	p.body, p.block = bytes.Clone(p.body), nil // the block is about to be overwritten
	if p.single = r.payloads.One(p.format.Name); p.single {
		return record.Record{Place: c.at, Decode: p.decode}, nil
	}
	r.open = p.open()
	return record.Record{}, nil
}

// payload is a response whose format is known.
type payload struct {
	capture
	response
	options record.Options // for the format's reader
	format  record.Format
	charset string
	single  bool // one record: the address is that of the article
}

// detect tells the format, by the bytes first. Space is for the beginning of the payload, and for that in UTF-8.
func (p *payload) detect(formats Payloads, space *[2][record.SniffLen]byte) *record.Fault {
	b := p.openBody()
	defer b.close()
	n, err := io.ReadFull(b, space[0][:])
	head := space[0][:n]
	whole := err == io.EOF || err == io.ErrUnexpectedEOF
	switch {
	case n == 0 && err == errBody:
		return p.fault(b.reason, "%s", b.detail)
	case len(bytes.TrimSpace(head)) == 0 && whole:
		return p.fault(record.Empty, "the payload is empty")
	}
	var ok bool
	if p.format, ok = formats.Raw(head, whole); ok {
		return nil
	}
	if charset.IsBinary(head) {
		return p.fault(record.NotNews, "binary data%s", p.sentAs())
	}
	p.charset = charsetOf(p.contentType)
	if enc, _ := nethtml.Lookup(p.charset); enc == nil {
		p.charset = charset.Declared(head)
	}
	text := head
	if !isUTF8(head) {
		n, err = io.ReadFull(charset.NewReader(bytes.NewReader(head), p.charset), space[1][:])
		text, whole = space[1][:n], whole && err != nil
	}
	if p.format, ok = formats.Text(text, whole, p.contentType); !ok {
		return p.fault(record.NotNews, "no news format that is known%s", p.sentAs())
	}
	return nil
}

// isUTF8 reports whether text is UTF-8 whatever it says of itself: no mark, nothing of UTF-16 or of ISO 2022.
func isUTF8(text []byte) bool {
	return utf8.Valid(text) && !bytes.HasPrefix(text, []byte("\uFEFF")) && bytes.IndexByte(text, 0) < 0 && bytes.IndexByte(text, 0x1b) < 0
}

func (p *payload) sentAs() string {
	if t := mediaType(p.contentType); t != "" {
		return ", sent as " + t
	}
	return ""
}

func (p *payload) openBody() *body {
	return openBody(&p.response, p.options.Limit(), p.fields.get("WARC-Truncated") == "")
}

// open opens the payload for the format's reader.
func (p *payload) open() *opened {
	b := p.openBody()
	var in io.Reader = b
	if !p.format.Raw {
		in = charset.NewReader(bufio.NewReaderSize(b, 16<<10), p.charset)
	}
	return &opened{payload: p, from: b, records: p.format.Open(in, p.options)}
}

// decode makes the article of a payload that is one record.
func (p *payload) decode() (index.Article, error) {
	o := p.open()
	defer o.from.close()
	rec, err, more := o.next()
	if !more {
		err = p.fault(record.Empty, "the payload holds no article")
	}
	if err != nil {
		return index.Article{}, err
	}
	a, err := rec.Decode()
	if err == nil && o.from.reason != "" {
		err = p.fault(o.from.reason, "%s", o.from.detail)
	}
	return a, err
}

// opened is a payload whose records are being read.
type opened struct {
	*payload
	from    *body
	records record.Reader
	count   int
	told    bool // the last fault says already that the payload broke off
	done    bool
}

// next returns the next record of the payload, or its fault; more is false when there is none.
func (o *opened) next() (rec record.Record, err error, more bool) {
	if o.done {
		return record.Record{}, nil, false
	}
	rec, err = next(o.records)
	var fault *record.Fault
	switch {
	case err == nil:
		o.told = false
		decode := rec.Decode
		rec = record.Record{Place: o.at, Decode: func() (index.Article, error) { return o.article(decode) }}
	case errors.As(err, &fault):
		o.told = fault.Reason == record.Truncated
		err = o.inner(fault)
	default:
		o.done = true
		o.from.close()
		if fault = o.ended(err); fault == nil {
			return record.Record{}, nil, false
		}
		err = fault
	}
	o.count++
	return rec, err, true
}

// ended says what is wrong with a payload that can be read no further, or nil.
func (o *opened) ended(err error) *record.Fault {
	switch {
	case o.from.reason != "" && o.told:
	case o.from.reason != "":
		return o.fault(o.from.reason, "%s", o.from.detail)
	case err != io.EOF:
		return o.fault(record.BadSyntax, "%v", err)
	case o.count == 0:
		return o.fault(record.Empty, "the payload holds no article")
	}
	return nil
}

// next calls a reader, and makes an error of a panic: a fault in one payload must not end the reading of the archive.
func next(r record.Reader) (rec record.Record, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the reader failed: %v", p)
		}
	}()
	return r.Next()
}

// inner gives a fault within the payload the place of the archive's record.
func (p *payload) inner(f *record.Fault) *record.Fault {
	if f.Line > 1 {
		return p.fault(f.Reason, "%s, in line %d", f.Detail, f.Line)
	}
	return p.fault(f.Reason, "%s", f.Detail)
}

// article makes an article and adds what the archive says of it.
func (p *payload) article(decode func() (index.Article, error)) (index.Article, error) {
	a, err := decode()
	var fault *record.Fault
	switch {
	case errors.As(err, &fault):
		return a, p.inner(fault)
	case err != nil:
		return a, err
	}
	if p.single && a.URL == "" {
		a.URL = p.uri
	}
	if a.Extra == nil {
		a.Extra = map[string]json.RawMessage{}
	}
	for _, name := range p.extra {
		keep(a.Extra, name, p.fields.get(name))
	}
	keep(a.Extra, "Content-Type", p.contentType)
	if p.uri != a.URL {
		keep(a.Extra, "WARC-Target-URI", p.uri)
	}
	return a, nil
}

// keep adds a value to an article's Extra, unless it has one of that name.
func keep(extra map[string]json.RawMessage, name, value string) {
	if _, has := extra[name]; has || value == "" {
		return
	}
	if raw, err := json.Marshal(value); err == nil {
		extra[name] = raw
	}
}
