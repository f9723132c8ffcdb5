// Package element cuts elements of XML out of a stream and reads each into a tree, however damaged the document is.
//
// It is no validating parser: what agencies send has undeclared entities, stray control characters, unclosed paragraphs and
// several documents one behind the other. Entities that a document declares itself are never expanded.
package element

import (
	"bytes"
	"encoding/json"
	"strings"
)

// MaxDepth bounds how deep elements lie in each other; what is deeper hangs on the deepest. News never needs forty.
const MaxDepth = 100

// Node is an element, or a text when Name is "".
type Node struct {
	Name     string // without its prefix, as written
	Text     string // of a text: references resolved, white space as written
	Attrs    []Attr
	Children []*Node
	Line     int // of the stream
}

// Attr is an attribute.
type Attr struct{ Name, Value string } // the name without its prefix, except for xml:

// Is reports whether the node is an element of that name. Case does not count: of NITF there are files in capitals.
func (n *Node) Is(name string) bool { return n != nil && strings.EqualFold(n.Name, name) }

// Attr returns the value of an attribute, trimmed, or "".
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if strings.EqualFold(a.Name, name) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// First returns the first child at the end of a path of names ("body.head", "hedline", "hl1"), or nil.
func (n *Node) First(path ...string) *Node {
	if n == nil || len(path) == 0 {
		return n
	}
	for _, c := range n.Children {
		if c.Is(path[0]) {
			if found := c.First(path[1:]...); found != nil {
				return found
			}
		}
	}
	return nil
}

// All returns the children of a name.
func (n *Node) All(name string) []*Node {
	return n.those(func(c *Node) bool { return c.Is(name) })
}

// Elements returns the children that are elements.
func (n *Node) Elements() []*Node {
	return n.those(func(c *Node) bool { return c.Name != "" })
}

func (n *Node) those(wanted func(*Node) bool) (list []*Node) {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if wanted(c) {
			list = append(list, c)
		}
	}
	return list
}

// Find returns the nodes of a name anywhere below n, in the order of the text; those inside a found one are not looked for.
func (n *Node) Find(name string) []*Node {
	if n == nil {
		return nil
	}
	var list []*Node
	for _, c := range n.Children {
		if c.Is(name) {
			list = append(list, c)
		} else {
			list = append(list, c.Find(name)...)
		}
	}
	return list
}

// String returns all text of the node in one line.
func (n *Node) String() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.write(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n *Node) write(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, c := range n.Children {
		c.write(b)
	}
}

// JSON returns the node as JSON: its text when there is nothing else, else an object of its attributes, children and text
// (under "text"); children of one name are a list.
func (n *Node) JSON() json.RawMessage {
	raw, err := json.Marshal(n.value())
	if err != nil { // strings, lists and maps always have a form
		return nil
	}
	return raw
}

func (n *Node) value() any {
	elements := n.Elements()
	if len(elements) == 0 && len(n.Attrs) == 0 {
		return n.String()
	}
	object := map[string]any{}
	for _, a := range n.Attrs {
		if v := strings.TrimSpace(a.Value); v != "" {
			object[a.Name] = v
		}
	}
	if isMixed(n, elements) {
		if s := n.String(); s != "" {
			object["text"] = s
		}
		return object
	}
	for _, c := range elements {
		if v := c.value(); v != "" {
			object[c.Name] = add(object[c.Name], v)
		}
	}
	return object
}

// isMixed reports whether a node has text beside its elements, which are then only marks in it.
func isMixed(n *Node, elements []*Node) bool {
	if len(elements) == 0 {
		return true
	}
	for _, c := range n.Children {
		if c.Name == "" && strings.TrimSpace(c.Text) != "" {
			return true
		}
	}
	return false
}

// add returns the value that a name has when it comes again.
func add(old, v any) any {
	switch old := old.(type) {
	case nil:
		return v
	case []any:
		return append(old, v)
	}
	return []any{old, v}
}

// Root returns the name, without its prefix, of the first element of a document that begins with head, or "".
func Root(head []byte) string {
	for {
		head = bytes.TrimLeft(head, "\ufeff \t\r\n")
		n, ok := misc(head)
		if !ok {
			return localName(head)
		}
		head = head[n:]
	}
}

// misc returns the length of the declaration, comment or document type that b begins with, cut at its end.
func misc(b []byte) (int, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("<?")):
		return behind(b, "?>"), true
	case bytes.HasPrefix(b, []byte("<!--")):
		return behind(b, "-->"), true
	case bytes.HasPrefix(b, []byte("<!")):
		return doctype(b), true
	}
	return 0, false
}

// behind returns where b goes on behind the first end, or its length.
func behind(b []byte, end string) int {
	if i := bytes.Index(b, []byte(end)); i >= 0 {
		return i + len(end)
	}
	return len(b)
}

// doctype returns the length of a document type, whose own declarations stand in brackets.
func doctype(b []byte) int {
	brackets := 0
	var quote byte
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && brackets == 0:
			quote = c
		case c == '[':
			brackets++
		case c == ']' && brackets > 0:
			brackets--
		case c == '>' && brackets == 0:
			return i + 1
		}
	}
	return len(b)
}

// localName returns the name of the tag that b begins with, without its prefix, or "".
func localName(b []byte) string {
	if len(b) < 2 || b[0] != '<' {
		return ""
	}
	return local(string(b[1 : 1+nameLen(b[1:])]))
}

func local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// nameLen returns how many bytes of a name b begins with.
func nameLen(b []byte) int {
	if len(b) == 0 || !isNameByte(b[0]) || b[0] >= '0' && b[0] <= '9' || b[0] == '-' || b[0] == '.' {
		return 0
	}
	i := 1
	for i < len(b) && isNameByte(b[i]) {
		i++
	}
	return i
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':' || c == '-' || c == '.' || c >= 0x80
}
