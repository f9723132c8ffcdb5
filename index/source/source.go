// Package source picks the reader for a news file by looking into it.
package source

import (
	"bytes"
	"mime"
	"strings"
	"unicode"

	"dateline/index/source/charset"
	"dateline/index/source/csv"
	"dateline/index/source/html"
	"dateline/index/source/jsonl"
	"dateline/index/source/record"
	"dateline/index/source/reuters"
	"dateline/index/source/text"
)

// Formats are the formats that are read, in the order in which a stream is tried for them: what can be told for certain
// comes first.
var Formats = []record.Format{reuters.Format, html.Format, text.Format, jsonl.Format, csv.Format}

// aliases are other names of formats.
var aliases = map[string]string{"json": jsonl.Format.Name}

// Names returns the names that ByName knows, as a user reads them in a list.
func Names() []string { return []string{"text", "jsonl", "json", "csv", "html", "reuters"} }

// ByName returns the format of that name.
func ByName(name string) (record.Format, bool) {
	if full, ok := aliases[name]; ok {
		name = full
	}
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return record.Format{}, false
}

// DetectRaw returns the format of a stream of bytes that begins with head, as it stands, if it is one that reads bytes.
func DetectRaw(head []byte, whole bool) (record.Format, bool) {
	for _, f := range Formats {
		if f.Raw && f.Sniff(head, whole) {
			return f, true
		}
	}
	return record.Format{}, false
}

// Detect returns the format of a stream that begins with head, in UTF-8, at most record.SniffLen bytes; whole says that
// nothing follows. Prose of no known format and empty files go to the text reader, which says what they lack. Binary files
// and markup that is not known are no news.
func Detect(head []byte, whole bool) (record.Format, bool) {
	for _, f := range Formats {
		if !f.Raw && f.Sniff(head, whole) {
			return f, true
		}
	}
	if charset.IsBinary(head) || bytes.HasPrefix(bytes.TrimLeftFunc(head, blank), []byte("<")) {
		return record.Format{}, false
	}
	return text.Format, true
}

func blank(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }

// types are the media types by which a format can be sent.
var types = map[string]string{
	"application/json": "jsonl", "application/jsonl": "jsonl", "application/x-ndjson": "jsonl", "application/ndjson": "jsonl",
	"application/x-jsonlines": "jsonl", "application/jsonlines": "jsonl", "application/json-seq": "jsonl", "text/json": "jsonl",
	"text/html": "html", "application/xhtml+xml": "html",
	"text/csv": "csv", "application/csv": "csv", "text/plain": "text", "text/sgml": "reuters", "application/sgml": "reuters",
}

// ByContentType returns the format that an HTTP Content-Type names. Types that say nothing of the format, such as
// application/octet-stream, and none at all are not found: Detect tells more.
func ByContentType(ct string) (record.Format, bool) {
	mediatype, _, err := mime.ParseMediaType(ct)
	if err != nil {
		mediatype, _, _ = strings.Cut(ct, ";") // a broken parameter leaves the type
		mediatype = strings.ToLower(strings.TrimSpace(mediatype))
	}
	if name, ok := types[mediatype]; ok {
		return ByName(name)
	}
	if strings.HasSuffix(mediatype, "+json") {
		return jsonl.Format, true
	}
	return record.Format{}, false
}
