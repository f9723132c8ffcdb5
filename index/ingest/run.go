package ingest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"dateline/index"
	"dateline/index/ledger"
	"dateline/index/source/record"
)

// writers is how many Puts are under way at once: one for each core, for an engine analyses and writes a batch with one, and at
// least two, since it waits for the disk with some.
func writers() int { return max(runtime.GOMAXPROCS(0), 2) }

// batch is a run of records in the order of the input.
type batch struct {
	number   int
	articles []index.Article
	places   []place // of the articles
	rejects  []placed
	spans    []span
	size     int
	records  int // items: the records, and what stands for skipped ones
	skips    []*skip
}

// span is a run of records of a file in a batch.
type span struct {
	file     *tracked
	from, to int
	rejected int
}

// place says where an article stands: in the input, and among the records of its batch.
type place struct {
	from *origin
	at   record.Place
	nth  int
	span int // of the batch; -1 when the file is not tracked
}

// placed is a reject and its place among the records of its batch.
type placed struct {
	nth    int
	reject *Reject
	key    ledger.Key
	span   int
	old    bool // of an earlier run
}

// add appends the items of a chunk from the i-th on until the batch is full, and returns where it stopped.
func (b *batch) add(c *chunk, i int, o *Options) int {
	for ; i < len(c.items) && !b.full(o); i++ {
		it := &c.items[i]
		at := b.span(it)
		switch {
		case it.skip != nil:
			b.skip(it.skip)
		case it.reject != nil:
			b.rejects = append(b.rejects, placed{nth: b.records, reject: it.reject, key: it.key, span: at})
		default:
			b.articles = append(b.articles, it.article)
			b.places = append(b.places, place{it.from, it.at, b.records, at})
		}
		b.size += it.size()
		b.records++
	}
	return i
}

// span counts an item among those of its file, and returns the span that it is in, or -1.
func (b *batch) span(it *item) int {
	if it.file == nil {
		return -1
	}
	last := len(b.spans) - 1
	if last < 0 || b.spans[last].file != it.file || b.spans[last].to != it.nth {
		b.spans = append(b.spans, span{file: it.file, from: it.nth, to: it.nth})
		last++
	}
	b.spans[last].to++
	if it.reject != nil {
		b.spans[last].rejected++
	}
	return last
}

// skip takes what became of records in an earlier run.
func (b *batch) skip(s *skip) {
	b.skips = append(b.skips, s)
	for _, r := range s.rejects {
		b.rejects = append(b.rejects, placed{nth: b.records, reject: r, span: -1, old: true})
	}
}

func (b *batch) full(o *Options) bool { return b.records >= o.BatchArticles || b.size >= o.BatchBytes }

// outcome is what became of a batch.
type outcome struct {
	*batch
	receipt index.Receipt
}

// runner puts batches.
type runner struct {
	o      Options
	engine index.Engine
	feed   *feed

	todo   chan *batch
	done   chan outcome
	flight flight
	stop   context.CancelCauseFunc // with the engine's error
	books  books
}

func run(ctx context.Context, engine index.Engine, f *feed, o Options) (Summary, error) {
	if told, ok := engine.(Teller); ok && o.Ledger == nil {
		return runAfar(ctx, engine, told, f, o)
	}
	account, err := o.Ledger.Begin(o.Account)
	if err != nil {
		return Summary{}, err
	}
	if account != nil {
		f.earlier = account.Earlier
	}
	done, err := runWith(ctx, engine, f, o, account)
	if e := account.End(done.end(err)); e != nil {
		err = errors.Join(err, e)
	}
	return done.sum, err
}

// runWith runs, and returns what became of everything.
func runWith(ctx context.Context, engine index.Engine, f *feed, o Options, ledgerRun *ledger.Run) (*account, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &runner{o: o, engine: engine, feed: f, stop: stop, books: books{run: ledgerRun}, todo: make(chan *batch), done: make(chan outcome, writers())}
	r.flight.landed.L = &r.flight.mu
	var wg sync.WaitGroup
	for range writers() {
		wg.Go(func() { r.write(ctx) })
	}
	wg.Go(func() {
		defer close(r.todo)
		r.batches(ctx)
	})
	go func() {
		wg.Wait()
		close(r.done)
	}()
	account := newAccount(f, o)
	err := account.collect(r.done, stop)
	if cause := context.Cause(ctx); cause != nil {
		err = cause // the first fault; what collect met may have come of it
	}
	if err != nil {
		if e := r.books.close(); e != nil {
			err = errors.Join(err, e)
		}
	}
	return account, err
}

// batches cuts the feed into batches and hands them to the writers.
func (r *runner) batches(ctx context.Context) {
	b := &batch{}
	for c := range r.feed.chunks(ctx) {
		for i := 0; i < len(c.items); {
			i = b.add(c, i, &r.o)
			if b.full(&r.o) {
				if !r.send(ctx, b) {
					return
				}
				b = &batch{number: b.number + 1}
			}
		}
	}
	if b.records > 0 {
		r.send(ctx, b)
	}
}

// send hands a batch to a writer, once no batch with an id of its own is under way: the later one must win.
func (r *runner) send(ctx context.Context, b *batch) bool {
	r.flight.join(b)
	if ctx.Err() == nil {
		select {
		case r.todo <- b:
			return true
		case <-ctx.Done():
		}
	}
	r.flight.leave(b)
	return false
}

// write puts batches until there are no more, or the engine refuses one. A Put that has begun is never broken off, so
// that its receipt can be counted.
func (r *runner) write(ctx context.Context) {
	for b := range r.todo {
		receipt, acknowledged, err := r.put(ctx, b)
		if err != nil {
			r.stop(err) // before a later batch with an id of this one may go: it would be overwritten when this one is put again
		}
		r.flight.leave(b)
		if acknowledged {
			r.done <- outcome{b, receipt}
		}
	}
}

// put puts a batch and accounts for it. It may have been acknowledged though it could not be accounted for.
func (r *runner) put(ctx context.Context, b *batch) (receipt index.Receipt, acknowledged bool, err error) {
	if len(b.articles) > 0 && ctx.Err() != nil {
		return receipt, false, context.Cause(ctx)
	}
	tag, err := r.books.plan(b)
	if err != nil {
		return receipt, false, err
	}
	if len(b.articles) > 0 {
		receipt, err = r.engine.Put(index.WithTag(context.WithoutCancel(ctx), tag), b.articles)
	}
	if err == nil {
		err = checkReceipt(receipt, len(b.articles))
	}
	if err != nil {
		r.books.leave(tag, r.engine)
		return receipt, false, err
	}
	return receipt, true, r.books.done(tag, b, &receipt)
}

// checkReceipt catches an engine that does not account for every article, before it makes the summary wrong.
func checkReceipt(r index.Receipt, articles int) error {
	if n := r.Indexed + r.Updated + r.Unchanged + len(r.Rejected); n != articles {
		return fmt.Errorf("the engine accounts for %d of %d articles", n, articles)
	}
	return nil
}

// flight holds the ids of the batches that writers are at work on.
type flight struct {
	mu     sync.Mutex
	landed sync.Cond
	ids    map[string]bool
}

// join waits until none of the batch's ids is in flight, and adds them.
func (f *flight) join(b *batch) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.meets(b) {
		f.landed.Wait()
	}
	if f.ids == nil {
		f.ids = map[string]bool{}
	}
	for i := range b.articles {
		f.ids[b.articles[i].ID] = true
	}
}

func (f *flight) meets(b *batch) bool {
	for i := range b.articles {
		if f.ids[b.articles[i].ID] {
			return true
		}
	}
	return false
}

func (f *flight) leave(b *batch) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range b.articles {
		delete(f.ids, b.articles[i].ID)
	}
	f.landed.Broadcast()
}
