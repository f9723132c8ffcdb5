package warc

import (
	"bytes"
	"strconv"
	"strings"
)

// arc is the layout of ARC (https://archive.org/web/researcher/ArcFileFormat.php): a line of address, host, date, type and
// length, in version 2 with more in between, and the block. Blanks in an address were not always escaped.
type arc struct{}

// fileDescription begins the address of the record that describes the file.
const fileDescription = "filedesc:"

// maxLine bounds the line of a record: addresses have at most a few thousand bytes.
const maxLine = 16 << 10

// begins reports whether b begins with a line of an address, and a date and a length where they belong.
func (arc) begins(b []byte) bool {
	parts, _ := arcLine(b)
	return parts != nil
}

// find looks for such a line.
func (a arc) find(b []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return -1
		}
		at += i + 1
		if a.begins(b[at:]) {
			return at
		}
	}
}

// arcLine takes the line that b begins with apart: address, date, type and length. It returns nil for another line.
func arcLine(b []byte) (parts []string, n int) {
	scheme, _, ok := bytes.Cut(b[:min(len(b), 16)], []byte(":"))
	if !ok || len(scheme) < 3 || len(bytes.Trim(scheme, "abcdefghijklmnopqrstuvwxyz")) > 0 {
		return nil, 0
	}
	n = bytes.IndexByte(b[:min(len(b), maxLine)], '\n') + 1
	if n == 0 {
		return nil, 0
	}
	words := strings.Fields(clean(b[:n]))
	for _, behind := range []int{4, 9} { // of the address, in version 1 and 2
		date := len(words) - behind + 1
		if date < 2 {
			continue
		}
		if at := words[date]; len(at) >= 12 && len(at) <= 18 && digits(at) {
			return []string{strings.Join(words[:date-1], " "), at, words[date+1], words[len(words)-1]}, n
		}
	}
	return nil, 0
}

func (arc) header(b []byte) (header, int, error) {
	parts, n := arcLine(b)
	if parts == nil {
		return header{}, 0, nil
	}
	h := header{
		kind: "response", uri: parts[0], contentType: parts[2], date: parseDate(parts[1][:min(14, len(parts[1]))]),
		fields: fields{{"Archive-date", parts[1]}}, extra: []string{"Archive-date"},
	}
	if strings.HasPrefix(h.uri, fileDescription) {
		h.kind = "warcinfo"
	}
	var err error
	h.length, err = strconv.ParseInt(parts[3], 10, 64)
	if err == nil && h.length < 0 {
		err = strconv.ErrRange
	}
	return h, n, err
}
