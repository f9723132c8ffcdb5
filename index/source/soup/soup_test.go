package soup

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"dateline/index/source/record"
	"dateline/index/source/window"
)

// outcome cuts a text and prints each record with its number and line: its markup, or the reason why it is none.
func outcome(r io.Reader, limit int64) string {
	c := NewCutter(window.New(r, limit), "item", "entry")
	var out []string
	last := record.Place{}
	for {
		p, err := c.Next()
		var fault *record.Fault
		switch {
		case err == io.EOF:
			return strings.Join(out, " | ")
		case errors.As(err, &fault):
			p.Place = fault.Place
			out = append(out, fmt.Sprintf("%d@%d !%s", fault.Number, fault.Line, fault.Reason))
		case err != nil:
			return strings.Join(append(out, "error "+err.Error()), " | ")
		default:
			out = append(out, fmt.Sprintf("%d@%d %s", p.Number, p.Line, p.Raw))
		}
		if p.Number <= last.Number || p.Offset < last.Offset {
			return fmt.Sprintf("out of order: %+v after %+v", p.Place, last)
		}
		last = p.Place
	}
}

var documents = []struct{ name, text, want string }{
	{"items", "<rss>\n<item>a</item>\n<item>b</item></rss>", "1@2 <item>a</item> | 2@3 <item>b</item>"},
	{"nothing", "", ""},
	{"no item", "<rss><channel></channel></rss>", ""},
	{"empty item", "<rss><item/><item x='>'/></rss>", "1@1 <item/> | 2@1 <item x='>'/>"},
	{"prefix", "<r:RDF><r:item>a</r:item></r:RDF>", "1@1 <r:item>a</r:item>"},
	{"capitals", "<RSS><ITEM>a</item></RSS>", "1@1 <ITEM>a</item>"},
	{"CDATA", "<rss><item><![CDATA[</item><item>]]></item></rss>", "1@1 <item><![CDATA[</item><item>]]></item>"},
	{"comment", "<rss><!-- <item>no</item> --><item><!-- </item> -->a</item></rss>", "1@1 <item><!-- </item> -->a</item>"},
	{"document type", "<!DOCTYPE rss [ <!ENTITY a \"<item>\"> ]><rss><item>a</item></rss>", "1@1 <item>a</item>"},
	{"instruction", "<?xml version='1.0'?><?x <item> ?><rss><item>a</item></rss>", "1@1 <item>a</item>"},
	{"attribute with a bracket", `<rss><item a="x>y">a</item></rss>`, `1@1 <item a="x>y">a</item>`},
	{"feed in an entry", "<feed><entry>a<feed><entry>b</entry></feed>c</entry><entry>d</entry></feed>",
		"1@1 <entry>a<feed><entry>b</entry></feed>c</entry> | 2@1 <entry>d</entry>"},
	{"not closed", "<rss><item>a<item>b</rss>", "1@1 <item>a | 2@1 <item>b"},
	{"root not closed", "<rss><item>a</item>", "1@1 <item>a</item> | 2@1 !truncated"},
	{"channel closed", "<rss><channel><item>a</item></channel>", "1@1 <item>a</item>"},
	{"cut off", "<rss><item>a</item><item>b", "1@1 <item>a</item> | 2@1 !truncated"},
	{"cut off in a tag", "<rss><item>a</item><item>b</it", "1@1 <item>a</item> | 2@1 !truncated"},
	{"last bracket missing", "<rss><item>a</item></rss", "1@1 <item>a</item>"},
	{"CDATA not closed", "<rss><item><![CDATA[a</item><item>b</item></rss>", "1@1 <item><![CDATA[a</item> | 2@1 <item>b</item>"},
	{"comment not closed", "<rss><!-- <item>a</item></rss>", "1@1 <item>a</item>"},
	{"quote not closed", `<rss><item a="x>a</item><item>b</item></rss>`, `1@1 <item a="x>a</item> | 2@1 <item>b</item>`},
	{"brackets in a quote", `<rss><item a="x<<">a</item><item>b</item></rss>`, `1@1 <item a="x<<">a</item> | 2@1 <item>b</item>`},
	{"tag not closed", "<rss><item>a<b</item><item>b</item></rss>", "1@1 <item>a<b</item> | 2@1 <item>b</item>"},
	{"brackets in text", "<rss><item>a < b <3 << <</item></rss>", "1@1 <item>a < b <3 << <</item>"},
	{"stray ends", "</x><rss></item></y><item>a</z></item></rss>", "1@1 <item>a</z></item>"},
	{"stray end of a content", "<feed><entry>a</content></entry><entry>b</atom:Content>c</entry></feed>", "1@1 <entry>a</content></entry> | 2@1 <entry>b</atom:Content>c</entry>"},
	{"junk in front", "Warning: x < y in <b>feed.php</b>\n<rss><item>a</item></rss>", "1@2 <item>a</item>"},
	{"behind the end", "<rss><item>a</item></rss>\n<item>b</item>", "1@1 <item>a</item> | 2@2 <item>b</item>"},
}

func TestCut(t *testing.T) {
	for _, c := range documents {
		if got := outcome(strings.NewReader(c.text), 1000); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if got := outcome(iotest.OneByteReader(strings.NewReader(c.text)), 1000); got != c.want {
			t.Errorf("%s, byte by byte: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	long := strings.Repeat("x", 400<<10)
	for _, c := range []struct{ name, text, want string }{
		{"text", "<rss><item>" + long + "</item><item>b</item></rss>", "1@1 !too large | 2@1 <item>b</item>"},
		{"CDATA", "<rss><item><![CDATA[" + long + "]]></item><item>b</item></rss>", "1@1 !too large | 2@1 <item>b</item>"},
		{"elements", "<rss><item>" + strings.Repeat("<a>x</a>", 1000) + "</item><item>b</item></rss>", "1@1 !too large | 2@1 <item>b</item>"},
		{"no end", "<rss><item>" + long, "1@1 !truncated"},
		{"head", "<rss><x>" + long + "</x><item>b</item></rss>", "1@1 <item>b</item>"},
		{"just so", "<rss><item>" + long[:1000-13] + "</item></rss>", "1@1 <item>" + long[:1000-13] + "</item>"},
	} {
		if got := outcome(strings.NewReader(c.text), 1000); got != c.want {
			t.Errorf("%s: %.200s, want %.100s", c.name, got, c.want)
		}
	}
}

// endless is a stream without end.
type endless struct{ text string }

func (e endless) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		n += copy(b[n:], e.text)
	}
	return n, nil
}

// Streams that never come to an end are read in bounded memory, and in time.
func TestBounded(t *testing.T) {
	const size, limit = 160 << 10, 32 << 10
	for _, head := range []string{"", "<rss>", "<rss><item>", "<rss><item><![CDATA[", "<rss><!--", "<rss><item a=\"", "<!DOCTYPE rss [", "<?x "} {
		for _, fill := range []string{"x", "<", "<a>", "<!--", "<![CDATA[", "<?", "<!", "<a b=\"", "<item>", "</item>", "</content>", "</feed>", "<item><feed>", "<!DOCTYPE [", "<x:", "&", "\"", "<a b='c' "} {
			in := window.New(io.MultiReader(strings.NewReader(head), io.LimitReader(endless{strings.Repeat(fill, 512)}, size)), limit)
			c := NewCutter(in, "item")
			for {
				p, err := c.Next()
				var fault *record.Fault
				if err != nil && !errors.As(err, &fault) {
					break
				}
				if len(p.Raw) > limit {
					t.Fatalf("%q and %q: a record of %d bytes", head, fill, len(p.Raw))
				}
			}
			if in.Held() > 4*limit+(512<<10) || len(c.head) > maxHead {
				t.Errorf("%q and %q: %d bytes held", head, fill, in.Held())
			}
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"<rss><item>a</item><item>b", "1@1 <item>a</item> | 2@1 !truncated | error breaks off"},
		{"<rss><item>a</item>", "1@1 <item>a</item> | error breaks off"},
		{"", "error breaks off"},
	} {
		r := io.MultiReader(strings.NewReader(c.text), iotest.ErrReader(errors.New("breaks off")))
		if got := outcome(r, 1000); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// Something that stands between all the records does not make as many heads.
func TestHeads(t *testing.T) {
	text := "<rss><title>a</title>" + strings.Repeat("<x>y</x><item>a</item>", 1000) + "</rss>"
	c := NewCutter(window.New(strings.NewReader(text), 1000), "item")
	heads := map[*Head]bool{}
	for {
		p, err := c.Next()
		if err == io.EOF {
			break
		}
		heads[p.Head] = true
	}
	if len(heads) != maxHeads {
		t.Errorf("%d heads", len(heads))
	}
}

// sketch prints a tree.
func sketch(n *Node) string {
	if n.Name == "" && n.Kids == nil {
		return n.Text
	}
	var b strings.Builder
	for _, k := range n.Kids {
		b.WriteString(sketch(k))
	}
	if n.Name == "" {
		return b.String()
	}
	attrs := ""
	for _, a := range n.Attrs {
		attrs += " " + a.Name + "=" + a.Value
	}
	return "(" + n.Name + attrs + ":" + b.String() + ")"
}

func TestParse(t *testing.T) {
	leaf := func(name string) bool { return name == "link" }
	for _, c := range []struct{ text, want string }{
		{"<a>b</a>", "(a:b)"},
		{"<a b='1' c=\"2\" d=3 e f = '4'/>", "(a b=1 c=2 d=3 e= f=4:)"},
		{"<a>b &amp; c & d &lt; &eacute; &#233; &#xE9; &#150; &nbsp;&unknown; &; &amp</a>", "(a:b & c & d < é é é –  &unknown; &; &amp)"},
		{"<a><![CDATA[<b> &amp; ]]></a>", "(a:<b> &amp; )"},
		{"<a>b<c>d</a>e", "(a:b(c:d))e"},
		{"<a></b>c</a>", "(a:c)"},
		{"<A>b</a>c", "(A:b)c"},
		{"<a><link>x<b>y</b></a>", "(a:(link:x)(b:y))"},
		{"<a href='x?a=1&b=2&copy=3'/>", "(a href=x?a=1&b=2&copy=3:)"},
		{"<a b='c<d>e</d>'/>", "(a b=c:(d:e)'/>)"},
		{"<a>\x01b\u0092c&#0;&#1;</a>", "(a:b’c\ufffd)"},
		{"<a><![CDATA[b</a>", "(a:b)"},
		{"<a>b]]>c</a>", "(a:bc)"},
		{"a < b", "a < b"},
		{"", ""},
	} {
		root, err := Parse([]byte(c.text), leaf)
		if got := sketch(root); err != nil || got != c.want {
			t.Errorf("%q: %s %v, want %s", c.text, got, err, c.want)
		}
	}
}

// Depth and number of elements are bounded.
func TestParseBounded(t *testing.T) {
	root, err := Parse([]byte(strings.Repeat("<a>", 1000)+"b"), nil)
	depth := 0
	for n := root; len(n.Kids) > 0; n = n.Kids[0] {
		depth++
	}
	if err != nil || depth > maxDepth || !strings.HasSuffix(root.Content(), "b") {
		t.Errorf("%d deep, %v", depth, err)
	}
	if _, err := Parse([]byte(strings.Repeat("<a/>", maxNodes+1)), nil); err != ErrNodes {
		t.Errorf("%v", err)
	}
}

func TestScope(t *testing.T) {
	s := NewScope(func(uri string) (string, bool) { return "dc", uri == "http://purl.org/dc" })
	inner := s.In(&Node{Attrs: []Attr{{"xmlns:x", "http://purl.org/dc"}, {"xmlns", "http://other"}, {"xmlns:Y", "urn:y"}}})
	for name, want := range map[string]string{"x:Date": "dc:date", "Title": "title", "Y:a": "y:a", "Undeclared:B": "undeclared:b"} {
		if got := inner.Name(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if got := s.Name("x:Date"); got != "x:date" {
		t.Errorf("outside %s", got)
	}
}

func FuzzCut(f *testing.F) {
	for _, c := range documents {
		f.Add(c.text)
	}
	f.Add("<!--00<A" + strings.Repeat("0", 100) + "-->") // a comment of just the limit
	f.Fuzz(func(t *testing.T, text string) {
		whole := outcome(strings.NewReader(text), 100)
		if bytewise := outcome(iotest.OneByteReader(strings.NewReader(text)), 100); bytewise != whole {
			t.Fatalf("byte by byte %s, whole %s", bytewise, whole)
		}
		if strings.HasPrefix(whole, "out of order") {
			t.Fatal(whole)
		}
		if root, err := Parse([]byte(text), nil); err == nil {
			root.Content()
		}
	})
}
