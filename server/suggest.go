package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
	"unicode/utf8"

	"dateline/index"
	"dateline/server/page"
	"dateline/server/suggest"
)

// suggestAnswer is the JSON of suggestions.
type suggestAnswer struct {
	Suggestions []suggest.Suggestion `json:"suggestions"`
	Pending     bool                 `json:"pending,omitempty"` // the server has just begun: those of words and names are to come
	Behind      bool                 `json:"behind,omitempty"`  // of how the index was before the latest writes, a moment ago
	TookMS      float64              `json:"took_ms"`
}

// suggest answers with ways to go on: the parameters of a search, of which q is what was typed, caret where in it, in
// characters, and format=opensearch for the array that browsers read.
func (s *Server) suggest(w http.ResponseWriter, r *http.Request) error {
	began := time.Now()
	v, err := s.params(r)
	if err != nil {
		return err
	}
	format, err := take(v, "format")
	if err != nil {
		return err
	}
	if format != "" && format != "json" && format != "opensearch" {
		return isOneOf("format", format, "json", "opensearch")
	}
	caret, err := takeNumber(v, "caret", -1, 0, s.o.MaxQueryBytes)
	if err != nil {
		return err
	}
	if err := checkTyped(v["q"]); err != nil {
		return err
	}
	found, err := inTurn(r.Context(), s, func(ctx context.Context) (suggest.Found, error) {
		return suggest.Find(ctx, s.engine, suggest.Request{Params: v, Caret: caret, Now: s.clock()})
	})
	if err != nil {
		return err
	}
	if format == "opensearch" {
		return answerBrowser(w, r, v.Get("q"), found.List)
	}
	return answer(w, http.StatusOK, suggestAnswer{found.List, found.Pending, found.Behind, float64(time.Since(began).Microseconds()) / 1000})
}

func checkTyped(values []string) error {
	switch {
	case len(values) > 1:
		return &index.ParamError{Name: "q", Detail: fmt.Sprintf("is given %d times", len(values)), Hint: "give it once"}
	case len(values) == 1 && !utf8.ValidString(values[0]):
		return &index.ParamError{Name: "q", Detail: "is not valid UTF-8"}
	}
	return nil
}

// answerBrowser answers as the Suggestions extension of OpenSearch 1.1 has it: what was typed, the completions, what is said of
// each, and its address.
func answerBrowser(w http.ResponseWriter, r *http.Request, typed string, list []suggest.Suggestion) error {
	texts, said, urls := make([]string, len(list)), make([]string, len(list)), make([]string, len(list))
	for i, s := range list {
		if texts[i] = s.Text; s.Query != nil {
			texts[i] = *s.Query
		}
		said[i], urls[i] = strconv.Itoa(s.Count)+" articles", origin(r)+s.URL
		if s.Count == 1 {
			said[i] = "1 article"
		}
	}
	b, err := json.Marshal([]any{typed, texts, said, urls})
	if err != nil {
		return err
	}
	return sendWhole(w, http.StatusOK, "application/x-suggestions+json", b)
}

// origin is the address of the server as the client wrote it, which guard has let pass.
func origin(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return u.String()
}

// openSearch describes the search to browsers.
func (s *Server) openSearch(w http.ResponseWriter, r *http.Request) error {
	b, err := page.OpenSearch(origin(r))
	if err != nil {
		return err
	}
	return sendWhole(w, http.StatusOK, page.OpenSearchType, b)
}
