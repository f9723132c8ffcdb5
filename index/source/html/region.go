package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/index/source/charset"
)

// region is an element that begins and ends paragraphs, with what lies in it: the regions up to end, the blocks from first to
// last. Regions stand in the order of their beginnings, so that those in one are a run.
type region struct {
	node        *html.Node
	tag         atom.Atom
	parent      int
	end         int // the first region behind it
	first, last int // blocks
	around      around
	marked      string // the name that says it is the body of the article, or ""
	cut         bool   // with all that is in it
}

// block is a paragraph, a heading or an item of a list.
type block struct {
	text   string
	links  int // bytes of the text that are in links
	region int
	kind   atom.Atom // H1 to H6, Li, Blockquote, Pre, Td, or P for all else
	cut    bool
	aside  bool // in what stands around the article
}

// layout is a page's body as a row of blocks, and the regions that they lie in.
type layout struct {
	regions []region
	blocks  []block
	sums    []int           // sums[i] is the weight of the blocks before i that are not cut
	titles  map[string]bool // what the title may be, as letters

	buf   strings.Builder // the block that is being read
	links int
	space bool // a blank is due before the next word
	kind  atom.Atom
	para  int // how deep in paragraphs
	pre   bool
}

// Bounds of a layout. A page of the longest article that is kept has fewer.
const (
	maxRegions = 200_000
	maxBlocks  = 100_000
)

// layOut makes the layout of a page.
func layOut(body *html.Node) *layout {
	l := &layout{}
	l.open(body, atom.Body)
	l.children(body, 0, false)
	l.flush(0)
	l.regions[0].end, l.regions[0].last = len(l.regions), len(l.blocks)
	return l
}

func (l *layout) open(n *html.Node, tag atom.Atom) int {
	l.regions = append(l.regions, region{node: n, tag: tag, first: len(l.blocks)})
	return len(l.regions) - 1
}

// children reads what is in a node. in is the region that it lies in, linked says that it is a link.
func (l *layout) children(n *html.Node, in int, linked bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			l.write(c.Data, linked)
		case html.ElementNode:
			l.element(c, in, linked)
		}
	}
}

func (l *layout) element(n *html.Node, in int, linked bool) {
	if isNoText(n.DataAtom) || len(l.regions) >= maxRegions || len(l.blocks) >= maxBlocks {
		return
	}
	if n.DataAtom == atom.Br {
		l.lineBreak(in)
		return
	}
	var w around
	if isBlock(n) || l.para == 0 && n.DataAtom != atom.A {
		w = aroundOf(n)
	}
	if !isBlock(n) && w == 0 {
		l.children(n, in, linked || n.DataAtom == atom.A)
		return
	}
	l.flush(in)
	r := l.open(n, n.DataAtom)
	l.regions[r].parent, l.regions[r].around = in, w
	l.regions[r].marked = bodyName(n)
	kind, para, pre := l.kind, l.para, l.pre
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Blockquote, atom.Td, atom.Th, atom.Dt, atom.Dd:
		l.kind = n.DataAtom
	case atom.P:
		if l.kind != atom.Li && l.kind != atom.Blockquote {
			l.kind = atom.P
		}
		l.para++
	case atom.Pre:
		l.kind, l.pre = atom.Pre, true
	case atom.Div, atom.Section, atom.Article, atom.Table:
		if l.kind != atom.Li && l.kind != atom.Blockquote {
			l.kind = 0
		}
	}
	l.children(n, r, linked)
	l.flush(r)
	l.kind, l.para, l.pre = kind, para, pre
	l.regions[r].end, l.regions[r].last = len(l.regions), len(l.blocks)
}

// lineBreak ends a line; a second one ends the block.
func (l *layout) lineBreak(in int) {
	s := l.buf.String()
	if strings.HasSuffix(s, "\n") {
		l.flush(in)
		return
	}
	if s != "" {
		l.buf.WriteByte('\n')
	}
	l.space = false
}

// write adds text to the block, its white space made single blanks.
func (l *layout) write(s string, linked bool) {
	before := l.buf.Len()
	for s != "" {
		i := strings.IndexAny(s, " \t\r\n\f\u00a0")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			if l.space && l.buf.Len() > 0 {
				l.buf.WriteByte(' ')
			}
			l.space = false
			l.buf.WriteString(s[:i])
			s = s[i:]
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		if l.pre && s[0] == '\n' {
			l.buf.WriteByte('\n')
		} else if b := l.buf.String(); b != "" && b[len(b)-1] != '\n' {
			l.space = true
		}
		s = s[n:]
	}
	if linked {
		l.links += l.buf.Len() - before
	}
}

// blankLines are several, of which one is left.
var blankLines = regexp.MustCompile(`\n[ \t]*\n\s*\n`)

// flush ends the block.
func (l *layout) flush(in int) {
	if l.buf.Len() > 0 {
		s := strings.TrimSpace(charset.Clean(l.buf.String()))
		if l.pre || strings.Contains(s, "\n\n\n") { // as preformatted text has them
			s = blankLines.ReplaceAllString(s, "\n\n")
		}
		if s != "" {
			kind := l.kind
			if kind == 0 {
				kind = atom.P
			}
			l.blocks = append(l.blocks, block{text: s, links: min(l.links, len(s)), region: in, kind: kind})
		}
		l.buf.Reset()
	}
	l.links, l.space = 0, false
}

// isNoText reports whether an element has no text of the page.
func isNoText(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Embed, atom.Button, atom.Select,
		atom.Textarea, atom.Input, atom.Audio, atom.Video, atom.Canvas, atom.Map, atom.Noframes, atom.Head, atom.Math, atom.Datalist, atom.Dialog:
		return true
	}
	return false
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Fieldset, atom.Center, atom.Details, atom.Summary, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption, atom.Th, atom.Td, atom.Menu, atom.Body:
		return true
	case 0:
		return strings.Contains(n.Data, "-") // an element of the page's own, as a rule a part of it
	}
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Figure, atom.Figcaption,
		atom.Blockquote, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Pre, atom.Hr,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form, atom.Nav, atom.Address:
		return true
	}
	return false
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// weight is how much of a block is prose: its bytes, if it is long enough for a sentence and mostly no links.
func (b *block) weight() int {
	n := len(b.text)
	switch {
	case b.cut, isHeading(b.kind), n < 40, b.links*5 > n*2:
		return 0
	case n < 80:
		if !endsSentence(b.text) {
			return 0
		}
		return n / 2
	}
	return n - b.links
}

// endsSentence reports whether a text ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»)]")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:;。！？।؟۔", r)
}

// weigh sums the weights up anew, after something was cut.
func (l *layout) weigh() {
	l.sums = append(l.sums[:0], 0)
	sum := 0
	for i := range l.blocks {
		sum += l.blocks[i].weight()
		l.sums = append(l.sums, sum)
	}
}

// weight returns the weight of a region.
func (l *layout) weight(r int) int { return l.sums[l.regions[r].last] - l.sums[l.regions[r].first] }

// cutRegion takes out a region with all that is in it.
func (l *layout) cutRegion(r int) {
	for i := r; i < l.regions[r].end; i++ {
		l.regions[i].cut = true
	}
	for i := l.regions[r].first; i < l.regions[r].last; i++ {
		l.blocks[i].cut = true
	}
}
