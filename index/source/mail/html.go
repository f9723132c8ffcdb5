package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// reading is the state of reading an HTML text.
type reading struct {
	prose
	line   strings.Builder // of the paragraph that is open
	hidden strings.Builder
	skip   atom.Atom // the element whose text is not shown, while inside it
	nested int       // how many of its name are open in it
	isPre  bool      // skip is a preheader, whose text is kept
}

// readHTML reads the paragraphs of an HTML text: what blocks, breaks and the rows of tables part. Newsletters are laid out
// in tables, so a row is a paragraph and its cells are words of it.
func readHTML(s string) prose {
	z := html.NewTokenizer(strings.NewReader(s))
	r := reading{prose: prose{html: true}}
	for {
		switch z.Next() {
		case html.ErrorToken:
			r.end()
			r.preheader = oneLine(r.hidden.String())
			return r.prose
		case html.TextToken:
			r.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attributes := z.TagName()
			tag := atom.Lookup(name)
			r.open(tag, attributes && r.skip == 0 && !isVoid(tag) && isHidden(z))
		case html.EndTagToken:
			name, _ := z.TagName()
			r.close(atom.Lookup(name))
		}
	}
}

// maxPreheader bounds what is kept of hidden text.
const maxPreheader = 500

func (r *reading) text(s string) {
	switch {
	case r.skip == 0:
		r.line.WriteString(s)
	case r.isPre && r.hidden.Len() < maxPreheader:
		r.hidden.WriteString(s[:min(len(s), maxPreheader)])
	}
}

func (r *reading) open(tag atom.Atom, hidden bool) {
	switch {
	case r.skip != 0:
		if tag == r.skip {
			r.nested++
		}
		return
	case isUnread(tag) || hidden && tag != 0:
		r.skip, r.nested, r.isPre = tag, 1, hidden && len(r.paragraphs) == 0 && r.hidden.Len() == 0
	}
	r.part(tag)
}

func (r *reading) close(tag atom.Atom) {
	if r.skip != 0 {
		if tag == r.skip {
			if r.nested--; r.nested == 0 {
				r.skip = 0
			}
		}
		return
	}
	r.part(tag)
}

// part ends a paragraph or a word where a tag does.
func (r *reading) part(tag atom.Atom) {
	switch tag {
	case atom.Td, atom.Th:
		r.line.WriteByte(' ')
	case atom.Br, atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Figure,
		atom.Figcaption, atom.Blockquote, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Pre,
		atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form, atom.Nav, atom.Address, atom.Center, atom.Body:
		r.end()
	}
}

// end closes the paragraph that is open.
func (r *reading) end() {
	if s := oneLine(r.line.String()); s != "" && !isRule(s) && s != "|" && s != "•" && s != "·" {
		r.paragraphs = append(r.paragraphs, s)
	}
	r.line.Reset()
}

// oneLine joins words with single blanks, without the joiners that fill the line of a preheader.
func oneLine(s string) string {
	if strings.ContainsAny(s, "\u200b\u200c\u200d\u034f\u00ad\ufeff") {
		words := strings.Fields(s)
		kept := words[:0]
		for _, w := range words {
			if strings.Trim(w, "\u200b\u200c\u200d\u034f\u00ad\ufeff\u00a0\u2007") != "" {
				kept = append(kept, w)
			}
		}
		return strings.Join(kept, " ")
	}
	return strings.Join(strings.Fields(s), " ")
}

// isUnread reports whether the text of an element is no prose.
func isUnread(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template, atom.Svg, atom.Select, atom.Textarea, atom.Button:
		return true
	}
	return false
}

func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Img, atom.Br, atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Area, atom.Base, atom.Col, atom.Source, atom.Wbr, atom.Body, atom.Html:
		return true
	}
	return false
}

// isHidden reports whether the attributes of a tag keep its text from being seen.
func isHidden(z *html.Tokenizer) bool {
	for {
		key, value, more := z.TagAttr()
		if string(key) == "hidden" {
			return true
		}
		if string(key) == "style" {
			style := strings.ReplaceAll(strings.ToLower(string(value)), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "mso-hide:all") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
		if !more {
			return false
		}
	}
}
