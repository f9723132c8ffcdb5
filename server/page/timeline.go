package page

import (
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
	Rows      []bar // the buckets that count anything
	Max       string
	Ticks     []chartTick
	Interval  string
	Intervals []choice
	Undated   string
	TooMany   string // why there is no chart
}

// bar is one bucket. Lengths are percentages of the chart, because the page does not know how wide it will be.
type bar struct {
	Label, Count, All   string
	Title               string
	URL                 string
	X, Width, Y, Height string
	HitX, HitWidth      string
}

// chartTick is a label under the chart.
type chartTick struct{ X, Anchor, Text string }

func newTimeline(p params, t *index.Timeline) *timeline {
	if t == nil || len(t.Buckets) == 0 && t.Undated == 0 {
		return nil
	}
	v := &timeline{Interval: string(t.Interval)}
	if t.Undated > 0 {
		v.Undated = units(t.Undated, t.Unit)
	}
	starts := make([]time.Time, len(t.Buckets))
	most, zone := 0, p.zone()
	for i, b := range t.Buckets {
		starts[i] = bucketStart(b.Start, zone)
		most = max(most, b.Count)
	}
	v.Intervals = intervals(p, t.Interval, starts)
	if len(t.Buckets) > maxBars {
		v.TooMany = count(len(t.Buckets), "bar", "bars") + " are too many to draw."
		return v
	}
	v.Max = number(most)
	for i, b := range t.Buckets {
		bar := newBar(p, t, starts[i], b)
		bar.place(i, len(t.Buckets), float64(b.Count)/float64(max(most, 1)))
		v.Bars = append(v.Bars, bar)
		if b.Count > 0 {
			v.Rows = append(v.Rows, bar)
		}
	}
	v.Ticks = ticks(t.Interval, starts)
	return v
}

func newBar(p params, t *index.Timeline, start time.Time, b index.Bucket) bar {
	v := bar{Label: bucketLabel(t.Interval, start), Count: number(b.Count), All: number(b.All)}
	v.Title = v.Label + ": " + v.Count + " of " + units(b.All, t.Unit)
	if b.Count > 0 {
		from, to := bounds(t.Interval, start)
		v.URL = p.with("from", from).with("to", to).URL()
	}
	return v
}

// place sets where the bar stands: the i-th of n, a share of the chart high.
func (b *bar) place(i, n int, share float64) {
	slot := 100 / float64(n)
	gap := slot / 6
	wide := min(slot-gap, 12) // a single bar as wide as the page would be read as a full one
	b.HitX, b.HitWidth = percent(float64(i)*slot), percent(slot)
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

// ticks labels the first, the middle and the last bucket; a phone has no room for more.
func ticks(i index.Interval, starts []time.Time) []chartTick {
	n := len(starts)
	if n == 0 {
		return nil
	}
	slot := 100 / float64(n)
	at := func(k int) string { return percent((float64(k) + 0.5) * slot) }
	if n == 1 {
		return []chartTick{{at(0), "middle", tick(i, starts[0])}}
	}
	list := []chartTick{{percent(0), "start", tick(i, starts[0])}}
	if n >= 5 {
		list = append(list, chartTick{at(n / 2), "middle", tick(i, starts[n/2])})
	}
	return append(list, chartTick{percent(100), "end", tick(i, starts[n-1])})
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
