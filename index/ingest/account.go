package ingest

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"dateline/index/ledger"
	"dateline/index/source/record"
)

// tick is how often progress is reported.
const tick = 100 * time.Millisecond

// account sums up what became of the batches. One goroutine uses it.
type account struct {
	feed    *feed
	o       Options
	began   time.Time
	sum     Summary
	rejects rejectWriter
	next    int             // number of the batch whose rejects are written next
	early   map[int]outcome // batches that were done before one that was cut earlier
	total   atomic.Int64
	reasons map[string]int // rejects written, by reason
	refused ledger.Cells   // records rejected, but not by the engine
}

func newAccount(f *feed, o Options) *account {
	a := &account{feed: f, o: o, began: time.Now(), rejects: rejectWriter{w: o.Rejects}, early: map[int]outcome{}, reasons: map[string]int{}, refused: ledger.Cells{}}
	if f.earlier != nil {
		a.sum.Resumed, a.sum.Skipped = true, &ledger.Skipped{}
	}
	return a
}

// collect takes outcomes until there are no more. It stops the run when the rejects cannot be written, and returns why.
func (a *account) collect(done <-chan outcome, stop context.CancelCauseFunc) error {
	ticks, end := a.startProgress()
	for {
		select {
		case out, ok := <-done:
			if !ok {
				end()
				a.finish()
				return a.rejects.err
			}
			a.count(out)
			if a.rejects.err != nil {
				stop(a.rejects.err)
			}
		case <-ticks:
			a.o.Progress(a.progress())
		}
	}
}

// startProgress measures the input on the side, since that may take its time with a million files.
func (a *account) startProgress() (ticks <-chan time.Time, end func()) {
	if a.o.Progress == nil {
		return nil, func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	if a.feed.size != nil {
		wg.Go(func() { a.total.Store(a.feed.size(ctx)) })
	}
	ticker := time.NewTicker(tick)
	return ticker.C, func() {
		ticker.Stop()
		cancel()
		wg.Wait()
	}
}

func (a *account) progress() Progress {
	return Progress{
		Articles: a.sum.Indexed + a.sum.Updated + a.sum.Unchanged,
		Rejected: a.sum.Rejected,
		Bytes:    a.feed.bytes.Load() + a.feed.passed.Load(),
		Total:    a.total.Load(),
		Elapsed:  time.Since(a.began),
	}
}

// count adds a batch to the summary, and writes its rejects when those of every batch before it are written.
func (a *account) count(out outcome) {
	a.sum.Read += out.records - len(out.skips)
	a.sum.Indexed += out.receipt.Indexed
	a.sum.Updated += out.receipt.Updated
	a.sum.Unchanged += out.receipt.Unchanged
	a.sum.Rejected += out.newRejects() + len(out.receipt.Rejected)
	for _, s := range out.skips {
		a.skip(&s.Skipped)
	}
	for i := range out.rejects {
		if x := &out.rejects[i]; !x.old {
			n := a.refused.At(x.key)
			n.Read++
			n.Reject(x.reject.Reason, 1)
		}
	}
	a.reportStored(out)
	out.addEngineRejects()
	out.articles, out.places = nil, nil
	a.early[out.number] = out
	for {
		out, ok := a.early[a.next]
		if !ok {
			return
		}
		a.write(out)
	}
}

// skip counts what an earlier run has dealt with, as reading it again would.
func (a *account) skip(s *ledger.Skipped) {
	a.sum.Read += s.Records
	a.sum.Unchanged += s.Records - s.Rejected
	a.sum.Rejected += s.Rejected
	a.sum.Skipped.Files += s.Files
	a.sum.Skipped.Records += s.Records
	a.sum.Skipped.Rejected += s.Rejected
}

// newRejects is how many of the rejects are not of an earlier run.
func (b *batch) newRejects() (n int) {
	for i := range b.rejects {
		if !b.rejects[i].old {
			n++
		}
	}
	return n
}

func (a *account) reportStored(out outcome) {
	if a.o.Stored == nil {
		return
	}
	refused := map[int]bool{}
	for _, r := range out.receipt.Rejected {
		refused[r.Index] = true
	}
	ids := make([]string, 0, len(out.articles))
	for i := range out.articles {
		if !refused[i] {
			ids = append(ids, out.articles[i].ID)
		}
	}
	if len(ids) > 0 {
		a.o.Stored(ids)
	}
}

// addEngineRejects puts the engine's rejections among those of the records, in order.
func (out *outcome) addEngineRejects() {
	for _, r := range out.receipt.Rejected {
		p := place{from: &origin{}, at: record.Place{Number: 1}}
		if r.Index >= 0 && r.Index < len(out.places) {
			p = out.places[r.Index]
		}
		out.rejects = append(out.rejects, placed{nth: p.nth, reject: rejectOf(p.from.path, p.from.format, p.at, r.Reason, r.Detail)})
	}
	slices.SortStableFunc(out.rejects, func(a, b placed) int { return cmp.Compare(a.nth, b.nth) })
}

// write writes the rejects of a batch.
func (a *account) write(out outcome) {
	delete(a.early, out.number)
	a.next = out.number + 1
	for _, p := range out.rejects {
		a.rejects.write(p.reject)
		a.reasons[p.reject.Reason]++
		if len(a.sum.Rejects) < a.o.KeepRejects {
			a.sum.Rejects = append(a.sum.Rejects, *p.reject)
		}
	}
}

// finish writes the rejects that wait for a batch that was given up, and completes the summary.
func (a *account) finish() {
	for _, n := range sortedKeys(a.early) {
		a.write(a.early[n])
	}
	a.sum.Files = int(a.feed.files.Load())
	a.sum.Bytes = a.feed.bytes.Load()
	a.sum.Seconds = math.Round(time.Since(a.began).Seconds()*1000) / 1000
	if a.o.Progress != nil {
		last := a.progress()
		last.Done = true
		a.o.Progress(last)
	}
}

func sortedKeys(m map[int]outcome) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
