package enginetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/query"
)

// versions holds that what a search of an earlier time finds is what a search found then, number by number.
func (s suite) versions(t *testing.T) {
	s.check(t, "versions", "as of", func(t *testing.T, e index.Engine) {
		d := newDice(*seedFlag + 1)
		asked := []string{"", "oil OR price OR port", "has:changed", "source:reuters OR person:mirzaev", "changed:last1d date:<9999"}
		var then []time.Time
		var was [][]string
		for range 6 {
			var batch []index.Article
			for range 1 + d.IntN(25) {
				batch = append(batch, d.article(d.identity(30)))
			}
			mustPut(t, e, batch...)
			then, was = append(then, Clock()), append(was, nil)
			for i, q := range asked {
				was[len(was)-1] = append(was[len(was)-1], pastAnswer(t, e, q, time.Time{}, i))
			}
			wait(time.Duration(1+d.IntN(90)) * time.Second)
		}
		for turn, at := range then {
			for i, q := range asked {
				if got, want := pastAnswer(t, e, q, at, i), was[turn][i]; got != want {
					a, b := aroundDifference(got, want)
					t.Errorf("%q as of turn %d\n%s\nbut then\n%s", q, turn, a, b)
				}
			}
		}
		if got := pastAnswer(t, e, "", now.Add(-time.Hour), 0); !strings.Contains(got, `"total":{"articles":0,`) {
			t.Errorf("before there was anything: %s", got)
		}
	})
	s.check(t, "versions", "deleted", func(t *testing.T, e index.Engine) {
		mustPut(t, e, index.Article{ID: "a", Title: "one"})
		wait(time.Minute)
		at := Clock()
		mustPut(t, e, index.Article{ID: "a", Title: "two"}, index.Article{ID: "a", Title: "three"}, index.Article{ID: "ab", Title: "four"})
		list, err := e.Versions(t.Context(), "a")
		if err != nil || len(list) != 3 || list[1].Since != list[1].Until || list[1].Article.Title != "two" {
			t.Errorf("%+v, %v", list, err)
		}
		if n, err := e.Delete(t.Context(), []string{"a", "a"}); n != 1 || err != nil {
			t.Errorf("Delete: %d, %v", n, err)
		}
		if _, err := e.Versions(t.Context(), "a"); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("Versions of what is deleted: %v", err)
		}
		if got := pastAnswer(t, e, "", at, 0); !strings.Contains(got, `"total":{"articles":1,`) || !strings.Contains(got, "four") {
			t.Errorf("what is deleted is not deleted wholly: %s", got)
		}
		stats, err := e.Stats(t.Context())
		if err != nil || stats.Articles != 1 || stats.Versions != 0 {
			t.Errorf("%+v, %v", stats, err)
		}
		mustPut(t, e, index.Article{ID: "a", Title: "five"})
		if list, err = e.Versions(t.Context(), "a"); err != nil || len(list) != 1 || list[0].Number != 1 {
			t.Errorf("anew: %+v, %v", list, err)
		}
	})
}

// pastAnswer is the answer to a query of a time: all pages of it, with every facet and the timeline, and the export.
func pastAnswer(t *testing.T, e index.Engine, written string, at time.Time, order int) string {
	t.Helper()
	q, err := query.Parse(written, now.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	r := index.Request{Query: q, AsOf: at, Size: 7, Facets: index.FacetFields, FacetSize: 100, Interval: index.IntervalAuto,
		Sort: []index.Sort{index.SortNewest, index.SortRelevance, index.SortOldest}[order%3], Future: order%2 == 1}
	hits, first, err := allPages(t.Context(), e, r)
	if err != nil {
		t.Fatal(err)
	}
	first.TookMS, first.Next = 0, nil
	var out strings.Builder
	fmt.Fprintln(&out, text(first), text(hits))
	for a, err := range e.Export(t.Context(), r) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, text(a))
	}
	return out.String()
}

// compareVersions compares what both have kept of an article.
func (r *round) compareVersions(ctx context.Context, id string) {
	got, err1 := r.engine.Versions(ctx, id)
	want, err2 := r.oracle.Versions(ctx, id)
	for i := range got {
		got[i].Article.Format, got[i].Article.Path = "", ""
	}
	for i := range want {
		want[i].Article.Format, want[i].Article.Path = "", ""
	}
	if text(got) != text(want) || errors.Is(err1, index.ErrNotFound) != errors.Is(err2, index.ErrNotFound) {
		g, w := aroundDifference(text(got), text(want))
		r.fault("Versions %q:\n got %s, %v\nwant %s, %v", id, g, err1, w, err2)
	}
}
