package embedded

import (
	"bytes"
	"cmp"
	"math"
	"runtime"
	"slices"
	"sort"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"golang.org/x/sync/errgroup"

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

// earlier orders candidates of one segment.
func earlier(a, b candidate) bool { return a.key > b.key || a.key == b.key && a.rank < b.rank }

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
	f.scores, f.ranked = make([]*floats, len(f.runs)), make([]*roaring.Bitmap, len(f.runs))
	return f.view.each(func(i int, _ *segmentView) (err error) {
		f.scores[i], f.ranked[i], err = k.scores(f.runs[i], sets[i], c)
		return err
	})
}

// key returns the function that orders the articles of a segment: larger first.
func (f *found) key(sort index.Sort, segment int) func(doc uint32) int64 {
	if sort == index.SortRelevance {
		scores := f.scores[segment].list
		return func(doc uint32) int64 { return scoreKey(scores[doc]) }
	}
	times := f.view.segments[segment].dated()
	if f.Future {
		times = f.view.segments[segment].published()
	}
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
	if r.Hits, err = f.hits(hits); err != nil {
		return err
	}
	if f.Explain {
		if err := f.explain(hits, r.Hits, before == nil && sort == index.SortRelevance); err != nil {
			return err
		}
	}
	if more {
		last := r.Hits[len(r.Hits)-1]
		next := index.Cursor{Match: f.match, Score: last.Score, Published: index.Dated(last.Published, last.Flags, f.Future), ID: last.ID, Origin: index.At(f.Recency.Origin)}.Encode(f.Request)
		r.Next = &next
	}
	return nil
}

// wanted says of which articles a page behind a cursor wants the scores. Which of a group is the first, all scores say, and so do
// they where an article stands.
func (f *found) wanted(before *index.Cursor) cut {
	c := cut{behind: math.Inf(1)}
	if f.Around != "" {
		return c
	}
	if f.Group == index.Articles {
		c.best = f.Size + 1
	}
	if before != nil {
		c.behind = before.Score
	}
	return c
}

// explain says why each hit of a page stands where it does. Only on the first page its place in the order is known.
func (f *found) explain(list []candidate, hits []index.Hit, first bool) error {
	if err := f.ranker.findPairs(f.runs, f.setsOf(list)); err != nil {
		return err
	}
	for i, c := range list {
		worths, err := f.ranker.worths(f.runs[c.segment], c.doc, f.runs)
		if err != nil {
			return err
		}
		place := 0
		if first {
			place = i + 1
		}
		hits[i].Explanation = index.Explain(place, f.view.live(), worths, f.ranker.recency, hits[i].Published)
	}
	return nil
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
		sets = f.grouped(sort)
	}
	lists := make([][]candidate, len(sets))
	err := f.view.each(func(i int, _ *segmentView) error {
		lists[i] = f.topOf(sort, i, sets[i], n, before)
		return nil
	})
	merged := slices.Concat(lists...)
	slices.SortFunc(merged, compareCandidates)
	return merged[:min(len(merged), n)], err
}

// compareCandidates orders candidates of any segments.
func compareCandidates(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.key, a.key), strings.Compare(a.id, b.id))
}

// topOf returns the first n of a segment, with their ids.
func (f *found) topOf(order index.Sort, segment int, set *roaring.Bitmap, n int, before *index.Cursor) []candidate {
	s := f.view.segments[segment]
	c := chooser{
		best: worstFirst[candidate]{size: n, before: earlier}, key: f.key(order, segment), ranks: s.ranks(), segment: segment,
		at: math.MaxInt64,
	}
	if before != nil {
		c.at, c.behind = cursorKey(before, order), s.behind(before.ID)
	}
	if order == index.SortNewest && !f.Future && s.asOf == 0 && int(set.GetCardinality())*dense > s.count {
		c.latest(s.latest(), set)
	} else {
		eachDoc(set, c.look)
	}
	list := c.best.list
	for i := range list {
		list[i].id = string(s.id(list[i].doc))
	}
	return list
}

// dense is how many times as many articles a segment may have as a set, for the newest of the set to be found by going
// through the segment from its newest on.
const dense = 32

// chooser keeps the first articles of a segment behind a place in the order.
type chooser struct {
	best    worstFirst[candidate]
	key     func(doc uint32) int64
	ranks   []uint32
	segment int
	at      int64  // the key at the place
	behind  uint32 // the first rank behind it, among articles of that key
}

// look looks at some articles.
func (c *chooser) look(docs []uint32) {
	for _, doc := range docs {
		k := c.key(doc)
		if c.best.full() && k < c.best.list[0].key || k > c.at || k == c.at && c.ranks[doc] < c.behind {
			continue
		}
		c.best.add(candidate{key: k, segment: c.segment, doc: doc, rank: c.ranks[doc]})
	}
}

// latest takes the first of a set in a list that is in order.
func (c *chooser) latest(list []uint32, set *roaring.Bitmap) {
	from := sort.Search(len(list), func(i int) bool {
		k := c.key(list[i])
		return k < c.at || k == c.at && c.ranks[list[i]] >= c.behind
	})
	for i := from; i < len(list) && !c.best.full(); i++ {
		if set.Contains(list[i]) {
			c.look(list[i : i+1])
		}
	}
}

// grouped leaves of each text or story the first article in order.
func (f *found) grouped(sort index.Sort) []*roaring.Bitmap {
	g, sets, keys := f.view.groupsOf(f.Group), make([]*roaring.Bitmap, len(f.result)), make([]func(uint32) int64, len(f.result))
	for i, set := range f.result { // scored whole
		sets[i], keys[i] = g.alone(i, set), f.key(sort, i)
	}
	var best candidate
	group, first := uint32(0), true
	keep := func() {
		if !first {
			sets[best.segment].Add(best.doc)
		}
	}
	g.each(f.result, func(m member) {
		c := candidate{key: keys[m.segment](m.doc), segment: int(m.segment), doc: m.doc}
		if first || group != m.group {
			keep()
			best, group, first = c, m.group, false
		} else if c.key > best.key || c.key == best.key && bytes.Compare(f.view.id(c), f.view.id(best)) < 0 {
			best = c
		}
	})
	keep()
	return sets
}

// id returns the id of a candidate.
func (v *view) id(c candidate) []byte { return v.segments[c.segment].id(c.doc) }

// hits makes the hits of a page, on all cores: each article is read, and the words marked in all of it.
func (f *found) hits(list []candidate) ([]index.Hit, error) {
	hits := make([]index.Hit, len(list))
	workers := min(runtime.GOMAXPROCS(0), (len(list)+hitsOfWorker-1)/hitsOfWorker)
	var group errgroup.Group
	for w := range workers {
		group.Go(func() error {
			return guard(func() (err error) {
				marks := snippet.New(f.program.tree, f.names.variants)
				defer marks.Free()
				for i := w; i < len(list) && err == nil; i += workers {
					hits[i], err = f.hit(list[i], marks)
				}
				return err
			})
		})
	}
	return hits, group.Wait()
}

// hitsOfWorker is how many hits are worth another worker.
const hitsOfWorker = 10

// hit makes a hit as the result has it.
func (f *found) hit(c candidate, marks *snippet.Matcher) (index.Hit, error) {
	a, err := f.view.segments[c.segment].article(c.doc)
	if err != nil {
		return index.Hit{}, err
	}
	shown := index.TitleAlone(a.Title)
	if !f.Unmarked {
		shown = index.Highlights{Title: marks.Title(&a), Body: marks.Body(&a)}
	}
	return index.Hit{
		ID: a.ID, URL: a.URL, Title: a.Title, Source: a.Source, Agency: a.Agency, Published: a.Published,
		Precision: a.Precision, Language: a.Language, Lead: a.Lead, Score: f.scores[c.segment].list[c.doc],
		Highlights: shown, People: a.Names(index.Person), Orgs: a.Names(index.Org), Places: a.Names(index.Place),
		Story: f.view.story(a.Story, a.Source), Flags: a.Flags, Version: a.Version, Changed: a.Changed,
	}, nil
}

// story sizes a story over the whole index. An article without one is its own.
func (v *view) story(id, source string) index.StoryInfo {
	info := index.StoryInfo{ID: id}
	key := analysis.Fold(id)
	if key == "" {
		info.Articles = 1
		if analysis.Fold(source) != "" {
			info.Sources = 1
		}
		return info
	}
	sources := map[uint32]bool{}
	var values []uint32
	for _, s := range v.segments {
		docs := s.value("story", key)
		info.Articles += int(docs.GetCardinality())
		for it := docs.Iterator(); it.HasNext(); {
			values = s.column("source").of(values[:0], it.Next())
			for _, n := range values {
				sources[n] = true
			}
		}
	}
	info.Sources = len(sources)
	return info
}
