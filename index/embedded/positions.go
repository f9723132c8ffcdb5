package embedded

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index/segment"
)

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
