// Package markup turns fragments of HTML, as feeds and databases carry them, into prose.
package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index/source/charset"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Prose returns the text of a fragment of HTML: its paragraphs, separated by one blank line, each with single blanks. A line
// break stays one, two of them part paragraphs. What is no prose goes: scripts, styles, forms, frames, pictures.
//
// lines says that line ends count as they stand, as in the databases of WordPress. In a text without tags blank lines part
// paragraphs in any case.
func Prose(fragment string, lines bool) string {
	w := writer{lines: lines, paragraphs: lines || !strings.Contains(fragment, "<")}
	z := html.NewTokenizer(strings.NewReader(fragment))
	var hidden atom.Atom // the element whose text is no prose, while inside it
	depth := 0           // how many of these are open
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return w.String()
		case html.TextToken:
			if hidden == 0 {
				w.text(charset.Clean(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case hidden == 0 && isHidden(tag) && kind == html.StartTagToken:
				hidden, depth = tag, 1
			case tag == hidden && tag != 0 && kind == html.StartTagToken:
				depth++
			case tag == hidden && tag != 0 && kind == html.EndTagToken:
				if depth--; depth == 0 {
					hidden = 0
				}
			case hidden == 0:
				w.tag(tag, kind == html.EndTagToken)
			}
		}
	}
}

// isHidden reports whether the text of an element is no prose.
func isHidden(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Svg, atom.Title, atom.Textarea, atom.Select,
		atom.Button, atom.Noframes, atom.Noembed, atom.Audio, atom.Video, atom.Canvas, atom.Math:
		return true
	}
	return false
}

// isBlock reports whether an element is a paragraph or has paragraphs.
func isBlock(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Figure, atom.Figcaption,
		atom.Blockquote, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Caption, atom.Pre, atom.Hr,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form, atom.Nav, atom.Address, atom.Center, atom.Fieldset, atom.Details,
		atom.Summary, atom.Body, atom.Html:
		return true
	}
	return false
}

// writer joins texts into paragraphs.
type writer struct {
	strings.Builder
	lines      bool // line ends are line breaks
	paragraphs bool // blank lines are ends of paragraphs
	pre        int  // how many elements are open in which line ends count
	gap        int  // what stands before the next word: nothing, a blank, a line break or a blank line
}

const (
	blank = iota + 1
	lineBreak
	paragraph
)

func (w *writer) tag(tag atom.Atom, end bool) {
	switch {
	case tag == atom.Br && w.gap >= lineBreak:
		w.gap = paragraph
	case tag == atom.Br:
		w.gap = lineBreak
	case tag == atom.Td, tag == atom.Th:
		w.gap = max(w.gap, blank)
	case isBlock(tag):
		w.gap = paragraph
	}
	if tag == atom.Pre && end {
		w.pre = max(0, w.pre-1)
	} else if tag == atom.Pre {
		w.pre++
	}
}

// text writes words with single blanks between them.
func (w *writer) text(s string) {
	for s != "" {
		n := run(s, false)
		if n > 0 {
			w.word(s[:n])
			s = s[n:]
		}
		if n = run(s, true); n > 0 {
			w.space(s[:n])
			s = s[n:]
		}
	}
}

// run returns how many bytes of blanks, or of what is none, s begins with.
func run(s string, blanks bool) int {
	for i := 0; i < len(s); {
		c := s[i]
		isBlank, size := c == ' ' || c >= '\t' && c <= '\r', 1
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			isBlank, size = unicode.IsSpace(r), n
		}
		if isBlank != blanks {
			return i
		}
		i += size
	}
	return len(s)
}

func (w *writer) space(s string) {
	breaks := strings.Count(s, "\n")
	switch {
	case breaks > 1 && (w.paragraphs || w.pre > 0):
		w.gap = paragraph
	case breaks == 1 && (w.lines || w.pre > 0):
		w.gap = max(w.gap, lineBreak)
	default:
		w.gap = max(w.gap, blank)
	}
}

func (w *writer) word(s string) {
	if w.Len() > 0 {
		w.WriteString([...]string{"", " ", "\n", "\n\n"}[w.gap])
	}
	w.gap = 0
	w.WriteString(s)
}

// Line returns the text of a fragment of HTML in one line.
func Line(fragment string) string {
	return strings.Join(strings.Fields(Prose(fragment, false)), " ")
}

// maxTries is how many brackets are looked at before a text is taken to have no tags.
const maxTries = 50

// Is reports whether a text has tags of HTML, not only brackets: "a < b" has none, nor has "the <item> element", and "List<b>"
// is taken for what a programmer wrote.
func Is(s string) bool {
	i := strings.IndexByte(s, '<')
	for tries := 0; i >= 0 && tries < maxTries; tries++ {
		rest := s[i+1:]
		name := strings.TrimPrefix(rest, "/")
		n := strings.IndexFunc(name, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '1' && r <= '6') })
		if n > 0 && strings.IndexByte(" >/\n\t\r", name[n]) >= 0 && known(name[:n]) && evident(s, name[:n], name[n:], rest[0] == '/') {
			return true
		}
		next := strings.IndexByte(rest, '<')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// known reports whether an element of HTML has that name.
func known(name string) bool {
	return atom.Lookup([]byte(strings.ToLower(name))) != 0
}

// evident reports whether a tag of this name is one by more than its name: an end tag, one with attributes, one that is closed
// in itself or somewhere, or one that no text is about.
func evident(s, name, behind string, end bool) bool {
	inside, _, closed := strings.Cut(behind, ">")
	switch {
	case end, closed && strings.Contains(inside, "="), closed && strings.HasSuffix(inside, "/"):
		return true
	}
	switch strings.ToLower(name) {
	case "p", "br", "img", "hr", "li":
		return true
	}
	return strings.Contains(s, "</"+name)
}
