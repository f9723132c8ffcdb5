package embedded

import (
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index/segment"
)

// chunk is how many articles are looked at together.
const chunk = 2048

var chunks = sync.Pool{New: func() any { return new([chunk]uint32) }}

// eachDoc calls fn with the articles of a set in ascending order, some at a time. The slice is valid until fn returns.
func eachDoc(set *roaring.Bitmap, fn func(docs []uint32)) {
	buf := chunks.Get().(*[chunk]uint32)
	defer chunks.Put(buf)
	it := set.ManyIterator()
	for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
		fn(buf[:n])
	}
}

// termList is the postings of one term in one field, of live articles.
type termList struct {
	term string
	segment.Postings
	raw  *roaring.Bitmap // all articles of the postings
	docs *roaring.Bitmap // the live ones of languages in which the term counts; may be shared: it must not be changed
	some bool            // docs are not all of a language
}

// termList returns the postings of a term in articles of some languages.
func (s *segmentView) termList(dict *segment.Dictionary, u use) termList {
	p, _ := dict.Find(u.term)
	l := termList{term: u.term, Postings: p, raw: p.Docs(), some: u.languages != everyLanguage}
	l.docs = s.alive(l.raw)
	if l.some {
		l.docs = roaring.And(l.docs, s.spoken(u.languages))
	}
	return l
}

// unionOf returns the articles of any of the lists. It may be shared: it must not be changed.
func unionOf(lists []termList) *roaring.Bitmap {
	sets := make([]*roaring.Bitmap, len(lists))
	for i := range lists {
		sets[i] = lists[i].docs
	}
	return anyOf(sets)
}

// anyOf returns the articles of any of the sets. It may be shared: it must not be changed.
func anyOf(sets []*roaring.Bitmap) *roaring.Bitmap {
	if len(sets) == 1 {
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// few is how many times as many articles a list must have as a set, for each of the set to be looked for in the list.
const few = 64

// addFrequencies adds how often the term occurs in the articles of a set, times a weight, to tf.
func (l *termList) addFrequencies(tf []float64, weight float64, within *inside) {
	if within.n*few < l.N {
		eachDoc(roaring.And(l.docs, within.set), func(docs []uint32) {
			for _, doc := range docs {
				tf[doc] += weight * float64(l.Frequency(int(l.raw.Rank(doc))-1))
			}
		})
		return
	}
	freqs, base := l.Bytes(), 0
	eachDoc(l.raw, func(docs []uint32) {
		for i, f := range freqs[base : base+len(docs)] {
			doc := docs[i]
			if !within.has(doc) || l.some && !l.docs.Contains(doc) {
				continue
			}
			n := int(f)
			if f == segment.Large {
				n = l.Frequency(base + i)
			}
			tf[doc] += weight * float64(n)
		}
		base += len(docs)
	})
}

// inside is a set of articles that can be asked for one at once.
type inside struct {
	set  *roaring.Bitmap
	n    int
	bits []uint64
	free func()
}

// bitLists are buffers of bits.
var bitLists = sync.Pool{New: func() any { return new([]uint64) }}

// takeBits returns room for n bits, none of them set; free gives it back.
func takeBits(n int) (bits []uint64, free func()) {
	p := bitLists.Get().(*[]uint64)
	words := (n + 63) / 64
	*p = slices.Grow((*p)[:0], words)[:words]
	clear(*p)
	return *p, func() { bitLists.Put(p) }
}

// newInside makes an inside of a set of live articles of a segment; free gives it back.
func newInside(set *roaring.Bitmap, count int) *inside {
	bits, free := takeBits(count)
	set.WriteDenseTo(bits)
	return &inside{set, int(set.GetCardinality()), bits, free}
}

func (in *inside) has(doc uint32) bool { return in.bits[doc/64]&(1<<(doc%64)) != 0 }
