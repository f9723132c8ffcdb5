package page

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// doc is a drawn page, read back as a browser reads it.
type doc struct {
	t    *testing.T
	text string
	root *html.Node
}

type renderer interface{ Render(io.Writer) error }

// draw renders a page and reads it.
func draw(t *testing.T, p renderer) doc {
	t.Helper()
	var b bytes.Buffer
	if err := p.Render(&b); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return doc{t, b.String(), root}
}

// step is one part of a selector: tag, #id, .class, [attr] and [attr=value], any number of the latter.
type step struct {
	tag   string
	tests []func(*html.Node) bool
}

var stepPart = regexp.MustCompile(`^([a-z0-9]+)|#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:=([^\]]*))?\]`)

// parseSelector reads steps with blanks between, each a descendant of the one before; a value holds no blank.
func parseSelector(selector string) []step {
	var steps []step
	for part := range strings.FieldsSeq(selector) {
		var s step
		rest := part
		for rest != "" {
			m := stepPart.FindStringSubmatch(rest)
			if m == nil || !strings.HasPrefix(rest, m[0]) {
				panic(fmt.Sprintf("the selector %q breaks off at %q", selector, rest))
			}
			rest = rest[len(m[0]):]
			s.add(m)
		}
		steps = append(steps, s)
	}
	return steps
}

func (s *step) add(m []string) {
	switch tag, id, class, name, value := m[1], m[2], m[3], m[4], m[5]; {
	case tag != "":
		s.tag = tag
	case id != "":
		s.tests = append(s.tests, func(n *html.Node) bool { return attr(n, "id") == id })
	case class != "":
		s.tests = append(s.tests, func(n *html.Node) bool {
			return strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")
		})
	case strings.Contains(m[0], "="):
		s.tests = append(s.tests, func(n *html.Node) bool { return attr(n, name) == value })
	default:
		s.tests = append(s.tests, func(n *html.Node) bool { return hasAttr(n, name) })
	}
}

func (s step) matches(n *html.Node) bool {
	if n.Type != html.ElementNode || s.tag != "" && n.Data != s.tag {
		return false
	}
	for _, test := range s.tests {
		if !test(n) {
			return false
		}
	}
	return true
}

// all returns the elements that a selector matches, in document order.
func (d doc) all(selector string) []*html.Node {
	steps := parseSelector(selector)
	var list []*html.Node
	for n := range d.root.Descendants() {
		last := len(steps) - 1
		if !steps[last].matches(n) {
			continue
		}
		for up := n.Parent; up != nil && last > 0; up = up.Parent {
			if steps[last-1].matches(up) {
				last--
			}
		}
		if last == 0 {
			list = append(list, n)
		}
	}
	return list
}

// one returns the only element that a selector matches.
func (d doc) one(selector string) *html.Node {
	d.t.Helper()
	list := d.all(selector)
	if len(list) != 1 {
		d.t.Fatalf("%q matches %d elements, want 1: %q", selector, len(list), d.texts(selector))
	}
	return list[0]
}

// textOf returns the text of the only element that a selector matches.
func (d doc) textOf(selector string) string {
	d.t.Helper()
	return text(d.one(selector))
}

// texts returns the text of each element that a selector matches.
func (d doc) texts(selector string) []string {
	list := []string{}
	for _, n := range d.all(selector) {
		list = append(list, text(n))
	}
	return list
}

// link returns the address behind the only link within a selector that has a text.
func (d doc) link(selector, label string) string {
	d.t.Helper()
	found := ""
	for _, n := range d.all(selector) {
		if n.Data == "a" && text(n) == label {
			if found != "" {
				d.t.Fatalf("several links %q in %q", label, selector)
			}
			found = attr(n, "href")
		}
	}
	if found == "" {
		d.t.Fatalf("no link %q in %q, only %q", label, selector, d.texts(selector))
	}
	return found
}

// text joins what a reader sees, without what is hidden from the eye, its white space folded.
func text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && attr(n, "class") == "hidden" {
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func TestSelector(t *testing.T) {
	root, _ := html.Parse(strings.NewReader(`<ul class="a b"><li><a href="x" id=i>one</a><li class=b>two</ul><p><a>three</a>`))
	d := doc{t, "", root}
	for selector, want := range map[string]string{
		"a": "one,three", "li a": "one", "ul.b.a a[href]": "one", "a[href=x]": "one", "a[href=y]": "", "#i": "one",
		"li.b": "two", "body p a": "three", "p li": "", "a#i": "one",
	} {
		if got := strings.Join(d.texts(selector), ","); got != want {
			t.Errorf("%q matches %q, want %q", selector, got, want)
		}
	}
}
