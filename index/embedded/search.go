package embedded

import (
	"context"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
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
	scores   [][]float64       // nil unless the order is by score
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
	for _, s := range v.segments {
		sets, err := s.filters(&r.Filters)
		if err != nil {
			return nil, nil, err
		}
		f.filters = append(f.filters, sets)
	}
	if r.Cursor != "" {
		c, err := index.DecodeCursor(r)
		if err != nil {
			return nil, nil, err
		}
		return f, &c, f.use(c.Match)
	}
	if r.Match != query.MatchAuto {
		return f, nil, f.use(r.Match)
	}
	return f, nil, f.relax()
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
	f.match, f.program = m, compile(f.Query.Tree(m))
	f.runs, f.matched, f.result, f.articles = nil, nil, nil, 0
	for i, s := range f.view.segments {
		r := newRun(f.ctx, f.program, s)
		set, err := r.match(f.program.tree)
		if err != nil {
			return err
		}
		f.runs, f.matched = append(f.runs, r), append(f.matched, set)
		f.result = append(f.result, f.base(i, noField))
		f.articles += int(f.result[i].GetCardinality())
	}
	return nil
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
	return f.view.warm(func(s *segmentView) {
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
		r.Timeline, err = f.timeline()
	}
	return r, err
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
