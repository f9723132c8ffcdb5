package page

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"dateline/index"
)

// Which values of the parameter chart draw what: counts are drawn without it.
const (
	ChartCounts = "counts"
	ChartShare  = "share"
)

// Bounds of what stands out in a timeline.
const (
	maxPeaks     = 3
	minPeakBars  = 5 // of fewer bars the reader sees the highest at once
	minPeakCount = 3 // fewer articles are no event
)

// Peak is a bucket of a timeline that stands out, with the parameters from and to of the search for it.
type Peak struct {
	Bucket   int // in the timeline
	From, To string
	Leading  *index.Hit // the best article of the bucket, or nil
}

// Peaks lists the buckets of a timeline that stand out, at most maxPeaks, from early to late: those at least twice as high as the
// average bucket, with no higher one next to them, and with minPeakCount matches at least. Of more the highest are taken, the
// earlier of equals; of a plateau its first bucket. What is as high as the chart draws it, counts or shares.
func Peaks(v url.Values, t *index.Timeline) []Peak {
	if t == nil || len(t.Buckets) < minPeakBars || len(t.Buckets) > maxBars {
		return nil
	}
	p, shares, sum := newParams(v), v.Get("chart") == ChartShare, 0.0
	n := len(t.Buckets)
	at := func(i int) float64 {
		if i < 0 || i >= n {
			return 0
		}
		return height(t.Buckets[i], shares)
	}
	var tops []int
	for i := range n {
		sum += at(i)
	}
	for i, b := range t.Buckets {
		if b.Count >= minPeakCount && at(i)*float64(n) >= 2*sum && at(i) > at(i-1) && at(i) >= at(i+1) {
			tops = append(tops, i)
		}
	}
	slices.SortStableFunc(tops, func(a, b int) int { return cmp.Compare(at(b), at(a)) })
	tops = tops[:min(len(tops), maxPeaks)]
	slices.Sort(tops)
	list := make([]Peak, len(tops))
	for k, i := range tops {
		from, to := bucketSpan(p, t.Interval, bucketStart(t.Buckets[i].Start, p.zone()), i == 0, i == n-1)
		list[k] = Peak{Bucket: i, From: from, To: to}
	}
	return list
}

// peak is a peak as the page shows it: a number over its bar, and a line below the chart.
type peak struct {
	Mark    string
	X, Y    string
	Label   link   // of the bucket
	Count   string // what stands for its height
	Leading hitLink
}

// hitLink leads to an article by its title.
type hitLink struct{ Title, URL, Source string }

// addPeaks marks the peaks that Peaks found.
func (v *timeline) addPeaks(peaks []Peak) {
	if v == nil {
		return
	}
	near := [2]bool{} // a mark stands where the maximum would: at the start, at the end
	for k, found := range peaks {
		if found.Bucket >= len(v.Bars) {
			continue
		}
		b := v.Bars[found.Bucket]
		m := peak{Mark: strconv.Itoa(k + 1), X: b.Mid, Y: b.Y, Label: link{Text: b.Label, URL: b.URL}, Count: b.Count}
		if v.Shares {
			m.Count = b.Share
		}
		if h := found.Leading; h != nil {
			m.Leading = hitLink{Title: orUntitled(h.Title), URL: articleURL(h.ID), Source: h.Source}
		}
		at := float64(found.Bucket) / float64(len(v.Bars))
		near[0], near[1] = near[0] || at < 0.1, near[1] || at > 0.9
		v.Peaks = append(v.Peaks, m)
	}
	v.MaxEnd = near[0] && !near[1]
}
