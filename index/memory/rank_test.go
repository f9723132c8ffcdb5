package memory_test

import (
	"math"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
	"dateline/query"
)

func put(t *testing.T, e *memory.Engine, articles ...index.Article) {
	t.Helper()
	if r, err := e.Put(t.Context(), articles); err != nil || len(r.Rejected) > 0 {
		t.Fatalf("Put: %+v, %v", r, err)
	}
}

func search(t *testing.T, e *memory.Engine, text string, r index.Request) *index.Result {
	t.Helper()
	var err error
	if r.Query, err = query.Parse(text, time.Now()); err != nil {
		t.Fatal(err)
	}
	result, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestScore compares scores with the formula of package index worked out by hand, to six places.
func TestScore(t *testing.T) {
	e := memory.New(memory.Options{})
	put(t, e,
		index.Article{ID: "a", Title: "oil", Body: "oil oil price"},         // titles: 1, 3 words, average 2
		index.Article{ID: "b", Title: "gas and gold", Body: "oil"},          // bodies: 3, 1, 2 words, average 2
		index.Article{ID: "c", Lead: "a lead", Body: "gas prices", URL: ""}, // no title: not in the average
	)
	for _, c := range []struct {
		query, id string
		want      float64
	}{
		// Two of three articles have the word: ln(1 + 1.5/2.5) = 0.470004. The title gives 3/(0.25 + 0.75*1/2) = 4.8, the body
		// 2/(0.25 + 0.75*3/2) = 1.454545; 0.470004 * 2.2 * 6.254545/(1.2 + 6.254545) = 0.867558.
		{"oil", "a", 0.867558},
		{"oil -gold -lead:lead", "a", 0.867558},
		{"oil^2", "a", 1.735116},
		// One has it in the title: ln(1 + 2.5/1.5) = 0.980829 * 2.2 * 4.8/6.
		{"title:oil", "a", 1.726259},
		// The body: 1/(0.25 + 0.75*1/2) = 1.6; 0.470004 * 2.2 * 1.6/2.8.
		{"oil", "b", 0.590862},
		// A phrase is one unit that weighs as its words do together: once in one body of three words: 1/1.375 = 0.727273;
		// (0.470004 + 0.470004) * 2.2 * 0.727273/1.927273.
		{`"oil price"`, "a", 0.780383},
		// Three places take part where the two words stand near each other: 1.5/1.375 = 1.090909.
		{"oil NEAR/5 price", "a", 0.984770},
		{`"oil price"~2`, "a", 0.984770},
		{`near5:"oil price"`, "a", 0.984770},
		// A prefix too is one unit: price and prices, in bodies of 3 and 2 words.
		{"pric*", "c", 0.470004},
		{"id:a", "a", 0},
		{"NOT gas", "a", 0},
	} {
		for _, h := range search(t, e, c.query, index.Request{}).Hits {
			if h.ID == c.id && math.Abs(h.Score-c.want) > 2e-6 {
				t.Errorf("%s scores %s with %f, want %f", c.query, h.ID, h.Score, c.want)
			}
		}
	}
	if got := search(t, e, "oil", index.Request{Sort: index.SortNewest}).Hits[0].Score; got == 0 {
		t.Error("an order by date hides the score")
	}
}

func TestClock(t *testing.T) {
	now := time.Date(2024, 3, 14, 1, 2, 3, 999, time.FixedZone("", 3600))
	e := memory.New(memory.Options{Clock: func() time.Time { return now }})
	a := index.Article{ID: "a", Title: "oil"}
	put(t, e, a)
	first := now
	now = now.Add(24 * time.Hour)
	put(t, e, a, index.Article{ID: "b", Title: "oil"})
	got, err := e.Get(t.Context(), "a")
	if want := index.At(first); err != nil || !got.Indexed.Equal(want.Time) || got.Indexed.Location() != time.UTC {
		t.Errorf("an unchanged article was indexed at %v, %v; want %v", got.Indexed, err, want)
	}
	for text, want := range map[string]int{"indexed:2024-03-14": 1, "indexed:2024-03-15": 1, "indexed:2024-03": 2, "indexed:2023": 0, "date:>=1900": 0} {
		if got := search(t, e, text, index.Request{}).Total.Articles; got != want {
			t.Errorf("%s finds %d, want %d", text, got, want)
		}
	}
}
