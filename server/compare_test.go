package server

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/compare"
	"dateline/index/memory"
)

// comparable is a server over articles of which the i-th is of the i-th day of 2024, the later half of it with "gas", each third with
// "oil", and ten about a fire on one day.
func comparable(t *testing.T) http.Handler {
	t.Helper()
	e := memory.New(memory.Options{})
	t.Cleanup(func() { _ = e.Close() })
	var list []index.Article
	for i := range 60 {
		title := "news"
		if i%3 == 0 {
			title += " oil"
		}
		if i >= 30 {
			title += " gas"
		}
		list = append(list, index.Article{ID: fmt.Sprint(i), Title: title, Source: "Quay", Published: index.At(pageTime("2024-01-01").AddDate(0, 0, i)), Precision: "day"})
	}
	for i := range 10 {
		list = append(list, index.Article{ID: fmt.Sprint("fire", i), Title: "oil fire", Body: strings.Repeat("oil ", i), Published: pageTime("2024-02-03"), Precision: "day"})
	}
	list = append(list, index.Article{ID: "undated", Title: "gas"})
	if _, err := e.Put(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	return New(e, quiet())
}

func TestCompareJSON(t *testing.T) {
	h := comparable(t)
	w := do(h, local("GET", "/api/v1/compare?q=oil&q=gas&interval=month&q=", ""))
	for path, want := range map[string]string{
		"unit": "articles", "interval": "month", "queries.0.text": "oil", "queries.0.total.articles": "30", "queries.1.total.articles": "31", "queries.1.undated": "1",
		"buckets.0.start": "2024-01-01", "buckets.0.all": "31", "buckets.0.counts.0": "11", "buckets.0.counts.1": "1", "buckets.1.counts.0": "19", "buckets.2": "<nothing>",
		"pairs.0.a": "0", "pairs.0.b": "1", "pairs.0.query": "oil AND gas", "pairs.0.total.articles": "10", "any.articles": "51", "all.articles": "10", "queries.0.variants": "[]",
	} {
		if got := at(t, w.Body.Bytes(), path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	var c compare.Comparison
	if err := json.Unmarshal(w.Body.Bytes(), &c); err != nil || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%v, %s", err, w.Header())
	}
}

// TestCompareFaults gives for parameters the fault.
func TestCompareFaults(t *testing.T) {
	h := comparable(t)
	for query, want := range map[string][3]string{
		"q=oil":                                 {"bad-parameter", "q", "null"},
		"":                                      {"bad-parameter", "q", "null"},
		"q=a&q=b&q=c&q=d&q=e&q=f":               {"bad-parameter", "q", "null"},
		"q=oil&q=gas+AND":                       {"bad-query", "q", "1"},
		"q=%22oil&q=gas+AND":                    {"bad-query", "q", "0"},
		"q=oil&q=%ff":                           {"bad-parameter", "q", "null"},
		"q=oil&q=gas&from=soon":                 {"bad-parameter", "from", "null"},
		"q=oil&q=gas&nonsense=1":                {"bad-parameter", "nonsense", "null"},
		"q=oil&q=gas&format=svg":                {"bad-parameter", "format", "null"},
		"q=oil&q=gas&chart=pie":                 {"bad-parameter", "chart", "null"},
		"q=oil&q=" + strings.Repeat("a+", 9000): {"bad-parameter", "q", "null"},
	} {
		w := do(h, local("GET", "/api/v1/compare?"+query, ""))
		got := [3]string{strings.TrimPrefix(at(t, w.Body.Bytes(), "type"), ProblemPrefix), at(t, w.Body.Bytes(), "param"), at(t, w.Body.Bytes(), "index")}
		if w.Code != http.StatusBadRequest || got != want {
			t.Errorf("%.60s: %d %v, want %v", query, w.Code, got, want)
		}
	}
	for _, path := range []string{"/compare?", "/compare.svg?", "/api/v1/compare?"} { // whichever of the queries it is
		for _, query := range []string{"q=%ff&q=oil", "q=oil&q=%ff", "q=oil&q=" + strings.Repeat("a+", 9000), "q=" + strings.Repeat("a+", 9000) + "&q=oil"} {
			if w := do(h, local("GET", path+query, "")); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "valid UTF-8") && !strings.Contains(w.Body.String(), "has 18000 bytes; at most 16384 are read") {
				t.Errorf("%s%.20s: %d %.300s", path, query, w.Code, w.Body)
			}
		}
	}
	if w := do(h, local("GET", "/api/v1/compare?q=oil&q=gas+AND", "")); at(t, w.Body.Bytes(), "at.start") != "4" {
		t.Errorf("the fault is nowhere: %s", w.Body)
	}
}

func TestCompareCSV(t *testing.T) {
	w := do(comparable(t), local("GET", "/api/v1/compare?q=oil&q=gas&interval=month&format=csv&count=texts", ""))
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || w.Header().Get("Content-Type") != compare.CSVType || w.Header().Get("Content-Disposition") != `attachment; filename="comparison.csv"` {
		t.Errorf("%v: %v", err, w.Header())
	}
	if len(rows) != 4 || !slices.Equal(rows[0], []string{"month", "all texts", "texts: oil", "texts: gas"}) || rows[3][0] != "undated" {
		t.Errorf("%q", rows)
	}
}

func TestCompareSVG(t *testing.T) {
	h := comparable(t)
	hostile := `"</text><script>alert(1)</script> & ]]>"`
	w := do(h, local("GET", "/compare.svg?chart=share&q=oil&q="+url.QueryEscape(hostile), ""))
	for name, want := range map[string]string{
		"Content-Type": "image/svg+xml", "Content-Security-Policy": apiPolicy, "X-Content-Type-Options": "nosniff", "Content-Disposition": `attachment; filename="comparison.svg"`,
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if w.Code != 200 || strings.Contains(w.Body.String(), "<script") || !strings.Contains(w.Body.String(), "share of all") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	dec := xml.NewDecoder(w.Body)
	for {
		if _, err := dec.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if w := do(h, local("GET", "/compare.svg?q=oil", "")); w.Code != http.StatusBadRequest || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestComparePages(t *testing.T) {
	h := comparable(t)
	for _, c := range []struct {
		path   string
		status int
		has    string
	}{
		{"/compare", 200, "Write two to five queries"},
		{"/compare?q=oil", 200, `name="q" value="oil"`},
		{"/compare?q=oil&q=gas&q=&from=&to=", 200, "51 articles found by one of them at least, 10 articles by every one."},
		{"/compare?q=oil&q=gas&chart=share&interval=month", 200, "oil, January 2024: 11 of 31 articles, 35%"},
		{"/compare?q=oil&q=gas&count=texts", 200, "distinct texts"},
		{"/compare?q=oil&q=gas+AND", 400, "<mark>AND</mark>"},
		{"/compare?q=oil&q=gas+AND", 400, `value="gas AND"`},
		{"/compare?q=oil&q=gas&from=soon", 400, `<code>from</code>`},
		{"/compare?q=oil&q=gas&from=soon", 400, `href="/compare?q=oil&amp;q=gas"`},
		{"/compare?q=oil&q=gas&chart=pie", 400, `<code>chart</code>`},
		{"/compare?q=1&q=2&q=3&q=4&q=5&q=6", 400, "is given 6 times"},
		{"/compare?q=%zz", 400, "A parameter cannot be"},
		{"/search?q=oil&chart=share", 200, "of 31 articles"},
		{"/search?q=oil&chart=pie", 400, "<code>chart</code>"},
		{"/search?q=oil", 200, `href="/compare?q=oil"`},
	} {
		r := browse(h, c.path)
		text := pageText(t, r)
		if c.path == "/search?q=oil&chart=share" {
			c.has = "share of all coverage"
		}
		if r.StatusCode != c.status || !strings.Contains(text, c.has) {
			t.Errorf("%s: status %d, want %d with %q in\n%s", c.path, r.StatusCode, c.status, c.has, text)
		}
		if got := r.Header.Get("Content-Security-Policy"); got != pagePolicy {
			t.Errorf("%s: %s", c.path, got)
		}
	}
}

// TestCompareLinks: every link of the comparison leads somewhere, and that of a point finds what the point counts.
func TestCompareLinks(t *testing.T) {
	h := comparable(t)
	text := pageText(t, browse(h, "/compare?q=oil&q=gas+zeppelin&q=fire&interval=month&from=2024-01-10&tz=Europe/Berlin"))
	links := localLink.FindAllStringSubmatch(text, -1)
	if len(links) < 30 {
		t.Errorf("%d links", len(links))
	}
	for _, m := range links {
		address, _, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(m[1], "&amp;", "&"), "&#43;", "+"), "#")
		if r := browse(h, address); r.StatusCode != 200 {
			t.Errorf("%s: status %d", m[1], r.StatusCode)
		}
	}
	w := do(h, local("GET", "/api/v1/compare?q=oil&q=gas+zeppelin&interval=month&from=2024-01-10&tz=Europe/Berlin", ""))
	if got := at(t, w.Body.Bytes(), "buckets.0.counts.0"); got != "8" {
		t.Errorf("%s articles from 10 January on", got)
	}
	if !strings.Contains(text, `href="/search?from=2024-01-10&amp;q=oil&amp;to=2024-01&amp;tz=Europe%2FBerlin"`) {
		t.Error("the first point leads beyond the dates of the comparison")
	}
	w = do(h, local("GET", "/api/v1/search?from=2024-01-10&q=oil&to=2024-01&tz=Europe/Berlin", ""))
	if got := at(t, w.Body.Bytes(), "total.articles"); got != "8" {
		t.Errorf("the search of the first point finds %s", got)
	}
}

func TestCompareFails(t *testing.T) {
	f := newFake("a")
	f.err = errors.New("segment 7 is broken")
	for _, path := range []string{"/compare?q=a&q=b", "/compare.svg?q=a&q=b", "/api/v1/compare?q=a&q=b"} {
		if w := do(New(f, quiet()), local("GET", path, "")); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "segment") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

// TestPeaksOfASearch: the day of the fire is marked with its best article; a search that ranks nothing marks nothing.
func TestPeaksOfASearch(t *testing.T) {
	h := comparable(t)
	text := pageText(t, browse(h, "/search?q=oil&interval=week"))
	_, peaks, ok := strings.Cut(text, `<ol class="peaks"`)
	peaks, _, _ = strings.Cut(peaks, "</ol>")
	if !ok || !strings.Contains(peaks, "Week of 29 January 2024") || !strings.Contains(peaks, `href="/article/fire`) || strings.Count(peaks, "<li>") != 1 {
		t.Errorf("peaks %s", peaks)
	}
	for _, path := range []string{"/", "/search?source=Quay", "/search?q=date:2024", "/search?q=oil&interval=year"} {
		if strings.Contains(pageText(t, browse(h, path)), `class="peaks"`) {
			t.Errorf("%s marks peaks", path)
		}
	}
}
