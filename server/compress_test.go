package server

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"dateline/index"
)

// packed asks as a browser does, which takes gzip.
func packed(h http.Handler, target string) *httptest.ResponseRecorder {
	r := local("GET", target, "")
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func unpack(t *testing.T, b []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCompressedAnswers(t *testing.T) {
	s := pageServer(t, quay...)
	for _, target := range []string{"/", "/help", "/search?q=oil+AND", "/nowhere", "/api/v1/search"} {
		plain, w := do(s, local("GET", target, "")), packed(s, target)
		if e := w.Header().Get("Content-Encoding"); e != "gzip" || w.Header().Get("Vary") != "Accept-Encoding" || w.Code != plain.Code {
			t.Errorf("%s: %d %v", target, w.Code, w.Header())
			continue
		}
		if got := len(unpack(t, w.Body.Bytes())); got < leastCompressed || w.Body.Len() > got/2 {
			t.Errorf("%s: %d bytes became %d", target, got, w.Body.Len())
		}
		for _, name := range []string{"Content-Security-Policy", "Content-Type", "Cache-Control", "X-Content-Type-Options"} {
			if got, want := w.Header().Get(name), plain.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, not %q, when packed", target, name, got, want)
			}
		}
	}
}

func TestNotCompressed(t *testing.T) {
	s := pageServer(t, quay...)
	for _, target := range []string{"/healthz", "/robots.txt", "/api/v1/articles/none"} {
		if w := packed(s, target); w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: %v", target, w.Header())
		}
	}
	for _, takes := range []string{"", "br", "gzip;q=0", "identity"} {
		r := local("GET", "/", "")
		r.Header.Set("Accept-Encoding", takes)
		if w := do(s, r); w.Header().Get("Content-Encoding") != "" || !strings.Contains(w.Body.String(), "<!DOCTYPE html>") {
			t.Errorf("%q: %v", takes, w.Header())
		}
	}
}

// noise is a text that packs badly.
func noise(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// TestExportStreamsCompressed: what an export flushes arrives before the export ends.
func TestExportStreamsCompressed(t *testing.T) {
	arrived := make(chan bool)
	f := newFake()
	f.export = func(yield func(index.Article, error) bool) {
		for i := range 100 {
			if !yield(index.Article{ID: fmt.Sprint(i), Title: "t", Body: noise(8 << 10)}, nil) {
				return
			}
		}
		<-arrived // more than all buffers hold is in front of the rest
		yield(index.Article{ID: "last"}, nil)
	}
	server := httptest.NewServer(New(f, quiet()))
	defer server.Close()
	r, err := http.NewRequest(http.MethodGet, server.URL+"/api/v1/export", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if e := response.Header.Get("Content-Encoding"); e != "gzip" {
		t.Fatal(e)
	}
	z, err := gzip.NewReader(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(z)
	for i := range 101 {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(i, err)
		}
		if i == 0 {
			close(arrived)
		}
		if i == 100 && !strings.Contains(line, `"last"`) {
			t.Error(line)
		}
	}
}

// TestBrokenCompressedExport: an export that fails midway does not look whole.
func TestBrokenCompressedExport(t *testing.T) {
	f := newFake()
	body := strings.Repeat("oil price ", 1<<10)
	f.export = func(yield func(index.Article, error) bool) {
		for i := range 100 {
			if !yield(index.Article{ID: fmt.Sprint(i), Body: body}, nil) {
				return
			}
		}
		yield(index.Article{}, index.ErrClosed)
	}
	server := httptest.NewServer(New(f, quiet()))
	defer server.Close()
	response, err := http.Get(server.URL + "/api/v1/export") // takes gzip, and unpacks it
	if err != nil {
		return // cut off before the headers
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Error("the export looks whole")
	}
}

var asset = regexp.MustCompile(`(?:href|src)="(/static/[^"]*)"`)

func TestStaticFilesArePackedOnce(t *testing.T) {
	s := pageServer(t, quay...)
	found := asset.FindAllStringSubmatch(do(s, local("GET", "/", "")).Body.String(), -1)
	if len(found) != 4 {
		t.Fatalf("%q", found)
	}
	for _, m := range found {
		plain, w := do(s, local("GET", m[1], "")), packed(s, m[1])
		if w.Header().Get("Content-Encoding") != "gzip" || unpack(t, w.Body.Bytes()) != plain.Body.String() {
			t.Errorf("%s: %v", m[1], w.Header())
		}
		if w.Header().Get("ETag") == plain.Header().Get("ETag") {
			t.Errorf("%s: packed and plain are both %s", m[1], w.Header().Get("ETag"))
		}
		r := local("GET", m[1], "")
		r.Header.Set("If-None-Match", `"other", W/`+plain.Header().Get("ETag"))
		if w := do(s, r); w.Code != 304 || w.Body.Len() != 0 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", m[1], w.Code, w.Header())
		}
	}
}

// TestWeight: the first page with all that it loads is under 60 KB on the wire, with room for what is to come.
func TestWeight(t *testing.T) {
	const most = 40 << 10
	s := pageServer(t, manyArticles(400)...)
	first := packed(s, "/search?q=w1&facet_size=10")
	text, sum := unpack(t, first.Body.Bytes()), first.Body.Len()
	if hits, values := strings.Count(text, `<article class="hit"`), strings.Count(text, `class="count"`); hits != 10 || values < 60 {
		t.Fatalf("a page of %d hits and %d values is no full one", hits, values)
	}
	t.Logf("page: %d bytes, %d packed", len(text), sum)
	for _, m := range asset.FindAllStringSubmatch(text, -1) {
		w := packed(s, m[1])
		t.Logf("%s: %d packed", m[1], w.Body.Len())
		sum += w.Body.Len()
	}
	if t.Logf("together: %d", sum); sum > most {
		t.Errorf("%d bytes, more than %d", sum, most)
	}
}

// manyArticles have words, names and sources enough to fill every list of a page; no two of their passages are alike.
func manyArticles(n int) []index.Article {
	dice := uint32(1)
	draw := func(of uint32) uint32 {
		dice = dice*1664525 + 1013904223
		return (dice >> 8) % of
	}
	words := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "w%d%c ", draw(5)*draw(5)*draw(200), 'a'+rune(draw(26)))
		}
		return b.String()
	}
	var list []index.Article
	for i := range n {
		a := index.Article{
			ID: fmt.Sprintf("%x", draw(1<<24)) + fmt.Sprint(i), Source: fmt.Sprintf("Source %d", draw(40)), Agency: fmt.Sprintf("Agency %d", draw(30)),
			Title: "w1 " + words(8), Body: words(60) + "w1 " + words(60), Language: []string{"en", "de", "fr"}[draw(3)], Section: fmt.Sprintf("Section %d", draw(20)),
			Topics: []string{fmt.Sprintf("topic %d", draw(90))}, Authors: []string{fmt.Sprintf("Author %d", draw(90))},
			Published: pageTime(fmt.Sprintf("2024-%02d-%02d", 1+draw(12), 1+draw(28))), Precision: "day",
		}
		for _, typ := range []string{index.Person, index.Org, index.Place} {
			for range 3 {
				a.Entities = append(a.Entities, index.Entity{Type: typ, Name: fmt.Sprintf("Name%d of %s", draw(60), typ), Count: 1})
			}
		}
		list = append(list, a)
	}
	return list
}
