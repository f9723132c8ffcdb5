package entity

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// manyWords are more words than are kept, of all sorts, so that they take each other's places.
func manyWords() (words []string) {
	for i := range 2 * keptPlaces {
		words = append(words, fmt.Sprintf([]string{"harbour%d", "Dekker%d", "D%d-Harbour", "%d", "ÉCOLE%d", "…%d", "x%dʼs", "O'Neill%d"}[i%8], i/8))
	}
	return append(words, "", "the", "Of", "U.S.", "'s", ",", "de", "Washington", "WHO", "who", strings.Repeat("Long", 8), strings.Repeat("Long", 20))
}

// TestVocabulary holds that a word that is kept is the one that is read anew, and that so are the sums of its features.
func TestVocabulary(t *testing.T) {
	s, m := &sentence{}, embedded()
	words := manyWords()
	for range 2 {
		for i := 0; i < len(words); i += 70 { // many at once, as each fresh sentence makes a vocabulary of its own
			text := words[i:min(i+70, len(words))]
			s.read(text, known())
			fresh := &sentence{}
			fresh.read(text, known())
			if !reflect.DeepEqual(s.words, fresh.words) {
				t.Fatalf("%q: %+v, read anew %+v", text, s.words, fresh.words)
			}
			checkScores(t, s, fresh, m)
		}
	}
}

// checkScores holds that the scores of the words of a sentence are the sums of the weights of all their features.
func checkScores(t *testing.T, s, fresh *sentence, m *Model) {
	t.Helper()
	for i := range len(s.words) - 2*margin {
		if !s.candidate(i) {
			continue
		}
		var want [labels]int32
		for _, f := range fresh.features(i) {
			for c := range columns {
				want[c+1] += int32(int8(m.table[f].of(c)))
			}
		}
		if got := s.score(i, m); got != want {
			t.Errorf("%q: scores %v, want %v", s.text(i), got, want)
		}
	}
}

// TestVocabularyOfAnotherModel holds that what was kept of one model is not taken for another's.
func TestVocabularyOfAnotherModel(t *testing.T) {
	text := []string{"Joris", "Dekker"}
	s := &sentence{}
	s.read(text, known())
	before := s.score(0, embedded())
	other := &Model{table: make([]row, 1<<tableBits)} // all weights are the least
	if got := s.score(0, other); got == before || got[beginPerson] != int32(len(s.features(0)))*-bias {
		t.Errorf("%v after %v", got, before)
	}
}

func TestRows(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	m := &Model{table: make([]row, 1<<tableBits)}
	var want sums
	var total [labels]int32
	var features []uint32
	for range 256 {
		var weights [columns]int8
		for c := range weights {
			weights[c] = int8(random.IntN(256) - 128)
			if random.IntN(2) == 0 {
				weights[c] = 127
			}
			total[c+1] += int32(weights[c])
		}
		f := uint32(len(features))
		m.table[f] = rowOf(weights)
		for c, w := range weights {
			if got := int8(m.table[f].of(c)); got != w {
				t.Errorf("column %d is %d, want %d", c, got, w)
			}
		}
		features = append(features, f)
	}
	if got := m.add(m.add(want, features[:100]), features[100:]).weights(); got != total {
		t.Errorf("sums %v, want %v", got, total)
	}
}

// TestMaybe holds that no entry of the lists is overlooked, and that most of what is none is seen at once.
func TestMaybe(t *testing.T) {
	l := known()
	for h, e := range l.entries {
		if l.entry(h) != e {
			t.Errorf("%x: %+v, want %+v", h, l.entry(h), e)
		}
	}
	random := rand.New(rand.NewPCG(1, 3))
	passed := 0
	for range 10_000 {
		h := random.Uint64()
		if at, mask := bit(h); l.maybe[at]&mask != 0 {
			passed++
		}
	}
	if passed > 2000 {
		t.Errorf("%d of 10,000 are looked up", passed)
	}
}

func FuzzApostrophe(f *testing.F) {
	for _, s := range []string{"", "'", "Dekker's", "Dekker’s", "O’Neill’ll", "rock'n'roll", "\xe2\x80", "a’\x80\x99s", "it’s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := strings.LastIndexAny(s, "'’")
		if len(s)-want > len("’ll") {
			want = -1
		}
		if got := apostrophe(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	})
}

// FuzzFindAfterOthers holds that what a finder has read before changes nothing.
func FuzzFindAfterOthers(f *testing.F) {
	f.Add("Joris Dekker met Maria Visser in Rotterdam.", "DEKKER MEETS VISSER")
	f.Add("The U.S. Senate", "the u.s. senate, and Joris O’Neill’s")
	m, l := embedded(), known()
	used := &document{model: m, lists: l}
	f.Fuzz(func(t *testing.T, one, other string) {
		if len(one)+len(other) > 4096 {
			return
		}
		for _, text := range []string{one, other, one + " " + other} {
			want := mentionsOf(&document{model: m, lists: l}, text)
			if got := mentionsOf(used, text); !reflect.DeepEqual(got, want) {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	})
}

func mentionsOf(d *document, text string) [][]Mention {
	d.reset()
	d.addText(text)
	d.label()
	return d.mentions(1)
}
