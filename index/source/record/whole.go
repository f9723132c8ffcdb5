package record

import (
	"bytes"
	"io"

	"dateline/index"
)

// Whole returns a reader of a stream that is one record, for formats of one article a file. Of a stream above o.Limit() no
// more than that is read, and the record is a fault; noun is what the fault calls the stream, such as "file". A blank one is a
// fault too. decode runs as Record.Decode does.
func Whole(r io.Reader, o Options, noun string, decode func(raw []byte, at Place) (index.Article, error)) Reader {
	return &whole{in: r, limit: o.Limit(), noun: noun, decode: decode}
}

type whole struct {
	in     io.Reader
	limit  int64
	noun   string
	decode func(raw []byte, at Place) (index.Article, error)
	done   bool
}

func (w *whole) Next() (Record, error) {
	if w.done {
		return Record{}, io.EOF
	}
	w.done = true
	at := Place{Number: 1, Line: 1}
	raw, err := io.ReadAll(io.LimitReader(w.in, w.limit+1))
	switch {
	case int64(len(raw)) > w.limit:
		return Record{}, Faultf(at, TooLarge, "the %s has more than %d bytes", w.noun, w.limit)
	case err != nil:
		return Record{}, err
	case len(bytes.TrimSpace(raw)) == 0:
		return Record{}, Faultf(at, Empty, "the %s has no text", w.noun)
	}
	return Record{Place: at, Decode: func() (index.Article, error) { return w.decode(raw, at) }}, nil
}
