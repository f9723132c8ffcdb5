package warc

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"dateline/index/source/charset"
)

// maxHead bounds the header of a record and that of an HTTP response.
const maxHead = 64 << 10

// header is the header of a record.
type header struct {
	kind        string // WARC-Type in lower case
	length      int64  // of the block; negative when it is not told
	uri         string
	contentType string
	date        time.Time
	fields      fields
	extra       []string // names of the fields that an article keeps
}

// dialect is the layout of an archive's records.
type dialect interface {
	// begins reports whether a header begins here.
	begins(b []byte) bool
	// find returns where, in b, a header begins behind its first byte, or -1.
	find(b []byte) int
	// header reads a header and returns how long it is; 0 when b ends within it, -1 when another record begins within it. An
	// error is one of what it says.
	header(b []byte) (header, int, error)
}

// fields are lines of a name, a colon and a value, as in the headers of WARC and HTTP.
type fields []field

type field struct{ name, value string }

// readFields reads lines up to an empty one. A line that begins with a blank continues the one before.
func readFields(b []byte) fields {
	var list fields
	for len(b) > 0 {
		var line []byte
		line, b, _ = bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		if n := len(list); n > 0 && (line[0] == ' ' || line[0] == '\t') {
			list[n-1].value += " " + clean(line)
			continue
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok {
			list = append(list, field{clean(name), clean(value)})
		}
	}
	return list
}

func clean(b []byte) string { return strings.TrimSpace(charset.Clean(string(b))) }

// get returns the first value of a name, in any case.
func (l fields) get(name string) string {
	for _, f := range l {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// headLength returns the length of a header up to the empty line behind it, or 0 when b has no such line.
func headLength(b []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return 0
		}
		at += i + 1
		switch rest := b[at:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return at + 1
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return at + 2
		}
	}
}

// recordHead is headLength for a record, -1 when another begins within it: with a line, or somewhere in one once the header
// is longer than any should be. Else a file of nothing but beginnings would be searched again and again.
func recordHead(b []byte, at int) int {
	for {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return 0
		}
		line := bytes.TrimRight(b[at:at+i], "\r")
		if len(line) == 0 {
			return at + i + 1
		}
		if k := bytes.Index(line, []byte("WARC/")); k >= 0 && (k == 0 || at > 4<<10) && versionLine(b[at+k:]) > 0 {
			return -1
		}
		at += i + 1
	}
}

// versionLine returns the length of the line "WARC/1.0" that b begins with, or 0.
func versionLine(b []byte) int {
	rest, ok := bytes.CutPrefix(b, []byte("WARC/"))
	if !ok {
		return 0
	}
	n := bytes.IndexByte(rest[:min(len(rest), 16)], '\n')
	if n < 0 {
		return 0
	}
	major, minor, ok := strings.Cut(strings.TrimRight(string(rest[:n]), " \r"), ".")
	if !ok || !digits(major) || !digits(minor) {
		return 0
	}
	return len("WARC/") + n + 1
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// warc is the layout of WARC (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/).
type warc struct{}

func (warc) begins(b []byte) bool { return versionLine(b) > 0 }

// find looks for a version line with a field of the format behind it. It may stand within a line, where the end of the
// record before was lost.
func (warc) find(b []byte) int {
	for at := min(1, len(b)); ; {
		i := bytes.Index(b[at:], []byte("WARC/"))
		if i < 0 {
			return -1
		}
		at += i
		n := versionLine(b[at:])
		field := b[at+n:]
		if n > 0 && (hasPrefixFold(field, "WARC-") || hasPrefixFold(field, "Content-")) {
			return at
		}
		at++
	}
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

func (warc) header(b []byte) (header, int, error) {
	version := versionLine(b)
	n := recordHead(b, version)
	if n <= 0 {
		return header{}, n, nil
	}
	list := readFields(b[version:n])
	h := header{
		kind: strings.ToLower(list.get("WARC-Type")), uri: strings.Trim(list.get("WARC-Target-URI"), "<>"), // wget puts it in brackets
		contentType: list.get("Content-Type"), date: parseDate(list.get("WARC-Date")), fields: list,
		extra: []string{"WARC-Record-ID", "WARC-Date", "WARC-Truncated"},
	}
	var err error
	h.length, err = strconv.ParseInt(list.get("Content-Length"), 10, 64)
	if err == nil && h.length < 0 {
		err = strconv.ErrRange
	}
	return h, n, err
}

// dates of WARC 1.1 may be cut off at any part.
var dateLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "20060102150405", "2006-01-02T15:04Z", "2006-01-02", "2006-01", "2006"}

func parseDate(s string) time.Time {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
