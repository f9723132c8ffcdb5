package page

import (
	"testing"
	"time"

	"dateline/index"
)

func TestAge(t *testing.T) {
	now := at("2024-03-20T12:00:00Z").Time
	for _, c := range []struct{ then, precision, want string }{
		{"2024-03-20T12:00:00Z", "second", "just now"}, {"2024-03-20T12:00:20Z", "second", "just now"},
		{"2024-03-20T11:59:00Z", "second", "1 minute ago"}, {"2024-03-20T11:01:00Z", "minute", "59 minutes ago"},
		{"2024-03-20T09:00:00Z", "minute", "3 hours ago"}, {"2024-03-19T13:00:00Z", "minute", "23 hours ago"},
		{"2024-03-19T12:00:00Z", "minute", "yesterday"}, {"2024-03-18T23:00:00Z", "", "2 days ago"},
		{"2024-03-20T15:00:00Z", "minute", "in 3 hours"}, {"2024-03-20T12:30:00Z", "minute", "in 30 minutes"},
		{"2024-03-21T13:00:00Z", "minute", "tomorrow"}, {"2024-03-24T00:00:00Z", "day", "in 4 days"},
		{"2024-03-20T00:00:00Z", "day", "today"}, {"2024-03-19T00:00:00Z", "day", "yesterday"}, {"2024-03-07T00:00:00Z", "day", "13 days ago"},
		{"2024-03-06T00:00:00Z", "day", "2 weeks ago"}, {"2024-01-21T00:00:00Z", "day", "8 weeks ago"}, {"2024-01-20T00:00:00Z", "day", "2 months ago"},
		{"2023-12-21T00:00:00Z", "day", "2 months ago"}, {"2022-03-21T00:00:00Z", "day", "23 months ago"}, {"2022-03-20T00:00:00Z", "day", "2 years ago"},
		{"1987-06-02T10:05:00Z", "minute", "36 years ago"}, {"2026-04-20T00:00:00Z", "day", "in 2 years"}, {"2024-06-19T00:00:00Z", "day", "in 2 months"},
		{"2024-03-01T00:00:00Z", "month", "this month"}, {"2024-02-01T00:00:00Z", "month", "last month"}, {"2023-03-01T00:00:00Z", "month", "12 months ago"},
		{"2024-04-01T00:00:00Z", "month", "next month"}, {"2024-01-01T00:00:00Z", "year", "this year"}, {"2023-01-01T00:00:00Z", "year", "last year"},
		{"2004-01-01T00:00:00Z", "year", "20 years ago"},
	} {
		if got := age(at(c.then), c.precision, now, time.UTC); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.then, c.precision, got, c.want)
		}
	}
	if age(index.Time{}, "day", now, time.UTC) != "" || age(at("2024-03-20T12:00:00Z"), "day", time.Time{}, time.UTC) != "" {
		t.Error("the undated have an age")
	}
}

// TestAgeInZone: yesterday is that of the zone, but for articles that are dated by a calendar.
func TestAgeInZone(t *testing.T) {
	zone, err := time.LoadLocation("Pacific/Auckland") // 13 hours ahead
	if err != nil {
		t.Fatal(err)
	}
	now := at("2024-03-20T12:00:00Z").Time // the 21st, 01:00
	if got := age(at("2024-03-19T10:30:00Z"), "minute", now, zone); got != "2 days ago" {
		t.Error(got)
	}
	if got := age(at("2024-03-20T00:00:00Z"), "day", now, zone); got != "yesterday" {
		t.Error(got)
	}
}
