package server

import (
	"context"
	"slices"

	"dateline/index"
	"dateline/query"
)

// future counts the articles that an order by date puts last, since they are flagged as dated in the future. Only first pages
// ask, and only where it is not asked to order them as others.
func (s *Server) future(ctx context.Context, r index.Request, found *index.Result) (n int, err error) {
	field := apartFrom(r.Filters)
	if r.Future || r.Cursor != "" || !byDate(r) || found.Total.Articles == 0 || field == "" {
		return 0, nil
	}
	root := query.Node(query.Value{Field: "flag", Text: index.FlagFutureDate})
	if r.Query != nil && r.Query.Root != nil {
		root = query.And{Nodes: []query.Node{r.Query.Root, root}}
	}
	q := index.Request{
		Query: &query.Query{Root: root}, Match: found.Query.Match, Filters: r.Filters, Zone: r.Zone, Variants: r.Variants, AsOf: r.AsOf,
		FacetSize: index.MaxFacetSize,
	}
	f, err := inTurn(ctx, s, func(ctx context.Context) (*index.Facet, error) { return s.engine.Facet(ctx, q, field, "") })
	if err != nil {
		return 0, err
	}
	n = f.Missing
	for _, v := range f.Values {
		n += v.Count
	}
	return n, nil
}

func byDate(r index.Request) bool {
	switch r.Sort {
	case index.SortNewest, index.SortOldest:
		return true
	}
	return r.Query == nil || !index.HasWords(r.Query.Tree(query.MatchAll))
}

// apartFrom is a field of one value at most for each article, and few in all, that no filter is about: its values add up to the
// articles. Counting them costs less than a search, which looks for reasons when it finds nothing. "" when there is none.
func apartFrom(f index.Filters) index.Field {
	for _, field := range []index.Field{index.FieldLanguage, index.FieldAgency, index.FieldSection} {
		if len(f.Include[field])+len(f.Exclude[field]) == 0 && !slices.Contains(f.Missing, field) {
			return field
		}
	}
	return ""
}
