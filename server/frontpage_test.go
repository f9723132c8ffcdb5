package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
)

// october are articles of forty days, of which those of the last week name a place that is new.
func october() []index.Article {
	var list []index.Article
	for i := range 80 {
		day := time.Date(1987, 10, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -i/2).Format(time.DateOnly)
		names := []string{"place Tokyo", "person Ruslan Mirzaev"}
		if i < 8 {
			names = append(names, "place Rostam", "org AC/DC")
		}
		a := named(fmt.Sprintf("n%02d", i), day, names...)
		if a.Topics = []string{"earn"}; i%2 == 1 {
			a.Source, a.Agency = "www.HarbourGazette.com", "Harbour News"
		}
		if i == 4 {
			a.Text = "text of n02"
		}
		list = append(list, a)
	}
	undated := named("undated", "1987-10-20")
	undated.Published = index.Time{}
	ahead := named("ahead", "1999-01-01", "place Rostam")
	ahead.Flags = []string{index.FlagFutureDate}
	return append(list, undated, ahead)
}

// counting counts the searches of an engine.
type counting struct {
	index.Engine
	searches atomic.Int32
}

func (c *counting) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	c.searches.Add(1)
	return c.Engine.Search(ctx, r)
}

func octoberServer(t testing.TB) (http.Handler, *counting) {
	t.Helper()
	e := memory.New(memory.Options{Clock: func() time.Time { return noon }})
	t.Cleanup(func() { _ = e.Close() })
	if r, err := e.Put(context.Background(), october()); err != nil || len(r.Rejected) > 0 {
		t.Fatal(err, r.Rejected)
	}
	c := &counting{Engine: e}
	return New(c, quiet()), c
}

func TestFrontPage(t *testing.T) {
	h, _ := octoberServer(t)
	for _, c := range []struct {
		path   string
		status int
		has    string
	}{
		{"/", 200, "<strong>82</strong> articles"},
		{"/", 200, "<strong>81</strong> distinct texts"},
		{"/", 200, "<strong>1</strong> undated"},
		{"/", 200, "<strong>1</strong> dated in the future"},
		{"/", 200, "14 October 1987 – 20 October 1987 against the 28 days before"},
		{"/", 200, `href="/entity/place/Rostam" rel="nofollow"><bdi>Rostam</bdi></a> <span class="counts"><a href="/search?from=1987-10-14&amp;place=Rostam&amp;to=1987-10-20" rel="nofollow"><bdi>8 articles</bdi></a>, <bdi>none in the 28 days before</bdi>`},
		{"/", 200, `href="/entity/org/AC%2FDC"`},
		{"/?rising=", 200, "14 October 1987 – 20 October 1987 against"},
		{"/?q=&from=&rising=7d", 200, "against the 28 days before"},
		{"/?rising=1d", 200, "20 October 1987 against the 7 days before"},
		{"/?rising=30d", 200, "There are no articles before"},
		{"/?rising=2d", 400, "must be 1d, 7d or 30d"},
		{"/?rising=1d&rising=7d", 400, "different values"},
		{"/?rising=%ff", 400, "must be"},
		{"/?q=oil", 200, "<h1 class=\"hidden\">Results for oil</h1>"},
		{"/?nonsense=x", 400, "<code>nonsense</code>"},
		{"/?q=%zz", 400, "A parameter cannot be"},
		{"/search", 200, "Latest articles"},
	} {
		r := browse(h, c.path)
		text := pageText(t, r)
		if r.StatusCode != c.status || !strings.Contains(text, c.has) {
			t.Errorf("%s: status %d, want %d with %q in\n%s", c.path, r.StatusCode, c.status, c.has, text)
		}
		if strings.Contains(text, ">Tokyo</bdi></a> <span class=\"counts\">") {
			t.Errorf("%s: what was always named rises", c.path)
		}
		for name, want := range pageHeaders {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", c.path, name, got, want)
			}
		}
	}
}

// numberLink is a link of which the text begins with a number.
var numberLink = regexp.MustCompile(`href="(/search[^"]*)"[^>]*>(?:<bdi>|<strong>)?([0-9,]+)\b([^<]*)`)

// TestOverviewNumbersAgree: a number on the front page or a source's is that of the search which it leads to.
func TestOverviewNumbersAgree(t *testing.T) {
	h, e := octoberServer(t)
	for path, least := range map[string]int{"/": 13, "/?rising=1d": 8, "/source/the%20quay": 6, "/source/harbourgazette.com?from=1987-10&q=oil": 4, "/sources": 2} {
		n := 0
		for _, m := range numberLink.FindAllStringSubmatch(pageText(t, browse(h, path)), -1) {
			if strings.HasPrefix(m[3], " October") || strings.HasPrefix(m[3], " September") { // a day
				continue
			}
			u, err := url.Parse(unescape(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			req, err := index.ParseRequest(u.Query(), noon)
			if err != nil {
				t.Fatal(err)
			}
			found, err := e.Search(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			total := map[index.Unit]int{index.Texts: found.Total.Texts, index.Stories: found.Total.Stories}
			want, ok := total[req.Group]
			if !ok {
				want = found.Total.Articles
			}
			if n++; strings.ReplaceAll(m[2], ",", "") != strconv.Itoa(want) {
				t.Errorf("%s: %s finds %d, but the page says %s", path, u, want, m[2])
			}
		}
		if n < least {
			t.Errorf("%s: only %d numbers", path, n)
		}
	}
}

// TestFrontIsKept: as long as nothing changes the page costs no search, and what changes is on the next one.
func TestFrontIsKept(t *testing.T) {
	h, e := octoberServer(t)
	searches := func(path string) int32 {
		before := e.searches.Load()
		if r := browse(h, path); r.StatusCode != 200 {
			t.Fatalf("%s: %d", path, r.StatusCode)
		}
		return e.searches.Load() - before
	}
	if searches("/") == 0 || searches("/?rising=1d") == 0 || searches("/sources") == 0 {
		t.Error("no search at all")
	}
	if searches("/")+searches("/?rising=1d")+searches("/sources") != 0 {
		t.Error("the same is searched again")
	}
	for i, change := range []func() error{
		func() error {
			_, err := e.Put(t.Context(), []index.Article{named("new", "1987-10-20", "place Qingdao")})
			return err
		},
		func() error {
			_, err := e.Put(t.Context(), []index.Article{named("new", "1987-10-20", "place Shantou")})
			return err
		},
		func() error { _, err := e.Delete(t.Context(), []string{"n00"}); return err },
		func() error {
			_, err := e.Decide(t.Context(), []index.Decision{{Action: index.ActionHide, Type: index.Place, Name: "Rostam"}})
			return err
		},
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		text := pageText(t, browse(h, "/"))
		for j, word := range []string{"Qingdao", "Shantou"} {
			if got := strings.Contains(text, word); got != (i == j || j == 1 && i > 1) {
				t.Errorf("after change %d %s is there: %t", i, word, got)
			}
		}
		if got := strings.Contains(text, "<strong>82</strong> articles"); got != (i >= 2) {
			t.Errorf("after change %d: 82 articles: %t", i, got)
		}
		if got := strings.Contains(text, "/entity/place/Rostam\" rel=\"nofollow\"><bdi>Rostam</bdi></a> <span class=\"counts\">"); got != (i < 3) {
			t.Errorf("after change %d Rostam rises: %t", i, got)
		}
	}
}

// TestFrontWhileWritten: readers and a writer at once; whoever asks after a write sees it.
func TestFrontWhileWritten(t *testing.T) {
	h, e := octoberServer(t)
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for _, path := range []string{"/", "/?rising=1d", "/sources", "/source/The%20Quay"} {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if r := browse(h, path); r.StatusCode != 200 && r.StatusCode != 503 {
					t.Errorf("%s: %d", path, r.StatusCode)
					return
				}
			}
		})
	}
	for i := range 10 {
		if _, err := e.Put(t.Context(), []index.Article{named(fmt.Sprint("more", i), "1987-10-20")}); err != nil {
			t.Fatal(err)
		}
		if text := pageText(t, browse(h, "/")); !strings.Contains(text, fmt.Sprintf("<strong>%d</strong> articles", 83+i)) {
			t.Errorf("article %d is not there: %.3000s", i, text)
		}
	}
	close(stop)
	wg.Wait()
}

// TestKept: an engine that does not count its changes is asked each time, and only so much is kept.
func TestKept(t *testing.T) {
	f := newFake("a")
	h := New(f, quiet())
	if text := pageText(t, browse(h, "/")); !strings.Contains(text, "<strong>1</strong> article<") {
		t.Error(text)
	}
	f.articles["b"] = index.Article{ID: "b"}
	if text := pageText(t, browse(h, "/")); !strings.Contains(text, "<strong>2</strong> articles") {
		t.Error(text)
	}
	var k kept[int]
	made := 0
	produce := func() (int, error) { made++; return made, nil }
	written := index.Changes{Indexed: 1}
	first := state{written, 1}
	for i := range 2 * maxKept {
		if _, err := k.get(first, fmt.Sprint(i), produce); err != nil {
			t.Fatal(err)
		}
	}
	if len(k.list) != maxKept {
		t.Errorf("%d are kept", len(k.list))
	}
	if v, _ := k.get(first, "0", produce); v != 1 {
		t.Errorf("made anew: %d", v)
	}
	if v, _ := k.get(state{written, 2}, "0", produce); v == 1 || len(k.list) != 1 {
		t.Errorf("of another state: %d", v)
	}
	if _, err := k.get(first, "0", func() (int, error) { return 0, context.Canceled }); err == nil {
		t.Error("no error")
	}
}

func TestRisingAPI(t *testing.T) {
	h, _ := octoberServer(t)
	for _, c := range []struct {
		target string
		status int
		want   map[string]string
	}{
		{"/api/v1/rising", 200, map[string]string{"window": "7d", "from": "1987-10-14", "before_to": "1987-10-13", "articles": "14", "before": "56", "lists.1.field": "place", "lists.1.values.0.value": "Rostam", "lists.1.values.0.count": "8", "lists.1.values.0.before": "0"}},
		{"/api/v1/rising?rising=1d", 200, map[string]string{"window": "1d", "articles": "2"}},
		{"/api/v1/rising?rising=2d", 400, map[string]string{"param": "rising"}},
		{"/api/v1/rising?q=oil", 400, map[string]string{"param": "q"}},
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
	if w := do(h, local("GET", "/api/v1/rising?rising=30d", "")); strings.TrimSpace(w.Body.String()) != "null" {
		t.Error(w.Body)
	}
}
