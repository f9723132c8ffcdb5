package index

import (
	"time"

	"dateline/query"
)

// Interval is the width of a timeline's buckets.
type Interval string

// The intervals. Weeks begin on Monday (ISO 8601).
const (
	IntervalAuto Interval = "auto"
	Hour         Interval = "hour"
	Day          Interval = "day"
	Week         Interval = "week"
	Month        Interval = "month"
	Quarter      Interval = "quarter"
	Year         Interval = "year"
)

// Intervals lists the fixed intervals from fine to coarse.
var Intervals = []Interval{Hour, Day, Week, Month, Quarter, Year}

// autoBuckets is how many bars a timeline may have before Auto takes the next coarser interval: about what a phone's width
// of 320 pixels shows with bars of 4.
const autoBuckets = 80

// Auto returns the finest interval that draws [first, last] in at most autoBuckets buckets, or Year. Hours are for dates of
// which some have a time of day.
func Auto(first, last time.Time, timeOfDay bool) Interval {
	for _, i := range Intervals {
		if (i != Hour || timeOfDay) && i.Count(first, last, autoBuckets+1) <= autoBuckets {
			return i
		}
	}
	return Year
}

// HasTimeOfDay reports whether an instant in Unix seconds is not midnight UTC, which stands for a day.
func HasTimeOfDay(unix int64) bool { return unix%(24*60*60) != 0 }

// Floor returns the start of the bucket that holds t, in the zone of t.
//
// Buckets are those of the zone's clocks and calendar. A day begins at the first instant of its date (query.Instant), be it
// midnight or not, so that days of 23, 24 and 25 hours follow one another without holes, and one that the zone skipped has no
// bucket. Hours begin at the full hour and wherever the clocks are changed: where they go back there are two of the same
// hour, with different offsets.
func (i Interval) Floor(t time.Time) time.Time {
	if i == Hour {
		start, _ := hourOf(t)
		return start
	}
	start := dayIn(i.first(t), t.Location())
	for next := i.Next(start); !next.After(t); next = i.Next(start) { // the clocks went back over the start of a day
		start = next
	}
	return start
}

// Next returns the start of the bucket after the one that starts at t.
func (i Interval) Next(t time.Time) time.Time {
	first := i.first(t)
	switch i {
	case Hour:
		_, end := hourOf(t)
		return end
	case Week:
		first = first.AddDate(0, 0, 7)
	case Month:
		first = first.AddDate(0, 1, 0)
	case Quarter:
		first = first.AddDate(0, 3, 0)
	case Year:
		first = first.AddDate(1, 0, 0)
	default:
		first = first.AddDate(0, 0, 1)
	}
	return dayIn(first, t.Location())
}

// first returns the first day of the bucket of a day or more that holds the date of t, as midnight UTC.
func (i Interval) first(t time.Time) time.Time {
	y, m, d := t.Date()
	switch i {
	case Week:
		d -= (int(t.Weekday()) + 6) % 7
	case Month:
		d = 1
	case Quarter:
		m, d = (m-1)/3*3+1, 1
	case Year:
		m, d = 1, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func dayIn(day time.Time, zone *time.Location) time.Time { return query.Instant(day, zone).In(zone) }

// hourOf returns the bounds of the hour that holds t. A change of the clocks ends an hour, and begins one.
func hourOf(t time.Time) (start, end time.Time) {
	_, offset := t.Zone()
	since := time.Duration(((t.Unix()+int64(offset))%3600+3600)%3600)*time.Second + time.Duration(t.Nanosecond())
	start = t.Add(-since)
	end = start.Add(time.Hour)
	if changed, _ := t.ZoneBounds(); changed.After(start) && isChange(changed) {
		start = changed
	}
	if _, changes := t.ZoneBounds(); !changes.IsZero() && changes.Before(end) && isChange(changes) {
		end = changes
	}
	return start, end
}

// isChange reports whether the offset changes at a bound of a zone. At some only the name does.
func isChange(t time.Time) bool {
	_, before := t.Add(-time.Second).Zone()
	_, after := t.Zone()
	return before != after
}

// Count returns the number of buckets from the one that holds first to the one that holds last, or atMost when there are
// more.
func (i Interval) Count(first, last time.Time, atMost int) int {
	n := 0
	for t := i.Floor(first); !t.After(last) && n < atMost; t = i.Next(t) {
		n++
	}
	return n
}

// Label writes a bucket's start as JSON shows it: its first day in the zone of start as YYYY-MM-DD; for hours RFC 3339 with the
// zone's offset, or UTC where that has seconds, which RFC 3339 cannot write.
func (i Interval) Label(start time.Time) string {
	if i != Hour {
		return i.first(start).Format(time.DateOnly)
	}
	if _, offset := start.Zone(); offset%60 != 0 {
		start = start.UTC()
	}
	return start.Format(time.RFC3339)
}
