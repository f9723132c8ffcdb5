package server

import (
	"bytes"
	"cmp"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"

	"dateline/index/feeds"
)

// FeedsAnswer is the JSON of the subscriptions.
type FeedsAnswer struct {
	Feeds   []feeds.Feed `json:"feeds"`
	Polling bool         `json:"polling"` // whether they are polled when they are due
}

// PolledAnswer is the JSON of polls that were asked for.
type PolledAnswer struct {
	Polled []feeds.Outcome `json:"polled"`
}

// feedRoutes registers the interface to subscriptions.
func (s *Server) feedRoutes(mux *http.ServeMux) {
	mux.Handle("GET /api/v1/feeds", s.handle(s.withFeeds(s.feeds)))
	mux.Handle("POST /api/v1/feeds", s.write(s.withFeeds(s.addFeeds)))
	mux.Handle("DELETE /api/v1/feeds", s.write(s.withFeeds(s.removeFeed)))
	mux.Handle("POST /api/v1/feeds/poll", s.write(s.withFeeds(s.pollFeeds)))
}

// withFeeds refuses where there are no subscriptions to speak of.
func (s *Server) withFeeds(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.o.Feeds == nil {
			return &refusal{http.StatusNotFound, "no-such-page", "this server keeps no feeds", ""}
		}
		return h(w, r)
	}
}

// feeds answers with the subscriptions and how they do: as JSON, or OPML as a download.
func (s *Server) feeds(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	format, err := take(v, "format")
	if err == nil {
		err = cmp.Or(isOneOf("format", cmp.Or(format, "json"), "json", "opml"), noneLeft(v, "format"))
	}
	if err != nil {
		return err
	}
	all, err := s.shownFeeds(r)
	switch {
	case err != nil:
		return err
	case format == "opml":
		return download(w, "text/x-opml; charset=utf-8", "feeds.opml", func(b *bytes.Buffer) error { return feeds.WriteOPML(b, all) })
	}
	return answer(w, http.StatusOK, FeedsAnswer{all, s.o.Polling})
}

// shownFeeds are the subscriptions as the client may see them: their parameters, which may be a subscriber's key, are for those
// who may change them.
func (s *Server) shownFeeds(r *http.Request) ([]feeds.Feed, error) {
	all, err := s.o.Feeds.Feeds(r.Context())
	if err != nil || s.mayWrite(r) == nil {
		return list(all), err
	}
	for i := range all {
		if u, err := url.Parse(all[i].URL); err == nil && u.RawQuery != "" {
			u.RawQuery = "…"
			all[i].URL = u.String()
		}
	}
	return list(all), nil
}

// opmlTypes are the media types by which OPML is sent.
var opmlTypes = []string{"text/x-opml", "text/x-opml+xml", "application/opml+xml", "application/xml", "text/xml"}

// addFeeds subscribes: to the feed of the JSON, or to those of an OPML file.
func (s *Server) addFeeds(w http.ResponseWriter, r *http.Request) error {
	if r.URL.RawQuery != "" {
		return &refusal{http.StatusBadRequest, "bad-parameter", "subscribing has no parameters", "what to subscribe to is in the body"}
	}
	contentType := r.Header.Get("Content-Type")
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case slices.Contains(opmlTypes, media):
		return s.importFeeds(w, r)
	case contentType != "" && media != "application/json" && media != formType:
		return &refusal{http.StatusUnsupportedMediaType, "unsupported-type", "feeds are not read from " + shorten(contentType), "send application/json, or OPML as text/x-opml"}
	}
	var wanted feeds.Wanted
	err := decodeObject(io.LimitReader(r.Body, maxFormBytes), &wanted)
	if wrong := bodyError(r); wrong != nil {
		return wrong
	}
	if err != nil {
		return badBody(err, `write {"url":"https://…","full_text":false}`)
	}
	added, err := s.o.Feeds.Add(r.Context(), wanted)
	if err != nil {
		return err
	}
	added.Others = list(added.Others)
	return answer(w, http.StatusOK, added)
}

func (s *Server) importFeeds(w http.ResponseWriter, r *http.Request) error {
	wanted, err := feeds.ReadOPML(r.Body)
	if wrong := bodyError(r); wrong != nil {
		return wrong
	}
	if err != nil {
		return badBody(err, "send an OPML file")
	}
	sum, err := s.o.Feeds.Import(r.Context(), wanted)
	if err != nil {
		return err
	}
	sum.Refused = list(sum.Refused)
	return answer(w, http.StatusOK, sum)
}

// removal answers how many subscriptions were ended.
type removal struct {
	Removed int `json:"removed"`
}

func (s *Server) removeFeed(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	address, err := take(v, "url")
	if err == nil {
		err = noneLeft(v, "url")
	}
	if err != nil {
		return err
	}
	if err := s.o.Feeds.Remove(r.Context(), address); err != nil {
		return err
	}
	return answer(w, http.StatusOK, removal{1})
}

// pollFeeds polls now, and answers when it is done.
func (s *Server) pollFeeds(w http.ResponseWriter, r *http.Request) error {
	var p feeds.Polling
	body, err := io.ReadAll(io.LimitReader(r.Body, maxFormBytes))
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(body)) > 0 {
		if err := decodeObject(bytes.NewReader(body), &p); err != nil {
			return badBody(err, `write {"url":"","now":false}, or nothing`)
		}
	}
	outcomes, err := s.o.Feeds.Poll(r.Context(), p)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, PolledAnswer{list(outcomes)})
}

// feedProblem is the problem of a feed that cannot be subscribed to.
func feedProblem(e *feeds.Error) Problem {
	p := problem(http.StatusUnprocessableEntity, "bad-feed", shorten(e.Detail))
	p.URL, p.Hint = shorten(e.URL), e.Hint
	return p
}
