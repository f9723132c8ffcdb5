package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/index"
	"dateline/server/page"
)

// entityPages registers the pages about people, organisations and places, and the address that their forms are sent to.
func (s *Server) entityPages(mux *http.ServeMux) {
	mux.Handle("GET "+page.EntitiesPath, s.handle(s.entitiesPage))
	mux.Handle("GET "+page.EntityPath+"{type}/{name...}", s.handle(s.entityPage))
	mux.Handle("POST "+page.DecidePath, s.write(s.decideOnPage))
	mux.Handle(page.DecidePath, s.handle(only("POST")))
}

// drawForms is draw for pages whose forms write. A browser that may not say where it came from says that of a form that it sends
// neither, and the form would be refused as one of another site.
func drawForms(w http.ResponseWriter, status int, v view) error {
	w.Header().Set("Referrer-Policy", "same-origin")
	return draw(w, status, v)
}

// place is a page about entities: that of one, or without a type that of all.
type place struct {
	typ, name string
	params    url.Values // without done
	done      int        // number of the decision that led to it, or 0
}

func (s *Server) entityPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	p, err := s.entityView(r, newPlace(r.PathValue("type"), r.PathValue("name"), v))
	if err != nil {
		return err
	}
	return drawForms(w, http.StatusOK, p)
}

func (s *Server) entitiesPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return plainly(err)
	}
	p, err := s.entitiesView(r, newPlace("", "", v))
	if err != nil {
		return plainly(err)
	}
	return drawForms(w, http.StatusOK, p)
}

// narrowedPath is the page about an entity or a source that a request is for, or "".
func narrowedPath(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, page.SourcePath) {
		return page.SourceURL(r.PathValue("name"))
	}
	return page.EntityURL(r.PathValue("type"), r.PathValue("name"))
}

// newPlace takes the number of a decision out of the parameters. One that is none tells nothing.
func newPlace(typ, name string, v url.Values) place {
	done, _ := strconv.Atoi(v.Get("done"))
	v.Del("done")
	return place{typ, name, v, done}
}

// url is the address of a page with the notice of a decision.
func (p place) url(done int) string {
	path := page.EntitiesPath
	if p.typ != "" {
		path = page.EntityURL(p.typ, p.name)
	}
	v := url.Values{"done": {strconv.Itoa(done)}}
	for name, values := range p.params {
		v[name] = values
	}
	return path + "?" + v.Encode()
}

// backTo reads where a form asks to come back to. Only the pages about entities have forms, so that no address leads elsewhere.
func backTo(address string) place {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil {
		return place{}
	}
	v, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		v = url.Values{}
	}
	rest, ok := strings.CutPrefix(u.EscapedPath(), page.EntityPath)
	typ, escaped, _ := strings.Cut(rest, "/")
	name, err := url.PathUnescape(escaped)
	if !ok || err != nil || !utf8.ValidString(name) || page.EntityURL(typ, name) == "" {
		typ, name = "", ""
	}
	if u.Path != page.EntitiesPath && typ == "" {
		v = url.Values{}
	}
	return newPlace(typ, name, v)
}

// entityView makes the page of an entity.
func (s *Server) entityView(r *http.Request, at place) (page.Entity, error) {
	if err := index.CheckEntityType(at.typ); err != nil {
		return page.Entity{}, noSuchType(err)
	}
	req, err := index.ParseRequest(at.params, s.clock())
	if err != nil {
		return page.Entity{}, err
	}
	v := page.Entity{Params: req.Values(), Done: at.done}
	for _, name := range []string{"sort", "cursor", "facets", "explain", "recency", "group"} {
		v.Params.Del(name) // make no difference to the page
	}
	return inTurn(r.Context(), s, func(ctx context.Context) (page.Entity, error) {
		if v.Stats, v.MayDecide, err = s.mayDecide(ctx, r); err != nil {
			return v, err
		}
		return v, s.fillEntity(ctx, &v, at, req)
	})
}

// mayDecide describes the index, and says whether a reader may decide.
func (s *Server) mayDecide(ctx context.Context, r *http.Request) (index.Stats, bool, error) {
	stats, err := s.engine.Stats(ctx)
	return stats, s.mayWrite(r) == nil && stats.ReadOnly == "", err
}

// fillEntity asks the engine for what the page shows. Companions are asked for all at once, though the page shows the first of
// each type: one question is a pass over the articles.
func (s *Server) fillEntity(ctx context.Context, v *page.Entity, at place, req index.Request) error {
	a, err := s.describe(ctx, at.typ, at.name, req, index.NetworkOptions{Size: index.MaxNetworkSize})
	if err != nil {
		return err
	}
	v.Info, v.Total, v.Unit, v.With = *a.EntityInfo, a.Matching, a.Unit, a.Companions
	v.Timeline, v.Sources, v.First, v.Latest = a.Timeline, a.Sources, a.First, a.Latest
	if v.MayDecide {
		if v.Choice, err = s.choice(ctx, v.Info); err != nil {
			return err
		}
	}
	v.Decisions, err = s.engine.Decisions(ctx)
	return err
}

// choice lists names that an entity may be merged with: those suggested, and those with a word that begins as its longest does.
func (s *Server) choice(ctx context.Context, info index.EntityInfo) ([]string, error) {
	var list []string
	put := func(name string) {
		own := slices.ContainsFunc(info.Names, func(n index.NameForm) bool { return n.Name == name })
		if !own && name != info.Name && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	for _, x := range info.Suggestions {
		put(x.Name)
		put(x.Other)
	}
	facet, err := s.engine.Facet(ctx, index.Request{FacetSize: 50}, index.Field(info.Type), stemOf(info.Name))
	if err != nil {
		return nil, err
	}
	for _, x := range facet.Values {
		put(x.Value)
	}
	return list, nil
}

// stemOf is the beginning of a name's longest word, which most of its spellings share.
func stemOf(name string) string {
	var longest []rune
	for word := range strings.FieldsSeq(name) {
		if chars := []rune(word); len(chars) > len(longest) {
			longest = chars
		}
	}
	return string(longest[:min(len(longest), 4)])
}

// entitiesView makes the page of all names.
func (s *Server) entitiesView(r *http.Request, at place) (v page.Entities, err error) {
	v.Done = at.done
	if v.Name, err = takeName(at.params); err != nil {
		return v, err
	}
	if v.FacetSize, err = takeNumber(at.params, "facet_size", index.DefaultFacetSize, 1, index.MaxFacetSize); err != nil {
		return v, err
	}
	if v.Size, err = takeNumber(at.params, "size", index.DefaultSize, 1, index.MaxSize); err != nil {
		return v, err
	}
	if err := noneLeft(at.params, "name", "facet_size", "size"); err != nil {
		return v, err
	}
	return inTurn(r.Context(), s, func(ctx context.Context) (page.Entities, error) {
		if v.Stats, v.MayDecide, err = s.mayDecide(ctx, r); err != nil {
			return v, err
		}
		return v, s.fillEntities(ctx, &v)
	})
}

// takeName takes the name that is looked for.
func takeName(v url.Values) (string, error) {
	name, err := take(v, "name")
	switch {
	case err != nil:
		return "", err
	case !utf8.ValidString(name):
		return "", &index.ParamError{Name: "name", Detail: "is not valid UTF-8"}
	case len(name) > index.MaxValueBytes:
		return "", &index.ParamError{Name: "name", Detail: fmt.Sprintf("has %d bytes; no name has more than %d", len(name), index.MaxValueBytes)}
	}
	return name, nil
}

func (s *Server) fillEntities(ctx context.Context, v *page.Entities) (err error) {
	v.Facets = map[index.Field]*index.Facet{}
	for _, typ := range index.EntityTypes {
		f := index.Field(typ)
		if v.Facets[f], err = s.engine.Facet(ctx, index.Request{FacetSize: v.FacetSize}, f, v.Name); err != nil {
			return err
		}
	}
	if v.Suggestions, v.Waiting, err = s.engine.Suggestions(ctx, "", v.Size); err != nil {
		return err
	}
	v.Decisions, err = s.engine.Decisions(ctx)
	return err
}
