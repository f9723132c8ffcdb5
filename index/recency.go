package index

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Recency mixes the age of an article into the order by relevance. The zero value leaves the order neutral of time.
//
// The score of an article is multiplied by 1-w+w·2^(-age/HalfLife), with w = RecencyWeight: whatever is old keeps a part of
// its score, so that what answers the query best is not lost behind what is merely new. Undated articles count as old.
type Recency struct {
	HalfLife time.Duration // at least MinHalfLife; 0 for none
	Text     string        // as the reader wrote it ("30d"); "" when set in code
	// Origin is what ages count back from; what is newer has no age. Zero is the upper bound of the dates asked for or, without
	// one, the end of the day on which the search is resolved.
	Origin time.Time
}

// Limits of a half-life, and how much of a score age may take.
const (
	MinHalfLife   = time.Hour
	MaxHalfLife   = 100 * 365 * 24 * time.Hour
	RecencyWeight = 0.5
)

// Factor returns what the score of an article published at an instant is multiplied by.
func (r Recency) Factor(published time.Time) float64 {
	switch {
	case r.HalfLife == 0:
		return 1
	case published.IsZero():
		return 1 - RecencyWeight
	}
	return r.FactorUnix(published.Unix())
}

// FactorUnix is Factor for seconds since 1970.
func (r Recency) FactorUnix(seconds int64) float64 {
	age := max(0, float64(r.Origin.Unix()-seconds))
	return 1 - RecencyWeight + RecencyWeight*math.Exp2(-age/r.HalfLife.Seconds())
}

// resolve fills in the origin.
func (r Recency) resolve(f Filters, now time.Time) Recency {
	switch {
	case r.HalfLife == 0:
		return Recency{}
	case r.Origin.IsZero() && !f.To.IsZero():
		r.Origin = f.To
	case r.Origin.IsZero():
		r.Origin = Day.Next(Day.Floor(now.UTC()))
	}
	return r
}

func (r Recency) check() error {
	if r.HalfLife != 0 && (r.HalfLife < MinHalfLife || r.HalfLife > MaxHalfLife) {
		return &ParamError{Name: "recency", Detail: fmt.Sprintf("is a half-life between 1h and 100y, not %v", r.HalfLife)}
	}
	return nil
}

// halfLifeUnits are the units of a half-life.
var halfLifeUnits = map[byte]time.Duration{
	'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour, 'm': 30 * 24 * time.Hour, 'y': 365 * 24 * time.Hour,
}

// readRecency reads a half-life such as 30d.
func readRecency(r *Request, values []string, now time.Time) error {
	text := strings.ToLower(strings.TrimSpace(values[0]))
	if text == none {
		return nil
	}
	fault := &ParamError{Name: "recency", Detail: "must be a half-life as in 36h, 30d, 2w, 6m or 1y, not " + cut(values[0])}
	unit := halfLifeUnits[text[len(text)-1]]
	n, err := strconv.Atoi(text[:len(text)-1])
	if err != nil || unit == 0 || n < 1 || n > int(MaxHalfLife/unit) {
		return fault
	}
	r.Recency = Recency{HalfLife: time.Duration(n) * unit, Text: text}
	return r.Recency.check()
}

func showRecency(r *Request) []string {
	switch {
	case r.Recency.HalfLife == 0:
		return nil
	case r.Recency.Text != "":
		return one(r.Recency.Text)
	}
	return one(r.Recency.spell())
}

// spell writes a half-life in the largest unit that it is a whole number of.
func (r Recency) spell() string {
	for _, unit := range "ymwdh" {
		if d := halfLifeUnits[byte(unit)]; r.HalfLife%d == 0 {
			return strconv.Itoa(int(r.HalfLife/d)) + string(unit)
		}
	}
	return strconv.Itoa(int(math.Ceil(r.HalfLife.Hours()))) + "h"
}
