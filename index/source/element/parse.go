package element

import (
	"bytes"
	"html"
	"strings"
)

// void are the elements of HTML that have no end tag and are often written without a slash.
var void = map[string]bool{"br": true, "hr": true, "img": true, "wbr": true, "input": true, "col": true}

// Parse reads a piece of XML, or of HTML in a similar state, and returns a node without a name that holds its elements and
// texts. Nothing is refused: an end tag without its beginning is passed over, an element without its end ends with the one
// around it, a lone "<" is text. line is that of the first byte.
func Parse(b []byte, line int) *Node {
	p := parser{b: b, line: line, open: []*Node{{Line: line}}}
	for p.i < len(b) {
		p.next()
	}
	p.flush()
	return p.open[0]
}

// maxParts bounds the elements and attributes of a tree, so that a record of nothing but tags does not take a hundred times
// its size. What comes beyond it is read as if it had no tags. A long table has ten thousand cells.
const maxParts = 400_000

type parser struct {
	b       []byte
	i       int
	line    int     // of b[at]
	at      int     // as far as lines are counted
	open    []*Node // the root and the elements around b[i]
	pending []byte  // text before b[i] that has no node yet
	parts   int
}

func (p *parser) top() *Node { return p.open[len(p.open)-1] }

// next consumes one tag, text, comment or declaration.
func (p *parser) next() {
	rest := p.b[p.i:]
	if n := textLen(rest); n > 0 {
		p.pending = append(p.pending, unescape(string(rest[:n]))...)
		p.i += n
		return
	}
	switch {
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		n := behind(rest, "]]>")
		p.pending = append(p.pending, bytes.TrimSuffix(rest[len("<![CDATA["):max(n, len("<![CDATA["))], []byte("]]>"))...)
		p.i += n
	case rest[1] == '!', rest[1] == '?':
		n, _ := misc(rest)
		p.i += n
	case rest[1] == '/':
		n := behind(rest, ">")
		p.close(local(string(rest[2 : 2+nameLen(rest[2:])])))
		p.i += n
	default:
		p.tag(rest)
	}
}

// textLen returns how many bytes of text b begins with: as far as a "<" that begins a tag, a comment or the like.
func textLen(b []byte) int {
	for i := 0; ; {
		n := bytes.IndexByte(b[i:], '<')
		if n < 0 {
			return len(b)
		}
		i += n
		if next := b[i+1:]; len(next) > 0 && (next[0] == '/' || next[0] == '!' || next[0] == '?' || nameLen(next[:1]) > 0) {
			return i
		}
		i++
	}
}

// flush makes a node of the text that stands before the next tag.
func (p *parser) flush() {
	if len(p.pending) > 0 {
		top := p.top()
		top.Children = append(top.Children, &Node{Text: string(p.pending)})
		p.pending = p.pending[:0]
	}
}

// tag consumes a start tag.
func (p *parser) tag(rest []byte) {
	n := nameLen(rest[1:])
	p.line += bytes.Count(p.b[p.at:p.i], []byte("\n"))
	p.at = p.i
	node := &Node{Name: local(string(rest[1 : 1+n])), Line: p.line}
	attrs, end, closed := attributes(rest[1+n:])
	node.Attrs = attrs
	p.i += 1 + n + end
	if p.parts += 1 + len(attrs); p.parts > maxParts {
		p.pending = append(p.pending, ' ')
		return
	}
	p.flush()
	top := p.top()
	top.Children = append(top.Children, node)
	switch {
	case closed || void[strings.ToLower(node.Name)]:
	case len(p.open) <= MaxDepth:
		p.open = append(p.open, node)
	}
}

// close ends the innermost open element of a name, and those inside it.
func (p *parser) close(name string) {
	for i := len(p.open) - 1; i > 0; i-- {
		if strings.EqualFold(p.open[i].Name, name) {
			p.flush()
			p.open = p.open[:i]
			return
		}
	}
}

// attributes reads the attributes behind a tag's name, and returns where the tag ends and whether with a slash.
func attributes(b []byte) (list []Attr, end int, closed bool) {
	i := 0
	for {
		for i < len(b) && (b[i] <= ' ' || b[i] == '/' && !bytes.HasPrefix(b[i:], []byte("/>"))) {
			i++
		}
		switch {
		case i >= len(b):
			return list, i, false
		case b[i] == '>':
			return list, i + 1, false
		case b[i] == '/':
			return list, i + 2, true
		case b[i] == '<': // the tag is not closed; another begins
			return list, i, false
		}
		n := nameLen(b[i:])
		if n == 0 {
			i++
			continue
		}
		name := string(b[i : i+n])
		value, used := attributeValue(b[i+n:])
		if i += n + used; len(list) < 64 && !strings.HasPrefix(name, "xmlns") && name != "xsi:schemaLocation" {
			if !strings.HasPrefix(name, "xml:") {
				name = local(name)
			}
			list = append(list, Attr{name, unescape(value)})
		}
	}
}

// attributeValue reads "= value" and returns how many bytes it has; an attribute may have none.
func attributeValue(b []byte) (string, int) {
	i := len(b) - len(bytes.TrimLeft(b, " \t\r\n"))
	if i >= len(b) || b[i] != '=' {
		return "", 0
	}
	i++
	i += len(b[i:]) - len(bytes.TrimLeft(b[i:], " \t\r\n"))
	if i >= len(b) {
		return "", i
	}
	if q := b[i]; q == '"' || q == '\'' {
		n := bytes.IndexByte(b[i+1:], q)
		if n < 0 { // the quote is missing: the value ends with the tag
			n = bytes.IndexByte(b[i+1:], '>')
			if n < 0 {
				n = len(b) - i - 1
			}
			return string(b[i+1 : i+1+n]), i + 1 + n
		}
		return string(b[i+1 : i+1+n]), i + n + 2
	}
	n := bytes.IndexAny(b[i:], " \t\r\n>")
	if n < 0 {
		n = len(b) - i
	}
	return string(b[i : i+n]), i + n
}

// unescape resolves the references of XML and HTML that end in a semicolon. Others, and entities that a document declares
// itself, stay as they are.
func unescape(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexByte(s[:min(len(s), 34)], ';')
		if end < 0 {
			end = 0
		}
		b.WriteString(html.UnescapeString(s[:end+1]))
		s = s[end+1:]
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}
