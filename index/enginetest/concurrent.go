package enginetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"dateline/index"
)

// How much goes on at once, and for how long.
const (
	writers    = 4
	readers    = 3
	versions   = 15 // that each writer puts of its articles
	ownedBy    = 3  // articles of each writer
	sharedName = "shared"
)

// concurrent writes and reads at once.
func (s suite) concurrent(t *testing.T) {
	s.check(t, "concurrent", "readers see what was acknowledged", func(t *testing.T, e index.Engine) {
		c := &crowd{engine: e}
		c.run(t.Context())
		for _, fault := range c.faults {
			t.Error(fault)
		}
		c.finally(t)
	})
	s.check(t, "concurrent", "close ends everything", closeUnderLoad)
}

// crowd is writers that each put new versions of their own articles and of a shared one, and readers that know which
// versions had been acknowledged before they asked.
type crowd struct {
	engine index.Engine
	acked  [writers]atomic.Int64 // the version that each writer knows to be kept

	mu     sync.Mutex
	faults []error
}

func (c *crowd) fault(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

func (c *crowd) run(ctx context.Context) {
	var writing, reading sync.WaitGroup
	var over atomic.Bool
	for w := range writers {
		writing.Go(func() { c.write(ctx, w) })
	}
	for range readers {
		reading.Go(func() {
			for !over.Load() {
				c.read(ctx)
			}
		})
	}
	writing.Wait()
	over.Store(true)
	reading.Wait()
}

// versioned is a writer's article at a version, which its words and its number of words tell.
func versioned(id string, writer, version int) index.Article {
	a := short(id, fmt.Sprintf("writer%d version%d", writer, version), fmt.Sprintf("source%d", writer), "2024-03-14")
	a.Words = version
	return a
}

func (c *crowd) write(ctx context.Context, w int) {
	for v := 1; v <= versions; v++ {
		batch := []index.Article{versioned(sharedName, w, v)}
		for i := range ownedBy {
			batch = append(batch, versioned(fmt.Sprintf("w%d-%d", w, i), w, v))
		}
		r, err := c.engine.Put(ctx, batch)
		if err != nil || r.Indexed+r.Updated != len(batch) {
			c.fault("writer %d, version %d: %+v, %v", w, v, r, err)
			return
		}
		c.acked[w].Store(int64(v))
	}
}

// read gets one article, finds it, and checks that an answer agrees with itself.
func (c *crowd) read(ctx context.Context) {
	for w := range writers {
		least := int(c.acked[w].Load())
		if least == 0 {
			continue
		}
		id := fmt.Sprintf("w%d-0", w)
		if a, err := c.engine.Get(ctx, id); err != nil || a.Words < least {
			c.fault("Get %s: version %d, %v, after version %d was acknowledged", id, a.Words, err, least)
		}
		least = int(c.acked[w].Load())
		c.readSearch(ctx, w, least)
	}
}

func (c *crowd) readSearch(ctx context.Context, w, least int) {
	result, err := search(ctx, c.engine, fmt.Sprintf("source:source%d -id:%s", w, sharedName), index.Request{
		Size: index.MaxSize, Facets: []index.Field{index.FieldSource}, Interval: index.Day, Sort: index.SortNewest,
	})
	if err != nil {
		c.fault("Search: %v", err)
		return
	}
	if len(result.Hits) != ownedBy || result.Total.Articles != ownedBy || result.Facets[index.FieldSource].Values[0].Count != ownedBy ||
		result.Timeline.Buckets[0].Count != ownedBy {
		c.fault("an answer does not agree with itself: %s", text(result))
		return
	}
	for _, h := range result.Hits {
		var writer, version int
		if _, err := fmt.Sscanf(h.Title, "writer%d version%d", &writer, &version); err != nil || version < least {
			c.fault("Search finds %q after version %d was acknowledged", h.Title, least)
		}
	}
}

// finally checks that the last version of every article is kept, once, and found by its own words only.
func (c *crowd) finally(t *testing.T) {
	for w := range writers {
		for i := range ownedBy {
			id := fmt.Sprintf("w%d-%d", w, i)
			if a := mustGet(t, c.engine, id); a.Words != versions {
				t.Errorf("%s has version %d in the end, want %d", id, a.Words, versions)
			}
			wantHits(t, c.engine, fmt.Sprintf("title:version%d id:%s", versions, id), id)
			wantHits(t, c.engine, fmt.Sprintf("title:version%d id:%s", versions-1, id))
		}
	}
	if a := mustGet(t, c.engine, sharedName); a.Words != versions {
		t.Errorf("the shared article has version %d, which is no writer's last", a.Words)
	}
	stats, err := c.engine.Stats(t.Context())
	if want := writers*ownedBy + 1; err != nil || stats.Articles != want {
		t.Errorf("the index has %d articles, %v; want %d", stats.Articles, err, want)
	}
}

// closeUnderLoad closes while others write and read: they end with ErrClosed, and nothing hangs.
func closeUnderLoad(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024"))
	var started, ended sync.WaitGroup
	var over atomic.Bool
	for w := range writers {
		started.Add(2)
		ended.Go(func() {
			untilClosed(t, &started, &over, func(i int) error {
				_, err := e.Put(t.Context(), []index.Article{versioned(fmt.Sprintf("w%d", w), w, i)})
				return err
			})
		})
		ended.Go(func() {
			untilClosed(t, &started, &over, func(int) error {
				_, err := e.Search(t.Context(), index.Request{Facets: index.FacetFields})
				return err
			})
		})
	}
	started.Wait()
	if err := e.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	over.Store(true)
	ended.Wait()
}

// untilClosed repeats a call until it fails, which must be for ErrClosed, at the latest when Close is over. It says when the
// first call has returned.
func untilClosed(t *testing.T, started *sync.WaitGroup, over *atomic.Bool, call func(i int) error) {
	for i := 0; ; i++ {
		last := over.Load()
		err := call(i)
		if i == 0 {
			started.Done()
		}
		switch {
		case errors.Is(err, index.ErrClosed):
			return
		case err != nil || last:
			t.Errorf("got %v, want ErrClosed", err)
			return
		}
	}
}
