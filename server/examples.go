package server

import (
	"context"
	"slices"
	"time"

	"dateline/index"
	"dateline/query"
	"dateline/server/page"
)

// examplesTimeout bounds what a reader of the help waits for its numbers; those that take longer are left out.
const examplesTimeout = time.Second

// makeExamples searches with each example: those that every help has, and some with names of this index. The error says that not all
// were reached in time.
func (s *Server) makeExamples(ctx context.Context, stats index.Stats) (page.Examples, error) {
	ctx, cancel := context.WithTimeout(ctx, examplesTimeout)
	defer cancel()
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
	return made, ctx.Err()
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
