package enginetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dateline/index"
)

// compare asks an engine and the oracle the same and returns how the answers differ. Scores are not compared; so in an order
// by score neither is the order, nor which hit stands for its group.
func compare(ctx context.Context, engine, oracle index.Engine, r index.Request) []error {
	got, err1 := engine.Search(ctx, r)
	want, err2 := oracle.Search(ctx, r)
	if paramOf(err1) != paramOf(err2) || err1 == nil != (err2 == nil) {
		return []error{fmt.Errorf("got the error %v, want %v", err1, err2)}
	}
	if paramOf(err2) == "interval" {
		r.Interval = ""
		return compare(ctx, engine, oracle, r)
	}
	if err2 != nil {
		return nil
	}
	var faults []error
	differ := func(what string, got, want any) {
		if g, w := text(got), text(want); g != w {
			g, w = aroundDifference(g, w)
			faults = append(faults, fmt.Errorf("%s\n got %s\nwant %s", what, g, w))
		}
	}
	differ("query", got.Query, want.Query)
	differ("total", got.Total, want.Total)
	differ("facets", got.Facets, want.Facets)
	differ("timeline", got.Timeline, want.Timeline)
	differ("clauses", got.Clauses, want.Clauses)
	differ("what filters take away", got.Narrowing, want.Narrowing)
	differ("suggestion", got.Suggestion, want.Suggestion)
	differ("whether there is a next page", got.Next != nil, want.Next != nil)
	if err := compareHits(ctx, engine, oracle, r); err != nil {
		faults = append(faults, err)
	}
	if err := compareExports(ctx, engine, oracle, r); err != nil {
		faults = append(faults, err)
	}
	if err := compareAround(ctx, engine, oracle, r, want); err != nil {
		faults = append(faults, err)
	}
	return faults
}

// compareFacet asks both for the values of a field that a prefix finds.
func compareFacet(ctx context.Context, engine, oracle index.Engine, r index.Request, field index.Field, prefix string) error {
	got, err1 := engine.Facet(ctx, r, field, prefix)
	want, err2 := oracle.Facet(ctx, r, field, prefix)
	if paramOf(err1) != paramOf(err2) || err1 == nil != (err2 == nil) {
		return fmt.Errorf("values of %s by %q: got the error %v, want %v", field, prefix, err1, err2)
	}
	if g, w := text(got), text(want); g != w {
		return fmt.Errorf("values of %s by %q\n got %s\nwant %s", field, prefix, g, w)
	}
	return nil
}

// compareCompletions asks both what a prefix may become.
func compareCompletions(ctx context.Context, engine, oracle index.Engine, r index.CompletionRequest) error {
	got, err1 := engine.Complete(ctx, r)
	want, err2 := oracle.Complete(ctx, r)
	if paramOf(err1) != paramOf(err2) || err1 == nil != (err2 == nil) {
		return fmt.Errorf("completions of %s: got the error %v, want %v", text(r), err1, err2)
	}
	if g, w := text(got), text(want); g != w {
		return fmt.Errorf("completions of %s\n got %s\nwant %s", text(r), g, w)
	}
	return nil
}

// aroundDifference cuts two long texts to what stands around their first difference.
func aroundDifference(a, b string) (string, string) {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	const before, after = 150, 250
	cut := func(s string) string {
		from, to := max(0, same-before), min(len(s), same+after)
		if from > 0 {
			return "…" + s[from:to]
		}
		return s[:to]
	}
	return cut(a), cut(b)
}

// paramOf returns the parameter that an error blames, or "".
func paramOf(err error) string {
	if e := (*index.ParamError)(nil); errors.As(err, &e) {
		return e.Name
	}
	return ""
}

// compareHits compares all pages. Facets and timelines, which are the same on each, are left out for time.
func compareHits(ctx context.Context, engine, oracle index.Engine, r index.Request) error {
	r.Facets, r.Interval = nil, ""
	got, _, err := allPages(ctx, engine, r)
	if err != nil {
		return err
	}
	want, first, err := allPages(ctx, oracle, r)
	if err != nil {
		return fmt.Errorf("the oracle: %w", err)
	}
	if byScore(r, first) {
		if err := scoresFall(got); err != nil {
			return err
		}
		slices.SortFunc(got, byID)
		slices.SortFunc(want, byID)
		if grouped(r) {
			return sameLength(got, want)
		}
	}
	if g, w := ids(got), ids(want); !slices.Equal(g, w) {
		return fmt.Errorf("hits\n got %q\nwant %q", g, w)
	}
	for i := range got {
		got[i].Score, want[i].Score = 0, 0
		got[i].Explanation, want[i].Explanation = nil, nil // its parts are ordered by score
		if text(got[i]) != text(want[i]) {
			return fmt.Errorf("hit %q\n got %s\nwant %s", got[i].ID, text(got[i]), text(want[i]))
		}
	}
	return nil
}

func byID(a, b index.Hit) int { return strings.Compare(a.ID, b.ID) }

func grouped(r index.Request) bool { return r.Group == index.Texts || r.Group == index.Stories }

// byScore reports whether the hits of a request are in the order of their scores.
func byScore(r index.Request, result *index.Result) bool {
	return (r.Sort == "" || r.Sort == index.SortRelevance) && index.HasWords(r.Query.Tree(result.Query.Match))
}

// scoresFall checks an order by score: ties by id.
func scoresFall(hits []index.Hit) error {
	for i := 1; i < len(hits); i++ {
		a, b := hits[i-1], hits[i]
		if cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID)) >= 0 {
			return fmt.Errorf("%q with score %v stands before %q with score %v", a.ID, a.Score, b.ID, b.Score)
		}
	}
	return nil
}

func sameLength(got, want []index.Hit) error {
	if len(got) != len(want) {
		return fmt.Errorf("got %d groups %q, want %d %q", len(got), ids(got), len(want), ids(want))
	}
	return nil
}

// compareExports compares the ids of two exports; orders by score as sets, and groups in them by their number.
func compareExports(ctx context.Context, engine, oracle index.Engine, r index.Request) error {
	got, err := exported(ctx, engine, r)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	want, err := exported(ctx, oracle, r)
	if err != nil {
		return fmt.Errorf("export of the oracle: %w", err)
	}
	// Whatever is matched, the words are the same: which match is used makes no difference here.
	if (r.Sort == "" || r.Sort == index.SortRelevance) && index.HasWords(r.Query.Tree(r.Match)) {
		slices.Sort(got)
		slices.Sort(want)
		if grouped(r) && len(got) == len(want) {
			return nil
		}
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the export\n got %q\nwant %q", got, want)
	}
	return nil
}

func exported(ctx context.Context, e index.Engine, r index.Request) ([]string, error) {
	var list []string
	for a, err := range e.Export(ctx, r) {
		if err != nil {
			return nil, err
		}
		list = append(list, a.ID)
	}
	return list, nil
}
