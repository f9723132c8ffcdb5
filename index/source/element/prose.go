package element

import (
	"strings"
	"unicode/utf8"

	"dateline/index/source/charset"
)

// blocks are the elements of XHTML and NITF that make a paragraph of their own.
var blocks = set(`p div section article block hl1 hl2 h1 h2 h3 h4 h5 h6 li ol ul dl dt dd table caption tr bq blockquote
	credit pre hr header footer main aside address body html nitf fn tagline body.content body.end body.head nitf-table
	custom-table center form fieldset datasource copyrite abstract note`)

// skipped are those that hold no prose: pictures with their captions, code, heads of documents.
var skipped = set(`media figure figcaption script style head template noscript iframe object embed svg math audio video picture
	canvas map select button textarea nav`)

// leaves hold one paragraph each, so that a blank line in their source means nothing.
var leaves = set(`p li dt dd h1 h2 h3 h4 h5 h6 hl1 hl2 td th caption`)

func set(names string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		m[name] = true
	}
	return m
}

// Prose returns the paragraphs of a node, parted by blank lines: rows of a table and lines parted by <br> are lines of one
// paragraph. Elements that also hold no prose for the caller are named in leaveOut, in lower case. What was escaped twice is
// resolved.
func (n *Node) Prose(leaveOut ...string) string {
	if n == nil {
		return ""
	}
	w := writer{leaveOut: leaveOut}
	w.node(n, false, false)
	w.end()
	return strings.Join(w.paragraphs, "\n\n")
}

type writer struct {
	leaveOut   []string
	paragraphs []string
	lines      []string // of the paragraph that is being written
	line       strings.Builder
	blank      bool // white space stands before what comes next
	inRow      bool
}

func (w *writer) node(n *Node, leaf, pre bool) {
	if n.Name == "" {
		w.text(n.Text, leaf, pre)
		w.children(n, leaf, pre)
		return
	}
	name := strings.ToLower(n.Name)
	switch {
	case skipped[name] || w.isLeftOut(name):
		w.blank = true
	case name == "br":
		w.lineEnd()
	case name == "tr":
		w.lineEnd()
		w.inRow = true
		w.children(n, true, false)
		w.inRow = false
		w.lineEnd()
	case name == "td" || name == "th":
		w.blank = true
		w.children(n, true, false)
		w.blank = true
	case w.inRow || !blocks[name]: // a paragraph in a cell is not one of the text
		if w.inRow && blocks[name] {
			w.blank = true
		}
		w.children(n, leaf, pre)
	default:
		w.end()
		w.children(n, leaf || leaves[name], pre || name == "pre")
		w.end()
	}
}

func (w *writer) isLeftOut(name string) bool {
	for _, out := range w.leaveOut {
		if out == name {
			return true
		}
	}
	return false
}

func (w *writer) children(n *Node, leaf, pre bool) {
	for _, c := range n.Children {
		w.node(c, leaf, pre)
	}
}

// text writes a text. Outside of paragraphs a blank line parts two of them; preformatted lines stay.
func (w *writer) text(s string, leaf, pre bool) {
	if strings.Contains(s, "&") {
		s = unescape(s)
	}
	s = charset.Clean(s)
	pre = pre || hasColumns(s)
	if leaf && !pre || !strings.Contains(s, "\n") {
		w.words(s)
		return
	}
	empty := 0
	for i, line := range strings.Split(s, "\n") {
		blank := strings.TrimSpace(line) == ""
		switch {
		case i == 0:
		case blank:
			empty++
		case empty > 0:
			w.end()
		case pre:
			w.lineEnd()
		}
		if i > 0 {
			w.blank = true
		}
		if !blank {
			empty = 0
			w.words(line)
		}
	}
	if empty > 1 {
		w.end()
	}
}

// hasColumns reports whether a text is a table that only its blanks lay out: three lines and more, a third of them with a
// gap inside.
func hasColumns(s string) bool {
	lines, gaps := 0, 0
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines++
			if strings.Contains(line, "  ") {
				gaps++
			}
		}
	}
	return lines >= 3 && gaps*3 >= lines
}

// words writes words with single blanks between them.
func (w *writer) words(s string) {
	for len(s) > 0 {
		word := strings.TrimLeft(s, " \t\n")
		w.blank = w.blank || len(word) < len(s)
		n := strings.IndexAny(word, " \t\n")
		if n < 0 {
			n = len(word)
		}
		if n > 0 {
			if w.blank && w.line.Len() > 0 {
				w.line.WriteByte(' ')
			}
			w.line.WriteString(word[:n])
			w.blank = false
		}
		s = word[n:]
	}
}

func (w *writer) lineEnd() {
	if w.line.Len() > 0 {
		w.lines = append(w.lines, w.line.String())
		w.line.Reset()
	}
	w.blank = false
}

// end ends a paragraph.
func (w *writer) end() {
	w.lineEnd()
	if len(w.lines) > 0 {
		w.paragraphs = append(w.paragraphs, strings.Join(w.lines, between(w.lines)))
		w.lines = w.lines[:0]
	}
}

// between returns what stands between the lines of a paragraph: a blank when they are those of a wire, which are filled to
// about 70 characters and broken wherever that is.
func between(lines []string) string {
	if len(lines) == 1 {
		return ""
	}
	for _, line := range lines[:len(lines)-1] {
		if n := utf8.RuneCountInString(line); n < 45 || n > 80 || strings.HasSuffix(line, ".") && len(lines) < 3 {
			return "\n"
		}
	}
	return " "
}
