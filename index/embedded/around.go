package embedded

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/snippet"
)

// around says where an article stands in the order, and what is marked in it. page comes before it.
func (f *found) around() (*index.Around, error) {
	at, ok := f.locate(f.Around)
	if !ok {
		return nil, nil
	}
	a, err := f.view.segments[at.segment].article(at.doc)
	if err != nil {
		return nil, err
	}
	marks := snippet.New(f.program.tree, f.names.variants)
	defer marks.Free()
	r := &index.Around{ID: a.ID, Marks: marks.Whole(&a)}
	if !f.result[at.segment].Contains(at.doc) {
		return r, nil
	}
	sets, err := f.listed()
	if err != nil || !sets[at.segment].Contains(at.doc) {
		return r, err
	}
	n, err := f.neighbours(at, sets)
	if err != nil {
		return nil, err
	}
	r.Position = n.before + 1
	if r.Previous, err = f.neighbour(n.previous, n.before); err == nil {
		r.Next, err = f.neighbour(n.next, n.after)
	}
	return r, err
}

// locate finds the article that a state of the index has under an id. In one of an earlier time several documents have the id.
func (f *found) locate(id string) (candidate, bool) {
	if id == "" {
		return candidate{}, false
	}
	for i, s := range f.view.segments {
		if s.asOf == 0 {
			if doc, ok := s.find(id); ok {
				return candidate{segment: i, doc: doc, id: id}, true
			}
			continue
		}
		ids := s.columns.byID()
		for n := int(s.behind(id)) - 1; n >= 0; n-- {
			doc := ids.order[n]
			if string(s.id(doc)) != id {
				break
			}
			if s.live.Contains(doc) {
				return candidate{segment: i, doc: doc, id: id}, true
			}
		}
	}
	return candidate{}, false
}

// listed returns the articles that the list of hits has, by segment, with the scores of all where they order it.
func (f *found) listed() ([]*roaring.Bitmap, error) {
	sort := f.order()
	if sort == index.SortRelevance && f.scores == nil { // no page was asked for
		if err := f.score(f.result, cut{behind: math.Inf(1)}); err != nil {
			return nil, err
		}
	}
	if f.Group != index.Articles {
		return f.grouped(sort), nil
	}
	return f.result, nil
}

// neighbours are the articles right before and after a place in the order, and how many come before and after it.
type neighbours struct {
	before, after  int
	previous, next candidate
}

// neighbours goes through the sets once: nothing is sorted, and nothing kept but two articles of each segment.
func (f *found) neighbours(at candidate, sets []*roaring.Bitmap) (neighbours, error) {
	sort := f.order()
	at.key = f.key(sort, at.segment)(at.doc)
	parts := make([]neighbours, len(sets))
	err := f.view.each(func(i int, s *segmentView) error {
		n, key, ranks, behind := &parts[i], f.key(sort, i), s.ranks(), s.behind(at.id)
		eachDoc(sets[i], func(docs []uint32) {
			for _, doc := range docs {
				c := candidate{key: key(doc), segment: i, doc: doc, rank: ranks[doc]}
				switch {
				case i == at.segment && doc == at.doc:
				case c.key > at.key || c.key == at.key && c.rank < behind:
					n.comesBefore(c, 1, earlier)
				default:
					n.comesAfter(c, 1, earlier)
				}
			}
		})
		if n.before > 0 {
			n.previous.id = string(s.id(n.previous.doc))
		}
		if n.after > 0 {
			n.next.id = string(s.id(n.next.doc))
		}
		return nil
	})
	all, byID := neighbours{}, func(a, b candidate) bool { return compareCandidates(a, b) < 0 }
	for _, n := range parts {
		all.comesBefore(n.previous, n.before, byID)
		all.comesAfter(n.next, n.after, byID)
	}
	return all, err
}

// comesBefore takes in articles that come before the place, of which the last is c.
func (n *neighbours) comesBefore(c candidate, articles int, earlier func(a, b candidate) bool) {
	if articles > 0 && (n.before == 0 || earlier(n.previous, c)) {
		n.previous = c
	}
	n.before += articles
}

// comesAfter takes in articles that come after the place, of which the first is c.
func (n *neighbours) comesAfter(c candidate, articles int, earlier func(a, b candidate) bool) {
	if articles > 0 && (n.after == 0 || earlier(c, n.next)) {
		n.next = c
	}
	n.after += articles
}

// neighbour names a hit, if there is one.
func (f *found) neighbour(c candidate, articles int) (*index.Neighbour, error) {
	if articles == 0 {
		return nil, nil
	}
	a, err := f.view.segments[c.segment].article(c.doc)
	return index.NeighbourOf(&a), err
}
