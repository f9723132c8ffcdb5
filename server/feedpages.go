package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"unicode/utf8"

	"dateline/index/feeds"
	"dateline/server/page"
)

// feedPages registers the page of the subscriptions, and the addresses that its forms are sent to.
func (s *Server) feedPages(mux *http.ServeMux) {
	mux.Handle("GET "+page.FeedsPath, s.handle(s.feedsPage))
	for path, do := range map[string]func(context.Context, feeds.Wanted) (feedDone, error){
		page.AddFeedPath: s.addOnPage, page.RemoveFeedPath: s.removeOnPage, page.PollFeedPath: s.pollOnPage,
	} {
		mux.Handle("POST "+path, s.write(s.withFeeds(func(w http.ResponseWriter, r *http.Request) error { return s.changeFeeds(w, r, do) })))
		mux.Handle(path, s.handle(only("POST")))
	}
}

// feedDone is what a form has done, as the page that it leads to tells it.
type feedDone struct {
	done page.FeedsDone
	feed string // its address
}

func (s *Server) feedsPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	p, err := s.feedsView(r)
	if err != nil {
		return err
	}
	p.Done, p.DoneFeed = page.FeedsDone(v.Get("done")), v.Get("feed")
	return drawForms(w, http.StatusOK, p)
}

func (s *Server) feedsView(r *http.Request) (p page.Feeds, err error) {
	if s.o.Feeds == nil {
		p.Stats, err = s.engine.Stats(r.Context())
		return p, err
	}
	p.Kept = true
	all, err := s.shownFeeds(r)
	if err != nil {
		return p, err
	}
	if p.Stats, p.MayChange, err = s.mayDecide(r.Context(), r); err != nil {
		return p, err
	}
	p.Now, p.Polling = s.clock(), s.o.Polling
	for _, f := range all {
		row := page.Feed{
			URL: f.URL, Title: f.Title, Source: f.Source, FullText: f.FullText, Items: f.Items, Success: f.Success, Next: f.Next,
			Error: f.Error, Failures: f.Failures, Disabled: f.Disabled, Rejects: f.Records.Rejected, Rejected: f.Rejected, Unpaged: f.Unpaged,
			Days: map[string]int{},
		}
		for _, d := range f.Days {
			row.Days[d.Day] = d.Articles
		}
		p.Feeds = append(p.Feeds, row)
	}
	return p, nil
}

// changeFeeds does what a form of the page asks for and leads back to the page, or answers with the page and what is wrong
// beside the form.
func (s *Server) changeFeeds(w http.ResponseWriter, r *http.Request, do func(context.Context, feeds.Wanted) (feedDone, error)) error {
	form, err := readForm(w, r)
	if err != nil {
		return err
	}
	wanted, err := wantedOf(form)
	if err != nil {
		return err
	}
	done, err := do(r.Context(), wanted)
	var wrong *feeds.Error
	if errors.As(err, &wrong) {
		p, err := s.feedsView(r)
		if err != nil {
			return err
		}
		p.Fault, p.Hint, p.Wanted = wrong.Detail, wrong.Hint, page.Feed{URL: wanted.URL, Source: wanted.Source, FullText: wanted.FullText}
		return drawForms(w, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	w.Header().Set("Location", page.FeedsPath+"?"+url.Values{"done": {string(done.done)}, "feed": {done.feed}}.Encode())
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// wantedOf reads the fields of a form.
func wantedOf(form url.Values) (w feeds.Wanted, err error) {
	for _, name := range []string{"url", "source", "full_text"} {
		switch values := form[name]; {
		case len(values) > 1:
			return w, &refusal{http.StatusBadRequest, "bad-body", fmt.Sprintf("%s is given %d times", name, len(values)), ""}
		case len(values) == 1 && !utf8.ValidString(values[0]):
			return w, &refusal{http.StatusBadRequest, "bad-body", name + " is not valid UTF-8", ""}
		}
	}
	return feeds.Wanted{URL: form.Get("url"), Source: form.Get("source"), FullText: form.Get("full_text") != ""}, nil
}

func (s *Server) addOnPage(ctx context.Context, w feeds.Wanted) (feedDone, error) {
	added, err := s.o.Feeds.Add(ctx, w)
	done := page.FeedAdded
	if added.Known {
		done = page.FeedKnown
	}
	return feedDone{done, added.Feed.URL}, err
}

func (s *Server) removeOnPage(ctx context.Context, w feeds.Wanted) (feedDone, error) {
	return feedDone{page.FeedRemoved, w.URL}, s.o.Feeds.Remove(ctx, w.URL)
}

func (s *Server) pollOnPage(ctx context.Context, w feeds.Wanted) (feedDone, error) {
	_, err := s.o.Feeds.Poll(ctx, feeds.Polling{URL: w.URL})
	return feedDone{page.FeedPolled, w.URL}, err
}
