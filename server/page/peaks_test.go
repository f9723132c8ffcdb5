package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// days is a timeline of days from 1 May 2023 with these counts, of 100 articles each.
func days(counts ...int) *index.Timeline {
	t := &index.Timeline{Interval: index.Day, Unit: index.Articles}
	start := at("2023-05-01T00:00:00Z").Time
	for _, n := range counts {
		t.Buckets = append(t.Buckets, index.Bucket{Start: start.Format("2006-01-02"), Count: n, All: 100})
		start = start.AddDate(0, 0, 1)
	}
	return t
}

func TestPeaks(t *testing.T) {
	for _, c := range []struct {
		what   string
		counts []int
		want   []int
	}{
		{"none stands out", []int{5, 5, 5, 5, 5, 5}, nil},
		{"one", []int{1, 1, 9, 1, 1, 1}, []int{2}},
		{"too few bars", []int{1, 1, 9, 1}, nil},
		{"too few articles", []int{0, 0, 2, 0, 0, 0}, nil},
		{"at the ends", []int{9, 0, 0, 0, 0, 0, 0, 8}, []int{0, 7}},
		{"a higher one beside it", []int{0, 8, 9, 0, 0, 0, 0, 0}, []int{2}},
		{"a plateau", []int{0, 9, 9, 9, 0, 0, 0, 0, 0, 0}, []int{1}},
		{"twice the average, and less", []int{6, 0, 6, 0, 0, 5, 0, 0, 3}, []int{0, 2, 5}},
		{"the highest three, in order", []int{5, 0, 7, 0, 6, 0, 8, 0, 0, 0, 0}, []int{2, 4, 6}},
		{"the earlier of equals", []int{5, 0, 5, 0, 5, 0, 5, 0, 0, 0, 0}, []int{0, 2, 4}},
		{"nothing", nil, nil},
	} {
		var got []int
		for _, p := range Peaks(nil, days(c.counts...)) {
			got = append(got, p.Bucket)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	if Peaks(nil, nil) != nil || Peaks(nil, days(make([]int, maxBars+1)...)) != nil {
		t.Error("peaks of a chart that is not drawn")
	}
}

// TestPeaksOfShares: what is high is what the chart draws.
func TestPeaksOfShares(t *testing.T) {
	line := days(50, 0, 4, 0, 0, 0, 0)
	line.Buckets[2].All = 4
	for chart, want := range map[string]int{"": 0, ChartShare: 2} {
		got := Peaks(url.Values{"chart": {chart}, "from": {"2023-05-01"}}, line)
		if len(got) == 0 || !slices.ContainsFunc(got, func(p Peak) bool { return p.Bucket == want }) || chart == "" && len(got) != 1 {
			t.Errorf("chart=%s: %+v", chart, got)
		}
	}
	if got := Peaks(url.Values{"to": {"2023-05-07T12:00:00Z"}}, days(0, 0, 0, 0, 0, 0, 9)); len(got) != 1 || got[0].From != "2023-05-07" || got[0].To != "2023-05-07T12:00:00Z" {
		t.Errorf("a peak cut by the dates of the search: %+v", got)
	}
}

func TestPeaksAreShown(t *testing.T) {
	s := Search{Params: oil(), Result: found(), Stats: stats}
	s.Result.Hits[0].Title = "Oil price rises"
	s.Peaks = []Peak{{Bucket: 2, From: "2023-07", To: "2023-07", Leading: &s.Result.Hits[0]}, {Bucket: 99}, {Bucket: 4, Leading: &index.Hit{ID: "x"}}}
	d := draw(t, s)
	if got := d.texts("svg.chart text.peak"); !slices.Equal(got, []string{"1", "3"}) {
		t.Errorf("marks %q", got)
	}
	if got := d.texts("ol.peaks li"); len(got) != 2 || got[0] != "July 2023 (1,200): Oil price rises HarbourGazette.com" || !strings.Contains(got[1], "(no title)") {
		t.Errorf("peaks %q", got)
	}
	if got := d.link("ol.peaks a", "July 2023"); got != link1("from=2023-07&to=2023-07") {
		t.Error(got)
	}
	if got := d.link("ol.peaks a", "Oil price rises"); got != articleURL(found().Hits[0].ID) {
		t.Error(got)
	}
}

// TestShareChart: the bars are shares of the largest share, and say so.
func TestShareChart(t *testing.T) {
	p := oil()
	p.Set("chart", ChartShare)
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.texts("svg.chart a title"); !slices.Equal(got, []string{"May 2023: 12 of 400 articles, 3%",
		"July 2023: 1,200 of 1,500 articles, 80%", "August 2023: 1 of 10 articles, 10%", "September 2023: 300 of 310 articles, 97%"}) {
		t.Errorf("bars %q", got)
	}
	if got := d.textOf("svg.chart text.max"); got != "97%" {
		t.Error(got)
	}
	if got := attr(d.all("svg.chart rect.bar")[3], "height"); got != "100%" {
		t.Error(got)
	}
	if got := d.texts("details.table tbody tr"); got[0] != "May 2023124003%" {
		t.Errorf("%q", got)
	}
	if got := d.link("ul[aria-labelledby=scale-title] a", "counts"); got != link1("") {
		t.Error(got)
	}
	for _, a := range d.all("p.exports a") {
		if strings.Contains(attr(a, "href"), "chart=") {
			t.Errorf("programs are told how the page looks: %s", attr(a, "href"))
		}
	}
	if got := attr(d.one("svg.chart"), "data-url"); !strings.Contains(got, "chart=share") || strings.Contains(got, "from=") {
		t.Errorf("the script would go to %s", got)
	}
}
