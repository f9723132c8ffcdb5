package embedded

import (
	"context"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
)

// Complete implements index.Engine.
func (e *Engine) Complete(ctx context.Context, r index.CompletionRequest) (*index.Completions, error) {
	r, err := r.Resolve()
	if err != nil {
		return nil, err
	}
	var c *index.Completions
	err = e.viewFor(ctx, r.Prompt, func(v *view, s freshness) error {
		c = &index.Completions{Words: []index.Completion{}, Values: map[index.Field][]index.Completion{}, Pending: s == pending, Behind: s == behind}
		if list := terms(r.Prefix); r.Words && len(list) == 1 {
			c.Words = v.completeWord(list[0], r.Size)
		}
		lists := make([][]index.Completion, len(r.Fields))
		var parts []func()
		for i, field := range r.Fields {
			if lists[i] = []index.Completion{}; s != pending || !isNames(string(field)) {
				parts = append(parts, func() { lists[i] = v.completeValue(string(field), r.Prefix, r.Size) })
			}
		}
		err := inParallel(ctx, parts)
		for i, field := range r.Fields {
			c.Values[field] = lists[i]
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// completeValue returns the size first values of a field of which a prefix begins words.
func (v *view) completeValue(field, prefix string, size int) []index.Completion {
	typed := analysis.NewBeginnings(prefix)
	if typed.Any() || len(v.segments) == 0 {
		return []index.Completion{}
	}
	c := completing{
		view: v, field: field, typed: typed, longest: typed.Longest(), table: v.numbered(field), book: v.naming(index.VariantsMerged).book(field),
		best: worstFirst[facetCount]{size: size, before: func(a, b facetCount) bool {
			return a.count > b.count || a.count == b.count && a.label < b.label
		}},
	}
	c.counts = v.facts.counted(v, field, c.book)
	c.names()
	if c.book != nil {
		c.aliases()
	}
	list := make([]index.Completion, len(c.best.list))
	for i, b := range c.best.list {
		list[i] = index.Completion{Text: b.label, Articles: int(b.count)}
	}
	slices.SortFunc(list, index.CompareCompletions)
	return list
}

// completing looks for values of a field.
type completing struct {
	*view
	field   string
	typed   analysis.Beginnings
	longest string // of the words typed
	table   *table
	book    *book // nil where values stand for themselves
	counts  []uint32
	best    worstFirst[facetCount]
}

// names looks among the values as they are written, and what the user wants them to be shown as.
func (c *completing) names() {
	for _, b := range c.table.beginning(c.longest) {
		if c.worth(b.number) && c.typed.In(c.table.key(b.number)) {
			c.add(b.number)
		}
	}
	if c.book != nil {
		for of, label := range c.book.Labels() {
			if c.worth(of) && c.typed.In(analysis.Fold(label)) {
				c.add(of)
			}
		}
	}
}

// aliases looks among what articles call the entities besides their names.
func (c *completing) aliases() {
	field := aliasField(c.field)
	table := c.view.numbered(field)
	live := c.view.facts.counted(c.view, field, nil)
	for _, b := range table.beginning(c.longest) {
		if int(b.number) >= len(live) || live[b.number] == 0 {
			continue
		}
		alias, name, _ := strings.Cut(table.key(b.number), aliasEnd)
		if !c.typed.In(alias) {
			continue
		}
		if n, ok := c.table.find(name); ok && c.worth(n) {
			c.add(n)
		}
	}
}

// stands returns the number of what stands for a value.
func (c *completing) stands(n uint32) uint32 {
	if c.book == nil {
		return n
	}
	return c.book.stands(n)
}

// worth reports whether a value may be among the first.
func (c *completing) worth(n uint32) bool {
	of := c.stands(n)
	if int(of) >= len(c.counts) || c.counts[of] == 0 || c.best.full() && c.counts[of] < c.best.list[0].count {
		return false
	}
	return c.book == nil || !c.book.Hidden(of)
}

func (c *completing) add(n uint32) {
	of := c.stands(n)
	if slices.ContainsFunc(c.best.list, func(b facetCount) bool { return b.number == of }) {
		return
	}
	label := ""
	if c.book != nil {
		label = c.book.Label(of)
	} else {
		label = c.view.label(c.table, c.field, of)
	}
	c.best.add(facetCount{of, c.counts[of], label})
}

// counted counts the live articles of each value of a field, or of each entity of a book, once for each state of the index.
func (f *facts) counted(v *view, field string, b *book) []uint32 {
	made, _ := f.counts.LoadOrStore(field, &lazy[[]uint32]{})
	return made.(*lazy[[]uint32]).get(func() []uint32 {
		counts := make([]uint32, v.table(field).size())
		v.tally(field, v.lives(), index.Articles, counts, b)
		return counts
	})
}
