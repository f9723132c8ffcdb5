package memory

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/aliases"
)

// Entity implements index.Engine.
func (e *Engine) Entity(ctx context.Context, typ, name string) (*index.EntityInfo, error) {
	if err := index.CheckEntityType(typ); err != nil {
		return nil, err
	}
	st, err := e.snapshot(ctx, time.UTC, time.Time{})
	if err != nil {
		return nil, err
	}
	n := st.books().naming(index.VariantsMerged)
	info, ok := n.book(typ).Entity(name)
	if !ok {
		return nil, index.ErrNotFound
	}
	having := st.having(n, typ, info.Name)
	info.Total = index.Total{Articles: len(having), Texts: count(having, index.Texts), Stories: count(having, index.Stories)}
	for i := range info.Suggestions {
		st.complete(n, &info.Suggestions[i])
	}
	return &info, nil
}

// having returns the articles that have a name of an entity.
func (st *state) having(n *naming, typ, name string) (list []*entry) {
	for _, e := range st.all {
		if n.has(e, typ, name, false) {
			list = append(list, e)
		}
	}
	return list
}

// Suggestions implements index.Engine.
func (e *Engine) Suggestions(ctx context.Context, typ string, size int) ([]index.Suggested, int, error) {
	if typ != "" {
		if err := index.CheckEntityType(typ); err != nil {
			return nil, 0, err
		}
	}
	st, err := e.snapshot(ctx, time.UTC, time.Time{})
	if err != nil {
		return nil, 0, err
	}
	n := st.books().naming(index.VariantsMerged)
	list, total := []index.Suggested{}, 0
	for _, b := range n.list {
		if typ == "" || typ == b.typ {
			_, all := b.Suggestions(0)
			some, _ := b.Suggestions(all)
			list, total = append(list, some...), total+all
		}
	}
	slices.SortStableFunc(list, aliases.CompareSuggested)
	list = list[:min(max(size, 0), len(list))]
	for i := range list {
		st.complete(n, &list[i])
	}
	return list, total, nil
}

// maxShared is how many entities a suggestion lists.
const maxShared = 5

// complete says of a suggestion what the articles say of it.
func (st *state) complete(n *naming, s *index.Suggested) {
	with, fewer := st.having(n, s.Type, s.Name), st.having(n, s.Type, s.Other)
	if len(with) < len(fewer) {
		with, fewer, s.Name, s.Other = fewer, with, s.Other, s.Name
	}
	s.Articles = [2]int{len(with), len(fewer)}
	for _, e := range with {
		if slices.Contains(fewer, e) {
			s.Together++
		}
	}
	type companion struct {
		name  string
		count int
	}
	var list []companion
	both, one, two := 0, 0, 0
	for _, b := range n.list {
		for i := range b.Of() {
			of := uint32(i)
			if b.Of()[i] != of || b.Hidden(of) || b.typ == s.Type && (b.Label(of) == s.Name || b.Label(of) == s.Other) {
				continue
			}
			names := func(e *entry) bool { return slices.Contains(b.of(e), of) }
			count, more := countIf(fewer, names), countIf(with, names)
			both, one, two = both+count*more, one+more*more, two+count*count
			if count > 0 && more > 0 {
				list = append(list, companion{b.Label(of), count})
			}
		}
	}
	slices.SortFunc(list, func(a, b companion) int { return cmp.Or(b.count-a.count, strings.Compare(a.name, b.name)) })
	s.Company = index.Cosine(both, one, two)
	first, last := spanOf(with)
	first2, last2 := spanOf(fewer)
	s.DaysApart = index.DaysApart([2]index.Time{first, first2}, [2]index.Time{last, last2})
	s.Shared = []string{}
	for _, c := range list[:min(maxShared, len(list))] {
		s.Shared = append(s.Shared, c.name)
	}
}

// spanOf returns when articles were published, the first and the last.
func spanOf(list []*entry) (first, last index.Time) {
	for _, e := range list {
		at := e.article.Published
		if at.IsZero() {
			continue
		}
		if first.IsZero() || at.Before(first.Time) {
			first = at
		}
		if last.IsZero() || at.After(last.Time) {
			last = at
		}
	}
	return first, last
}

func countIf(list []*entry, f func(*entry) bool) (n int) {
	for _, e := range list {
		if f(e) {
			n++
		}
	}
	return n
}

// Decide implements index.Engine.
func (e *Engine) Decide(ctx context.Context, decisions []index.Decision) ([]index.Decision, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	added, err := e.log.Decide(index.At(e.clock()), decisions, func(before func() *aliases.Decided, d index.Decision) error {
		if d.Action != index.ActionRename {
			return nil
		}
		return newBooks(e.sorted(), e.graphs, before()).list[slices.Index(index.EntityTypes, d.Type)].Check(d)
	})
	if err == nil {
		e.changed()
	}
	return added, err
}

// Decisions implements index.Engine.
func (e *Engine) Decisions(ctx context.Context) ([]index.Decision, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	return slices.Clone(e.log.All()), nil
}
