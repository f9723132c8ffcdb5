package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

func TestTimelineBars(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.texts("svg.chart a title"); !slices.Equal(got, []string{"May 2023: 12 of 400 articles",
		"July 2023: 1,200 of 1,500 articles", "August 2023: 1 of 10 articles", "September 2023: 300 of 310 articles"}) {
		t.Errorf("bars %q", got)
	}
	if got := attr(d.all("svg.chart a")[1], "href"); got != link1("from=2023-07&to=2023-07") {
		t.Error(got)
	}
	bars := d.all("svg.chart rect.bar")
	for i, want := range []string{"2%", "100%", "2%", "25%"} {
		if got := attr(bars[i], "height"); got != want {
			t.Errorf("bar %d is %s high, want %s", i, got, want)
		}
		if y, _ := strconv.ParseFloat(strings.TrimSuffix(attr(bars[i], "y"), "%"), 64); strconv.FormatFloat(100-y, 'f', -1, 64)+"%" != want {
			t.Errorf("bar %d does not stand on the axis", i)
		}
	}
	if got := d.texts("svg.chart text"); !slices.Equal(got, []string{"1,200", "May 2023", "Jul 2023", "Sep 2023"}) {
		t.Errorf("labels %q", got)
	}
}

// TestTimelineTable: the table says the same as the chart, through which the tab key does not go bar by bar.
func TestTimelineTable(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.texts("details.table tbody tr"); !slices.Equal(got, []string{
		"May 202312400", "July 20231,2001,500", "August 2023110", "September 2023300310"}) {
		t.Errorf("rows %q", got)
	}
	rows, bars := d.all("details.table tbody a"), d.all("svg.chart a")
	for i, bar := range bars {
		if attr(bar, "href") != attr(rows[i], "href") || attr(bar, "tabindex") != "-1" {
			t.Errorf("bar %d and row differ: %v, %v", i, bar.Attr, rows[i].Attr)
		}
	}
	if !strings.Contains(d.textOf("p.under"), "23 articles undated") {
		t.Error(d.textOf("p.under"))
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		interval                     index.Interval
		start, from, to, label, tick string
	}{
		{index.Hour, "2024-02-29T23:00:00Z", "2024-02-29T23:00:00Z", "2024-02-29T23:59:59Z", "29 February 2024, 23:00–23:59 UTC", "29 Feb, 23:00"},
		{index.Day, "2024-02-29", "2024-02-29", "2024-02-29", "29 February 2024", "29 Feb 2024"},
		{index.Week, "2024-02-26", "2024-02-26", "2024-03-03", "Week of 26 February 2024", "26 Feb 2024"},
		{index.Month, "2024-02-01", "2024-02", "2024-02", "February 2024", "Feb 2024"},
		{index.Quarter, "2024-10-01", "2024-10", "2024-12", "Quarter 4 of 2024", "Q4 2024"},
		{index.Year, "0987-01-01", "0987", "0987", "0987", "0987"},
	} {
		start := bucketStart(c.start, time.UTC)
		from, to := bounds(c.interval, start)
		if from != c.from || to != c.to {
			t.Errorf("%s: %s to %s, want %s to %s", c.interval, from, to, c.from, c.to)
		}
		if got := bucketLabel(c.interval, start); got != c.label {
			t.Errorf("%s: label %s, want %s", c.interval, got, c.label)
		}
		if got := tick(c.interval, start); got != c.tick {
			t.Errorf("%s: tick %s, want %s", c.interval, got, c.tick)
		}
	}
}

// TestBoundsInZones: the hours of a zone are named by its clocks, and from and to are the hour's own.
func TestBoundsInZones(t *testing.T) {
	for _, c := range []struct {
		tz                     string
		start, from, to, label string
	}{
		{"Europe/Berlin", "2024-10-27T02:00:00+02:00", "2024-10-27T02:00:00+02:00", "2024-10-27T02:59:59+02:00", "27 October 2024, 02:00–02:59 CEST"},
		{"Europe/Berlin", "2024-10-27T02:00:00+01:00", "2024-10-27T02:00:00+01:00", "2024-10-27T02:59:59+01:00", "27 October 2024, 02:00–02:59 CET"},
		{"Asia/Kolkata", "2024-03-14T05:00:00+05:30", "2024-03-14T05:00:00+05:30", "2024-03-14T05:59:59+05:30", "14 March 2024, 05:00–05:59 IST"},
		{"Australia/Lord_Howe", "2024-04-07T01:30:00+10:30", "2024-04-07T01:30:00+10:30", "2024-04-07T01:59:59+10:30", "7 April 2024, 01:30–01:59 +1030"},
	} {
		start := bucketStart(c.start, params{}.with("tz", c.tz).zone())
		if from, to := bounds(index.Hour, start); from != c.from || to != c.to {
			t.Errorf("%s in %s: %s to %s", c.start, c.tz, from, to)
		}
		if got := bucketLabel(index.Hour, start); got != c.label {
			t.Errorf("%s in %s: label %s", c.start, c.tz, got)
		}
	}
	for _, s := range []string{"2024-03-31", "soon"} {
		if got := bucketStart(s, params{}.with("tz", "Europe/Berlin").zone()); got.Location() != time.UTC {
			t.Errorf("%s became %s", s, got)
		}
	}
}

// TestZoneStays: every link and the form keep the zone.
func TestZoneStays(t *testing.T) {
	p := oil()
	p.Set("tz", "Europe/Berlin")
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.all("form input[name=tz]"); len(got) != 1 || attr(got[0], "value") != "Europe/Berlin" {
		t.Errorf("the form has %d inputs", len(got))
	}
	for _, a := range append(d.all("svg.chart a"), d.all("nav.filters a")...) {
		if href := attr(a, "href"); strings.HasPrefix(href, EntityPath) || strings.HasPrefix(href, SourcePath) {
			continue // the page of an entity or a source is no search
		}
		if !strings.Contains(attr(a, "href"), "tz=Europe%2FBerlin") {
			t.Errorf("%s loses the zone", attr(a, "href"))
		}
	}
}

func TestTimelineIntervals(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.texts("ul[aria-labelledby=bars-title] a"); !slices.Equal(got, []string{"auto", "day", "week", "month", "quarter"}) {
		t.Errorf("intervals %q", got)
	}
	if got := d.link("div.under ul a", "week"); got != link1("interval=week") {
		t.Error(got)
	}
	if got := d.texts("div.under a[aria-current=true]"); !slices.Equal(got, []string{"auto", "counts"}) {
		t.Errorf("current %q", got)
	}
}

func TestTimelineBounds(t *testing.T) {
	line := &index.Timeline{Interval: index.Day, Unit: index.Articles}
	for day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); len(line.Buckets) < maxBars+1; day = day.AddDate(0, 0, 1) {
		line.Buckets = append(line.Buckets, index.Bucket{Start: day.Format(time.DateOnly), Count: 1, All: 1})
	}
	v := newTimeline(params{}, line)
	if v.TooMany != "501 bars are too many to draw." || len(v.Bars) != 0 {
		t.Errorf("%q and %d bars", v.TooMany, len(v.Bars))
	}
	line.Buckets = line.Buckets[:maxBars]
	if v := newTimeline(params{}, line); v.TooMany != "" || len(v.Bars) != maxBars {
		t.Errorf("%q and %d bars", v.TooMany, len(v.Bars))
	}
	if newTimeline(params{}, nil) != nil || newTimeline(params{}, &index.Timeline{Interval: index.Day}) != nil {
		t.Error("a chart of nothing")
	}
	if v := newTimeline(params{}, &index.Timeline{Interval: index.Day, Undated: 2}); v == nil || v.Undated != "2 articles" {
		t.Errorf("only undated: %v", v)
	}
	one := newTimeline(params{}, &index.Timeline{Interval: index.Day, Buckets: []index.Bucket{{Start: "2024-01-01", Count: 3, All: 4}}})
	if len(one.Ticks) != 1 || one.Bars[0].Width != "12%" || one.Bars[0].X != "44%" {
		t.Errorf("one bar: %+v", one)
	}
}

// TestTimelineFold: a phone folds what the chart can do, under what that is; never what the chart says beside its bars.
func TestTimelineFold(t *testing.T) {
	undated := &index.Timeline{Interval: index.Day, Unit: index.Articles, Undated: 2}
	many := days(make([]int, maxBars+1)...)
	for _, c := range []struct {
		line                   *index.Timeline
		peaks                  []Peak
		fold, inside, saidFree string
	}{
		{line: days(1, 1, 9, 1, 1), peaks: []Peak{{Bucket: 2}}, fold: "Peaks, other bars, table", inside: "ol.peaks li"},
		{line: days(1, 2), fold: "Other bars, table", inside: "details.table"},
		{line: many, fold: "Other bars", inside: "div.under ul", saidFree: "501 bars are too many to draw."},
		{line: undated, saidFree: "2 articles undated"},
	} {
		r := found()
		r.Timeline = c.line
		d := draw(t, Search{Params: url.Values{"q": {"oil"}}, Result: r, Stats: stats, Peaks: c.peaks})
		if got, _, _ := strings.Cut(strings.Join(d.texts("details.fold summary"), "; "), "; "); got != c.fold {
			t.Errorf("the fold is named %q, not %q", got, c.fold)
		}
		if c.fold != "" && (len(d.all("details.fold "+c.inside)) == 0 || len(d.all("details.fold[open]")) > 0) {
			t.Errorf("%s: it has no %s, or is open", c.fold, c.inside)
		}
		if got := strings.Join(d.texts("section.dates p.under"), "; "); got != c.saidFree {
			t.Errorf("beside it stands %q, not %q", got, c.saidFree)
		}
	}
}
