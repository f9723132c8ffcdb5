package memory

import (
	"context"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/analysis"
)

// Complete implements index.Engine.
func (e *Engine) Complete(ctx context.Context, r index.CompletionRequest) (*index.Completions, error) {
	r, err := r.Resolve()
	if err != nil {
		return nil, err
	}
	st, err := e.snapshot(ctx, nil, time.Time{})
	if err != nil {
		return nil, err
	}
	c := &index.Completions{Words: []index.Completion{}, Values: map[index.Field][]index.Completion{}}
	if terms := termsOf(r.Prefix); r.Words && len(terms) == 1 {
		c.Words = largest(st.beginning(terms[0]), r.Size)
	}
	for _, field := range r.Fields {
		c.Values[field] = []index.Completion{}
		if typed := analysis.NewBeginnings(r.Prefix); !typed.Any() {
			c.Values[field] = largest(st.values(field, typed), r.Size)
		}
	}
	return c, nil
}

// Count implements index.Engine.
func (e *Engine) Count(ctx context.Context, requests []index.Request) ([]int, error) {
	counts := make([]int, len(requests))
	if _, err := e.snapshot(ctx, nil, time.Time{}); err != nil {
		return nil, err
	}
	for i, r := range requests {
		r, err := r.ResolveCount()
		if err != nil {
			return nil, err
		}
		s, err := e.find(ctx, r)
		if err != nil {
			return nil, err
		}
		counts[i] = len(s.found)
	}
	return counts, nil
}

func largest(list []index.Completion, size int) []index.Completion {
	slices.SortFunc(list, index.CompareCompletions)
	return append([]index.Completion{}, list[:min(size, len(list))]...)
}

// beginning counts the terms of the default fields that begin with a prefix.
func (st *state) beginning(prefix string) (list []index.Completion) {
	counts := map[string]int{}
	for _, e := range st.all {
		for _, t := range e.texts {
			if !slices.Contains(index.DefaultTextFields, t.field) {
				continue
			}
			seen := map[string]bool{}
			for _, token := range t.tokens {
				if !seen[token.term] && strings.HasPrefix(token.term, prefix) {
					seen[token.term] = true
					counts[token.term]++
				}
			}
		}
	}
	for term, n := range counts {
		list = append(list, index.Completion{Text: term, Articles: n})
	}
	return list
}

// values counts the values of a field that were typed.
func (st *state) values(field index.Field, typed analysis.Beginnings) (list []index.Completion) {
	s := &search{state: st, naming: st.books().naming(index.VariantsMerged)}
	if b := s.naming.book(string(field)); b != nil {
		having, _ := b.share(st.all)
		for of, articles := range having {
			if !b.Hidden(of) && (b.typed(of, typed) || b.called(of, typed)) {
				list = append(list, index.Completion{Text: b.Label(of), Articles: len(articles)})
			}
		}
		return list
	}
	counts, labels := map[string]int{}, s.labels(field)
	for _, e := range st.all {
		for _, key := range e.keys(field) {
			if typed.In(key) {
				counts[key]++
			}
		}
	}
	for key, n := range counts {
		list = append(list, index.Completion{Text: labels[key], Articles: n})
	}
	return list
}

// called reports whether what articles call an entity besides its names is what was typed.
func (b *book) called(of uint32, typed analysis.Beginnings) bool {
	for a := range b.lexicon.Aliases() {
		if b.Of()[a.Name] == of && typed.In(a.Key) {
			return true
		}
	}
	return false
}
