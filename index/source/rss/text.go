package rss

import (
	"encoding/base64"
	"html"
	"strings"

	"dateline/index/source/charset"
	"dateline/index/source/markup"
	"dateline/index/source/soup"
)

// text is a text of a feed: HTML, or plain.
type text struct {
	value string
	html  bool
	lines bool // line ends count
}

// textOf reads a text. RSS does not say whether a text is HTML: one with tags is. Atom says it by the type, and text is the
// default; a text by default that plainly has tags is HTML nevertheless, for half of those who write Atom forget the type.
func textOf(n *soup.Node, atom bool) text {
	kind, mode := strings.ToLower(n.Attr("type")), n.Attr("mode")
	if mode == "base64" || atom && mode == "" && kind == "application/octet-stream" {
		if b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.Content()), "")); err == nil {
			return guess(charset.Clean(string(b)))
		}
	}
	switch {
	case n.Elements():
		var b strings.Builder
		render(&b, n, mode == "xml" || strings.Contains(kind, "xhtml") || strings.HasSuffix(kind, "xml"))
		return text{value: b.String(), html: true}
	case strings.Contains(kind, "html"):
		return text{value: n.Content(), html: true}
	case kind == "text" || kind == "text/plain" && atom:
		return text{value: n.Content()}
	}
	return guess(n.Content())
}

// guess takes a text for HTML that has its tags.
func guess(s string) text { return text{value: s, html: markup.Is(s)} }

// render writes the elements in a node as HTML, without attributes. escape is for XHTML, where a bracket in a text is one.
func render(b *strings.Builder, n *soup.Node, escape bool) {
	for _, k := range n.Kids {
		if k.Name == "" {
			if escape {
				b.WriteString(html.EscapeString(k.Text))
			} else {
				b.WriteString(k.Text)
			}
			continue
		}
		name := soup.Local(k.Name)
		b.WriteString("<" + name + ">")
		render(b, k, escape)
		switch name {
		case "br", "img", "hr", "input", "wbr", "col", "embed":
		default:
			b.WriteString("</" + name + ">")
		}
	}
}

// line returns the text in one line.
func (t text) line() string {
	if t.html {
		return markup.Line(t.value)
	}
	return oneLine(soup.Unescape(t.value)) // nobody means the &amp; that stands in so many titles
}

// prose returns the paragraphs of the text.
func (t text) prose() string {
	if t.html {
		return markup.Prose(t.value, t.lines)
	}
	return markup.Prose(html.EscapeString(soup.Unescape(t.value)), t.lines)
}
