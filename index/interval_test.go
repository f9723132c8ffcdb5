package index

import (
	"testing"
	"time"
)

func utc(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestIntervals(t *testing.T) {
	for _, c := range []struct {
		interval    Interval
		at          string
		floor, next string
	}{
		{Hour, "2024-02-29 23:59", "2024-02-29T23:00:00Z", "2024-03-01T00:00:00Z"},
		{Day, "2024-02-29 23:59", "2024-02-29", "2024-03-01"},
		{Week, "2024-03-03 12:00", "2024-02-26", "2024-03-04"}, // a Sunday
		{Week, "2024-03-04 00:00", "2024-03-04", "2024-03-11"}, // a Monday
		{Week, "2021-01-01 00:00", "2020-12-28", "2021-01-04"},
		{Month, "2024-02-29 00:00", "2024-02-01", "2024-03-01"},
		{Quarter, "2024-12-31 23:59", "2024-10-01", "2025-01-01"},
		{Quarter, "2024-01-01 00:00", "2024-01-01", "2024-04-01"},
		{Year, "1605-06-01 00:00", "1605-01-01", "1606-01-01"},
	} {
		floor := c.interval.Floor(utc(c.at))
		if got := c.interval.Label(floor); got != c.floor {
			t.Errorf("%s of %s begins %s, want %s", c.interval, c.at, got, c.floor)
		}
		if got := c.interval.Label(c.interval.Next(floor)); got != c.next {
			t.Errorf("after the %s of %s comes %s, want %s", c.interval, c.at, got, c.next)
		}
	}
}

func TestAuto(t *testing.T) {
	for _, c := range []struct {
		first, last string
		timeOfDay   bool
		want        Interval
	}{
		{"2024-03-01 00:00", "2024-03-01 00:00", false, Day},
		{"2024-03-01 00:00", "2024-03-02 12:00", true, Hour},
		{"2024-03-01 00:00", "2024-04-20 12:00", true, Day},
		{"2024-01-01 00:00", "2024-12-31 00:00", false, Week},
		{"2020-01-01 00:00", "2024-12-31 00:00", false, Month},
		{"2008-01-01 00:00", "2024-12-31 00:00", false, Quarter},
		{"1950-01-01 00:00", "2024-12-31 00:00", false, Year},
		{"1605-01-01 00:00", "2024-12-31 00:00", false, Year},
	} {
		if got := Auto(utc(c.first), utc(c.last), c.timeOfDay); got != c.want {
			t.Errorf("from %s to %s: %s, want %s", c.first, c.last, got, c.want)
		}
	}
}

func TestCountStopsAtMost(t *testing.T) {
	if got := Hour.Count(utc("0001-01-01 00:00"), utc("9999-12-31 23:59"), 100); got != 100 {
		t.Errorf("counted %d", got)
	}
}
