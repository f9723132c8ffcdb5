package embedded

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"dateline/index"
)

// smallDisk mounts a file system of a size in memory, which needs the rights of root.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("SKIPPED, nothing was tested: a small file system cannot be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// noise returns articles whose text does not compress.
func noise(from, n int) []index.Article {
	dice := rand.New(rand.NewPCG(uint64(from), 1))
	list := ports(from, from+n)
	for i := range list {
		for range 200 {
			list[i].Body += fmt.Sprintf(" %x", dice.Uint64())
		}
	}
	return list
}

// fill puts articles until the engine refuses, and returns how many were acknowledged and the refusal.
func fill(t *testing.T, e *Engine) (acknowledged int, refusal *index.ReadOnlyError) {
	t.Helper()
	for n := 0; n < 100_000; n += 200 {
		_, err := e.Put(context.Background(), noise(n, 200))
		if errors.As(err, &refusal) {
			return acknowledged, refusal
		}
		if err != nil {
			t.Fatal(err)
		}
		acknowledged += 200
	}
	t.Fatal("the disk never became full")
	return 0, nil
}

// TestNearlyFullDisk stops writing before the disk is full; searching goes on, and writing does when there is space again.
func TestNearlyFullDisk(t *testing.T) {
	disk := smallDisk(t, "32m") // so that DefaultMinFree is more than two merges at once take of what fits
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 16<<20), 0o666); err != nil {
		t.Fatal(err)
	}
	e := mustOpen(t, filepath.Join(disk, "index"), Options{})
	n, refusal := fill(t, e)
	if !refusal.Full || n == 0 {
		t.Fatalf("after %d articles: %v", n, refusal)
	}
	holds(t, e, n)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Put(context.Background(), noise(n, 10)); err != nil {
		t.Errorf("with space again: %v", err)
	}
	holds(t, e, n+10)
}

// TestFullDisk lets a batch fail: nothing acknowledged is lost, the engine says why it is read-only, searches go on.
func TestFullDisk(t *testing.T) {
	e := mustOpen(t, filepath.Join(smallDisk(t, "12m"), "index"), Options{MinFree: -1 << 40})
	n, refusal := fill(t, e)
	t.Logf("after %d articles: %v", n, refusal)
	if e.ReadOnly() == "" || n == 0 {
		t.Fatalf("read-only: %q after %d articles", e.ReadOnly(), n)
	}
	began := time.Now()
	atLeast(t, e, n)
	if _, err := e.Put(context.Background(), noise(n, 1)); !errors.As(err, &refusal) {
		t.Errorf("a later batch: %v", err)
	}
	if _, err := e.Delete(context.Background(), []string{"port-00000"}); !errors.As(err, &refusal) {
		t.Errorf("a later deletion: %v", err)
	}
	t.Logf("checked in %v", time.Since(began))
	dir := e.dir
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	again := mustOpen(t, dir, Options{ReadOnly: true})
	atLeast(t, again, n)
}

// holds checks the number of articles and a search for each of some.
func holds(t *testing.T, e *Engine, n int) {
	t.Helper()
	if got := atLeast(t, e, n); got != n {
		t.Errorf("%d articles, want %d", got, n)
	}
}

func atLeast(t *testing.T, e *Engine, n int) int {
	t.Helper()
	st, err := e.Stats(context.Background())
	if err != nil || st.Articles < n {
		t.Errorf("%d articles, want at least %d: %v", st.Articles, n, err)
	}
	for i := 0; i < n; i += 97 {
		a, err := e.Get(context.Background(), somePort(i).ID)
		if err != nil || a.Title != somePort(i).Title {
			t.Errorf("article %d: %v, %q", i, err, a.Title)
		}
	}
	answers(t, e)
	return st.Articles
}

// TestStuckBatch lets the watchdog bite: a batch that Bleve does not answer ends writing, and nothing else.
func TestStuckBatch(t *testing.T) {
	e := mustOpen(t, t.TempDir(), Options{})
	mustPut(t, e, ports(0, 200))
	was := batchTimeout
	batchTimeout = time.Nanosecond
	defer func() { batchTimeout = was }()
	_, err := e.Put(context.Background(), noise(200, 500))
	var refusal *index.ReadOnlyError
	if !errors.As(err, &refusal) || refusal.Full {
		t.Fatalf("a batch that is not answered: %v", err)
	}
	atLeast(t, e, 200)
}

// TestBackgroundFailure ends writing when Bleve says that its merger or persister failed.
func TestBackgroundFailure(t *testing.T) {
	e := mustOpen(t, t.TempDir(), Options{})
	mustPut(t, e, ports(0, 200))
	e.asyncError(errors.New("merger: a made-up failure"))
	for e.ReadOnly() == "" { // it is taken up on a goroutine
		runtime.Gosched()
	}
	atLeast(t, e, 200)
	if _, err := e.Put(context.Background(), ports(0, 1)); err == nil {
		t.Error("a batch was taken after the failure")
	}
}
