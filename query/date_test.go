package query

import (
	"testing"
	"time"
)

func TestPeriod(t *testing.T) {
	tests := []struct{ text, from, to string }{ // from "" is no period
		{"2023", "2023-01-01", "2024-01-01"},
		{"2023-05", "2023-05-01", "2023-06-01"},
		{"2023-12", "2023-12-01", "2024-01-01"},
		{"2024-02-29", "2024-02-29", "2024-03-01"},
		{"2023-12-31", "2023-12-31", "2024-01-01"},
		{"2023-05-30T14:00:00Z", "2023-05-30T14:00:00Z", "2023-05-30T14:00:01Z"},
		{"2023-05-30t14:00:00.75z", "2023-05-30T14:00:00Z", "2023-05-30T14:00:01Z"},
		{"2023-05-30T23:00:00-03:00", "2023-05-31T02:00:00Z", "2023-05-31T02:00:01Z"},
		{"9999", "9999-01-01", "10000-01-01"},
		{"", "", ""}, {"0000", "", ""}, {"23", "", ""}, {"2023-1", "", ""}, {"2023-13", "", ""}, {"2023-02-29", "", ""},
		{"today", "", ""}, {"last7d", "", ""}, {"2023..2024", "", ""}, {" 2023", "", ""}, {"２０２３", "", ""}, {"-2023", "", ""},
		{"2023-05-30 14:00", "", ""}, {"0001-01-01T00:00:00+01:00", "", ""},
	}
	for _, c := range tests {
		from, to, ok := Period(c.text, time.UTC)
		if ok != (c.from != "") {
			t.Errorf("%q: ok %v", c.text, ok)
		} else if ok && (instant(from) != c.from || instant(to) != c.to) {
			t.Errorf("%q is %s to %s, want %s to %s", c.text, instant(from), instant(to), c.from, c.to)
		}
	}
}

// TestLast counts back over the ends of months, and over the zone of the clock.
func TestLast(t *testing.T) {
	tests := []struct{ now, text, from string }{
		{"2026-03-31T10:00:00Z", "last1m", "2026-02-28"},
		{"2024-03-31T10:00:00Z", "last1m", "2024-02-29"},
		{"2024-02-29T10:00:00Z", "last1y", "2023-02-28"},
		{"2026-01-15T10:00:00Z", "last2m", "2025-11-15"},
		{"2026-01-31T10:00:00Z", "last11m", "2025-02-28"},
		{"2026-03-01T00:00:00Z", "last1d", "2026-02-28"},
		{"2026-03-01T00:00:00Z", "last24h", "2026-02-28"},
		{"2026-03-01T10:30:00Z", "last1h", "2026-03-01T09:30:00Z"},
		{"2026-03-01T01:00:00+05:00", "last1d", "2026-02-27T19:00:00Z"},
		{"2026-03-01T01:00:00+05:00", "yesterday", "2026-02-27T19:00:00Z"},
		{"2026-03-01T01:00:00+05:00", "today", "2026-02-28T19:00:00Z"},
		{"2026-03-01T01:00:00+05:00", "last1m", "2026-01-31T19:00:00Z"},
		{"2026-03-01T01:00:00+05:00", "last1h", "2026-02-28T19:00:00Z"},
	}
	for _, c := range tests {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		q, err := Parse("date:"+c.text, now)
		if err != nil {
			t.Errorf("%s at %s: %v", c.text, c.now, err)
		} else if got := instant(q.Root.(Dates).From); got != c.from {
			t.Errorf("%s at %s is from %s, want %s", c.text, c.now, got, c.from)
		}
	}
}

// TestDatesMeet holds that after and before a period are just what is outside it.
func TestDatesMeet(t *testing.T) {
	for _, text := range []string{"2023", "2023-02", "2024-02-29", "today", "yesterday", "2023-05-30T14:00:00Z"} {
		during := mustParse(t, "date:"+text).Root.(Dates)
		after := mustParse(t, "after:"+text).Root.(Dates)
		before := mustParse(t, "before:"+text).Root.(Dates)
		if !after.From.Equal(during.To) || !after.To.IsZero() || !before.To.Equal(during.From) || !before.From.IsZero() {
			t.Errorf("%s: before %v, during %v, after %v", text, before, during, after)
		}
		from := mustParse(t, "date:"+text+"..").Root.(Dates)
		to := mustParse(t, "date:<="+text).Root.(Dates)
		if !from.From.Equal(during.From) || !to.To.Equal(during.To) {
			t.Errorf("%s: from %v, to %v", text, from, to)
		}
	}
}

func TestNearField(t *testing.T) {
	tests := []struct{ name, want string }{
		{"sorce", "source"}, {"soucre", "source"}, {"sources", "source"}, {"titel", "title"}, {"agancy", "agency"},
		{"headline", "title"}, {"since", "after"}, {"befor", "before"}, {"dat", "date"}, {"orgs", "org"},
		{"http", ""}, {"https", ""}, {"foo", ""}, {"re", ""}, {"xyz", ""}, {"averylongnamethatisnofield", ""}, {"", ""},
	}
	for _, c := range tests {
		if got := nearField(c.name); got != c.want {
			t.Errorf("%s: near %q, want %q", c.name, got, c.want)
		}
	}
	for name, field := range otherNames {
		if fieldName(field) != field || fieldName(name) != "" {
			t.Errorf("the other name %s for %s", name, field)
		}
	}
}
