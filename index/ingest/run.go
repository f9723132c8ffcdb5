package ingest

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"dateline/index"
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
	size     int
	records  int
}

// place says where an article stands: in the input, and among the records of its batch.
type place struct {
	from *origin
	at   record.Place
	nth  int
}

// placed is a reject and its place among the records of its batch.
type placed struct {
	nth    int
	reject *Reject
}

// add appends the items of a chunk from the i-th on until the batch is full, and returns where it stopped.
func (b *batch) add(c *chunk, i int, o *Options) int {
	for ; i < len(c.items) && !b.full(o); i++ {
		it := &c.items[i]
		if it.reject != nil {
			b.rejects = append(b.rejects, placed{b.records, it.reject})
		} else {
			b.articles = append(b.articles, it.article)
			b.places = append(b.places, place{it.from, it.at, b.records})
		}
		b.size += it.size()
		b.records++
	}
	return i
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
}

func run(ctx context.Context, engine index.Engine, f *feed, o Options) (Summary, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &runner{o: o, engine: engine, feed: f, stop: stop, todo: make(chan *batch), done: make(chan outcome, writers())}
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
	return account.sum, err
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
		var receipt index.Receipt
		var err error
		if len(b.articles) > 0 && ctx.Err() == nil {
			receipt, err = r.engine.Put(context.WithoutCancel(ctx), b.articles)
		} else if len(b.articles) > 0 {
			err = context.Cause(ctx)
		}
		r.flight.leave(b)
		if err == nil {
			err = checkReceipt(receipt, len(b.articles))
		}
		if err != nil {
			r.stop(err)
			continue
		}
		r.done <- outcome{b, receipt}
	}
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
