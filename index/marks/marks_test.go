package marks_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/marks"
	"dateline/query"
)

// entity makes an entity of mentions in a body.
func entity(typ string, at ...[2]int) index.Entity {
	e := index.Entity{Type: typ}
	for _, m := range at {
		e.Mentions = append(e.Mentions, index.Mention{Field: "body", Start: m[0], End: m[1]})
	}
	return e
}

// show writes the marked words of a text with their classes.
func show(text string, tokens []analysis.Token, sets []marks.Set) string {
	var b strings.Builder
	for i, s := range sets {
		if s == 0 {
			continue
		}
		b.WriteString(text[tokens[i].Start:tokens[i].End] + "=")
		for class, letter := range map[marks.Set]string{marks.Person: "p", marks.Org: "o", marks.Place: "l"} {
			if s == class {
				b.WriteString(letter)
			}
		}
		if s&(s-1) != 0 {
			b.WriteString("several")
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}

func TestMark(t *testing.T) {
	const text = "Ölpreis: Ruslan Temirov's bank, Bank of 石油 in Rotterdam."
	for _, c := range []struct {
		what     string
		entities []index.Entity
		want     string
	}{
		{"none", nil, ""},
		{"characters and not bytes", []index.Entity{entity(index.Person, [2]int{9, 23})}, "Ruslan=p Temirov=p"},
		{"a possessive", []index.Entity{entity(index.Person, [2]int{16, 25})}, "Temirov=p"},
		{"a part of a word", []index.Entity{entity(index.Place, [2]int{10, 11})}, "Ruslan=l"},
		{"nothing but a space", []index.Entity{entity(index.Place, [2]int{15, 16})}, ""},
		{"characters that are words", []index.Entity{entity(index.Org, [2]int{32, 41})}, "Bank=o of=o 石=o"},
		{"out of order, overlapping", []index.Entity{entity(index.Place, [2]int{46, 55}), entity(index.Org, [2]int{32, 55}, [2]int{26, 30})},
			"bank=o Bank=o of=o 石=o 油=o in=o Rotterdam=several"},
		{"what is not in the text", []index.Entity{entity(index.Person, [2]int{-1, 5}, [2]int{0, 57}, [2]int{5, 5}, [2]int{7, 3}, [2]int{0, math.MaxInt},
			[2]int{math.MinInt, math.MaxInt}, [2]int{90, 99})}, ""},
		{"to the end", []index.Entity{entity(index.Person, [2]int{55, 56}, [2]int{46, 56})}, "Rotterdam=p"},
		{"another field, another type", []index.Entity{
			{Type: index.Person, Mentions: []index.Mention{{Field: "title", Start: 9, End: 23}, {Field: "", Start: 9, End: 23}}},
			entity("thing", [2]int{9, 23}), entity("", [2]int{9, 23}), entity("Person", [2]int{9, 23}),
		}, ""},
	} {
		tokens := analysis.Tokens(nil, text)
		if got := show(text, tokens, new(marks.Marker).Mark(c.entities, "body", text, tokens)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
}

func TestOf(t *testing.T) {
	whole := marks.Set(0)
	for _, c := range query.Classes[:3] {
		if s := marks.Of(c); s == 0 || s&whole != 0 {
			t.Errorf("%s is %b beside %b", c, s, whole)
		}
		whole |= marks.Of(c)
	}
	if marks.Of(query.ClassEntity) != whole || whole != marks.All || marks.Of("thing") != 0 {
		t.Errorf("the classes are %b, all %b, entity %b", whole, marks.All, marks.Of(query.ClassEntity))
	}
}

// plainly says of each token, by the definition, which classes it has.
func plainly(entities []index.Entity, field, text string, tokens []analysis.Token) []marks.Set {
	sets := make([]marks.Set, len(tokens))
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	for _, e := range entities {
		for _, m := range e.Mentions {
			if m.Field != field || m.Start < 0 || m.Start >= m.End || m.End >= len(starts) {
				continue
			}
			for i, token := range tokens {
				if token.Start < starts[m.End] && starts[m.Start] < token.End {
					sets[i] |= marks.Of(query.Class(e.Type))
				}
			}
		}
	}
	return sets
}

// FuzzMark compares with the definition. One marker is used for several texts.
func FuzzMark(f *testing.F) {
	f.Add("Ruslan Temirov's bank in Rotterdam", uint64(1))
	f.Add("é 石油 \xff\xfe "+strings.Repeat("łódź ", 40), uint64(2))
	f.Add("", uint64(3))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		d := rand.New(rand.NewPCG(seed, 0))
		var m marks.Marker
		for range 3 {
			var entities []index.Entity
			for range d.IntN(4) {
				e := index.Entity{Type: []string{index.Person, index.Org, index.Place, "x"}[d.IntN(4)]}
				for range d.IntN(4) {
					start := d.IntN(utf8.RuneCountInString(text)+4) - 2
					e.Mentions = append(e.Mentions, index.Mention{Field: []string{"title", "body"}[d.IntN(2)], Start: start, End: start + d.IntN(9) - 1})
				}
				entities = append(entities, e)
			}
			tokens := analysis.Tokens(nil, text)
			got, want := m.Mark(entities, "body", text, tokens), plainly(entities, "body", text, tokens)
			if got == nil {
				got = make([]marks.Set, len(tokens))
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%q %+v\n got %v\nwant %v", text, entities, got, want)
			}
		}
	})
}

// TestCut cuts every part of texts of each kind of character.
func TestCut(t *testing.T) {
	for _, text := range []string{"", "plain", "Öl für 石油", "a\xff\xfeb\xc3", strings.Repeat("aé石", 70)} {
		chars := []string{}
		for i := 0; i < len(text); {
			_, size := utf8.DecodeRuneInString(text[i:])
			chars, i = append(chars, text[i:i+size]), i+size
		}
		cut := marks.NewText(text)
		for start := -1; start < len(chars)+2; start++ {
			for _, end := range []int{start - 1, start, start + 1, start + 65, len(chars), len(chars) + 1} {
				want, fits := "", 0 <= start && start <= end && end <= len(chars)
				if fits {
					want = strings.Join(chars[start:end], "")
				}
				if got, ok := cut.Cut(start, end); got != want || ok != fits {
					t.Fatalf("%q from %d to %d: got %q %v, want %q %v", text, start, end, got, ok, want, fits)
				}
			}
		}
	}
}

func BenchmarkMark(b *testing.B) {
	for name, word := range map[string]string{"ASCII": "Rotterdam said ", "other letters": "Łódź sagte"} {
		text := strings.Repeat(word+" Ruslan Temirov of the Port ", 60)
		var mentions [][2]int
		for i := range 50 {
			mentions = append(mentions, [2]int{35 * (49 - i), 35*(49-i) + 14})
		}
		entities, tokens := []index.Entity{entity(index.Person, mentions...)}, analysis.Tokens(nil, text)
		b.Run(name, func(b *testing.B) {
			var m marks.Marker
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				m.Mark(entities, "body", text, tokens)
			}
		})
	}
}
