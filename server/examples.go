package server

import (
	"context"
	"slices"
	"sync"
	"time"

	"dateline/index"
	"dateline/query"
	"dateline/server/page"
)

// examples are what the help shows of the index: searches with what they find. They are counted again only when the index has
// changed. The zero value is ready.
type examples struct {
	mu    sync.Mutex
	of    index.Changes
	known bool
	kept  page.Examples
}

// examplesTimeout bounds what a reader of the help waits for its numbers; those that take longer are left out.
const examplesTimeout = time.Second

// get returns the examples as the index is now. The caller must not change them.
func (e *examples) get(ctx context.Context, s *Server, stats index.Stats) page.Examples {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.known && e.of == stats.Changes {
		return e.kept
	}
	ctx, cancel := context.WithTimeout(ctx, examplesTimeout)
	defer cancel()
	made := s.makeExamples(ctx, stats)
	if ctx.Err() == nil {
		e.known, e.of, e.kept = true, stats.Changes, made
	}
	return made
}

// makeExamples searches with each example: those that every help has, and some with names of this index.
func (s *Server) makeExamples(ctx context.Context, stats index.Stats) page.Examples {
	made := page.Examples{Own: s.ownExamples(ctx, stats), Found: map[string]int{}}
	for _, text := range slices.Concat(page.FirstExamples(), made.Texts()) {
		q, err := query.Parse(text, s.clock())
		if err != nil {
			continue
		}
		result, err := s.run(ctx, index.Request{Query: q, Match: query.MatchAll, Size: -1})
		if err == nil {
			made.Found[text] = result.Total.Articles
		}
	}
	return made
}

// ownExamples are searches for what the index has most of. There are none where that cannot be found out in time.
func (s *Server) ownExamples(ctx context.Context, stats index.Stats) []page.Example {
	fields := []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace, index.FieldSource, index.FieldTopic}
	result, err := s.run(ctx, index.Request{Size: -1, Facets: fields, FacetSize: 1})
	if err != nil {
		return nil
	}
	var own []page.Example
	for _, f := range fields {
		if c := result.Facets[f]; c != nil && len(c.Values) > 0 {
			own = append(own, page.OwnExample(f, c.Values[0].Value))
		}
	}
	if !stats.Last.IsZero() {
		own = append(own, page.MonthExample(stats.Last))
	}
	return own
}
