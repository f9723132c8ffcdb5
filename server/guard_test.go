package server

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"testing"

	"dateline/index"
)

func TestHeadersStandOnEveryAnswer(t *testing.T) {
	s := New(newFake("a"), quiet())
	for _, target := range []string{"/api/v1/search", "/api/v1/articles/none", "/api/nothing", "/nothing", "/healthz", "/api/v1/export"} {
		h := do(s, local("GET", target, "")).Header()
		policy := pagePolicy
		if isAPI(target) {
			policy = apiPolicy
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Security-Policy": policy} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", target, name, got)
			}
		}
	}
}

// listensOn makes a request that came in at an address of this machine.
func listensOn(r *http.Request, addr net.Addr) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, addr))
}

// TestHostOnLoopback refuses names that someone else points at this machine (DNS rebinding).
func TestHostOnLoopback(t *testing.T) {
	o := quiet()
	o.Hosts = []string{"News.example"}
	s := New(newFake(), o)
	tests := []struct {
		listen, host string
		status       int
	}{
		{"127.0.0.1", "localhost", 200}, {"127.0.0.1", "localhost:8080", 200}, {"127.0.0.1", "LOCALHOST.:80", 200},
		{"127.0.0.1", "127.0.0.1:8080", 200}, {"127.0.0.1", "127.0.0.2", 200}, {"::1", "[::1]:8080", 200}, {"::1", "[::1]", 200},
		{"127.0.0.1", "news.example", 200}, {"127.0.0.1", "news.example:443", 200},
		{"127.0.0.1", "evil.example", 421}, {"127.0.0.1", "localhost.evil.example", 421}, {"::1", "evil.example:8080", 421},
		{"127.0.0.1", "192.168.0.1", 421}, {"127.0.0.1", "", 421}, {"127.0.0.1", "127.0.0.1.evil.example", 421},
		{"192.168.0.1", "evil.example", 200},
	}
	for _, test := range tests {
		r := listensOn(local("GET", "/api/v1/search", ""), &net.TCPAddr{IP: net.ParseIP(test.listen), Port: 8080})
		r.Host = test.host
		if w := do(s, r); w.Code != test.status {
			t.Errorf("%s as %q: %d %s", test.listen, test.host, w.Code, w.Body)
		}
	}
}

func TestWhoMayWrite(t *testing.T) {
	tests := []struct {
		from   string
		header [2]string
		remote bool // AllowRemoteWrites
		status int
	}{
		{from: "127.0.0.1:5", status: 200},
		{from: "[::1]:5", status: 200},
		{from: "[::ffff:127.0.0.1]:5", status: 200},
		{from: "192.168.0.7:5", status: 403},
		{from: "", status: 403},
		{from: "192.168.0.7:5", remote: true, status: 200},
		{from: "127.0.0.1:5", header: [2]string{"X-Forwarded-For", "10.0.0.1"}, status: 403},
		{from: "127.0.0.1:5", header: [2]string{"Forwarded", "for=10.0.0.1"}, status: 403},
		{from: "127.0.0.1:5", header: [2]string{"X-Forwarded-For", "10.0.0.1"}, remote: true, status: 200},
		{from: "127.0.0.1:5", header: [2]string{"Sec-Fetch-Site", "cross-site"}, status: 403},
		{from: "127.0.0.1:5", header: [2]string{"Sec-Fetch-Site", "same-origin"}, status: 200},
		{from: "127.0.0.1:5", header: [2]string{"Origin", "https://evil.example"}, status: 403},
		{from: "127.0.0.1:5", header: [2]string{"Origin", "https://evil.example"}, remote: true, status: 403},
	}
	writes := []struct{ method, target, body string }{
		{"DELETE", "/api/v1/articles/a", ""},
		{"POST", "/api/v1/delete", `{"ids":["a"]}`},
		{"POST", "/api/v1/articles", `{"id":"b","title":"t"}`},
	}
	for _, test := range tests {
		for _, write := range writes {
			o := quiet()
			o.AllowRemoteWrites = test.remote
			f := newFake("a")
			r := local(write.method, write.target, write.body)
			r.RemoteAddr = test.from
			r.Header.Set("Content-Type", index.ArticlesType)
			if test.header[0] != "" {
				r.Header.Set(test.header[0], test.header[1])
			}
			w := do(New(f, o), r)
			if w.Code != test.status {
				t.Errorf("%+v: %s %s: %d %s", test, write.method, write.target, w.Code, w.Body)
			}
			if _, kept := f.articles["a"]; test.status != 200 && (!kept || len(f.articles) != 1) {
				t.Errorf("%+v: %s %s wrote", test, write.method, write.target)
			}
		}
	}
}

func TestUnixSocketsAreThisMachine(t *testing.T) {
	r := listensOn(local("DELETE", "/api/v1/articles/a", ""), &net.UnixAddr{Name: "/tmp/x", Net: "unix"})
	r.RemoteAddr = "@"
	if w := do(New(newFake("a"), quiet()), r); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestDeclaredBodiesAreRefusedBeforeTheyCome(t *testing.T) {
	r := local("POST", "/api/v1/articles", "x")
	r.ContentLength = 64<<20 + 1
	if w := do(New(newFake(), quiet()), r); w.Code != 413 || !bytes.Contains(w.Body.Bytes(), []byte("67108864 bytes")) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestMethods(t *testing.T) {
	s := New(newFake("a"), quiet())
	for _, test := range []struct{ method, target, allow string }{
		{"POST", "/api/v1/search", "GET, HEAD"}, {"PATCH", "/api/v1/articles", "POST"}, {"GET", "/api/v1/articles", "POST"},
		{"PUT", "/api/v1/articles/a", "DELETE, GET, HEAD"}, {"GET", "/api/v1/delete", "POST"}, {"OPTIONS", "/api/v1/stats", "GET, HEAD"},
	} {
		w := do(s, local(test.method, test.target, ""))
		if w.Code != 405 || w.Header().Get("Allow") != test.allow || at(t, w.Body.Bytes(), "status") != "405" {
			t.Errorf("%s %s: %d, Allow %q, %s", test.method, test.target, w.Code, w.Header().Get("Allow"), w.Body)
		}
	}
}
