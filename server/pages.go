package server

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"dateline/index"
	"dateline/server/page"
)

// view is a page that can be drawn.
type view interface{ Render(io.Writer) error }

// pages registers the pages, and answers faults on their paths with a page.
func (s *Server) pages(mux *http.ServeMux) {
	mux.Handle("GET /{$}", s.handle(s.searchPage))
	mux.Handle("GET /search", s.handle(s.searchPage))
	mux.Handle("GET /article/{id...}", s.handle(s.articlePage))
	mux.Handle("GET "+page.CitePath+"{id...}", s.handle(s.cite))
	mux.Handle("GET /versions/{id...}", s.handle(s.versionsPage))
	s.entityPages(mux)
	mux.Handle("GET "+page.AccountsPath, s.handle(s.accountsPage))
	s.feedPages(mux)
	mux.Handle("GET /help", s.handle(s.helpPage))
	mux.Handle("GET "+page.StaticPath+"{name}", s.handle(s.staticAsset))
	s.pageFault = s.faultPage
}

// draw answers with a page, drawn whole before the status goes out. Browsers may keep it for going back, and ask anew
// otherwise: the index may have changed.
func draw(w http.ResponseWriter, status int, v view) error {
	var b bytes.Buffer
	if err := v.Render(&b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	w.WriteHeader(status)
	if _, err := w.Write(b.Bytes()); err != nil {
		return errGone
	}
	return nil
}

func (s *Server) searchPage(w http.ResponseWriter, r *http.Request) error {
	req, result, err := s.find(r)
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
	return draw(w, http.StatusOK, page.Search{Params: req.Values(), Start: r.URL.Path == "/", Result: result, Stats: stats, Future: future})
}

func (s *Server) helpPage(w http.ResponseWriter, r *http.Request) error {
	stats, err := s.engine.Stats(r.Context())
	if err != nil {
		return err
	}
	return draw(w, http.StatusOK, page.Help{Stats: stats})
}

// staticAsset serves the style sheet and the icon. Their names change with their content, so browsers may keep them.
func (s *Server) staticAsset(w http.ResponseWriter, r *http.Request) error {
	a, ok := page.StaticAsset(r.PathValue("name"))
	if !ok {
		return &refusal{http.StatusNotFound, "no-such-page", "there is nothing at " + shorten(r.URL.Path), ""}
	}
	w.Header().Set("Content-Type", a.Type)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	if _, err := w.Write(a.Content); err != nil {
		return errGone
	}
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
	v := page.Plain{Title: p.Title, Detail: p.Detail, Hint: p.Hint}
	if p.Status != http.StatusBadRequest && p.Status != http.StatusNotFound {
		return v
	}
	if name := r.PathValue("name"); p.Status == http.StatusNotFound && len(name) <= index.MaxValueBytes && narrowedPath(r) != "" {
		v.Name = name
	}
	stats, err := s.engine.Stats(r.Context())
	if v.Stats = stats; err != nil || p.Param == "" || r.URL.Path == page.AccountsPath {
		return v
	}
	params, err := s.params(r)
	if err != nil && p.Param != "q" {
		return v
	}
	return page.Search{Params: params, Path: narrowedPath(r), Stats: stats, Fault: pageFault(p)}
}
