package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
	"dateline/index"
	"dateline/index/remote"
)

// kind is a kind of page: a name for files, an address, and what is done on the page before it is looked at. A further page is a
// further line, which the tests look at too.
type kind struct {
	name string
	path string   // with {article}, {person} and {source} for what the index has most of
	keys []string // pressed, one after the other; "until SELECTOR" waits for what a key brings
	then string   // the selector of what is there then
	like bool     // it is drawn as another kind is: tests look at it on a wide window alone
}

// general are the pages that every server has.
var general = []kind{
	{name: "start", path: "/"},
	{name: "skip-link", path: "/help", keys: []string{"Tab"}, then: ".skip:focus"},
	{name: "keys", path: "/help", keys: []string{"?"}, then: "dialog[open]"},
	{name: "suggestions", path: "/help", keys: []string{"/", "h", "a"}, then: "#suggestions:not([hidden]) [role=option]"},
	{name: "suggestion-marked", like: true, path: "/sources", keys: []string{"/", "h", "a", "until [role=option]", "ArrowDown"}, then: "[role=option][aria-selected=true]"},
	{name: "rising", path: "/?rising=1d"},
	{name: "search", path: "/search?q={person}"},
	{name: "compact", path: "/search?q=the&view=compact&group=text"},
	{name: "share", like: true, path: "/search?q=the&chart=share"},
	{name: "all", like: true, path: "/search?sort=newest"},
	{name: "filtered", path: "/search?source={source}&not.person={person}&missing=topic"},
	{name: "facet-more", like: true, path: "/search?facet_size=50"},
	{name: "texts", like: true, path: "/search?q={person}&count=texts&group=texts&interval=day"},
	{name: "why", like: true, path: "/search?q={person}&explain=true"},
	{name: "nothing", path: "/search?q=zyxgibtesnicht+qqwxnein"},
	{name: "query-fault", path: "/search?q=(oil+AND"},
	{name: "date-fault", like: true, path: "/search?from=yesterdayish"},
	{name: "past", like: true, path: "/search?as_of=2020"},
	{name: "article", path: "/article/{article}"},
	{name: "article-found", path: "/article/{article}?q=the"},
	{name: "article-names", like: true, path: "/article/{article}?q=the&names=1"},
	{name: "versions", path: "/versions/{article}"},
	{name: "entity", path: "/entity/person/{person}"},
	{name: "entities", path: "/entities"},
	{name: "sources", path: "/sources"},
	{name: "source", path: "/source/{source}"},
	{name: "values", path: "/facet/topic"},
	{name: "values-found", like: true, path: "/facet/person?prefix=a&q=the"},
	{name: "compare", path: "/compare"},
	{name: "compare-two", like: true, path: "/compare?q=the&q={person}"},
	{name: "compare-five", path: "/compare?q=the&q=a&q=of&q=harbour&q={person}&chart=share"},
	{name: "compare-fault", path: "/compare?q=the&q=(oil+AND"},
	{name: "feeds", path: "/feeds"},
	{name: "accounts", path: "/accounts"},
	{name: "help", path: "/help"},
	{name: "not-found", path: "/nothing/here"},
	{name: "no-article", like: true, path: "/article/no-such-article"},
}

// hardOnes are pages of sample.Hard.
var hardOnes = []kind{
	{name: "hard-search", path: "/search?q=harbour"},
	{name: "hard-oldest", like: true, path: "/search?q=harbour&sort=oldest&size=10"},
	{name: "hard-hostile-results", path: "/search?q=harbour&source=" + url.QueryEscape(sample.Active)},
	{name: "hard-hostile-words", like: true, path: "/search?q=" + url.QueryEscape(`"<script>trapped=1</script><img src=x onerror='trapped=2'>"`)},
	{name: "hard-hostile-fault", path: "/search?q=" + url.QueryEscape("("+sample.Active)},
	{name: "hard-hostile-article", path: "/article/" + index.EscapeID(sample.HostileID)},
	{name: "hard-hostile-entity", path: "/entity/person/" + index.EscapeID(sample.Active)},
	{name: "hard-names", path: "/article/" + index.EscapeID(sample.NamesID)},
	{name: "hard-long", path: "/article/" + sample.LongID},
	{name: "hard-one-word", path: "/article/" + sample.OneWordID},
	{name: "hard-arabic", path: "/article/" + sample.ArabicID},
	{name: "hard-untitled", like: true, path: "/article/" + sample.UntitledID},
	{name: "hard-undated", like: true, path: "/article/" + sample.UndatedID},
	{name: "hard-changes", path: "/versions/" + sample.ChangedID + "?from=1&to=2"},
	{name: "hard-compact", like: true, path: "/search?q=harbour&view=compact"},
	{name: "hard-article-found", path: "/article/" + index.EscapeID(sample.HostileID) + "?q=harbour&names=1"},
	{name: "hard-suggestions", like: true, path: "/help", keys: []string{"/", "h", "a", "r", "b"}, then: "#suggestions:not([hidden]) [role=option]"},
	{name: "hard-sources", like: true, path: "/sources"},
	{name: "hard-source", path: "/source/" + index.EscapeID(sample.Active)},
	{name: "hard-compare", path: "/compare?q=harbour&q=" + url.QueryEscape(sample.Active)},
	{name: "hard-values", like: true, path: "/facet/topic?prefix=harbour"},
	{name: "hard-10000-topics", path: "/search?facets=topic&facet_size=100"},
}

func kindNames() (names []string) {
	for _, k := range append(append([]kind{}, general...), hardOnes...) {
		names = append(names, k.name)
	}
	return names
}

// target is a page of a kind on a server.
type target struct {
	kind
	site, url string
}

// targets are the pages of some kinds on a server, with what its index has.
func targets(ctx context.Context, site string, kinds []kind) (list []target, err error) {
	e, err := remote.Open(ctx, site, nil)
	if err != nil {
		return nil, err
	}
	r, err := e.Search(ctx, index.Request{Facets: []index.Field{index.FieldSource, index.FieldPerson}, Size: 1})
	if err != nil {
		return nil, err
	}
	if len(r.Hits) == 0 {
		return nil, fmt.Errorf("there is no article at %s", site)
	}
	first := func(f index.Field) string {
		if values := r.Facets[f].Values; len(values) > 0 {
			return url.PathEscape(values[0].Value)
		}
		return "unknown"
	}
	with := strings.NewReplacer("{article}", index.EscapeID(r.Hits[0].ID), "{person}", first(index.FieldPerson), "{source}", first(index.FieldSource))
	for _, k := range kinds {
		list = append(list, target{k, site, site + with.Replace(k.path)})
	}
	return list, e.Close()
}

// show brings a page into a tab, in the state that its kind asks for.
func (p target) show(t *browser.Tab) error {
	if err := t.Open(p.url); err != nil {
		return err
	}
	for _, key := range p.keys {
		step := t.Press
		if selector, ok := strings.CutPrefix(key, "until "); ok {
			key, step = selector, func(s ...string) error { return t.UntilFound(s[0]) }
		}
		if err := step(key); err != nil {
			return err
		}
	}
	if p.then == "" {
		return nil
	}
	return t.UntilFound(p.then)
}
