package feeds

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/fetch"
	"dateline/index/memory"
	"dateline/index/source/record"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is the web of a test: what each address answers, and what was asked.
type world struct {
	mu     sync.Mutex
	pages  map[string]func(fetch.Request) (*fetch.Response, error)
	asked  []string
	at     []time.Time
	took   time.Duration // of each request
	atOnce int
	most   int
}

func newWorld() *world {
	return &world{pages: map[string]func(fetch.Request) (*fetch.Response, error){}}
}

func (w *world) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	w.mu.Lock()
	w.asked, w.at = append(w.asked, r.URL), append(w.at, time.Now())
	w.atOnce++
	w.most = max(w.most, w.atOnce)
	answer, took := w.pages[r.URL], w.took
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.atOnce--
		w.mu.Unlock()
	}()
	if took > 0 {
		select {
		case <-time.After(took):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if answer == nil {
		return nil, &fetch.Error{URL: r.URL, Status: 404, Detail: "the host answers 404 Not Found"}
	}
	return answer(r)
}

func (w *world) set(url string, answer func(fetch.Request) (*fetch.Response, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[url] = answer
}

// slow has every request take a time.
func (w *world) slow(took time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.took = took
}

// busiest returns how many requests were made, and how many at a time at most.
func (w *world) busiest() (asked, atOnce int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked), w.most
}

// says has an address answer a document.
func (w *world) says(url, body string) {
	w.set(url, func(r fetch.Request) (*fetch.Response, error) {
		return &fetch.Response{URL: url, Body: []byte(body)}, nil
	})
}

// tagged has an address answer a document once, and then that it has not changed.
func (w *world) tagged(url, tag, body string) {
	w.set(url, func(r fetch.Request) (*fetch.Response, error) {
		if r.ETag == tag {
			return &fetch.Response{URL: url, ETag: tag, NotModified: true}, nil
		}
		return &fetch.Response{URL: url, ETag: tag, Body: []byte(body)}, nil
	})
}

func (w *world) fails(url string, status int, until time.Time) {
	w.set(url, func(r fetch.Request) (*fetch.Response, error) {
		return nil, &fetch.Error{URL: url, Status: status, Detail: fmt.Sprintf("the host answers %d", status), Until: until}
	})
}

// times returns when an address was asked, as time from the first question on.
func (w *world) times(url string) (times []time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var first time.Time
	for i, u := range w.asked {
		if u != url {
			continue
		}
		if first.IsZero() {
			first = w.at[i]
		}
		times = append(times, w.at[i].Sub(first))
	}
	return times
}

// items writes articles of a day as JSON lines, numbered from one number to another; a negative one is a broken line.
func items(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, `{"id":"https://quay.example.com/%d","url":"https://quay.example.com/%d","title":"Quay %d opens","body":"The quay number %d is open.","source":"The Quay","date":"1999-12-31T%02d:00:00Z"}`+"\n", i, i, i, i, i%24)
	}
	return b.String()
}

const quay = "https://quay.example.com/feed"

// keeper opens the list of a folder with a new engine, or a given one.
func keeper(t *testing.T, dir string, engine index.Engine, w *world, o Options) *Keeper {
	t.Helper()
	if engine == nil {
		engine = memory.New(memory.Options{})
	}
	o.Getter = w
	k, err := Open(dir, engine, o)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// imported subscribes to addresses without fetching them.
func imported(t *testing.T, k *Keeper, urls ...string) {
	t.Helper()
	var list []Wanted
	for _, url := range urls {
		list = append(list, Wanted{URL: url})
	}
	sum, err := k.Import(t.Context(), list)
	if err != nil || sum.Added != len(urls) {
		t.Fatalf("%+v, %v", sum, err)
	}
}

// feed returns a subscription.
func feed(t *testing.T, k *Keeper, url string) Feed {
	t.Helper()
	f, ok := k.list.get(url)
	if !ok {
		t.Fatalf("%s is not subscribed to", url)
	}
	return f
}

// pollNow polls a feed.
func pollNow(t *testing.T, k *Keeper, url string) Outcome {
	t.Helper()
	out, err := k.Poll(t.Context(), Polling{URL: url})
	if err != nil || len(out) != 1 {
		t.Fatalf("%v, %v", out, err)
	}
	return out[0]
}

// paper is a format of pages: the body after a first line "<html>"; "!" is a fault, "?" a panic.
var paper = record.Format{Name: "html", Open: func(r io.Reader, o record.Options) record.Reader { return &paperReader{r: r, o: o} }}

type paperReader struct {
	r io.Reader
	o record.Options
}

func (p *paperReader) Next() (record.Record, error) {
	text, err := io.ReadAll(p.r)
	if err != nil {
		return record.Record{}, err
	}
	body := strings.TrimPrefix(string(text), "<html>\n")
	return record.Record{Decode: func() (index.Article, error) {
		switch body {
		case "!":
			return index.Article{}, record.Faultf(record.Place{Number: 1}, record.NoText, "no text")
		case "?":
			panic("oh no")
		}
		return index.Article{Title: "Of the page", Body: body, Authors: []string{"Ada Quist"}, Section: "Ports",
			Entities: []index.Entity{{Type: index.Person, Name: "Ruslan Mirzaev", Count: 1}}}, nil
	}}, nil
}
