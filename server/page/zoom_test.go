package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

func asked(t *testing.T, query string) params {
	t.Helper()
	v, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return newParams(v)
}

// TestWider gives for the dates of a search the ways back out.
func TestWider(t *testing.T) {
	for _, c := range []struct{ dates, want string }{
		{"", ""},
		{"q=oil", ""},
		{"from=2023-05-30&to=2023-05-30", "Back to May 2023 from=2023-05&to=2023-05|All dates "},
		{"from=2023-05-10&to=2023-05-20&interval=day", "Back to May 2023 from=2023-05&to=2023-05|All dates "},
		{"from=2023-05&to=2023-05", "Back to 2023 from=2023&to=2023|All dates "},
		{"from=2023-05-01&to=2023-05-31", "Back to 2023 from=2023&to=2023|All dates "},
		{"from=2023-05&to=2023-07", "Back to 2023 from=2023&to=2023|All dates "},
		{"from=2023&to=2023", "All dates "},
		{"from=2022-12-31&to=2023-01-01", "All dates "},
		{"from=2023-05", "All dates "},
		{"to=2023-05", "All dates "},
		{"from=soon&to=later", "All dates "},
		{"from=2023-05-30T10:00:00Z&to=2023-05-30T10:59:59Z", "Back to 30 May 2023 from=2023-05-30&to=2023-05-30|All dates "},
		{"from=2024-10-27T02:00:00%2B02:00&to=2024-10-27T02:59:59%2B02:00&tz=Europe/Berlin", "Back to 27 October 2024 from=2024-10-27&to=2024-10-27&tz=Europe/Berlin|All dates tz=Europe/Berlin"},
		{"from=2023-12-31T22:30:00Z&to=2023-12-31T23:30:00Z&tz=Europe/Berlin", "All dates tz=Europe/Berlin"}, // over midnight at New Year
	} {
		var got []string
		for _, w := range wider(asked(t, c.dates)) {
			_, query, _ := strings.Cut(w.URL, "?")
			got = append(got, w.Text+" "+strings.ReplaceAll(query, "%2F", "/"))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.dates, s, c.want)
		}
	}
}

// TestBucketSpan: the search for the first and the last bucket stays within the dates of the search, so that it finds what they count.
func TestBucketSpan(t *testing.T) {
	for _, c := range []struct {
		dates       string
		first, last bool
		from, to    string
	}{
		{"", true, true, "2023-05", "2023-05"},
		{"from=2023-05-10", true, false, "2023-05-10", "2023-05"},
		{"from=2023-05-10", false, false, "2023-05", "2023-05"},
		{"from=2023-05-10&to=2023-05-20", true, true, "2023-05-10", "2023-05-20"},
		{"from=2023&to=2023", true, true, "2023-05", "2023-05"},
		{"from=2023-05&to=2023-05", true, true, "2023-05", "2023-05"},
		{"from=soon&to=later", true, true, "2023-05", "2023-05"},
		{"to=2023-05-31T12:00:00%2B02:00&tz=Europe/Berlin", true, true, "2023-05", "2023-05-31T12:00:00+02:00"},
	} {
		p := asked(t, c.dates)
		from, to := bucketSpan(p, index.Month, bucketStart("2023-05-01", p.zone()), c.first, c.last)
		if from != c.from || to != c.to {
			t.Errorf("%s: %s to %s, want %s to %s", c.dates, from, to, c.from, c.to)
		}
	}
}

// TestZoom: the search for a bar chooses its interval anew, and the script knows the same dates as the bars.
func TestZoom(t *testing.T) {
	p := oil()
	p.Set("interval", "month")
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	for _, a := range d.all("svg.chart a") {
		if strings.Contains(attr(a, "href"), "interval") {
			t.Errorf("%s keeps the interval", attr(a, "href"))
		}
	}
	chart := d.one("svg.chart")
	if got := strings.Split(attr(chart, "data-bars"), ";"); len(got) != 5 || got[1] != "2023-06|2023-06|June 2023|0|380" {
		t.Errorf("the script knows %q", got)
	}
	if attr(chart, "role") != "group" || attr(chart, "aria-label") != "Articles by month, May 2023 to September 2023, at most 1,200" || attr(chart, "data-noun") != "articles" {
		t.Errorf("the chart is %v", chart.Attr)
	}
	r := found()
	r.Timeline.Unit = index.Texts
	if d := draw(t, Search{Params: p, Result: r, Stats: stats}); attr(d.one("svg.chart"), "data-noun") != "" {
		t.Error("distinct texts of several bars are added up")
	}
}

func TestTicks(t *testing.T) {
	line := days(make([]int, 40)...)
	line.Buckets[0].Count = 1
	v := newTimeline(params{}, line)
	var wide, narrow []string
	for _, k := range v.Ticks {
		if wide = append(wide, k.Text); !k.More {
			narrow = append(narrow, k.Text)
		}
	}
	if !slices.Equal(narrow, []string{"1 May 2023", "21 May 2023", "9 Jun 2023"}) || !slices.Equal(wide, []string{"1 May 2023", "11 May 2023", "21 May 2023", "31 May 2023", "9 Jun 2023"}) {
		t.Errorf("%q, on a wide page %q", narrow, wide)
	}
}
