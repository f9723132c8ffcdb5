package enginetest

import (
	"context"
	"slices"
	"testing"

	"dateline/index"
	"dateline/query"
)

// shuffled puts the same articles into two engines, in another order, in other batches, some of them after they were something
// else, and decides the same before, between and after. All answers must be the same: which names are one, and how they are
// shown, is a matter of the articles that there are.
func (s suite) shuffled(t *testing.T) {
	for seed := range uint64(4) {
		s.check(t, "shuffled", "order of articles", func(t *testing.T, e index.Engine) {
			other := s.open(t)
			t.Cleanup(func() { _ = other.Close() })
			d := newDice(*seedFlag + seed)
			var articles []index.Article
			for i := range 60 {
				articles = append(articles, d.article("n"+string(rune('A'+i))))
			}
			var decisions []index.Decision
			for len(decisions) < 6 {
				if one := d.decision(); one.Action != index.ActionUndo && one.Action != index.ActionRename {
					decisions = append(decisions, one)
				}
			}
			d.fill(t, e, articles, decisions)
			d.fill(t, other, articles, decisions)
			for _, q := range []string{"", "oil", "mirzaev", "person:mirzayev OR org:un"} {
				got, want := d.told(t, other, q), d.told(t, e, q)
				if got != want {
					a, b := aroundDifference(got, want)
					t.Errorf("%q in one order\n%s\nin another\n%s", q, a, b)
				}
			}
		})
	}
}

// fill puts articles in a random order, in random batches, with decisions in their order in between.
func (d *dice) fill(t *testing.T, e index.Engine, articles []index.Article, decisions []index.Decision) {
	articles = slices.Clone(articles)
	d.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	before := slices.Clone(articles[:d.IntN(10)])
	for i := range before {
		before[i] = d.article(before[i].ID)
	}
	mustPut(t, e, before...)
	for len(articles) > 0 || len(decisions) > 0 {
		n := min(d.IntN(20), len(articles))
		mustPut(t, e, articles[:n]...)
		articles = articles[n:]
		for len(decisions) > 0 && (d.one(3) || len(articles) == 0) {
			_, _ = e.Decide(t.Context(), decisions[:1]) // what cannot be cannot be in any order
			decisions = decisions[1:]
		}
		if d.one(3) {
			d.told(t, e, "") // engines that remember must not remember wrongly
		}
	}
}

// told is everything that depends on names for a query.
func (d *dice) told(t *testing.T, e index.Engine, written string) string {
	t.Helper()
	q, err := query.Parse(written, now)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := everything(context.Background(), noHistory{e}, index.Request{Query: q, Size: 20, Sort: index.SortNewest, Facets: index.FacetFields, FacetSize: 100})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}
