package index

import "time"

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

// Floor returns the start of the bucket that holds t, in UTC.
func (i Interval) Floor(t time.Time) time.Time {
	t = t.UTC()
	y, m, d := t.Date()
	switch i {
	case Hour:
		return t.Truncate(time.Hour)
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

// Next returns the start of the bucket after the one that starts at t.
func (i Interval) Next(t time.Time) time.Time {
	switch i {
	case Hour:
		return t.Add(time.Hour)
	case Week:
		return t.AddDate(0, 0, 7)
	case Month:
		return t.AddDate(0, 1, 0)
	case Quarter:
		return t.AddDate(0, 3, 0)
	case Year:
		return t.AddDate(1, 0, 0)
	}
	return t.AddDate(0, 0, 1)
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

// Label writes a bucket's start as JSON shows it.
func (i Interval) Label(start time.Time) string {
	if i == Hour {
		return start.UTC().Format(time.RFC3339)
	}
	return start.UTC().Format(time.DateOnly)
}
