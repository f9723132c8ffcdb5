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
	p := f.view.period(f.result)
	if !p.dated {
		if t.Interval == index.IntervalAuto {
			t.Interval = index.Day
		}
		t.Undated = f.view.count(f.result, f.Count)
		return t, nil
	}
	first, last := time.Unix(p.first, 0).UTC(), time.Unix(p.last, 0).UTC()
	if t.Interval == index.IntervalAuto {
		t.Interval = index.Auto(first, last, p.timeOfDay)
	}
	if t.Interval.Count(first, last, index.MaxBuckets+1) > index.MaxBuckets {
		return nil, &index.ParamError{
			Name:   "interval",
			Detail: fmt.Sprintf("%s makes more than %d buckets from %s to %s", t.Interval, index.MaxBuckets, index.Day.Label(first), index.Day.Label(last)),
			Hint:   "take a coarser interval or a shorter time",
		}
	}
	b := newBuckets(t.Interval, first, last)
	counts, without := f.view.over(b, f.result, f.Count)
	all := f.view.all(t.Interval, b, f.Count)
	for i, start := range b.starts {
		t.Buckets = append(t.Buckets, index.Bucket{Start: t.Interval.Label(time.Unix(start, 0).UTC()), Count: int(counts[i]), All: int(all[i])})
	}
	t.Undated = without
	return t, nil
}

// period is the time in which articles were published.
type period struct {
	first, last int64
	dated       bool // any was
	timeOfDay   bool // any has one
}

// period returns the time in which the articles of the sets were published.
func (v *view) period(sets []*roaring.Bitmap) period {
	x := period{first: 1 << 62, last: undated}
	for i, set := range sets {
		times := v.segments[i].published()
		eachDoc(set, func(docs []uint32) {
			for _, doc := range docs {
				t := times[doc]
				if t == undated {
					continue
				}
				x.first, x.last = min(x.first, t), max(x.last, t)
				if !x.timeOfDay {
					x.timeOfDay = index.HasTimeOfDay(t)
				}
			}
		})
	}
	x.dated = x.last != undated
	return x
}

// over counts the sets of each segment over the buckets, and those without a date.
func (v *view) over(b *buckets, sets []*roaring.Bitmap, u index.Unit) (counts []uint32, without int) {
	counts = make([]uint32, len(b.starts))
	if u == index.Articles {
		for i, s := range v.segments {
			without += b.count(counts, s.published(), sets[i])
		}
		return counts, without
	}
	g := v.groupsOf(u)
	times := make([][]int64, len(v.segments))
	for i, s := range v.segments {
		times[i] = s.published()
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
	return counts, without
}

// all counts the whole index over buckets. It is counted once for a state of the index, over all its time.
func (v *view) all(interval index.Interval, b *buckets, u index.Unit) []uint32 {
	live := make([]*roaring.Bitmap, len(v.segments))
	for i, s := range v.segments {
		live[i] = s.live
	}
	whole := v.facts.spans.get(spanKey{interval, u}, func() *counted {
		x := v.period(live)
		first, last := time.Unix(x.first, 0).UTC(), time.Unix(x.last, 0).UTC()
		if interval.Count(first, last, maxWhole+1) > maxWhole {
			return nil
		}
		c := &counted{buckets: newBuckets(interval, first, last)}
		c.counts, _ = v.over(c.buckets, live, u)
		return c
	})
	if whole == nil {
		counts, _ := v.over(b, live, u)
		return counts
	}
	at, _ := slices.BinarySearch(whole.buckets.starts, b.starts[0])
	return whole.counts[at : at+len(b.starts)]
}

// maxWhole bounds the buckets of the whole time of an index: a century of hours.
const maxWhole = 1 << 20

// spans remember how the whole index is spread over its time.
type spans struct {
	mu      sync.Mutex
	counted map[spanKey]*counted
}

type spanKey struct {
	interval index.Interval
	unit     index.Unit
}

// counted is how many there are in each bucket.
type counted struct {
	buckets *buckets
	counts  []uint32
}

func (s *spans) get(key spanKey, make func() *counted) *counted {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.counted[key]
	if !known {
		c = make()
		if s.counted == nil {
			s.counted = map[spanKey]*counted{}
		}
		s.counted[key] = c
	}
	return c
}

// buckets finds the bucket of an instant.
type buckets struct {
	starts []int64 // Unix seconds, ascending
	end    int64   // of the last
	// hours[h] is the bucket in which the h-th hour after the first start begins. It is nil when the buckets span more hours
	// than are worth a table.
	hours []uint32
}

// maxHourTable bounds the table of a timeline: 60 years.
const maxHourTable = 60 * 366 * 24

// newBuckets makes the buckets from one instant to another.
func newBuckets(interval index.Interval, first, last time.Time) *buckets {
	b := &buckets{}
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
	if t < b.starts[0] || t >= b.end {
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
