package enginetest

import (
	"slices"
	"testing"

	"dateline/index"
)

// outcomes checks that a receipt says of each article what became of it.
func outcomes(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024"), short("b", "gas", "AP", "2024"))
	receipt := mustPut(t, e,
		short("a", "oil", "AP", "2024"),
		short("b", "coal", "AP", "2024"),
		index.Article{ID: "c"},
		short("d", "wind", "AP", "2024"),
		short("d", "sun", "AP", "2024"),
		short("d", "sun", "AP", "2024"),
	)
	want := []index.Outcome{index.Unchanged, index.Updated, index.Rejected, index.Indexed, index.Updated, index.Unchanged}
	if !slices.Equal(receipt.Outcomes, want) {
		t.Errorf("outcomes %v, want %v", receipt.Outcomes, want)
	}
	if receipt.Indexed != 1 || receipt.Updated != 2 || receipt.Unchanged != 2 || len(receipt.Rejected) != 1 {
		t.Errorf("receipt %s", text(receipt))
	}
}

// countsChanges checks that everything ever done is counted, what was undone within one batch included.
func countsChanges(t *testing.T, e index.Engine) {
	old, other := short("a", "oil", "AP", "2024"), short("a", "gas", "AP", "2024")
	for _, step := range []struct {
		what string
		do   func()
		want index.Changes
	}{
		{"nothing", func() {}, index.Changes{}},
		{"one new", func() { mustPut(t, e, old) }, index.Changes{Indexed: 1}},
		{"the same", func() { mustPut(t, e, old) }, index.Changes{Indexed: 1}},
		{"there and back", func() { mustPut(t, e, other, old) }, index.Changes{Indexed: 1, Updated: 2}},
		{"one new, one rejected", func() { mustPut(t, e, short("b", "x", "", ""), index.Article{}) }, index.Changes{Indexed: 2, Updated: 2}},
		{"deleted", func() { mustDelete(t, e, "a", "nobody", "a") }, index.Changes{Indexed: 2, Updated: 2, Deleted: 1}},
		{"come again", func() { mustPut(t, e, old) }, index.Changes{Indexed: 3, Updated: 2, Deleted: 1}},
	} {
		step.do()
		stats, err := e.Stats(t.Context())
		if err != nil || stats.Changes != step.want || stats.Articles != step.want.Indexed-step.want.Deleted {
			t.Errorf("after %s: %d articles, %+v, %v; want %+v", step.what, stats.Articles, stats.Changes, err, step.want)
		}
	}
}

func mustDelete(t *testing.T, e index.Engine, ids ...string) {
	t.Helper()
	if _, err := e.Delete(t.Context(), ids); err != nil {
		t.Fatalf("Delete: %v", err)
	}
}
