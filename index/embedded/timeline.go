package embedded

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// timeline counts the matches over time.
func (f *found) timeline() (*index.Timeline, error) {
	t := &index.Timeline{Interval: f.Interval, Unit: f.Count, Buckets: []index.Bucket{}}
	var p period
	if t.Interval == index.IntervalAuto {
		p = f.view.period(f.result, f.Zone)
		t.Interval = index.Auto(p.start(), p.end(), p.timeOfDay)
		if !p.dated {
			t.Interval = index.Day
		}
	}
	whole := f.view.whole(t.Interval, f.Zone, f.Count)
	if whole == nil { // of more buckets than are worth to be remembered
		if p = f.view.period(f.result, f.Zone); p.dated && t.Interval.Count(p.start(), p.end(), index.MaxBuckets+1) > index.MaxBuckets {
			return nil, f.tooLong(t.Interval)
		}
		whole = f.view.spread(t.Interval, p, f.Count)
	}
	counts, free := takeNumbers(len(whole.starts))
	defer free()
	t.Undated = f.view.most(counts, whole, f.result, f.Count)
	from, to := 0, len(counts)
	for from < to && counts[from] == 0 {
		from++
	}
	for from < to && counts[to-1] == 0 {
		to--
	}
	if to-from > index.MaxBuckets {
		return nil, f.tooLong(t.Interval)
	}
	t.Buckets = make([]index.Bucket, to-from)
	for i := range t.Buckets {
		t.Buckets[i] = index.Bucket{Start: whole.labels[from+i], Count: int(counts[from+i]), All: int(whole.counts[from+i])}
	}
	return t, nil
}

// tooLong is the error of an interval that makes too many buckets.
func (f *found) tooLong(interval index.Interval) error {
	p := f.view.period(f.result, f.Zone)
	return &index.ParamError{
		Name:   "interval",
		Detail: fmt.Sprintf("%s makes more than %d buckets from %s to %s", interval, index.MaxBuckets, index.Day.Label(p.start()), index.Day.Label(p.end())),
		Hint:   "take a coarser interval or a shorter time",
	}
}

// period is the time in which articles were published.
type period struct {
	first, last int64
	zone        *time.Location
	dated       bool // any was
	timeOfDay   bool // any has one
}

func (p period) start() time.Time { return time.Unix(p.first, 0).In(p.zone) }
func (p period) hours() int64     { return (p.last - p.first) / 3600 }
func (p period) end() time.Time   { return time.Unix(p.last, 0).In(p.zone) }

// period returns the time in which the articles of the sets were published.
func (v *view) period(sets []*roaring.Bitmap, zone *time.Location) period {
	x := period{first: 1 << 62, last: undated, zone: zone}
	for i, set := range sets {
		times, published := v.segments[i].instants(zone), v.segments[i].published()
		eachDoc(set, func(docs []uint32) {
			for _, doc := range docs {
				t := times[doc]
				if t == undated {
					continue
				}
				x.first, x.last = min(x.first, t), max(x.last, t)
				if !x.timeOfDay {
					x.timeOfDay = index.HasTimeOfDay(published[doc])
				}
			}
		})
	}
	x.dated = x.last != undated
	return x
}

// over adds how many of the sets lie in each bucket to counts, and returns how many have no date.
func (v *view) over(counts []uint32, b *buckets, sets []*roaring.Bitmap, u index.Unit) (without int) {
	if u == index.Articles {
		for i, s := range v.segments {
			without += b.count(counts, s.instants(b.zone), sets[i])
		}
		return without
	}
	g := v.groupsOf(u)
	times := make([][]int64, len(v.segments))
	for i, s := range v.segments {
		times[i] = s.instants(b.zone)
		without += b.count(counts, times[i], g.alone(i, sets[i]))
	}
	stamps, free := takeNumbers(len(counts) + 1) // see view.tally
	defer free()
	g.each(sets, func(m member) {
		t := times[m.segment][m.doc]
		n, ok := b.find(t)
		switch {
		case t == undated && stamps[len(counts)] != m.group+1:
			stamps[len(counts)] = m.group + 1
			without++
		case ok && stamps[n] != m.group+1:
			stamps[n] = m.group + 1
			counts[n]++
		}
	})
	return without
}

// most is over; where most articles of the index are in the sets, the others are counted, and taken off the whole.
func (v *view) most(counts []uint32, whole *spread, sets []*roaring.Bitmap, u index.Unit) (without int) {
	if u != index.Articles || 2*v.total(sets) < v.live() || len(whole.starts) == 0 {
		return v.over(counts, whole.buckets, sets, u)
	}
	others := make([]*roaring.Bitmap, len(sets))
	for i, s := range v.segments {
		others[i] = roaring.AndNot(s.live, sets[i])
	}
	without = whole.without - v.over(counts, whole.buckets, others, u)
	for i := range counts {
		counts[i] = whole.counts[i] - counts[i]
	}
	return without
}

// spread is how the whole index is spread over buckets.
type spread struct {
	*buckets
	labels  []string
	counts  []uint32
	without int // a date
}

// spread counts the whole index over the buckets of a time.
func (v *view) spread(interval index.Interval, p period, u index.Unit) *spread {
	x := &spread{buckets: &buckets{zone: p.zone}}
	if !p.dated {
		return x
	}
	x.buckets = newBuckets(interval, p.start(), p.end())
	for _, start := range x.starts {
		x.labels = append(x.labels, interval.Label(time.Unix(start, 0).In(p.zone)))
	}
	x.counts = make([]uint32, len(x.starts))
	x.without = v.over(x.counts, x.buckets, v.lives(), u)
	return x
}

// lives returns the live articles of each segment.
func (v *view) lives() []*roaring.Bitmap {
	sets := make([]*roaring.Bitmap, len(v.segments))
	for i, s := range v.segments {
		sets[i] = s.live
	}
	return sets
}

// maxWhole bounds the buckets of the whole time of an index that are remembered: some years of hours, some centuries of days.
const maxWhole = 100_000

// leastHours is how many hours the buckets of an interval have at least, but for some when clocks are changed.
var leastHours = map[index.Interval]int64{
	index.Hour: 1, index.Day: 24, index.Week: 7 * 24, index.Month: 28 * 24, index.Quarter: 90 * 24, index.Year: 365 * 24,
}

// whole returns how the whole index is spread over all its time, nil when that makes too many buckets. It is counted once for
// a state of the index.
func (v *view) whole(interval index.Interval, zone *time.Location, u index.Unit) *spread {
	return v.facts.spans.get(spanKey{interval, zone.String(), u}, func() *spread {
		p := v.period(v.lives(), zone)
		if p.dated && p.hours() > maxWhole*leastHours[interval] {
			return nil
		}
		return v.spread(interval, p, u)
	})
}

// spans remember how the whole index is spread over its time.
type spans struct {
	mu   sync.Mutex
	made map[spanKey]*spread
}

// maxSpans bounds them.
const maxSpans = 32

type spanKey struct {
	interval index.Interval
	zone     string
	unit     index.Unit
}

func (s *spans) get(key spanKey, make func() *spread) *spread {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, known := s.made[key]
	if !known {
		x = make()
		if s.made == nil || len(s.made) >= maxSpans {
			s.made = map[spanKey]*spread{}
		}
		s.made[key] = x
	}
	return x
}

// buckets finds the bucket of an instant.
type buckets struct {
	zone   *time.Location
	starts []int64 // Unix seconds, ascending
	end    int64   // of the last
	// hours[h] is the bucket in which the h-th hour after the first start begins. It is nil when the buckets span more hours
	// than are worth a table.
	hours []uint32
}

// maxHourTable bounds the table of a timeline: 60 years.
const maxHourTable = 60 * 366 * 24

// newBuckets makes the buckets from one instant to another, in the zone of both.
func newBuckets(interval index.Interval, first, last time.Time) *buckets {
	b := &buckets{zone: first.Location()}
	start := interval.Floor(first)
	for ; !start.After(last); start = interval.Next(start) {
		b.starts = append(b.starts, start.Unix())
	}
	b.end = start.Unix()
	hours := (b.end-b.starts[0])/3600 + 1
	if hours > maxHourTable {
		return b
	}
	b.hours = make([]uint32, hours)
	n := 0
	for h := range hours {
		for n+1 < len(b.starts) && b.starts[n+1] <= b.starts[0]+h*3600 {
			n++
		}
		b.hours[h] = uint32(n)
	}
	return b
}

// find returns the bucket of an instant, if it is in any.
func (b *buckets) find(t int64) (int, bool) {
	if len(b.starts) == 0 || t < b.starts[0] || t >= b.end {
		return 0, false
	}
	if b.hours == nil {
		n, exact := slices.BinarySearch(b.starts, t)
		if !exact {
			n--
		}
		return n, true
	}
	n := int(b.hours[(t-b.starts[0])/3600])
	for n+1 < len(b.starts) && b.starts[n+1] <= t {
		n++
	}
	return n, true
}

// count adds how many articles of a set lie in each bucket to counts, and returns how many have no date.
func (b *buckets) count(counts []uint32, times []int64, set *roaring.Bitmap) (without int) {
	eachDoc(set, func(docs []uint32) {
		for _, doc := range docs {
			t := times[doc]
			if n, ok := b.find(t); ok {
				counts[n]++
			} else if t == undated {
				without++
			}
		}
	})
	return without
}
