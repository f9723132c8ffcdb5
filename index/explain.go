package index

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Explanation says why a hit stands where it does. The scores of the parts, the largest first, add up to the hit's score, but
// for rounding in the last digits.
type Explanation struct {
	Text  string        `json:"text"` // in words
	Parts []Explanandum `json:"parts"`
}

// Explanandum is one reason: a word or phrase of the query that the article has, or its age.
type Explanandum struct {
	What  string  `json:"what"` // as the query has it; "neighbours" and "age" for what the query does not say
	Why   string  `json:"why"`
	Score float64 `json:"score"` // age takes away: it is negative
}

// Worth is what an engine knows of one unit of the ranking in one article.
type Worth struct {
	What        string    // canonical spelling
	Neighbours  bool      // words of the query that stand next to each other
	Weight      float64   // the product of the weights around it
	Articles    int       // of the index that have it; 0 when it is several words
	Frequencies []float64 // in each of TextFields
	Score       float64
}

// Explain explains the score of the hit at a place in the order, from 1, or at none, 0, when the order is by date. all is
// the number of articles in the index.
func Explain(place, all int, worths []Worth, r Recency, published Time) *Explanation {
	e := &Explanation{Parts: []Explanandum{}}
	sum := 0.0
	var reasons []string
	for _, w := range worths {
		if w.Score == 0 {
			continue
		}
		sum += w.Score
		e.Parts = append(e.Parts, w.explain(all))
	}
	slices.SortFunc(e.Parts, func(a, b Explanandum) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.What, b.What))
	})
	for i, p := range e.Parts {
		if i == 3 {
			reasons = append(reasons, fmt.Sprintf("%d more", len(e.Parts)-i))
			break
		}
		reasons = append(reasons, fmt.Sprintf("%s %s (%+.2f)", p.What, p.Why, p.Score))
	}
	if r.HalfLife > 0 {
		factor := r.Factor(published.Time)
		p := Explanandum{What: "age", Why: r.explain(published, factor), Score: sum*factor - sum}
		e.Parts = append(e.Parts, p)
		reasons = append(reasons, fmt.Sprintf("%s (%+.2f)", p.Why, p.Score))
	}
	subject := "It has its score"
	if place > 0 {
		subject = ordinal(place)
	}
	if len(reasons) == 0 {
		e.Text = "The query has no words to rank by."
		return e
	}
	e.Text = subject + " because: " + strings.Join(reasons, "; ") + "."
	return e
}

func (w Worth) explain(all int) Explanandum {
	var places []string
	for i, f := range TextFields {
		if n := w.Frequencies[i]; n > 0 {
			places = append(places, times(n)+" in the "+f.Name)
		}
	}
	why := strings.Join(places, ", ")
	if w.Articles > 0 {
		why += fmt.Sprintf("; %d of all %d articles have it", w.Articles, all)
	}
	if w.Weight != 1 {
		why += fmt.Sprintf("; weight %g", w.Weight)
	}
	if w.Neighbours {
		return Explanandum{"neighbours", w.What + " " + why, w.Score}
	}
	return Explanandum{w.What, why, w.Score}
}

func times(n float64) string {
	switch {
	case n == 1:
		return "once"
	case n == 2:
		return "twice"
	case n == math.Trunc(n):
		return fmt.Sprintf("%.0f times", n)
	}
	return fmt.Sprintf("%.1f times", n)
}

// explain says what age does to a score.
func (r Recency) explain(published Time, factor float64) string {
	if published.IsZero() {
		return fmt.Sprintf("undated, so taken for old: ×%.2f", factor)
	}
	age := r.Origin.Sub(published.Time).Truncate(24 * time.Hour)
	return fmt.Sprintf("%d days old at a half-life of %s: ×%.2f", max(0, int(age.Hours()/24)), r.spell(), factor)
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}
