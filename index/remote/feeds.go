package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"dateline/index/feeds"
)

// Feeds returns the subscriptions of the server.
func (e *Engine) Feeds() feeds.Service { return subscriptions{e} }

// subscriptions are a server's, over its HTTP interface.
type subscriptions struct{ *Engine }

// The paths of the interface.
const (
	feedsPath = "/api/v1/feeds"
	pollPath  = feedsPath + "/poll"
)

func (s subscriptions) Feeds(ctx context.Context) ([]feeds.Feed, error) {
	var answer struct{ Feeds []feeds.Feed }
	err := s.get(ctx, feedsPath, &answer)
	return answer.Feeds, err
}

func (s subscriptions) Add(ctx context.Context, w feeds.Wanted) (added feeds.Added, err error) {
	err = s.send(ctx, feedsPath, w, &added)
	return added, err
}

func (s subscriptions) Import(ctx context.Context, list []feeds.Wanted) (sum feeds.Imported, err error) {
	var all []feeds.Feed
	for _, w := range list {
		all = append(all, feeds.Feed{URL: w.URL, Title: w.Title, Source: w.Source, FullText: w.FullText})
	}
	var b bytes.Buffer
	if err := feeds.WriteOPML(&b, all); err != nil {
		return sum, err
	}
	err = s.post(ctx, feedsPath, "text/x-opml", b.Bytes(), &sum)
	return sum, err
}

func (s subscriptions) Remove(ctx context.Context, address string) error {
	response, err := s.do(ctx, http.MethodDelete, feedsPath+"?"+url.Values{"url": {address}}.Encode(), "", nil)
	if err != nil {
		return err
	}
	return s.decode(ctx, response, &struct{}{})
}

func (s subscriptions) Poll(ctx context.Context, p feeds.Polling) ([]feeds.Outcome, error) {
	var answer struct{ Polled []feeds.Outcome }
	err := s.send(ctx, pollPath, p, &answer)
	return answer.Polled, err
}

// send posts a value as JSON.
func (s subscriptions) send(ctx context.Context, path string, value, into any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return s.post(ctx, path, "application/json", body, into)
}
