package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dateline/index"
)

// These tests run on connections in memory and on the clock of package synctest: an hour passes at once.

// pipes is a listener whose connections hold no bytes: a writer waits until the other side reads.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "unix"} }

// running is a server on pipes.
type running struct {
	*pipes
	stop context.CancelFunc
	done chan error // what Serve returned
}

func start(t *testing.T, engine index.Engine) *running {
	t.Helper()
	o := quiet()
	o.AllowRemoteWrites = true
	ctx, stop := context.WithCancel(context.Background())
	r := &running{&pipes{conns: make(chan net.Conn), closed: make(chan struct{})}, stop, make(chan error, 1)}
	go func() { r.done <- New(engine, o).Serve(ctx, r.pipes) }()
	return r
}

// dial opens a connection and sends a text.
func (r *running) dial(text string) net.Conn {
	client, server := net.Pipe()
	r.conns <- server
	io.WriteString(client, text)
	return client
}

// end stops the server and expects that it had nothing left to do.
func (r *running) end(t *testing.T) {
	t.Helper()
	r.stop()
	if err := <-r.done; err != nil {
		t.Error(err)
	}
}

func read(t *testing.T, c net.Conn) *http.Response {
	t.Helper()
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

// rest reads until the server closes the connection, and says how long that took.
func rest(c net.Conn) (string, time.Duration) {
	begin := time.Now()
	text, _ := io.ReadAll(c)
	return string(text), time.Since(begin)
}

const get = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n"

// many is an export of n articles of about a kilobyte; each tells of the time at which it was asked for.
func many(n int, asked func()) iter.Seq2[index.Article, error] {
	return func(yield func(index.Article, error) bool) {
		for i := range n {
			asked()
			if !yield(index.Article{ID: fmt.Sprint(i), Title: strings.Repeat("x", 1000)}, nil) {
				return
			}
		}
	}
}

func TestStoppedReaderIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		var begin, last time.Time
		f.export = many(1<<30, func() { last = time.Now() })
		s := start(t, f)
		begin = time.Now()
		c := s.dial(fmt.Sprintf(get, "/api/v1/export"))
		time.Sleep(time.Minute)
		synctest.Wait()
		if took := last.Sub(begin); took > 30*time.Second {
			t.Errorf("the export went on for %v", took)
		}
		if text, took := rest(c); took != 0 || strings.Contains(text, "\r\n0\r\n") {
			t.Errorf("the connection stood for %v more; ended with %q", took, text[max(0, len(text)-20):])
		}
		s.end(t)
	})
}

func TestSlowReaderGetsTheWholeExport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 2000
		f := newFake()
		f.export = many(n, func() {})
		s := start(t, f)
		begin := time.Now()
		c := s.dial(fmt.Sprintf(get, "/api/v1/export"))
		response := read(t, c)
		lines, buffer := 0, make([]byte, 16<<10)
		for {
			k, err := response.Body.Read(buffer)
			lines += strings.Count(string(buffer[:k]), "\n")
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("after %v: %v", time.Since(begin), err)
			}
			time.Sleep(time.Second)
		}
		if took := time.Since(begin); lines != n || took < time.Minute {
			t.Errorf("%d lines in %v", lines, took)
		}
		c.Close()
		s.end(t)
	})
}

const post = "POST /api/v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: " + index.ArticlesType + "\r\nContent-Length: %d\r\n\r\n"

func TestStoppedSenderIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, newFake())
		begin := time.Now()
		c := s.dial(fmt.Sprintf(post, 1000) + `{"id":"a"`)
		response := read(t, c)
		if took := time.Since(begin); response.StatusCode != 408 || took != 30*time.Second {
			t.Errorf("%d after %v", response.StatusCode, took)
		}
		c.Close()
		s.end(t)
	})
}

// TestUnreadBodyEnds bounds what a refused client may still trickle.
func TestUnreadBodyEnds(t *testing.T) {
	for _, test := range []struct {
		line   string // instead of that of an upload
		status int
	}{
		{"POST /api/v1/nothing", 404}, {"PUT /api/v1/articles", 405}, {"POST /" + strings.Repeat("x", 65<<10), 414},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := start(t, newFake())
			begin := time.Now()
			c := s.dial(strings.Replace(fmt.Sprintf(post, 1000), "POST /api/v1/articles", test.line, 1))
			response := read(t, c)
			rest(c)
			if took := time.Since(begin); response.StatusCode != test.status || took > 2*time.Second {
				t.Errorf("%.40s: %d; the connection stood for %v", test.line, response.StatusCode, took)
			}
			s.end(t)
		})
	}
}

func TestSlowSenderIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := start(t, f)
		article := `{"id":"a","title":"t"}`
		c := s.dial(fmt.Sprintf(post, len(article)))
		for _, b := range []byte(article) {
			time.Sleep(20 * time.Second)
			c.Write([]byte{b})
		}
		if response := read(t, c); response.StatusCode != 200 || len(f.articles) != 1 {
			t.Errorf("%d, %v", response.StatusCode, f.articles)
		}
		c.Close()
		s.end(t)
	})
}

// slowPut is an engine whose Put takes a minute.
type slowPut struct{ *fake }

func (s slowPut) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	select {
	case <-time.After(time.Minute):
		return s.fake.Put(ctx, articles)
	case <-ctx.Done():
		return index.Receipt{}, ctx.Err()
	}
}

// TestTheEngineMayTakeItsTime keeps the deadline of reading a body from ending the request after the body was read.
func TestTheEngineMayTakeItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := start(t, slowPut{f})
		article := `{"id":"a","title":"t"}`
		c := s.dial(fmt.Sprintf(post, len(article)) + article)
		if response := read(t, c); response.StatusCode != 200 || len(f.articles) != 1 {
			t.Errorf("%d, %v", response.StatusCode, f.articles)
		}
		c.Close()
		s.end(t)
	})
}

func TestSilentConnectionsEnd(t *testing.T) {
	for _, test := range []struct {
		sent string
		most time.Duration
	}{
		{"", headerTimeout}, {"GET / HT", headerTimeout}, {"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n", headerTimeout},
		{fmt.Sprintf(get, "/healthz"), idleTimeout},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := start(t, newFake())
			if _, took := rest(s.dial(test.sent)); took > test.most {
				t.Errorf("%q stood for %v", test.sent, took)
			}
			s.end(t)
		})
	}
}

// waits is a search that takes a time, or ends with its context.
func waits(d time.Duration) func(context.Context, index.Request) (*index.Result, error) {
	return func(ctx context.Context, _ index.Request) (*index.Result, error) {
		select {
		case <-time.After(d):
			return &index.Result{}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func TestShutdownLetsRequestsFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.search = waits(5 * time.Second)
		s := start(t, f)
		c := s.dial(fmt.Sprintf(get, "/api/v1/search"))
		begin := time.Now()
		synctest.Wait()
		s.stop()
		synctest.Wait()
		select {
		case <-s.closed:
		default:
			t.Error("the listener is open")
		}
		if response := read(t, c); response.StatusCode != 200 {
			t.Error(response.StatusCode)
		}
		if err := <-s.done; err != nil || time.Since(begin) > 6*time.Second {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
	})
}

func TestShutdownWaitsNoLongerThanTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.export = func(yield func(index.Article, error) bool) {
			for yield(index.Article{ID: "a"}, nil) {
				time.Sleep(time.Second)
			}
		}
		s := start(t, f)
		c := s.dial(fmt.Sprintf(get, "/api/v1/export"))
		go rest(c)
		synctest.Wait()
		s.stop()
		begin := time.Now()
		err := <-s.done
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != graceTimeout {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
		c.Close()
		time.Sleep(3 * time.Second) // the handler sees it at the write after its next flush
	})
}

func TestServeReportsABrokenListener(t *testing.T) {
	l := &pipes{closed: make(chan struct{})}
	l.Close()
	if err := New(newFake(), quiet()).Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestSearchesRunOutOfTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.search = waits(time.Hour)
		begin := time.Now()
		w := do(New(f, quiet()), local("GET", "/api/v1/search", ""))
		if w.Code != 504 || time.Since(begin) != 10*time.Second {
			t.Errorf("%d after %v", w.Code, time.Since(begin))
		}
	})
}

// TestCrowd lets one search in and one wait: the third is refused at once, the second when its patience is at an end.
func TestCrowd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.search = waits(5 * time.Second)
		o := quiet()
		o.Running, o.Waiting = 1, 1
		s := New(f, o)
		type outcome struct {
			status int
			retry  string
			after  time.Duration
		}
		outcomes := make(chan outcome, 3)
		begin := time.Now()
		for range 3 {
			go func() {
				w := do(s, local("GET", "/api/v1/search", ""))
				outcomes <- outcome{w.Code, w.Header().Get("Retry-After"), time.Since(begin)}
			}()
			synctest.Wait()
		}
		for _, want := range []outcome{{429, "1", 0}, {429, "1", 1500 * time.Millisecond}, {200, "", 5 * time.Second}} {
			if got := <-outcomes; got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
		if w := do(s, local("GET", "/api/v1/search", "")); w.Code != 200 {
			t.Error("a place was not given back")
		}
	})
}

func TestWaitingEndsWithTheClient(t *testing.T) {
	g := newGate(1, 1, time.Hour)
	if err := g.enter(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := g.enter(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	g.leave()
	if err := g.enter(t.Context()); err != nil || len(g.waiting) != 0 {
		t.Errorf("got %v, %d waiting", err, len(g.waiting))
	}
}
