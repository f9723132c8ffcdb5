package ledger

import (
	"context"
	"maps"
	"slices"

	"dateline/index"
)

// witnessed returns what was done to the index of an engine, and of its last tagged batches.
func witnessed(ctx context.Context, e index.Engine) (index.Changes, map[uint64]index.Changes, error) {
	if w, ok := e.(index.Witness); ok {
		return w.Changes(), w.Witnessed(), nil
	}
	s, err := e.Stats(ctx)
	return s.Changes, nil, err
}

// settled returns the entries that end the plans which the last process left open, as the engine remembers them: batches are
// stored whole or not at all. What the engine has beyond what it remembers by tag is of plans that cannot be told apart, as long
// as it is no more than they hold; else nothing is entered, and the audit will say so.
func (b *Book) settled(ctx context.Context, e index.Engine) ([]entry, error) {
	if len(b.pending) == 0 {
		return nil, nil
	}
	changes, tagged, err := witnessed(ctx, e)
	if err != nil {
		return nil, err
	}
	total := b.Total()
	left := changes.Minus(total.Changes())
	var list []entry
	var unknown []uint64
	articles, deletes := 0, 0
	for _, tag := range slices.Sorted(maps.Keys(b.pending)) {
		p := b.pending[tag]
		c, ok := tagged[tag]
		if !ok && p.plan.Articles+p.plan.Deletes > 0 {
			unknown = append(unknown, tag)
			articles, deletes = articles+p.plan.Articles, deletes+p.plan.Deletes
			continue
		}
		left = left.Minus(c)
		list = append(list, entry{Run: p.run.Run, Tag: tag, Done: p.plan.found(c)})
	}
	if left.Indexed < 0 || left.Updated < 0 || left.Deleted < 0 || left.Indexed+left.Updated > articles || left.Deleted > deletes {
		return list, nil
	}
	run := 0
	for _, tag := range unknown {
		run = b.pending[tag].run.Run
		list = append(list, entry{Run: run, Tag: tag, Void: true})
	}
	if left != (index.Changes{}) {
		list = append(list, entry{Run: run, Adjust: &left})
	}
	return list, nil
}

// found says what became of a plan that changed so much in the index. When all its articles are new, or all changed, or all that was
// to be deleted is, it is known of each.
func (p *Plan) found(c index.Changes) *Done {
	d := &Done{Found: &c}
	switch {
	case p.Deletes > 0 && c.Deleted == p.deleted():
		d.Cells = p.Cells
	case p.Deletes > 0:
	case c.Indexed == p.Articles:
		d.All = index.Indexed
	case c.Updated == p.Articles:
		d.All = index.Updated
	}
	return d
}

// deleted is how many articles a plan is to delete.
func (p *Plan) deleted() (n int) {
	for i := range p.Cells {
		n += p.Cells[i].Deleted
	}
	return n
}
