package server

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"dateline/index"
	"dateline/server/page"
)

// facetPage lists the values of a facet for the search that the other parameters ask for, those that prefix finds. It lists as
// many as an answer may have, whatever facet_size says.
func (s *Server) facetPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	if err := checkPrefix(v["prefix"]); err != nil {
		return err
	}
	field, prefix := index.Field(r.PathValue("field")), v.Get("prefix")
	v.Del("prefix")
	own, err := takeOwn(v)
	if err != nil {
		return err
	}
	v.Set("facet_size", strconv.Itoa(index.MaxFacetSize))
	req, err := index.ParseRequest(v, s.clock())
	if err != nil {
		return err
	}
	facet, err := s.runFacet(r.Context(), req, field, prefix)
	if err != nil {
		return noSuchFacet(err)
	}
	stats, err := s.engine.Stats(r.Context())
	if err != nil {
		return err
	}
	return draw(w, http.StatusOK, page.FacetPage{
		Params: withOwn(req.Values(), own), Field: field, Prefix: prefix, Facet: facet, Unit: cmp.Or(req.Count, index.Articles), Stats: stats, Now: s.clock(),
	})
}

// takeOwn takes the parameters of the search page itself out of those of the search.
func takeOwn(v url.Values) (own url.Values, err error) {
	own = url.Values{}
	for _, name := range page.Own {
		value, err := take(v, name)
		if err != nil {
			return nil, err
		}
		if value != "" {
			own.Set(name, value)
		}
	}
	return own, page.CheckOwn(own)
}

// withOwn puts them back for the links of a page.
func withOwn(v, own url.Values) url.Values {
	for name, values := range own {
		v[name] = values
	}
	return v
}
