package embedded

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"golang.org/x/sync/errgroup"

	"dateline/index"
	"dateline/query"
)

// putMany puts batches of a few articles each, some of which replace earlier ones.
func putMany(t *testing.T, e *Engine, batches int) (articles int) {
	t.Helper()
	ids := map[string]bool{}
	for b := range batches {
		var batch []index.Article
		for i := range 5 {
			id := fmt.Sprint((b*5 + i) % (batches * 4))
			ids[id] = true
			batch = append(batch, index.Article{ID: id, Title: fmt.Sprintf("harbour %d of batch %d", i, b), Source: fmt.Sprint("source ", i)})
		}
		if _, err := e.Put(context.Background(), batch); err != nil {
			t.Fatal(err)
		}
	}
	return len(ids)
}

func segmentCount(t *testing.T, e *Engine) int {
	t.Helper()
	r, err := e.bleve.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	return len(r.(*scorch.IndexSnapshot).Segments())
}

func openEngine(t *testing.T, dir string, o Options) *Engine {
	t.Helper()
	e, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// ask searches for every article with a word.
func ask(t *testing.T, e *Engine, word string) *index.Result {
	t.Helper()
	q, err := query.Parse(word, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Search(context.Background(), index.Request{Query: q})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSettle holds that small segments become one, and that the answers stay.
func TestSettle(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	want := putMany(t, e, 30)
	before := ask(t, e, "harbour")
	if err := e.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := segmentCount(t, e); n != 1 {
		t.Errorf("%d segments are left", n)
	}
	after := ask(t, e, "harbour")
	if before.Total.Articles != want || after.Total != before.Total {
		t.Errorf("%+v became %+v, want %d articles", before.Total, after.Total, want)
	}
	for i, h := range after.Hits {
		if b := before.Hits[i]; b.ID != h.ID || b.Score != h.Score {
			t.Errorf("hit %d: %s %v became %s %v", i, b.ID, b.Score, h.ID, h.Score)
		}
	}
	if err := e.Settle(context.Background()); err != nil {
		t.Errorf("once more: %v", err)
	}
}

// TestSettleAtOnce holds that those who settle at once wait for each other: Bleve refuses two merges.
func TestSettleAtOnce(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	for range 5 {
		putMany(t, e, 8)
		var group errgroup.Group
		for range 4 {
			group.Go(func() error { return e.Settle(t.Context()) })
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if n := segmentCount(t, e); n != 1 {
			t.Errorf("%d segments are left", n)
		}
	}
}

// TestSettleWaits holds that who waits for a merge to end does so no longer than wanted, and not once the engine is closed.
func TestSettleWaits(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	e.merging <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := e.mergeSmall(ctx); err != nil {
		t.Errorf("given up: %v", err)
	}
	ended := make(chan error)
	go func() { ended <- e.mergeSmall(t.Context()) }()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != index.ErrClosed {
		t.Errorf("closed meanwhile: %v", err)
	}
}

// TestIdle holds that segments are merged when nothing is written for a while.
func TestIdle(t *testing.T) {
	was := idle
	idle = 10 * time.Millisecond
	e := openEngine(t, t.TempDir(), Options{})
	defer func() { idle = was }()
	putMany(t, e, 12)
	for range 1000 {
		if segmentCount(t, e) < idleSegments {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d segments are left", segmentCount(t, e))
}

// TestIdleWarms holds that what the next search needs of names is made when nothing is written for a while, however few the
// segments are.
func TestIdleWarms(t *testing.T) {
	was := idle
	idle = 10 * time.Millisecond
	e := openEngine(t, t.TempDir(), Options{})
	defer func() { idle = was }()
	putMany(t, e, 1)
	made := func() (made bool) {
		err := e.view(t.Context(), func(v *view) error {
			v.facts.spelt.mu.Lock()
			defer v.facts.spelt.mu.Unlock()
			made = v.facts.spelt.made
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	for range 1000 {
		if made() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the spellings of names are not there")
}

// putApart puts batches of as many articles as Bleve leaves apart, up to ten of them.
func putApart(t *testing.T, e *Engine, batches int) {
	t.Helper()
	for b := range batches {
		var batch []index.Article
		for i := range floorSegmentArticles {
			batch = append(batch, index.Article{ID: fmt.Sprint(b, " ", i), Title: "harbour"})
		}
		if _, err := e.Put(context.Background(), batch); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBatchesStayApart holds that a batch is not merged with all those before it each time, which would make indexing take time by
// the square of their number.
func TestBatchesStayApart(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	putApart(t, e, 9)
	if n := segmentCount(t, e); n != 9 {
		t.Errorf("%d segments of 9 batches", n)
	}
	if err := e.Settle(context.Background()); err != nil || segmentCount(t, e) != 1 {
		t.Errorf("settled, they are %d: %v", segmentCount(t, e), err)
	}
}

// TestSettleNoRoom holds that nothing is merged where the disk has no room for it.
func TestSettleNoRoom(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	putApart(t, e, 3)
	e.options.MinFree = 1 << 62
	if err := e.Settle(context.Background()); err != nil || segmentCount(t, e) != 3 {
		t.Errorf("3 segments became %d: %v", segmentCount(t, e), err)
	}
}

func TestSettleClosed(t *testing.T) {
	e, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.Settle(context.Background()); err != index.ErrClosed {
		t.Errorf("got %v", err)
	}
}

// TestBuilders looks at what is kept between batches: what the one before was built with, until it is forgotten.
func TestBuilders(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	putMany(t, e, 1)
	first := e.builders.free[0]
	runtime.GC()
	runtime.GC() // which empties a sync.Pool
	putMany(t, e, 2)
	if len(e.builders.free) != 1 || e.builders.free[0] != first {
		t.Errorf("%d builders are kept, want the one of the first batch", len(e.builders.free))
	}
	e.builders.forget()
	putMany(t, e, 3)
	if len(e.builders.free) != 1 || e.builders.free[0] == first {
		t.Errorf("%d builders are kept, want a new one", len(e.builders.free))
	}
}
