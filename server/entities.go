package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"dateline/index"
)

// EntityAnswer is the JSON of an entity: what the index knows of it, and its articles as far as a request leaves them.
type EntityAnswer struct {
	*index.EntityInfo
	Matching index.Total     `json:"matching"` // its articles that the request leaves
	Unit     index.Unit      `json:"unit"`     // of what follows
	Timeline *index.Timeline `json:"timeline"`
	Sources  *index.Facet    `json:"sources"`
	First    *index.Hit      `json:"first"` // the oldest article, null when none has a date
	Latest   []index.Hit     `json:"latest"`
	// Companions are the entities that stand out most in its articles, by strength.
	Companions []index.Node `json:"companions"`
}

// DefaultCompanions is how many companions an entity is shown with.
const DefaultCompanions = 20

// DescribeEntity asks an engine for all that is shown of an entity, for programs that print the same without a server. Of the
// request, the order of the hits and which facets there are make no difference; of the options, Size is the number of companions.
// The parts are asked for one after the other: an index that is written to meanwhile may have changed between them.
// Errors: those of Engine.Entity and Engine.Search; *index.ParamError for a filter by the entity's own type, of which the values
// would be alternatives to it.
func DescribeEntity(ctx context.Context, e index.Engine, typ, name string, r index.Request, o index.NetworkOptions) (*EntityAnswer, error) {
	info, err := e.Entity(ctx, typ, name)
	if err != nil {
		return nil, err
	}
	field := index.Field(typ)
	if len(r.Filters.Include[field]) > 0 {
		return nil, &index.ParamError{Name: typ, Detail: "cannot narrow the articles of an entity of this type", Hint: fmt.Sprintf("write %s:\"…\" in the query", typ)}
	}
	shown := info.Name
	if r.Variants == index.VariantsOff {
		shown = name
	}
	r.Filters.Include = maps.Clone(r.Filters.Include)
	if r.Filters.Include == nil {
		r.Filters.Include = map[index.Field][]string{}
	}
	r.Filters.Include[field] = []string{shown}
	r.Cursor, r.Group, r.Explain = "", "", false
	a := &EntityAnswer{EntityInfo: presentableEntity(info), Unit: cmp.Or(r.Count, index.Articles)}
	if shown, err = a.addArticles(ctx, e, r, field); err != nil {
		return nil, err
	}
	return a, a.addCompanions(ctx, e, r, o, shown)
}

// addArticles fills in what two searches find, and returns the name by which the engine shows the entity.
func (a *EntityAnswer) addArticles(ctx context.Context, e index.Engine, r index.Request, field index.Field) (shown string, err error) {
	r.Sort, r.Facets = index.SortNewest, []index.Field{index.FieldSource, field}
	result, err := e.Search(ctx, r)
	if err != nil {
		return "", err
	}
	result = presentable(result)
	a.Matching, a.Timeline, a.Latest, a.Sources = result.Total, result.Timeline, result.Hits, result.Facets[index.FieldSource]
	a.Sources.Values = list(a.Sources.Values)
	r.Sort, r.Facets, r.Interval, r.Size = index.SortOldest, nil, "", 1
	oldest, err := e.Search(ctx, r)
	if err != nil {
		return "", err
	}
	if hits := presentable(oldest).Hits; len(hits) > 0 && !hits[0].Published.IsZero() {
		a.First = &hits[0]
	}
	for _, v := range result.Facets[field].Values {
		if v.Selected && !v.Excluded {
			return v.Value, nil
		}
	}
	return a.Name, nil
}

// addCompanions fills in the entities that are found with it, itself left out.
func (a *EntityAnswer) addCompanions(ctx context.Context, e index.Engine, r index.Request, o index.NetworkOptions, shown string) error {
	o.Size, o.By, o.Edges = cmp.Or(o.Size, DefaultCompanions), cmp.Or(o.By, index.OrderStrength), false
	wanted := o.Size
	o.Size = min(wanted+1, index.MaxNetworkSize)
	network, err := e.Network(ctx, r, o)
	if err != nil {
		return err
	}
	a.Companions = []index.Node{}
	for _, n := range NewNetworkAnswer(network).Nodes {
		if (n.Type != a.Type || n.Name != shown) && len(a.Companions) < wanted {
			a.Companions = append(a.Companions, n)
		}
	}
	return nil
}

// presentableEntity returns what is known of an entity with no null lists, and only numbers that JSON has.
func presentableEntity(info *index.EntityInfo) *index.EntityInfo {
	i := *info
	i.Names, i.Aliases, i.Apart, i.Suggestions = list(i.Names), list(i.Aliases), list(i.Apart), presentableSuggestions(i.Suggestions)
	return &i
}

func presentableSuggestions(suggested []index.Suggested) []index.Suggested {
	shown := make([]index.Suggested, len(suggested))
	for i, s := range suggested {
		s.Score, s.Shared = finite(s.Score), list(s.Shared)
		shown[i] = s
	}
	return shown
}

// entity answers with an entity: the parameters of a search, types and nodes for its companions, and brief for nothing but
// what the index knows of it.
func (s *Server) entity(w http.ResponseWriter, r *http.Request) error {
	typ, name := r.PathValue("type"), r.PathValue("name")
	if err := index.CheckEntityType(typ); err != nil {
		return noSuchType(err)
	}
	v, err := s.params(r)
	if err != nil {
		return err
	}
	brief, err := takeSwitch(v, "brief", false)
	if err != nil {
		return err
	}
	req, o, err := s.networkRequest(v)
	if err != nil {
		return err
	}
	found, err := inTurn(r.Context(), s, func(ctx context.Context) (any, error) {
		if brief {
			return s.briefly(ctx, typ, name)
		}
		return s.describe(ctx, typ, name, req, o)
	})
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, found)
}

func (s *Server) briefly(ctx context.Context, typ, name string) (*index.EntityInfo, error) {
	info, err := s.engine.Entity(ctx, typ, name)
	if err != nil {
		return nil, s.noSuchEntity(ctx, typ, name, err)
	}
	return presentableEntity(info), nil
}

// describe is DescribeEntity for a handler, within a turn.
func (s *Server) describe(ctx context.Context, typ, name string, r index.Request, o index.NetworkOptions) (*EntityAnswer, error) {
	a, err := DescribeEntity(ctx, s.engine, typ, name, r, o)
	if err != nil {
		return nil, s.noSuchEntity(ctx, typ, name, err)
	}
	return a, nil
}

// noSuchEntity makes of ErrNotFound a fault that names what was probably meant.
func (s *Server) noSuchEntity(ctx context.Context, typ, name string, err error) error {
	if !errors.Is(err, index.ErrNotFound) {
		return err
	}
	near, err := Nearest(ctx, s.engine, typ, name)
	if err != nil {
		return err
	}
	return &refusal{http.StatusNotFound, "no-such-entity", fmt.Sprintf("there is no %s %s", typ, quote(name)), DidYouMean(near)}
}

// noSuchType makes of a fault in the path that there is nothing there.
func noSuchType(err error) error {
	var param *index.ParamError
	if errors.As(err, &param) {
		return &refusal{http.StatusNotFound, "no-such-type", "the type " + param.Detail, param.Hint}
	}
	return err
}

// entities lists the entities of a type: it is the search for values of the facet.
func (s *Server) entities(w http.ResponseWriter, r *http.Request) error {
	typ := r.PathValue("type")
	if err := index.CheckEntityType(typ); err != nil {
		return noSuchType(err)
	}
	r.SetPathValue("field", typ)
	return s.facet(w, r)
}

// SuggestionsAnswer is the JSON of pairs of entities that may be one.
type SuggestionsAnswer struct {
	Total       int               `json:"total"`
	Suggestions []index.Suggested `json:"suggestions"`
}

// NewSuggestionsAnswer makes the answer of what Engine.Suggestions returned, for programs that print the same without a server.
func NewSuggestionsAnswer(suggested []index.Suggested, total int) SuggestionsAnswer {
	return SuggestionsAnswer{total, presentableSuggestions(suggested)}
}

// Bounds of the suggestions in one answer.
const (
	DefaultSuggestions = 20
	MaxSuggestions     = 1000
)

func (s *Server) suggestions(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	typ, err := take(v, "type")
	if err == nil && typ != "" {
		err = index.CheckEntityType(typ)
	}
	if err != nil {
		return err
	}
	size, err := takeNumber(v, "size", DefaultSuggestions, 0, MaxSuggestions)
	if err == nil {
		err = noneLeft(v, "type", "size")
	}
	if err != nil {
		return err
	}
	found, err := inTurn(r.Context(), s, func(ctx context.Context) (SuggestionsAnswer, error) {
		suggested, total, err := s.engine.Suggestions(ctx, typ, size)
		return NewSuggestionsAnswer(suggested, total), err
	})
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, found)
}

// isOneOf reports whether a value is one of those allowed, as the error of a parameter.
func isOneOf[T ~string](name string, value T, allowed ...T) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	e := &index.ParamError{Name: name, Detail: "must be "}
	for i, a := range allowed {
		switch {
		case i > 0 && i == len(allowed)-1:
			e.Detail += " or "
		case i > 0:
			e.Detail += ", "
		}
		e.Detail += string(a)
	}
	e.Detail += ", not " + quote(string(value))
	return e
}

// quote writes a foreign value for a message, shortened.
func quote(value string) string { return fmt.Sprintf("%q", shorten(value)) }
