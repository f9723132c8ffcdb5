package newsml

import (
	"strings"

	"dateline/index/source/charset"
	"dateline/index/source/element"
	"dateline/index/source/nitf"
	"dateline/index/source/wire"
)

// contents reads the text of a news item: the first content in its language that has one. Other renditions with another text
// are kept, and where remote ones lie.
func (i *item) contents() {
	for _, own := range []bool{true, false} {
		for _, set := range i.root.All("contentSet") {
			for _, n := range set.Elements() {
				if sameLanguage(n, i.language) == own {
					i.content(n)
				}
			}
		}
	}
}

func (i *item) content(n *element.Node) {
	switch {
	case n.Is("remoteContent"):
		keep(i.b, n)
	case n.Is("inlineXML"):
		text(i.b, n, n.Name)
	case n.Is("inlineData") && n.Attr("encoding") == "":
		data(i.b, n, n.Attr("contenttype"), n.Name)
	}
}

// text takes the text of an element that holds NITF, XHTML or paragraphs. name is that of what is kept when there is a text
// already.
func text(b *wire.Builder, n *element.Node, name string) {
	if f := n.Find("nitf"); len(f) > 0 {
		nitf.Fill(b, f[0])
		return
	}
	if n.First("sports-content") != nil { // results as data
		return
	}
	body := n
	if html := n.Find("html"); len(html) > 0 {
		if b.A.Title == "" {
			b.A.Title = html[0].First("head", "title").String()
		}
		body = html[0]
		if inner := body.First("body"); inner != nil {
			body = inner
		}
	}
	put(b, prose(b, body), name)
}

// prose returns the text of XHTML without the header and footer of the page, which hold what is said elsewhere.
func prose(b *wire.Builder, body *element.Node) string {
	s := body.Prose("header", "footer")
	if s == "" {
		return body.Prose()
	}
	for _, part := range []string{"header", "footer"} {
		for _, n := range body.Find(part) {
			b.KeepText(part, n.Prose())
		}
	}
	return s
}

// data takes a text that is escaped: HTML, or plain paragraphs.
func data(b *wire.Builder, n *element.Node, contentType, name string) {
	var source strings.Builder
	for _, c := range n.Children {
		source.WriteString(c.Text)
	}
	plain := !strings.Contains(contentType, "html") && !strings.Contains(contentType, "xml")
	if len(n.Elements()) > 0 || plain && contentType != "" && !strings.HasPrefix(contentType, "text/") {
		text(b, n, name)
		return
	}
	if s := source.String(); !plain || strings.Contains(s, "</p>") {
		text(b, element.Parse([]byte(charset.Clean(s)), n.Line), name)
		return
	}
	text(b, &element.Node{Name: "pre", Children: n.Children}, name)
}

// put takes a text as the body, without the headline that XHTML often begins with.
func put(b *wire.Builder, s, name string) {
	switch s = wire.WithoutTitle(s, b.A.Title); {
	case b.A.Body == "":
		b.A.Body = s
	case s != b.A.Body:
		b.KeepText(name, s)
	}
}
