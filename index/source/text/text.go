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

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// Format is the format "text".
var Format = record.Format{Name: formatName, Sniff: sniff, Open: open}

const formatName = "text"

// sniff reports whether the first line that is not blank is a header, be its date possible or not.
func sniff(head []byte, whole bool) bool {
	line, _, ended := strings.Cut(strings.TrimLeft(string(head[:min(len(head), 1024)]), "\uFEFF \t\r\n"), "\n")
	if !ended && !whole && len(head) < 1024 {
		return false
	}
	_, verdict := readHeader(charset.Clean(line))
	return verdict != noHeader
}

func open(r io.Reader, o record.Options) record.Reader {
	return record.Whole(r, o, "file", func(raw []byte, at record.Place) (index.Article, error) {
		return article(charset.Clean(string(raw)), at, o)
	})
}
