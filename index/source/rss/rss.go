// Package rss reads news feeds: RSS 0.9 to 2.0, RSS 1.0 in RDF, Atom 0.3 and 1.0, JSON Feed, and the exports of WordPress,
// which are RSS.
package rss

import (
	"bytes"
	"io"
	"regexp"
	"slices"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/soup"
	"dateline/index/source/window"
)

const name = "rss"

// Format is the format "rss".
var Format = record.Format{Name: name, Sniff: Sniff, Open: Open}

// maxJunk is how far from its start a feed may begin: warnings of the program that made it stand before it.
const maxJunk = 4 << 10

// feedTag is the beginning of a root element of a feed.
var feedTag = regexp.MustCompile(`(?i)<(?:[a-z0-9_]+:)?(rss|rdf|feed|channel)[\s/>]`)

// pageTag is what shows that a feed's tag stands in a page or in something else.
var pageTag = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|body|article|newsml|nitf|reuters|opml|urlset)[\s>]`)

// Sniff reports whether a stream begins with a feed. What stands before its first tag does not matter.
func Sniff(head []byte, whole bool) bool {
	if isJSON(head) {
		return sniffJSON(head)
	}
	from := prologue(head)
	at := feedTag.FindSubmatchIndex(head[from:min(len(head), from+maxJunk)])
	if at == nil {
		return false
	}
	junk, rest := head[from:from+at[0]], head[from+at[0]:]
	tag, _, _ := bytes.Cut(rest, []byte(">"))
	isAtom := bytes.Contains(tag, []byte("www.w3.org/2005/Atom")) || bytes.Contains(tag, []byte("purl.org/atom"))
	first := len(junk) == 0
	switch string(bytes.ToLower(rest[at[2]-at[0] : at[3]-at[0]])) {
	case "feed":
		return isAtom || first && (bytes.Contains(rest, []byte("entry")) || bytes.Contains(rest, []byte("<title")))
	case "rdf":
		return !pageTag.Match(junk) && (bytes.Contains(rest, []byte("purl.org/rss/1.0")) || bytes.Contains(rest, []byte("netscape.com")) ||
			bytes.Contains(rest, []byte("<item")))
	case "rss":
		return first || !pageTag.Match(junk) && bytes.Contains(rest, []byte("<channel"))
	}
	return first // a channel without more around it
}

// prologue returns how much of head is the prologue of a document: blanks, declarations and comments.
func prologue(head []byte) int {
	i := 0
	for {
		rest := bytes.TrimLeft(head[i:], " \t\r\n\uFEFF")
		i = len(head) - len(rest)
		end := -1
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			if end = bytes.Index(rest, []byte("-->")); end >= 0 {
				end += 2
			}
		case bytes.HasPrefix(rest, []byte("<?")):
			end = bytes.IndexByte(rest, '>')
		case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
			end = doctypeEnd(rest)
		}
		if end < 0 {
			return i
		}
		i += end + 1
	}
}

// doctypeEnd returns where the bracket is that closes a document type.
func doctypeEnd(b []byte) int {
	n := bytes.IndexAny(b, "[>")
	if n < 0 || b[n] == '>' {
		return n
	}
	close := bytes.IndexByte(b[n:], ']')
	if close < 0 {
		return -1
	}
	n += close
	if close = bytes.IndexByte(b[n:], '>'); close < 0 {
		return -1
	}
	return n + close
}

// Open returns a reader of the items of a feed, in their order. It cuts them out itself, because the libraries for feeds hold a
// whole one in memory and stop at what is broken. It holds one item of at most o.Limit() bytes and its feed's head. XML is read whatever is broken about it; an item that cannot be made out is a fault, and those after it are read.
func Open(r io.Reader, o record.Options) record.Reader {
	in := window.New(r, o.Limit())
	head := in.Peek(record.SniffLen)
	if isJSON(head) {
		return openJSON(in, o)
	}
	return &reader{cut: soup.NewCutter(in, "item", "entry"), options: o}
}

// reader reads a feed in XML.
type reader struct {
	cut     *soup.Cutter
	options record.Options
	feed    *feed
}

// Next returns the next item.
func (r *reader) Next() (record.Record, error) {
	piece, err := r.cut.Next()
	if err != nil {
		return record.Record{}, err
	}
	if r.feed == nil || r.feed.head != piece.Head {
		r.feed = &feed{head: piece.Head, options: r.options}
	}
	f := r.feed
	return record.Record{Place: piece.Place, Decode: func() (index.Article, error) { return f.article(piece) }}, nil
}

// leaves are elements of an item that never have elements in them.
var leaves = []string{"link", "guid", "pubdate", "category", "enclosure", "id", "updated", "published", "issued", "modified", "comments",
	"date", "language"}

// leaf reports whether an element is one of these. An unclosed one ends where the next begins.
func leaf(local string) bool { return slices.Contains(leaves, local) }
