package server

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"dateline/index"
	"dateline/query"
	"dateline/server/page"
)

// articlePage shows an article. The parameters are those of the search that led to it, and names=1 or 0.
func (s *Server) articlePage(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	v, err := s.params(r)
	if err != nil {
		return err
	}
	a, err := s.engine.Get(r.Context(), id)
	if err != nil {
		return err
	}
	p := page.Article{Article: a}
	if p.Names, err = takeNames(v); err != nil {
		return err
	}
	if p.Place, err = s.place(r.Context(), id, v); err != nil {
		return err
	}
	if p.Stats, err = s.engine.Stats(r.Context()); err != nil {
		return err
	}
	if err := s.addAlike(r.Context(), &p); err != nil {
		return err
	}
	return draw(w, http.StatusOK, p)
}

// takeNames takes whether names are links in the text, as the page wants it.
func takeNames(v url.Values) (string, error) {
	if v.Get("names") == "" {
		v.Del("names")
		return "", nil
	}
	on, err := takeSwitch(v, "names", false)
	if err != nil || !on {
		return "0", plainly(err)
	}
	return "1", nil
}

// place finds where an article stands in the list of the search that led to it; nil when none did.
func (s *Server) place(ctx context.Context, id string, v url.Values) (*page.Place, error) {
	if len(v) == 0 {
		return nil, nil
	}
	req, err := index.ParseRequest(v, s.clock())
	if err != nil {
		return nil, err
	}
	req.Around = ""
	p := &page.Place{Params: req.Values(), Group: req.Group}
	req.Around, req.Size, req.Cursor, req.Facets, req.Interval, req.Explain = id, -1, "", nil, "", false
	found, err := s.run(ctx, req)
	if err != nil {
		return nil, err
	}
	p.Around, p.Total = found.Around, found.Total
	return p, nil
}

// maxOthers is how many articles of the same story, or with the same text, an article's page names; a link leads to all.
const maxOthers = 5

// addAlike finds other articles with the article's text and of its story: by one search where these are the same.
func (s *Server) addAlike(ctx context.Context, p *page.Article) error {
	copies, err := s.alike(ctx, "text", p.Article.Text)
	if err != nil {
		return err
	}
	story := copies
	if !isStory(copies) {
		if story, err = s.alike(ctx, "story", p.Article.Story); err != nil {
			return err
		}
	}
	if p.Article.Story != "" && len(story.Hits) > 0 {
		p.Story, p.Others = story.Hits[0].Story, others(story.Hits, p.Article.ID)
	}
	if p.Article.Text == "" {
		return nil
	}
	p.Copies = &page.Reprints{Articles: copies.Total.Articles, Some: others(copies.Hits, p.Article.ID)}
	if f := copies.Facets[index.FieldSource]; f != nil {
		p.Copies.Sources = f.Distinct
	}
	return nil
}

// isStory reports whether the articles with one text are of one story, and all of it.
func isStory(copies *index.Result) bool {
	return copies.Total.Stories == 1 && len(copies.Hits) > 0 && copies.Hits[0].Story.Articles == copies.Total.Articles
}

// alike finds the newest articles with a value, and the sources of all; nothing without a value.
func (s *Server) alike(ctx context.Context, field, value string) (*index.Result, error) {
	if value == "" {
		return &index.Result{}, nil
	}
	return s.run(ctx, index.Request{
		Query: &query.Query{Root: query.Value{Field: field, Text: value}}, Match: query.MatchAll, Sort: index.SortNewest, Size: maxOthers + 1,
		Facets: []index.Field{index.FieldSource}, FacetSize: 1, Unmarked: true,
	})
}

// others leaves an article out of hits, and those that are too many.
func others(hits []index.Hit, id string) []index.Hit {
	list := slices.DeleteFunc(slices.Clone(hits), func(h index.Hit) bool { return h.ID == id })
	return list[:min(len(list), maxOthers)]
}
