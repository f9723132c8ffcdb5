package charset

import (
	"bytes"
	"strings"

	nethtml "golang.org/x/net/html/charset"
)

// declaredLen is how far a declaration is looked for: the HTML standard reads 1,024 bytes, but pages put scripts before it.
const declaredLen = 8 << 10

// Declared returns the charset that markup which begins with head says of itself, as a label that HTML and HTTP use: that
// of an XML declaration, or of an HTML meta element. It returns "" for other text and for markup that does not say.
func Declared(head []byte) string {
	head = head[:min(len(head), declaredLen)]
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return ""
	}
	if bytes.HasPrefix(head, []byte("<?xml")) {
		end := bytes.Index(head, []byte("?>"))
		if end < 0 {
			return ""
		}
		if label := attribute(head[:end], "encoding"); label != "" {
			return label
		}
		head = head[end:]
	}
	for {
		i := indexFold(head, "<meta")
		if i < 0 {
			return ""
		}
		head = head[i+len("<meta"):]
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			end = len(head)
		}
		if label := attribute(head[:end], "charset"); label != "" {
			return label
		}
	}
}

// attribute returns the value behind a name and "=", quoted or not, if it is a charset that is known. The value of a meta
// element's content, "text/html; charset=x", is found so too.
func attribute(tag []byte, name string) string {
	for {
		i := indexFold(tag, name)
		if i < 0 {
			return ""
		}
		tag = tag[i+len(name):]
		rest := bytes.TrimLeft(tag, " \t\r\n")
		if !bytes.HasPrefix(rest, []byte("=")) {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n\"'")
		if end := bytes.IndexAny(rest, " \t\r\n\"';/>?"); end >= 0 {
			rest = rest[:end]
		}
		if enc, _ := nethtml.Lookup(string(rest)); enc != nil {
			return string(rest)
		}
	}
}

// indexFold is bytes.Index for a word of lower-case ASCII, found in any case.
func indexFold(b []byte, word string) int {
	first := word[:1]
	if upper := strings.ToUpper(first); upper != first {
		first += upper
	}
	for at := 0; ; at++ {
		i := bytes.IndexAny(b[at:], first)
		if i < 0 || at+i+len(word) > len(b) {
			return -1
		}
		if at += i; bytes.EqualFold(b[at:at+len(word)], []byte(word)) {
			return at
		}
	}
}
