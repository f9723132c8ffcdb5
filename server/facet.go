package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"unicode/utf8"

	"dateline/index"
)

// FacetAnswer is the JSON of a search for values of a facet.
type FacetAnswer struct {
	Field  index.Field `json:"field"`
	Prefix string      `json:"prefix"`
	Unit   index.Unit  `json:"unit"` // of the counts and of missing
	*index.Facet
}

// NewFacetAnswer makes the answer of what Engine.Facet returned, for programs that print the same without a server.
func NewFacetAnswer(r index.Request, field index.Field, prefix string, facet *index.Facet) FacetAnswer {
	facet.Values = list(facet.Values)
	return FacetAnswer{field, prefix, cmp.Or(r.Count, index.Articles), facet}
}

// facet answers with the values of a facet that a prefix finds: the parameters of a search, and prefix. What a parameter says
// of hits and of other facets makes no difference.
func (s *Server) facet(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	if err := checkPrefix(v["prefix"]); err != nil {
		return err
	}
	field, prefix := index.Field(r.PathValue("field")), v.Get("prefix")
	v.Del("prefix")
	req, err := index.ParseRequest(v, s.clock())
	if err != nil {
		return err
	}
	facet, err := s.runFacet(r.Context(), req, field, prefix)
	if err != nil {
		return noSuchFacet(err)
	}
	return answer(w, http.StatusOK, NewFacetAnswer(req, field, prefix, facet))
}

func checkPrefix(values []string) error {
	switch {
	case len(values) > 1:
		return &index.ParamError{Name: "prefix", Detail: fmt.Sprintf("is given %d times", len(values)), Hint: "give it once"}
	case len(values) == 1 && !utf8.ValidString(values[0]):
		return &index.ParamError{Name: "prefix", Detail: "is not valid UTF-8"}
	}
	return nil
}

// runFacet is run for one facet: it takes its turn among the searches, since it costs as much as one.
func (s *Server) runFacet(ctx context.Context, req index.Request, field index.Field, prefix string) (*index.Facet, error) {
	return inTurn(ctx, s, func(ctx context.Context) (*index.Facet, error) { return s.engine.Facet(ctx, req, field, prefix) })
}

// noSuchFacet makes of a fault in the path that there is nothing there.
func noSuchFacet(err error) error {
	var param *index.ParamError
	if errors.As(err, &param) && param.Name == "field" {
		return &refusal{http.StatusNotFound, "no-such-facet", "the facet " + param.Detail, param.Hint}
	}
	return err
}
