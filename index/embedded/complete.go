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
	err = e.view(ctx, func(v *view) error {
		c = &index.Completions{Words: []index.Completion{}, Values: map[index.Field][]index.Completion{}}
		if list := terms(r.Prefix); r.Words && len(list) == 1 {
			c.Words = v.completeWord(list[0], r.Size)
		}
		for _, field := range r.Fields {
			if err := ctx.Err(); err != nil {
				return err
			}
			c.Values[field] = v.completeValue(string(field), r.Prefix, r.Size)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// completeWord returns the size first terms that begin with a prefix.
func (v *view) completeWord(prefix string, size int) []index.Completion {
	var list []index.Completion
	if len(prefix) > rememberedPrefix {
		list = v.beginning(prefix)
	} else {
		made, _ := v.facts.completed.LoadOrStore(prefix, &lazy[[]index.Completion]{})
		list = made.(*lazy[[]index.Completion]).get(func() []index.Completion { return v.beginning(prefix) })
	}
	return append([]index.Completion{}, list[:min(size, len(list))]...)
}

// rememberedPrefix is up to how many bytes of a prefix a state remembers what begins with it. There are few of them, and they
// take the longest.
const rememberedPrefix = 2

// beginning returns the MaxCompletions first terms that begin with a prefix. Each dictionary says which of its terms most
// articles have; a term that is in none of these lists has no more than the least of each, added up, so that those above that
// are the first (Fagin, Lotem and Naor, Optimal aggregation algorithms for middleware, 2003). Where too few are, the lists were
// too short.
func (v *view) beginning(prefix string) []index.Completion {
	for length := 4 * index.MaxCompletions; ; length *= 8 {
		list, bound := v.candidates(prefix, length)
		best := worstFirst[index.Completion]{size: index.MaxCompletions, before: func(a, b index.Completion) bool { return index.CompareCompletions(a, b) < 0 }}
		for _, term := range list {
			if n := v.occurring(term); n > 0 {
				best.add(index.Completion{Text: term, Articles: n})
			}
		}
		if bound == 0 || best.full() && best.list[0].Articles > bound {
			slices.SortFunc(best.list, index.CompareCompletions)
			return best.list
		}
	}
}

// candidates returns the terms with a prefix that the most articles of a segment have in a default field, so many of each, and
// how many articles another term can have at most.
func (v *view) candidates(prefix string, length int) (list []string, bound int) {
	type top struct {
		terms []index.Completion
		least int
	}
	tops := make([]top, len(v.segments)*textFieldCount)
	err := v.each(func(i int, s *segmentView) error {
		for field := range textFieldCount {
			if !defaultFields.has(field) {
				continue
			}
			t := &tops[i*textFieldCount+field]
			t.terms, t.least = s.most(field, prefix, length)
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	seen := map[string]bool{}
	for _, t := range tops {
		bound += t.least
		for _, c := range t.terms {
			if !seen[c.Text] {
				seen[c.Text] = true
				list = append(list, c.Text)
			}
		}
	}
	return list, bound
}

// most returns the terms of a field with a prefix that the most articles have, deleted ones too, and how many have any other at
// most.
func (s *segmentView) most(field int, prefix string, length int) (list []index.Completion, least int) {
	best := worstFirst[index.Completion]{size: length, before: func(a, b index.Completion) bool { return a.Articles > b.Articles }}
	left := false
	for t := s.seg.Text(proseField(index.TextFields[field].Name)).Terms(prefix); t.Next() && strings.HasPrefix(string(t.Term), prefix); {
		if left = best.full(); left && t.Articles <= best.list[0].Articles {
			continue
		}
		best.add(index.Completion{Text: string(t.Term), Articles: t.Articles})
	}
	if left {
		least = best.list[0].Articles
	}
	return best.list, least
}

// occurring adds up the live articles that have a term in each of the default fields.
func (v *view) occurring(term string) (n int) {
	for _, s := range v.segments {
		for field := range textFieldCount {
			if !defaultFields.has(field) {
				continue
			}
			p, ok := s.seg.Text(proseField(index.TextFields[field].Name)).Find(term)
			if !ok {
				continue
			}
			if n += p.N; s.deleted != nil {
				n -= int(p.Docs().AndCardinality(s.deleted))
			}
		}
	}
	return n
}

// completeValue returns the size first values of a field of which a prefix begins words.
func (v *view) completeValue(field, prefix string, size int) []index.Completion {
	typed := analysis.NewBeginnings(prefix)
	if typed.Any() || len(v.segments) == 0 {
		return []index.Completion{}
	}
	names := v.naming(index.VariantsMerged)
	c := completing{
		view: v, field: field, typed: typed, longest: typed.Longest(), table: v.numbered(field), book: names.book(field),
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
	if int(of) >= len(c.counts) || c.counts[of] == 0 || c.book != nil && c.book.Hidden(of) {
		return false
	}
	return !c.best.full() || c.counts[of] >= c.best.list[0].count
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
