package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"time"
	"unicode/utf8"

	"dateline/index"
)

// params reads the parameters of a request and refuses what could only be read in part. With a fault of a query it returns them, too.
func (s *Server) params(r *http.Request) (url.Values, error) {
	v, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, &refusal{http.StatusBadRequest, "bad-parameter", "the parameters cannot be read: " + shorten(err.Error()), ""}
	}
	for _, text := range v["q"] { // a comparison has several
		if err := s.checkQuery(text); err != nil {
			return v, err
		}
	}
	return v, nil
}

// checkQuery refuses what is not parsed: a query that is too long, or no text.
func (s *Server) checkQuery(text string) error {
	switch {
	case len(text) > s.o.MaxQueryBytes:
		return &index.ParamError{Name: "q", Detail: fmt.Sprintf("has %d bytes; at most %d are read", len(text), s.o.MaxQueryBytes)}
	case !utf8.ValidString(text):
		return &index.ParamError{Name: "q", Detail: "is not valid UTF-8"}
	}
	return nil
}

// request reads the search that a request asks for.
func (s *Server) request(r *http.Request) (index.Request, error) {
	v, err := s.params(r)
	if err != nil {
		return index.Request{}, err
	}
	return index.ParseRequest(v, s.clock())
}

// run searches when its turn comes, within SearchTimeout. Every search of a handler goes through it.
func (s *Server) run(ctx context.Context, req index.Request) (*index.Result, error) {
	return inTurn(ctx, s, func(ctx context.Context) (*index.Result, error) { return s.engine.Search(ctx, req) })
}

// inTurn does what costs as much as a search when its turn among the searches comes, within SearchTimeout, waiting included.
func inTurn[T any](ctx context.Context, s *Server, do func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, s.o.SearchTimeout)
	defer cancel()
	if err := s.searches.enter(ctx); err != nil {
		var none T
		return none, err
	}
	defer s.searches.leave()
	return do(ctx)
}

// find answers the search that a request asks for.
func (s *Server) find(r *http.Request) (req index.Request, result *index.Result, err error) {
	if req, err = s.request(r); err == nil {
		result, err = s.run(r.Context(), req)
	}
	return req, result, err
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	_, result, err := s.find(r)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, presentable(result))
}

// presentable returns a result whose JSON needs no special case: no null lists, and only numbers that JSON has.
func presentable(result *index.Result) *index.Result {
	r := *result
	r.TookMS = finite(r.TookMS)
	if r.Facets == nil {
		r.Facets = map[index.Field]*index.Facet{}
	}
	r.Hits = make([]index.Hit, len(result.Hits))
	for i, h := range result.Hits {
		h.Score = finite(h.Score)
		h.People, h.Orgs, h.Places = list(h.People), list(h.Orgs), list(h.Places)
		h.Highlights.Title, h.Highlights.Body = list(h.Highlights.Title), list(h.Highlights.Body)
		r.Hits[i] = h
	}
	return &r
}

func finite(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// articleID returns the id at the end of a path. Ids that no engine keeps need not be looked for.
func articleID(r *http.Request) (string, error) {
	id, err := pathID(r)
	if err == nil && r.URL.RawQuery != "" {
		return "", &refusal{http.StatusBadRequest, "bad-parameter", "an article has no parameters", "write a question mark in an id as %3F"}
	}
	return id, err
}

// pathID is articleID where parameters may follow.
func pathID(r *http.Request) (string, error) {
	id := r.PathValue("id")
	if id == "" || len(id) > index.MaxIDBytes || !utf8.ValidString(id) {
		return "", index.ErrNotFound
	}
	return id, nil
}

func (s *Server) article(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	a, err := s.engine.Get(r.Context(), id)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, a)
}

// deletion answers how many articles were there to be deleted.
type deletion struct {
	Deleted int `json:"deleted"`
}

func (s *Server) deleteArticle(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	n, err := s.o.Ledger.Delete(r.Context(), s.engine, []string{id})
	switch {
	case err != nil:
		return err
	case n == 0:
		return index.ErrNotFound
	}
	return answer(w, http.StatusOK, deletion{n})
}

func (s *Server) deleteMany(w http.ResponseWriter, r *http.Request) error {
	ids, err := readIDs(r)
	if err != nil {
		return err
	}
	n, err := s.o.Ledger.Delete(r.Context(), s.engine, ids)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, deletion{n})
}

// readIDs reads {"ids":[…]}.
func readIDs(r *http.Request) ([]string, error) {
	var asked struct {
		IDs []string `json:"ids"`
	}
	err := decodeObject(r.Body, &asked)
	if wrong := bodyError(r); wrong != nil {
		return nil, wrong
	}
	if err == nil && asked.IDs == nil {
		err = errors.New("it has no ids")
	}
	if err != nil {
		return nil, badBody(err, `write {"ids":["first","second"]}`)
	}
	return asked.IDs, nil
}

// decodeObject reads one object of JSON, with none but the fields of v.
func decodeObject(body io.Reader, v any) error {
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, more := d.Token(); more != io.EOF {
		return errors.New("something follows the object")
	}
	return nil
}

func badBody(err error, hint string) error {
	return &refusal{http.StatusBadRequest, "bad-body", "the body cannot be read: " + shorten(err.Error()), hint}
}

func (s *Server) stats(w http.ResponseWriter, r *http.Request) error {
	stats, err := s.engine.Stats(r.Context())
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, stats)
}

// healthy says that the process lives.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) error {
	return answer(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readiness says whether the engine answers, and whether it takes articles.
type readiness struct {
	Ready    bool   `json:"ready"`
	Writable bool   `json:"writable"`
	Reason   string `json:"reason,omitempty"` // why it is not writable
}

// readyTimeout is what an engine has to answer within to be ready: probes usually wait no longer.
const readyTimeout = 2 * time.Second

func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	stats, err := s.engine.Stats(ctx)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return &refusal{http.StatusServiceUnavailable, "not-ready", "the index does not answer", ""}
	case err != nil:
		return err
	}
	return answer(w, http.StatusOK, readiness{true, stats.ReadOnly == "", stats.ReadOnly})
}
