package aliases

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dateline/index"
)

// madeUp makes an archive of n people who do not exist, a tenth of them in two spellings.
func madeUp(n int) *archive {
	r := rand.New(rand.NewPCG(1, 1))
	syllable := func() string {
		return string("bdfgklmnprstvz"[r.IntN(14)]) + string("aeiou"[r.IntN(5)]) + string(" bdfgklmnprst"[r.IntN(13)])
	}
	word := func() string {
		s := strings.ReplaceAll(syllable()+syllable()+syllable(), " ", "")
		return strings.ToUpper(s[:1]) + s[1:]
	}
	a := archiveOf()
	for i := range n {
		name := word() + " " + word() + fmt.Sprint(i%7)
		a.add(name, 1+r.IntN(5))
		if i%10 == 0 {
			a.add(strings.ReplaceAll(name, "k", "c"), 1)
			a.addAlias(name, strings.Fields(name)[1], 1)
		}
	}
	return a
}

func BenchmarkNew(b *testing.B) {
	a := madeUp(50_000)
	var g Graph
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			New(index.Person, a, &Graph{}, nil)
		}
	})
	New(index.Person, a, &g, nil)
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			New(index.Person, a, &g, nil)
		}
	})
	saved, _ := g.MarshalBinary()
	b.Run("load", func(b *testing.B) {
		b.SetBytes(int64(len(saved)))
		for b.Loop() {
			if err := new(Graph).UnmarshalBinary(saved); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("suggestions", func(b *testing.B) {
		for b.Loop() {
			New(index.Person, a, &g, nil).Suggestions(10)
		}
	})
	b.ReportMetric(float64(len(saved))/float64(a.Len()), "B/name")
}
