package server

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// wire are articles of which three are one text, two of these of one source, and four one story.
var wire = []index.Article{
	{ID: "a", Source: "Gazette", Title: "Quay reopens", Body: "Ships are back.", Text: "t1", Story: "s1", Published: pageTime("2024-03-14"), Language: "en"},
	{ID: "b", Source: "Tide", Title: "Quay reopens", Body: "Ships are back.", Text: "t1", Story: "s1", Published: pageTime("2024-03-15"), Language: "en"},
	{ID: "c", Source: "Tide", Title: "Quay reopens", Body: "Ships are back.", Text: "t1", Story: "s1", Published: pageTime("2024-03-16"), Language: "de"},
	{ID: "d", Title: "Ships at the quay", Body: "They are back.", Text: "t2", Story: "s1", Published: pageTime("2024-03-10")},
	{ID: "e", Source: "Gazette", Title: "Ships sail", Body: "Elsewhere.", Text: "t3", Story: "s3", Published: pageTime("2024-03-09")},
}

var (
	folded    = regexp.MustCompile(`<summary>(and [^<]*) <span class="of">· ([^<]*)</span>`)
	foldedAll = regexp.MustCompile(`<p><a href="([^"]*)" rel="nofollow">Show all of them`)
	articles  = regexp.MustCompile(`<strong>(\d+) articles?</strong>`)
)

// TestCopiesAreOfTheSearch: what is folded under a hit is what the search finds, with all its filters.
func TestCopiesAreOfTheSearch(t *testing.T) {
	h := pageServer(t, wire...)
	for target, want := range map[string][]string{
		"q=ships&group=text":                            {"and 2 more with the same text: 3 articles of 2 sources"},
		"group=text":                                    {"and 2 more with the same text: 3 articles of 2 sources"},
		"q=ships&group=text&view=compact":               nil,
		"q=ships&group=story":                           {"and 3 more of the same story: 4 articles of 2 sources"},
		"q=ships&group=text&source=tide":                {"and 1 more with the same text: 2 articles of 1 source"},
		"q=ships&group=text&source=tide&source=gazette": {"and 2 more with the same text: 3 articles of 2 sources"},
		"q=ships&group=text&not.source=Tide":            nil,
		"q=ships&group=story&missing=source":            nil,
		"q=ships&group=story&not.source=Gazette":        {"and 2 more of the same story: 3 articles of 1 source"},
		"q=ships&group=text&language=en":                {"and 1 more with the same text: 2 articles of 2 sources"},
		"q=ships&group=text&missing=language":           nil,
		"q=ships":                                       nil,
		"q=zeppelin+ships&group=text":                   {"and 2 more with the same text: 3 articles of 2 sources"}, // any of the words
	} {
		body := strings.ReplaceAll(pageText(t, browse(h, "/search?"+target)), "&#43;", "+")
		var got []string
		for _, m := range folded.FindAllStringSubmatch(body, -1) {
			got = append(got, m[1]+": "+m[2])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: folded %q, want %q", target, got, want)
		}
		for i, m := range foldedAll.FindAllStringSubmatch(body, -1) {
			n := articles.FindStringSubmatch(pageText(t, browse(h, strings.ReplaceAll(m[1], "&amp;", "&"))))
			if n == nil || !strings.Contains(want[i], ": "+n[1]+" article") {
				t.Errorf("%s: %s finds %v, want %s", target, m[1], n, want[i])
			}
		}
	}
}

func TestCopiesGoneMeanwhile(t *testing.T) {
	f := newFake("a")
	f.search = func(context.Context, index.Request) (*index.Result, error) {
		return &index.Result{Total: index.Total{Articles: 2, Texts: 1}, Hits: []index.Hit{{ID: "gone", Title: "Gone"}}}, nil
	}
	s := New(f, quiet())
	if w := do(s, local("GET", "/search?group=text", "")); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Gone") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestFacetPageHandler(t *testing.T) {
	h := pageServer(t, wire...)
	for _, c := range []struct {
		path   string
		status int
		has    string
	}{
		{"/facet/source", 200, "<strong>2 sources</strong>. Numbers are articles."},
		{"/facet/source?q=ships&prefix=ti", 200, "<strong>1 source</strong> with a word that begins like <bdi>ti</bdi>"},
		{"/facet/source?q=ships&count=texts", 200, "Numbers are distinct texts."},
		{"/facet/source?q=ships&view=compact&seen=7&facet_size=1", 200, `<a href="/search?q=ships&amp;view=compact">Back to the results</a>`},
		{"/facet/source?q=ships&source=Tide", 200, `<li class="selected">`},
		{"/facet/source?prefix=nobody", 200, "Nothing here begins like that."},
		{"/facet/sources", 404, "No such"},
		{"/facet/", 404, "Nothing here"},
		{"/facet/source?prefix=a&prefix=b", 400, "<code>prefix</code>"},
		{"/facet/source?view=table", 400, "<code>view</code>"},
		{"/facet/source?q=(a", 400, "The query has a fault"},
		{"/facet/source?nonsense=1", 400, "<code>nonsense</code>"},
		{"/search?view=table", 400, "<code>view</code> must be comfortable or compact"},
		{"/search?seen=-1", 400, "<code>seen</code>"},
		{"/search?view=compact&view=comfortable", 400, "<code>view</code>"},
		{"/search?q=ships&view=compact", 200, `<ol class="hits compact" start="1">`},
		{"/search?q=ships&view=comfortable", 200, `<ol class="hits" start="1">`},
		{"/search?q=oil+AND&view=compact", 400, `<input type="hidden" name="view" value="compact">`},
	} {
		r := browse(h, c.path)
		if text := pageText(t, r); r.StatusCode != c.status || !strings.Contains(text, c.has) {
			t.Errorf("%s: status %d, want %d with %q in\n%.3000s", c.path, r.StatusCode, c.status, c.has, text)
		}
	}
}

// TestPagesCountOn: the second page goes on with the numbers of the first.
func TestPagesCountOn(t *testing.T) {
	h := pageServer(t, wire...)
	path := "/search?size=2&view=compact"
	for _, want := range []string{"1 to 2 of 5 articles", "3 to 4 of 5 articles", "5 of 5 articles"} {
		body := pageText(t, browse(h, path))
		if !strings.Contains(body, `<p class="place">`+want+`</p>`) || !strings.Contains(body, "hits compact") {
			t.Fatalf("%s has not %q", path, want)
		}
		if m := regexp.MustCompile(`class="next" href="([^"]*)"`).FindStringSubmatch(body); m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
}
