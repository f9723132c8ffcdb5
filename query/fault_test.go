package query

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestFaults draws every fault of testdata/faults.txt: a block is the text, the carets, the detail and the hint.
func TestFaults(t *testing.T) {
	name := filepath.Join("testdata", "faults.txt")
	var got strings.Builder
	for _, text := range faults {
		_, err := Parse(text, noon)
		if err == nil {
			t.Errorf("%s: no fault", text)
			continue
		}
		e := err.(*Error)
		checkFault(t, text, e)
		fmt.Fprintf(&got, "%s\n%s\n", Caret(text, e), e.Detail)
		if e.Hint != "" {
			fmt.Fprintf(&got, "  %s\n", e.Hint)
		}
		got.WriteByte('\n')
	}
	if *update {
		if err := os.WriteFile(name, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range strings.Split(got.String(), "\n\n") {
		blocks := strings.Split(string(want), "\n\n")
		if i >= len(blocks) || blocks[i] != block {
			t.Fatalf("%s differs; see what -update changes. Got\n%s", name, block)
		}
	}
	if got.String() != string(want) {
		t.Errorf("%s has more than the test", name)
	}
}

// checkFault holds what every fault promises.
func checkFault(t testing.TB, text string, e *Error) {
	t.Helper()
	n := utf8.RuneCountInString(text)
	switch {
	case e.At.Start < 0 || e.At.Start > e.At.End || e.At.End > n:
		t.Errorf("%q: the place %v is outside a text of %d characters", text, e.At, n)
	case e.At.Start == e.At.End:
		t.Errorf("%q: the place %v is empty", text, e.At)
	case e.Detail == "" || strings.HasSuffix(e.Detail, "."):
		t.Errorf("%q: the detail %q is no sentence without a full stop", text, e.Detail)
	}
}

var faults = []string{
	// Operators.
	"AND oil", "oil AND", "oil OR", "OR", "NOT", "oil AND OR gas", "oil AND AND gas", "(oil AND) gas", "oil NOT", "-AND",
	"(NOT) oil", "NOT NOT", "+-oil", "--oil", "oil (OR gas)",

	// Parentheses.
	"()", "oil (  ) gas", "(oil", "(oil (gas)", "oil)", "oil) gas", "(oil))", ")", "(", "oil (", "title:()", "title:(oil",

	// Quotes.
	`"oil price`, `oil "`, "“oil price", "«oil price”", `"oil price\"`, `""`, `"-"`, `title:""`, `title:"oil`, `source:""`,
	`"oil"price`, `"oil""price"`, `"oil"-price`, `"oil"(gas)`, `5"`, `oil"price"`, `"oil price"*`,

	// Words without anything to search for.
	"oil & gas", "oil && gas", "oil | gas", "oil - gas", "oil – gas", "oil + gas", "*", "*:*", "oil , gas", "...", "🛢 oil", "!",
	"title:&", "->", "-",

	// Marks that look like operators.
	"!oil", "–oil", "−oil gas", "＋oil", "oil&&gas", "oil||gas", `oil\ price`, `\(oil\)`, `a&&b||c`, "title:-oil", "title:+oil", "title:AND",

	// Fields.
	"sorce:Reuters", "titel:oil", "headline:oil", "site:reuters.com", "foo:bar", "https://example.org/oil", "Ölpreis: heute",
	"oil AND tilte:gas", "source: Reuters", `source: "New York Times"`, "title:", "title: (oil OR gas)", "(title:)",
	"title:source:oil", "title:(oil sorce:gas)", "source:reut*", "source:reut?rs", "source:-reuters", "topic:---", "Re:oil",

	// Prefixes.
	"e*", "é*", "*oil", "anti-t*", "U.S.*", "don't*", "title:e*", "oil**",

	// Dates.
	"date:2023-13", "date:2023-00", "date:2023-02-30", "date:2023-02-29", "date:2023-04-31", "date:2023-05-00", "date:0000",
	"date:0000-01-01", "date:2023-05-31..2023-05-01", "date:2024..2023", "date:today..yesterday", "date:..", "date:>", "date:>= 2023",
	"date:20230530", "date:2023/05/30", "date:30.05.2023", "date:05/30/2023", "date:May", "date:2023-5-3", "date:23",
	"date:[2023-05-01 TO 2023-05-31]", "date:last7", "date:last7days", "date:last0d", "date:last99999d", "date:last99999999999999999999d",
	"date:lastweek", "date:last9999y", "date:>last7d", "after:last7d", "after:>2023", "after:2023..2024", "date:<0001", "before:0001-01",
	"date:2023-05-30T25:00:00Z", "date:2023-05-30T10:00", "date:oil", "date:(2023 OR oil)", `date:""`, "indexed:soon", "date:12345",
	"date:2023-05-01..2023-05-31..2023-06-30", "date:9999-12-31T23:59:59-10:00", "date:tomorrow",

	// The next version of the language.
	`"oil price"~5`, `"oil price"^2`, "brexit~", "brexit~2", "oil^2", "(oil gas)^2", "wom?n", "who won?", "wom*n", "/col(o|ou)r/ oil", "/colou?r/",
	"/etc", "gas NEAR/5 pipeline", "gas NOTNEAR/5 pipeline", "gas NEAR pipeline", "oil SENTENCE gas", "oil PARAGRAPH gas",
	"repeat3:oil", `near20:"gas oil"`, "has:agency", "words:>500", "title:NEAR/5",

	// Places count characters, and carets columns.
	"Öl „Preis“ sorce:x", "石油 価格 sorce:x", "e\u0301 sorce:x", "oil\tgas\nsorce:x", strings.Repeat("oil gas ", 20) + "sorce:x " + strings.Repeat("oil gas ", 20),
	strings.Repeat("oil gas ", 20) + "AND",
}

func TestLimits(t *testing.T) {
	repeat := strings.Repeat
	tests := []struct {
		what, text, detail string // detail "" is no fault
	}{
		{"longest text", repeat("a", MaxText), ""},
		{"text too long", repeat("a", MaxText+1), "the query has 16,385 bytes"},
		{"text too long inside a character", repeat("é", MaxText/2) + "é", "the query has 16,386 bytes"},
		{"text too long that is not UTF-8", repeat("\xff", MaxText+1), "the query has 16,385 bytes"},
		{"most leaves", repeat("ab ", MaxLeaves), ""},
		{"leaves", repeat("ab ", MaxLeaves+1), "more than 1,024 words"},
		{"phrases", repeat(`"ab" `, MaxLeaves+1), "more than 1,024 words"},
		{"dates", repeat("date:2023 ", MaxLeaves+1), "more than 1,024 words"},
		{"deepest", repeat("(", MaxDepth) + "a" + repeat(")", MaxDepth), ""},
		{"deepest with fields", repeat("title:(", MaxDepth) + "a" + repeat(")", MaxDepth), ""},
		{"side by side", repeat("(a) ", 100), ""},
		{"depth", repeat("(", MaxDepth+1) + "a" + repeat(")", MaxDepth+1), "more than 64 parentheses"},
		{"unclosed", repeat("(", MaxText), "more than 64 parentheses"},
		{"deepest NOT", repeat("NOT ", MaxDepth) + "a", ""},
		{"NOT", repeat("NOT ", MaxDepth+1) + "a", "more than 64 parentheses"},
		{"signs", repeat("-", MaxText-1) + "a", "two signs in a row"},
		{"spelt out", "dateline:(" + repeat("abcdefghijk ", 1024) + ")", "the query is too long: written out"},
		{"closed", repeat(")", MaxText), "no parenthesis is open here"},
		{"quotes", repeat(`"`, MaxText), "there is no space after the closing quote"},
		{"backslashes", `"` + repeat(`\`, MaxText-1), "this quote is not closed"},
	}
	for _, c := range tests {
		q, err := Parse(c.text, noon)
		switch {
		case err == nil && c.detail != "":
			t.Errorf("%s: no fault", c.what)
		case err == nil:
			if again, err := Parse(q.String(), noon); err != nil || again.String() != q.String() {
				t.Errorf("%s: the spelling does not parse back: %v", c.what, err)
			}
		case c.detail == "" || !strings.HasPrefix(err.Error(), c.detail):
			t.Errorf("%s: %v, want %q", c.what, err, c.detail)
		default:
			checkFault(t, c.text, err.(*Error))
		}
	}
}

func TestError(t *testing.T) {
	e := &Error{Detail: "the phrase is empty"}
	if got := e.Error(); got != "the phrase is empty" {
		t.Error(got)
	}
	e.Hint = "leave it out"
	if got := e.Error(); got != "the phrase is empty (leave it out)" {
		t.Error(got)
	}
}

func TestCaret(t *testing.T) {
	long := strings.Repeat("0123456789", 20)
	tests := []struct {
		text       string
		start, end int
		want       string
	}{
		{"oil gas", 4, 7, "oil gas\n    ^^^"},
		{"oil", 3, 3, "oil\n   ^"},
		{"", 0, 0, "\n^"},
		{"石油 x", 0, 2, "石油 x\n^^^^"},
		{"石油 x", 3, 4, "石油 x\n     ^"},
		{"e\u0301 x", 3, 4, "e\u0301 x\n  ^"},
		{"a\tb\r\nc\x1b[2J", 5, 6, "a b  c [2J\n     ^"},
		{"a\u202eb", 2, 3, "a b\n  ^"},
		{"\u0301", 0, 1, "\u0301\n^"},
		{"oil", -5, 99, "oil\n^^^"}, // places that are no places
		{long, 100, 102, "…" + long[76:148] + "…\n" + strings.Repeat(" ", 25) + "^^"},
		{long, 200, 200, "…" + long[129:] + "\n" + strings.Repeat(" ", 72) + "^"},
		{long, 0, 200, long[:72] + "…\n" + strings.Repeat("^", 72)},
	}
	for _, c := range tests {
		if got := Caret(c.text, &Error{At: Span{c.start, c.end}}); got != c.want {
			t.Errorf("%q %d-%d:\n%s\nwant\n%s", c.text, c.start, c.end, got, c.want)
		}
	}
}
