package ingest

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"dateline/index"
	"dateline/index/ledger"
	"dateline/index/source/record"

	"golang.org/x/sync/semaphore"
)

// Chunks are what workers take at a time: large enough that handing them over costs nothing, small enough that a few
// files keep every processor busy. A single record may be larger.
const (
	chunkBytes   = 256 << 10
	chunkRecords = 256
	// rawBytes bounds what is cut and not yet in a batch, so that a file of huge records cannot fill the memory.
	rawBytes = 64 << 20
)

// feed turns inputs into articles, in order.
type feed struct {
	o      Options
	inputs iter.Seq[input]
	size   func(ctx context.Context) int64 // bytes of all inputs, 0 when that cannot be told; may be nil
	files  atomic.Int64                    // opened
	bytes  atomic.Int64                    // read from them
	gate   *semaphore.Weighted

	earlier *ledger.Earlier // what the run that this one goes on from has dealt with, or nil
	passed  atomic.Int64    // bytes of files that were not opened for that
}

func newFeed(o Options, inputs iter.Seq[input]) *feed {
	o.watch = &watch{}
	return &feed{o: o, inputs: inputs, gate: semaphore.NewWeighted(rawBytes)}
}

// origin is the file that records come from.
type origin struct {
	path   string // for rejects
	name   string // for Article.Path
	format string
	breaks func(from int64) (record.Break, bool) // of its compression
}

// job is a record that was cut, or a reject that needs no decoding.
type job struct {
	from   *origin
	record record.Record
	reject *Reject
	numbered
	skip *skip // instead of all else
}

// item is what became of a record: an article, or a reject.
type item struct {
	article index.Article
	reject  *Reject
	from    *origin // of the article
	at      record.Place
	key     ledger.Key // of the reject: what is known of the record
	numbered
	skip *skip // instead of all else
}

// size estimates the memory of an item in bytes: of its text and its entities what is more, so that a batch has as many articles with
// names as without, and never takes more than twice as much.
func (it *item) size() int {
	if it.reject != nil || it.skip != nil {
		return 256
	}
	a := &it.article
	entities := 0
	for _, e := range a.Entities {
		entities += 96 + len(e.Name) + 48*len(e.Mentions)
	}
	n := 512 + max(len(a.Title)+len(a.Lead)+len(a.Body), entities) + len(a.URL)
	for k, v := range a.Extra {
		n += 64 + len(k) + len(v)
	}
	return n + 32*(len(a.Topics)+len(a.Authors))
}

// chunk is a run of records.
type chunk struct {
	jobs   []job
	items  []item        // valid once done is closed
	weight int64         // of the gate
	done   chan struct{} // closed when the items are there
}

// chunks yields every chunk in the order of the input, decoded. When the loop is left or ctx ends it waits until its
// goroutines have gone.
func (f *feed) chunks(ctx context.Context) iter.Seq[*chunk] {
	return func(yield func(*chunk) bool) {
		ctx, cancel := context.WithCancel(ctx)
		// Ordered holds every chunk that is being decoded, and a few that are.
		ordered := make(chan *chunk, f.o.Workers+2)
		toDecode := make(chan *chunk, f.o.Workers)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		wg.Go(func() {
			defer close(ordered)
			defer close(toDecode)
			c := cutter{feed: f, ctx: ctx, toDecode: toDecode, ordered: ordered}
			c.run()
		})
		for range f.o.Workers {
			wg.Go(func() {
				for c := range toDecode {
					f.decode(ctx, c)
				}
			})
		}
		for c := range ordered {
			<-c.done
			f.gate.Release(c.weight)
			if ctx.Err() != nil || !yield(c) {
				return
			}
		}
	}
}

// decode makes the items of a chunk.
func (f *feed) decode(ctx context.Context, c *chunk) {
	defer close(c.done)
	c.items = make([]item, 0, len(c.jobs))
	defer since(&f.o.watch.parse, time.Now())
	for i := range c.jobs {
		if ctx.Err() != nil {
			return // nobody will look
		}
		it := f.item(&c.jobs[i])
		it.numbered = c.jobs[i].numbered
		c.items = append(c.items, it)
		c.jobs[i] = job{} // the raw record is not needed any more
	}
}
