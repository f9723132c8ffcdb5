package server

import (
	"context"
	"errors"

	"dateline/index"
	"dateline/query"
	"dateline/server/page"
)

// copies counts for each hit of a search that lists one of each text or story the articles of the search that it stands for,
// and their sources. It counts facets, since a search that finds little looks for reasons as well.
func (s *Server) copies(ctx context.Context, r index.Request, found *index.Result) (map[string]page.Copies, error) {
	field := map[index.Unit]string{index.Texts: "text", index.Stories: "story"}[r.Group]
	if field == "" || found.Total.Of(r.Group) == found.Total.Articles {
		return nil, nil
	}
	return inTurn(ctx, s, func(ctx context.Context) (map[string]page.Copies, error) {
		all := map[string]page.Copies{}
		for _, h := range found.Hits {
			id, err := s.groupID(ctx, r, h)
			if err != nil {
				return nil, err
			}
			if id == "" {
				continue
			}
			if all[h.ID], err = s.copiesOf(ctx, r, found.Query.Match, field, id); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
}

// groupID is the id of the text or the story of a hit; "" where it has none of which there may be others. Of an earlier version a
// hit does not tell the text.
func (s *Server) groupID(ctx context.Context, r index.Request, h index.Hit) (string, error) {
	switch {
	case r.Group == index.Stories && h.Story.Articles > 1:
		return h.Story.ID, nil
	case r.Group == index.Stories || !r.AsOf.IsZero():
		return "", nil
	}
	a, err := s.engine.Get(ctx, h.ID)
	if err != nil {
		return "", ignoreGone(err)
	}
	return a.Text, nil
}

// copiesOf counts the articles of a search that have a value, by source. A facet's counts do not see its own filters, so those by
// source become part of the query.
func (s *Server) copiesOf(ctx context.Context, r index.Request, match query.Match, field, id string) (page.Copies, error) {
	q := page.Among(r.Query, field, id)
	q.Root, r.Filters = withSources(q.Root, r.Filters)
	f, err := s.engine.Facet(ctx, index.Request{
		Query: q, Match: match, Filters: r.Filters, Zone: r.Zone, Variants: r.Variants, AsOf: r.AsOf, FacetSize: index.MaxFacetSize,
	}, index.FieldSource, "")
	if err != nil {
		return page.Copies{}, err
	}
	c := page.Copies{Field: field, ID: id, Articles: f.Missing, Sources: f.Values, Distinct: f.Distinct}
	for _, v := range f.Values {
		c.Articles += v.Count
	}
	if f.Distinct > len(f.Values) { // more sources than can be added up
		return page.Copies{}, nil
	}
	return c, nil
}

// withSources moves the filters by source into a query.
func withSources(root query.Node, f index.Filters) (query.Node, index.Filters) {
	value := func(v string) query.Node { return query.Value{Field: string(index.FieldSource), Text: v} }
	nodes := []query.Node{root}
	var any []query.Node
	for _, v := range f.Include[index.FieldSource] {
		any = append(any, value(v))
	}
	if len(any) == 1 {
		nodes = append(nodes, any[0])
	} else if len(any) > 1 {
		nodes = append(nodes, query.Or{Nodes: any})
	}
	for _, v := range f.Exclude[index.FieldSource] {
		nodes = append(nodes, query.Not{Node: value(v)})
	}
	rest := f
	rest.Include, rest.Exclude, rest.Missing = unsourced(f.Include), unsourced(f.Exclude), nil
	for _, field := range f.Missing {
		if field == index.FieldSource {
			nodes = append(nodes, query.Not{Node: query.Has{Field: string(field)}})
		} else {
			rest.Missing = append(rest.Missing, field)
		}
	}
	if len(nodes) == 1 {
		return root, rest
	}
	return query.And{Nodes: nodes}, rest
}

// unsourced are the filters but those by source.
func unsourced(filters map[index.Field][]string) map[index.Field][]string {
	rest := map[index.Field][]string{}
	for field, values := range filters {
		if field != index.FieldSource {
			rest[field] = values
		}
	}
	return rest
}

// ignoreGone takes an article that was deleted meanwhile for none.
func ignoreGone(err error) error {
	if errors.Is(err, index.ErrNotFound) {
		return nil
	}
	return err
}
