package index

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

var berlin = mustZone("Europe/Berlin")

func mustZone(name string) *time.Location {
	zone, err := LoadZone(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// oddZones have summer time, half hours, seconds, midnights that are skipped or come twice, and days that are.
var oddZones = []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
	"Africa/Monrovia", "America/Sao_Paulo", "America/Havana", "America/St_Johns", "Asia/Manila"}

func TestArticleInstant(t *testing.T) {
	for _, c := range []struct{ published, precision, zone, want string }{
		{"2024-03-14T00:00:00Z", "day", "", "2024-03-14T00:00:00Z"},
		{"2024-03-14T00:00:00Z", "day", "Europe/Berlin", "2024-03-13T23:00:00Z"},
		{"2024-03-14T00:00:00Z", "second", "Europe/Berlin", "2024-03-14T00:00:00Z"},
		{"2024-03-14T00:00:00Z", "minute", "Europe/Berlin", "2024-03-14T00:00:00Z"},
		{"2024-03-14T00:00:00Z", "", "Europe/Berlin", "2024-03-14T00:00:00Z"},
		{"2024-03-01T00:00:00Z", "month", "America/New_York", "2024-03-01T05:00:00Z"},
		{"2024-01-01T00:00:00Z", "year", "Asia/Kolkata", "2023-12-31T18:30:00Z"},
		{"2018-11-04T00:00:00Z", "day", "America/Sao_Paulo", "2018-11-04T03:00:00Z"},
		{"2011-12-30T00:00:00Z", "day", "Pacific/Apia", "2011-12-30T10:00:00Z"},
		{"", "day", "Europe/Berlin", ""},
	} {
		a := Article{Precision: c.precision}
		want := Time{}
		if c.published != "" {
			a.Published, want = at(c.published), at(c.want)
		}
		var zone *time.Location
		if c.zone != "" {
			zone = mustZone(c.zone)
		}
		if got := a.Instant(zone); got != want {
			t.Errorf("%s to the %s in %s: %v, want %v", c.published, c.precision, c.zone, got, want)
		}
		if c.published != "" && InZone(a.Published.Unix(), Floating(c.precision), zone) != want.Unix() {
			t.Errorf("%s to the %s in %s: InZone says something else", c.published, c.precision, c.zone)
		}
	}
}

func at(text string) Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return At(t)
}

// TestFloatingFrom checks what its comment says, around changes of clocks above all.
func TestFloatingFrom(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	for _, name := range oddZones {
		zone := mustZone(name)
		for range 200 {
			unix := oddInstant(r, zone)
			from := FloatingFrom(unix, zone)
			for _, t2 := range []int64{from, from - 1, from + 1, from - 3600, from + 3600, from - 86400, from + 86400} {
				if (InZone(t2, true, zone) >= unix) != (t2 >= from) {
					t.Fatalf("seed %d, %s: from %d on, but %d lies at %d, and that is %d", seed, name, from, t2, InZone(t2, true, zone), unix)
				}
			}
		}
	}
}

// oddInstant makes an instant at a change of a zone's clocks, or near one, or anywhere.
func oddInstant(r *rand.Rand, zone *time.Location) int64 {
	t := time.Date(1830+r.IntN(300), 1, r.IntN(368), r.IntN(24), 0, 0, 0, time.UTC)
	if _, end := t.In(zone).ZoneBounds(); !end.IsZero() && r.IntN(4) > 0 {
		return end.Unix() + []int64{0, 0, -1, 1, 3600, -3600, 60, int64(r.IntN(200000) - 100000)}[r.IntN(8)]
	}
	return t.Unix()
}

func TestLoadZone(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Etc/GMT+5", "EST5EDT", "Asia/Kolkata"} {
		if zone, err := LoadZone(name); err != nil || zone.String() != name {
			t.Errorf("%s: %v, %v", name, zone, err)
		}
	}
	for name, hint := range map[string]string{
		"europe/berlin": "did you mean Europe/Berlin?", "America/new york": "did you mean America/New_York?", "utc": "did you mean UTC?",
		"": "write it", "Local": "write it", "right/Europe/Berlin": "write it", "posix/UTC": "write it", "localtime": "write it",
		"../../etc/passwd": "write it", "Europe/Berlin/": "write it", "Europe/Atlantis": "write it", "+02:00": "write it", "Europe": "write it",
		strings.Repeat("Ä", 1000): "write it", "Europe/\xff": "write it",
	} {
		_, err := LoadZone(name)
		if e := (*ParamError)(nil); !errors.As(err, &e) || e.Name != "tz" || !strings.HasPrefix(e.Hint, hint) {
			t.Errorf("%.40q: %v", name, err)
		}
	}
}

func TestResolveRefusesZonesWithoutName(t *testing.T) {
	for _, zone := range []*time.Location{time.Local, time.FixedZone("", 3600), time.FixedZone("+01", 3600)} {
		_, err := Request{Zone: zone}.Resolve()
		if e := (*ParamError)(nil); !errors.As(err, &e) || e.Name != "tz" {
			t.Errorf("%s: %v", zone, err)
		}
	}
	if r, err := (Request{}).Resolve(); err != nil || r.Zone != time.UTC {
		t.Errorf("without a zone: %v, %v", r.Zone, err)
	}
}

func BenchmarkInZone(b *testing.B) {
	for i := int64(0); b.Loop(); i++ {
		InZone(i%20000*86400, true, berlin)
	}
}

func BenchmarkFloatingFrom(b *testing.B) {
	for i := int64(0); b.Loop(); i++ {
		FloatingFrom(i%20000*86400, berlin)
	}
}
