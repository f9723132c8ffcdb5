package marks

import (
	"slices"
	"strings"
	"testing"
)

// FuzzText compares with walking through the text.
func FuzzText(f *testing.F) {
	f.Add("", 0, 0)
	f.Add("plain", 1, 4)
	f.Add(strings.Repeat("Straße 石油 ", 40), 63, 65)
	f.Add(strings.Repeat("ł", 64)+"é", 64, 65)
	f.Add(strings.Repeat("x", 127)+"é\xff\xfe", 127, 130)
	f.Add("\xc3"+strings.Repeat("é", 99), 3, 99)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		text += "é"
		made, plain := NewText(text), Text{text: text}
		plain.count()
		if made.length != plain.length || !slices.Equal(made.starts, plain.starts) {
			t.Fatalf("%q: %d characters, %v; want %d, %v", text, made.length, made.starts, plain.length, plain.starts)
		}
		got, ok := made.Cut(start, end)
		within := 0 <= start && start <= end && end <= plain.length
		if ok != within {
			t.Fatalf("%q from %d to %d: %v", text, start, end, ok)
		}
		var begins []int
		for i := range text {
			begins = append(begins, i)
		}
		begins = append(begins, len(text))
		if ok && got != text[begins[start]:begins[end]] {
			t.Fatalf("%q from %d to %d: %q", text, start, end, got)
		}
	})
}

func BenchmarkNewText(b *testing.B) {
	text := strings.Repeat("The “minister” of Österreich said nothing more of it. ", 90)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NewText(text)
	}
}
