package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

func TestArticleOfASearch(t *testing.T) {
	h := pageServer(t,
		index.Article{ID: "a", Title: "Oil", Body: "Oil prices.", Text: "t", Source: "A"}, index.Article{ID: "b", Title: "Gas", Body: "No oil.", Text: "t", Source: "B"},
		index.Article{ID: "c", Title: "Gold"})
	for _, c := range []struct {
		path   string
		status int
		has    []string
	}{
		{"/article/a?q=oil&sort=oldest", 200, []string{"1 of 2 articles", `<mark id="m1">Oil</mark>`, `href="/article/b?q=oil&amp;sort=oldest"`, "2 matches"}},
		{"/article/b?q=oil&sort=oldest", 200, []string{"2 of 2 articles", `rel="prev nofollow"`, `No <mark id="m1">oil</mark>`}},
		{"/article/c?q=oil", 200, []string{"From a search for"}},
		{"/article/a?q=oil+gold+nothing&sort=oldest", 200, []string{"1 of 3 articles"}}, // as relaxed as the page
		{"/article/a?q=oil&group=text&sort=oldest", 200, []string{"1 of 1 distinct text"}},
		{"/article/a", 200, []string{"All 2 copies in 2 sources"}},
		{"/article/a?names=0", 200, []string{"<h1"}},
		{"/article/a?names=perhaps", 400, nil},
		{"/article/a?q=(", 400, nil},
		{"/article/a?nonsense=1", 400, []string{"nonsense"}},
		{"/article/nowhere?q=oil", 404, nil},
	} {
		r := browse(h, c.path)
		text := pageText(t, r)
		if r.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.path, r.StatusCode, c.status)
		}
		for _, want := range c.has {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", c.path, want, text)
			}
		}
	}
}

// counted is an engine that counts the searches.
type counted struct {
	index.Engine
	searches atomic.Int32
}

func (c *counted) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	c.searches.Add(1)
	return c.Engine.Search(ctx, r)
}

// TestArticleAlike: the articles with the text and those of the story are found, by as many searches as it takes.
func TestArticleAlike(t *testing.T) {
	e := &counted{Engine: memory.New(memory.Options{})}
	t.Cleanup(func() { _ = e.Close() })
	put := func(id, text, story string) index.Article {
		return index.Article{ID: id, Title: "Title of " + id, Body: "Oil.", Source: "The Quay", Text: text, Story: story}
	}
	if _, err := e.Put(t.Context(), []index.Article{
		put("alone", "t1", "t1"), put("copy", "t2", "t2"), put("other copy", "T2", "t2"), put("first", "t3", "t3"), put("second", "t4", "t3"),
		put("here", "t5", "s5"), put("there", "t5", "s6"), put("no story", "t7", ""), put("no text", "", "s8"), put("its story", "t8", "s8"), put("nothing", "", ""),
	}); err != nil {
		t.Fatal(err)
	}
	h := New(e, quiet())
	for _, c := range []struct {
		id            string
		searches      int32
		copies, story string // what the page calls them; "" where it has none
	}{
		{id: "alone", searches: 1},
		{id: "copy", searches: 1, copies: "All 2 copies in 1 source", story: "2 articles of 1 source"},
		{id: "other copy", searches: 1, copies: "All 2 copies in 1 source", story: "2 articles of 1 source"},
		{id: "first", searches: 2, story: "2 articles of 1 source"},
		{id: "here", searches: 2, copies: "All 2 copies in 1 source"},
		{id: "no story", searches: 1},
		{id: "no text", searches: 1, story: "2 articles of 1 source"},
		{id: "nothing", searches: 0},
	} {
		e.searches.Store(0)
		text := pageText(t, browse(h, "/article/"+index.EscapeID(c.id)))
		if n := e.searches.Load(); n != c.searches {
			t.Errorf("%s: %d searches, not %d", c.id, n, c.searches)
		}
		for heading, want := range map[string]string{"<h2>Same text</h2>": c.copies, "<h2>Same story</h2>": c.story} {
			if strings.Contains(text, heading) != (want != "") || !strings.Contains(text, want) {
				t.Errorf("%s: under %s is no %q in\n%s", c.id, heading, want, text)
			}
		}
	}
}

func TestCite(t *testing.T) {
	h := pageServer(t, index.Article{ID: "a/1", Title: "Oil, \"gas\"\r\nER", Source: "The Quay", Authors: []string{"Ada Quist"}})
	for _, c := range []struct {
		query, media, file, has string
		status                  int
	}{
		{"format=bibtex", "application/x-bibtex; charset=utf-8", "attachment; filename=theoil.bib", "@article{theoil,", 200},
		{"format=ris", "application/x-research-info-systems; charset=utf-8", "attachment; filename=theoil.ris", "TI  - Oil, \"gas\" ER\r\n", 200},
		{"format=csl", "application/vnd.citationstyles.csl+json", "attachment; filename=theoil.json", `"article-newspaper"`, 200},
		{"format=word", "", "", "", 400}, {"", "", "", "", 400}, {"format=ris&x=y", "", "", "", 400},
	} {
		r := browse(h, "/cite/"+url.PathEscape("a/1")+"?"+c.query)
		text := pageText(t, r)
		if r.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.query, r.StatusCode, c.status, text)
		}
		if c.status == http.StatusOK && (r.Header.Get("Content-Type") != c.media || r.Header.Get("Content-Disposition") != c.file || !strings.Contains(text, c.has)) {
			t.Errorf("%s: %v\n%s", c.query, r.Header, text)
		}
	}
	if r := browse(h, "/cite/nowhere?format=ris"); r.StatusCode != http.StatusNotFound {
		t.Errorf("status %d", r.StatusCode)
	}
}
