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
		index.Article{ID: "a", Title: "oil", Body: "oil oil price"},         // length 3·1 + 3 = 6
		index.Article{ID: "b", Title: "gas and gold", Body: "oil"},          // 3·3 + 1 = 10
		index.Article{ID: "c", Lead: "a lead", Body: "gas prices", URL: ""}, // 1.5·2 + 2 = 5; the average is 7
	)
	for _, c := range []struct {
		query, id string
		want      float64
	}{
		// Two of three articles have the word: 0.1 ln(1 + 1.5/2.5) = 0.047000, the floor. It counts 3 in the title and 2 in the
		// body: 5/(0.2 + 0.8·6/7) = 5.645161; 0.047000 · 2.5 · 5.645161/(1.5 + 5.645161).
		{"oil", "a", 0.092834},
		{"oil -gold -lead:lead", "a", 0.092834},
		{"oil^2", "a", 0.185667},
		{"oil OR oil", "a", 0.092834},
		{"oil OR oil^2", "a", 0.185667},
		// One has it in the title: ln(2.5/1.5) = 0.510826; titles have the lengths 3, 9 and 0, on average 4:
		// 3/(0.2 + 0.8·3/4) = 3.75; 0.510826 · 2.5 · 3.75/5.25.
		{"title:oil", "a", 0.912189},
		// The body: 1/(0.2 + 0.8·10/7) = 0.744681.
		{"oil", "b", 0.038981},
		// A phrase is one unit that weighs as its words do together: 1/(0.2 + 0.8·6/7) = 1.129032;
		// (0.047000 + 0.047000) · 2.5 · 1.129032/2.629032.
		{`"oil price"`, "a", 0.100921},
		// Three places take part where the two words stand near each other: 1.5/0.885714 = 1.693548.
		{"oil NEAR/5 price", "a", 0.124622},
		{`"oil price"~2`, "a", 0.124622},
		{`near5:"oil price"`, "a", 0.124622},
		// Words side by side: each of them; that they are neighbours says nothing where most articles have both.
		{"oil price", "a", 0.143294},
		// One article of three has these: twice 0.510826 · 2.5 · 1.944444/3.444444, and 0.3 times as much for the two together.
		{"a lead", "c", 1.874400},
		// A prefix too is one unit: price and prices, in bodies of 3 and 2 words.
		{"pric*", "c", 0.054471},
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
