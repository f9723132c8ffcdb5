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
	switch len(lists) {
	case 0:
		return roaring.New()
	case 1:
		return lists[0].docs
	}
	sets := make([]*roaring.Bitmap, len(lists))
	for i := range lists {
		sets[i] = lists[i].docs
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
}

// words64 are buffers of bits.
var words64 = sync.Pool{New: func() any { return new([]uint64) }}

// newInside makes an inside of a set of live articles of a segment; free gives it back.
func newInside(set *roaring.Bitmap, count int) *inside {
	in := &inside{set: set, n: int(set.GetCardinality()), bits: *words64.Get().(*[]uint64)}
	n := (count + 63) / 64
	in.bits = slices.Grow(in.bits[:0], n)[:n]
	clear(in.bits)
	set.WriteDenseTo(in.bits)
	return in
}

func (in *inside) has(doc uint32) bool { return in.bits[doc/64]&(1<<(doc%64)) != 0 }

func (in *inside) free() { words64.Put(&in.bits) }

// positionReader reads the positions of several terms as if they were one. Articles are read in ascending order, the same one
// again if need be; those in between are passed over.
type positionReader struct {
	terms     []termPositions // those with articles left; when there are many, a heap with the first article on top
	many      bool
	articles  int      // that any of the terms has, at most
	positions []uint32 // in the article read last, ascending
	doc       uint32   // the article read last
	begun     bool
}

// manyTerms is from where on looking at each term costs more than a heap.
const manyTerms = 8

// termPositions is a term's postings, and the article to read next.
type termPositions struct {
	positions segment.Positions
	list      []uint32        // articles that may be read
	at        int             // in list
	raw       *roaring.Bitmap // when list is not all articles of the postings, but some: these
	only      *roaring.Bitmap // when the term counts in some of the list only: these
}

// doc returns the next article.
func (t *termPositions) doc() uint32 { return t.list[t.at] }

// skip goes on to the first article from doc on, and reports whether there is one.
func (t *termPositions) skip(doc uint32) bool {
	if t.at < len(t.list) && t.list[t.at] < doc {
		step := 1
		for t.at+step < len(t.list) && t.list[t.at+step] < doc {
			step *= 2
		}
		from := t.at + step/2
		n, _ := slices.BinarySearch(t.list[from:min(t.at+step+1, len(t.list))], doc)
		t.at = from + n
	}
	return t.at < len(t.list)
}

// read appends the positions in the next article, if the term counts there.
func (t *termPositions) read(dst []uint32) []uint32 {
	switch doc := t.doc(); {
	case t.only != nil && !t.only.Contains(doc):
		return dst
	case t.raw != nil:
		return t.positions.Read(dst, int(t.raw.Rank(doc))-1)
	}
	return t.positions.Read(dst, t.at)
}

// numbers returns an empty list with room for n numbers, which is the run's until it is freed.
func (r *run) numbers(n int) []uint32 {
	p := numberLists.Get().(*[]uint32)
	*p = slices.Grow((*p)[:0], n)
	r.lent = append(r.lent, p)
	return *p
}

// free gives back what was lent. Nothing that the run has made is read any more.
func (r *run) free() {
	for _, p := range r.lent {
		numberLists.Put(p)
	}
	r.lent = nil
}

// positionReader makes a reader of the positions of terms in the articles of a set.
func (r *run) positionReader(lists []termList, within *roaring.Bitmap) *positionReader {
	made := &positionReader{}
	for i := range lists {
		l := &lists[i]
		n := int(l.docs.AndCardinality(within))
		if n == 0 {
			continue
		}
		t := termPositions{positions: l.Positions()}
		if n*few < l.N {
			t.list, t.raw = roaring.And(l.docs, within).ToArray(), l.raw
		} else if t.list = l.AppendDocs(r.numbers(l.N)); l.some {
			t.only = l.docs
		}
		made.terms = append(made.terms, t)
		made.articles += n
	}
	if made.many = len(made.terms) > manyTerms; made.many {
		for i := len(made.terms)/2 - 1; i >= 0; i-- {
			made.sink(i)
		}
	}
	return made
}

// sink restores the heap below the i-th.
func (r *positionReader) sink(i int) {
	for {
		least := i
		for _, k := range [2]int{2*i + 1, 2*i + 2} {
			if k < len(r.terms) && r.terms[k].doc() < r.terms[least].doc() {
				least = k
			}
		}
		if least == i {
			return
		}
		r.terms[i], r.terms[least] = r.terms[least], r.terms[i]
		i = least
	}
}

// read reads the positions in an article.
func (r *positionReader) read(doc uint32) []uint32 {
	if r.begun && r.doc == doc {
		return r.positions
	}
	r.begun, r.doc, r.positions = true, doc, r.positions[:0]
	sources := 0
	if r.many {
		sources = r.readHeap(doc)
	} else {
		for i := range r.terms {
			if t := &r.terms[i]; t.skip(doc) && t.doc() == doc {
				r.positions = t.read(r.positions)
				sources++
			}
		}
	}
	if sources > 1 {
		slices.Sort(r.positions)
	}
	return r.positions
}

// readHeap reads the terms that have the article, and returns how many these are.
func (r *positionReader) readHeap(doc uint32) (sources int) {
	for len(r.terms) > 0 && r.terms[0].doc() <= doc {
		top := &r.terms[0]
		if !top.skip(doc) {
			r.drop()
			continue
		}
		if top.doc() == doc {
			r.positions = top.read(r.positions)
			sources++
			if top.at++; top.at == len(top.list) {
				r.drop()
				continue
			}
		}
		r.sink(0)
	}
	return sources
}

// drop removes the term on top, which has no articles left.
func (r *positionReader) drop() {
	last := len(r.terms) - 1
	r.terms[0] = r.terms[last]
	r.terms = r.terms[:last]
	r.sink(0)
}
