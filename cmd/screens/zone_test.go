package main

import (
	"strings"
	"testing"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
)

// TestZones: an instant is told in the zone of the reader, a day is the same everywhere, and without script the zone is UTC and named.
func TestZones(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		look browser.Look
		want string
	}{
		{browser.Look{Zone: "Asia/Tokyo"}, "7 May 2026, 18:30"},
		{browser.Look{Zone: "America/New_York"}, "7 May 2026, 05:30"},
		{browser.Look{Zone: "Asia/Tokyo", NoScript: true}, "09:30 UTC"},
	} {
		r := read(t, hard, c.look, "/article/"+sample.ArabicID)
		if got := r.text("article .meta time"); !strings.Contains(got, c.want) {
			t.Errorf("%+v: the time is %q, not %q", c.look, got, c.want)
		}
		r.open("/article/" + sample.LongID)
		if got := r.text("article .meta time"); got != "5 May 2026" {
			t.Errorf("%+v: the day is %q", c.look, got)
		}
	}
}
