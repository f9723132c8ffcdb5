package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
)

func TestSourcePages(t *testing.T) {
	h, _ := octoberServer(t)
	for _, c := range []struct {
		path   string
		status int
		has    string
	}{
		{"/source/The%20Quay", 200, "<bdi>42 articles</bdi></a></strong> · 41 distinct texts"},
		{"/source/the%20QUAY", 200, "<h1><bdi>The Quay</bdi></h1>"},
		{"/source/harbourgazette.com", 200, "<h1><bdi>www.HarbourGazette.com</bdi></h1>"},
		{"/source/www.HarbourGazette.com", 200, "<bdi>40 articles</bdi>"},
		{"/source/harbourgazette%2Ecom", 200, "<td>100%<svg"},
		{"/source/The%20Quay", 200, "1 undated"},
		{"/source/The%20Quay", 200, "1 article repeats a text"},
		{"/source/The%20Quay?from=1987-10&q=oil", 200, "</a></strong> of 42 articles in all"},
		{"/source/The%20Quay?source=nobody", 400, "cannot narrow the articles of a source"},
		{"/source/The%20Quay?from=1987-10&size=1000", 400, "<a href=\"/source/The%20Quay?from=1987-10\" rel=\"nofollow\">Search without it</a>"},
		{"/source/The%20Quay?nonsense=x", 400, "<code>nonsense</code>"},
		{"/source/The%20Quay?place=nowhere", 200, "No article of it is left: remove a filter."},
		{"/source/The%20Quai", 404, "The Quay"},
		{"/source/Nobody", 404, "<a href=\"/sources?name=Nobody\""},
		{"/source/", 404, "<h1>"},
		{"/source/..", 404, "<h1>"},
		{"/source/%3Cscript%3E", 404, "&lt;script&gt;"},
		{"/source/%ff", 404, "<h1>"},
		{"/source/" + strings.Repeat("x", 2000), 404, "<h1>"},
		{"/sources", 200, "2 sources, the largest first"},
		{"/sources", 200, "href=\"/source/www%2EHarbourGazette%2Ecom\""},
		{"/sources?name=qu", 200, "1 source, the largest first"},
		{"/sources?name=zeppelin", 200, "No source has such a name."},
		{"/sources?size=1", 200, "<a class=\"next\" href=\"/sources?page=2&amp;size=1\""},
		{"/sources?size=1&page=2", 200, "HarbourGazette"},
		{"/sources?size=1&page=9", 200, "No article names its source."},
		{"/sources?page=0", 400, "page must be"},
		{"/sources?page=21", 400, "page must be"},
		{"/sources?size=1000", 400, "size must be"},
		{"/sources?nonsense=x", 400, "nonsense"},
	} {
		r := browse(h, c.path)
		text := pageText(t, r)
		if r.StatusCode != c.status || !strings.Contains(strings.ToLower(text), strings.ToLower(c.has)) {
			t.Errorf("%.80s: status %d, want %d with %q in\n%s", c.path, r.StatusCode, c.status, c.has, text)
		}
		for name, want := range pageHeaders {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%.80s: %s is %q, want %q", c.path, name, got, want)
			}
		}
	}
}

func TestSourcesAPI(t *testing.T) {
	h, _ := octoberServer(t)
	for _, c := range []struct {
		target string
		status int
		want   map[string]string
	}{
		{"/api/v1/sources", 200, map[string]string{
			"total": "2", "interval": "day", "sources.0.name": "The Quay", "sources.0.articles": "42", "sources.0.undated": "1",
			"sources.0.first": "1987-09-11T00:00:00Z", "sources.0.last": "1987-10-20T00:00:00Z", "sources.1.articles": "40", "sources.1.timeline.0.count": "1"}},
		{"/api/v1/sources?name=har&size=5", 200, map[string]string{"total": "1", "sources.0.name": "www.HarbourGazette.com"}},
		{"/api/v1/sources?name=x", 200, map[string]string{"total": "0", "sources": "[]"}},
		{"/api/v1/sources?q=x", 400, map[string]string{"param": "q"}},
		{"/api/v1/sources/the%20quay", 200, map[string]string{
			"name": "The Quay", "articles": "42", "matching.articles": "42", "matching.texts": "41", "unit": "articles", "first.id": "n78", "latest.0.id": "n00",
			"silence.median": "1", "silence.days": "40", "silence.gaps": "[]", "facets.place.values.0.value": "Tokyo", "facets.agency.missing": "42"}},
		{"/api/v1/sources/the%20quay?place=Rostam&size=1", 200, map[string]string{"matching.articles": "5", "articles": "42", "silence": "null"}},
		{"/api/v1/sources/the%20quay?to=1987-10-01", 200, map[string]string{"matching.articles": "21", "silence.days": "21"}},
		{"/api/v1/sources/nobody", 404, map[string]string{"type": "urn:dateline:no-such-source"}},
		{"/api/v1/sources/the%20quay?source=x", 400, map[string]string{"param": "source"}},
		{"/api/v1/sources/", 404, nil},
	} {
		w := do(h, local("GET", c.target, ""))
		if w.Code != c.status {
			t.Errorf("%s: %d %s", c.target, w.Code, w.Body)
		}
		for path, want := range c.want {
			if got := at(t, w.Body.Bytes(), path); got != want {
				t.Errorf("%s: %s is %s, want %s", c.target, path, got, want)
			}
		}
	}
}

// TestSourceNames: any name that an index has can be asked for, as a page and as JSON.
func TestSourceNames(t *testing.T) {
	names := []string{"a//b", "/", "AC/DC", "..", "../../etc/passwd", "%2F", "Who?", "C#", "Мирзаев", "صحيفة الميناء", "a b+c", `"\`, "new/../old", "'<b>'", "https://quay.example/x?y=1"}
	e := memory.New(memory.Options{})
	t.Cleanup(func() { _ = e.Close() })
	for i, name := range names {
		if _, err := e.Put(t.Context(), []index.Article{{ID: fmt.Sprint(i), Title: "T", Source: name}}); err != nil {
			t.Fatal(err)
		}
	}
	h := New(e, quiet())
	for _, name := range names {
		w := do(h, local("GET", "/api/v1/sources/"+index.EscapeID(name), ""))
		found, err := DescribeSource(t.Context(), e, name, index.Request{})
		switch {
		case err == nil && (w.Code != 200 || found.Name != name || found.Articles != 1):
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		case err != nil && w.Code != 404: // a name without letters is no value
			t.Errorf("%s: %v, %d", name, err, w.Code)
		}
		if r := browse(h, "/source/"+index.EscapeID(name)); name != ".." && r.StatusCode != w.Code {
			t.Errorf("%s: the page answers %d, the interface %d", name, r.StatusCode, w.Code)
		}
	}
}

// paper puts articles of a source on some days before one.
func paper(t *testing.T, e index.Engine, source string, end time.Time, daysBefore ...int) {
	t.Helper()
	for _, n := range daysBefore {
		a := index.Article{ID: fmt.Sprint(source, n), Title: "T", Source: source, Published: index.At(end.AddDate(0, 0, -n)), Precision: "day"}
		if n < 0 {
			a.Flags = []string{index.FlagFutureDate}
		}
		if _, err := e.Put(t.Context(), []index.Article{a}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSourceSilence: gaps of a source are told by its own days, and last until the newest article of any.
func TestSourceSilence(t *testing.T) {
	e := memory.New(memory.Options{})
	t.Cleanup(func() { _ = e.Close() })
	end := time.Date(2024, 3, 14, 0, 0, 0, 0, time.UTC)
	paper(t, e, "Tide", end, 0, 1)
	paper(t, e, "Quay", end, 20, 21, 22, 23, 24, 25, 40, 41, 42, 43, 44, 45, -4000)
	paper(t, e, "Old", end, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 12_000)
	gaps := func(name string, r index.Request) string {
		a, err := DescribeSource(t.Context(), e, name, r)
		if err != nil {
			t.Fatal(err)
		}
		if a.Silence == nil {
			return "not looked for, by " + string(a.Timeline.Interval)
		}
		text := string(a.Timeline.Interval)
		for _, g := range a.Silence.Gaps {
			text += fmt.Sprintf(" %s..%s(%d,%t)", g.From, g.To, g.Days, g.Open)
		}
		return text
	}
	until := index.Filters{To: end.AddDate(0, 0, -22)}
	for _, c := range []struct {
		name string
		r    index.Request
		want string
	}{
		{"quay", index.Request{Filters: index.Filters{From: end.AddDate(-1, 0, 0), To: end.AddDate(0, 0, 1)}}, "day 2024-02-04..2024-02-17(14,false) 2024-02-24..2024-03-14(20,true)"},
		{"quay", index.Request{}, "quarter 2024-02-04..2024-02-17(14,false) 2024-02-24..2024-03-14(20,true)"},
		{"quay", index.Request{Interval: index.Month}, "month 2024-02-04..2024-02-17(14,false) 2024-02-24..2024-03-14(20,true)"},
		{"quay", index.Request{Filters: until}, "day"},
		{"quay", index.Request{Filters: index.Filters{Exclude: map[index.Field][]string{index.FieldAgency: {"x"}}}}, "not looked for, by quarter"},
		{"tide", index.Request{}, "day"},
		{"old", index.Request{}, "not looked for, by year"},
		{"old", index.Request{Interval: index.Year}, "not looked for, by year"},
	} {
		if got := gaps(c.name, c.r); got != c.want {
			t.Errorf("%s %+v: %s, want %s", c.name, c.r, got, c.want)
		}
	}
	if _, err := DescribeSource(t.Context(), e, "old", index.Request{Interval: index.Day}); !isTooLong(err) {
		t.Errorf("more days than a timeline has: %v", err)
	}
}

// TestSourceFaults: what fails in the engine is a fault of the server, which says nothing of the inside.
func TestSourceFaults(t *testing.T) {
	e := memory.New(memory.Options{})
	if _, err := e.Put(t.Context(), quay); err != nil {
		t.Fatal(err)
	}
	h := New(failing{e, context.DeadlineExceeded}, quiet())
	for _, path := range []string{"/", "/sources", "/source/The%20Quay", "/api/v1/sources", "/api/v1/sources/The%20Quay", "/api/v1/rising"} {
		if r := browse(h, path); r.StatusCode != http.StatusGatewayTimeout {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}
