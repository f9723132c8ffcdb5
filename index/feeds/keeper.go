package feeds

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"dateline/index"
	"dateline/index/fetch"
	"dateline/index/ingest"
	"dateline/index/ledger"
	"dateline/index/source/record"
)

// Getter fetches documents. *fetch.Fetcher is one.
type Getter interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Response, error)
}

// Options guide a Keeper. The zero value is usable; the defaults are in parentheses.
type Options struct {
	Getter   Getter         // (a fetch.Fetcher of default options)
	Parallel int            // feeds polled at a time (4)
	Seed     uint64         // of the jitter of intervals
	Clock    index.Clock    // (time.Now)
	Log      *slog.Logger   // what Run does (nothing)
	Ledger   *ledger.Ledger // takes the account of what is polled; nil keeps none
	Names    ingest.Names   // which entities articles get, as in ingest.Options

	page *record.Format // the reader of pages, in tests
}

func (o Options) withDefaults() Options {
	if o.Getter == nil {
		o.Getter = fetch.New(fetch.Options{Clock: o.Clock})
	}
	if o.Parallel <= 0 {
		o.Parallel = 4
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Keeper is the Service of an index directory. Only its owner may have one.
type Keeper struct {
	o      Options
	list   *list
	engine index.Engine

	mu      sync.Mutex
	busy    map[string]bool // feeds that are being polled
	unpaged map[string]bool // ids of articles whose page was asked for in vain
}

// Open reads the list of an index directory. The engine, which gets the articles, stays the caller's to close, after Run and
// all else have returned.
func Open(dir string, engine index.Engine, o Options) (*Keeper, error) {
	l, err := openList(dir)
	if err != nil {
		return nil, err
	}
	return &Keeper{o: o.withDefaults(), list: l, engine: engine, busy: map[string]bool{}, unpaged: map[string]bool{}}, nil
}

// Feeds implements Service.
func (k *Keeper) Feeds(context.Context) ([]Feed, error) {
	feeds := k.list.all()
	for i := range feeds {
		feeds[i].Seen = "" // means nothing to others
		feeds[i].count(k.o.Clock(), 0)
	}
	return feeds, nil
}

// Remove implements Service.
func (k *Keeper) Remove(_ context.Context, url string) error {
	if _, ok := k.list.get(url); !ok {
		if address, err := checked(url); err == nil {
			url = address
		}
	}
	return k.list.remove(url)
}

// begin takes a feed to be polled, unless somebody else has it.
func (k *Keeper) begin(url string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.busy[url] {
		return false
	}
	k.busy[url] = true
	return true
}

func (k *Keeper) end(url string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.busy, url)
}

func (k *Keeper) isBusy(url string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.busy[url]
}

// Run polls every feed when it is due, until ctx ends, and returns when no poll is under way any more.
func (k *Keeper) Run(ctx context.Context) {
	var wg sync.WaitGroup
	defer wg.Wait()
	slots := make(chan struct{}, k.o.Parallel)
	for ctx.Err() == nil {
		due, next := k.list.due(k.o.Clock(), k.isBusy)
		for _, url := range due {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			if !k.begin(url) {
				<-slots
				continue
			}
			wg.Go(func() {
				defer k.list.wake()
				defer func() { <-slots }()
				defer k.end(url)
				k.report(ctx, k.poll(ctx, url))
			})
		}
		k.wait(ctx, next)
	}
}

// wait returns at a time, or when something else may be due.
func (k *Keeper) wait(ctx context.Context, next time.Time) {
	var timeout <-chan time.Time
	if !next.IsZero() {
		timer := time.NewTimer(max(next.Sub(k.o.Clock()), 0))
		defer timer.Stop()
		timeout = timer.C
	}
	select {
	case <-timeout:
	case <-k.list.changed:
	case <-ctx.Done():
	}
}

func (k *Keeper) report(ctx context.Context, out Outcome) {
	switch {
	case ctx.Err() != nil:
	case out.Error != "":
		k.o.Log.Warn("a feed could not be polled", "feed", out.URL, "error", out.Error, "next", out.Next)
	case out.New > 0 || out.Records.Rejected > 0:
		k.o.Log.Info("polled a feed", "feed", out.URL, "new", out.New, "indexed", out.Records.Indexed, "updated", out.Records.Updated, "rejected", out.Records.Rejected)
	}
}

// Poll implements Service. A feed that is being polled already is left out.
func (k *Keeper) Poll(ctx context.Context, p Polling) ([]Outcome, error) {
	urls, err := k.chosen(p)
	if err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(urls))
	slots := make(chan struct{}, k.o.Parallel)
	var wg sync.WaitGroup
	for i, url := range urls {
		slots <- struct{}{}
		if ctx.Err() != nil || !k.begin(url) {
			<-slots
			continue
		}
		wg.Go(func() {
			defer func() { <-slots }()
			defer k.end(url)
			outcomes[i] = k.poll(ctx, url)
		})
	}
	wg.Wait()
	done := []Outcome{}
	for _, out := range outcomes {
		if out.URL != "" {
			done = append(done, out)
		}
	}
	return done, ctx.Err()
}

// chosen are the addresses of the feeds to be polled.
func (k *Keeper) chosen(p Polling) (urls []string, err error) {
	if p.URL != "" {
		if address, err := checked(p.URL); err == nil {
			if _, ok := k.list.get(address); ok {
				return []string{address}, nil
			}
		}
		return nil, ErrUnknown
	}
	if p.Now {
		for _, f := range k.list.all() {
			if f.Disabled == "" {
				urls = append(urls, f.URL)
			}
		}
		return urls, nil
	}
	urls, _ = k.list.due(k.o.Clock(), k.isBusy)
	return urls, nil
}
