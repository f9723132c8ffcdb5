package page

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"dateline/index"
)

// maxBars is how many bars can still be told apart on a wide screen.
const maxBars = 500

// timeline is the chart of matches over time, and the same as a table.
type timeline struct {
	Bars      []bar
	Drawn     template.HTML // those that count anything, and lead to it
	Rows      template.HTML // the same as rows of a table
	Name      string        // of the chart, for those who do not see it
	Data      string        // what the script knows of each bucket; see barData
	URL       string        // of the page without dates, to which the script adds from and to
	Noun      string        // what a sum of bars counts; "" when bars may count the same twice, so that there is no sum
	Max       string
	MaxEnd    bool // there is no room for it at the start of the line
	Ticks     []chartTick
	Interval  string
	Intervals []choice
	Scales    []choice // counts, or shares of all coverage
	Shares    bool
	Wider     []choice // ways back out
	Peaks     []peak
	Undated   string
	Compare   string // address of the comparison with another query; "" without a query
	TooMany   string // why there is no chart
}

// bar is one bucket. Lengths are percentages of the chart, because the page does not know how wide it will be.
type bar struct {
	Label, Count, All   string
	Share               string
	Title               string
	URL                 string
	X, Width, Y, Height string
	HitX, HitWidth      string
	Mid                 string
}

// chartTick is a label under the chart. Those that are More are shown where there is room.
type chartTick struct {
	X, Anchor, Text string
	More            bool
}

func newTimeline(p params, t *index.Timeline) *timeline {
	if t == nil || len(t.Buckets) == 0 && t.Undated == 0 {
		return nil
	}
	v := &timeline{Interval: string(t.Interval), Wider: wider(p), Shares: p.get("chart") == ChartShare}
	if t.Undated > 0 {
		v.Undated = units(t.Undated, t.Unit)
	}
	starts, zone := make([]time.Time, len(t.Buckets)), p.zone()
	for i, b := range t.Buckets {
		starts[i] = bucketStart(b.Start, zone)
	}
	v.Intervals = intervals(p, t.Interval, starts)
	if len(t.Buckets) > maxBars {
		v.TooMany = count(len(t.Buckets), "bar", "bars") + " are too many to draw."
		return v
	}
	if p.path == "" && len(t.Buckets) > 0 { // other pages do not know the parameter
		v.Scales = scales(p)
		if p.get("q") != "" {
			v.Compare = comparing(p).URL()
		}
	}
	v.draw(p, t, starts)
	return v
}

// draw makes the bars and what stands around them.
func (v *timeline) draw(p params, t *index.Timeline, starts []time.Time) {
	n, most := len(starts), 0.0
	for _, b := range t.Buckets {
		most = max(most, height(b, v.Shares))
	}
	v.Max = scaleEnd(most, v.Shares)
	data, span := make([]string, n), p.without("interval", "from", "to").pattern("from", "to")
	for i, b := range t.Buckets {
		from, to := bucketSpan(p, t.Interval, starts[i], i == 0, i == n-1)
		bar := newBar(t, starts[i], b)
		if b.Count > 0 {
			bar.URL = span.fill(from, to)
		}
		if v.Shares {
			bar.Title += ", " + bar.Share
		}
		bar.place(i, n, height(b, v.Shares)/max(most, 1e-9))
		data[i] = barData(from, to, bar.Label, b)
		v.Bars = append(v.Bars, bar)
	}
	v.Drawn, v.Rows = drawBars(v.Bars), drawRows(v.Bars, v.Shares)
	v.Data, v.URL, v.Ticks = strings.Join(data, ";"), p.without("interval", "from", "to").URL(), ticks(t.Interval, starts)
	if t.Unit == index.Articles || t.Unit == "" {
		v.Noun = "articles"
	}
	if n > 0 {
		_, many := unitNames(t.Unit)
		v.Name = capital(many) + " by " + string(t.Interval) + ", " + v.Bars[0].Label + " to " + v.Bars[n-1].Label + ", at most " + v.Max
	}
}

// height is what the chart draws of a bucket.
func height(b index.Bucket, shares bool) float64 {
	switch {
	case !shares:
		return float64(b.Count)
	case b.All == 0:
		return 0
	}
	return float64(b.Count) / float64(b.All)
}

// barData is what the script knows of a bucket: from, to, its name, its matches and all articles of it.
func barData(from, to, label string, b index.Bucket) string {
	return strings.Join([]string{from, to, label, strconv.Itoa(b.Count), strconv.Itoa(b.All)}, "|")
}

func newBar(t *index.Timeline, start time.Time, b index.Bucket) bar {
	v := bar{Label: bucketLabel(t.Interval, start), Count: number(b.Count), All: number(b.All), Share: share(height(b, true))}
	v.Title = v.Label + ": " + v.Count + " of " + units(b.All, t.Unit)
	return v
}

// place sets where the bar stands: the i-th of n, a share of the chart high.
func (b *bar) place(i, n int, share float64) {
	slot := 100 / float64(n)
	gap := slot / 6
	wide := min(slot-gap, 12) // a single bar as wide as the page would be read as a full one
	b.HitX, b.HitWidth, b.Mid = percent(float64(i)*slot), percent(slot), percent((float64(i)+0.5)*slot)
	b.X, b.Width = percent(float64(i)*slot+(slot-wide)/2), percent(wide)
	if share > 0 {
		share = max(share, 0.02) // one article among thousands is still to be seen
	}
	b.Y, b.Height = percent(100*(1-share)), percent(100*share)
}

// percent writes a length for an attribute; three digits are a fiftieth of a pixel.
func percent(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 3, 64), "0"), ".") + "%"
}

// bucketStart reads a bucket's start: that of an hour as an instant in the zone of the search, a day as midnight UTC, whatever the
// zone, since it is only counted with as a date. It is the zero time when an engine wrote something else.
func bucketStart(s string, zone *time.Location) time.Time {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t.In(zone)
}

// bounds are the parameters from and to of a bucket; both are inclusive.
func bounds(i index.Interval, start time.Time) (from, to string) {
	last := i.Next(start)
	switch i {
	case index.Hour:
		return i.Label(start), i.Label(last.Add(-time.Second))
	case index.Month:
		return start.Format("2006-01"), start.Format("2006-01")
	case index.Quarter:
		return start.Format("2006-01"), start.AddDate(0, 2, 0).Format("2006-01")
	case index.Year:
		return start.Format("2006"), start.Format("2006")
	}
	return start.Format(time.DateOnly), last.AddDate(0, 0, -1).Format(time.DateOnly)
}

// ticks labels the first, the middle and the last bucket; a phone has no room for more. A wide page shows the quarters too.
func ticks(i index.Interval, starts []time.Time) []chartTick {
	n := len(starts)
	if n == 0 {
		return nil
	}
	slot := 100 / float64(n)
	mid := func(k int, more bool) chartTick {
		return chartTick{percent((float64(k) + 0.5) * slot), "middle", tick(i, starts[k]), more}
	}
	if n == 1 {
		return []chartTick{mid(0, false)}
	}
	list := []chartTick{{percent(0), "start", tick(i, starts[0]), false}}
	if n >= 9 {
		list = append(list, mid(n/4, true))
	}
	if n >= 5 {
		list = append(list, mid(n/2, false))
	}
	if n >= 9 {
		list = append(list, mid(n*3/4, true))
	}
	return append(list, chartTick{percent(100), "end", tick(i, starts[n-1]), false})
}

// intervals are the widths that would draw these dates in a readable number of bars.
func intervals(p params, now index.Interval, starts []time.Time) []choice {
	if len(starts) == 0 {
		return nil
	}
	first, last := starts[0], now.Next(starts[len(starts)-1]).Add(-time.Second)
	list := []choice{{Text: "auto", URL: p.with("interval").URL(), Current: p.get("interval") == ""}}
	for _, i := range index.Intervals {
		n := i.Count(first, last, maxBars+1)
		if n > 1 && n <= maxBars || i == now {
			list = append(list, choice{
				Text: string(i), URL: p.with("interval", string(i)).URL(), Current: p.get("interval") == string(i),
			})
		}
	}
	return list
}
