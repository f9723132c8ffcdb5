package embedded

import (
	"context"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/doctor"
	"dateline/query"
)

// found is what a request matches in one state of the index.
type found struct {
	index.Request
	ctx      context.Context
	view     *view
	program  *program
	match    query.Match // all or any
	runs     []*run      // by segment, as everything below
	matched  []*roaring.Bitmap
	filters  []map[index.Field]*roaring.Bitmap
	result   []*roaring.Bitmap // matched, with every filter
	articles int               // in result
	scores   [][]float64       // nil before score is called
	ranked   []*roaring.Bitmap // those of result whose scores are known
	ranker   *ranker
}

// Search implements index.Engine.
func (e *Engine) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	began := time.Now()
	r, err := r.Resolve()
	if err != nil {
		return nil, err
	}
	var result *index.Result
	err = e.view(ctx, func(v *view) error {
		f, before, err := find(ctx, r, v)
		if err != nil {
			return err
		}
		result, err = f.answer(before)
		return err
	})
	if err != nil {
		return nil, err
	}
	result.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return result, nil
}

// find finds what a resolved request matches, and decodes its cursor.
func find(ctx context.Context, r index.Request, v *view) (*found, *index.Cursor, error) {
	if r.Query == nil {
		r.Query = &query.Query{}
	}
	f := &found{Request: r, ctx: ctx, view: v}
	if err := f.filter(); err != nil {
		return nil, nil, err
	}
	if r.Cursor != "" {
		c, err := index.DecodeCursor(r)
		if err != nil {
			return nil, nil, err
		}
		f.Recency.Origin = c.Origin.Time
		return f, &c, f.use(c.Match)
	}
	if r.Match != query.MatchAuto {
		return f, nil, f.use(r.Match)
	}
	return f, nil, f.relax()
}

// filter finds what passes the filters.
func (f *found) filter() error {
	for _, s := range f.view.segments {
		sets, err := s.filters(&f.Filters)
		if err != nil {
			return err
		}
		f.filters = append(f.filters, sets)
	}
	return nil
}

// relax finds what all words match or, where nothing does, any.
func (f *found) relax() error {
	if err := f.use(query.MatchAll); err != nil || f.articles > 0 || !f.Query.Relaxable() {
		return err
	}
	if err := f.use(query.MatchAny); err != nil || f.articles > 0 {
		return err
	}
	return f.use(query.MatchAll)
}

// use runs the query with its words combined as m says.
func (f *found) use(m query.Match) error {
	f.match = m
	return f.run(f.Query.Tree(m))
}

// run finds what a lowered tree matches.
func (f *found) run(tree query.Node) error {
	p, err := compile(tree)
	if err != nil {
		return err
	}
	f.program, f.articles = p, 0
	n := len(f.view.segments)
	f.runs, f.matched, f.result = make([]*run, n), make([]*roaring.Bitmap, n), make([]*roaring.Bitmap, n)
	err = f.view.each(func(i int, s *segmentView) (err error) {
		r := newRun(f.ctx, p, s)
		f.runs[i] = r
		if f.matched[i], err = r.match(p.root, nil, true); err == nil {
			f.result[i] = f.base(i, noField)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, set := range f.result {
		f.articles += int(set.GetCardinality())
	}
	return f.bounded()
}

// bounded refuses a query of which a pattern stands for too many words. It counts those of the whole index, so that it makes
// no difference how that is cut into segments.
func (f *found) bounded() error {
	for _, sl := range f.program.slots {
		if !sl.pattern() {
			continue
		}
		broad, err := f.broad(sl)
		if err != nil {
			return err
		}
		if broad {
			return sl.tooMany()
		}
	}
	return nil
}

// broad reports whether a slot stands for more than maxExpansion terms of live articles. To count those of all segments
// together, or to look for live articles, costs more than to add up, and is rarely needed.
func (f *found) broad(sl *slot) (bool, error) {
	var fields []foundField
	n := 0
	for _, r := range f.runs {
		for field, found := range r.slots[sl.number] {
			if found != nil {
				fields = append(fields, foundField{r, field, found})
				n += len(found.uses)
			}
		}
	}
	if n <= maxExpansion {
		return false, nil
	}
	terms := make(map[string]bool, n)
	for _, in := range fields {
		for _, u := range in.uses {
			terms[u.term] = true
		}
	}
	if len(terms) <= maxExpansion {
		return false, nil
	}
	clear(terms)
	for _, in := range fields {
		lists, err := in.run.lists(sl, in.field)
		if err != nil {
			return false, err
		}
		for _, l := range lists {
			terms[l.term] = true
		}
	}
	return len(terms) > maxExpansion, nil
}

// foundField is where a slot was found.
type foundField struct {
	*run
	field int
	*slotFound
}

// noField is a field that no filter has.
const noField index.Field = "-"

// base returns what matches in a segment with every filter but those of one field.
func (f *found) base(segment int, except index.Field) *roaring.Bitmap {
	set := f.matched[segment]
	for field, filter := range f.filters[segment] {
		if field != except {
			set = roaring.And(set, filter)
		}
	}
	return set
}

// bases is base for each segment. A field without filters of its own has the result itself.
func (f *found) bases(field index.Field) []*roaring.Bitmap {
	own := false
	for _, sets := range f.filters {
		own = own || sets[field] != nil
	}
	if !own {
		return f.result
	}
	sets := make([]*roaring.Bitmap, len(f.result))
	for i := range sets {
		sets[i] = f.base(i, field)
	}
	return sets
}

// warm makes the columns that an answer will read. Where they are made already it costs next to nothing.
func (f *found) warm() error {
	return f.view.each(func(_ int, s *segmentView) error {
		s.values("text")
		s.values("story")
		if f.Size >= 0 {
			s.ranks()
			s.lengths()
		}
		if f.Interval != "" || f.Sort != index.SortRelevance {
			s.published()
		}
		for _, field := range f.Facets {
			s.values(string(field))
		}
		return nil
	})
}

// answer makes the result.
func (f *found) answer(before *index.Cursor) (*index.Result, error) {
	if err := f.warm(); err != nil {
		return nil, err
	}
	r := &index.Result{
		Query: index.QueryInfo{
			Text: f.Query.Text, Canonical: f.Query.String(), Match: f.match,
			Relaxed: f.Match == query.MatchAuto && f.match == query.MatchAny,
		},
		Total:  index.Total{Articles: f.articles, Texts: f.count(f.result, index.Texts), Stories: f.count(f.result, index.Stories)},
		Hits:   []index.Hit{},
		Facets: map[index.Field]*index.Facet{},
	}
	if err := f.page(r, before); err != nil {
		return nil, err
	}
	for _, field := range f.Facets {
		if err := f.ctx.Err(); err != nil {
			return nil, err
		}
		r.Facets[field] = f.facet(field)
	}
	var err error
	if f.Interval != "" {
		if r.Timeline, err = f.timeline(); err != nil {
			return nil, err
		}
	}
	return r, doctor.Examine(f.ctx, patient{f.view}, f.Request, r)
}

// unitField is the exact field that says which text or story an article is of.
func unitField(u index.Unit) string {
	switch u {
	case index.Texts:
		return "text"
	case index.Stories:
		return "story"
	}
	return ""
}

// count returns the number of articles, texts or stories in the sets of each segment.
func (f *found) count(sets []*roaring.Bitmap, u index.Unit) int {
	if u == index.Articles {
		n := 0
		for _, set := range sets {
			n += int(set.GetCardinality())
		}
		return n
	}
	units := roaring.New()
	alone := 0 // articles without a text or story id, each of which is one of its own
	for i, set := range sets {
		col := f.view.segments[i].values(unitField(u))
		for it := set.Iterator(); it.HasNext(); {
			if ids := col.of(it.Next()); len(ids) > 0 {
				units.Add(ids[0])
			} else {
				alone++
			}
		}
	}
	return int(units.GetCardinality()) + alone
}
