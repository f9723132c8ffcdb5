package page

import (
	"fmt"
	"html/template"
	"strings"
)

// A template takes some hundred times as long for a value as the value takes to be written, so what a page has by the hundred is
// written here, with the escapes that html/template has for it.

// escaped are the replacements of html/template in text and in attributes between quotes.
var escaped = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")

// markup is a piece of a page.
type markup struct{ strings.Builder }

// add writes markup and data by turns. The data is escaped.
func (m *markup) add(parts ...string) {
	for i, s := range parts {
		if i%2 == 0 {
			m.WriteString(s)
			continue
		}
		_, _ = escaped.WriteString(m, s) // a Builder takes everything
	}
}

// href is the attribute that leads to an address of this server, as a template writes it. No other address leads anywhere: those of
// articles are for templates.
func href(address string) template.HTMLAttr {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
		return `href="#"`
	}
	var b strings.Builder
	b.Grow(len(address) + 64)
	b.WriteString(`href="`)
	for i := range len(address) {
		switch c := address[i]; {
		case c == '&':
			b.WriteString("&amp;")
		case c == '+':
			b.WriteString("&#43;")
		case plainInAddress(c), c == '%' && i+2 < len(address) && hexDigit(address[i+1]) && hexDigit(address[i+2]):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02x", c)
		}
	}
	b.WriteByte('"')
	return template.HTMLAttr(b.String())
}

// plainInAddress reports whether a byte stands for itself in an address and in an attribute.
func plainInAddress(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~!#$*,/:;=?@[]", c) >= 0
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// aboutLink leads to the page about a name; it is nothing without an address.
func aboutLink(name, address string) template.HTML {
	if address == "" {
		return ""
	}
	var m markup
	m.Grow(192 + len(address) + 2*len(name))
	m.add(`<a class="aboutlink" `+string(href(address))+` rel="nofollow" title="About `, name, `"><span class="hidden">About `, name, `</span><span aria-hidden="true">›</span></a>`)
	return template.HTML(m.String())
}

// drawBars draws the bars that lead somewhere.
func drawBars(bars []bar) template.HTML {
	var m markup
	m.Grow(512 * len(bars)) // about what they take
	for _, b := range bars {
		if b.URL == "" {
			continue
		}
		m.add(`<a `+string(href(b.URL))+` tabindex="-1" rel="nofollow"><title>`, b.Title, `</title><rect class="reach" x="`, b.HitX, `" y="0" width="`, b.HitWidth,
			`" height="100%"></rect><rect class="bar" x="`, b.X, `" y="`, b.Y, `" width="`, b.Width, `" height="`, b.Height, "\"></rect></a>\n")
	}
	return template.HTML(m.String())
}

// drawRows draws those as rows of a table.
func drawRows(bars []bar, shares bool) template.HTML {
	var m markup
	m.Grow(256 * len(bars))
	for _, b := range bars {
		if b.URL == "" {
			continue
		}
		m.add(`<tr><th scope="row"><a `+string(href(b.URL))+` rel="nofollow">`, b.Label, `</a></th><td>`, b.Count, `</td><td>`, b.All, `</td>`)
		if shares {
			m.add(`<td>`, b.Share, `</td>`)
		}
		m.add("</tr>\n")
	}
	return template.HTML(m.String())
}
