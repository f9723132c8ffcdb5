// Package source picks the reader for a news file by looking into it.
package source

import (
	"bytes"
	"mime"
	"slices"
	"strings"
	"unicode"

	"dateline/index/source/charset"
	"dateline/index/source/csv"
	"dateline/index/source/gkg"
	"dateline/index/source/html"
	"dateline/index/source/jsonl"
	"dateline/index/source/mail"
	"dateline/index/source/markdown"
	"dateline/index/source/newsml"
	"dateline/index/source/ninjs"
	"dateline/index/source/nitf"
	"dateline/index/source/record"
	"dateline/index/source/reuters"
	"dateline/index/source/rss"
	"dateline/index/source/sitemap"
	"dateline/index/source/text"
	"dateline/index/source/warc"
)

// Formats are the formats that are read, in the order in which a stream is tried for them: what can be told for certain
// comes first.
var Formats = withArchives([]record.Format{
	reuters.Format, nitf.Format, newsml.Format, gkg.Format, mail.MBOX, mail.EML, markdown.Format, text.Format,
	sitemap.Format, rss.Format, html.Format, ninjs.Format,
	jsonl.Format, csv.Format,
})

// single are the formats in which a stream is one record.
var single = []string{"text", "html"}

// withArchives adds the format whose records are in the others.
func withArchives(formats []record.Format) []record.Format {
	return append([]record.Format{warc.New(warc.Payloads{
		Raw: func(head []byte, whole bool) (record.Format, bool) { return sniff(formats, head, whole, true) },
		Text: func(head []byte, whole bool, contentType string) (record.Format, bool) {
			if f, ok := sniff(formats, head, whole, false); ok {
				return f, true
			}
			return byName(formats, nameByContentType(contentType))
		},
		One: func(format string) bool { return slices.Contains(single, format) },
	})}, formats...)
}

// aliases are other names of formats.
var aliases = map[string]string{"json": jsonl.Format.Name}

// Names returns the names that ByName knows, as a user reads them in a list.
func Names() []string {
	return []string{
		"text", "jsonl", "json", "csv", "html", "rss", "nitf", "newsml", "ninjs", "sitemap", "gkg", "eml", "mbox", "markdown", "reuters", "warc",
	}
}

// ByName returns the format of that name.
func ByName(name string) (record.Format, bool) {
	if full, ok := aliases[name]; ok {
		name = full
	}
	return byName(Formats, name)
}

func byName(formats []record.Format, name string) (record.Format, bool) {
	for _, f := range formats {
		if f.Name == name {
			return f, true
		}
	}
	return record.Format{}, false
}

// DetectRaw returns the format of a stream of bytes that begins with head, as it stands, if it is one that reads bytes.
func DetectRaw(head []byte, whole bool) (record.Format, bool) {
	return sniff(Formats, head, whole, true)
}

// sniff returns the first of the formats of bytes, or of text, that a stream is of.
func sniff(formats []record.Format, head []byte, whole, raw bool) (record.Format, bool) {
	for _, f := range formats {
		if f.Raw == raw && f.Sniff(head, whole) {
			return f, true
		}
	}
	return record.Format{}, false
}

// Detect returns the format of a stream that begins with head, in UTF-8, at most record.SniffLen bytes; whole says that
// nothing follows. Prose of no known format and empty files go to the text reader, which says what they lack. Binary files
// and markup that is not known are no news.
func Detect(head []byte, whole bool) (record.Format, bool) {
	if f, ok := sniff(Formats, head, whole, false); ok {
		return f, true
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
	"application/nitf+xml": "nitf", "text/vnd.iptc.nitf": "nitf", "text/vnd.iptc.newsml": "newsml",
	"application/vnd.iptc.g2.newsmessage+xml": "newsml", "application/vnd.iptc.g2.newsitem+xml": "newsml",
	"application/ninjs+json": "ninjs", "application/vnd.iptc.ninjs+json": "ninjs",
	"text/csv": "csv", "application/csv": "csv", "text/plain": "text", "text/sgml": "reuters", "application/sgml": "reuters",
	"application/rss+xml": "rss", "application/atom+xml": "rss", "application/rdf+xml": "rss", "application/feed+json": "rss", "text/rss": "rss",
	"application/rss": "rss", "application/x-rss+xml": "rss", "application/atom": "rss",
	"application/warc": "warc",
	"message/rfc822":   "eml", "application/mbox": "mbox", "text/markdown": "markdown",
}

// ByContentType returns the format that an HTTP Content-Type names. Types that say nothing of the format, such as
// application/octet-stream, and none at all are not found: Detect tells more.
func ByContentType(ct string) (record.Format, bool) { return ByName(nameByContentType(ct)) }

// nameByContentType returns the name of the format that an HTTP Content-Type names, or "".
func nameByContentType(ct string) string {
	mediatype := mediaType(ct)
	if name, ok := types[mediatype]; ok {
		return name
	}
	if strings.HasSuffix(mediatype, "+json") {
		return jsonl.Format.Name
	}
	return ""
}

// mediaType returns a media type without its parameters, in lower case.
func mediaType(ct string) string {
	mediatype, _, err := mime.ParseMediaType(ct)
	if err != nil {
		mediatype, _, _ = strings.Cut(ct, ";") // a broken parameter leaves the type
		mediatype = strings.ToLower(strings.TrimSpace(mediatype))
	}
	return mediatype
}
