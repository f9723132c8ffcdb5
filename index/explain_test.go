package index

import (
	"math"
	"testing"
	"time"
)

func TestExplain(t *testing.T) {
	worths := []Worth{
		{What: "oil", Weight: 1, Articles: 12, Frequencies: []float64{1, 0, 6, 0, 0, 0}, Score: 4},
		{What: `"oil price"`, Weight: 1, Neighbours: true, Frequencies: []float64{0, 0, 2.5, 0, 0, 0}, Score: 1},
		{What: "price", Weight: 2, Articles: 30, Frequencies: []float64{2, 0, 0, 0, 0, 0}, Score: 2},
		{What: "today", Weight: 1, Frequencies: make([]float64, 6)},
	}
	origin := time.Date(2024, 3, 31, 0, 0, 0, 0, time.UTC)
	recency := Recency{HalfLife: 10 * 24 * time.Hour, Origin: origin}
	for _, c := range []struct {
		recency   Recency
		published Time
		score     float64
		place     int
		want      string
	}{
		{Recency{}, Time{}, 7, 2, `2nd because: oil once in the title, 6 times in the body; 12 of all 103 articles have it (+4.00); ` +
			`price twice in the title; 30 of all 103 articles have it; weight 2 (+2.00); neighbours "oil price" 2.5 times in the body (+1.00).`},
		{recency, At(origin.AddDate(0, 0, -10)), 5.25, 0, `It has its score because: oil once in the title, 6 times in the body; 12 of all 103 articles have it (+4.00); ` +
			`price twice in the title; 30 of all 103 articles have it; weight 2 (+2.00); neighbours "oil price" 2.5 times in the body (+1.00); ` +
			`10 days old at a half-life of 10d: ×0.75 (-1.75).`},
	} {
		e := Explain(c.place, 103, worths, c.recency, c.published)
		if e.Text != c.want {
			t.Errorf("got  %s\nwant %s", e.Text, c.want)
		}
		sum := 0.0
		for _, p := range e.Parts {
			sum += p.Score
		}
		if math.Abs(sum-c.score) > 1e-9 {
			t.Errorf("the parts add up to %v, not %v", sum, c.score)
		}
	}
	if e := Explain(1, 103, nil, Recency{}, Time{}); e.Text != "The query has no words to rank by." || len(e.Parts) != 0 {
		t.Errorf("without words: %+v", e)
	}
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
