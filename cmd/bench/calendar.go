package main

import (
	"math"
	"math/rand/v2"
	"time"
)

// The days of a corpus: fifteen years of news, of which ever more is published, less at weekends; and events, each of which
// makes some days busier and fades.
const (
	years      = 15
	growth     = 1.08 // each year over the one before
	weekend    = 0.5  // of a day of the week
	maxEvents  = 600
	burstShare = 0.35 // of the articles are about an event
	longestEnd = 6    // half-lives, then an event is over
)

var (
	firstDay = time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	lastDay  = firstDay.AddDate(years, 0, -1)
)

// calendar says how many articles a day has, and which events they are about.
type calendar struct {
	plain  []float64 // weight of each day without its events
	busy   []float64 // weight of the events on each day
	active [][]int   // events of each day
	events []event
}

// event is something that is written about from its first day on, half as much after each half-life.
type event struct {
	first, half int     // days
	weight      float64 // of all its days
	texts       []int   // the originals that are written about it
	kept        []doc   // articles about it, to be copied
}

// newCalendar draws the events: a few very large, most small.
func newCalendar(dice *rand.Rand, texts int) *calendar {
	days := int(lastDay.Sub(firstDay).Hours()/24) + 1
	c := &calendar{plain: plainDays(days), busy: make([]float64, days), active: make([][]int, days)}
	sizes := zipf(maxEvents, 4, 0.8)
	for i := range maxEvents {
		e := event{first: dice.IntN(days), half: 1 + dice.IntN(10), weight: burstShare * sizes.share(i)}
		for range 1 + dice.IntN(5) {
			e.texts = append(e.texts, dice.IntN(texts))
		}
		c.events = append(c.events, e)
		for day := e.first; day < min(days, e.first+longestEnd*e.half); day++ {
			c.busy[day] += e.on(day)
			c.active[day] = append(c.active[day], i)
		}
	}
	return c
}

// on returns the event's weight on a day.
func (e *event) on(day int) float64 {
	age := float64(day-e.first) / float64(e.half)
	return e.weight * math.Exp2(-age) * (1 - math.Exp2(-1/float64(e.half)))
}

// fading reports whether more than half has been written of the event.
func (e *event) fading(day int) bool { return day-e.first >= e.half }

// plainDays weighs days without events; all together weigh what the events leave.
func plainDays(days int) []float64 {
	weights, sum := make([]float64, days), 0.0
	for i := range weights {
		weights[i] = math.Pow(growth, float64(i)/365.25)
		if w := firstDay.AddDate(0, 0, i).Weekday(); w == time.Saturday || w == time.Sunday {
			weights[i] *= weekend
		}
		sum += weights[i]
	}
	for i := range weights {
		weights[i] *= (1 - burstShare) / sum
	}
	return weights
}

// counts spreads articles over the days.
func (c *calendar) counts(articles int) []int {
	sum := 0.0
	for i := range c.plain {
		sum += c.plain[i] + c.busy[i]
	}
	counts, so, given := make([]int, len(c.plain)), 0.0, 0
	for i := range counts {
		so += c.plain[i] + c.busy[i]
		upto := int(math.Round(float64(articles) * so / sum))
		counts[i] = upto - given
		given = upto
	}
	return counts
}

// event draws what an article of a day is about: an event, or nothing in particular.
func (c *calendar) event(dice *rand.Rand, day int) *event {
	u := dice.Float64()*(c.plain[day]+c.busy[day]) - c.plain[day]
	if u < 0 {
		return nil
	}
	for _, i := range c.active[day] {
		if u -= c.events[i].on(day); u < 0 {
			return &c.events[i]
		}
	}
	return nil
}
