package feeds

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"dateline/index"
)

// Bounds of the time from one poll of a feed to the next.
const (
	MinInterval = 5 * time.Minute
	MaxInterval = 24 * time.Hour
	// usualInterval is for feeds of which nothing is known yet.
	usualInterval = time.Hour
)

// jitter is the part of an interval by which a poll may come earlier or later, so that feeds which were added together part.
const jitter = 0.1

// interval is how long to wait after a poll that went well: half as long as from one article to the next, longer with each
// poll that brought nothing, and no shorter than the feed and its host ask.
func (h *Health) interval(hint time.Duration) time.Duration {
	base := usualInterval
	if h.Cadence > 0 {
		base = time.Duration(h.Cadence) * time.Second / 2
	}
	base = max(base, MinInterval)
	if h.Empty > 0 {
		base = stretched(base, math.Pow(1.5, float64(h.Empty)))
	}
	return min(max(base, hint, MinInterval), MaxInterval)
}

// backOff is how long to wait after failures: twice as long with each.
func (h *Health) backOff() time.Duration {
	base := max(time.Duration(h.Interval)*time.Second, MinInterval)
	if h.Failures > 1 {
		base = max(usualInterval/2, MinInterval)
	}
	return min(stretched(base, math.Pow(2, float64(max(h.Failures-1, 0)))), MaxInterval)
}

func stretched(d time.Duration, by float64) time.Duration {
	if f := float64(d) * by; f < float64(MaxInterval) {
		return time.Duration(f)
	}
	return MaxInterval
}

// schedule sets the next poll after an interval, not before a time. The jitter is the seed's, the feed's and the poll's own.
func (f *Feed) schedule(now time.Time, every time.Duration, notBefore time.Time, seed uint64) {
	h := fnv.New64a()
	h.Write([]byte(f.URL))
	r := rand.New(rand.NewPCG(seed^h.Sum64(), uint64(f.Polls)))
	f.Interval = int(every / time.Second)
	next := now.Add(every + time.Duration((2*r.Float64()-1)*jitter*float64(every)))
	if earliest := now.Add(MinInterval); next.Before(earliest) {
		next = earliest
	}
	if latest := now.Add(MaxInterval); next.After(latest) {
		next = latest
	}
	if next.Before(notBefore) {
		next = notBefore.Add(time.Second)
	}
	f.Next = index.At(next)
}

// cadence is the time from one article to the next: the median over the newest, in seconds; 0 when it cannot be told. The
// time since the newest counts too, once it is the longest.
func cadence(published []time.Time, now time.Time) int {
	const newest = 20
	published = slices.DeleteFunc(slices.Clone(published), func(t time.Time) bool { return t.After(now) })
	slices.SortFunc(published, func(a, b time.Time) int { return b.Compare(a) })
	published = slices.Compact(published)
	published = published[:min(len(published), newest)]
	if len(published) < 3 {
		return 0
	}
	var gaps []time.Duration
	for i := 1; i < len(published); i++ {
		gaps = append(gaps, published[i-1].Sub(published[i]))
	}
	slices.Sort(gaps)
	median := gaps[len(gaps)/2]
	if silence := now.Sub(published[0]); silence > gaps[len(gaps)-1] {
		median = max(median, silence/4)
	}
	return int(min(median, 30*24*time.Hour) / time.Second)
}
