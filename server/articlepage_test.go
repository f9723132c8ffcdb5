package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dateline/index"
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
