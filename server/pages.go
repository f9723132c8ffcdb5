package server

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"

	"dateline/index"
	"dateline/server/page"
)

// view is a page that can be drawn.
type view interface{ Render(io.Writer) error }

// pages registers the pages, and answers faults on their paths with a page.
func (s *Server) pages(mux *http.ServeMux) {
	mux.Handle("GET /{$}", s.handle(s.frontPage))
	mux.Handle("GET /search", s.handle(s.searchPage))
	mux.Handle("GET "+page.FacetPath+"{field}", s.handle(s.facetPage))
	mux.Handle("GET /article/{id...}", s.handle(s.articlePage))
	mux.Handle("GET "+page.CitePath+"{id...}", s.handle(s.cite))
	mux.Handle("GET /versions/{id...}", s.handle(s.versionsPage))
	s.entityPages(mux)
	mux.Handle("GET "+page.SourcesPath, s.handle(s.sourcesPage))
	mux.Handle("GET "+page.SourcePath+"{name...}", s.handle(s.sourcePage))
	mux.Handle("GET "+page.AccountsPath, s.handle(s.accountsPage))
	s.feedPages(mux)
	s.comparePages(mux)
	mux.Handle("GET "+page.OpenSearchPath, s.handle(s.openSearch))
	mux.Handle("GET /feed.atom", s.handle(s.searchFeed))
	mux.Handle("GET /help", s.handle(s.helpPage))
	mux.Handle("GET "+page.StaticPath+"{name}", s.handle(s.staticAsset))
	mux.Handle("GET /robots.txt", s.handle(s.robots))
	s.pageFault = s.faultPage
}

// draw answers with a page, drawn whole before the status goes out. Browsers may keep it for going back, and ask anew
// otherwise: the index may have changed.
func draw(w http.ResponseWriter, status int, v view) error {
	var b bytes.Buffer
	if err := v.Render(&b); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	return sendWhole(w, status, "text/html; charset=utf-8", b.Bytes())
}

func (s *Server) searchPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	own, err := takeOwn(v)
	if err != nil {
		return err
	}
	req, err := index.ParseRequest(v, s.clock())
	if err != nil {
		return err
	}
	result, err := s.run(r.Context(), req)
	if err != nil {
		return err
	}
	v = withOwn(req.Values(), own)
	peaks, err := s.findPeaks(r.Context(), v, req, result)
	if err != nil {
		return err
	}
	stats, err := s.engine.Stats(r.Context())
	if err != nil {
		return err
	}
	future, err := s.future(r.Context(), req, result)
	if err != nil {
		return err
	}
	copies, err := s.copies(r.Context(), req, result)
	if err != nil {
		return err
	}
	return draw(w, http.StatusOK, page.Search{
		Params: v, Start: r.URL.Path == "/", Result: result, Stats: stats, Peaks: peaks, Future: future, Copies: copies, Now: s.clock(),
	})
}

func (s *Server) helpPage(w http.ResponseWriter, r *http.Request) error {
	st, stats, err := s.stateOf(r.Context())
	if err != nil {
		return err
	}
	examples, _ := s.examples.get(st, "", func() (page.Examples, error) { return s.makeExamples(r.Context(), stats) }) // as many as there was time for
	return draw(w, http.StatusOK, page.Help{Stats: stats, Examples: examples})
}

// staticAsset serves what pages refer to. The names change with the content, so browsers may keep it for ever.
func (s *Server) staticAsset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	a, ok := page.StaticAsset(name)
	if !ok {
		return &refusal{http.StatusNotFound, "no-such-page", "there is nothing at " + shorten(r.URL.Path), ""}
	}
	h := w.Header()
	h.Set("Content-Type", a.Type)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	content := a.Content
	if compresses(w) {
		h.Set("Content-Encoding", "gzip")
		name, content = name+".gz", a.Packed
	}
	h.Set("ETag", `"`+name+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	return nil
}

// robots asks crawlers for what can be listed: articles and pages of names, not searches, which combine without end.
const robots = "User-agent: *\nDisallow: /api/\nDisallow: /search\nDisallow: /versions/\nDisallow: /*?\n"

func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(robots))
	return nil
}

// pageFault is what a page shows of a fault in a parameter.
func pageFault(p Problem) *page.Fault {
	f := &page.Fault{Param: p.Param, Detail: p.Detail, Hint: p.Hint}
	if p.At != nil {
		f.At = *p.At
	}
	if rest, ok := strings.CutPrefix(p.Detail, p.Param+" "); ok && p.At == nil { // the page names the parameter itself
		if f.Detail = rest; p.Param == "q" {
			f.Detail = "the query " + rest
		}
	}
	return f
}

// faultPage answers with a fault as a page. A search that cannot be keeps what was asked, with the fault marked.
func (s *Server) faultPage(w http.ResponseWriter, r *http.Request, p Problem, err error) {
	if v := s.faultView(r, p); draw(w, p.Status, v) != nil && !begun(w) {
		plainFault(w, r, p, err)
	}
}

// faultView asks the engine only where the fault is the reader's: otherwise the engine may be what is at fault, or busy.
func (s *Server) faultView(r *http.Request, p Problem) view {
	v := page.Plain{Title: p.Title, Detail: p.Detail, Hint: p.Hint, After: p.retry}
	if p.Status != http.StatusBadRequest && p.Status != http.StatusNotFound {
		if r.URL.Path == "/" || r.URL.Path == "/search" {
			v.Params, v.Slow = r.URL.Query(), p.Status == http.StatusGatewayTimeout
		}
		return v
	}
	if p.Status == http.StatusNotFound && narrowedPath(r) == "" {
		v.Words = wordsOf(r.URL.Path)
	}
	if name := r.PathValue("name"); p.Status == http.StatusNotFound && len(name) <= index.MaxValueBytes && narrowedPath(r) != "" {
		v.Name, v.Source = name, strings.HasPrefix(r.URL.Path, page.SourcePath)
	}
	stats, err := s.engine.Stats(r.Context())
	if v.Stats = stats; err != nil || p.Param == "" || r.URL.Path == page.AccountsPath || r.URL.Path == page.SourcesPath || p.Param == page.RisingParam {
		return v
	}
	params, err := s.params(r)
	if err != nil && p.Param != "q" {
		return v
	}
	return page.Search{Params: params, Path: narrowedPath(r), Stats: stats, Fault: pageFault(p)}
}
