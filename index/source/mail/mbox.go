package mail

import (
	"bytes"
	"io"
	"regexp"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/window"
)

func openMBOX(r io.Reader, o record.Options) record.Reader {
	return &mbox{in: window.New(r, o.Limit()), options: o}
}

// mbox parts messages at their "From " lines. It holds one message, and knows nothing of Content-Length, which programs
// that change line ends make wrong.
type mbox struct {
	in      *window.Window
	options record.Options
	number  int
}

// Next returns the next message. Text before the first "From " line is a fault, and so is a message that is too long.
func (m *mbox) Next() (record.Record, error) {
	in := m.in
	if bytes.HasPrefix(in.Peek(len(bom)), bom) {
		in.Skip(len(bom))
	}
	if !in.Blanks("") {
		return record.Record{}, in.Err()
	}
	m.number++
	at := in.Place(m.number)
	begins := isStart(in.Peek(lookahead), true)
	size, fits := m.end()
	if !fits {
		return record.Record{}, record.Faultf(at, record.TooLarge, "the message has more than %d bytes", m.options.Limit())
	}
	raw := unquoted(in.Rest()[:size])
	last := size == len(in.Rest())
	in.Skip(size)
	switch {
	case !begins:
		return record.Record{}, record.Faultf(at, record.BadSyntax, `there is text before the first "From " line`)
	case last && in.Err() != nil && in.Err() != io.EOF:
		return record.Record{}, record.Faultf(at, record.Truncated, "the stream breaks off inside the message: %v", in.Err())
	}
	_, raw, _ = bytes.Cut(raw, []byte("\n"))
	return record.Record{Place: at, Decode: func() (index.Article, error) { return article(raw, at, mboxName, m.options) }}, nil
}

var from = []byte("\nFrom ")

// end finds where the message ends that the window begins with. One that is too long is consumed, and fits is false.
func (m *mbox) end() (size int, fits bool) {
	in, fits := m.in, true
	for at := 0; ; {
		b := in.Rest()
		i := bytes.Index(b[at:], from)
		if i >= 0 {
			i += at + 1
			if b = in.Peek(i + lookahead); isStart(b[i:], behindBlank(b[:i])) {
				return m.finish(i, fits)
			}
			at = i
		} else {
			at = max(0, len(b)-len(from))
		}
		if at > in.Limit || !fits {
			in.Skip(max(0, at-2)) // the blank line may be the next one's
			at, fits = min(at, 2), false
		}
		if i < 0 && !in.More() {
			return m.finish(len(in.Rest()), fits)
		}
	}
}

func (m *mbox) finish(size int, fits bool) (int, bool) {
	if fits && size <= m.in.Limit {
		return size, true
	}
	m.in.Skip(size)
	return 0, false
}

// behindBlank reports whether b, which ends a line, ends with a blank one.
func behindBlank(b []byte) bool {
	return bytes.HasSuffix(b, []byte("\n\n")) || bytes.HasSuffix(b, []byte("\n\r\n"))
}

// quoted are lines that writers of mbox put an angle before, so that they part no messages.
var quoted = regexp.MustCompile(`(?m)^>(>*From )`)

// unquoted returns a copy of a message with these angles taken away. Programs of the oldest kind (mboxo) put one before
// "From " only, later ones (mboxrd) also before quoted lines; a quotation of the oldest kind loses one angle here.
func unquoted(b []byte) []byte {
	if !bytes.Contains(b, []byte(">From ")) {
		return bytes.Clone(b)
	}
	return quoted.ReplaceAll(b, []byte("$1"))
}
