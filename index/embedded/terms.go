package embedded

import (
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// maxExpansion bounds how many terms of a segment's dictionary one prefix may stand for. A newspaper's vocabulary has some
// hundred thousand words; two letters begin at most a few thousand of them.
const maxExpansion = 20_000

// slot is one position of a leaf: the terms that may stand there.
type slot struct {
	stem   string // terms with this stem; or
	prefix string // terms with this prefix
}

// leaf is a word, phrase or prefix of the query, in each of the fields that it searches.
type leaf struct {
	slots  []slot
	fields []int // indexes of index.TextFields
	scored bool  // stands outside of every Not
	at     query.Span
}

// newLeaf analyses a text of the query. A text without a word gives a leaf without slots, which matches nothing.
func newLeaf(field, text string, prefix bool, at query.Span) *leaf {
	l := &leaf{at: at}
	for i, f := range index.TextFields {
		if field == f.Name || field == "" && slices.Contains(index.DefaultTextFields, f.Name) {
			l.fields = append(l.fields, i)
		}
	}
	tokens := analysis.Tokens(nil, text)
	for i, t := range tokens {
		if prefix && i == len(tokens)-1 {
			l.slots = append(l.slots, slot{prefix: t.Term})
		} else {
			l.slots = append(l.slots, slot{stem: analysis.Stem(t.Term)})
		}
	}
	return l
}

// expand calls fn with each term of a dictionary that may stand in the slot.
func (sl slot) expand(dict segment.TermDictionary, at query.Span, fn func(term string) error) error {
	if sl.prefix != "" {
		n := 0
		return eachTerm(dict, sl.prefix, func(term string) error {
			if n++; n > maxExpansion {
				return &query.Error{At: at, Detail: fmt.Sprintf("more than %d words begin with %q", maxExpansion, sl.prefix), Hint: "write more of the word before the *"}
			}
			return fn(term)
		})
	}
	for _, term := range analysis.Irregular(sl.stem) {
		known, err := dict.Contains([]byte(term))
		if err == nil && known {
			err = fn(term)
		}
		if err != nil {
			return err
		}
	}
	return eachTerm(dict, analysis.StemPrefix(sl.stem), func(term string) error {
		if analysis.Stem(term) != sl.stem {
			return nil
		}
		return fn(term)
	})
}

// dictionaryTerms iterates over the terms of a dictionary from start to before end. zap's dictionaries can leave out how many
// articles each term has, which would read its postings.
func dictionaryTerms(dict segment.TermDictionary, start, end []byte) segment.DictionaryIterator {
	type countless interface {
		AutomatonIteratorOmitCount(a segment.Automaton, start, end []byte) segment.DictionaryIterator
	}
	if d, ok := dict.(countless); ok {
		return d.AutomatonIteratorOmitCount(nil, start, end)
	}
	return dict.AutomatonIterator(nil, start, end)
}

// eachTerm calls fn with each term of a dictionary that begins with a prefix, in order.
func eachTerm(dict segment.TermDictionary, prefix string, fn func(term string) error) error {
	terms := dictionaryTerms(dict, []byte(prefix), after(prefix))
	for {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return err
		}
		if err := fn(entry.Term); err != nil {
			return err
		}
	}
}

// after returns the first key behind all that begin with a prefix, nil when there is none.
func after(prefix string) []byte {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xFF {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

// occurrences are where a leaf matches in one field of a segment.
type occurrences struct {
	docs *roaring.Bitmap // live ones
	// For a leaf of one slot lists are the postings of its terms, and frequencies are read from them when they are needed;
	// for a phrase they are counted while it is matched.
	lists []segment.PostingsList
	freqs map[uint32]posting
}

// posting is how often a leaf matches in a field of an article, and how many words the field has.
type posting struct{ frequency, length uint32 }

// zapPosting is what zap's postings tell besides the segment API: the exact length of the field.
type zapPosting interface{ NormUint64() uint64 }

// find finds a leaf in a field.
func (s *segmentView) find(l *leaf, field int) (*occurrences, error) {
	if len(l.slots) == 0 {
		return &occurrences{docs: roaring.New()}, nil
	}
	dict, err := s.seg.Dictionary(proseField(index.TextFields[field].Name))
	if err != nil {
		return nil, err
	}
	if len(l.slots) == 1 {
		lists, docs, err := s.postings(dict, l.slots[0], l.at)
		return &occurrences{docs: docs, lists: lists}, err
	}
	return s.phrase(dict, l)
}

// postings returns the postings of the terms of a slot, and the live articles that have any.
func (s *segmentView) postings(dict segment.TermDictionary, sl slot, at query.Span) ([]segment.PostingsList, *roaring.Bitmap, error) {
	var lists []segment.PostingsList
	var sets []*roaring.Bitmap
	err := sl.expand(dict, at, func(term string) error {
		list, err := dict.PostingsList([]byte(term), s.deleted, nil)
		if err == nil {
			lists = append(lists, list)
			sets = append(sets, bitmapOf(list))
		}
		return err
	})
	switch len(sets) {
	case 0:
		return lists, roaring.New(), err
	case 1:
		return lists, sets[0], err
	}
	return lists, roaring.FastOr(sets...), err
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

// eachPosting calls fn with the frequencies of the leaf in those articles of within that it matches. An article comes once
// for each term that the leaf stands for.
func (o *occurrences) eachPosting(within *roaring.Bitmap, fn func(doc uint32, p posting)) error {
	for doc, p := range o.freqs {
		if within.Contains(doc) {
			fn(doc, p)
		}
	}
	for _, list := range o.lists {
		it := restricted(list, within, false)
		for {
			p, err := it.Next()
			if err != nil {
				return err
			}
			if p == nil {
				break
			}
			fn(uint32(p.Number()), posting{uint32(p.Frequency()), uint32(p.(zapPosting).NormUint64())})
		}
	}
	return nil
}

// restricted iterates over the postings of live articles within a set.
func restricted(list segment.PostingsList, within *roaring.Bitmap, locations bool) segment.PostingsIterator {
	it := list.Iterator(true, true, locations, nil)
	x := it.(segment.OptimizablePostingsIterator)
	if _, one := x.DocNum1Hit(); !one && x.ActualBitmap() != nil {
		x.ReplaceActual(roaring.And(x.ActualBitmap(), within))
	}
	return it
}

// phrase finds a leaf of several slots: terms at consecutive positions.
func (s *segmentView) phrase(dict segment.TermDictionary, l *leaf) (*occurrences, error) {
	o := &occurrences{docs: roaring.New(), freqs: map[uint32]posting{}}
	lists := make([][]segment.PostingsList, len(l.slots))
	var candidates *roaring.Bitmap
	for i, sl := range l.slots {
		ls, docs, err := s.postings(dict, sl, l.at)
		if err != nil {
			return nil, err
		}
		if lists[i] = ls; i == 0 {
			candidates = docs.Clone()
		} else {
			candidates.And(docs)
		}
	}
	readers := make([]*positionReader, len(lists))
	for i := range lists {
		readers[i] = newPositionReader(lists[i], candidates)
	}
	for it := candidates.Iterator(); it.HasNext(); {
		doc := it.Next()
		var length uint32
		for _, r := range readers {
			n, err := r.read(doc)
			if err != nil {
				return nil, err
			}
			length = max(length, n)
		}
		if n := consecutive(readers); n > 0 {
			o.docs.Add(doc)
			o.freqs[doc] = posting{uint32(n), length}
		}
	}
	return o, nil
}

// consecutive counts the places where each reader has the position behind that of the reader before.
func consecutive(readers []*positionReader) int {
	n := 0
	for _, p := range readers[0].positions {
		found := true
		for i := 1; i < len(readers) && found; i++ {
			found = readers[i].has(p + uint32(i))
		}
		if found {
			n++
		}
	}
	return n
}

// positionReader reads the positions of several terms as if they were one. Articles are read in ascending order.
type positionReader struct {
	terms     []termPositions
	positions []uint32 // in the article read last, ascending
	next      int      // of positions, for has
}

type termPositions struct {
	it   segment.PostingsIterator
	at   segment.Posting // read and not yet used
	done bool
}

func newPositionReader(lists []segment.PostingsList, within *roaring.Bitmap) *positionReader {
	r := &positionReader{}
	for _, list := range lists {
		r.terms = append(r.terms, termPositions{it: restricted(list, within, true)})
	}
	return r
}

// read reads the positions in an article, and returns the length of the field.
func (r *positionReader) read(doc uint32) (length uint32, err error) {
	r.positions, r.next = r.positions[:0], 0
	sources := 0
	for i := range r.terms {
		t := &r.terms[i]
		for !t.done && (t.at == nil || uint32(t.at.Number()) < doc) {
			if t.at, err = t.it.Next(); err != nil {
				return 0, err
			}
			t.done = t.at == nil
		}
		if t.at == nil || uint32(t.at.Number()) != doc {
			continue
		}
		for _, loc := range t.at.Locations() {
			r.positions = append(r.positions, uint32(loc.Pos()))
		}
		length = uint32(t.at.(zapPosting).NormUint64())
		sources++
	}
	if sources > 1 {
		slices.Sort(r.positions)
	}
	return length, nil
}

// has reports whether the position is among those of the article; positions must be asked for in ascending order.
func (r *positionReader) has(position uint32) bool {
	for r.next < len(r.positions) && r.positions[r.next] < position {
		r.next++
	}
	return r.next < len(r.positions) && r.positions[r.next] == position
}
