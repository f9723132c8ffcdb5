package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/index/source/charset"
)

// Bounds on what is kept of a page. Pages of news stay far below them.
const (
	maxValues = 64       // of one name
	maxMarks  = 256      // elements that may hold a date or a name
	maxScript = 2 << 20  // bytes of a script with data
	maxText   = 64 << 10 // bytes of one value
)

// page is a web page and what it says of itself, in the order of the page.
type page struct {
	doc      *html.Node
	body     *html.Node
	language string              // of the root element
	metas    map[string][]string // contents of meta elements and of RDFa properties, by name in lower case
	links    map[string][]string // addresses of link elements, by their rel
	base     string
	titles   []string // of title elements
	headings []*html.Node
	// headingAt has for each heading how many elements stand before it.
	headingAt []int
	// subheadings are the headings of the second level.
	subheadings []*html.Node
	order       int
	scripts     []string // that are no data
	data        []string // JSON-LD scripts
	items       []*item  // of microdata, the outermost ones
	marks       []mark
}

// mark is an element that may name a date or an author, by its tag or its attributes.
type mark struct {
	node  *html.Node
	name  string // class, id, itemprop, rel and property together, in lower case
	order int    // how many elements stand before it
}

// item is an item of microdata.
type item struct {
	types  string // in lower case, parted by blanks
	prop   string // the property of the item around it whose value it is
	values map[string][]string
	items  []*item
}

// attr returns an attribute, or "".
func attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return n.Attr[i].Val
		}
	}
	return ""
}

// parse makes a page of markup.
func parse(markup string) *page {
	doc, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		doc, err = html.Parse(strings.NewReader(flatten(markup)))
	}
	p := &page{metas: map[string][]string{}, links: map[string][]string{}}
	if err != nil {
		doc = &html.Node{Type: html.DocumentNode}
	}
	p.doc = doc
	p.survey(doc, nil)
	if p.body == nil {
		p.body = doc
	}
	return p
}

// flatten writes markup anew without the elements that lie in each other without bound, for pages whose tags are never closed.
func flatten(markup string) string {
	z := html.NewTokenizer(strings.NewReader(markup))
	z.SetMaxBuf(maxScript)
	var out strings.Builder
	raw := atom.Atom(0) // the element whose text is copied as it stands
	for {
		typ := z.Next()
		if typ == html.ErrorToken {
			return out.String()
		}
		if typ == html.TextToken {
			if raw != 0 {
				out.Write(z.Raw())
			} else {
				out.WriteString(html.EscapeString(string(z.Text())))
			}
			continue
		}
		if typ != html.StartTagToken && typ != html.EndTagToken && typ != html.SelfClosingTagToken {
			continue
		}
		source := string(z.Raw())
		name, _ := z.TagName()
		switch tag := atom.Lookup(name); tag {
		case atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Noscript:
			raw = 0
			if typ == html.StartTagToken {
				raw = tag
			}
			out.WriteString(source)
		case atom.Meta, atom.Link, atom.Base, atom.Br, atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Html:
			out.WriteString(source)
		case atom.Div, atom.Li, atom.Td, atom.Blockquote, atom.Section, atom.Article:
			out.WriteString("</p><p>")
		}
	}
}

// survey collects what the elements below n say, in their order. The parser bounds their depth.
func (p *page) survey(n *html.Node, in *item) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		p.element(c)
		p.survey(c, p.microdata(c, in))
	}
}

func (p *page) element(n *html.Node) {
	p.order++
	switch n.DataAtom {
	case atom.Html:
		p.language = first(p.language, attr(n, "lang"), attr(n, "xml:lang"))
		return
	case atom.Body:
		if p.body == nil {
			p.body = n
		}
		return
	case atom.Base:
		p.base = first(p.base, attr(n, "href"))
		return
	case atom.Meta:
		p.meta(n)
		return
	case atom.Link:
		for rel := range strings.FieldsSeq(strings.ToLower(attr(n, "rel"))) {
			add(p.links, rel, attr(n, "href"))
		}
		return
	case atom.Title:
		if n.Parent != nil && n.Parent.DataAtom != atom.Svg && n.Namespace == "" && len(p.titles) < maxValues {
			p.titles = append(p.titles, text(n))
		}
		return
	case atom.H1:
		if len(p.headings) < maxValues {
			p.headings, p.headingAt = append(p.headings, n), append(p.headingAt, p.order)
		}
	case atom.H2:
		if len(p.subheadings) < maxValues {
			p.subheadings = append(p.subheadings, n)
		}
	case atom.Script:
		p.script(n)
		return
	}
	p.mark(n)
}

// meta keeps what a meta element says.
func (p *page) meta(n *html.Node) {
	content := attr(n, "content")
	for name := range strings.FieldsSeq(strings.ToLower(attr(n, "itemprop"))) {
		add(p.metas, "itemprop:"+name, content)
	}
	for _, key := range [...]string{"name", "property", "http-equiv"} {
		for name := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
			add(p.metas, name, content)
		}
	}
}

func (p *page) script(n *html.Node) {
	if n.FirstChild == nil || len(n.FirstChild.Data) > maxScript {
		return
	}
	to := &p.scripts
	if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
		to = &p.data
	}
	if len(*to) < maxValues {
		*to = append(*to, n.FirstChild.Data)
	}
}

// marking are parts of names that elements with dates and names of authors have.
var marking = [...]string{"date", "time", "publish", "posted", "byline", "signature", "author", "writer", "stamp", "meta", "credit", "pub", "info", "created",
	"entry-", "fecha", "tarih", "data", "datum", "updated", "reporter", "journalist", "autor", "source"}

// mark keeps an element that may name a date or an author.
func (p *page) mark(n *html.Node) {
	if len(p.marks) == maxMarks {
		return
	}
	name, prop := "", ""
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "id", "itemprop", "rel", "data-testid", "data-test":
			name += " " + n.Attr[i].Val
		case "property":
			prop = n.Attr[i].Val
			name += " " + prop
		}
	}
	if prop != "" {
		p.rdfa(n, prop)
	}
	if n.DataAtom == atom.Time {
		p.marks = append(p.marks, mark{n, "time " + strings.ToLower(name), p.order})
		return
	}
	if name == "" {
		return
	}
	name = strings.ToLower(name)
	for _, m := range marking {
		if strings.Contains(name, m) {
			p.marks = append(p.marks, mark{n, name, p.order})
			return
		}
	}
}

// rdfa keeps the value of an RDFa property under its name without a prefix: "schema:datePublished" is as a meta element's
// datePublished.
func (p *page) rdfa(n *html.Node, property string) {
	value := first(attr(n, "content"), attr(n, "datetime"))
	if value == "" {
		value = brief(n)
	}
	for name := range strings.FieldsSeq(strings.ToLower(property)) {
		add(p.metas, "rdfa:"+name[strings.LastIndexByte(name, ':')+1:], value)
	}
}

// microdata keeps what an element says as microdata, and returns the item in which its children are.
func (p *page) microdata(n *html.Node, in *item) *item {
	prop, isProp := "", false
	scoped := false
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "itemprop":
			prop, isProp = strings.ToLower(n.Attr[i].Val), true
		case "itemscope":
			scoped = true
		}
	}
	if scoped {
		it := &item{types: strings.ToLower(attr(n, "itemtype")), prop: prop, values: map[string][]string{}}
		switch {
		case in == nil && len(p.items) < maxMarks:
			p.items = append(p.items, it)
		case in != nil && len(in.items) < maxMarks:
			in.items = append(in.items, it)
		}
		return it
	}
	if !isProp {
		return in
	}
	value := itemValue(n)
	for name := range strings.FieldsSeq(prop) {
		if in != nil {
			add(in.values, name, value)
		} else {
			add(p.metas, "itemprop:"+name, value)
		}
	}
	return in
}

// itemValue returns the value of a property of microdata, as the HTML standard says, but for contents that stand on other
// elements than meta.
func itemValue(n *html.Node) string {
	if c := attr(n, "content"); c != "" {
		return c
	}
	switch n.DataAtom {
	case atom.Time:
		if d := attr(n, "datetime"); d != "" {
			return d
		}
	case atom.A, atom.Link, atom.Area:
		return first(brief(n), attr(n, "href"))
	case atom.Data, atom.Meter:
		return attr(n, "value")
	}
	if strings.EqualFold(attr(n, "itemprop"), "articleBody") {
		return ""
	}
	return brief(n)
}

// add keeps a value of a name, cleaned, if it is not blank.
func add(to map[string][]string, name, value string) {
	if len(value) > maxText || len(to[name]) == maxValues {
		return
	}
	if value = line(value); value != "" {
		to[name] = append(to[name], value)
	}
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// line returns a text in one line with single blanks.
func line(s string) string { return strings.Join(strings.Fields(charset.Clean(s)), " ") }

// text returns the text in an element, in one line.
func text(n *html.Node) string {
	var b strings.Builder
	collect(n, &b, maxText)
	return line(b.String())
}

// maxBrief bounds the text of an element that is a name or a date.
const maxBrief = 600

// brief returns the text in an element in one line, or "" when it is too long for a name or a date.
func brief(n *html.Node) string {
	var b strings.Builder
	if !collect(n, &b, maxBrief) {
		return ""
	}
	return line(b.String())
}

// collect writes the text in an element, its blocks parted, and reports whether it was all written.
func collect(n *html.Node, b *strings.Builder, most int) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if b.Len() > most {
			return false
		}
		switch c.Type {
		case html.TextNode:
			b.WriteString(c.Data)
		case html.ElementNode:
			if isNoText(c.DataAtom) {
				continue
			}
			apart := c.DataAtom == atom.Br || isBlock(c)
			if apart {
				b.WriteByte(' ')
			}
			if !collect(c, b, most) {
				return false
			}
			if apart {
				b.WriteByte(' ')
			}
		}
	}
	return b.Len() <= most
}
