package embedded

import (
	"fmt"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// timeline counts the matches over time.
func (f *found) timeline() (*index.Timeline, error) {
	t := &index.Timeline{Interval: f.Interval, Unit: f.Count, Buckets: []index.Bucket{}}
	first, last, timeOfDay, ok := f.span()
	if !ok {
		if t.Interval == index.IntervalAuto {
			t.Interval = index.Day
		}
		t.Undated = f.count(f.result, f.Count)
		return t, nil
	}
	if t.Interval == index.IntervalAuto {
		t.Interval = index.Auto(first, last, timeOfDay)
	}
	if t.Interval.Count(first, last, index.MaxBuckets+1) > index.MaxBuckets {
		return nil, &index.ParamError{
			Name:   "interval",
			Detail: fmt.Sprintf("%s makes more than %d buckets from %s to %s", t.Interval, index.MaxBuckets, index.Day.Label(first), index.Day.Label(last)),
			Hint:   "take a coarser interval or a shorter time",
		}
	}
	var starts []int64
	for start := t.Interval.Floor(first); !start.After(last); start = t.Interval.Next(start) {
		starts = append(starts, start.Unix())
		t.Buckets = append(t.Buckets, index.Bucket{Start: t.Interval.Label(start)})
	}
	end := t.Interval.Next(time.Unix(starts[len(starts)-1], 0).UTC()).Unix()
	buckets := newBuckets(starts, end)
	live := make([]*roaring.Bitmap, len(f.view.segments))
	for i, s := range f.view.segments {
		live[i] = s.live
	}
	counts, without := f.over(buckets, f.result)
	all, _ := f.over(buckets, live)
	for i := range t.Buckets {
		t.Buckets[i].Count, t.Buckets[i].All = counts[i], all[i]
	}
	t.Undated = without
	return t, nil
}

// span returns the earliest and the latest publication among the result, and whether any has a time of day.
func (f *found) span() (first, last time.Time, timeOfDay, ok bool) {
	low, high := int64(1<<62), int64(undated)
	for i, set := range f.result {
		times := f.view.segments[i].published()
		for it := set.Iterator(); it.HasNext(); {
			if t := times[it.Next()]; t != undated {
				low, high = min(low, t), max(high, t)
				timeOfDay = timeOfDay || index.HasTimeOfDay(t)
			}
		}
	}
	return time.Unix(low, 0).UTC(), time.Unix(high, 0).UTC(), timeOfDay, high != undated
}

// over counts the sets of each segment over the buckets, and those without a date.
func (f *found) over(b buckets, sets []*roaring.Bitmap) (counts []int, without int) {
	c, undatedOnes := newCounter(f.Count, len(b.starts)), newCounter(f.Count, 1)
	for i, set := range sets {
		s := f.view.segments[i]
		times, unit := s.published(), s.unit(f.Count)
		for it := set.Iterator(); it.HasNext(); {
			doc := it.Next()
			t := times[doc]
			if t == undated {
				undatedOnes.add(0, unit, doc)
			} else if n, ok := b.find(t); ok {
				c.add(uint32(n), unit, doc)
			}
		}
	}
	return c.total(), undatedOnes.total()[0]
}

// buckets finds the bucket of an instant.
type buckets struct {
	starts []int64 // Unix seconds, ascending
	end    int64   // of the last
	// hours[h] is the bucket in which the h-th hour after the first start begins: every bucket begins at a full hour. It is
	// nil when the buckets span more hours than are worth a table.
	hours []uint32
}

// maxHourTable bounds the table of a timeline: 60 years.
const maxHourTable = 60 * 366 * 24

func newBuckets(starts []int64, end int64) buckets {
	b := buckets{starts: starts, end: end}
	hours := (end - starts[0]) / 3600
	if hours > maxHourTable {
		return b
	}
	b.hours = make([]uint32, hours)
	n := 0
	for h := range hours {
		for n+1 < len(starts) && starts[n+1] <= starts[0]+h*3600 {
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
	if b.hours != nil {
		return int(b.hours[(t-b.starts[0])/3600]), true
	}
	n, exact := slices.BinarySearch(b.starts, t)
	if !exact {
		n--
	}
	return n, true
}
