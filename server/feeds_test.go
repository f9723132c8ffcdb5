package server

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/feeds"
	"dateline/index/fetch"
	"dateline/index/memory"
	"dateline/index/remote"
)

// web answers for the addresses of feeds.
type web map[string]string

func (w web) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) {
	body, ok := w[r.URL]
	if !ok {
		return nil, &fetch.Error{URL: r.URL, Status: 404, Detail: "the host answers 404 Not Found"}
	}
	return &fetch.Response{URL: r.URL, Body: []byte(body)}, nil
}

const feedURL = "https://quay.example.com/feed?key=secret"

// theWeb has a feed, a page that names it, and a page that names none.
var theWeb = web{
	feedURL:                     `{"id":"q1","title":"Quay 1 opens","body":"Open.","date":"2024-03-19"}` + "\n" + `{"id":"q2","title":"Quay 2 opens","body":"Open.","date":"2024-03-19"}` + "\n{broken\n",
	"https://quay.example.com/": `<html><link rel=alternate type="application/rss+xml" href="/feed?key=secret"></html>`,
	"https://bare.example.com/": "<html><body>Nothing</body></html>",
}

// subscribed is a server with a list of feeds, which is empty.
func subscribed(t *testing.T, o Options) (*Server, index.Engine) {
	t.Helper()
	engine := memory.New(memory.Options{Clock: o.Clock})
	k, err := feeds.Open(t.TempDir(), engine, feeds.Options{Getter: theWeb, Clock: o.Clock})
	if err != nil {
		t.Fatal(err)
	}
	o.Feeds, o.Polling = k, true
	return New(engine, o), engine
}

// asJSON makes a request with a body of JSON from this machine.
func asJSON(method, target, body string) *http.Request {
	r := local(method, target, body)
	r.Header.Set("Content-Type", "application/json")
	return r
}

// TestFeedsAPI subscribes, polls, lists and ends.
func TestFeedsAPI(t *testing.T) {
	s, engine := subscribed(t, quiet())
	for _, c := range []struct {
		r      *http.Request
		status int
		has    string
	}{
		{local("GET", "/api/v1/feeds", ""), 200, `{"feeds":[],"polling":true}`},
		{asJSON("POST", "/api/v1/feeds", `{"url":"quay.example.com","source":"Quay Wire"}`), 200, `"page":"https://quay.example.com/","others":[]`},
		{asJSON("POST", "/api/v1/feeds", `{"url":"`+feedURL+`"}`), 200, `"known":true`},
		{asJSON("POST", "/api/v1/feeds", `{"url":"https://bare.example.com/"}`), 422, `"type":"urn:dateline:bad-feed"`},
		{asJSON("POST", "/api/v1/feeds", `{"url":"https://none.example.com/"}`), 422, `404 Not Found`},
		{asJSON("POST", "/api/v1/feeds", `{"url":"file:///etc/passwd"}`), 422, `no address of the web`},
		{asJSON("POST", "/api/v1/feeds", `{"address":"x"}`), 400, `"type":"urn:dateline:bad-body"`},
		{asJSON("POST", "/api/v1/feeds", `{`), 400, `"hint":"write {`},
		{asJSON("POST", "/api/v1/feeds?url=x", `{}`), 400, `"type":"urn:dateline:bad-parameter"`},
		{asJSON("POST", "/api/v1/feeds/poll", ""), 200, `"changed":true,"new":2,"records":{"read":3,"indexed":2,"updated":0,"unchanged":0,"rejected":1},"error":""`},
		{asJSON("POST", "/api/v1/feeds/poll", ""), 200, `{"polled":[]}`},
		{asJSON("POST", "/api/v1/feeds/poll", `{"now":true}`), 200, `"unchanged":2`},
		{asJSON("POST", "/api/v1/feeds/poll", `{"url":"https://none.example.com/"}`), 404, `"type":"urn:dateline:no-such-feed"`},
		{asJSON("POST", "/api/v1/feeds/poll", `{"when":1}`), 400, `bad-body`},
		{local("GET", "/api/v1/feeds", ""), 200, `"items":2,"days":[{"day":"2024-03-20","articles":2}]`},
		{local("GET", "/api/v1/feeds?format=opml", ""), 200, `xmlUrl="https://quay.example.com/feed?key=secret" dateline:source="Quay Wire"`},
		{local("GET", "/api/v1/feeds?format=xml", ""), 400, `must be`},
		{local("GET", "/api/v1/feeds?x=1", ""), 400, `not a parameter`},
		{local("DELETE", "/api/v1/feeds?url=https://none.example.com/", ""), 404, `no-such-feed`},
		{local("DELETE", "/api/v1/feeds?url=https://quay.example.com/feed%3Fkey%3Dsecret", ""), 200, `{"removed":1}`},
		{local("DELETE", "/api/v1/feeds?id=1", ""), 400, `not a parameter`},
		{local("PUT", "/api/v1/feeds", ""), 405, `method-not-allowed`},
	} {
		w := do(s, c.r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s %s: %d %s, want %d with %s", c.r.Method, c.r.URL, w.Code, w.Body, c.status, c.has)
		}
		if strings.Contains(w.Body.String(), `"seen"`) {
			t.Errorf("%s %s tells hashes", c.r.Method, c.r.URL)
		}
	}
	if a, err := engine.Get(t.Context(), "q1"); err != nil || a.Source != "Quay Wire" || a.Path != feedURL {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestFeedsImport(t *testing.T) {
	s, _ := subscribed(t, quiet())
	const opml = `<opml><body><outline xmlUrl="https://a.example.com/"/><outline xmlUrl="https://b.example.com/"/><outline xmlUrl="ftp://c.example.com/"/></body></opml>`
	for _, c := range []struct {
		kind, body string
		status     int
		has        string
	}{
		{"text/x-opml", opml, 200, `{"added":2,"known":0,"refused":[{"url":"ftp://c.example.com/"`},
		{"application/xml; charset=utf-8", opml, 200, `{"added":0,"known":2,"refused":[`},
		{"text/xml", "<rss/>", 400, "this is no OPML file"},
		{"text/x-opml", strings.Repeat(" ", feeds.MaxOPML+1), 400, "more than"},
		{"image/png", opml, 415, "send application/json, or OPML"},
	} {
		r := local("POST", "/api/v1/feeds", c.body)
		r.Header.Set("Content-Type", c.kind)
		if w := do(s, r); w.Code != c.status || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s: %d %s, want %d with %s", c.kind, w.Code, w.Body, c.status, c.has)
		}
	}
}

// TestFeedsGuards: others may look, without the keys in addresses, and change nothing.
func TestFeedsGuards(t *testing.T) {
	s, _ := subscribed(t, quiet())
	do(s, asJSON("POST", "/api/v1/feeds", `{"url":"`+feedURL+`"}`))
	for _, c := range []struct{ method, target, body string }{
		{"POST", "/api/v1/feeds", `{"url":"https://quay.example.com/"}`}, {"POST", "/api/v1/feeds/poll", ""}, {"DELETE", "/api/v1/feeds?url=" + feedURL, ""},
		{"POST", "/feeds/add", "url=x"}, {"POST", "/feeds/remove", "url=x"}, {"POST", "/feeds/poll", "url=x"},
	} {
		r := local(c.method, c.target, c.body)
		r.RemoteAddr = "192.0.2.7:5"
		if w := do(s, r); w.Code != http.StatusForbidden {
			t.Errorf("another machine: %s %s: %d", c.method, c.target, w.Code)
		}
		r = local(c.method, c.target, c.body)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if w := do(s, r); w.Code != http.StatusForbidden {
			t.Errorf("another site: %s %s: %d", c.method, c.target, w.Code)
		}
	}
	for _, target := range []string{"/api/v1/feeds", "/api/v1/feeds?format=opml", "/feeds"} {
		r := local("GET", target, "")
		r.RemoteAddr = "192.0.2.7:5"
		if w := do(s, r); w.Code != 200 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), "https://quay.example.com/feed") || strings.Contains(w.Body.String(), `method="post"`) {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	bare := New(newFake(), quiet())
	for _, target := range []string{"/api/v1/feeds", "/api/v1/feeds?format=opml"} {
		if w := do(bare, local("GET", target, "")); w.Code != 404 || !strings.Contains(w.Body.String(), "keeps no feeds") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := do(bare, local("GET", "/feeds", "")); w.Code != 200 || !strings.Contains(w.Body.String(), "This server keeps no feeds.") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// sendForm sends a form of the page of feeds.
func sendForm(h http.Handler, path, form string) *http.Response {
	r := local("POST", path, form)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// TestFeedsPage sends the forms of the page one after the other and follows where each leads.
func TestFeedsPage(t *testing.T) {
	s, _ := subscribed(t, quiet())
	const feed = "https%3A%2F%2Fquay.example.com%2Ffeed%3Fkey%3Dsecret"
	for _, c := range []struct{ path, form, leads, has string }{
		{"/feeds/add", "url=https://quay.example.com/&full_text=1&source=Quay+Wire", "/feeds?done=added&feed=" + feed, "Subscribed to <bdi>"},
		{"/feeds/add", "url=" + feed, "/feeds?done=known&feed=" + feed, "There is a subscription already to <bdi>"},
		{"/feeds/poll", "url=" + feed, "/feeds?done=polled&feed=" + feed, "1 record was rejected."},
		{"/feeds/remove", "url=" + feed, "/feeds?done=removed&feed=" + feed, "Ended the subscription to <bdi>"},
	} {
		r := sendForm(s, c.path, c.form)
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusSeeOther || got != c.leads {
			t.Fatalf("%s: %d, leads to %s, want %s\n%s", c.form, r.StatusCode, got, c.leads, pageText(t, r))
		}
		r = do(s, local("GET", c.leads, "")).Result()
		if text := pageText(t, r); r.StatusCode != 200 || !strings.Contains(text, c.has) || r.Header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %d without %q\n%s", c.leads, r.StatusCode, c.has, text)
		}
	}
	for _, c := range []struct {
		path, form string
		status     int
		has        string
	}{
		{"/feeds/add", "url=https://bare.example.com/&full_text=1", 422, `value="https://bare.example.com/"`},
		{"/feeds/add", "url=", 422, `aria-describedby="url-fault"`},
		{"/feeds/add", "url=a&url=b", 400, "given 2 times"}, {"/feeds/add", "url=%ff", 400, "not valid UTF-8"},
		{"/feeds/remove", "url=https://none.example.com/", 404, "No such feed"}, {"/feeds/poll", "url=https://none.example.com/", 404, "No such feed"},
	} {
		r := sendForm(s, c.path, c.form)
		if text := pageText(t, r); r.StatusCode != c.status || !strings.Contains(text, c.has) {
			t.Errorf("%s %s: %d without %q\n%s", c.path, c.form, r.StatusCode, c.has, text)
		}
	}
	if w := do(s, local("GET", "/feeds/add", "")); w.Code != 405 {
		t.Errorf("GET: %d", w.Code)
	}
}

// TestFeedsThroughServer: what works on a list works through the server that has it.
func TestFeedsThroughServer(t *testing.T) {
	s, _ := subscribed(t, quiet())
	h := httptest.NewServer(s)
	defer h.Close()
	e, err := remote.Open(t.Context(), h.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	service := e.Feeds()
	added, err := service.Add(t.Context(), feeds.Wanted{URL: "https://quay.example.com/", Title: "The <Quay>", FullText: true})
	if err != nil || added.Feed.URL != feedURL || added.Feed.Title != "The <Quay>" || !added.Feed.FullText || added.Page != "https://quay.example.com/" {
		t.Errorf("%+v, %v", added, err)
	}
	var wrong *feeds.Error
	if _, err := service.Add(t.Context(), feeds.Wanted{URL: "https://bare.example.com/"}); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "https://bare.example.com/: it is a page that names no feed (give") {
		t.Errorf("%v", err)
	}
	sum, err := service.Import(t.Context(), []feeds.Wanted{{URL: "https://a.example.com/", Title: "A & B", Source: "S"}, {URL: "gopher://x"}, {URL: feedURL}})
	if err != nil || sum.Added != 1 || sum.Known != 1 || len(sum.Refused) != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	out, err := service.Poll(t.Context(), feeds.Polling{Now: true})
	if err != nil || len(out) != 2 || out[0].New != 2 || out[1].Error == "" {
		t.Errorf("%+v, %v", out, err)
	}
	all, err := service.Feeds(t.Context())
	if err != nil || len(all) != 2 || all[0].Items != 2 || all[1].Title != "A & B" || all[1].Source != "S" || !all[0].Next.After(noon.Add(time.Minute)) {
		t.Errorf("%+v, %v", all, err)
	}
	if err := service.Remove(t.Context(), feedURL); err != nil {
		t.Error(err)
	}
	if err := service.Remove(t.Context(), feedURL); !errors.Is(err, feeds.ErrUnknown) {
		t.Error(err)
	}
	if _, err := service.Poll(t.Context(), feeds.Polling{URL: feedURL}); !errors.Is(err, feeds.ErrUnknown) {
		t.Error(err)
	}
}
