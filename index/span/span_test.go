package span_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/index/span"
)

// stand returns where each word stands in a text; a full stop begins a new sentence.
func stand(text string, words ...string) (slots [][]uint32, breaks []uint32) {
	slots = make([][]uint32, len(words))
	at := uint32(0)
	for word := range strings.FieldsSeq(text) {
		if word == "." {
			breaks = append(breaks, at+1)
			continue
		}
		at++
		for w := range words {
			if words[w] == word {
				slots[w] = append(slots[w], at)
			}
		}
	}
	return slots, breaks
}

// spans returns where a phrase of words stands, or any of several with | between.
func spans(text, phrases string) []span.Span {
	var lists [][]span.Span
	for phrase := range strings.SplitSeq(phrases, "|") {
		slots, _ := stand(text, strings.Fields(phrase)...)
		lists = append(lists, span.Phrase(nil, slots, 0))
	}
	return span.Or(nil, lists...)
}

// show writes spans as "1 3-4".
func show(list []span.Span) string {
	var words []string
	for _, s := range list {
		if s.First == s.Last {
			words = append(words, fmt.Sprint(s.First))
		} else {
			words = append(words, fmt.Sprintf("%d-%d", s.First, s.Last))
		}
	}
	return strings.Join(words, " ")
}

func TestPhrase(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		slop         int
		want         string
	}{
		{"oil price and oil price", "oil price", 0, "1-2 4-5"},
		{"price oil", "oil price", 0, ""},
		{"oil oil oil", "oil oil", 0, "1-2 2-3"},
		{"oil", "oil", 3, "1"},
		{"oil price", "oil price", 2, "1 2"},
		{"oil the price", "oil price", 0, ""},
		{"oil the price", "oil price", 1, "1 3"},
		{"price oil", "oil price", 1, ""}, // words that change places have moved by 2
		{"price oil", "oil price", 2, "1 2"},
		{"looks to me", "looks me", 1, "1 3"},
		{"it looks good to me", "looks to me", 1, "2 4 5"},
		{"it looks good to me", "looks to me", 0, ""},
		{"oil", "oil oil", 5, ""}, // no word stands for two
		{"oil gas oil", "oil oil", 1, "1 3"},
		{"oil x x x oil x x x x oil", "oil oil", 3, "1 5"},
		{"a b x x c", "a b c", 1, ""},
		{"a b x x c", "a b c", 2, "1 2 5"},
		{"c b a", "a b c", 4, "1 2 3"},
		{"c b a", "a b c", 3, ""},
		{"a a b", "a b", 1, "1 2 3"},
		{"", "oil price", 2, ""},
	} {
		slots, _ := stand(c.text, strings.Fields(c.phrase)...)
		if got := show(span.Phrase(nil, slots, c.slop)); got != c.want {
			t.Errorf("%q~%d in %q: got %s, want %s", c.phrase, c.slop, c.text, got, c.want)
		}
	}
}

func TestNear(t *testing.T) {
	for _, c := range []struct {
		text, left, op, right string
		distance              int
		want                  string
	}{
		{"gas x pipeline", "gas", "NEAR", "pipeline", 2, "1 3"},
		{"gas x pipeline", "gas", "NEAR", "pipeline", 1, ""},
		{"pipeline gas", "gas", "NEAR", "pipeline", 1, "1 2"},
		{"pipeline gas", "gas", "ONEAR", "pipeline", 5, ""},
		{"gas pipeline", "gas", "ONEAR", "pipeline", 1, "1 2"},
		{"oil", "oil", "NEAR", "oil", 5, ""}, // nothing is near itself
		{"oil x oil", "oil", "NEAR", "oil", 2, "1 3"},
		{"oil price rose", "oil price", "NEAR", "price rose", 9, ""}, // nor what it overlaps
		{"oil price x rose", "oil price", "NEAR", "rose", 2, "1-2 4"},
		{"oil price oil rose", "oil price|oil", "NEAR", "rose", 1, "3 4"},
		{"gas . oil", "gas", "SENTENCE", "oil", 0, ""},
		{"gas x oil . gas", "gas", "SENTENCE", "oil", 0, "1 3"},
		{"x . oil gas", "gas", "SENTENCE", "oil", 0, "2 3"},
		{"oil . price gas", "gas", "SENTENCE", "oil price", 0, ""}, // a phrase that crosses an end is in no sentence
		{"oil oil . oil", "oil", "SENTENCE", "oil", 0, "1 2"},
		{"oil price price", "oil price", "SENTENCE", "price", 0, "1-2 3"},
	} {
		left, right := spans(c.text, c.left), spans(c.text, c.right)
		var got []span.Span
		switch c.op {
		case "NEAR", "ONEAR":
			got = span.Near(nil, left, right, c.distance, c.op == "ONEAR")
		case "SENTENCE":
			_, breaks := stand(c.text)
			got = span.Within(nil, left, right, breaks)
		}
		if show(got) != c.want {
			t.Errorf("%s %s/%d %s in %q: got %s, want %s", c.left, c.op, c.distance, c.right, c.text, show(got), c.want)
		}
	}
}

func TestTogether(t *testing.T) {
	for _, c := range []struct {
		text, words string
		distance    int
		want        string
	}{
		{"gas oil", "gas oil", 1, "1 2"},
		{"gas oil", "gas oil", 0, ""},
		{"oil gas", "gas oil", 1, ""}, // out of the written order costs one
		{"oil gas", "gas oil", 2, "1 2"},
		{"gas x x oil", "gas oil", 3, "1 4"},
		{"gas x x oil x gas", "gas oil", 3, "1 4 6"},
		{"gas x x oil x gas", "gas oil", 2, ""},
		{"c b a", "a b c", 4, "1 2 3"},
		{"c b a", "a b c", 3, ""},
		{"b c a", "a b c", 3, "1 2 3"}, // only b stands before the one before it
		{"oil", "oil", 0, "1"},
		{"oil", "oil gas", 9, ""},
	} {
		slots, _ := stand(c.text, strings.Fields(c.words)...)
		if got := show(span.Together(nil, slots, c.distance)); got != c.want {
			t.Errorf("near%d:%q in %q: got %s, want %s", c.distance, c.words, c.text, got, c.want)
		}
	}
}

func TestOr(t *testing.T) {
	for _, c := range []struct{ text, alternatives, want string }{
		{"oil gas oil", "gas|oil", "1 2 3"},
		{"oil price gas", "oil price|price|oil", "1 1-2 2"},
		{"oil gas", "oil|oil|oil", "1"},
		{"oil", "gas|coal", ""},
	} {
		if got := show(spans(c.text, c.alternatives)); got != c.want {
			t.Errorf("%s in %q: got %s, want %s", c.alternatives, c.text, got, c.want)
		}
	}
	before := []span.Span{{9, 9}}
	if got := show(span.Or(before, []span.Span{{3, 3}}, []span.Span{{1, 2}, {9, 9}})); got != "9 1-2 3 9" {
		t.Errorf("what dst had before was changed: %s", got)
	}
}

// TestLongUnits takes more words than fit without an allocation.
func TestLongUnits(t *testing.T) {
	words := strings.Fields("a b c d e f g h i j k l")
	text := "z " + strings.Join(words, " ") + " z"
	slots, _ := stand(text, words...)
	if got := show(span.Phrase(nil, slots, 0)); got != "2-13" {
		t.Errorf("phrase: %s", got)
	}
	slices.Reverse(slots)
	all := "2 3 4 5 6 7 8 9 10 11 12 13"
	if got := show(span.Phrase(nil, slots, 22)); got != all {
		t.Errorf("sloppy: %s", got)
	}
	if got := show(span.Phrase(nil, slots, 21)); got != "" {
		t.Errorf("not sloppy enough: %s", got)
	}
	if got := show(span.Together(nil, slots, 22)); got != all {
		t.Errorf("together: %s", got)
	}
	if got := show(span.Together(nil, slots, 21)); got != "" {
		t.Errorf("not together: %s", got)
	}
}
