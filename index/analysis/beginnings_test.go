package analysis

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestBeginnings(t *testing.T) {
	for _, c := range []struct {
		value, found, not string // what is typed, separated by |
	}{
		{"Ruslan Mirzaev", "|ruslan|mirz|RUS MIR|mir rus|ruslan mirzaev|r r|  mirzaev ,", "uslan|mirzaevs|rus joris|ruslanmirzaev"},
		{"José María Ibáñez", "jose|josé ib|IBANEZ|mari", "osé|ibañezz"},
		{"Jean-Claude O'Neill", "claude|jean-cl|neill|o'neill|o’neill|jean o", "oneill|laude"},
		{"harbourgazette.com", "harbour|com|www.harb|.com", "gazette|com2"},
		{"AT&T", "at|t|AT&T|a t", "att"},
		{"U.N.", "u|u.n.|n u", "un"},
		{"Łódź, Poland", "lodz|łódź|pol", "odz"},
		{"Straße 24/7", "strasse|straße|24|7|24/7", "4"},
		{"Мирзаев Ёлка", "мир|ЕЛКА|ёлка", "лка"},
		{"习近平", "习|近平|习近平|平", "金"},
		{"Xi Jinping 习近平", "jin 近|x习", "ping"},
		{"हिन्दी", "हिन्दी|हिन्|हि", "न्दी"},
		{"!?", "|!|?!|--", "a"},
		{"", "|*", "a"},
	} {
		key := Fold(c.value)
		for typed := range strings.SplitSeq(c.found, "|") {
			if !NewBeginnings(typed).In(key) {
				t.Errorf("%q does not find %q", typed, c.value)
			}
		}
		for typed := range strings.SplitSeq(c.not, "|") {
			if typed != "" && NewBeginnings(typed).In(key) {
				t.Errorf("%q finds %q", typed, c.value)
			}
		}
	}
	if !NewBeginnings(" .-").Any() || NewBeginnings("a").Any() || !(Beginnings{}).In("x") {
		t.Error("what has no words does not find everything")
	}
}

// FuzzBeginnings holds that what is typed finds itself, by any part of its words in any order, and however it is folded.
func FuzzBeginnings(f *testing.F) {
	for _, seed := range []string{"Ruslan Mirzaev", "www.reuters.com", "习近平 Xi", "हिन्दी", "O’Neill\x00", "a\xffb", "½ ﬁ ˇ"} {
		f.Add(seed, "Mirzaev, Ruslan")
	}
	f.Fuzz(func(t *testing.T, value, typed string) {
		key := Fold(value)
		words := slices.Collect(KeyWords(key))
		for _, w := range words {
			if w == "" || !strings.Contains(key, w) {
				t.Fatalf("%q has the word %q", key, w)
			}
		}
		slices.Reverse(words)
		for _, text := range []string{value, key, strings.Join(words, " ")} {
			if b := NewBeginnings(text); !slices.Equal(sorted(b.words), sorted(words)) || !b.In(key) {
				t.Fatalf("%q, of the key %q, does not find itself by %q: %q, %q", value, key, text, b.words, words)
			}
		}
		shorter := Beginnings{words: slices.Clone(words)}
		for i, w := range shorter.words {
			_, first := utf8.DecodeRuneInString(w)
			shorter.words[i] = w[:first]
		}
		if !shorter.In(key) {
			t.Fatalf("%q is not found by its initials %q", key, shorter.words)
		}
		if b := NewBeginnings(typed); b.In(key) != NewBeginnings(Fold(typed)).In(key) {
			t.Fatalf("%q finds %q only when it is folded, or only when not", typed, key)
		}
	})
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

func BenchmarkBeginnings(b *testing.B) {
	typed, key := NewBeginnings("mirzaev rus"), Fold("Ruslan Abdullahovich Mirzaev")
	for b.Loop() {
		if !typed.In(key) {
			b.Fatal("not found")
		}
	}
}
