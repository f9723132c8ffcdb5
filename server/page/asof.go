package page

import (
	"time"

	"dateline/index"
)

// asOf is the time of the index that a search asks for, in words, and the way back to the present.
type asOf struct{ When, Back string }

func newAsOf(p params) *asOf {
	t, ok := asOfTime(p)
	if !ok {
		return nil
	}
	return &asOf{When: asOfWords(t), Back: p.with("as_of").URL()}
}

// asOfWords says when the index was as it is shown.
func asOfWords(t time.Time) string {
	switch {
	case endOfDay(t):
		return "at the end of " + t.Format(layoutDay)
	case t.Second() == 0:
		return "on " + t.Format("2 January 2006, 15:04 MST")
	}
	return "on " + t.Format("2 January 2006, 15:04:05 MST")
}

// asOfTime reads the parameter as a search writes it, in the zone of the search.
func asOfTime(p params) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, p.get("as_of"))
	return t.In(p.zone()), err == nil
}

// endOfDay reports whether a time is the last second of its day, as which a search reads a day.
func endOfDay(t time.Time) bool { return t.Add(time.Second).Format(time.TimeOnly) == "00:00:00" }

// asOfBox is the input for the time: one for a day, unless there is a time of day to keep.
type asOfBox struct {
	Type, Value string
	Label       string
	Open        bool
}

func newAsOfBox(p params) asOfBox {
	t, ok := asOfTime(p)
	switch {
	case !ok:
		return asOfBox{Type: "date", Label: "as it was at the end of"}
	case endOfDay(t):
		return asOfBox{"date", t.Format(time.DateOnly), "as it was at the end of", true}
	}
	return asOfBox{"text", p.get("as_of"), "as it was at", true}
}

// futureLink leads to the order in which dates of the future are dates like others, or back. n articles have one.
func futureLink(p params, n int) choice {
	switch {
	case p.get("future") == "1" && p.datedOrder():
		return choice{Text: "Put articles dated in the future last", URL: p.with("future").URL()}
	case n > 0 && p.get("future") == "":
		return choice{Text: count(n, "article dated in the future comes", "articles dated in the future come") + " last; order them by date", URL: p.with("future", "1").URL()}
	}
	return choice{}
}

// datedOrder reports whether the hits are ordered by date.
func (p params) datedOrder() bool {
	s := index.Sort(p.get("sort"))
	return p.get("q") == "" || s == index.SortNewest || s == index.SortOldest
}
