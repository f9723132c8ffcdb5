package memory

import (
	"fmt"
	"slices"
	"time"

	"dateline/index"
)

// timeline counts the matches over time.
func (s *search) timeline() (*index.Timeline, error) {
	first, last, undated := span(s.found)
	t := &index.Timeline{Interval: s.Interval, Unit: s.Count, Buckets: []index.Bucket{}, Undated: count(undated, s.Count)}
	if first.IsZero() {
		if t.Interval == index.IntervalAuto {
			t.Interval = index.Day
		}
		return t, nil
	}
	first, last = first.In(s.Zone), last.In(s.Zone)
	if t.Interval == index.IntervalAuto {
		t.Interval = index.Auto(first, last, slices.ContainsFunc(s.found, hasTimeOfDay))
	}
	if t.Interval.Count(first, last, index.MaxBuckets+1) > index.MaxBuckets {
		return nil, &index.ParamError{
			Name:   "interval",
			Detail: fmt.Sprintf("%s makes more than %d buckets from %s to %s", t.Interval, index.MaxBuckets, index.Day.Label(first), index.Day.Label(last)),
			Hint:   "take a coarser interval or a shorter time",
		}
	}
	for start := t.Interval.Floor(first); !start.After(last); start = t.Interval.Next(start) {
		next := t.Interval.Next(start)
		t.Buckets = append(t.Buckets, index.Bucket{
			Start: t.Interval.Label(start),
			Count: count(dated(s.found, start, next), s.Count),
			All:   count(dated(s.state.all, start, next), s.Count),
		})
	}
	return t, nil
}

func hasTimeOfDay(e *entry) bool {
	return !e.article.Published.IsZero() && index.HasTimeOfDay(e.article.Published.Unix())
}

// span returns the earliest and the latest publication, and those without.
func span(entries []*entry) (first, last time.Time, undated []*entry) {
	for _, e := range entries {
		t := e.when.Time
		switch {
		case t.IsZero():
			undated = append(undated, e)
			continue
		case first.IsZero() || t.Before(first):
			first = t
		}
		if last.IsZero() || t.After(last) {
			last = t
		}
	}
	return first, last, undated
}

// dated returns those published in [from, to).
func dated(entries []*entry, from, to time.Time) []*entry {
	var list []*entry
	for _, e := range entries {
		if within(e.when, from, to) {
			list = append(list, e)
		}
	}
	return list
}
