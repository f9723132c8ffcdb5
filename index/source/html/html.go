// Package html reads a web page: the article that stands in it, without what the page puts around it.
package html

import (
	"bytes"
	"io"

	"dateline/index"
	"dateline/index/source/record"
)

// Format is a web page, one article a stream.
var Format = record.Format{Name: formatName, Sniff: Sniff, Open: Open}

const formatName = "html"

// Sniff reports whether a stream begins as a web page does: with the document type, or with an element that only HTML has.
// Comments, white space, a byte order mark and an XML declaration may stand before it. Feeds, sitemaps and the SGML and XML of
// news agencies begin otherwise.
func Sniff(head []byte, whole bool) bool {
	for {
		head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n\f\x00")
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			_, rest, found := bytes.Cut(head, []byte("-->"))
			if !found {
				return false
			}
			head = rest
		case bytes.HasPrefix(head, []byte("<?")):
			_, rest, found := bytes.Cut(head, []byte(">"))
			if !found {
				return false
			}
			head = rest
		case hasPrefixFold(head, "<!doctype"):
			return isDoctype(head[len("<!doctype"):])
		default:
			return beginsPage(head)
		}
	}
}

// isDoctype reports whether a document type, less its beginning, is that of HTML.
func isDoctype(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return hasPrefixFold(rest, "html") && (len(rest) == 4 || bytes.IndexByte([]byte(" \t\r\n>["), rest[4]) >= 0)
}

// beginsPage reports whether markup begins with an element that begins a page. A page that lost its <html> and <head> begins
// with what stands in them, and then has more of them; a piece of markup of which that cannot be told is a page with a body.
func beginsPage(head []byte) bool {
	if len(head) == 0 || head[0] != '<' {
		return false
	}
	name := head[1:min(len(head), 16)]
	end := bytes.IndexAny(name, " \t\r\n/>")
	if end < 0 {
		return false
	}
	switch string(bytes.ToLower(name[:end])) {
	case "html", "head", "body", "meta", "base":
		return true
	case "title", "link", "script", "style", "div", "p", "table", "center", "main", "article", "section", "header", "h1", "noscript", "a", "span":
		lower := bytes.ToLower(head)
		for _, sign := range []string{"<body", "<head", "</html>", "</body>", "<meta ", "</p>", "</div>"} {
			if bytes.Contains(lower, []byte(sign)) && !bytes.Contains(lower, []byte("<rss")) && !bytes.Contains(lower, []byte("<nitf")) {
				return true
			}
		}
	}
	return false
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && bytes.EqualFold(b[:len(prefix)], []byte(prefix))
}

// Open returns a reader of the one record of a page. A page of more than o.Limit() bytes is a fault.
func Open(r io.Reader, o record.Options) record.Reader {
	return record.Whole(r, o, "page", func(raw []byte, at record.Place) (index.Article, error) { return Article(string(raw), at, o) })
}
