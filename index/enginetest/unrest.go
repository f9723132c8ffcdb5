package enginetest

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/memory"
)

// Unrest is an index of which one section never changes, while writers put, update and delete articles of another in many
// small batches, so that whatever the engine is made of is made, merged and thrown away all the time. Searches that are
// narrowed to the section at rest must be answered as by the memory engine, number by number.
//
// Not so what is of the whole index: scores, and with them the order by relevance; the "all" of a timeline's bars, which must
// only be no less than what they count; how values are written, which goes by the majority, so that values are compared by
// their keys; the facet of the section itself; the size of stories; what the doctor says. All these are compared when the
// writers pause, and everything with them.
const (
	unrestPeriods   = 2 // of writing, with a pause behind each
	unrestQuestions = 6 // of a reader in a period
	unrestBatches   = 5 // of a writer in a period, at least
	unrestReaders   = 2
	unrestWriters   = 3
	unrestAtRest    = 60 // articles that stay
	unrestOwned     = 12 // ids of each writer
	unrestPause     = 2  // questions about everything in a pause
	roundsAnUnrest  = 3  // random rounds for which there is one unrest
)

// The sections, which the dice do not know.
const atRest, inMotion = "At rest", "In motion"

// unrest plays as many as the flag asks for.
func (s suite) unrest(t *testing.T) {
	seed := cmp.Or(*seedFlag, rand.Uint64())
	for i := range uint64((*roundsFlag + roundsAnUnrest - 1) / roundsAnUnrest) {
		s.check(t, "unrest", fmt.Sprintf("seed=%d", seed+i), func(t *testing.T, e index.Engine) {
			u := playUnrest(t.Context(), e, seed+i)
			for _, fault := range u.faults {
				t.Errorf("%s\n(repeat with -enginetest.seed=%d -enginetest.rounds=1)", fault, seed+i)
			}
			t.Logf("%d batches were written meanwhile", u.batches.Load())
		})
	}
}

// unrest is the state of one.
type unrest struct {
	engine, oracle index.Engine
	writers        []*writer
	batches        atomic.Int64 // written

	mu     sync.Mutex
	faults []error
}

func playUnrest(ctx context.Context, e index.Engine, seed uint64) *unrest {
	u := &unrest{engine: e, oracle: memory.New(memory.Options{Clock: Clock})}
	d := &dice{newDice(seed).Rand, true}
	u.settle(ctx, d)
	for i := range unrestWriters {
		u.writers = append(u.writers, &writer{dice: d.child(), unrest: u, number: i, kept: map[string]index.Article{}})
	}
	for range unrestPeriods {
		if u.period(ctx, d); !u.failed() {
			u.pause(ctx, d)
		}
	}
	return u
}

func (u *unrest) fault(format string, args ...any) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.faults) < maxFaults {
		u.faults = append(u.faults, fmt.Errorf(format, args...))
	}
}

func (u *unrest) failed() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.faults) > 0
}

// settle puts the articles that stay into both engines.
func (u *unrest) settle(ctx context.Context, d *dice) {
	articles := make([]index.Article, unrestAtRest)
	for i := range articles {
		articles[i] = d.article(fmt.Sprintf("rest%d", i))
		articles[i].Section = atRest
	}
	for part := range slices.Chunk(articles, 1+d.IntN(20)) {
		for _, e := range []index.Engine{u.engine, u.oracle} {
			if _, err := e.Put(ctx, part); err != nil {
				u.fault("Put: %w", err)
			}
		}
	}
}

// period lets the writers write until the readers have asked all they want.
func (u *unrest) period(ctx context.Context, d *dice) {
	var writing, reading sync.WaitGroup
	var over atomic.Bool
	for _, w := range u.writers {
		writing.Go(func() {
			for n := 0; n < unrestBatches || !over.Load(); n++ {
				w.write(ctx)
				u.batches.Add(1)
			}
		})
	}
	for range unrestReaders {
		r := &round{dice: d.child(), engine: u.engine, oracle: u.oracle, most: maxFaults, told: true}
		reading.Go(func() {
			for i := 0; i < unrestQuestions && !u.failed(); i++ {
				u.ask(ctx, r)
			}
		})
	}
	reading.Wait()
	over.Store(true)
	writing.Wait()
}

// pause brings the oracle up to what the writers have written, and compares everything.
func (u *unrest) pause(ctx context.Context, d *dice) {
	for _, w := range u.writers {
		w.tell(ctx)
	}
	r := &round{dice: d.child(), engine: noHistory{u.engine}, oracle: noHistory{u.oracle}, most: maxFaults, told: true}
	r.compareWhole(ctx)
	for range unrestPause {
		r.ask(ctx)
	}
	for _, fault := range r.faults {
		u.fault("while the writers pause: %w", fault)
	}
}

// writer changes articles of its own.
type writer struct {
	*dice
	unrest *unrest
	number int
	kept   map[string]index.Article // what the engine has of its articles
}

// ids picks a few of its ids.
func (w *writer) ids(most int) []string {
	list := make([]string, 1+w.IntN(most))
	for i := range list {
		list[i] = fmt.Sprintf("motion%d-%d", w.number, w.IntN(unrestOwned))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// write puts a small batch or deletes one, and checks the receipt.
func (w *writer) write(ctx context.Context) {
	before := len(w.kept)
	if w.one(3) {
		gone := w.ids(4)
		n, err := w.unrest.engine.Delete(ctx, gone)
		for _, id := range gone {
			delete(w.kept, id)
		}
		if err != nil || n != before-len(w.kept) {
			w.unrest.fault("Delete %q: %d, %v; want %d", gone, n, err, before-len(w.kept))
		}
		return
	}
	var batch []index.Article
	for _, id := range w.ids(5) {
		a := w.article(id)
		a.Section = inMotion
		w.kept[id] = a
		batch = append(batch, a)
	}
	r, err := w.unrest.engine.Put(ctx, batch)
	if err != nil || r.Indexed != len(w.kept)-before || r.Indexed+r.Updated+r.Unchanged != len(batch) {
		w.unrest.fault("Put of %d articles, %d of them new: %+v, %v", len(batch), len(w.kept)-before, r, err)
	}
}

// tell makes the oracle have what the engine has of the writer's articles.
func (w *writer) tell(ctx context.Context) {
	var all []string
	var batch []index.Article
	for i := range unrestOwned {
		id := fmt.Sprintf("motion%d-%d", w.number, i)
		all = append(all, id)
		if a, ok := w.kept[id]; ok {
			batch = append(batch, a)
		}
	}
	_, err1 := w.unrest.oracle.Delete(ctx, all)
	_, err2 := w.unrest.oracle.Put(ctx, batch)
	if err1 != nil || err2 != nil {
		w.unrest.fault("the oracle: %v, %v", err1, err2)
	}
}

// ask compares the answers to a random search of what is at rest.
func (u *unrest) ask(ctx context.Context, r *round) {
	written, q, err := r.query(r.IntN(3))
	if err != nil {
		u.fault("%w", err)
		return
	}
	req := r.request(q)
	req.Variants = index.VariantsOff // which names are one depends on all articles
	if req.Query, err = parse(written, req.Zone); err != nil {
		u.fault("in %s: %w", req.Zone, err)
		return
	}
	narrow(&req)
	for _, compare := range []func(context.Context, index.Engine, index.Engine, index.Request) error{sameNumbers, sameOrder} {
		if err := compare(ctx, u.engine, u.oracle, req); err != nil {
			u.fault("query %s\n%s\n%w", written, show(req), err)
		}
	}
	field := pick(r.dice, req.Facets)
	if err := sameTyped(ctx, u.engine, u.oracle, req, field, r.typed(field)); err != nil {
		u.fault("query %s\n%s\n%w", written, show(req), err)
	}
}

// narrow narrows a request to what is at rest, and takes out of it what depends on the rest of the index.
func narrow(r *index.Request) {
	r.Filters = without(r.Filters, index.FieldSection)
	r.Filters.Include[index.FieldSection] = []string{atRest}
	r.Facets = slices.DeleteFunc(slices.Clone(r.Facets), func(f index.Field) bool { return f == index.FieldSection })
	if len(r.Facets) == 0 {
		r.Facets = []index.Field{index.FieldSource}
	}
	r.FacetSize, r.Explain = index.MaxFacetSize, false
}

// numbers is what of an answer does not depend on the rest of the index.
type numbers struct {
	Query    index.QueryInfo
	Total    index.Total
	Hits     int
	More     bool
	Facets   map[index.Field]facetNumbers
	Timeline *index.Timeline
}

// facetNumbers are those of a facet. Values are written as "key=count", and sorted, since ties are ordered by how they are
// written.
type facetNumbers struct {
	Values            []string
	Distinct, Missing int
}

func facetNumbersOf(f *index.Facet) facetNumbers {
	n := facetNumbers{Distinct: f.Distinct, Missing: f.Missing}
	for i, v := range f.Values {
		n.Values = append(n.Values, fmt.Sprintf("%s=%d %t %t", analysis.Fold(v.Value), v.Count, v.Selected, v.Excluded))
		if i > 0 && f.Values[i-1].Count < v.Count {
			n.Values = append(n.Values, "out of order: "+v.Value)
		}
	}
	slices.Sort(n.Values)
	return n
}

func numbersOf(r *index.Result) (numbers, error) {
	n := numbers{Query: r.Query, Total: r.Total, Hits: len(r.Hits), More: r.Next != nil, Facets: map[index.Field]facetNumbers{}}
	for field, facet := range r.Facets {
		n.Facets[field] = facetNumbersOf(facet)
	}
	if r.Timeline == nil {
		return n, nil
	}
	line := *r.Timeline
	line.Buckets = slices.Clone(line.Buckets)
	for i, b := range line.Buckets {
		if b.All < b.Count {
			return n, fmt.Errorf("the bar %s counts %d of %d", b.Start, b.Count, b.All)
		}
		line.Buckets[i].All = 0
	}
	n.Timeline = &line
	return n, nil
}

func sameNumbers(ctx context.Context, engine, oracle index.Engine, r index.Request) error {
	got, err1 := engine.Search(ctx, r)
	want, err2 := oracle.Search(ctx, r)
	if paramOf(err1) != paramOf(err2) || err1 == nil != (err2 == nil) {
		return fmt.Errorf("got the error %v, want %v", err1, err2)
	}
	if err2 != nil {
		return nil
	}
	g, err1 := numbersOf(got)
	w, err2 := numbersOf(want)
	if err := cmp.Or(err1, err2); err != nil {
		return err
	}
	if text(g) != text(w) {
		a, b := aroundDifference(text(g), text(w))
		return fmt.Errorf("numbers\n got %s\nwant %s", a, b)
	}
	return nil
}

// sameOrder reads all pages, and the export, one after the other while the index changes.
func sameOrder(ctx context.Context, engine, oracle index.Engine, r index.Request) error {
	if r.Facets, r.Interval = nil, ""; r.Sort != index.SortOldest {
		r.Sort = index.SortNewest
	}
	got, _, err1 := allPages(ctx, engine, r)
	want, _, err2 := allPages(ctx, oracle, r)
	if err := cmp.Or(err1, err2); err != nil {
		return fmt.Errorf("pages: %w", err)
	}
	if !slices.Equal(ids(got), ids(want)) {
		return fmt.Errorf("pages by date\n got %q\nwant %q", ids(got), ids(want))
	}
	list, err := exported(ctx, engine, r)
	if err != nil || !slices.Equal(list, ids(want)) {
		return fmt.Errorf("the export, %v\n got %q\nwant %q", err, list, ids(want))
	}
	return nil
}

func sameTyped(ctx context.Context, engine, oracle index.Engine, r index.Request, field index.Field, prefix string) error {
	got, err1 := engine.Facet(ctx, r, field, prefix)
	want, err2 := oracle.Facet(ctx, r, field, prefix)
	if err := cmp.Or(err1, err2); err != nil {
		return fmt.Errorf("values of %s by %q: %w", field, prefix, err)
	}
	if g, w := text(facetNumbersOf(got)), text(facetNumbersOf(want)); g != w {
		return fmt.Errorf("values of %s by %s\n got %s\nwant %s", field, strings.TrimSpace(prefix), g, w)
	}
	return nil
}

// noHistory is an engine that does not say which versions of articles it has: the oracle is told only of the last.
type noHistory struct{ index.Engine }

func (e noHistory) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	result, err := e.Engine.Search(ctx, r)
	if err == nil {
		for i := range result.Hits {
			result.Hits[i].Version, result.Hits[i].Changed = 0, index.Time{}
		}
	}
	return result, err
}

func (e noHistory) Get(ctx context.Context, id string) (index.Article, error) {
	a, err := e.Engine.Get(ctx, id)
	a.Version, a.Changed = 0, index.Time{}
	return a, err
}

func (e noHistory) Stats(ctx context.Context) (index.Stats, error) {
	stats, err := e.Engine.Stats(ctx)
	stats.Versions = 0
	return stats, err
}

func (e noHistory) Versions(context.Context, string) ([]index.Version, error) { return nil, nil }
