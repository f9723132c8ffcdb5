package entity

import (
	"math/rand/v2"
	"strings"
	"testing"

	"dateline/index"
)

func newMaker() maker { return maker{rand.New(rand.NewPCG(1, 1)), known()} }

var fleet = Sentence{Words: strings.Fields("the fleet of the Republic of South Africa left Prime Minister Tony Blair in Paris ."), Names: []Span{
	{Type: index.Place, Start: 4, End: 8}, {Type: index.Person, Start: 9, End: 13}, {Type: index.Place, Start: 14, End: 15},
}}

// TestHeadline holds that names are not cut, and what is written.
func TestHeadline(t *testing.T) {
	m := newMaker()
	for range 50 {
		h := m.titleCase(fleet)
		if got := len(h.Names); got > 0 && nameOf(h, 0) != "Republic of South Africa" {
			t.Fatalf("a name is %q", nameOf(h, 0))
		}
		if h.Words[len(h.Words)-1] == "." {
			t.Fatal("a headline ends with a full stop")
		}
	}
	if got := m.capitals(fleet).Words[1]; got != "FLEET" {
		t.Errorf("%q", got)
	}
	if h := m.titleCase(Sentence{}); len(h.Words) != 0 {
		t.Errorf("out of nothing: %q", h.Words)
	}
}

func nameOf(s Sentence, i int) string {
	return strings.Join(s.Words[s.Names[i].Start:s.Names[i].End], " ")
}

// TestOthers holds that titles and unknown names stay, and that others are put in whole.
func TestOthers(t *testing.T) {
	m := newMaker()
	for range 50 {
		s := m.others(fleet)
		if got := nameOf(s, 0); got != "Republic of South Africa" {
			t.Fatalf("the republic became %q", got)
		}
		if got := nameOf(s, 1); !strings.HasPrefix(got, "Prime Minister ") || got == "Prime Minister Tony Blair" {
			t.Fatalf("the minister became %q", got)
		}
		if in := known().of(strings.Fields(nameOf(s, 2))); in&inCities == 0 {
			t.Fatalf("Paris became %q", nameOf(s, 2))
		}
		if s.Words[len(s.Words)-1] != "." {
			t.Fatal("the end is lost")
		}
	}
}

// TestMadeUp holds that the names of lines that are made up stand where they are said to.
func TestMadeUp(t *testing.T) {
	m := newMaker()
	for range 200 {
		for _, s := range []Sentence{m.dateline(fleet), m.result(fleet)} {
			end := 0
			for i, n := range s.Names {
				if n.Start < end || n.End > len(s.Words) || strings.TrimSpace(nameOf(s, i)) == "" || n.Type == "" {
					t.Fatalf("%q: %+v", s.Words, s.Names)
				}
				end = n.End
			}
		}
	}
}
