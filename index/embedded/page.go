package embedded

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/snippet"
)

// The order of hits is one number, larger first, and the id among equals. Within a segment ids are compared by rank.

// candidate is a hit that may be on the page.
type candidate struct {
	key     int64
	segment int
	doc     uint32
	rank    uint32 // of the id, within the segment
	id      string // read when candidates of several segments are merged
}

// order returns the sort in force.
func (f *found) order() index.Sort {
	if f.Sort == index.SortRelevance && !index.HasWords(f.program.tree) {
		return index.SortNewest
	}
	return f.Sort
}

// score computes the scores that a cut wants of the articles of the sets, and leaves only these in f.ranked.
func (f *found) score(sets []*roaring.Bitmap, c cut) error {
	recency := f.Recency
	if f.order() != index.SortRelevance {
		recency = index.Recency{}
	}
	k, err := newRanker(f.view, f.program, f.runs, recency)
	if err != nil {
		return err
	}
	f.ranker = k
	f.scores, f.ranked = make([][]float64, len(f.runs)), make([]*roaring.Bitmap, len(f.runs))
	return f.view.each(func(i int, _ *segmentView) (err error) {
		f.scores[i], f.ranked[i], err = k.scores(f.runs[i], sets[i], c)
		return err
	})
}

// key returns the function that orders the articles of a segment: larger first.
func (f *found) key(sort index.Sort, segment int) func(doc uint32) int64 {
	if sort == index.SortRelevance {
		scores := f.scores[segment]
		return func(doc uint32) int64 { return scoreKey(scores[doc]) }
	}
	times := f.view.segments[segment].published()
	if sort == index.SortOldest {
		return func(doc uint32) int64 { return oldestKey(times[doc]) }
	}
	return func(doc uint32) int64 { return times[doc] }
}

// scoreKey orders scores: the bits of floats that are not negative are in their order.
func scoreKey(score float64) int64 { return int64(math.Float64bits(score)) }

// oldestKey turns the order of times around, and keeps undated articles last.
func oldestKey(t int64) int64 {
	if t == undated {
		return math.MinInt64
	}
	return -t
}

// cursorKey is the key of the hit at a cursor.
func cursorKey(c *index.Cursor, sort index.Sort) int64 {
	t := int64(undated)
	if !c.Published.IsZero() {
		t = c.Published.Unix()
	}
	switch sort {
	case index.SortRelevance:
		return scoreKey(c.Score)
	case index.SortOldest:
		return oldestKey(t)
	}
	return t
}

// page fills in the hits that come after the cursor, and the next cursor.
func (f *found) page(r *index.Result, before *index.Cursor) error {
	if f.Size < 0 || f.articles == 0 {
		return nil
	}
	sort := f.order()
	if sort == index.SortRelevance {
		if err := f.score(f.result, f.wanted(before)); err != nil {
			return err
		}
	}
	hits, err := f.top(sort, f.Size+1, before)
	if err != nil {
		return err
	}
	more := len(hits) > f.Size
	hits = hits[:min(len(hits), f.Size)]
	if f.scores == nil {
		if err := f.score(f.setsOf(hits), cut{behind: math.Inf(1)}); err != nil {
			return err
		}
	}
	if f.Explain {
		if err := f.ranker.findPairs(f.runs, f.setsOf(hits)); err != nil {
			return err
		}
	}
	marks := snippet.New(f.program.tree)
	for i, c := range hits {
		h, err := f.hit(c, marks)
		if err != nil {
			return err
		}
		if f.Explain {
			if h.Explanation, err = f.explain(c, i, sort, before, h.Published); err != nil {
				return err
			}
		}
		r.Hits = append(r.Hits, h)
	}
	if more {
		last := r.Hits[len(r.Hits)-1]
		next := index.Cursor{Match: f.match, Score: last.Score, Published: last.Published, ID: last.ID, Origin: index.At(f.Recency.Origin)}.Encode(f.Request)
		r.Next = &next
	}
	return nil
}

// wanted says of which articles a page behind a cursor wants the scores. Which of a group is the first, all scores say.
func (f *found) wanted(before *index.Cursor) cut {
	c := cut{behind: math.Inf(1)}
	if f.Group == index.Articles {
		c.best = f.Size + 1
	}
	if before != nil {
		c.behind = before.Score
	}
	return c
}

// explain says why the i-th hit of the page stands where it does. Only on the first page its place in the order is known.
func (f *found) explain(c candidate, i int, sort index.Sort, before *index.Cursor, published index.Time) (*index.Explanation, error) {
	worths, err := f.ranker.worths(f.runs[c.segment], c.doc, f.runs)
	place := 0
	if before == nil && sort == index.SortRelevance {
		place = i + 1
	}
	return index.Explain(place, f.view.live(), worths, f.ranker.recency, published), err
}

// setsOf returns the articles of the hits, by segment.
func (f *found) setsOf(hits []candidate) []*roaring.Bitmap {
	sets := make([]*roaring.Bitmap, len(f.result))
	for i := range sets {
		sets[i] = roaring.New()
	}
	for _, c := range hits {
		sets[c.segment].Add(c.doc)
	}
	return sets
}

// top returns the first n hits after the cursor, in order.
func (f *found) top(sort index.Sort, n int, before *index.Cursor) ([]candidate, error) {
	sets := f.result
	if sort == index.SortRelevance {
		sets = f.ranked
	}
	if f.Group != index.Articles {
		var err error
		if sets, err = f.grouped(sort); err != nil {
			return nil, err
		}
	}
	var merged []candidate
	for i := range sets {
		list, err := f.topOf(sort, i, sets[i], n, before)
		if err != nil {
			return nil, err
		}
		merged = append(merged, list...)
	}
	slices.SortFunc(merged, compareCandidates)
	return merged[:min(len(merged), n)], nil
}

// compareCandidates orders candidates of any segments.
func compareCandidates(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.key, a.key), strings.Compare(a.id, b.id))
}

// topOf returns the first n of a segment, with their ids.
func (f *found) topOf(sort index.Sort, segment int, set *roaring.Bitmap, n int, before *index.Cursor) ([]candidate, error) {
	s, key := f.view.segments[segment], f.key(sort, segment)
	ranks := s.ranks()
	passes := func(int64, uint32) bool { return true }
	if before != nil {
		at, limit := cursorKey(before, sort), s.rankBehind(before.ID)
		passes = func(k int64, rank uint32) bool { return k < at || k == at && rank >= limit }
	}
	h := make(worstFirst, 0, n+1)
	for it := set.Iterator(); it.HasNext(); {
		doc := it.Next()
		c := candidate{key: key(doc), segment: segment, doc: doc, rank: ranks[doc]}
		if !passes(c.key, c.rank) || len(h) == n && !h.worse(0, c) {
			continue
		}
		heap.Push(&h, c)
		if len(h) > n {
			heap.Pop(&h)
		}
	}
	for i := range h {
		id, err := s.seg.DocID(uint64(h[i].doc))
		if err != nil {
			return nil, err
		}
		h[i].id = string(id)
	}
	return h, nil
}

// worstFirst is a heap of candidates of one segment with the last in order at the top.
type worstFirst []candidate

func (h worstFirst) Len() int           { return len(h) }
func (h worstFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h worstFirst) Less(i, j int) bool { return h.worse(i, h[j]) }
func (h *worstFirst) Push(x any)        { *h = append(*h, x.(candidate)) }
func (h *worstFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// worse reports whether the i-th comes after c.
func (h worstFirst) worse(i int, c candidate) bool {
	return h[i].key < c.key || h[i].key == c.key && h[i].rank > c.rank
}

// rankBehind returns how many ids of the segment are not behind id.
func (s *segmentView) rankBehind(id string) uint32 {
	dict, err := s.seg.Dictionary(fieldID)
	must(err)
	terms := dictionaryTerms(dict, nil, []byte(id+"\x00"), nil)
	entry, err := terms.Next()
	must(err)
	if entry == nil {
		return math.MaxUint32
	}
	list, err := dict.PostingsList([]byte(entry.Term), nil, nil)
	must(err)
	p, err := list.Iterator(false, false, false, nil).Next()
	must(err)
	return s.ranks()[p.Number()]
}

// grouped leaves of each text or story the first article in order.
func (f *found) grouped(sort index.Sort) ([]*roaring.Bitmap, error) {
	best := map[uint32]candidate{}
	sets := make([]*roaring.Bitmap, len(f.result))
	for i, set := range f.result { // scored whole
		sets[i] = roaring.New()
		s, key := f.view.segments[i], f.key(sort, i)
		units := s.values(unitField(f.Group))
		for it := set.Iterator(); it.HasNext(); {
			doc := it.Next()
			ids := units.of(doc)
			if len(ids) == 0 {
				sets[i].Add(doc) // one of its own
				continue
			}
			c := candidate{key: key(doc), segment: i, doc: doc}
			other, known := best[ids[0]]
			if known && other.key == c.key {
				for _, x := range []*candidate{&c, &other} {
					id, err := f.view.segments[x.segment].seg.DocID(uint64(x.doc))
					if err != nil {
						return nil, err
					}
					x.id = string(id)
				}
			}
			if !known || compareCandidates(c, other) < 0 {
				best[ids[0]] = c
			}
		}
	}
	for _, c := range best {
		sets[c.segment].Add(c.doc)
	}
	return sets, nil
}

// hit makes a hit as the result has it.
func (f *found) hit(c candidate, marks *snippet.Matcher) (index.Hit, error) {
	a, err := f.view.segments[c.segment].article(c.doc)
	if err != nil {
		return index.Hit{}, err
	}
	story, err := f.view.story(a.Story, a.Source)
	if err != nil {
		return index.Hit{}, err
	}
	lang := analysis.LanguageOf(a.Language)
	return index.Hit{
		ID: a.ID, URL: a.URL, Title: a.Title, Source: a.Source, Agency: a.Agency, Published: a.Published,
		Precision: a.Precision, Language: a.Language, Lead: a.Lead, Score: f.scores[c.segment][c.doc],
		Highlights: index.Highlights{Title: marks.Title(a.Title, lang), Body: marks.Body(a.Body, lang)},
		People:     a.Names(index.Person), Orgs: a.Names(index.Org), Places: a.Names(index.Place),
		Story: story,
	}, nil
}

// story sizes a story over the whole index. An article without one is its own.
func (v *view) story(id, source string) (index.StoryInfo, error) {
	info := index.StoryInfo{ID: id}
	key := analysis.Fold(id)
	if key == "" {
		info.Articles = 1
		if analysis.Fold(source) != "" {
			info.Sources = 1
		}
		return info, nil
	}
	sources := map[uint32]bool{}
	for _, s := range v.segments {
		docs, err := s.value("story", key)
		if err != nil {
			return info, err
		}
		info.Articles += int(docs.GetCardinality())
		col := s.values("source")
		for it := docs.Iterator(); it.HasNext(); {
			for _, n := range col.of(it.Next()) {
				sources[n] = true
			}
		}
	}
	info.Sources = len(sources)
	return info, nil
}
