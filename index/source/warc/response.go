package warc

import (
	"bytes"
	"cmp"
	"mime"
	"strconv"
	"strings"

	"dateline/index/source/record"
)

// response is what was fetched, without the lines of HTTP before it.
type response struct {
	contentType string
	transfer    string // Transfer-Encoding
	encoding    string // Content-Encoding
	length      int64  // that the server told; negative when it did not
	body        []byte
}

// readResponse takes the block of a record apart. The fault says why it holds no news whatever its content.
func readResponse(c *capture) (response, *record.Fault) {
	p := response{contentType: c.contentType, length: -1, body: c.block}
	if isHTTP(c) {
		n := headLength(c.block)
		if n == 0 {
			n = len(c.block)
		}
		status, head, _ := bytes.Cut(c.block[:n], []byte("\n"))
		if code := statusOf(status); code != "200" {
			return p, c.fault(record.NotNews, "HTTP status %s", cmp.Or(code, "missing"))
		}
		list := readFields(head)
		p.contentType, p.transfer, p.encoding = list.get("Content-Type"), list.get("Transfer-Encoding"), list.get("Content-Encoding")
		if told, err := strconv.ParseInt(list.get("Content-Length"), 10, 64); err == nil {
			p.length = told
		}
		p.body = c.block[n:]
	}
	if p.contentType == "" {
		p.contentType = c.fields.get("WARC-Identified-Payload-Type")
	}
	switch {
	case ofCrawler(c.uri):
		return p, c.fault(record.NotNews, "a note of the crawler")
	case isRobots(c.uri):
		return p, c.fault(record.NotNews, "robots.txt")
	case noNews(mediaType(p.contentType)):
		return p, c.fault(record.NotNews, "%s", mediaType(p.contentType))
	case c.overlong:
		return p, c.fault(record.TooLarge, "the record has %d bytes", c.length)
	case len(bytes.TrimSpace(p.body)) == 0:
		return p, c.fault(record.Empty, "the payload is empty")
	}
	return p, nil
}

// isHTTP reports whether a block has the lines of HTTP in front.
func isHTTP(c *capture) bool {
	return c.kind == "response" && bytes.HasPrefix(c.block, []byte("HTTP/")) || mediaType(c.contentType) == "application/http"
}

// statusOf returns the code of a status line, or "".
func statusOf(line []byte) string {
	words := strings.Fields(string(line[:min(len(line), 100)]))
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") || !digits(words[1]) {
		return ""
	}
	return words[1]
}

// ofCrawler reports whether an address is not one of the web: names looked up, logs, and the text and the pictures that
// crawlers make of pages.
func ofCrawler(uri string) bool {
	scheme, _, ok := strings.Cut(uri, ":")
	if !ok {
		return false
	}
	switch strings.ToLower(scheme) {
	case "dns", "whois", "metadata", "urn", "filedesc", "screenshot":
		return true
	}
	return false
}

func isRobots(uri string) bool {
	uri, _, _ = strings.Cut(uri, "?")
	_, path, ok := strings.Cut(uri, "://")
	return ok && strings.Count(path, "/") == 1 && strings.HasSuffix(path, "/robots.txt")
}

// mediaType returns a media type without its parameters, in lower case.
func mediaType(contentType string) string {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		t, _, _ = strings.Cut(contentType, ";") // a broken parameter leaves the type
		t = strings.ToLower(strings.TrimSpace(t))
	}
	return t
}

// charsetOf returns the charset that a media type names, or "".
func charsetOf(contentType string) string {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return parameters["charset"]
}

// noNews reports whether a media type is never that of news, whatever the bytes look like.
func noNews(mediatype string) bool {
	kind, sub, _ := strings.Cut(mediatype, "/")
	switch kind {
	case "image", "audio", "video", "font":
		return true
	}
	switch sub {
	case "css", "javascript", "x-javascript", "ecmascript", "pdf", "dns", "wasm", "x-shockwave-flash", "font-woff":
		return true
	}
	return false
}
