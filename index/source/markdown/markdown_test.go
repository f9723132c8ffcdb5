package markdown

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

var options = record.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }}

const samples = "../../../testdata/articles/markdown/"

// one reads the record of a text.
func one(in, name string) (index.Article, error) {
	o := options
	o.Name, o.MaxRecord = name, 1<<20
	r := open(strings.NewReader(in), o)
	rec, err := r.Next()
	if err != nil {
		return index.Article{}, err
	}
	if _, err := r.Next(); err != io.EOF {
		return index.Article{}, errors.New("a second record")
	}
	return rec.Decode()
}

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, options, samples+"*.md")
}

func TestInline(t *testing.T) {
	for in, want := range map[string]string{
		"plain  words": "plain words", "*a* **b** ***c*** _d_ __e__ ~~f~~": "a b c d e f", "snake_case_name and 5* hotel": "snake_case_name and 5* hotel",
		"2 * 3 * 4": "2 * 3 * 4", "**a*": "*a", "*a **b* c**": "a b c", `\*a\* \[b\]`: "*a* [b]", "~5 ~6": "~5 ~6",
		"`a*b*` ``c`d``": "a*b* c`d", "`open": "`open", "[a](b) [c] [d](": "a [c] [d](", "![a](b)c": "c", "[![a](b)](c)d": "d",
		"[*a* b](c(d)e \"f\")": "a b", "*[a](b)*": "a", "[a][1] [a][2] [1] [1][]": "a [a][2] 1 1", "[a\\](b)](c)": "a](b)",
		"a[^1]b [^no space]": "ab [^no space]", "<b>a</b> <br>c 1 < 2 > 1": "a\nc 1 < 2 > 1", "<https://a.example/?x=1&y>": "<https://a.example/?x=1&y>",
		"<https://a.example/x>": "https://a.example/x", "&lt;p&gt; AT&T &copy;": "<p> AT&T ©", "]]a[[": "]]a[[", "": "",
	} {
		if in == "<https://a.example/?x=1&y>" { // an equals sign may be an attribute's: the tag goes
			want = ""
		}
		if got := inline(in, map[string]bool{"1": true}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ in, want, title string }{
		{"a\nb\n\nc", "a b|c", ""},
		{"# T #\na", "T|a", "T"},
		{"T\n===\na", "T|a", "T"},
		{"T\n---\na", "T|a", ""},
		{"a\n\n# T", "a|T", ""},
		{"a  \nb\\\nc", "a\nb\nc", ""},
		{"- a\n- [x] b\n\n    c\n\nd\n\n    code", "a|b|c|d", ""},
		{"```\ncode\n```\na\n~~~~\ncode\n~~~\n~~~~\nb", "a|b", ""},
		{"```\nnever closed\n\n# a", "", ""},
		{"> a\n> > b\n\n* * *\n___\n", "a b", ""},
		{"a | b\n--|--\n1 | 2\n\nc", "a | b\n1 2|c", ""},
		{"|a|b|\n|-|-|\n|1|2\\|3|", "a b\n1 2|3", ""},
		{"<script>\nx\n\ny</script>\na <!-- b --> c <!-- d", "a c <!-- d", ""},
		{"#hash\n\n#\n\n{: .note}\n:::tip\na\n:::", "#hash|a", ""},
		{"[a]: https://b.example\n[a] b", "a b", ""},
	} {
		paragraphs, title := read(c.in)
		if got := strings.Join(paragraphs, "|"); got != c.want || title != c.title {
			t.Errorf("%q: %q, title %q, want %q", c.in, got, title, c.want)
		}
	}
}

func TestFront(t *testing.T) {
	for _, c := range []struct{ name, in, title, at, from string }{
		{"the day of the name", "---\ntitle: A\n---\n", "A", "2024-03-14", "name"},
		{"a date goes before it", "---\ntitle: A\ndate: 2024-03-13\n---\n", "A", "2024-03-13", "field:date"},
		{"published: true is no date", "---\ntitle: A\npublished: true\ndate: 2024-03-13\n...\n", "A", "2024-03-13", "field:date"},
		{"a number for a title", "---\ntitle: 1984\n---\n", "1984", "2024-03-14", "name"},
		{"a heading for a title", "---\ndate: 2024-03-13\n---\n\n# A *b*\n\nText", "A b", "2024-03-13", "field:date"},
		{"a folded text", "---\ntitle: >-\n  A\n  b\ndate: &d 2024-03-13\nother: *d\n---\n", "A b", "2024-03-13", "field:date"},
		{"an object", "---\ntitle: A\nauthor: {name: Ann Roe}\n---\n", "A", "2024-03-14", "name"},
		{"empty", "---\n---\n# A\n", "A", "2024-03-14", "name"},
	} {
		a, err := one(c.in, "posts/2024-03-14-a.md")
		if err != nil || a.Title != c.title || a.Day() != c.at || a.DateFrom != c.from {
			t.Errorf("%s: %q, %s from %s, %v", c.name, a.Title, a.Day(), a.DateFrom, err)
		}
	}
}

func TestFaults(t *testing.T) {
	laughs := "---\ntitle: A\na: &a [x,x,x,x,x,x,x,x,x]\n"
	for i := range 9 {
		name := string(rune('a' + i))
		laughs += fmt.Sprintf("%c: &%c [%s]\n", 'b'+i, 'b'+i, strings.TrimSuffix(strings.Repeat("*"+name+",", 9), ","))
	}
	for _, c := range []struct{ name, in, reason string }{
		{"nothing", " \n", record.Empty},
		{"no front matter", "# A\n", record.NoHeader},
		{"front matter that does not end", "---\ntitle: A\n", record.NoHeader},
		{"broken YAML", "---\ntitle: A: b\n---\n", record.BadSyntax},
		{"broken TOML", "+++\ntitle = A\n+++\n", record.BadSyntax},
		{"broken JSON", ";;;\n{\"title\": }\n;;;\n", record.BadSyntax},
		{"a list", "---\n- A\n---\n", record.BadSyntax},
		{"aliases of aliases", laughs + "---\n", record.BadSyntax},
		{"an alias of itself", "---\ntitle: A\na: &a [*a]\n---\n", record.BadSyntax},
		{"too deep", "---\ntitle: A\na: " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n---\n", record.BadSyntax},
		{"too deep in TOML", "+++\ntitle = \"A\"\na = " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n+++\n", record.BadSyntax},
		{"a draft", "---\ntitle: A\ndraft: true\n---\n", record.Unpublished},
		{"a draft of Jekyll", "---\ntitle: A\npublished: false\n---\n", record.Unpublished},
		{"before its time", "+++\ntitle = \"A\"\npublishDate = 2026-12-01\n+++\n", record.Embargoed},
		{"bad date", "---\ntitle: A\ndate: 2024-13-01\n---\n", record.BadDate},
		{"no text", "---\ndate: 2024-03-14\n---\n\n```\ncode\n```\n", record.NoText},
		{"too large", "---\ntitle: A\n---\n" + strings.Repeat("x", 1<<20), record.TooLarge},
	} {
		a, err := one(c.in, "a.md")
		var f *record.Fault
		if !errors.As(err, &f) || f.Reason != c.reason || f.Line != 1 || strings.Contains(f.Detail, "\n") {
			t.Errorf("%s: %+v, %v, want %s", c.name, a, err, c.reason)
		}
	}
	if _, err := open(iotest.ErrReader(io.ErrClosedPipe), options).Next(); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

// Input that takes parsers of CommonMark minutes.
func TestHostile(t *testing.T) {
	var ticks, list strings.Builder
	for i := range 300 {
		ticks.WriteString("e" + strings.Repeat("`", i))
		list.WriteString(strings.Repeat(" ", i) + "- a\n")
	}
	for _, s := range []string{
		strings.Repeat(">", 1<<13), strings.Repeat("[", 1<<13), strings.Repeat("[a](", 1<<13), strings.Repeat("![](", 1<<13), strings.Repeat("*a **a ", 1<<13),
		strings.Repeat("[a](b)", 1<<13), strings.Repeat("[", 1<<12) + strings.Repeat("](b)", 1<<12), strings.Repeat("<a ", 1<<13), strings.Repeat("<!--", 1<<13), strings.Repeat("{{<", 1<<13),
		strings.Repeat("[a]: b\n", 1<<11) + strings.Repeat("[a] ", 1<<11), strings.Repeat("|a", 1<<12) + "\n" + strings.Repeat("|-", 1<<12) + "\n" + strings.Repeat("|\n", 1<<12),
		strings.Repeat("word\n", 1<<13), strings.Repeat("- ", 1<<13), strings.Repeat("~~a", 1<<13), strings.Repeat("&#", 1<<13), ticks.String(), list.String(),
	} {
		read(s) // a test that does not end has failed
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]bool{
		"---\ntitle: A\n---\n": true, "\ufeff---\r\ndate: 2024-03-14\r\n---\r\n": true, "+++\ntitle = \"A\"\n+++\n": true, ";;;\n{\"title\":1}\n;;;": true, "---\n\"title\": A\n...\n": true,
		"": false, "# A\n": false, "---\n": false, "---\ntitle: A\n": false, "---\nkind: Service\napiVersion: v1\n---\n": false, "----\ntitle: A\n---\n": false,
		"title: A\n---\n": false, "---\n\nProse, and a rule above it\n\n---\n": false, " date 2024-03-14 Quay\n": false, "--- a/file\n+++ b/file\n": false,
	} {
		if got := sniff([]byte(in), true); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	files, _ := filepath.Glob(samples + "*.md")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add("---\ntitle: A\na: &a [1, {b: *a}]\n---\n[*a](b) ~~`c` _d_~~ [a]\n\n[a]: b")
	f.Fuzz(func(t *testing.T, in string) {
		sniff([]byte(in), true)
		a, err := one(in, "2024-03-14-a.md")
		var fault *record.Fault
		switch {
		case errors.As(err, &fault):
		case err != nil:
			t.Fatal(err)
		case a.Title == "" && a.Body == "" || charset.Clean(a.Body) != a.Body || strings.Contains(a.Body, "\n\n\n") || len(a.Body) > 4*len(in):
			t.Fatalf("%+v", a)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	raw, err := os.ReadFile(samples + "2024-03-14-north-quay.md")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := one(string(raw), "a.md"); err != nil {
			b.Fatal(err)
		}
	}
}
