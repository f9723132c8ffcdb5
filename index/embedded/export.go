package embedded

import (
	"context"
	"iter"
	"math"

	"dateline/index"
)

// Export implements index.Engine.
func (e *Engine) Export(ctx context.Context, r index.Request) iter.Seq2[index.Article, error] {
	return func(yield func(index.Article, error) bool) {
		if err := e.export(ctx, r, func(a index.Article) bool { return yield(a, nil) }); err != nil {
			yield(index.Article{}, err)
		}
	}
}

// export calls yield with every article of the request in order, until it returns false. It holds no lock meanwhile, and a
// panic of the receiver's is the receiver's.
func (e *Engine) export(ctx context.Context, r index.Request, yield func(index.Article) bool) error {
	r.Cursor, r.Size, r.Facets, r.Interval = "", 0, nil, ""
	r, err := r.Resolve()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	v, release, err := e.acquire(r.AsOf)
	if err != nil {
		return err
	}
	defer release()
	var list []candidate
	err = guard(func() (err error) {
		list, err = exported(ctx, r, v)
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		var a index.Article
		err := guard(func() (err error) {
			a, err = v.segments[c.segment].article(c.doc)
			return err
		})
		if err != nil {
			return err
		}
		if !yield(a) {
			return nil
		}
	}
	return nil
}

// exported returns everything that a resolved request matches, in order.
func exported(ctx context.Context, r index.Request, v *view) ([]candidate, error) {
	f, _, err := find(ctx, r, v)
	if err != nil || f.articles == 0 {
		return nil, err
	}
	if f.Sort == index.SortRelevance && !index.HasWords(f.program.tree) {
		f.Sort = index.SortOldest
	}
	defer f.free()
	sort := f.order()
	if sort == index.SortRelevance {
		if err := f.score(f.result, cut{behind: math.Inf(1)}); err != nil {
			return nil, err
		}
	}
	return f.top(sort, f.articles, nil)
}
