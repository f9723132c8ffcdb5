package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
)

// oddID is an id as feeds have them.
const oddID = "https://harbourgazette.com/a?b=1/../c#d"

// changedServer serves articles that were put an hour apart: that of oddID said three things, "b" only one.
func changedServer(t *testing.T) *Server {
	t.Helper()
	now := noon
	e := memory.New(memory.Options{Clock: func() time.Time { return now }})
	t.Cleanup(func() { _ = e.Close() })
	for _, articles := range [][]index.Article{
		{
			{ID: oddID, Title: "Harbour reopens", Body: "The crane stands.", Authors: []string{"Ada Quist"}, Published: pageTime("2024-03-14"), Precision: "day"},
			{ID: "b", Title: "Gas falls", Language: "en", Published: pageTime("2024-03-15"), Precision: "day"},
			{ID: "ahead", Title: "Harbour of the future", Language: "de", Published: pageTime("2030-03-15"), Precision: "day", Flags: []string{index.FlagFutureDate}},
		},
		{{ID: oddID, Title: "Harbour reopens after storm", Body: "The crane fell.", Authors: []string{"Ada Quist"}, Published: pageTime("2024-03-14"), Precision: "day"}},
		{{ID: oddID, Title: "Harbour closes", Body: "The crane fell.", Source: "DPA", Published: pageTime("2024-03-14"), Precision: "day"}},
	} {
		if _, err := e.Put(t.Context(), articles); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Hour)
	}
	return New(e, quiet())
}

func oddPath(prefix string) string { return prefix + index.EscapeID(oddID) }

func TestDiff(t *testing.T) {
	s := changedServer(t)
	for _, c := range []struct {
		path             string
		from, to, before string
		title            string
	}{
		{oddPath("/api/v1/diff/"), "2", "3", "2024-03-20T14:00:00Z", `[{"kind":"same","text":"Harbour "},{"kind":"delete","text":"reopens after storm"},{"kind":"insert","text":"closes"}]`},
		{oddPath("/api/v1/diff/") + "?from=1&to=2", "1", "2", "2024-03-20T13:00:00Z", `[{"kind":"same","text":"Harbour reopens"},{"kind":"insert","text":" after storm"}]`},
		{oddPath("/api/v1/diff/") + "?to=2", "1", "2", "2024-03-20T13:00:00Z", `[{"kind":"same","text":"Harbour reopens"},{"kind":"insert","text":" after storm"}]`},
		{oddPath("/api/v1/diff/") + "?from=2&to=1", "2", "1", "2024-03-20T14:00:00Z", `[{"kind":"same","text":"Harbour reopens"},{"kind":"delete","text":" after storm"}]`},
		{oddPath("/api/v1/diff/") + "?from=&to=", "2", "3", "2024-03-20T14:00:00Z", `[{"kind":"same","text":"Harbour "},{"kind":"delete","text":"reopens after storm"},{"kind":"insert","text":"closes"}]`},
		{"/api/v1/diff/b", "1", "1", "null", `[{"kind":"same","text":"Gas falls"}]`},
	} {
		w := do(s, local("GET", c.path, ""))
		body := w.Body.Bytes()
		for path, want := range map[string]string{
			"from.number": c.from, "to.number": c.to, "from.until": c.before, "fields.0.field": "title", "fields.0.segments": c.title,
		} {
			if got := at(t, body, path); w.Code != 200 || got != want {
				t.Errorf("%s: %d, %s is %s, want %s", c.path, w.Code, path, got, want)
			}
		}
	}
}

// TestDiffMakesUpBoth: what programs put together from the segments is what both versions say.
func TestDiffMakesUpBoth(t *testing.T) {
	s := changedServer(t)
	var d Diff
	if err := json.Unmarshal(do(s, local("GET", oddPath("/api/v1/diff/")+"?from=1", "")).Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	list, err := s.engine.Versions(t.Context(), oddID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Fields {
		var a, b string
		for _, segment := range f.Segments {
			if segment.Kind != "insert" {
				a += segment.Text
			}
			if segment.Kind != "delete" {
				b += segment.Text
			}
		}
		first, last := list[0].Article, list[2].Article
		want := map[string][2]string{
			"title": {first.Title, last.Title}, "body": {first.Body, last.Body}, "authors": {"Ada Quist", ""}, "source": {"", "DPA"}, "published": {"2024-03-14", "2024-03-14"},
		}[f.Field]
		if a != want[0] || b != want[1] || f.Changed != (a != b) {
			t.Errorf("%s: %q and %q, want %q", f.Field, a, b, want)
		}
	}
}

func TestDiffThatCannotBe(t *testing.T) {
	s := changedServer(t)
	for _, c := range []struct {
		path, param, detail string
		status              int
	}{
		{"?from=0", "from", `from must be a number from 1 to 3, not \"0`, 400},
		{"?to=4", "to", `to must be a number from 1 to 3, not \"4`, 400},
		{"?to=x", "to", `to must be a number from 1 to 3, not \"x`, 400},
		{"?from=1&from=2", "from", "from is given 2 times with different values", 400},
		{"?show=2", "show", "show is not a parameter here", 400},
		{"?from=%zz", "null", "", 400},
	} {
		for _, prefix := range []string{"/api/v1/diff/", "/versions/"} {
			w := do(s, local("GET", oddPath(prefix)+c.path, ""))
			if prefix == "/versions/" {
				if text := strings.NewReplacer("&#34;", `\"`, "&#43;", "+").Replace(w.Body.String()); c.param != "show" && (w.Code != c.status || !strings.Contains(strings.ToLower(text), c.detail)) {
					t.Errorf("%s%s: %d %s", prefix, c.path, w.Code, text)
				}
				continue
			}
			if got := at(t, w.Body.Bytes(), "detail"); w.Code != c.status || !strings.Contains(got, c.detail) || at(t, w.Body.Bytes(), "param") != c.param {
				t.Errorf("%s: %d %s", c.path, w.Code, w.Body)
			}
		}
	}
	for _, path := range []string{"/api/v1/diff/nobody", "/api/v1/diff/" + strings.Repeat("x", index.MaxIDBytes+1), "/api/v1/versions/nobody", "/versions/nobody", "/versions/nobody?show=1"} {
		if w := do(s, local("GET", path, "")); w.Code != 404 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	f := newFake("a")
	f.err = errors.New("broken")
	for _, path := range []string{"/api/v1/diff/a", "/versions/a", "/versions/a?show=1"} {
		if w := do(New(f, quiet()), local("GET", path, "")); w.Code != 500 || strings.Contains(w.Body.String(), "broken") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

// TestDiffWaitsItsTurn: comparing costs as much as a search, and is refused as one where too many run.
func TestDiffWaitsItsTurn(t *testing.T) {
	o := quiet()
	o.Running, o.Waiting, o.Patience = 1, 1, time.Millisecond
	s := New(newFake("a"), o)
	if err := s.searches.enter(context.Background()); err != nil {
		t.Fatal(err)
	}
	defer s.searches.leave()
	for _, path := range []string{"/api/v1/diff/a", "/versions/a"} {
		if w := do(s, local("GET", path, "")); w.Code != http.StatusTooManyRequests {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

func TestVersionsPages(t *testing.T) {
	s := changedServer(t)
	for _, c := range []struct{ path, has string }{
		{oddPath("/article/"), `, <a href="/versions/https:%2F%2Fharbourgazette%2Ecom%2Fa%3Fb=1%2F%2E%2E%2Fc%23d" rel="nofollow"><bdi>3 versions</bdi></a>`},
		{"/article/ahead", "Dated in the future: published later than it was read"},
		{oddPath("/versions/"), "From version 2 to version 3"},
		{oddPath("/versions/"), "title, text &#43;1 −1 words</a>"},
		{oddPath("/versions/"), "title, authors, source</a>"},
		{oddPath("/versions/") + "?from=1&to=3", `<ins><span class="hidden">[put in: </span>DPA`},
		{oddPath("/versions/") + "?from=&to=2", "From version 1 to version 2"},
		{oddPath("/versions/") + "?show=1", "Version 1, an earlier one: from 20 March 2024, 12:00 UTC until 20 March 2024, 13:00 UTC"},
		{oddPath("/versions/") + "?show=1", "The crane stands."},
		{oddPath("/versions/") + "?show=", "Version 3, the present one"},
		{"/versions/b", "The index knows no other version"},
		{"/search?q=closes", "changed <time datetime=\"2024-03-20T14:00:00Z\">"},
		{"/search?q=stands&as_of=2024-03-20T12:30:00Z", "The index as it was on 20 March 2024, 12:30 UTC."},
		{"/search?q=stands&as_of=2024-03-20T12:30:00Z", "d?show=1\">Harbour reopens</a>"},
		{"/search?as_of=2024-03-20", "at the end of 20 March 2024"},
		{"/search?as_of=2019", "Nothing found"},
		{"/search", "1 article dated in the future comes last; order them by date"},
		{"/search?sort=newest&future=1", "Put articles dated in the future last"},
	} {
		r := browse(s, c.path)
		text := pageText(t, r)
		if r.StatusCode != 200 || !strings.Contains(text, c.has) {
			t.Errorf("%s: %d without %q in\n%s", c.path, r.StatusCode, c.has, text)
		}
	}
	for path, status := range map[string]int{"?show=4": 400, "?show=1&from=1": 400, "?show=0": 400, "?nonsense=1": 400} {
		r := browse(s, oddPath("/versions/")+path)
		if text := pageText(t, r); r.StatusCode != status || strings.Contains(text, "The search has a fault") {
			t.Errorf("%s: %d %s", path, r.StatusCode, text)
		}
	}
	if r := browse(s, "/search?as_of=then"); r.StatusCode != 400 || !strings.Contains(pageText(t, r), "<code>as_of</code>") {
		t.Errorf("%d", r.StatusCode)
	}
}

// TestLinksOfVersions follows every link of the pages about versions.
func TestLinksOfVersions(t *testing.T) {
	s := changedServer(t)
	seen := map[string]bool{}
	for _, path := range []string{oddPath("/versions/"), oddPath("/versions/") + "?show=1", oddPath("/article/"), "/search?q=harbour&as_of=2024-03-20T12:30:00Z", "/versions/b"} {
		for _, m := range localLink.FindAllStringSubmatch(pageText(t, browse(s, path)), -1) {
			link, _, _ := strings.Cut(strings.NewReplacer("&amp;", "&", "&#43;", "+", "&#39;", "'", "&#34;", `"`).Replace(m[1]), "#")
			if seen[link] {
				continue
			}
			seen[link] = true
			if r := browse(s, link); r.StatusCode != 200 {
				t.Errorf("%s leads to %s: %d", path, link, r.StatusCode)
			}
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d links", len(seen))
	}
}

// TestFuture counts what an order by date puts last, whatever narrows the search.
func TestFuture(t *testing.T) {
	s := changedServer(t)
	for asked, want := range map[string]int{
		"": 1, "sort=newest": 1, "sort=oldest": 1, "q=harbour": 0, "q=harbour&sort=newest": 1, "q=gas&sort=newest": 0, "future=1": 0, "language=de": 1,
		"language=en": 0, "not.language=de": 0, "missing=language": 0, "language=de&missing=agency": 1, "missing=agency,language": 0,
		"not.agency=x&not.language=x&not.section=x": 0, // nothing is left to count by
		"source=DPA": 0, "q=date:2030": 1, "q=harbour+zeppelin&sort=newest": 1, "q=harbour+zeppelin&match=all&sort=newest": 0, "as_of=2019": 0,
		"as_of=2024-03-20T12:30:00Z": 1, "to=2029": 0, "q=gas+OR+future&sort=newest": 1, "q=-gas": 1,
	} {
		v, err := url.ParseQuery(asked)
		if err != nil {
			t.Fatal(err)
		}
		r, err := index.ParseRequest(v, noon)
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.run(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.future(t.Context(), r, found); err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", asked, got, err, want)
		}
	}
}

// TestStepsAreBounded: of long articles only the latest versions are compared for the list.
func TestStepsAreBounded(t *testing.T) {
	list := make([]index.Version, 6)
	for i := range list {
		list[i].Article.Body = strings.Repeat("x", 1<<20) + fmt.Sprint(i)
	}
	compared := 0
	for i, step := range steps(t.Context(), list) {
		if step == nil {
			continue
		}
		compared++
		if i < 3 || step[2].Segments != nil || !step[2].Changed {
			t.Errorf("step %d is %v", i, step)
		}
	}
	if compared != 3 {
		t.Errorf("%d of 5 were compared", compared)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := steps(ctx, list); got[5] != nil {
		t.Error("nobody waits for it")
	}
}
