package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"dateline/index"
	"dateline/index/ledger"
)

// books account for batches in the ledger. Without a run they do nothing.
type books struct {
	run *ledger.Run

	mu      sync.Mutex
	waiting map[*tracked]bool // files that have records in the ledger, and not yet their number
}

// plan says what a batch holds before it is put. The tag is 0 when there is nothing to be said.
func (k *books) plan(b *batch) (tag uint64, err error) {
	if k.run == nil || len(b.articles) == 0 && len(b.rejects) == 0 {
		return 0, nil
	}
	cells := ledger.ArticleCells(b.articles)
	p := ledger.Plan{Articles: len(b.articles)}
	for i := range b.rejects {
		x := &b.rejects[i]
		if x.old {
			continue
		}
		n := cells.At(x.key)
		n.Read++
		n.Reject(x.reject.Reason, 1)
		if p.Rejects, err = appendReject(p.Rejects, x); err != nil {
			return 0, err
		}
	}
	if len(cells) == 0 {
		return 0, nil
	}
	p.Cells = cells.List()
	k.files(&p, b)
	return k.run.Plan(p)
}

// appendReject adds a reject of a tracked file.
func appendReject(list []ledger.Reject, x *placed) ([]ledger.Reject, error) {
	if x.span < 0 {
		return list, nil
	}
	line, err := json.Marshal(x.reject)
	return append(list, ledger.Reject{Span: x.span, Line: line}), err
}

// files says where the records of a batch stand, and which files have come to their end.
func (k *books) files(p *ledger.Plan, b *batch) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range b.spans {
		f, total := s.file, int(s.file.total.Load())
		if total == 0 {
			if k.waiting == nil {
				k.waiting = map[*tracked]bool{}
			}
			k.waiting[f] = true
		}
		p.Files = append(p.Files, ledger.Span{Path: f.path, Size: f.size, Time: f.time, From: s.from, To: s.to, Rejected: s.rejected, Total: total})
	}
	p.Ended = k.ended()
}

// ended returns the files that have come to their end since the last time. The caller holds the lock.
func (k *books) ended() (list []ledger.FileEnd) {
	for f := range k.waiting {
		if total := int(f.total.Load()); total > 0 {
			list = append(list, ledger.FileEnd{Path: f.path, Size: f.size, Time: f.time, Total: total})
			delete(k.waiting, f)
		}
	}
	return list
}

// done says what became of a batch.
func (k *books) done(tag uint64, b *batch, receipt *index.Receipt) error {
	if tag == 0 {
		return nil
	}
	d := ledger.Done{}
	if len(b.articles) > 0 {
		d = ledger.ReceiptCells(b.articles, receipt)
	}
	for _, r := range receipt.Rejected {
		if r.Index < 0 || r.Index >= len(b.places) {
			continue
		}
		p, err := b.places[r.Index], error(nil)
		x := placed{reject: rejectOf(p.from.path, p.from.format, p.at, r.Reason, r.Detail), span: p.span}
		if d.Refused, err = appendReject(d.Refused, &x); err != nil {
			return err
		}
	}
	return k.run.Done(tag, d)
}

// leave leaves a batch whose fate is not known.
func (k *books) leave(tag uint64, e index.Engine) {
	if tag != 0 {
		k.run.Leave(tag, e)
	}
}

// close says which files came to their end before the run was broken off.
func (k *books) close() error {
	if k.run == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	ended := k.ended()
	if len(ended) == 0 {
		return nil
	}
	tag, err := k.run.Plan(ledger.Plan{Ended: ended})
	if err == nil {
		err = k.run.Done(tag, ledger.Done{})
	}
	return err
}

// end is how a run ended.
func (a *account) end(err error) ledger.End {
	sum := &a.sum
	end := ledger.End{Rejects: a.reasons, Summary: ledger.Summary{
		Files: sum.Files, Bytes: sum.Bytes, Read: sum.Read, Indexed: sum.Indexed, Updated: sum.Updated, Unchanged: sum.Unchanged, Rejected: sum.Rejected,
	}}
	if sum.Skipped != nil {
		end.Summary.Skipped = *sum.Skipped
	}
	if err != nil {
		end.Error = err.Error()
	}
	return end
}

// Teller is an engine whose owner is another process and keeps the accounts. It is told what a run is and what it rejected; what it
// puts it sees by itself.
type Teller interface {
	Tell(ctx context.Context, s ledger.Statement) error
}

// runAfar runs, and tells the owner of the ledger.
func runAfar(ctx context.Context, engine index.Engine, owner Teller, f *feed, o Options) (Summary, error) {
	s := ledger.Statement{Command: o.Account.Command, Paths: o.Account.Paths, Rejects: o.Account.Rejects}
	if err := owner.Tell(ctx, s); err != nil {
		return Summary{}, err
	}
	done, err := runWith(ctx, engine, f, o, nil)
	end := done.end(err)
	s.Cells, s.End = done.refused.List(), &end
	if e := owner.Tell(context.WithoutCancel(ctx), s); e != nil {
		err = errors.Join(err, e)
	}
	return done.sum, err
}
