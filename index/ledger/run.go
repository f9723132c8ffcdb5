package ledger

import (
	"context"
	"errors"
	"slices"

	"dateline/index"
)

// Run is a run that is under way. Its methods do nothing on a nil one.
type Run struct {
	ID      int
	Earlier *Earlier // how far the run came that this one goes on from; nil when it begins anew

	ledger *Ledger
}

// Plan says what the next batch holds, and returns the tag to put it with (index.WithTag). It is on the disk before it returns, so
// that nothing gets into the index that the ledger has not heard of. Done or Leave must follow.
func (r *Run) Plan(p Plan) (tag uint64, err error) {
	if r == nil {
		return 0, nil
	}
	l := r.ledger
	l.still.RLock()
	l.mu.Lock()
	defer l.mu.Unlock()
	tag = l.book.tag + 1
	if err = l.write(entry{Run: r.ID, Tag: tag, Plan: &p}); err == nil && p.Articles+p.Deletes > 0 {
		err = l.f.Sync()
	}
	if err != nil {
		l.still.RUnlock()
	}
	return tag, err
}

// Done says what became of a plan. It need not reach the disk at once: the engine remembers.
func (r *Run) Done(tag uint64, d Done) error {
	if r == nil {
		return nil
	}
	defer r.ledger.still.RUnlock()
	return r.ledger.enter(entry{Run: r.ID, Tag: tag, Done: &d}, false)
}

// Leave leaves a plan of which the engine said only that it failed. When that was for a reason which leaves the engine writing, as a
// caller that went away or a disk that was nearly full, nothing came of the plan, unless the engine remembers it; else its fate is not
// known, and whoever opens the ledger next asks the engine again.
func (r *Run) Leave(tag uint64, e index.Engine) {
	if r == nil {
		return
	}
	defer r.ledger.still.RUnlock()
	w, ok := e.(interface {
		index.Witness
		ReadOnly() string
	})
	if !ok || w.ReadOnly() != "" {
		return
	}
	if _, done := w.Witnessed()[tag]; !done {
		_ = r.ledger.enter(entry{Run: r.ID, Tag: tag, Void: true}, false) // it stays open, as if the process had ended here
	}
}

// Void says that nothing was tried of a plan.
func (r *Run) Void(tag uint64) error {
	if r == nil {
		return nil
	}
	defer r.ledger.still.RUnlock()
	return r.ledger.enter(entry{Run: r.ID, Tag: tag, Void: true}, false)
}

// End ends the run. What ended says is on the disk when it returns.
func (r *Run) End(end End) error {
	if r == nil {
		return nil
	}
	l := r.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	end.At = index.At(l.clock())
	err := l.write(entry{Run: r.ID, End: &end})
	if err == nil {
		err = l.f.Sync()
	}
	if err == nil {
		err = l.compact()
	}
	return err
}

// ReceiptCells says what became of the articles of a receipt, for Done. Without outcomes by article nothing is said of their sources.
func ReceiptCells(articles []index.Article, receipt *index.Receipt) (d Done) {
	if o := receipt.Outcomes; len(o) == len(articles) && len(o) > 0 && o[0] != index.Rejected &&
		!slices.ContainsFunc(o, func(x index.Outcome) bool { return x != o[0] }) {
		return Done{All: o[0]}
	}
	cells := Cells{}
	if len(receipt.Outcomes) == len(articles) {
		for i, o := range receipt.Outcomes {
			if o != index.Rejected {
				cells.At(KeyOf(&articles[i])).Outcome(o, 1)
			}
		}
	} else {
		n := cells.At(Key{"", Recovered})
		n.Indexed, n.Updated, n.Unchanged = receipt.Indexed, receipt.Updated, receipt.Unchanged
	}
	for _, x := range receipt.Rejected {
		if x.Index >= 0 && x.Index < len(articles) {
			cells.At(KeyOf(&articles[x.Index])).Reject(x.Reason, 1)
		}
	}
	return Done{Cells: cells.List()}
}

// ArticleCells counts articles as read.
func ArticleCells(articles []index.Article) Cells {
	cells := Cells{}
	for i := range articles {
		n := cells.At(KeyOf(&articles[i]))
		n.Read++
		n.Article(&articles[i])
	}
	return cells
}

// Put puts articles and accounts for them.
func (r *Run) Put(ctx context.Context, e index.Engine, articles []index.Article) (index.Receipt, error) {
	if r == nil {
		return e.Put(ctx, articles)
	}
	tag, err := r.Plan(Plan{Articles: len(articles), Cells: ArticleCells(articles).List()})
	if err != nil {
		return index.Receipt{}, err
	}
	receipt, err := e.Put(index.WithTag(ctx, tag), articles)
	if err != nil {
		r.Leave(tag, e)
		return receipt, err
	}
	return receipt, r.Done(tag, ReceiptCells(articles, &receipt))
}

// Delete deletes articles and accounts for them, as a run of its own.
func (l *Ledger) Delete(ctx context.Context, e index.Engine, ids []string) (n int, err error) {
	if l == nil {
		return e.Delete(ctx, ids)
	}
	run, err := l.Begin(Start{Command: "delete"})
	if err != nil {
		return 0, err
	}
	cells := Cells{}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids {
		a, err := e.Get(ctx, id)
		switch {
		case err == nil:
			cells.At(KeyOf(&a)).Deleted++
		case !errors.Is(err, index.ErrNotFound):
			return 0, errors.Join(err, run.End(End{Error: err.Error()}))
		}
	}
	n, err = run.delete(ctx, e, ids, cells)
	end := End{}
	if err != nil {
		end.Error = err.Error()
	}
	return n, errors.Join(err, run.End(end))
}

func (r *Run) delete(ctx context.Context, e index.Engine, ids []string, cells Cells) (int, error) {
	tag, err := r.Plan(Plan{Deletes: len(ids), Cells: cells.List()})
	if err != nil {
		return 0, err
	}
	n, err := e.Delete(index.WithTag(ctx, tag), ids)
	if err != nil {
		r.Leave(tag, e)
		return n, err
	}
	d := Done{Cells: cells.List()}
	if cells.Sum().Deleted != n { // another hand came between
		d = Done{Found: &index.Changes{Deleted: n}}
	}
	return n, r.Done(tag, d)
}
