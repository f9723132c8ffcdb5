package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/compare"
	"dateline/query"
	"dateline/server/page"
)

// comparePages registers the comparison of queries, as a page, as JSON and CSV, and as a picture.
func (s *Server) comparePages(mux *http.ServeMux) {
	mux.Handle("GET "+page.ComparePath, s.handle(s.comparePage))
	mux.Handle("GET "+page.CompareSVGPath, s.handle(s.compareSVG))
	mux.Handle("GET /api/v1/compare", s.handle(s.compare))
}

// comparison is what a request compares.
type comparison struct {
	texts   []string // of the queries, without empty ones
	queries []*query.Query
	faults  map[int]*query.Error // of the queries that cannot be read
	request index.Request
	chart   string
}

// comparison reads the parameters: those of a search, with q once for each query, and chart. What they say of hits and facets
// makes no difference. It returns what it has read with the error: *index.ParamError, *compare.QueryError of the first faulty query.
func (s *Server) comparison(v url.Values) (c comparison, err error) {
	asked := v["q"]
	v.Del("q")
	for _, text := range asked {
		if strings.TrimSpace(text) != "" {
			c.texts = append(c.texts, text)
		}
	}
	if c.chart, err = takeChart(v); err != nil {
		return c, err
	}
	if n := len(c.texts); n > compare.Most {
		return c, &index.ParamError{Name: "q", Detail: fmt.Sprintf("is given %d times; at most %d queries are compared", n, compare.Most)}
	}
	if c.request, err = index.ParseRequest(v, s.clock()); err != nil {
		return c, err
	}
	return c, s.parseAll(&c)
}

// parseAll parses each query, in the zone of the request.
func (s *Server) parseAll(c *comparison) error {
	c.faults = map[int]*query.Error{}
	now := s.clock().UTC()
	if zone := c.request.Zone; zone != nil {
		now = now.In(zone)
	}
	var first error
	for i, text := range c.texts {
		q, err := query.Parse(text, now)
		if fault := (*query.Error)(nil); errors.As(err, &fault) {
			c.faults[i] = fault
		}
		if c.queries = append(c.queries, q); err != nil && first == nil {
			first = &compare.QueryError{Number: i, Err: err}
		}
	}
	return first
}

// params are those of the page.
func (c comparison) params() url.Values {
	v := c.request.Values()
	if c.chart != "" {
		v.Set("chart", c.chart)
	}
	if len(c.texts) > 0 {
		v["q"] = slices.Clone(c.texts)
	}
	return v
}

// runCompare compares in one turn among the searches, of which it is several.
func (s *Server) runCompare(ctx context.Context, c comparison) (*compare.Comparison, error) {
	return inTurn(ctx, s, func(ctx context.Context) (*compare.Comparison, error) {
		return compare.Queries(ctx, s.engine.Search, c.request, c.queries)
	})
}

// compare answers programs, with JSON or CSV.
func (s *Server) compare(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	format, err := take(v, "format")
	if err == nil && format != "" {
		err = isOneOf("format", format, "json", "csv")
	}
	if err != nil {
		return err
	}
	c, err := s.comparison(v)
	if err != nil {
		return err
	}
	result, err := s.runCompare(r.Context(), c)
	switch {
	case err != nil:
		return err
	case format == "csv":
		return download(w, compare.CSVType, "comparison.csv", func(b *bytes.Buffer) error { return compare.WriteCSV(b, result) })
	}
	result.TookMS = finite(result.TookMS)
	return answer(w, http.StatusOK, result)
}

// compareSVG answers with the chart as a file. It is no page, and may load nothing even where a browser shows it as one.
func (s *Server) compareSVG(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	c, err := s.comparison(v)
	if err != nil {
		return err
	}
	result, err := s.runCompare(r.Context(), c)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", apiPolicy)
	w.Header().Set("Cache-Control", "no-store")
	return download(w, "image/svg+xml", "comparison.svg", func(b *bytes.Buffer) error { return page.RenderSVG(b, c.params(), result) })
}

// comparePage answers with the page. What is wrong with a query or another parameter is said on it, beside what was asked.
func (s *Server) comparePage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	asked := maps.Clone(v)
	c, err := s.comparison(v)
	p := page.Compare{}
	if err == nil && len(c.queries) >= compare.Least {
		p.Result, err = s.runCompare(r.Context(), c)
	}
	status := http.StatusOK
	if p.Params = c.params(); err != nil {
		status, p.Params = http.StatusBadRequest, asked
		p.Params["q"] = c.texts
		if p.Faults, p.Fault = boxFaults(c, err); p.Fault == nil && len(p.Faults) == 0 {
			return err
		}
	}
	if p.Stats, err = s.engine.Stats(r.Context()); err != nil {
		return err
	}
	return draw(w, status, p)
}

// boxFaults parts an error into the faults of the queries, and that of another parameter. An error that is none of the reader's is
// neither.
func boxFaults(c comparison, err error) (map[int]page.Fault, *page.Fault) {
	var (
		nth   *compare.QueryError
		fault *query.Error
		param *index.ParamError
	)
	list := map[int]page.Fault{}
	for i, f := range c.faults {
		list[i] = page.Fault{Param: "q", At: f.At, Detail: f.Detail, Hint: f.Hint}
	}
	if errors.As(err, &nth) && errors.As(err, &fault) {
		list[nth.Number] = page.Fault{Param: "q", At: fault.At, Detail: fault.Detail, Hint: fault.Hint}
	} else if errors.As(err, &param) {
		return list, pageFault(problemOf(param))
	}
	return list, nil
}
