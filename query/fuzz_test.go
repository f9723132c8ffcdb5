package query

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, c := range trees {
		f.Add(c.text)
	}
	for _, text := range faults {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text, noon)
		if err != nil {
			e := err.(*Error)
			checkFault(t, text, e)
			if drawn := Caret(text, e); strings.Count(drawn, "\n") != 1 || !strings.Contains(drawn, "^") {
				t.Errorf("%q is drawn as %q", text, drawn)
			}
			return
		}
		if err := checkSpans(q); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		again, err := Parse(q.String(), noon)
		if err != nil {
			t.Fatalf("%q prints %q, which is a fault: %v", text, q, err)
		}
		if sexpr(again.Root) != sexpr(q.Root) || again.String() != q.String() {
			t.Errorf("%q prints %q, which reads as %q", text, q, again)
		}
		for _, m := range []Match{MatchAll, MatchAny} {
			if err := checkLowered(q.Tree(m)); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

// BenchmarkParse reads what is usual, and the worst that fits into the limits.
func BenchmarkParse(b *testing.B) {
	long := strings.Repeat(`(title:oil OR "gas price") AND NOT source:Reuters econom* `, 200)
	bench(b, map[string]string{
		"words":   "oil price",
		"usual":   `"oil price" AND (gas OR coal) -source:"New York Times" date:2023-05..2023-06`,
		"near":    `title:(gas NEAR/5 (pipeline OR "oil price"~3)) AND repeat3:oil^2 has:agency words:>500 wom?n brexit~`,
		"long":    long,
		"monitor": "(" + strings.Repeat(`"Harbour Gazette and others" OR `, 499) + "oil) date:last7d",
		"nested":  strings.Repeat("(a ", MaxDepth) + "a" + strings.Repeat(")", MaxDepth),
		"nears":   strings.Repeat("ab NEAR/5 ", MaxNears) + "ab",
	}, true)
}

// BenchmarkFault finds the faults of the worst texts.
func BenchmarkFault(b *testing.B) {
	repeat := strings.Repeat
	bench(b, map[string]string{
		"clauses":      repeat("oil ", 10_000),
		"leaves":       repeat("a ", MaxText/2),
		"megabyte":     repeat("oil price ", 100_000),
		"not UTF-8":    repeat("\xed\xa0\x80", MaxText/3) + "*",
		"parentheses":  repeat("(", 1000),
		"exclamations": repeat("!", MaxText-1) + "a",
		"regexp":       "/" + repeat("(a ", MaxText/3),
		"bracket":      "date:[" + repeat("a ", MaxText/2-3),
		"escapes":      repeat(`\ `, MaxText/2-2) + "a~3",
		"colons":       repeat("a：", MaxText/4-1) + "~3",
		"nears":        repeat("ab NEAR/5 ", MaxText/10),
		"groups near":  repeat("(", MaxDepth-1) + "a" + repeat(" OR b) NEAR/5 c", MaxDepth-1) + " NEAR/5 title:x NEAR/5 body:y",
		"spelt out":    "dateline:(" + repeat("abcdefghijk ", 1023) + ")",
	}, false)
}

func bench(b *testing.B, texts map[string]string, good bool) {
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		text := texts[name]
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text, noon); (err == nil) != good {
					b.Fatal(err)
				}
			}
		})
	}
}
