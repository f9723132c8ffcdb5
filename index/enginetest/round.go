package enginetest

import (
	"context"
	"fmt"
	"time"

	"dateline/index"
	"dateline/index/memory"
	"dateline/query"
)

// A round writes at random to the engine and to the oracle, and then asks both the same at random; several times over.
const (
	turns     = 4
	batches   = 4  // of a turn
	batchSize = 12 // at most
	questions = 25 // of a turn
	lawsAsked = 3  // of a question
	variety   = 40 // distinct ids, about
	maxFaults = 5  // that are reported before a test is given up
)

// round is the state of one.
type round struct {
	*dice
	engine, oracle index.Engine
	most           int         // faults, then the round is given up
	times          []time.Time // of writes
	faults         []error
	told           bool // the oracle was told what the engine has, and not all that was done to it
}

// playRound plays one round and returns what was wrong, at most so many faults.
func playRound(ctx context.Context, e index.Engine, d *dice, most int) []error {
	r := &round{dice: d, engine: e, oracle: memory.New(memory.Options{Clock: Clock}), most: most}
	for turn := range turns {
		for range batches {
			r.write(ctx)
		}
		r.compareWhole(ctx)
		for range questions {
			if r.ask(ctx); len(r.faults) >= r.most {
				return append(r.faults, fmt.Errorf("given up in turn %d of %d", turn+1, turns))
			}
		}
	}
	return r.faults
}

func (r *round) fault(format string, args ...any) {
	if len(r.faults) < r.most {
		r.faults = append(r.faults, fmt.Errorf(format, args...))
	}
}

// write puts a batch into both or deletes from both.
func (r *round) write(ctx context.Context) {
	wait(time.Duration(r.IntN(3)) * time.Second)
	r.times = append(r.times, Clock())
	if r.one(3) {
		r.decide(ctx)
	}
	if r.one(4) {
		gone := make([]string, r.IntN(5))
		for i := range gone {
			gone[i] = r.identity(variety)
		}
		got, err1 := r.engine.Delete(ctx, gone)
		want, err2 := r.oracle.Delete(ctx, gone)
		if got != want || err1 != nil || err2 != nil {
			r.fault("Delete %q: got %d, %v; want %d, %v", gone, got, err1, want, err2)
		}
		return
	}
	batch := make([]index.Article, r.IntN(batchSize+1))
	for i := range batch {
		batch[i] = r.article(r.identity(variety))
		if i > 0 && r.one(6) {
			batch[i] = batch[i-1]
		}
		if r.one(20) {
			batch[i].Title, batch[i].Lead, batch[i].Body = "", "", ""
		}
	}
	got, err1 := r.engine.Put(ctx, batch)
	want, err2 := r.oracle.Put(ctx, batch)
	if text(got) != text(want) || err1 != nil || err2 != nil {
		r.fault("Put of %s:\n got %s, %v\nwant %s, %v", text(batch), text(got), err1, text(want), err2)
	}
}

// compareWhole compares the statistics and every article.
func (r *round) compareWhole(ctx context.Context) {
	got, err1 := r.engine.Stats(ctx)
	want, err2 := r.oracle.Stats(ctx)
	got.Bytes, got.Format = want.Bytes, want.Format
	if c := got.Changes; c.Indexed-c.Deleted != got.Articles {
		r.fault("Stats: %d articles were indexed and %d deleted, but there are %d", c.Indexed, c.Deleted, got.Articles)
	}
	if r.told {
		want.Changes = got.Changes
	}
	if text(got) != text(want) || err1 != nil || err2 != nil {
		r.fault("Stats:\n got %s, %v\nwant %s, %v", text(got), err1, text(want), err2)
	}
	for a, err := range r.oracle.Export(ctx, index.Request{}) {
		if err != nil {
			r.fault("Export of the oracle: %v", err)
			return
		}
		b, err := r.engine.Get(ctx, a.ID)
		if b.Indexed.IsZero() {
			r.fault("Get %q: Indexed is not set", a.ID)
		}
		b.Indexed = a.Indexed
		if text(a) != text(b) || err != nil {
			r.fault("Get %q:\n got %s, %v\nwant %s", a.ID, text(b), err, text(a))
		}
		if r.one(3) {
			r.compareVersions(ctx, a.ID)
		}
	}
}

// ask sends one search to both, and what the laws make of it to the engine.
func (r *round) ask(ctx context.Context) {
	written, q, err := r.query(r.IntN(4))
	if err != nil {
		r.fault("%w", err)
		return
	}
	req := r.request(q)
	if req.Query, err = parse(written, req.Zone); err != nil {
		r.fault("in %s: %w", req.Zone, err)
		return
	}
	for _, fault := range compare(ctx, r.engine, r.oracle, req) {
		r.fault("query %s\n%s\n%w", written, show(req), fault)
	}
	if field := pick(r.dice, index.FacetFields); r.one(2) {
		if err := compareFacet(ctx, r.engine, r.oracle, req, field, r.typed(field)); err != nil {
			r.fault("query %s\n%s\n%w", written, show(req), err)
		}
	}
	if r.one(2) {
		if err := compareCompletions(ctx, r.engine, r.oracle, r.completion()); err != nil {
			r.fault("%w", err)
		}
	}
	if r.one(4) {
		r.compareNames(ctx, req)
	}
	if r.one(4) {
		r.undo(ctx, req)
	}
	for range lawsAsked {
		law := pick(r.dice, laws)
		if err := law.holds(ctx, r.engine, req, r.dice); err != nil {
			r.fault("law: %s\nquery %s\n%s\n%w", law.says, written, show(req), err)
		}
	}
}

// request makes everything of a request but its query.
func (r *round) request(q *query.Query) index.Request {
	req := index.Request{
		Query:     q,
		Match:     pick(r.dice, []query.Match{"", query.MatchAuto, query.MatchAll, query.MatchAny}),
		Sort:      pick(r.dice, []index.Sort{"", index.SortRelevance, index.SortNewest, index.SortOldest, index.SortNewest, index.SortOldest}),
		Size:      pick(r.dice, []int{0, 1, 2, 3, 7, 100}),
		FacetSize: pick(r.dice, []int{0, 1, 2, 3, 1000}),
		Interval:  pick(r.dice, append([]index.Interval{"", index.IntervalAuto, index.IntervalAuto}, index.Intervals...)),
		Count:     pick(r.dice, []index.Unit{"", index.Articles, index.Texts, index.Stories}),
		Group:     pick(r.dice, []index.Unit{"", "", index.Articles, index.Texts, index.Stories}),
		Facets:    index.FacetFields,
		Variants:  pick(r.dice, []index.Variants{"", "", index.VariantsMerged, index.VariantsOff}),
		Zone:      r.zone(),
	}
	if r.one(4) {
		req.Recency = index.Recency{HalfLife: pick(r.dice, []time.Duration{time.Hour, 30 * 24 * time.Hour}), Origin: now}
	}
	if req.Future = r.one(5); len(r.times) > 0 && r.one(5) {
		req.AsOf = pick(r.dice, r.times)
	}
	req.Explain, req.Unmarked = r.one(4), r.one(6)
	if r.one(3) {
		req.Facets = []index.Field{pick(r.dice, index.FacetFields)}
	}
	if r.one(2) {
		req.Filters = r.filters()
	}
	if r.zoned && r.one(4) {
		since(&req.Filters, r.day(), req.Zone)
	}
	return req
}

func (r *round) filters() index.Filters {
	f := index.Filters{Include: map[index.Field][]string{}, Exclude: map[index.Field][]string{}}
	if r.one(3) {
		f.From = r.bound()
	}
	if r.one(3) {
		f.To = r.bound()
		if !f.From.IsZero() && !f.From.Before(f.To) {
			f.From = time.Time{}
		}
	}
	for range r.IntN(3) {
		field := pick(r.dice, index.FacetFields)
		f.Include[field] = r.some(field, 3)
		if len(f.Include[field]) > 0 && r.one(3) {
			f.Include[field] = append(f.Include[field], "Not In The Index")
		}
	}
	for range r.IntN(2) {
		field := pick(r.dice, index.FacetFields)
		f.Exclude[field] = r.some(field, 2)
	}
	if r.one(4) {
		f.Missing = []index.Field{pick(r.dice, index.FacetFields)}
	}
	return f
}

// since sets the lower bound to a day as written, without an upper one. The day may be one that the zone skipped.
func since(f *index.Filters, day string, zone *time.Location) {
	if from, _, ok := period(day, zone); ok {
		f.From, f.FromText, f.To = from, day, time.Time{}
	}
}

func (r *round) bound() time.Time {
	t, err := time.Parse(time.DateOnly, r.day())
	if err != nil {
		panic(err)
	}
	return t.Add(time.Duration(pick(r.dice, []int{0, 0, 0, 1, 43200})) * time.Second)
}

// show writes a request for a fault.
func show(r index.Request) string {
	q, zone := r.Query, r.Zone
	r.Query, r.Zone = nil, nil
	return fmt.Sprintf("canonical %s\nzone %s\nrequest %+v", q, zone, r)
}
