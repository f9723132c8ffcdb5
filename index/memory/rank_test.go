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
		// ln(1 + 2.5/1.5) = 0.980829; in the title 3 * 0.980829 * 2.2/(1 + 1.2*(0.25 + 0.75*1/2)) = 3.699127,
		// in the body, where 2 of 3 have it, ln(1 + 1.5/2.5) = 0.470004 * 2*2.2/(2 + 1.2*(0.25 + 0.75*3/2)) = 0.566580.
		{"oil", "a", 3.699127 + 0.566580},
		{"title:oil", "a", 3.699127},
		// 0.470004 * 2.2/(1 + 1.2*(0.25 + 0.75*1/2)) = 0.590862.
		{"oil", "b", 0.590862},
		// A phrase is one unit: once in one body of three words: 0.980829 * 2.2/(1 + 1.2*(0.25 + 0.75*3/2)) = 0.814273.
		{`"oil price"`, "a", 0.814273},
		// A prefix too: price and prices in bodies of 3 and 2 words.
		{"pric*", "c", 0.470004},
		{"oil -gold -lead:lead", "a", 3.699127 + 0.566580},
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
