package fields

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"dateline/index/source/charset"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line returns a text in one line with single blanks.
func (b *builder) line(s string) string {
	s = charset.Clean(s)
	if b.exported {
		return s
	}
	return fold(s)
}

// fold puts a text into one line with single blanks. One that is so already is not copied.
func fold(s string) string {
	for i := range len(s) {
		c := s[i]
		if c == '\n' || c == '\t' || c == '\r' || c >= 0x80 || c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// paragraphs returns a text with its lines trimmed and one blank line between paragraphs, its markup taken away.
func (b *builder) paragraphs(s string) string {
	s = charset.Clean(s)
	if b.exported {
		return s
	}
	if isMarkup(s) {
		s = charset.Clean(stripMarkup(s)) // markup can spell what Clean takes out
	}
	out := make([]byte, 0, len(s))
	blank := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			blank++
			continue
		}
		if len(out) > 0 {
			out = append(out, "\n\n"[:min(blank, 1)+1]...)
		}
		out, blank = append(out, line...), 0
	}
	return string(out)
}

// closings are end tags that no prose has by chance.
var closings = [...]string{"</p>", "</P>", "</b>", "</i>", "</em>", "</strong>", "</span>", "</a>", "</div>"}

// isMarkup reports whether a text is plainly HTML: it begins with a tag, or has line breaks or end tags.
func isMarkup(s string) bool {
	if strings.IndexByte(s, '<') < 0 {
		return false
	}
	if strings.Contains(s, "<br>") || strings.Contains(s, "<br ") || strings.Contains(s, "<br/>") {
		return true
	}
	for _, tag := range closings {
		if strings.Contains(s, tag) {
			return true
		}
	}
	s = strings.TrimSpace(s)
	if len(s) < 3 || s[0] != '<' {
		return false
	}
	end := strings.IndexAny(s[1:], " />\n\t")
	return end > 0 && (atom.Lookup([]byte(strings.ToLower(s[1:1+end]))) != 0 || strings.HasPrefix(s, "<!"))
}

// stripMarkup takes the tags out of HTML: blocks become paragraphs, and what is no prose goes.
func stripMarkup(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var out strings.Builder
	var skipped atom.Atom // the element whose text is no prose, while inside it
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			if skipped == 0 {
				out.WriteString(strings.ReplaceAll(string(z.Text()), "\r", "\n"))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if tag == atom.Script || tag == atom.Style || tag == atom.Noscript || tag == atom.Template {
				skipped = tag
			}
			out.WriteString(breakOf(tag))
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if tag == skipped {
				skipped = 0
			}
			out.WriteString(breakOf(tag))
		}
	}
}

// breakOf returns what parts the text before a tag from the text behind it.
func breakOf(tag atom.Atom) string {
	switch tag {
	case atom.Br:
		return "\n"
	case atom.Td, atom.Th:
		return " "
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Figure, atom.Figcaption,
		atom.Blockquote, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Pre, atom.Hr,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form, atom.Nav, atom.Address:
		return "\n\n"
	}
	return ""
}

// hashed returns an id in place of one that is too long to be kept.
func hashed(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256:" + hex.EncodeToString(sum[:])
}
