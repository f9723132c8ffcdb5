package html

import (
	"errors"
	"testing"

	"dateline/index/source/record"
)

// TestIsFront has the front page of a site, and pages that have all but one of its signs.
func TestIsFront(t *testing.T) {
	const (
		root    = `<link rel="canonical" href="https://gazette.example/">`
		website = `<meta property="og:type" content="website">`
		teasers = `<h1>The Gazette</h1><h2><a href="/1">North Quay reopens</a></h2><p>The first ship made fast on Thursday.</p><a href="/2"><h3>Comet brightens</h3></a><h3><a href="/3">Ferry late</a></h3>`
	)
	for _, c := range []struct {
		name, markup, address string
		want                  bool
	}{
		{"front page", root + website + teasers, "", true},
		{"front page that was fetched", website + teasers, "https://gazette.example", true},
		{"articles in a list of its data", root + website + ld(`{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"North Quay reopens"}]}`) + teasers, "", true},
		{"no address", website + teasers, "", false},
		{"an address of its own", `<meta property="og:url" content="https://gazette.example/1">` + root + website + teasers, "", false},
		{"fetched from elsewhere", root + website + teasers, "https://gazette.example/1", false},
		{"a number in the address", website + teasers, "https://gazette.example/?p=1", false},
		{"says that it is an article", root + `<meta property="og:type" content="article">` + teasers, "", false},
		{"data of an article", root + website + ld(`{"@type":"NewsArticle","headline":"North Quay reopens"}`) + teasers, "", false},
		{"a day", root + website + `<meta property="article:published_time" content="2024-03-14">` + teasers, "", false},
		{"headings that are none", root + website + `<h1>North Quay reopens</h1><h2>Repairs</h2><h2>Costs</h2><h2><a href="/2">Comet brightens</a></h2><h2><a href="/3">Ferry late</a></h2>`, "", false},
		{"one link", root + website + `<title>The Gazette</title><h2><a href="/2">Comet brightens</a></h2>`, "", false},
	} {
		_, err := Article("<html>"+c.markup, record.Place{Number: 1}, record.Options{URL: c.address})
		var fault *record.Fault
		if got := errors.As(err, &fault) && fault.Reason == record.NoText; got != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
