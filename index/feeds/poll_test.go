package feeds

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dateline/index"
	"dateline/index/fetch"
	"dateline/index/ingest"
	"dateline/index/memory"
	"dateline/index/source"
)

// TestPoll follows a feed from poll to poll: what is new, what is told, what is counted.
func TestPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		k := keeper(t, t.TempDir(), nil, w, Options{})
		imported(t, k, quay)
		w.tagged(quay, `"1"`, items(1, 3)+"{broken\n")
		out := pollNow(t, k, quay)
		if out.New != 3 || !out.Changed || out.Error != "" || out.Records != (Tally{Read: 4, Indexed: 3, Rejected: 1}) {
			t.Errorf("first: %+v", out)
		}
		if f := feed(t, k, quay); !strings.HasPrefix(f.Rejected, "bad syntax: ") || f.Items != 3 || f.ETag != `"1"` || f.Cadence != 21*3600/4 {
			t.Errorf("first: %+v", f)
		}
		time.Sleep(25 * time.Hour)
		if out := pollNow(t, k, quay); out.Changed || out.New != 0 || out.Records.Read != 0 {
			t.Errorf("unchanged: %+v", out)
		}
		w.tagged(quay, `"2"`, items(2, 5))
		if out := pollNow(t, k, quay); out.New != 2 || out.Records != (Tally{Read: 4, Indexed: 2, Unchanged: 2}) {
			t.Errorf("second: %+v", out)
		}
		f := feed(t, k, quay)
		if want := []Day{{"2000-01-01", 3}, {"2000-01-02", 2}}; !slices.Equal(f.Days, want) || f.Items != 5 || f.Rejected != "" || f.Empty != 0 || f.Polls != 3 {
			t.Errorf("second: %+v", f)
		}
		if want := (Tally{Read: 8, Indexed: 5, Unchanged: 2, Rejected: 1}); f.Records != want {
			t.Errorf("records %+v", f.Records)
		}
		time.Sleep(28 * 24 * time.Hour)
		k.Poll(t.Context(), Polling{Now: true})
		if f := feed(t, k, quay); !slices.Equal(f.Days, []Day{{"2000-01-01", 3}, {"2000-01-02", 2}}) {
			t.Errorf("after 29 days: %+v", f.Days)
		}
		time.Sleep(24 * time.Hour)
		if feeds, err := k.Feeds(t.Context()); err != nil || !slices.Equal(feeds[0].Days, []Day{{"2000-01-02", 2}}) || feeds[0].Seen != "" {
			t.Errorf("after 30 days: %+v, %v", feeds[0], err)
		}
	})
}

// TestSourceOverride: a feed's publisher is what its subscriber says.
func TestSourceOverride(t *testing.T) {
	w, engine := newWorld(), memory.New(memory.Options{})
	k := keeper(t, t.TempDir(), engine, w, Options{})
	if _, err := k.Import(t.Context(), []Wanted{{URL: quay, Source: "Quay Wire"}}); err != nil {
		t.Fatal(err)
	}
	w.says(quay, items(1, 1))
	pollNow(t, k, quay)
	if a, err := engine.Get(t.Context(), "https://quay.example.com/1"); err != nil || a.Source != "Quay Wire" || a.Path != quay {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestFailures: a feed that fails is asked less and less often, and as before once it works again.
func TestFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		k := keeper(t, t.TempDir(), nil, w, Options{})
		imported(t, k, quay)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			k.Run(ctx)
			close(done)
		}()
		time.Sleep(4 * 24 * time.Hour)
		synctest.Wait()
		times, last := w.times(quay), time.Duration(0)
		for i := 1; i < len(times); i++ {
			gap := times[i] - times[i-1]
			if gap < MinInterval || float64(gap) < 0.9*float64(last) && last < 20*time.Hour || gap > MaxInterval+time.Second {
				t.Errorf("poll %d after %v, the one before after %v", i, gap, last)
			}
			last = gap
		}
		if f := feed(t, k, quay); f.Failures != len(times) || len(times) < 6 || len(times) > 14 || f.Error != "the host answers 404 Not Found" || f.Disabled != "" {
			t.Errorf("%d polls: %+v", len(times), f)
		}
		w.says(quay, items(1, 2))
		time.Sleep(25 * time.Hour)
		synctest.Wait()
		if f := feed(t, k, quay); f.Failures != 0 || f.Error != "" || f.Items != 2 {
			t.Errorf("%+v", f)
		}
		cancel()
		<-done
	})
}

func TestGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		k := keeper(t, t.TempDir(), nil, w, Options{})
		imported(t, k, quay)
		w.fails(quay, 410, time.Time{})
		pollNow(t, k, quay)
		if f := feed(t, k, quay); f.Disabled == "" || !f.Next.IsZero() {
			t.Errorf("%+v", f)
		}
		if out, err := k.Poll(t.Context(), Polling{Now: true}); err != nil || len(out) != 0 {
			t.Errorf("%v, %v", out, err)
		}
		w.says(quay, items(1, 1))
		if a, err := k.Add(t.Context(), Wanted{URL: quay}); err != nil || !a.Known || a.Feed.Disabled != "" {
			t.Errorf("%+v, %v", a, err)
		}
		if out, err := k.Poll(t.Context(), Polling{}); err != nil || len(out) != 1 || out[0].New != 1 {
			t.Errorf("%v, %v", out, err)
		}
	})
}

// TestRetryAfter: a host that asks to be left alone is.
func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		k := keeper(t, t.TempDir(), nil, w, Options{})
		imported(t, k, quay)
		until := time.Now().Add(50 * time.Hour)
		w.fails(quay, 429, until)
		pollNow(t, k, quay)
		if f := feed(t, k, quay); f.Next.Before(until) || f.Next.After(until.Add(time.Minute)) {
			t.Errorf("next %v, not before %v", f.Next, until)
		}
	})
}

// TestMoved: a feed that has moved for good is asked at its new address, unless that is known already.
func TestMoved(t *testing.T) {
	const to = "https://quay.example.org/rss"
	w := newWorld()
	k := keeper(t, t.TempDir(), nil, w, Options{})
	imported(t, k, quay, "https://tide.example.com/feed")
	for _, url := range []string{quay, "https://tide.example.com/feed"} {
		w.set(url, func(fetch.Request) (*fetch.Response, error) {
			return &fetch.Response{URL: to, Moved: to, Body: []byte(items(1, 1))}, nil
		})
	}
	pollNow(t, k, quay)
	if f := feed(t, k, to); f.Items != 1 {
		t.Errorf("%+v", f)
	}
	pollNow(t, k, "https://tide.example.com/feed")
	if f := feed(t, k, "https://tide.example.com/feed"); !strings.Contains(f.Disabled, "moved to "+to) {
		t.Errorf("%+v", f)
	}
}

// TestNoFeed: an address that has become a page of its host gives no articles.
func TestNoFeed(t *testing.T) {
	w, engine := newWorld(), memory.New(memory.Options{})
	k := keeper(t, t.TempDir(), engine, w, Options{})
	imported(t, k, quay)
	w.says(quay, "<!DOCTYPE html>\n<html><head><title>Parked</title></head><body><p>This domain is for sale.</p></body></html>")
	out := pollNow(t, k, quay)
	if s, err := engine.Stats(t.Context()); err != nil || s.Articles != 0 || !strings.Contains(out.Error, "a page and no feed") {
		t.Errorf("%+v, %+v, %v", out, s, err)
	}
}

// shut is an engine that takes nothing while err is set.
type shut struct {
	index.Engine
	err error
}

func (s *shut) Put(ctx context.Context, a []index.Article) (index.Receipt, error) {
	if s.err != nil {
		return index.Receipt{}, s.err
	}
	return s.Engine.Put(ctx, a)
}

// TestIndexAtFault: what the index would not take is fetched again, and counted once.
func TestIndexAtFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, engine := newWorld(), &shut{memory.New(memory.Options{}), &index.ReadOnlyError{Reason: "the disk is full", Full: true}}
		k := keeper(t, t.TempDir(), engine, w, Options{})
		imported(t, k, quay)
		w.tagged(quay, `"1"`, items(1, 3))
		out := pollNow(t, k, quay)
		if f := feed(t, k, quay); !strings.Contains(out.Error, "the disk is full") || f.ETag != "" || f.Failures != 0 || time.Until(f.Next.Time) > 6*time.Minute {
			t.Errorf("%+v, %+v", out, f)
		}
		engine.err = nil
		if out := pollNow(t, k, quay); out.New != 3 || out.Error != "" {
			t.Errorf("%+v", out)
		}
	})
}

// TestKilled: a process that dies after its articles are in the index and before the list says so loses no count and counts
// none twice, whatever became of the list.
func TestKilled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, engine := newWorld(), memory.New(memory.Options{})
		before := t.TempDir()
		k := keeper(t, before, engine, w, Options{})
		imported(t, k, quay)
		w.says(quay, items(1, 2))
		pollNow(t, k, quay)
		time.Sleep(time.Hour)
		sum, err := ingest.Stream(t.Context(), engine, strings.NewReader(items(1, 5)), quay, ingest.Options{}) // and dies
		if err != nil || sum.Indexed != 3 {
			t.Fatalf("%+v, %v", sum, err)
		}
		time.Sleep(time.Hour)
		w.says(quay, items(1, 6))
		again := keeper(t, before, engine, w, Options{})
		if out := pollNow(t, again, quay); out.New != 4 || out.Records.Unchanged != 5 {
			t.Errorf("%+v", out)
		}
		if f := feed(t, again, quay); f.Items != 6 || len(f.Days) != 1 || f.Days[0].Articles != 6 {
			t.Errorf("%+v", f)
		}
		// What it shows again after a long time is no news.
		for i := range 4 {
			time.Sleep(time.Hour)
			w.says(quay, items(1000+1000*i, 1100+1000*i))
			pollNow(t, again, quay)
		}
		time.Sleep(time.Hour)
		w.says(quay, items(1, 7))
		if out := pollNow(t, again, quay); out.New != 1 {
			t.Errorf("%+v", out)
		}
	})
}

// TestInterrupted: a poll that is broken off leaves the list as it was.
func TestInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.slow(time.Minute)
		k := keeper(t, t.TempDir(), nil, w, Options{})
		imported(t, k, quay)
		was := feed(t, k, quay)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := k.Poll(ctx, Polling{Now: true}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if f := feed(t, k, quay); f.Polls != was.Polls || f.Next != was.Next {
			t.Errorf("%+v", f)
		}
	})
}

// TestRun: no more feeds are polled at a time than allowed, each is when it is due, and one that is added is at once.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.slow(10 * time.Second)
		k := keeper(t, t.TempDir(), nil, w, Options{Parallel: 3})
		var urls []string
		for _, name := range strings.Fields("a b c d e f g h") {
			url := "https://" + name + ".example.com/feed"
			w.tagged(url, `"1"`, items(1, 4))
			urls = append(urls, url)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			k.Run(ctx)
			close(done)
		}()
		time.Sleep(time.Hour) // with nothing to do
		imported(t, k, urls...)
		time.Sleep(31 * time.Second)
		synctest.Wait()
		if asked, atOnce := w.busiest(); asked != 8 || atOnce != 3 {
			t.Errorf("%d asked, %d at once", asked, atOnce)
		}
		time.Sleep(48 * time.Hour)
		w.slow(0)
		must(t, k.Remove(t.Context(), urls[0]))
		imported(t, k, quay)
		synctest.Wait()
		if n := len(w.times(quay)); n != 1 {
			t.Errorf("a new feed was polled %d times", n)
		}
		n := len(w.times(urls[0]))
		time.Sleep(48 * time.Hour)
		if len(w.times(urls[0])) != n || n < 5 {
			t.Errorf("polled %d times, and %d after it was removed", n, len(w.times(urls[0]))-n)
		}
		w.slow(time.Hour)
		time.Sleep(24 * time.Hour)
		cancel() // while some are asked
		<-done
	})
}

// TestOneAtATime: nobody polls a feed that is being polled.
func TestOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.slow(time.Minute)
		k := keeper(t, t.TempDir(), nil, w, Options{})
		imported(t, k, quay)
		w.says(quay, items(1, 1))
		first := make(chan []Outcome)
		go func() {
			out, _ := k.Poll(t.Context(), Polling{Now: true})
			first <- out
		}()
		time.Sleep(time.Second)
		if out, err := k.Poll(t.Context(), Polling{URL: quay}); err != nil || len(out) != 0 {
			t.Errorf("%v, %v", out, err)
		}
		if out := <-first; len(out) != 1 || len(w.asked) != 1 {
			t.Errorf("%v, asked %v", out, w.asked)
		}
		if _, err := k.Poll(t.Context(), Polling{URL: "https://other.example.com/"}); !errors.Is(err, ErrUnknown) {
			t.Error(err)
		}
	})
}

// TestOverTheWeb polls a real server, through the real fetcher.
func TestOverTheWeb(t *testing.T) {
	w := newWorld()
	for _, c := range []struct{ format, body string }{
		{"jsonl", items(1, 3)},
		{"rss", `<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title><link>https://quay.example.com/</link><ttl>90</ttl>
<item><guid>q1</guid><title>Quay 1 opens</title><description>The first quay is open.</description><pubDate>Thu, 14 Mar 2024 10:00:00 GMT</pubDate></item>
<item><guid>q2</guid><title>Quay 2 opens</title><description>The second quay is open.</description><pubDate>Thu, 14 Mar 2024 12:00:00 GMT</pubDate></item>
<item><guid>q3</guid><title>Quay 3 opens</title><description>The third quay is open.</description><pubDate>Thu, 14 Mar 2024 14:00:00 GMT</pubDate></item>
</channel></rss>`},
	} {
		t.Run(c.format, func(t *testing.T) {
			if _, ok := source.ByName(c.format); !ok {
				t.Skipf("the format %s is not read yet", c.format)
			}
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("ETag", `"v1"`)
				if r.Header.Get("If-None-Match") == `"v1"` {
					w.WriteHeader(http.StatusNotModified)
					return
				}
				w.Write([]byte(c.body))
			}))
			defer s.Close()
			f := fetch.New(fetch.Options{AllowPrivate: true, Delay: -1})
			defer f.Close()
			k := keeper(t, t.TempDir(), nil, w, Options{})
			k.o.Getter = f
			a, err := k.Add(t.Context(), Wanted{URL: s.URL})
			if err != nil {
				t.Fatal(err)
			}
			if out := pollNow(t, k, a.Feed.URL); out.New != 3 || out.Error != "" {
				t.Errorf("%+v", out)
			}
			if out := pollNow(t, k, a.Feed.URL); out.Changed || out.Error != "" {
				t.Errorf("%+v", out)
			}
			if f := feed(t, k, a.Feed.URL); c.format == "rss" && (f.Title != "The Quay" || f.Interval != 5400 && f.Interval < 5400) {
				t.Errorf("%+v", f)
			}
		})
	}
}
