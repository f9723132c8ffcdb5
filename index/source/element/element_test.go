package element

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"dateline/index/source/record"
)

// dump prints a tree shortly: a(b="1" "text" c()).
func dump(n *Node) string {
	if n.Name == "" && len(n.Children) == 0 {
		return fmt.Sprintf("%q", n.Text)
	}
	var parts []string
	for _, a := range n.Attrs {
		parts = append(parts, fmt.Sprintf("%s=%q", a.Name, a.Value))
	}
	for _, c := range n.Children {
		parts = append(parts, dump(c))
	}
	return n.Name + "(" + strings.Join(parts, " ") + ")"
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		`<a b="1" c='2' d=3 e>x</a>`:                `(a(b="1" c="2" d="3" e="" "x"))`,
		`<n:a xmlns:n="u" n:b="1" xml:lang="de"/>`:  `(a(b="1" xml:lang="de"))`,
		`<a><b/>t<c>u</c></a>`:                      `(a(b() "t" c("u")))`,
		`<a>x<!-- <b> -->y<![CDATA[<z>&amp;]]></a>`: `(a("xy<z>&amp;"))`,
		`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "v">]><a>&e;&amp;&eacute;&#65;&#x42;&copy</a>`: `(a("&e;&é` + `AB&copy"))`,
		`<a><b>x</a>y`:        `(a(b("x")) "y")`,
		`</a>x`:               `"x"`,
		`<a>1 < 2 <3 <</a>`:   `(a("1 < 2 <3 <"))`,
		`<a><br>x<br/></a>`:   `(a(br() "x" br()))`,
		`<a b="1`:             `(a(b="1"))`,
		`<a b="1>x</a>`:       `(a(b="1" "x"))`,
		`<a <b>x</b>`:         `(a(b("x")))`,
		`<a b='&lt;&quot;'/>`: `(a(b="<\""))`,
		`<A>x</a>`:            `(A("x"))`,
		`x<![CDATA[`:          `"x"`,
		`x<![CDATA[y`:         `"xy"`,
		`<`:                   `"<"`,
		`<!--`:                ``,
		`<a/ b="1"/>`:         `(a(b="1"))`,
	} {
		got := dump(Parse([]byte(text), 1))
		if n := Parse([]byte(text), 1); len(n.Children) == 1 && n.Children[0].Name == "" {
			got = dump(n.Children[0])
		} else if len(n.Children) == 0 {
			got = ""
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	n := Parse([]byte("<a>\n<b/>\n\n<c\nd='1'/><e/></a>"), 10).First("a")
	for name, line := range map[string]int{"b": 11, "c": 13, "e": 14} {
		if got := n.First(name).Line; got != line {
			t.Errorf("%s in line %d, want %d", name, got, line)
		}
	}
}

func TestJSON(t *testing.T) {
	for text, want := range map[string]string{
		`<a> x  y </a>`:               `"x y"`,
		`<a b="1"/>`:                  `{"b":"1"}`,
		`<a b="">x</a>`:               `{"text":"x"}`,
		`<a b="1">x</a>`:              `{"b":"1","text":"x"}`,
		`<a><b>1</b><b>2</b><c/></a>`: `{"b":["1","2"]}`,
		`<a>x <b>y</b></a>`:           `{"text":"x y"}`,
		`<a/>`:                        `""`,
		`<a><b c="1"/><b c="2"/></a>`: `{"b":[{"c":"1"},{"c":"2"}]}`,
	} {
		if got := string(Parse([]byte(text), 1).First("a").JSON()); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestPaths(t *testing.T) {
	n := Parse([]byte("<a><b/><b><c>1</c><d><c>2</c></d></b></a>"), 1)
	if n.First("a", "b", "c").String() != "1" || n.First("a", "x", "c") != nil || len(n.Find("c")) != 2 || len(n.First("a").All("B")) != 2 {
		t.Error("paths")
	}
	var none *Node
	if none.First("a").Attr("b")+none.String() != "" || none.Prose() != "" || none.All("x") != nil || none.Find("x") != nil || none.Is("x") {
		t.Error("what is not there says something")
	}
}

func TestProse(t *testing.T) {
	for text, want := range map[string]string{
		"<p>a</p><p>b</p>":      "a|b",
		"a\n\nb\nc":             "a|b c",
		"<div>a<p>b</p>c</div>": "a|b|c",
		"<p>a <b>b</b>c</p>":    "a bc",
		"<p>a<style>x</style><script>y</script>b</p>":                     "a b",
		"<p>a</p><skip>b</skip><p>c</p>":                                  "a|c",
		"<pre>a\n b\n\nc</pre>":                                           "a\nb|c",
		"<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>": "1 2\n3",
		"<p>&amp;quot;a&amp;quot; &amp;lt;b></p>":                         `"a" <b>`,
		"<p>a\u00a0b\u200b\u00ad</p>":                                     "a b",
		"<blockquote><p>a</p></blockquote>b":                              "a|b",
	} {
		if got := strings.ReplaceAll(Parse([]byte(text), 1).Prose("skip"), "\n\n", "|"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestRoot(t *testing.T) {
	for text, want := range map[string]string{
		"<a/>": "a", "\ufeff <?xml version='1.0'?>\n<!--<x>--><!DOCTYPE y [<!ENTITY z '>'>]>\n<n:a b='1'>": "a",
		"a<b>": "", "": "", "<?xml": "", "<!DOCTYPE a": "", "< a>": "", "</a>": "",
	} {
		if got := Root([]byte(text)); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// Whatever is repeated in a text, and never ended, takes time and memory in proportion to it.
func TestHostileTrees(t *testing.T) {
	for _, piece := range []string{"<a>", "<a b='1' c='2'>", "<", "<a", "<!---->a", "<![CDATA[a]]>", "</b>", "&amp;", "&", "<!--", "<!", "<?", "</",
		"<![CDATA[", "<a b=\"", "<a b=\"'", "<p>a\n\n", "<pre>a  \n", "<br>", "<td>x", "<a =", "<item><!--", "<item>"} {
		text := strings.Repeat(piece, 64<<10/len(piece))
		n := Parse([]byte(text), 1)
		_, _ = n.Prose(), n.JSON()
		cut(strings.NewReader(text), 1<<20)
		cut(strings.NewReader("<item>"+text), 1<<20)
		cut(strings.NewReader("<item>"+text), 1<<10)
	}
}

// A tree is bounded, and what is beyond reads as text.
func TestTreesAreBounded(t *testing.T) {
	parts := 0
	var count func(n *Node)
	count = func(n *Node) {
		parts++
		for _, c := range n.Children {
			count(c)
		}
	}
	count(Parse([]byte(strings.Repeat("<a/>x", maxParts+1000)), 1))
	if parts > 2*maxParts+2 {
		t.Errorf("%d nodes", parts)
	}
}

// cut prints what a cutter yields.
func cut(r io.Reader, limit int64) string {
	c := NewCutter(r, limit, []string{"item"}, []string{"head"})
	var out []string
	for {
		p, err := c.Next()
		if f, ok := err.(*record.Fault); ok {
			out = append(out, fmt.Sprintf("%d@%d !%s", f.Number, f.Line, f.Reason))
			continue
		}
		if err != nil {
			if err != io.EOF {
				out = append(out, err.Error())
			}
			return strings.Join(out, " ")
		}
		out = append(out, fmt.Sprintf("%d@%d %s%s", p.Number, p.Line, p.Head, p.Raw))
	}
}

func TestCutter(t *testing.T) {
	for text, want := range map[string]string{
		"<x><item>a</item>\n<item/></x>":                       "1@1 <item>a</item> 2@2 <item/>",
		"<items><item>a</item></items>":                        "1@1 <item>a</item>",
		"<head>h</head><item>a</item><item>b</item>":           "1@1 <head>h</head><item>a</item> 2@1 <head>h</head><item>b</item>",
		"<n:item>a<b/></n:item >":                              "1@1 <n:item>a<b/></n:item >",
		"<item><!-- </item> --></item>":                        "1@1 <item><!-- </item> --></item>",
		"<!-- <item>no</item> --><item>a</item>":               "1@1 <item>a</item>",
		"<!-- <item>a</item>":                                  "1@1 <item>a</item>",
		"<item a='>'/><item b=\"/>\">x</item>":                 "1@1 <item a='>'/> 2@1 <item b=\"/>\">x</item>",
		"<item>a\n<item>b</item>":                              "1@1 !truncated 2@2 <item>b</item>",
		"<item>a\n<newsMessage><item>b</item>":                 "1@1 !truncated 2@2 <item>b</item>",
		"<item>a":                                              "1@1 !truncated",
		"<item":                                                "1@1 !truncated",
		"<item>" + strings.Repeat("x", 200) + "</item><item/>": "1@1 !too large 2@1 <item/>",
		"<item><!--" + strings.Repeat("x", 200) + "<item/>":    "1@1 !too large 2@1 <item/>",
		"no elements":                                          "",
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			if got := cut(r, 100); got != want {
				t.Errorf("%.80s: %s, want %s", text, got, want)
			}
		}
	}
	if got := cut(io.MultiReader(strings.NewReader("<item>a"), iotest.ErrReader(io.ErrUnexpectedEOF)), 100); got != "1@1 !truncated unexpected EOF" {
		t.Error(got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("<a b='c'>d<![CDATA[e]]></a>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		n := Parse(text, 1)
		if s := n.Prose(); len(s) > 3*len(text)+8 {
			t.Fatalf("%d bytes of %d", len(s), len(text))
		}
		_ = n.JSON()
	})
}

func FuzzCutter(f *testing.F) {
	f.Add([]byte("<head>h</head><item>a</item><item>b<item>"))
	f.Fuzz(func(t *testing.T, text []byte) { cut(strings.NewReader(string(text)), 1000) })
}
