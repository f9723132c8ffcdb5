package embedded

import (
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// termList is the postings of one term in one field, of live articles.
type termList struct {
	term string
	list segment.PostingsList
	docs *roaring.Bitmap // the articles of languages in which the term counts; may be shared: it must not be changed
	all  bool            // docs are those of the list
}

// bitmapOf returns the live articles of a postings list. It may be shared: it must not be changed.
func bitmapOf(list segment.PostingsList) *roaring.Bitmap {
	it := list.Iterator(false, false, false, nil)
	x, ok := it.(segment.OptimizablePostingsIterator)
	if !ok {
		panic(fmt.Sprintf("a postings iterator of type %T", it))
	}
	if doc, ok := x.DocNum1Hit(); ok {
		return roaring.BitmapOf(uint32(doc))
	}
	if docs := x.ActualBitmap(); docs != nil {
		return docs
	}
	return roaring.New()
}

// termList returns the postings of a term in articles of some languages.
func (s *segmentView) termList(dict segment.TermDictionary, u use) (termList, error) {
	list, err := dict.PostingsList([]byte(u.term), s.deleted, nil)
	if err != nil {
		return termList{}, err
	}
	docs := bitmapOf(list)
	if u.languages == everyLanguage {
		return termList{u.term, list, docs, true}, nil
	}
	return termList{u.term, list, roaring.And(docs, s.spoken(u.languages)), false}, nil
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

// iterator iterates over the postings of articles within a set, nil over those of all.
func (l *termList) iterator(within *roaring.Bitmap, locations bool, reuse segment.PostingsIterator) segment.PostingsIterator {
	it := l.list.Iterator(true, true, locations, reuse)
	if within == nil && l.all {
		return it
	}
	docs := l.docs
	if within != nil {
		docs = roaring.And(docs, within)
	}
	x := it.(segment.OptimizablePostingsIterator)
	if doc, one := x.DocNum1Hit(); one {
		if !docs.Contains(uint32(doc)) {
			_, err := it.Next() // there is no other
			must(err)
		}
	} else if x.ActualBitmap() != nil {
		x.ReplaceActual(docs)
	}
	return it
}

// positionReader reads the positions of several terms as if they were one. Articles are read in ascending order, the same one
// again if need be; those in between are passed over.
type positionReader struct {
	terms     []termPositions // a heap: the one whose next article is the first on top
	articles  int             // that any of the terms has, at most
	positions []uint32        // in the article read last, ascending
	doc       uint32          // the article read last
	begun     bool
}

// termPositions is a term's postings, and the article to read next.
type termPositions struct {
	it   segment.PostingsIterator
	docs roaring.IntPeekable
	doc  uint32
}

// skip goes on to the first article from doc on, and reports whether there is one.
func (t *termPositions) skip(doc uint32) bool {
	t.docs.AdvanceIfNeeded(doc)
	if !t.docs.HasNext() {
		return false
	}
	t.doc = t.docs.PeekNext()
	return true
}

func newPositionReader(lists []termList, within *roaring.Bitmap) *positionReader {
	r := &positionReader{}
	for i := range lists {
		docs := roaring.And(lists[i].docs, within)
		t := termPositions{docs: docs.Iterator()}
		if t.skip(0) {
			t.it = lists[i].iterator(docs, true, nil)
			r.terms = append(r.terms, t)
			r.articles += int(docs.GetCardinality())
		}
	}
	for i := len(r.terms)/2 - 1; i >= 0; i-- {
		r.sink(i)
	}
	return r
}

// sink restores the heap below the i-th.
func (r *positionReader) sink(i int) {
	for {
		least := i
		for _, k := range [2]int{2*i + 1, 2*i + 2} {
			if k < len(r.terms) && r.terms[k].doc < r.terms[least].doc {
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
func (r *positionReader) read(doc uint32) ([]uint32, error) {
	if r.begun && r.doc == doc {
		return r.positions, nil
	}
	r.begun, r.doc, r.positions = true, doc, r.positions[:0]
	sources := 0
	for len(r.terms) > 0 && r.terms[0].doc <= doc {
		top := &r.terms[0]
		if top.doc == doc {
			p, err := top.it.Advance(uint64(doc))
			if err != nil {
				return nil, err
			}
			if p != nil && p.Number() == uint64(doc) {
				for _, loc := range p.Locations() {
					r.positions = append(r.positions, uint32(loc.Pos()))
				}
				sources++
			}
		}
		if !top.skip(max(doc, top.doc+1)) {
			last := len(r.terms) - 1
			r.terms[0] = r.terms[last]
			r.terms = r.terms[:last]
		}
		r.sink(0)
	}
	if sources > 1 {
		slices.Sort(r.positions)
	}
	return r.positions, nil
}
