// Package window holds the piece of a stream that a reader of records looks at, and knows where it stands.
package window

import (
	"bytes"
	"io"

	"dateline/index/source/record"
)

// Window is a piece of a stream, from the first byte not yet consumed to the last that was read.
type Window struct {
	r      io.Reader
	Limit  int    // the longest record, for those who read
	buf    []byte // buf[at:] is read and not yet consumed
	at     int
	err    error // what ended the stream
	line   int   // of buf[at], from 1
	offset int64 // of buf[at]
	column int   // 0 while only blanks stand before buf[at] in its line
	indent int   // how many these are
}

// history is how much of what was consumed is kept, for BehindComma.
const history = 32

// size is how much is read at once.
const size = 128 << 10

// New returns a window on r for records of at most limit bytes.
func New(r io.Reader, limit int64) *Window {
	return &Window{r: r, Limit: int(min(limit, 1<<30)), buf: make([]byte, 0, size), line: 1}
}

// Rest returns what is read and not yet consumed.
func (w *Window) Rest() []byte { return w.buf[w.at:] }

// Err returns what ended the stream, io.EOF or worse, or nil while it has not.
func (w *Window) Err() error { return w.err }

// Ended reports whether nothing can be read any more; Rest may still hold something.
func (w *Window) Ended() bool { return w.err != nil }

// Held returns how much memory the window takes.
func (w *Window) Held() int { return cap(w.buf) }

// Indent returns how many blanks stand before the next byte in its line; alone says that there is nothing else.
func (w *Window) Indent() (n int, alone bool) { return w.indent, w.column == 0 }

// More reads on, and reports whether there was more. What was returned by Rest is no longer valid.
func (w *Window) More() bool {
	if len(w.buf) == cap(w.buf) {
		w.makeRoom()
	}
	for range 100 { // as bufio has it: a reader that gives nothing so often never will
		if w.err != nil {
			return false
		}
		n, err := w.r.Read(w.buf[len(w.buf):cap(w.buf)])
		w.buf, w.err = w.buf[:len(w.buf)+n], err
		if n > 0 {
			return true
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// makeRoom moves what is read to the front, over what was consumed, and takes more memory when nothing was.
func (w *Window) makeRoom() {
	if keep := min(w.at, history); w.at > keep {
		n := copy(w.buf, w.buf[w.at-keep:])
		w.buf, w.at = w.buf[:n], keep
		return
	}
	w.buf = append(w.buf, 0)[:len(w.buf)]
}

// Peek returns up to n bytes without consuming them; fewer only when the stream ends.
func (w *Window) Peek(n int) []byte {
	for len(w.Rest()) < n && w.More() {
	}
	return w.Rest()[:min(n, len(w.Rest()))]
}

// Skip consumes n bytes.
func (w *Window) Skip(n int) {
	skipped := w.Rest()[:n]
	w.offset += int64(n)
	w.at += n
	if last := bytes.LastIndexByte(skipped, '\n'); last >= 0 {
		w.line += bytes.Count(skipped, []byte("\n"))
		w.column, w.indent = 0, 0
		skipped = skipped[last+1:]
	}
	for _, c := range skipped {
		switch {
		case w.column > 0:
			return
		case c == ' ' || c == '\t':
			w.indent++
		default:
			w.column = 1
		}
	}
}

// Blanks consumes white space and the characters of also, and reports whether there is anything after them.
func (w *Window) Blanks(also string) bool {
	for {
		b := w.Rest()
		if n := len(b) - len(bytes.TrimLeft(b, " \t\r\n\x1e"+also)); n > 0 {
			w.Skip(n)
		}
		if len(w.Rest()) > 0 {
			return true
		}
		if !w.More() {
			return false
		}
	}
}

// Line returns the line of the next byte, from 1.
func (w *Window) Line() int { return w.line }

// Place returns where the next byte stands, for the record with a number.
func (w *Window) Place(number int) record.Place {
	return record.Place{Number: number, Line: w.line, Offset: w.offset}
}

// BehindComma reports whether the last characters consumed are the end of an object and a comma.
func (w *Window) BehindComma() bool {
	b := bytes.TrimRight(w.buf[:w.at], " \t\r\n")
	if len(b) == 0 || b[len(b)-1] != ',' {
		return false
	}
	b = bytes.TrimRight(b[:len(b)-1], " \t\r\n")
	return len(b) > 0 && b[len(b)-1] == '}'
}
