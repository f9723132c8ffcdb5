package server

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"dateline/index"
	"dateline/server/page"
)

// feedSize is how many articles a page of a feed has, unless its address says another number.
const feedSize = "20"

// searchFeed answers with a search as an Atom feed, the newest articles first unless its parameters say otherwise.
func (s *Server) searchFeed(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	req, err := index.ParseRequest(feedDefaults(v), s.clock())
	if err != nil {
		return err
	}
	req.Facets, req.Interval, req.Unmarked, req.Explain = nil, "", true, false
	result, err := s.run(r.Context(), req)
	if err != nil {
		return err
	}
	stats, err := s.engine.Stats(r.Context())
	if err != nil {
		return err
	}
	f := page.SearchFeed{Origin: origin(r), Params: v, Total: result.Total.Articles, Size: req.Size, Next: result.Next, Latest: stats.Last}
	for _, h := range result.Hits {
		a, err := s.engine.Get(r.Context(), h.ID)
		if errors.Is(err, index.ErrNotFound) { // deleted since, or of an earlier state of the index
			continue
		}
		if err != nil {
			return err
		}
		f.Articles = append(f.Articles, a)
	}
	b, err := f.Atom()
	if err != nil {
		return err
	}
	return sendUnlessKnown(w, r, "application/atom+xml; charset=utf-8", b)
}

// feedDefaults are the parameters with those that a feed has otherwise than a page.
func feedDefaults(v url.Values) url.Values {
	asked := maps.Clone(v)
	if asked.Get("sort") == "" {
		asked.Set("sort", string(index.SortNewest))
	}
	if asked.Get("size") == "" {
		asked["size"] = []string{feedSize}
	}
	return asked
}

// sendUnlessKnown answers with a document, or that the client has it already.
func sendUnlessKnown(w http.ResponseWriter, r *http.Request, contentType string, b []byte) error {
	hash := sha256.Sum256(b)
	tag := `"` + hex.EncodeToString(hash[:16]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, no-cache")
	for known := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if known = strings.TrimPrefix(strings.TrimSpace(known), "W/"); known == tag || known == "*" {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	return sendWhole(w, http.StatusOK, contentType, b)
}
