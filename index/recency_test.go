package index

import (
	"math"
	"net/url"
	"strings"
	"testing"
	"time"

	"dateline/query"
)

func TestRecencyFactor(t *testing.T) {
	origin := time.Date(2024, 3, 31, 0, 0, 0, 0, time.UTC)
	r := Recency{HalfLife: 10 * 24 * time.Hour, Origin: origin}
	for _, c := range []struct {
		published time.Time
		want      float64
	}{
		{origin, 1},
		{origin.AddDate(0, 0, 5), 1}, // clocks run ahead
		{origin.AddDate(0, 0, -10), 0.75},
		{origin.AddDate(0, 0, -20), 0.625},
		{origin.AddDate(-100, 0, 0), 0.5},
		{time.Time{}, 0.5},
	} {
		if got := r.Factor(c.published); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v: got %v, want %v", c.published, got, c.want)
		}
	}
	if got := (Recency{}).Factor(time.Time{}); got != 1 {
		t.Errorf("without a half-life: got %v", got)
	}
}

func TestReadRecency(t *testing.T) {
	now := time.Date(2024, 3, 20, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"36h": 36 * time.Hour, "30d": 30 * 24 * time.Hour, "2W": 14 * 24 * time.Hour, "6m": 180 * 24 * time.Hour, "1y": 365 * 24 * time.Hour,
		"none": 0, "": 0,
	} {
		r, err := ParseRequest(url.Values{"recency": {text}}, now)
		if err != nil || r.Recency.HalfLife != want {
			t.Errorf("%q: got %v, %v", text, r.Recency, err)
		}
		again, err := ParseRequest(r.Values(), now)
		if err != nil || again.Recency.HalfLife != want {
			t.Errorf("%q is written as %v", text, r.Values())
		}
	}
	for _, text := range []string{"30", "d", "0d", "-1d", "1.5d", "101y", "1s", "x", "99999999999999999999d", "9999999y"} {
		if _, err := ParseRequest(url.Values{"recency": {text}}, now); err == nil || !strings.HasPrefix(err.Error(), "recency: must be a half-life") {
			t.Errorf("%q: got %v", text, err)
		}
	}
	for d, want := range map[time.Duration]string{36 * time.Hour: "36h", 48 * time.Hour: "2d", 7 * 24 * time.Hour: "1w", 90 * time.Minute: "2h"} {
		if got := (Recency{HalfLife: d}).spell(); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}

func TestRecencyOrigin(t *testing.T) {
	r := Request{Recency: Recency{HalfLife: time.Hour}}
	resolved, err := r.Resolve()
	if age := time.Until(resolved.Recency.Origin); err != nil || age < 0 || age > 25*time.Hour {
		t.Errorf("ages count from %v, %v", resolved.Recency.Origin, err)
	}
	r.Filters.To = time.Date(1987, 10, 20, 0, 0, 0, 0, time.UTC)
	if resolved, _ = r.Resolve(); !resolved.Recency.Origin.Equal(r.Filters.To) {
		t.Errorf("ages count from %v, not from the end of the dates asked for", resolved.Recency.Origin)
	}
	r.Recency.HalfLife = time.Second
	if _, err := r.Resolve(); err == nil {
		t.Error("a half-life of a second is taken")
	}
}

// TestRecencyCursor holds that a cursor keeps its origin, and belongs to its half-life.
func TestRecencyCursor(t *testing.T) {
	r := Request{Query: &query.Query{Root: query.Word{Text: "oil"}}, Recency: Recency{HalfLife: time.Hour}}
	origin := At(time.Date(2024, 3, 20, 0, 0, 0, 0, time.UTC))
	r.Cursor = Cursor{Match: query.MatchAll, Score: 1.5, ID: "a", Origin: origin}.Encode(r)
	if c, err := DecodeCursor(r); err != nil || !c.Origin.Equal(origin.Time) {
		t.Errorf("got %+v, %v", c, err)
	}
	r.Recency.HalfLife *= 2
	if _, err := DecodeCursor(r); err == nil {
		t.Error("a cursor goes with another half-life")
	}
}
