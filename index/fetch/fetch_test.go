package fetch

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestServer gets from a real server, which takes leave from the rule about addresses.
func TestServer(t *testing.T) {
	var got http.Header
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		w.Header().Set("Etag", `"v1"`)
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, "<rss/>")
	}))
	defer s.Close()
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	f := New(Options{AllowPrivate: true, Delay: -1})
	defer f.Close()
	for range 2 {
		r, err := f.Get(t.Context(), Request{URL: s.URL + "/feed#part", Accept: "application/rss+xml"})
		if err != nil || string(r.Body) != "<rss/>" || r.ETag != `"v1"` || r.ContentType != "application/rss+xml" || r.URL != s.URL+"/feed" || r.Moved != "" {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	if got.Get("User-Agent") != DefaultUserAgent || got.Get("Cookie") != "" || got.Get("Referer") != "" || got.Get("Accept") != "application/rss+xml" {
		t.Errorf("headers %v", got)
	}
	closed := New(Options{Delay: -1})
	defer closed.Close()
	if _, err := closed.Get(t.Context(), Request{URL: s.URL}); !fault(t, err).Refused {
		t.Errorf("a server of this machine: %v", err)
	}
}

func TestConditional(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		w := newWeb(t, Options{}, func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Cache-Control", "public, max-age=1800")
			rw.Header().Set("ETag", `"v1"`)
			if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "yesterday" || r.URL.Path == "/odd" {
				rw.WriteHeader(http.StatusNotModified)
			}
		})
		r, err := w.Get(t.Context(), Request{URL: "http://news.example.com/", ETag: `"v1"`, LastModified: "yesterday"})
		if err != nil || !r.NotModified || r.MaxAge != 30*time.Minute || r.ETag != `"v1"` {
			t.Errorf("%+v, %v", r, err)
		}
		if r, err := w.Get(t.Context(), Request{URL: "http://news.example.com/"}); err != nil || r.NotModified {
			t.Errorf("%+v, %v", r, err)
		}
		if _, err := w.Get(t.Context(), Request{URL: "http://news.example.com/odd"}); fault(t, err).Status != 304 {
			t.Error(err)
		}
	})
}

func TestRedirects(t *testing.T) {
	for _, c := range []struct{ path, url, moved, fault string }{
		{"/p1", "http://news.example.com/end", "http://news.example.com/end", ""},
		{"/p308", "http://news.example.com/end", "http://news.example.com/end", ""},
		{"/t1", "http://news.example.com/end", "", ""},
		{"/pt", "http://news.example.com/end", "http://news.example.com/t1", ""},
		{"/tp", "http://news.example.com/end", "", ""},
		{"/far", "http://other.example.org/end", "http://other.example.org/end", ""},
		{"/loop", "", "", "more than 5 redirects"},
		{"/none", "", "", "without saying where"},
		{"/n5", "http://news.example.com/n0", "", ""},
		{"/n6", "", "", "more than 5 redirects"},
	} {
		inBubble(t, func(t *testing.T) {
			w := newWeb(t, Options{Delay: -1}, func(rw http.ResponseWriter, r *http.Request) {
				to := map[string]string{"/p1": "301 end", "/p308": "308 /end", "/t1": "302 /end", "/pt": "301 /t1", "/tp": "307 /p1", "/far": "301 http://other.example.org/end", "/loop": "303 /loop", "/none": "301 "}[r.URL.Path]
				var n int
				if _, err := fmt.Sscanf(r.URL.Path, "/n%d", &n); err == nil && n > 0 {
					to = fmt.Sprintf("302 /n%d", n-1)
				}
				if status, where, ok := strings.Cut(to, " "); ok {
					rw.Header().Set("Location", where)
					code := 0
					fmt.Sscan(status, &code)
					rw.WriteHeader(code)
				}
			})
			r, err := w.Get(t.Context(), Request{URL: "http://news.example.com" + c.path})
			switch {
			case c.fault != "" && !strings.Contains(fault(t, err).Detail, c.fault):
				t.Errorf("%s: %v", c.path, err)
			case c.fault == "" && (err != nil || r.URL != c.url || r.Moved != c.moved):
				t.Errorf("%s: %+v, %v", c.path, r, err)
			}
		})
	}
}

// TestHostileAnswers: no answer takes more memory or time than there is for it.
func TestHostileAnswers(t *testing.T) {
	for _, c := range []struct {
		name, fault string
		handler     http.HandlerFunc
		most        time.Duration
	}{
		{"endless body", "more than 10485760 bytes", endless, 0},
		{"gzip bomb", "more than 10485760 bytes", bomb, 0},
		{"slow headers", "within 20s", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 20 * time.Second},
		{"slow body", "within 20s", drip, 20 * time.Second},
		{"broken body", "broke off", breakOff, 0},
		{"endless headers", "", manyHeaders, 0},
		{"another compression", "compressed", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Encoding", "br") }, 0},
		{"broken gzip", "cannot be read", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, "no gzip at all")
		}, 0},
		{"no content", "204", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }, 0},
		{"gone", "410 Gone", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(410) }, 0},
		{"an odd status", "799", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(799) }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				w := newWeb(t, Options{}, c.handler)
				began := time.Now()
				_, err := w.Get(t.Context(), Request{URL: "http://news.example.com/"})
				if e := fault(t, err); !strings.Contains(e.Detail, c.fault) || e.URL != "http://news.example.com/" || e.Refused {
					t.Errorf("%v", err)
				}
				if took := since(began); took != c.most {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

func endless(w http.ResponseWriter, r *http.Request) {
	for part := make([]byte, 64<<10); ; {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

func bomb(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	for part := make([]byte, 1<<20); ; {
		if _, err := z.Write(part); err != nil {
			return
		}
	}
}

// drip sends a byte a second.
func drip(w http.ResponseWriter, r *http.Request) {
	for {
		if _, err := w.Write([]byte("x")); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-time.After(time.Second):
		case <-r.Context().Done():
			return
		}
	}
}

func breakOff(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "100")
	io.WriteString(w, "half")
}

func manyHeaders(w http.ResponseWriter, r *http.Request) {
	for i := range 2000 {
		w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 100))
	}
}

// TestPoliteness: a host is asked one thing at a time with a pause after each, and others meanwhile.
func TestPoliteness(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		running, most := map[string]int{}, 0
		var w *web
		w = newWeb(t, Options{}, func(rw http.ResponseWriter, r *http.Request) {
			w.mu.Lock()
			running[r.Host]++
			most = max(most, running[r.Host])
			w.mu.Unlock()
			time.Sleep(3 * time.Second)
			w.mu.Lock()
			running[r.Host]--
			w.mu.Unlock()
		})
		began, done := time.Now(), make(chan error)
		for i := range 6 {
			go func() {
				_, err := w.Get(t.Context(), Request{URL: fmt.Sprintf("http://host%d.example.com/%d", i%2, i)})
				done <- err
			}()
		}
		for range 6 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if took := since(began); took != 11*time.Second || most != 1 {
			t.Errorf("took %v, %d at once", took, most)
		}
	})
}

// TestTurnCanBeGivenUp: who waits for a host's turn may go.
func TestTurnCanBeGivenUp(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		w := newWeb(t, Options{Delay: time.Minute}, func(http.ResponseWriter, *http.Request) {})
		if _, err := w.Get(t.Context(), Request{URL: "http://news.example.com/"}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // one in the pause, one behind it
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			if _, err := w.Get(ctx, Request{URL: "http://news.example.com/"}); err != context.DeadlineExceeded {
				t.Error(err)
			}
			cancel()
		}
		if _, err := w.Get(t.Context(), Request{URL: "http://news.example.com/"}); err != nil || len(w.asked) != 2 {
			t.Error(err, w.asked)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	for _, c := range []struct {
		status int
		after  string
		want   time.Duration
	}{
		{429, "120", 2 * time.Minute}, {503, "3600", time.Hour}, {429, "Sat, 01 Jan 2000 00:10:00 GMT", 10 * time.Minute},
		{429, "99999999999999999999", 0}, {429, "999999999", maxAlone}, {429, "", 0}, {429, "soon", 0}, {500, "120", 0}, {429, "-5", 0},
	} {
		inBubble(t, func(t *testing.T) {
			w := newWeb(t, Options{Delay: -1}, func(rw http.ResponseWriter, r *http.Request) {
				rw.Header().Set("Retry-After", c.after)
				rw.WriteHeader(c.status)
			})
			_, err := w.Get(t.Context(), Request{URL: "http://news.example.com/"})
			e := fault(t, err)
			if e.Status != c.status || e.Until.IsZero() != (c.want == 0) || c.want > 0 && time.Until(e.Until) != c.want {
				t.Errorf("%d %q: until %v", c.status, c.after, e.Until)
			}
			_, err = w.Get(t.Context(), Request{URL: "http://news.example.com/other"})
			asked := len(w.asked)
			if err == nil || (asked == 1) != (c.want > 0) {
				t.Errorf("%d %q: asked %d times: %v", c.status, c.after, asked, err)
			}
			time.Sleep(c.want)
			w.Get(t.Context(), Request{URL: "http://news.example.com/other"})
			if len(w.asked) != asked+1 {
				t.Errorf("%d %q: not asked after the time", c.status, c.after)
			}
		})
	}
}

func TestRobots(t *testing.T) {
	const rules = "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /private\nAllow: /private/open$\nDisallow: /*.pdf\nCrawl-delay: 7\n"
	for _, c := range []struct {
		status int
		rules  string
		path   string
		ok     bool
	}{
		{200, rules, "/news", true}, {200, rules, "/private/x", false}, {200, rules, "/private/open", true}, {200, rules, "/a/b.pdf?x", false},
		{200, "User-agent: *\nDisallow: /\n", "/news", false}, {200, "\x00\xff nonsense", "/news", true}, {200, strings.Repeat("# long\n", 200_000), "/news", true},
		{404, "", "/news", true}, {403, "", "/news", true}, {500, "", "/news", false}, {429, "", "/news", false},
	} {
		inBubble(t, func(t *testing.T) {
			w := newWeb(t, Options{}, func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					rw.WriteHeader(c.status)
					io.WriteString(rw, c.rules)
				}
			})
			for range 2 {
				_, err := w.Get(t.Context(), Request{URL: "http://news.example.com" + c.path, Robots: true})
				if (err == nil) != c.ok || err != nil && !fault(t, err).Refused {
					t.Errorf("%d %.30q %s: %v", c.status, c.rules, c.path, err)
				}
			}
			if n := len(slices.DeleteFunc(w.asked, func(s string) bool { return !strings.HasSuffix(s, "/robots.txt") })); n != 1 {
				t.Errorf("%d %.30q: robots.txt was asked for %d times", c.status, c.rules, n)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		w := newWeb(t, Options{}, func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				io.WriteString(rw, "User-agent: *\nCrawl-delay: 7\n")
			}
		})
		began := time.Now()
		for range 3 {
			if _, err := w.Get(t.Context(), Request{URL: "http://news.example.com/", Robots: true}); err != nil {
				t.Fatal(err)
			}
		}
		if took := since(began); took != 1*time.Second+7*2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// TestHostsAreForgotten: what is remembered of hosts is bounded, but not what matters.
func TestHostsAreForgotten(t *testing.T) {
	f := New(Options{Delay: time.Nanosecond})
	for i := range 3 * maxHosts {
		u, err := f.Check(fmt.Sprintf("http://h%d.example.com/", i))
		if err != nil {
			t.Fatal(err)
		}
		leave, err := f.enter(t.Context(), u)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			f.leaveAlone(u, 429, "3600")
		}
		leave()
	}
	if n := len(f.hosts.list); n > maxHosts+1 || f.hosts.list["h0.example.com"] == nil {
		t.Errorf("%d hosts", n)
	}
}

// TestProxy: a proxy is used only when it is asked for.
func TestProxy(t *testing.T) {
	asked := ""
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked = r.URL.String() }))
	defer proxy.Close()
	f := New(Options{UseProxy: true, Delay: -1})
	defer f.Close()
	if f.transport.Proxy == nil || New(Options{}).transport.Proxy != nil {
		t.Fatal("proxies")
	}
	at, _ := net.ResolveTCPAddr("tcp", proxy.Listener.Addr().String())
	if err := f.control(t.Context(), "tcp4", at.String(), nil); err != nil {
		t.Error(err)
	}
	if _, err := f.Get(t.Context(), Request{URL: "http://127.0.0.1/"}); !fault(t, err).Refused || asked != "" {
		t.Errorf("%v, asked for %s", err, asked)
	}
}
