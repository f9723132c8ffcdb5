package server

import (
	"context"
	"net/http"

	"dateline/server/page"
)

func (s *Server) sourcePage(w http.ResponseWriter, r *http.Request) error {
	req, err := s.sourceRequest(r)
	if err != nil {
		return err
	}
	p := page.Source{Params: req.Values()}
	for _, name := range []string{"sort", "cursor", "facets", "explain", "recency", "group"} {
		p.Params.Del(name) // make no difference to the page
	}
	a, err := inTurn(r.Context(), s, func(ctx context.Context) (*SourceAnswer, error) {
		if p.Stats, err = s.engine.Stats(ctx); err != nil {
			return nil, err
		}
		return s.describeSource(ctx, r.PathValue("name"), req)
	})
	if err != nil {
		return err
	}
	p.Name, p.Articles, p.Total, p.Unit = a.Name, a.Articles, a.Matching, a.Unit
	p.Timeline, p.Silence, p.Facets, p.First, p.Latest = a.Timeline, a.Silence, a.Facets, a.First, a.Latest
	return draw(w, http.StatusOK, p)
}

func (s *Server) sourcesPage(w http.ResponseWriter, r *http.Request) error {
	l, a, stats, err := s.readSources(r)
	if err != nil {
		return err
	}
	return draw(w, http.StatusOK, page.Sources{
		Name: l.name, Page: l.page, Size: l.size, Total: a.Total, Interval: a.Interval, Rows: a.Sources, Stats: stats,
	})
}
