package query

import (
	"math/rand/v2"
	"testing"
	"time"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// oddZones have summer time, half hours, seconds, midnights that are skipped or come twice, and days that are.
var oddZones = []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
	"Africa/Monrovia", "America/Sao_Paulo", "America/Havana", "America/St_Johns", "Asia/Manila", "America/Juneau", "Africa/Casablanca"}

func TestInstant(t *testing.T) {
	for _, c := range []struct{ zone, civil, want string }{
		{"UTC", "2024-03-14 00:00", "2024-03-14T00:00:00Z"},
		{"Europe/Berlin", "2024-03-14 00:00", "2024-03-14T00:00:00+01:00"},
		{"Europe/Berlin", "2024-03-31 02:30", "2024-03-31T03:00:00+02:00"}, // skipped
		{"Europe/Berlin", "2024-10-27 02:30", "2024-10-27T02:30:00+02:00"}, // the first of two
		{"Europe/Berlin", "2024-10-27 03:00", "2024-10-27T03:00:00+01:00"},
		{"Asia/Kolkata", "2024-03-14 00:00", "2024-03-14T00:00:00+05:30"},
		{"Africa/Monrovia", "1971-06-01 00:00", "1971-06-01T00:44:30Z"},
		{"America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04T01:00:00-02:00"}, // no midnight
		{"America/Sao_Paulo", "2018-02-18 00:00", "2018-02-18T00:00:00-03:00"}, // back to 23:00 at midnight
		{"America/Havana", "2023-11-05 00:00", "2023-11-05T00:00:00-04:00"},    // two midnights
		{"America/St_Johns", "2006-10-29 00:00", "2006-10-29T00:00:00-02:30"},  // back to 23:01 one minute later
		{"America/St_Johns", "2006-10-28 23:30", "2006-10-28T23:30:00-02:30"},
		{"Pacific/Apia", "2011-12-30 00:00", "2011-12-31T00:00:00+14:00"}, // no such day
		{"Pacific/Apia", "2011-12-30 15:00", "2011-12-31T00:00:00+14:00"},
		{"Pacific/Apia", "2011-12-31 00:00", "2011-12-31T00:00:00+14:00"},
		{"Europe/Berlin", "2040-12-31 12:00", "2040-12-31T12:00:00+01:00"},
		{"Europe/Berlin", "2041-01-01 12:00", "2041-01-01T12:00:00+01:00"},
		{"Australia/Lord_Howe", "2041-01-02 00:00", "2041-01-02T00:00:00+11:00"},
		{"Pacific/Apia", "9999-12-31 00:00", "9999-12-31T00:00:00+13:00"},
	} {
		civil, err := time.Parse("2006-01-02 15:04", c.civil)
		if err != nil {
			t.Fatal(err)
		}
		want, err := time.Parse(time.RFC3339, c.want)
		if err != nil {
			t.Fatal(err)
		}
		if got := Instant(civil, zone(t, c.zone)); !got.Equal(want) {
			t.Errorf("%s in %s: %s, want %s", c.civil, c.zone, got.In(zone(t, c.zone)), c.want)
		}
	}
}

// shown returns what the clocks of a zone show, as if it were UTC.
func shown(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// TestInstantIsTheFirst looks around for earlier instants that show as much, to the minute.
func TestInstantIsTheFirst(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	for _, name := range oddZones {
		loc := zone(t, name)
		for _, civil := range oddTimes(r, loc) {
			got := Instant(civil, loc)
			if shown(got, loc).Before(civil) {
				t.Fatalf("seed %d, %s: the clocks show %s at the instant of %s", seed, name, shown(got, loc), civil)
			}
			for before := time.Second; before < 50*time.Hour; before += before/8 + time.Second {
				if at := got.Add(-before); !shown(at, loc).Before(civil) {
					t.Fatalf("seed %d, %s: %s of %s, but the clocks show %s already at %s", seed, name, got, civil, shown(at, loc), at)
				}
			}
			if later := Instant(civil.Add(time.Duration(r.IntN(100000))*time.Second), loc); later.Before(got) {
				t.Fatalf("seed %d, %s: a time after %s is before it", seed, name, civil)
			}
		}
	}
}

// oddTimes makes civil times, most of them around the changes of a zone's clocks.
func oddTimes(r *rand.Rand, loc *time.Location) []time.Time {
	var list []time.Time
	for range 20 {
		t := time.Date(1830+r.IntN(250), 1, r.IntN(368), 0, 0, 0, 0, time.UTC)
		if _, end := t.In(loc).ZoneBounds(); !end.IsZero() && r.IntN(4) > 0 {
			t = shown(end, loc).Add(time.Duration(r.IntN(4*3600)-2*3600) * time.Second)
			if r.IntN(2) == 0 {
				t = t.Truncate(24 * time.Hour)
			}
		}
		list = append(list, t)
	}
	return list
}

func TestDatesInZones(t *testing.T) {
	apia, saoPaulo, berlin := zone(t, "Pacific/Apia"), zone(t, "America/Sao_Paulo"), zone(t, "Europe/Berlin")
	for _, c := range []struct {
		zone           *time.Location
		text, from, to string // from "" is a fault
	}{
		{berlin, "2024-03-31", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"},
		{berlin, "2024", "2023-12-31T23:00:00Z", "2024-12-31T23:00:00Z"},
		{berlin, "2024-03-31T00:00:00Z", "2024-03-31", "2024-03-31T00:00:01Z"},
		{berlin, "today", "2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"},
		{berlin, "yesterday", "2024-10-25T22:00:00Z", "2024-10-26T22:00:00Z"},
		{berlin, "last7d", "2024-10-19T22:00:00Z", "-"},
		{berlin, "last1y", "2023-10-26T22:00:00Z", "-"},
		{berlin, "last24h", "2024-10-26T10:00:00Z", "-"},
		{berlin, "[2024-10-27 TO *]", "2024-10-26T22:00:00Z", "-"},
		{berlin, "{2024-10-26 TO 2024-10-28}", "2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"},
		{saoPaulo, "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
		{apia, "2011-12", "2011-12-01T10:00:00Z", "2011-12-31T10:00:00Z"},
		{apia, "2011-12-29..2011-12-31", "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z"},
		{apia, "2011-12-30", "", ""},
	} {
		q, err := Parse("date:"+c.text, time.Date(2024, 10, 27, 10, 0, 0, 0, time.UTC).In(c.zone))
		if err != nil {
			if fault := err.(*Error); c.from != "" || fault.Detail != "there was no 30 December 2011 in Pacific/Apia" {
				t.Errorf("%s in %s: %v", c.text, c.zone, err)
			}
			continue
		}
		if d := q.Root.(Dates); instant(d.From) != c.from || instant(d.To) != c.to || d.From.Location() != time.UTC {
			t.Errorf("%s in %s is %s to %s, want %s to %s", c.text, c.zone, instant(d.From), instant(d.To), c.from, c.to)
		}
	}
}

// TestParsePrintsInZones: a canonical spelling reads back to the same instants where it was read.
func TestParsePrintsInZones(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(1, 0))}
	for _, name := range oddZones {
		now := time.Date(2024, 3, 31, 1, 30, 0, 0, time.UTC).In(zone(t, name))
		for range 200 {
			text := m.leaf().String()
			one, err := Parse(text, now)
			if err != nil {
				t.Fatalf("%s in %s: %v", text, name, err)
			}
			two, err := Parse(one.String(), now)
			if err != nil || sexpr(two.Root) != sexpr(one.Root) || two.String() != one.String() {
				t.Errorf("%s in %s: reads as %s and then, printed %s, as %s, %v", text, name, sexpr(one.Root), one, sexpr(two.Root), err)
			}
		}
	}
}

func BenchmarkInstant(b *testing.B) {
	loc := zone(b, "Europe/Berlin")
	for i := 0; b.Loop(); i++ {
		Instant(time.Unix(int64(i%10000)*86400*2, 0), loc)
	}
}
