package main

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index/source/sourcetest"
)

// TestOverlap compares with what evaluate.py of the article-extraction-benchmark gives for the same texts.
func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		right, found string
		n            int
		f1           float64
	}{
		{"a b c d e", "a b c d e", 4, 1},
		{"a b c d e", "a b c d x", 4, 0.5},
		{"a b", "a b", 4, 1},
		{"a b", "a", 4, 0},
		{"a b c d", "", 4, 0},
		{"", "", 4, 1},
		{"a b c d e f", "a b c d", 4, 0.5},
		{"Größe, ja: groß!", "größe ja", 1, 0.4},
		{"a a b", "a b b", 1, 2. / 3},
	} {
		if got := overlapOf(c.right, c.found, c.n).f1(); math.Abs(got-c.f1) > 1e-9 {
			t.Errorf("%q, %q in %d: %v", c.right, c.found, c.n, got)
		}
	}
	f1, p, r := meanOverlap([]overlap{overlapOf("a b", "a b", 1), overlapOf("a b", "", 1), overlapOf("", "x", 1)})
	if p != 0.5 || r != 0.5 || f1 != 0.5 {
		t.Errorf("mean %v %v %v", f1, p, r)
	}
}

func TestJudgedDays(t *testing.T) {
	local, utc := days("2023-04-29 00:15:45.403000+02:00")
	if local != "2023-04-29" || utc != "2023-04-28" {
		t.Errorf("%s %s", local, utc)
	}
	s := &pageScore{}
	for _, c := range []struct {
		page webPage
		read pageRead
		ok   bool
	}{
		{webPage{day: local, zoned: utc}, pageRead{day: "2023-04-28", local: "2023-04-28"}, true},
		{webPage{day: local, zoned: local}, pageRead{day: "2023-04-28", local: "2023-04-29"}, true},
		{webPage{day: local, zoned: local}, pageRead{day: "2023-04-28", local: "2023-04-28"}, false},
		{webPage{day: local, zoned: local}, pageRead{}, false},
		{webPage{}, pageRead{}, true},
		{webPage{}, pageRead{day: local}, false},
	} {
		if got := s.date(&c.page, &c.read); got != c.ok {
			t.Errorf("%+v, %+v: %v", c.page, c.read, got)
		}
	}
	if s.dates.right != 2 || s.dates.wrong != 1 || s.dates.none != 1 || s.dates.spared != 1 || s.dates.invented != 1 {
		t.Errorf("%+v", s.dates)
	}
}

// TestPagesAbsent holds that a set that is not there is left out, which is said.
func TestPagesAbsent(t *testing.T) {
	var out bytes.Buffer
	if err := measurePages(&out, t.TempDir(), false); err == nil || strings.Count(out.String(), "left out") != len(pageSets) {
		t.Errorf("%v, %s", err, out.String())
	}
}

// TestSharedPages holds the figures on the pages of the shared data: how much of bodies, titles, authors and days is
// right.
func TestSharedPages(t *testing.T) {
	if sourcetest.Race {
		t.Skip("SKIPPED under the race detector, which has nothing to watch here: .ci/run runs it without")
	}
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	least := map[string]struct{ body, titles, dates, authors float64 }{
		"html_bodies": {body: 0.965},
		"html_pages":  {body: 0.95, titles: 0.92, dates: 0.97, authors: 0.89},
		"html_dates":  {dates: 0.92},
	}
	share := func(r ratio) float64 { return float64(r.right) / float64(max(r.of, 1)) }
	for _, set := range pageSets {
		pages, err := set.read(filepath.Join(shared, "data", set.name))
		if errors.Is(err, os.ErrNotExist) {
			t.Skipf("SKIPPED: the shared pages are not here (set DATELINE_SHARED): %v", err)
		} else if err != nil {
			t.Fatal(err)
		}
		s, min := &pageScore{}, least[set.name]
		for i := range pages {
			read := readDateline(&pages[i], "")
			s.add(&pages[i], &read)
		}
		body, _, _ := meanOverlap(s.shingled)
		dates := ratio{s.dates.right, s.dates.right + s.dates.wrong + s.dates.none}
		if body < min.body || share(s.titles) < min.titles || share(s.authors) < min.authors || share(dates) < min.dates {
			t.Errorf("%s: body %.3f, titles %v, authors %v, dates %v", set.name, body, s.titles, s.authors, dates)
		}
	}
}
