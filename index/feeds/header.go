package feeds

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"dateline/index/source"
	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// header is what a document says of itself before its first item.
type header struct {
	feed  bool // it may be a feed; what is neither that nor a page is no feed that is known
	page  bool
	title string
	hint  time.Duration // the time from poll to poll that it asks for; 0 when it does not
}

// maxHeader is how far into a document its header is looked for.
const maxHeader = 256 << 10

// readHeader reads the beginning of a document in UTF-8. Markup is read token by token, as leniently as pages are, for feeds
// are as often broken.
func readHeader(body []byte) header {
	head := body[:min(len(body), maxHeader)]
	if trimmed := bytes.TrimLeft(head, "\ufeff \t\r\n"); len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[') {
		return jsonHeader(body)
	}
	var h header
	z := html.NewTokenizer(bytes.NewReader(head))
	z.SetMaxBuf(maxHeader)
	z.AllowCDATA(true)
	var s syndication
	for {
		switch z.Next() {
		case html.ErrorToken:
			return h.finish(s, head)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if !h.open(string(name), z, &s) {
				return h.finish(s, head)
			}
		}
	}
}

// syndication is how often a feed says that it changes (RSS 1.0, module Syndication).
type syndication struct {
	period    string
	frequency int
	ttl       time.Duration
}

// open looks at a tag, and reports whether the header goes on.
func (h *header) open(name string, z *html.Tokenizer, s *syndication) bool {
	local := name[strings.IndexByte(name, ':')+1:]
	switch {
	case slices.Contains([]string{"rss", "rdf", "feed", "channel"}, local):
		h.feed = true
	case !h.feed && (name == "html" || name == "body"):
		h.page = true
		return false
	case local == "item" || local == "entry" || local == "items":
		return local == "items"
	case name == "title" && h.title == "":
		h.title = textOf(z)
	case name == "ttl":
		n, _ := strconv.Atoi(textOf(z))
		s.ttl = time.Duration(min(max(n, 0), 7*24*60)) * time.Minute
	case local == "updateperiod":
		s.period = strings.ToLower(textOf(z))
	case local == "updatefrequency":
		s.frequency, _ = strconv.Atoi(textOf(z))
	}
	return true
}

// textOf is the text right after a tag, on one line.
func textOf(z *html.Tokenizer) string {
	if z.Next() != html.TextToken {
		return ""
	}
	text := strings.TrimSpace(string(z.Text()))
	if inside, ok := strings.CutPrefix(text, "<![CDATA["); ok { // as <title>, whose content is text to the tokenizer
		text, _, _ = strings.Cut(inside, "]]>")
	}
	return oneLine(html.UnescapeString(text))
}

// oneLine makes a short line of a foreign text.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(charset.Clean(s)), " ")
	if r := []rune(s); len(r) > 200 {
		s = string(r[:200]) + "…"
	}
	return s
}

// periods are the values of sy:updatePeriod.
var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// finish makes a hint of what was found, and looks at what the sources know when it was nothing.
func (h header) finish(s syndication, head []byte) header {
	h.hint = max(s.ttl, periods[s.period]/time.Duration(max(s.frequency, 1)))
	if !h.feed && !h.page {
		h.byFormat(head)
	}
	return h
}

// byFormat has the readers of formats tell whether a document is one that a feed may be in.
func (h *header) byFormat(body []byte) {
	head := body[:min(len(body), record.SniffLen)]
	whole := len(head) == len(body)
	f, ok := source.DetectRaw(head, whole)
	if !ok {
		f, ok = source.Detect(head, whole)
	}
	h.page = ok && f.Name == "html"
	h.feed = ok && !slices.Contains([]string{"html", "text", "csv"}, f.Name)
}

// jsonHeader reads a JSON Feed, or articles as JSON.
func jsonHeader(body []byte) header {
	var h header
	var feed struct {
		Title string
		Items json.RawMessage
	}
	if json.Unmarshal(body, &feed) == nil && feed.Items != nil { // else each object is an article
		h.title = oneLine(feed.Title)
	}
	h.byFormat(body)
	return h
}

// decoded returns a document with the character set that its host names, where it does not name one itself, made UTF-8.
func decoded(body []byte, contentType string) []byte {
	head := body[:min(len(body), record.SniffLen)]
	_, params, err := mime.ParseMediaType(contentType)
	if name := params["charset"]; err == nil && name != "" && charset.Declared(head) == "" && !charset.IsBinary(head) {
		if text, err := io.ReadAll(charset.NewReader(bytes.NewReader(body), name)); err == nil {
			return text
		}
	}
	return body
}

// inUTF8 returns a document in UTF-8, by what it says of itself.
func inUTF8(body []byte) []byte {
	head := body[:min(len(body), record.SniffLen)]
	text, err := io.ReadAll(charset.NewReader(bytes.NewReader(body), charset.Declared(head)))
	if err != nil {
		return body
	}
	return text
}

// maxNamed bounds the feeds that a page may name.
const maxNamed = 20

// named returns the feeds that a page names, in its order, those of comments last.
func named(page []byte, address string) []string {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	var feeds, comments []string
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), 1<<20)]))
	z.SetMaxBuf(maxHeader)
	for len(feeds)+len(comments) < maxNamed {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		switch t := z.Token(); t.Data {
		case "base":
			if u, err := base.Parse(attribute(t, "href")); err == nil {
				base = u
			}
		case "link":
			u, err := base.Parse(strings.TrimSpace(attribute(t, "href")))
			if err != nil || !namesFeed(t) || slices.Contains(feeds, u.String()) || slices.Contains(comments, u.String()) {
				continue
			}
			if strings.Contains(strings.ToLower(u.Path+attribute(t, "title")), "comment") {
				comments = append(comments, u.String())
			} else {
				feeds = append(feeds, u.String())
			}
		}
	}
	return append(feeds, comments...)
}

// namesFeed reports whether a link of a page leads to a feed of it.
func namesFeed(t html.Token) bool {
	kind, _, _ := strings.Cut(strings.ToLower(attribute(t, "type")), ";")
	feed := slices.Contains([]string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}, strings.TrimSpace(kind))
	rel := strings.Fields(strings.ToLower(attribute(t, "rel")))
	return attribute(t, "href") != "" && (feed && slices.Contains(rel, "alternate") || slices.Contains(rel, "feed"))
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
