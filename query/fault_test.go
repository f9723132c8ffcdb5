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
	"oil & gas", "oil | gas", "oil - gas", "oil – gas", "oil + gas", "*", "oil , gas", "...", "🛢 oil", "!",
	"title:&", "->", "-",

	// Marks that look like operators.
	"–oil", "−oil gas", "＋oil", "oil&&gas", "oil||gas", `a&&b||c`, "title:-oil", "title:+oil", "title:!oil", `"oil" &&gas`, "&& oil", "oil && ", "!", "gas !", "title:AND",

	// Fields.
	"sorce:Reuters", "titel:oil", "headline:oil", "site:reuters.com", "foo:bar", "https://example.org/oil", "Ölpreis: heute",
	"oil AND tilte:gas", "source: Reuters", `source: "New York Times"`, "title:", "title: (oil OR gas)", "(title:)",
	"title:source:oil", "title:(oil sorce:gas)", "source:reut*", "source:reut?rs", "source:-reuters", "topic:---", "Re:oil",

	// Prefixes.
	"e*", "é*", "anti-t*", "U.S.*", "don't*", "title:e*", "oil**",

	// Dates.
	"date:2023-13", "date:2023-00", "date:2023-02-30", "date:2023-02-29", "date:2023-04-31", "date:2023-05-00", "date:0000",
	"date:0000-01-01", "date:2023-05-31..2023-05-01", "date:2024..2023", "date:today..yesterday", "date:..", "date:>", "date:>= 2023",
	"date:20230530", "date:2023/05/30", "date:30.05.2023", "date:05/30/2023", "date:May", "date:2023-5-3", "date:23",
	"date:last7", "date:last7days", "date:last0d", "date:last99999d", "date:last99999999999999999999d",
	"date:lastweek", "date:last9999y", "date:>last7d", "after:last7d", "after:>2023", "after:2023..2024", "date:<0001", "before:0001-01",
	"date:2023-05-30T25:00:00Z", "date:2023-05-30T10:00", "date:oil", "date:(2023 OR oil)", `date:""`, "indexed:soon", "date:12345",
	"date:2023-05-01..2023-05-31..2023-06-30", "date:9999-12-31T23:59:59-10:00", "date:tomorrow",

	// Brackets.
	"date:[2023", "date:[2023 2024]", "date:[2023 to 2024]", "date:[2023 TO]", "date:[]", "date:[2024 TO 2023]", "date:{2024 TO 2023}",
	"date:{2023 TO 2024}", "date:[now-7d TO now]", "date:[2023-13 TO *]", "after:[2023 TO 2024]", "words:[5 TO 3]", "words:{5 TO 6}",
	"words:[a TO 3]", "words:[1 TO 3", "published:[2023 TO 2024]", "date:/2023/", "date:{* TO 0001}",

	// Phrases with slop, and exact words.
	`"oil price"~`, `"oil price"~x`, `"oil price"~1001`, `"oil price"~5~6`, `"oil price" ~5`, `"oil"!gas`, `"oil"? gas`, `=oil*`, `=oil~`, `="`, `=`, "= oil",
	`source:="Reuters"`, "source:=Reuters", `date:="2023"`, "(oil gas)~5", `oil="gas"`,

	// Nearness.
	"gas NEAR oil", "NEAR/5 oil", "gas NEAR/5", "gas NEAR/0 oil", "gas NEAR/1001 oil", "gas NEAR/x oil", "gas NEAR/ oil", "gas ONEAR oil",
	"gas NEAR/-5 oil", "gas NEAR/99999999999999999999 oil", "gas SENTENCE/5 oil", "gas AND NEAR/5 oil", "gas NEAR/5 AND oil", "gas NEAR/5 NEAR/5 oil",
	"gas NEAR/5 NOT oil", "gas NEAR/5 -oil", "gas SENTENCE -oil", "gas NEAR/5 (oil -price)", "(NOT gas) NEAR/5 oil", "gas NOTNEAR/5 (oil NOT gas)",
	"gas NEAR/5 source:AP", "date:2023 NEAR/5 oil", "gas NEAR/5 has:agency", "gas NEAR/5 words:>5", "gas NEAR/5 *:*", "gas^2 NEAR/5 oil",
	"gas NEAR/5 oil^2", "gas NEAR/5 (oil AND source:AP)", "title:a NEAR/5 body:b", "author:a NEAR/5 b", "(title:a OR lead:b) NEAR/5 body:c",
	"(title:a NEAR/5 b) NEAR/5 body:c", "(title:a body:b) NEAR/5 title:c", "title:NEAR/5", "title:(NEAR/5 b)", "gas w/5 oil", "gas W/5 oil",
	"gas ADJ oil", "gas ADJ3 oil", "gas NEAR5 oil", "gas NOT NEAR/5 oil", "gas W/S oil", "gas PRE/3 oil", "NEAR:5",

	// Counts.
	"repeat:oil", "repeat1:oil", "repeat1001:oil", "repeat3: oil", "repeat3:", "repeat3:(oil gas)", "repeat3:(oil AND gas)", "repeat3:-oil",
	"repeat3:source:AP", "source:repeat3:AP", "repeat3:repeat3:oil", "title:repeat3:body:oil", "repeat3:(oil^2)", "repeat3:*:*", "repeat3:*",
	`near:"a b"`, "near20:gas", "near20:(gas oil)", `near20:"gas"`, `near0:"gas oil"`, `near1001:"gas oil"`, `near20:="gas oil"`, `near20: "gas oil"`,
	`near20:"gas oil"~2`, `near5:"a b c d e f g h i j k l m n o p q"`, `source:near5:"a b"`, `near5:"gas`,

	// Weights.
	"oil^", "oil^x", "^2", "oil ^2", "oil^0", "oil^-1", "oil^1001", "oil^1e3", "oil^2^3", "oil^2,5", "oil^.000000000000001", "oil^99999999999999999999", "oil^0.00000000000000000001", "source:AP^2",
	"date:2023^2", "(source:AP date:2023)^2", "*:*^2", "oil^2~1", "a^b",

	// Patterns.
	"?*", "?", "a?*", "*a*", "a" + strings.Repeat("b", maxPattern) + "~", "*" + strings.Repeat("b", maxPattern), "a? oil", "wom?n~", "bre*t~1", `wom\?n*s`, "oil~3", "oil~0.8", "oil~x", "eu~2", "a~", "~oil", "oil ~1", "oil**gas", `ab\ *`,
	"source:AP~", "/etc", "/etc/passwd", "gas / oil", "/.*/", "/[a-z]+/", "/a|.*/", "/(oil/", "oil /gas[/ AND", "/a{100}{100}/", "/(a{100}){100}/",
	"/(a{20}b{20}){30}/", "/(?=oil)/", "/oil/i", `/oil/"gas"`, "//", "source:/reut.*/", "source:(/reut.*/)", "/a**/",

	// Conditions.
	"has:colour", "has:tilte", "has:agancy", "has:id", "has:words", "has:has", "has:after", "has:", `has:""`, "has:headline", "_exists_:foo", "id:*", "words:*", "has:*",
	"words:many", "words:", "words:>", "words:..", "words:500..100", "words:<0", "words:1,000", "words:-5", "words:5000000000", "words:~5", `words:""`, "words:/5/",
	"word:500", "exists:agency",

	// Class words.
	"@persons", "@company", "bribe @Organisation", "title:@prson", `near20:"bribe @persons"`, `"said @peple, "~2 @people`, `near20:"a@people @people"`,
	"@person*", "@person~", "@org~1", "@place? oil", "=@person*", `a\ @person*`, "@persons*", "@person: oil", "@", "@person^x", `"@person"*`,

	// Backslashes.
	`back\slash`, `\ `, `oil AND \ \ `, `\ AND`, `oil\`, `C:\temp`, `\n`, `source:a\b`,

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
		{"quotes", repeat(`"`, MaxText), "the phrase is empty"},
		{"quoted words", repeat(`"a"`, MaxText/3), "there is no space after the closing quote"},
		{"exclamation marks", repeat("!", MaxText-1) + "a", "more than 64 parentheses"},
		{"slashes", repeat("/", MaxText), "the regular expression fits words"},
		{"regular expression", "/" + repeat("a", MaxText-1), "this slash begins a regular expression"},
		{"longest regular expression", "/" + repeat("a", maxPattern) + "/", ""},
		{"regular expression too long", "/" + repeat("a", maxPattern+1) + "/", "the regular expression has more than 200 bytes"},
		{"bracket", "date:[" + repeat("a ", MaxText/2-3), "this bracket is not closed"},
		{"brackets", repeat("date:[", MaxText/6), "this bracket is not closed"},
		{"escapes", repeat(`\`, MaxText), `\\`},
		{"escaped spaces", repeat(`\ `, MaxText/2-1) + "a", ""},
		{"tildes", "a" + repeat("~", MaxText-1), "a fuzzy word needs more letters"},
		{"weights", "a" + repeat("^1", MaxText/3), "two weights in a row"},
		{"full-width colons", repeat("a：", MaxText/4), ""},
		{"most nears", repeat("ab NEAR/5 ", MaxNears) + "ab", ""},
		{"nears", repeat("ab NEAR/5 ", MaxNears+1) + "ab", "more than 256 pairs"},
		{"nears apart", repeat("(ab NEAR/5 cd) ", MaxNears+1), "more than 256 pairs"},
		{"most nears of groups", "(" + repeat("a ", 16) + ") NEAR/5 (" + repeat("b ", 16) + ")", ""},
		{"nears of groups", "(" + repeat("a ", 17) + ") NEAR/5 (" + repeat("b ", 16) + ")", "more than 256 pairs"},
		{"alternatives near", "(" + repeat("a OR ", 400) + "a) NEAR/5 (" + repeat("b OR ", 400) + "b)", ""},
		{"words of nears", "(" + repeat("a OR ", 400) + "a) NEAR/5 (" + repeat("b ", 12) + ")", "more than 256 pairs"},
		{"repeat in repeat", repeat("repeat2:", MaxText/8-1) + "a", "repeat2: takes a word"},
		{"fields", repeat("title:", MaxText/6-1) + "a", "two fields in a row"},
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
