package soup

import (
	"errors"
	"strings"

	"dateline/index/source/charset"

	"golang.org/x/text/encoding/charmap"
)

// Node is an element, or a text when its Name is empty.
type Node struct {
	Name  string // as written, with its prefix
	Attrs []Attr
	Text  string // of a text, its references resolved
	Kids  []*Node
}

// Attr is an attribute, its name as written and the references of its value resolved.
type Attr struct{ Name, Value string }

const (
	// maxDepth bounds how deep elements lie in each other; a tag deeper than that is kept as an empty element. Unclosed tags of
	// HTML make descriptions deep.
	maxDepth = 64
	// maxNodes bounds the nodes of a tree: a feed's longest articles in XHTML have some thousand.
	maxNodes = 100_000
	maxAttrs = 64 // of one element
)

// ErrNodes says that a record is made of too many elements to be one article.
var ErrNodes = errors.New("more than 100,000 elements and texts")

// Parse makes a tree of markup; the root has no name. End tags that close nothing are passed over, and elements that are not
// closed end where one around them does. An element for which leaf, if given, reports true by its local name has no elements
// in it: one that begins there ends it.
func Parse(b []byte, leaf func(local string) bool) (*Node, error) {
	p := parser{b: b, leaf: leaf}
	root := &Node{}
	p.open = append(p.open, root)
	for at := 0; at < len(b); {
		t := p.scan.scan(b, at, true)
		if p.count++; p.count > maxNodes {
			return nil, ErrNodes
		}
		p.add(t, at)
		at += t.size
	}
	return root, nil
}

type parser struct {
	b     []byte
	leaf  func(string) bool
	scan  scanner
	open  []*Node
	count int
}

func (p *parser) top() *Node { return p.open[len(p.open)-1] }

func (p *parser) add(t token, at int) {
	raw := p.b[at : at+t.size]
	switch t.kind {
	case text:
		p.text(clean(Unescape(plain(string(raw)))))
	case cdata:
		p.text(clean(string(raw[len("<![CDATA[") : len(raw)-len("]]>")])))
	case start:
		n := &Node{Name: string(raw[t.nameFrom:t.nameTo]), Attrs: attributes(raw[t.nameTo:])}
		if p.leaf != nil && len(p.open) > 1 && p.leaf(Local(p.top().Name)) {
			p.open = p.open[:len(p.open)-1]
		}
		p.top().Kids = append(p.top().Kids, n)
		if !t.empty && len(p.open) < maxDepth {
			p.open = append(p.open, n)
		}
	case end:
		p.close(string(raw[t.nameFrom:t.nameTo]))
	}
}

func (p *parser) text(s string) {
	if s != "" {
		p.top().Kids = append(p.top().Kids, &Node{Text: s})
	}
}

// plain takes out of a text what is left of a CDATA section that is not closed, or closed twice.
func plain(s string) string {
	s = strings.TrimPrefix(s, "<![CDATA[")
	if strings.Contains(s, "]]>") {
		s = strings.ReplaceAll(s, "]]>", "")
	}
	return s
}

// clean returns clean text. The controls of C1 stand for the signs that Windows-1252 has in their place: quotes and dashes of
// texts that were taken for Latin-1.
func clean(s string) string {
	if strings.Contains(s, "\xC2") {
		s = strings.Map(func(r rune) rune {
			if r >= 0x80 && r < 0xA0 {
				return charmap.Windows1252.DecodeByte(byte(r))
			}
			return r
		}, s)
	}
	return charset.Clean(s)
}

// close ends the innermost element of a name, and those inside it.
func (p *parser) close(name string) {
	for i := len(p.open) - 1; i > 0; i-- {
		if strings.EqualFold(p.open[i].Name, name) {
			p.open = p.open[:i]
			return
		}
	}
}

// attributes reads the attributes of a tag, behind its name.
func attributes(b []byte) []Attr {
	var list []Attr
	for i := 0; i < len(b) && len(list) < maxAttrs; {
		if nameEnd(b[i]) || b[i] == '"' || b[i] == '\'' {
			i++
			continue
		}
		from := i
		for i < len(b) && !nameEnd(b[i]) {
			i++
		}
		a := Attr{Name: string(b[from:i])}
		i = skipBlanks(b, i)
		if i < len(b) && b[i] == '=' {
			from, to, next := value(b, skipBlanks(b, i+1))
			a.Value, i = clean(Unescape(string(b[from:to]))), next
		}
		list = append(list, a)
	}
	return list
}

// value returns where the value at b[i:] is, and what comes behind it.
func value(b []byte, i int) (from, to, next int) {
	if i < len(b) && (b[i] == '"' || b[i] == '\'') {
		if n, closed := quoted(b[i+1:], b[i], true); closed {
			return i + 1, i + 1 + n, i + n + 2
		}
		i++
	}
	from = i
	for i < len(b) && b[i] > ' ' && b[i] != '>' && b[i] != '<' {
		i++
	}
	return from, i, i
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	return i
}

// Attr returns the value of an attribute, by its name as written.
func (n *Node) Attr(name string) string {
	for _, a := range n.Attrs {
		if strings.EqualFold(a.Name, name) {
			return a.Value
		}
	}
	return ""
}

// Content returns all the text in a node, and trims it.
func (n *Node) Content() string {
	if len(n.Kids) == 1 && n.Kids[0].Name == "" {
		return strings.TrimSpace(n.Kids[0].Text)
	}
	var b strings.Builder
	n.content(&b)
	return strings.TrimSpace(b.String())
}

func (n *Node) content(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, k := range n.Kids {
		k.content(b)
	}
}

// Elements reports whether there are elements in the node.
func (n *Node) Elements() bool {
	for _, k := range n.Kids {
		if k.Name != "" {
			return true
		}
	}
	return false
}

// Child returns the first element in the node with a local name, or nil.
func (n *Node) Child(local string) *Node {
	for _, k := range n.Kids {
		if k.Name != "" && Local(k.Name) == local {
			return k
		}
	}
	return nil
}
