// Package text reads articles in plain text, one a file:
//
//	 date 2024-03-14 HarbourGazette.com
//
//	Port Authority Reopens North Quay After Storm Repairs
//
//	Published March 14, 2024
//
//	ROTTERDAM (Harbour News / Sputnik - 14th March, 2024) The Port Authority said on Thursday that ...
//
// The first line names the day, perhaps with a time, and the source; the first paragraph is the title; lines of
// "Published" or "Updated" and a date are about the article; all other paragraphs are its body, datelines too.
package text

import (
	"io"
	"strings"

	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// Format is the format "text".
var Format = record.Format{Name: "text", Sniff: sniff, Open: open}

// sniff reports whether the first line that is not blank is a header, be its date possible or not.
func sniff(head []byte, whole bool) bool {
	line, _, ended := strings.Cut(strings.TrimLeft(string(head[:min(len(head), 1024)]), "\uFEFF \t\r\n"), "\n")
	if !ended && !whole && len(head) < 1024 {
		return false
	}
	_, verdict := readHeader(charset.Clean(line))
	return verdict != noHeader
}

func open(r io.Reader, o record.Options) record.Reader { return &reader{in: r, options: o} }

// reader yields the one record of a file.
type reader struct {
	in      io.Reader
	options record.Options
	done    bool
}

// Next returns the file as a record, then io.EOF. Of a file above the limit no more than the limit is read.
func (r *reader) Next() (record.Record, error) {
	if r.done {
		return record.Record{}, io.EOF
	}
	r.done = true
	at := record.Place{Number: 1, Line: 1}
	limit := r.options.Limit()
	raw, err := io.ReadAll(io.LimitReader(r.in, limit+1))
	if err != nil {
		return record.Record{}, err
	}
	if int64(len(raw)) > limit {
		return record.Record{}, record.Faultf(at, record.TooLarge, "the file has more than %d bytes", limit)
	}
	text := charset.Clean(string(raw))
	if strings.TrimSpace(text) == "" {
		return record.Record{}, record.Faultf(at, record.Empty, "the file has no text")
	}
	return record.Record{Place: at, Decode: decoder(text, r.options)}, nil
}
