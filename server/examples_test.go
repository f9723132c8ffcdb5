package server

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

// countedSearches counts the searches of an engine.
type countedSearches struct {
	index.Engine
	n int
}

func (c *countedSearches) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	c.n++
	return c.Engine.Search(ctx, r)
}

// TestHelpCounts: the numbers of the help are those of the index, and are counted again only when it has changed, be it by a
// decision on names.
func TestHelpCounts(t *testing.T) {
	e := &countedSearches{Engine: memory.New(memory.Options{})}
	put := func(articles ...index.Article) {
		t.Helper()
		if _, err := e.Put(t.Context(), articles); err != nil {
			t.Fatal(err)
		}
	}
	put(quay...)
	s := New(e, Options{})
	row := func(query string) string {
		t.Helper()
		text := pageText(t, browse(s, "/help"))
		m := regexp.MustCompile(`<bdi>` + regexp.QuoteMeta(query) + `</bdi></code></a></th><td>.*</td><td>(.*)</td>`).FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("no row %s in\n%s", query, text)
		}
		return m[1]
	}
	for query, want := range map[string]string{"oil price": "1", "title:oil": "1", "date:2023-05": "0", "date:2024-03": "2", "source:&#34;The Quay&#34;": "2", "person:&#34;Ruslan Mirzaev&#34;": "1"} {
		if got := row(query); got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
	before := e.n
	if row("oil price"); e.n != before {
		t.Errorf("%d searches for an index that has not changed", e.n-before)
	}
	if _, err := e.Decide(t.Context(), []index.Decision{{Action: index.ActionHide, Type: index.Person, Name: "Ruslan Mirzaev"}}); err != nil {
		t.Fatal(err)
	}
	if row("oil price"); e.n == before {
		t.Error("what was decided on names is not seen")
	}
	put(index.Article{ID: "3", Title: "Oil price again"})
	if got := row("oil price"); got != "2" {
		t.Errorf("after a change: %s", got)
	}
}

// TestHelpWithoutCounts: the help stands when its examples cannot be counted.
func TestHelpWithoutCounts(t *testing.T) {
	e := memory.New(memory.Options{})
	if _, err := e.Put(t.Context(), quay); err != nil {
		t.Fatal(err)
	}
	r := browse(New(failing{e, errBusy}, Options{}), "/help")
	if text := pageText(t, r); r.StatusCode != 200 || strings.Contains(text, "articles here") || !strings.Contains(text, "How to search") {
		t.Errorf("%d %s", r.StatusCode, text)
	}
}
