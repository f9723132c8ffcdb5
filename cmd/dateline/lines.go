package main

import (
	"bufio"
	"encoding/json"
	"io"
)

// lines writes JSON lines through a buffer.
type lines struct {
	buffer *bufio.Writer
	json   *json.Encoder
}

func newLines(w io.Writer) *lines {
	b := bufio.NewWriterSize(w, 64<<10)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return &lines{b, e}
}

func (l *lines) encode(value any) error { return l.json.Encode(value) }

func (l *lines) flush() error { return l.buffer.Flush() }

// printJSON writes one value as a line of JSON, as the HTTP interface does.
func printJSON(w io.Writer, value any) error {
	l := newLines(w)
	if err := l.encode(value); err != nil {
		return err
	}
	return l.flush()
}
