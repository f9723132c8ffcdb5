package index

import (
	"math/rand/v2"
	"strings"
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

// TestIntervalsInZones lists successive buckets from the one that holds an instant.
func TestIntervalsInZones(t *testing.T) {
	for _, c := range []struct {
		zone     string
		interval Interval
		at       string
		want     string
	}{
		{"Europe/Berlin", Day, "2024-03-30T23:00:00Z", "2024-03-31 2024-04-01"},
		{"Europe/Berlin", Day, "2024-03-30T22:59:59Z", "2024-03-30 2024-03-31"},
		{"Europe/Berlin", Week, "2024-03-31T22:00:00Z", "2024-04-01 2024-04-08"},
		{"Europe/Berlin", Month, "2024-02-29T23:00:00Z", "2024-03-01 2024-04-01"},
		{"Europe/Berlin", Quarter, "2024-03-31T21:59:59Z", "2024-01-01 2024-04-01"},
		{"Europe/Berlin", Year, "2023-12-31T23:30:00Z", "2024-01-01 2025-01-01"},
		{"Europe/Berlin", Hour, "2024-03-31T00:59:00Z", "2024-03-31T01:00:00+01:00 2024-03-31T03:00:00+02:00"},
		{"Europe/Berlin", Hour, "2024-10-27T00:10:00Z", "2024-10-27T02:00:00+02:00 2024-10-27T02:00:00+01:00 2024-10-27T03:00:00+01:00"},
		{"Europe/Berlin", Hour, "1893-03-31T22:10:00Z", "1893-03-31T22:06:32Z 1893-04-01T00:06:32+01:00 1893-04-01T01:00:00+01:00"},
		{"Asia/Kolkata", Hour, "2024-03-14T00:29:00Z", "2024-03-14T05:00:00+05:30 2024-03-14T06:00:00+05:30"},
		{"Australia/Lord_Howe", Hour, "2024-04-06T14:30:00Z", "2024-04-07T01:00:00+11:00 2024-04-07T01:30:00+10:30 2024-04-07T02:00:00+10:30"},
		{"Australia/Lord_Howe", Hour, "2024-10-05T15:00:00Z", "2024-10-06T01:00:00+10:30 2024-10-06T02:30:00+11:00 2024-10-06T03:00:00+11:00"},
		{"Africa/Monrovia", Hour, "1971-06-01T00:50:00Z", "1971-06-01T00:44:30Z 1971-06-01T01:44:30Z"},
		{"Africa/Monrovia", Day, "1971-06-01T00:44:29Z", "1971-05-31 1971-06-01"},
		{"America/Sao_Paulo", Day, "2018-11-04T02:59:59Z", "2018-11-03 2018-11-04 2018-11-05"},
		{"America/Sao_Paulo", Month, "2018-11-04T03:00:00Z", "2018-11-01 2018-12-01"},
		{"America/Sao_Paulo", Hour, "2018-11-04T02:00:00Z", "2018-11-03T23:00:00-03:00 2018-11-04T01:00:00-02:00"},
		{"America/St_Johns", Day, "2006-10-29T02:31:30Z", "2006-10-29 2006-10-30"}, // 23:01:30 of the 28th, for the second time
		{"Pacific/Apia", Day, "2011-12-30T09:59:59Z", "2011-12-29 2011-12-31 2012-01-01"},
		{"Pacific/Apia", Week, "2011-12-30T10:00:00Z", "2011-12-26 2012-01-02"},
		{"Pacific/Apia", Day, "1892-07-04T12:00:00Z", "1892-07-04 1892-07-05"}, // which came twice
	} {
		start := c.interval.Floor(at(c.at).In(mustZone(c.zone)))
		var labels []string
		for range strings.Fields(c.want) {
			labels = append(labels, c.interval.Label(start))
			start = c.interval.Next(start)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%s from %s in %s: %s, want %s", c.interval, c.at, c.zone, got, c.want)
		}
	}
}

// TestBucketsTile: wherever an instant lies, its bucket begins not after it and ends after it, and the bucket is that of its
// start; labels rise, and a coarse bucket begins where a fine one does.
func TestBucketsTile(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	for _, name := range oddZones {
		zone := mustZone(name)
		for range 300 {
			instant := time.Unix(oddInstant(r, zone), 0).In(zone)
			for _, i := range Intervals {
				start := i.Floor(instant)
				next := i.Next(start)
				if start.After(instant) || !next.After(instant) || !i.Floor(start).Equal(start) || !i.Floor(next).Equal(next) || i.Label(next) == i.Label(start) {
					t.Fatalf("seed %d: %s of %s is %s to %s", seed, i, instant, start, next)
				}
				if i != Hour && (!Day.Floor(start).Equal(start) || !Hour.Floor(start).Equal(start) || i.Label(start) >= i.Label(next)) {
					t.Fatalf("seed %d: %s of %s begins within a day or hour: %s", seed, i, instant, start)
				}
				if end := i.Next(next); i.Count(start, end, 10) != 3 || i.Count(start, next.Add(-time.Second), 10) != 1 {
					t.Fatalf("seed %d: %s from %s to %s counts %d", seed, i, start, end, i.Count(start, end, 10))
				}
			}
		}
	}
}

func BenchmarkBuckets(b *testing.B) {
	for _, i := range []Interval{Hour, Day, Year} {
		b.Run(string(i), func(b *testing.B) {
			start := i.Floor(time.Date(1990, 1, 1, 0, 0, 0, 0, berlin))
			for b.Loop() {
				if start = i.Next(start); start.Year() > 2500 {
					start = i.Floor(time.Date(1990, 1, 1, 0, 0, 0, 0, berlin))
				}
			}
		})
	}
}
