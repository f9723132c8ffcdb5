// Package jsonl reads news in JSON: one object a line, objects one behind the other however they are printed, a list of
// objects, and the answers of search interfaces that hold such a list.
package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"dateline/index"
	"dateline/index/source/fields"
	"dateline/index/source/record"
	"dateline/index/source/window"
)

// Format is JSON lines, and JSON in the other shapes that news comes in.
var Format = record.Format{Name: name, Sniff: Sniff, Open: Open}

const name = "jsonl"

// Sniff reports whether a stream begins with a JSON object or a list of them, or has one in its first lines: the first
// line may have been cut in half.
func Sniff(head []byte, whole bool) bool {
	head = trimStart(head)
	if begins(head) {
		return true
	}
	for range 3 {
		_, rest, found := bytes.Cut(head, []byte("\n"))
		if !found {
			return false
		}
		head = rest
		line, _, _ := bytes.Cut(head, []byte("\n"))
		if line = bytes.TrimSpace(line); len(line) > 1 && line[0] == '{' && line[len(line)-1] == '}' && json.Valid(line) {
			return true
		}
	}
	return false
}

// begins reports whether b begins with an object that has a member or ends at once, or with a list of such.
func begins(b []byte) bool {
	if len(b) > 0 && b[0] == '[' {
		if b = trimStart(b[1:]); len(b) > 0 && b[0] == ']' {
			return true
		}
	}
	if len(b) == 0 || b[0] != '{' {
		return false
	}
	b = trimStart(b[1:])
	return len(b) > 0 && (b[0] == '"' || b[0] == '}')
}

// trimStart cuts white space, a byte order mark and the record separators of RFC 7464 off the start of b.
func trimStart(b []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\ufeff")), " \t\r\n\x1e")
}

// Open returns a reader of the records of r. Which of the shapes it has is told from its first bytes. No more than one
// record, and a record of at most o.Limit() bytes, is held. A record that is broken or too large is a fault, and the reader
// goes on at the next line or the next member of the list. What stands around the list in the answer of a search interface
// (totals, pages) is not of any record and is skipped.
func Open(r io.Reader, o record.Options) record.Reader { return OpenWith(r, o, article) }

// Decode makes an article of a record: a valid JSON object, of at most fields.MaxDepth levels.
type Decode func(raw []byte, at record.Place, o record.Options) (index.Article, error)

// OpenWith is Open for a format whose records are JSON objects in one of these shapes and mean something else.
func OpenWith(r io.Reader, o record.Options, decode Decode) record.Reader {
	in := window.New(r, o.Limit())
	head := in.Peek(record.SniffLen)
	if n := len(head) - len(trimStart(head)); n > 0 {
		in.Skip(n)
		head = head[n:]
	}
	if isLines(head, in.Ended()) {
		return &lines{in: in, options: o, decode: decode}
	}
	return &stream{in: in, options: o, decode: decode}
}

// isLines reports whether the first line of a stream is one object that is no envelope, or cannot be JSON at all.
func isLines(head []byte, ended bool) bool {
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return true
	}
	line, _, found := bytes.Cut(head, []byte("\n"))
	if head[0] == '[' || !found && !ended {
		return false
	}
	var s scanner
	n, state := s.scan(line)
	if state != done || len(bytes.TrimSpace(line[n:])) > 0 {
		return false
	}
	_, _, ok := envelope(line)
	return !ok
}

// of returns the Decode of a record that begins at a place. cut says that the stream ended in its midst, if it is
// incomplete at all.
func (d Decode) of(raw []byte, at record.Place, o record.Options, cut bool) func() (index.Article, error) {
	return func() (index.Article, error) {
		if fault := check(raw, at, cut); fault != nil {
			return index.Article{}, fault
		}
		return d(raw, at, o)
	}
}

// article is the Decode of JSON lines.
func article(raw []byte, at record.Place, o record.Options) (index.Article, error) {
	return fields.Article(members(raw), fields.Options{Place: at, Format: name, Source: o.Source})
}

// members returns the members of a record. Those of _source and fields, under which Elasticsearch and the Guardian have the
// article's own, count as the record's.
func members(raw []byte) []fields.Field {
	list := make([]fields.Field, 0, 24)
	var add func(name string, value []byte)
	add = func(name string, value []byte) {
		if (name == "_source" || name == "fields") && value[0] == '{' {
			fields.Each(value, add)
			return
		}
		list = append(list, fields.Field{Name: name, Value: fields.JSON(value)})
	}
	fields.Each(raw, add)
	return list
}

// check says why a record is no JSON object, or returns nil.
func check(raw []byte, at record.Place, cut bool) *record.Fault {
	if !json.Valid(raw) {
		var v json.RawMessage
		err := json.Unmarshal(raw, &v)
		if cut && err != nil && err.Error() == "unexpected end of JSON input" {
			return record.Faultf(at, record.Truncated, "the stream ends inside the record")
		}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return record.Faultf(at, record.BadSyntax, "%v, at byte %d of the record", err, syntax.Offset)
		}
		return record.Faultf(at, record.BadSyntax, "%v", err)
	}
	switch {
	case raw[0] != '{':
		return record.Faultf(at, record.BadSyntax, "the record is no JSON object")
	case fields.Depth(raw) > fields.MaxDepth:
		return record.Faultf(at, record.BadSyntax, "lists and objects lie more than %d deep in each other", fields.MaxDepth)
	}
	return nil
}
