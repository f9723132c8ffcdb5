// Package markup takes the text out of pieces of HTML, such as the bodies that feeds, mail and databases carry.
package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/index/source/charset"
)

// Text returns the text of a piece of HTML: its blocks as paragraphs, separated by one blank line; its line breaks as line
// ends; every other white space a blank, but that a blank line parts paragraphs in the markup too; without scripts, styles, and
// what is shown only where scripts do not run. No tag of any kind is left, and nothing is ever run or fetched.
func Text(fragment string) string {
	s := charset.Clean(strip(charset.Clean(fragment), folded)) // markup can spell what Clean takes out
	var out strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		out.WriteString(strings.Join(strings.Fields(line), " "))
		out.WriteByte('\n')
	}
	return Paragraphs(out.String())
}

// folded returns a text with its line ends made blanks, but for blank lines.
func folded(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	var out strings.Builder
	for {
		line, rest, found := strings.Cut(s, "\n")
		out.WriteString(line)
		if !found {
			return out.String()
		}
		next := strings.TrimLeft(rest, " \t")
		if strings.HasPrefix(next, "\n") {
			out.WriteString("\n\n")
			rest = strings.TrimLeft(next, " \t\n")
		} else {
			out.WriteByte(' ')
		}
		s = rest
	}
}

// Paragraphs returns a clean text with its lines trimmed and one blank line between paragraphs.
func Paragraphs(s string) string {
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

// Is reports whether a text is plainly HTML: it begins with a tag, or has line breaks or end tags.
func Is(s string) bool {
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

// Strip takes the tags out of HTML: blocks are parted by blank lines, and what is no prose goes. Its white space is as it
// stands in the markup.
func Strip(s string) string { return strip(s, func(text string) string { return text }) }

// strip is Strip with what is done to the text between two tags.
func strip(s string, do func(text string) string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var out strings.Builder
	var skipped atom.Atom // the element whose text is no prose, while inside it
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			if skipped == 0 {
				out.WriteString(do(strings.ReplaceAll(string(z.Text()), "\r", "\n")))
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
	switch {
	case tag == atom.Br:
		return "\n"
	case tag == atom.Td, tag == atom.Th:
		return " "
	case IsBlock(tag):
		return "\n\n"
	}
	return ""
}

// IsBlock reports whether an element begins and ends a paragraph.
func IsBlock(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Figure, atom.Figcaption,
		atom.Blockquote, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Pre, atom.Hr,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form, atom.Nav, atom.Address:
		return true
	}
	return false
}
