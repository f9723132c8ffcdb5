package embedded

import (
	"context"
	"runtime"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"golang.org/x/sync/errgroup"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/doctor"
	"dateline/query"
)

// found is what a request matches in one state of the index.
type found struct {
	index.Request
	ctx      context.Context
	view     *view
	names    *naming
	program  *program
	match    query.Match // all or any
	runs     []*run      // by segment, as everything below
	matched  []*roaring.Bitmap
	filters  []map[index.Field]*roaring.Bitmap
	result   []*roaring.Bitmap // matched, with every filter
	articles int               // in result
	scores   []*floats         // nil before score is called
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
	answer := func(v *view) error {
		f, before, err := find(ctx, r, v)
		if err != nil {
			return err
		}
		defer f.free()
		result, err = f.answer(before)
		return err
	}
	if r.AsOf.IsZero() {
		err = e.viewFor(ctx, r.Prompt, func(v *view, _ freshness) error { return answer(v) })
	} else {
		err = e.viewAt(ctx, r.AsOf, answer)
	}
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
	f := &found{Request: r, ctx: ctx, view: v, names: v.naming(r.Variants)}
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
	f.filters = make([]map[index.Field]*roaring.Bitmap, len(f.view.segments))
	return f.view.each(func(i int, s *segmentView) error {
		f.filters[i] = s.filters(&f.Filters, f.Zone, f.names)
		return nil
	})
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
	p, err := compile(tree, f.names)
	if err != nil {
		return err
	}
	p.zone = f.Zone
	f.program, f.articles = p, 0
	n := len(f.view.segments)
	f.runs, f.matched, f.result = make([]*run, n), make([]*roaring.Bitmap, n), make([]*roaring.Bitmap, n)
	err = f.view.each(func(i int, s *segmentView) (err error) {
		r := newRun(f.ctx, p, s)
		f.runs[i] = r
		if f.matched[i], err = r.match(p.root, f.among(i), true); err == nil {
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

// among returns the articles of a segment outside of which nothing is counted, nil for none such: those that pass every filter,
// and, for a facet that is counted without the filters of its own field, those that pass the others.
func (f *found) among(segment int) *roaring.Bitmap {
	filters := f.filters[segment]
	if len(filters) == 0 {
		return nil
	}
	live := f.view.segments[segment].live
	sets := []*roaring.Bitmap{filtered(live, filters, noField)}
	for _, field := range f.Facets {
		if filters[field] != nil {
			sets = append(sets, filtered(live, filters, field))
		}
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// filtered returns what passes the filters of all fields but one.
func filtered(set *roaring.Bitmap, filters map[index.Field]*roaring.Bitmap, except index.Field) *roaring.Bitmap {
	for field, filter := range filters {
		if field != except {
			set = roaring.And(set, filter)
		}
	}
	return set
}

// noField is a field that no filter has.
const noField index.Field = "-"

// base returns what matches in a segment with every filter but those of one field.
func (f *found) base(segment int, except index.Field) *roaring.Bitmap {
	return filtered(f.matched[segment], f.filters[segment], except)
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
		s.column("text")
		s.column("story")
		if f.Interval != "" || f.Sort != index.SortRelevance {
			s.instants(f.Zone)
		}
		for _, field := range f.Facets {
			s.column(string(field))
		}
		return nil
	})
}

// answer makes the result: its parts side by side, on all cores.
func (f *found) answer(before *index.Cursor) (*index.Result, error) {
	if err := f.warm(); err != nil {
		return nil, err
	}
	r := &index.Result{
		Query: index.QueryInfo{
			Text: f.Query.Text, Canonical: f.Query.String(), Match: f.match,
			Relaxed: f.Match == query.MatchAuto && f.match == query.MatchAny, Variants: f.program.wordVariants(),
		},
		Total:  index.Total{Articles: f.articles},
		Hits:   []index.Hit{},
		Facets: map[index.Field]*index.Facet{},
	}
	facets := make([]*index.Facet, len(f.Facets))
	parts := []func() error{
		func() (err error) {
			if err = f.page(r, before); err == nil {
				r.Around, err = f.around()
			}
			return err
		},
		func() error { r.Total.Texts = f.view.count(f.result, index.Texts); return nil },
		func() error { r.Total.Stories = f.view.count(f.result, index.Stories); return nil },
	}
	for i, field := range f.Facets {
		parts = append(parts, func() error { facets[i] = f.facet(field, analysis.Beginnings{}); return nil })
	}
	if f.Interval != "" {
		parts = append(parts, func() (err error) { r.Timeline, err = f.timeline(); return err })
	}
	if err := f.together(parts); err != nil {
		return nil, err
	}
	for i, field := range f.Facets {
		r.Facets[field] = facets[i]
	}
	return r, doctor.Examine(f.ctx, patient{f.view, f.names, f.Zone}, f.Request, r)
}

// together runs the parts of an answer on all cores. The first in their order that fails is the error.
func (f *found) together(parts []func() error) error {
	errs := make([]error, len(parts))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, part := range parts {
		group.Go(func() error {
			errs[i] = guard(func() error {
				if err := f.ctx.Err(); err != nil {
					return err
				}
				return part()
			})
			return nil
		})
	}
	_ = group.Wait() // the errors are in errs
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// free gives back the memory of scores.
func (f *found) free() {
	for i, s := range f.scores {
		s.free(f.result[i])
	}
	f.scores = nil
	for _, r := range f.runs {
		r.free()
	}
}
