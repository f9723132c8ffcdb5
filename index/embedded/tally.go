package embedded

import (
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// numberLists are buffers of counts.
var numberLists = sync.Pool{New: func() any { return new([]uint32) }}

// takeNumbers returns a list of n zeros; free gives it back.
func takeNumbers(n int) (list []uint32, free func()) {
	p := numberLists.Get().(*[]uint32)
	*p = slices.Grow((*p)[:0], n)[:n]
	clear(*p)
	return *p, func() { numberLists.Put(p) }
}

// tally adds to counts, by the number of the value, how many articles of a set have each value of a field, and returns how
// many have none. Where most live articles are in the set, the others are counted, and taken off what all have.
func (s *segmentView) tally(field string, set *roaring.Bitmap, counts []uint32) (without int) {
	col := s.column(field)
	n, live := set.GetCardinality(), s.live.GetCardinality()
	switch {
	case n == 0 || col.Keys == 0:
		return int(n)
	case n*4 < uint64(col.Keys):
		return col.tallyFew(set, counts)
	}
	local, free := takeNumbers(col.Keys + 1)
	defer free()
	if 2*n > live {
		if n < live {
			col.count(local, roaring.AndNot(s.live, set))
		}
		for key, all := range s.tallyLive(field) {
			local[key] = all - local[key]
		}
	} else {
		col.count(local, set)
	}
	for key, number := range col.numbers {
		counts[number] += local[key]
	}
	return int(local[col.Keys])
}

// tallyFew is tally for a set with fewer values than the column has keys.
func (c *valueColumn) tallyFew(set *roaring.Bitmap, counts []uint32) (without int) {
	var keys []uint32
	eachDoc(set, func(docs []uint32) {
		for _, doc := range docs {
			if keys = c.Of(keys[:0], doc); len(keys) == 0 {
				without++
			}
			for _, key := range keys {
				counts[c.numbers[key]]++
			}
		}
	})
	return without
}

// count adds how many articles of a set have each key to counts; the last is of those without any.
func (c *valueColumn) count(counts []uint32, set *roaring.Bitmap) {
	eachDoc(set, func(docs []uint32) {
		if c.Wide != nil {
			countKeys(counts, c.Offsets, c.Wide, docs)
		} else {
			countKeys(counts, c.Offsets, c.Narrow, docs)
		}
	})
}

func countKeys[T uint16 | uint32](counts, offsets []uint32, column []T, docs []uint32) {
	if offsets == nil { // no key is the one after the last
		for _, doc := range docs {
			counts[column[doc]]++
		}
		return
	}
	for _, doc := range docs {
		keys := column[offsets[doc]:offsets[doc+1]]
		for _, key := range keys {
			counts[key]++
		}
		if len(keys) == 0 {
			counts[len(counts)-1]++
		}
	}
}

// liveCounts are what count gives of all live articles of a segment.
type liveCounts struct {
	mu      sync.Mutex
	deleted uint64 // how many articles were, when they were counted
	fields  map[string][]uint32
}

// tallyLive counts the keys of all live articles, once for as long as none is deleted.
func (s *segmentView) tallyLive(field string) []uint32 {
	deleted := uint64(s.count) - s.live.GetCardinality()
	s.counts.mu.Lock()
	if s.counts.deleted != deleted || s.counts.fields == nil {
		s.counts.deleted, s.counts.fields = deleted, map[string][]uint32{}
	}
	counts, fields := s.counts.fields[field], s.counts.fields
	s.counts.mu.Unlock()
	if counts != nil {
		return counts
	}
	col := s.column(field)
	counts = make([]uint32, col.Keys+1)
	col.count(counts, s.live)
	s.counts.mu.Lock()
	fields[field] = counts // those of another state, if there is one by now, are others
	s.counts.mu.Unlock()
	return counts
}
