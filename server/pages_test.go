package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
)

// quay are three articles, two of them one text.
var quay = []index.Article{
	{
		ID: "https://harbourgazette.com/a?b=1", Source: "HarbourGazette.com", Title: "North Quay reopens", Text: "t1", Story: "t1",
		Body: "The port said <b>ships</b> are back.", Published: pageTime("2024-03-14"), Precision: "day", Language: "en",
		Entities: []index.Entity{{Type: index.Person, Name: "Ruslan Mirzaev", Count: 1}},
	},
	{
		ID: "copy", Source: "The Quay", Title: "NORTH QUAY REOPENS", Text: "t1", Story: "t1", Body: "The port said <b>ships</b> are back.",
		Published: pageTime("2024-03-15"), Precision: "day",
	},
	{ID: "2", Source: "The Quay", Title: "Oil price", Text: "t2", Story: "t2", Body: "Up again.", URL: "javascript:alert(1)"},
}

func pageTime(day string) index.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return index.At(t)
}

func pageServer(t *testing.T, articles ...index.Article) http.Handler {
	t.Helper()
	e := memory.New(memory.Options{})
	t.Cleanup(func() { _ = e.Close() })
	if len(articles) > 0 {
		if _, err := e.Put(t.Context(), articles); err != nil {
			t.Fatal(err)
		}
	}
	return New(e, Options{})
}

// browse asks as a browser on the same machine does.
func browse(h http.Handler, path string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "127.0.0.1:8080"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func pageText(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// pageHeaders are those of every page.
var pageHeaders = map[string]string{
	"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": pagePolicy, "X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-cache",
}

func TestPages(t *testing.T) {
	h := pageServer(t, quay...)
	for _, c := range []struct {
		path   string
		status int
		has    string
	}{
		{"/", 200, "3 articles of 2 sources"},
		{"/search?q=port", 200, "<strong>2 articles</strong> · 1 distinct text "},
		{"/search?q=quay&source=the+quay", 200, "<strong>1 article</strong>"},
		{"/search?q=&from=&to=&source=", 200, "3 articles of 2 sources"},
		{"/search?q=zeppelin", 200, "Nothing found"},
		{"/search?q=port+zeppelin", 200, "No article has all the words"},
		{"/search?q=oil+AND", 400, "<mark>AND</mark>"},
		{"/search?size=1000", 400, "<code>size</code>"},
		{"/search?sort=best", 400, "<code>sort</code>"},
		{"/search?cursor=x", 400, "<code>cursor</code>"},
		{"/search?nonsense=x", 400, "<code>nonsense</code>"},
		{"/search?q=" + strings.Repeat("a+", 10_000), 400, "The query has 20000 bytes"},
		{"/search?q=%zz", 400, "A parameter cannot be"},
		{"/nowhere", 404, "Nothing here"},
		{"/article/2", 200, "<h1 lang=\"\" dir=\"auto\" data-text>Oil price</h1>"},
		{"/article/" + url.PathEscape(quay[0].ID), 200, "&lt;b&gt;ships&lt;/b&gt;"},
		{"/article/" + url.PathEscape(quay[0].ID), 200, "<a href=\"/article/copy\""},
		{"/article/nowhere", 404, "No such article"},
		{"/help", 200, "How to search"},
		{"/static/nowhere.css", 404, "Nothing here"},
	} {
		r := browse(h, c.path)
		text := pageText(t, r)
		if r.StatusCode != c.status || !strings.Contains(text, c.has) {
			t.Errorf("%s: status %d, want %d with %q in\n%s", c.path, r.StatusCode, c.status, c.has, text)
		}
		for name, want := range pageHeaders {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", c.path, name, got, want)
			}
		}
	}
}

func TestEmptyIndexPage(t *testing.T) {
	r := browse(pageServer(t), "/")
	if text := pageText(t, r); r.StatusCode != 200 || !strings.Contains(text, "nothing to search yet") {
		t.Errorf("status %d: %s", r.StatusCode, text)
	}
}

var localLink = regexp.MustCompile(`(?:href|action)="(/[^"]*)"`)

// TestEveryLinkLeadsSomewhere follows the links of the pages, and those of the pages behind them.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	h := pageServer(t, quay...)
	seen, todo := map[string]bool{}, []string{"/", "/search?q=port&size=1", "/article/copy"}
	for depth := range 2 {
		var next []string
		for _, path := range todo {
			path, _, _ = strings.Cut(path, "#")
			if seen[path] || strings.HasPrefix(path, "/api/") || strings.Contains(path, "q=") && depth > 0 && len(seen) > 300 {
				continue
			}
			seen[path] = true
			r := browse(h, path)
			if r.StatusCode != 200 {
				t.Errorf("%s: status %d", path, r.StatusCode)
			}
			for _, m := range localLink.FindAllStringSubmatch(pageText(t, r), -1) {
				next = append(next, strings.NewReplacer("&amp;", "&", "&#43;", "+", "&#39;", "'", "&#34;", `"`).Replace(m[1]))
			}
		}
		todo = next
	}
	if len(seen) < 20 {
		t.Errorf("only %d links", len(seen))
	}
}

// TestPagesFollowEachOther: the next-page links lead through every hit once.
func TestPagesFollowEachOther(t *testing.T) {
	h, path, found := pageServer(t, quay...), "/search?size=1", []string{}
	hit := regexp.MustCompile(`<h3 [^>]*><a href="([^"]*)"`)
	next := regexp.MustCompile(`class="next" href="([^"]*)"`)
	for range len(quay) {
		text := pageText(t, browse(h, path))
		for _, m := range hit.FindAllStringSubmatch(text, -1) {
			found = append(found, m[1])
		}
		m := next.FindStringSubmatch(text)
		if m == nil {
			break
		}
		path = strings.ReplaceAll(m[1], "&amp;", "&")
	}
	if got := strings.Join(found, " "); got != "/article/copy?size=1 /article/https:%2F%2Fharbourgazette%2Ecom%2Fa%3Fb=1?size=1 /article/2?size=1" {
		t.Error(got)
	}
}

func TestStaticFiles(t *testing.T) {
	h := pageServer(t, quay...)
	for _, m := range regexp.MustCompile(`href="(/static/[^"]*)"`).FindAllStringSubmatch(pageText(t, browse(h, "/")), -1) {
		r := browse(h, m[1])
		if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || len(pageText(t, r)) == 0 {
			t.Errorf("%s: %d %v", m[1], r.StatusCode, r.Header)
		}
	}
}

// failing is an engine whose searches fail.
type failing struct {
	index.Engine
	err error
}

func (f failing) Search(context.Context, index.Request) (*index.Result, error) { return nil, f.err }

func (f failing) Facet(context.Context, index.Request, index.Field, string) (*index.Facet, error) {
	return nil, f.err
}

func TestPageSaysNothingOfTheInside(t *testing.T) {
	e := memory.New(memory.Options{})
	if _, err := e.Put(t.Context(), quay); err != nil {
		t.Fatal(err)
	}
	h := New(failing{e, errors.New("segment 7 of /var/lib is broken")}, Options{})
	r := browse(h, "/search?q=oil")
	if text := pageText(t, r); r.StatusCode != 500 || strings.Contains(text, "segment") || !strings.Contains(text, "<h1>") {
		t.Errorf("status %d: %s", r.StatusCode, text)
	}
}
