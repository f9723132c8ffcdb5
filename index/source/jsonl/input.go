package jsonl

import (
	"bytes"
	"io"

	"dateline/index/source/record"
)

// input is a window on a stream that knows the place of its first byte.
type input struct {
	r      io.Reader
	limit  int    // the longest record
	buf    []byte // buf[at:] is read and not yet consumed
	at     int
	err    error // what ended the stream
	line   int   // of buf[at], from 1
	offset int64 // of buf[at]
	column int   // 0 while only blanks stand before buf[at] in its line
	indent int   // how many these are
}

// history is how much of what was consumed is kept, for behindComma.
const history = 32

// window is how much is read at once.
const window = 128 << 10

func newInput(r io.Reader, limit int64) *input {
	return &input{r: r, limit: int(min(limit, 1<<30)), buf: make([]byte, 0, window), line: 1}
}

// rest returns what is read and not yet consumed.
func (in *input) rest() []byte { return in.buf[in.at:] }

func (in *input) ended() bool { return in.err != nil }

// more reads on, and reports whether there was more. What was returned by rest is no longer valid.
func (in *input) more() bool {
	if keep := min(in.at, history); in.at > keep {
		n := copy(in.buf, in.buf[in.at-keep:])
		in.buf, in.at = in.buf[:n], keep
	}
	if len(in.buf) == cap(in.buf) {
		in.buf = append(in.buf, 0)[:len(in.buf)]
	}
	for range 100 { // as bufio has it: a reader that gives nothing so often never will
		if in.err != nil {
			return false
		}
		n, err := in.r.Read(in.buf[len(in.buf):cap(in.buf)])
		in.buf, in.err = in.buf[:len(in.buf)+n], err
		if n > 0 {
			return true
		}
	}
	in.err = io.ErrNoProgress
	return false
}

// peek returns up to n bytes without consuming them; fewer only when the stream ends.
func (in *input) peek(n int) []byte {
	for len(in.rest()) < n && in.more() {
	}
	return in.rest()[:min(n, len(in.rest()))]
}

// skip consumes n bytes.
func (in *input) skip(n int) {
	skipped := in.rest()[:n]
	in.offset += int64(n)
	in.at += n
	if last := bytes.LastIndexByte(skipped, '\n'); last >= 0 {
		in.line += bytes.Count(skipped, []byte("\n"))
		in.column, in.indent = 0, 0
		skipped = skipped[last+1:]
	}
	for _, c := range skipped {
		switch {
		case in.column > 0:
			return
		case c == ' ' || c == '\t':
			in.indent++
		default:
			in.column = 1
		}
	}
}

// blanks consumes white space and the characters of also, and reports whether there is anything after them.
func (in *input) blanks(also string) bool {
	for {
		b := in.rest()
		if n := len(b) - len(bytes.TrimLeft(b, " \t\r\n\x1e"+also)); n > 0 {
			in.skip(n)
		}
		if len(in.rest()) > 0 {
			return true
		}
		if !in.more() {
			return false
		}
	}
}

// place returns where the next byte stands, for the record with a number.
func (in *input) place(number int) record.Place {
	return record.Place{Number: number, Line: in.line, Offset: in.offset}
}

// behindComma reports whether the last characters consumed are the end of an object and a comma.
func (in *input) behindComma() bool {
	b := bytes.TrimRight(in.buf[:in.at], " \t\r\n")
	if len(b) == 0 || b[len(b)-1] != ',' {
		return false
	}
	b = bytes.TrimRight(b[:len(b)-1], " \t\r\n")
	return len(b) > 0 && b[len(b)-1] == '}'
}
