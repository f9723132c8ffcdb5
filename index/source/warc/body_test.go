package warc

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"dateline/index/source/record"
	"dateline/index/source/warc/warctest"
)

// coded compresses a body as a server does.
func coded(t testing.TB, name, body string) string {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch name {
	case "gzip":
		return string(warctest.Squeeze([]byte(body)))
	case "zlib":
		w = zlib.NewWriter(&b)
	case "flate":
		w, _ = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	case "chunked":
		for len(body) > 0 {
			n := min(len(body), 1000)
			fmt.Fprintf(&b, "%x;quay\r\n%s\r\n", n, body[:n])
			body = body[n:]
		}
		return b.String() + "0\r\nX-Trailer: y\r\n\r\n"
	}
	_, err := io.WriteString(w, body)
	if cerr := w.Close(); err != nil || cerr != nil {
		t.Fatal(err, cerr)
	}
	return b.String()
}

func TestBodies(t *testing.T) {
	_, long, _ := strings.Cut(pages(1)[0].Block, "p0")
	long = "<html><title>Quay" + long
	c := func(names ...string) string {
		body := long
		for _, name := range names {
			body = coded(t, name, body)
		}
		return body
	}
	const chunks = "Transfer-Encoding: chunked\r\n"
	broken, damaged := "truncated: the body breaks off ("+quay+")", "bad syntax: the body is damaged"
	for _, c := range []struct{ name, head, body, want string }{
		{"gzip", "Content-Encoding: gzip\r\n", c("gzip"), "Quay"},
		{"x-gzip", "content-encoding: X-GZIP\r\n", c("gzip"), "Quay"},
		{"two gzips", "Content-Encoding: gzip\r\n", coded(t, "gzip", long[:90]) + coded(t, "gzip", long[90:]), "Quay"},
		{"deflate", "Content-Encoding: deflate\r\n", c("zlib"), "Quay"},
		{"deflate as some servers have it", "Content-Encoding: deflate\r\n", c("flate"), "Quay"},
		{"brotli", "Content-Encoding: br\r\n", c("br"), "Quay"},
		{"zstd", "Content-Encoding: zstd\r\n", c("zstd"), "Quay"},
		{"identity", "Content-Encoding: identity\r\n", c(), "Quay"},
		{"unknown", "Content-Encoding: quay\r\n", c(), "Quay"},
		{"chunks", chunks, c("chunked"), "Quay"},
		{"chunks of gzip", chunks + "Content-Encoding: gzip\r\n", c("gzip", "chunked"), "Quay"},
		{"gzip in transfer", "Transfer-Encoding: gzip, chunked\r\n", c("gzip", "chunked"), "Quay"},
		{"twice", "Content-Encoding: gzip, br\r\n", c("gzip", "br"), "Quay"},
		{"too often", "Content-Encoding: gzip, gzip, gzip, gzip\r\n", c("gzip", "gzip", "gzip", "gzip"), "bad syntax: the body is compressed too often (" + quay + ")"},

		{"stored without gzip", "Content-Encoding: gzip\r\n", c(), "Quay"},
		{"stored without deflate", "Content-Encoding: deflate\r\n", c(), "Quay"},
		{"stored without brotli", "Content-Encoding: br\r\n", c(), "Quay"},
		{"stored without zstd", "Content-Encoding: zstd\r\n", c(), "Quay"},
		{"stored without chunks", chunks, c(), "Quay"},
		{"stored without either", chunks + "Content-Encoding: br\r\n", c(), "Quay"},
		{"no chunks, but a word of hex", chunks, "a\n" + long, "not news: no news format that is known (" + quay + ")"},

		{"gzip cut", "Content-Encoding: gzip\r\n", c("gzip")[:200], broken},
		{"gzip cut in its header", "Content-Encoding: gzip\r\n", c("gzip")[:5], broken},
		{"deflate cut", "Content-Encoding: deflate\r\n", c("zlib")[:150], broken},
		{"brotli cut", "Content-Encoding: br\r\n", c("br")[:60], broken},
		{"zstd cut", "Content-Encoding: zstd\r\n", c("zstd")[:60], broken},
		{"chunks cut", chunks, c("chunked")[:1500], broken},
		{"gzip damaged", "Content-Encoding: gzip\r\n", c("gzip")[:len(c("gzip"))-8] + "sum!len!", damaged},
		{"chunks damaged", chunks, strings.Replace(c("chunked"), "\r\n3e8;", "\r\n3e8xyz", 3), damaged},
	} {
		rec := warctest.Answer(quay, "200 OK", c.head, c.body)
		got := lines(readAll(t, warctest.Plain(rec), record.Options{}))
		if got != c.want+"\n" && (c.want != damaged || !strings.HasPrefix(got, damaged)) {
			t.Errorf("%s: %q\nwant %q", c.name, got, c.want)
		}
		rec.Fields = "WARC-Truncated: time\r\n" // what there is, is taken
		if got := lines(readAll(t, warctest.Plain(rec), record.Options{})); c.want == broken && len(c.body) > 100 && got != "Quay\n" {
			t.Errorf("%s, and the archive says so: %q", c.name, got)
		}
	}
}

// TestShortBody compares a body with the length that the server told.
func TestShortBody(t *testing.T) {
	told := func(n int, fields string) string {
		body := page("Quay")
		rec := warctest.Record{Type: "response", URI: quay, ContentType: "application/http", Fields: fields,
			Block: fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body)+n, body)}
		return lines(readAll(t, warctest.Plain(rec), record.Options{}))
	}
	for n, want := range map[int]string{
		-5: "Quay\n", 0: "Quay\n", 4: "Quay\n", 5: "truncated: the body has 33 of the 38 bytes that were to come (" + quay + ")\n",
	} {
		if got := told(n, ""); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	if got := told(50, "WARC-Truncated: disconnect\r\n"); got != "Quay\n" {
		t.Error(got)
	}
}

// TestBomb unpacks bodies that grow beyond the limit, as one record and as many.
func TestBomb(t *testing.T) {
	for _, c := range []struct{ coding, head string }{{"gzip", "gzip"}, {"br", "br"}, {"zstd", "zstd"}, {"zlib", "deflate"}} {
		for _, begin := range []string{page("a"), feed("a")} {
			rec := warctest.Answer(quay, "200 OK", "Content-Encoding: "+c.head+"\r\n", coded(t, c.coding, begin+strings.Repeat(" ", 700<<10)))
			got := lines(readAll(t, warctest.Plain(rec, warctest.Page(quay, "text/html", page("b"))), record.Options{MaxRecord: 256 << 10}))
			if got != "too large: the body has more than 262144 bytes ("+quay+")\nb\n" {
				t.Errorf("%s of %s: %s", c.coding, begin[:5], got)
			}
		}
	}
	window, err := zstd.NewWriter(nil, zstd.WithWindowSize(64<<20), zstd.WithSingleSegment(false))
	if err != nil {
		t.Fatal(err)
	}
	rec := warctest.Answer(quay, "200 OK", "Content-Encoding: zstd\r\n", string(window.EncodeAll(bytes.Repeat([]byte(page("a")), 400_000), nil)))
	if got := lines(readAll(t, warctest.Plain(rec), record.Options{})); !strings.HasPrefix(got, "too large: the body needs more than 8 MiB of memory") {
		t.Error(got)
	}
}

func TestIsChunked(t *testing.T) {
	for in, want := range map[string]bool{
		"3\r\nabc\r\n0\r\n\r\n": true, "3\nabc\n0\n": true, "3;a=b\r\nabc\r\n": true, "FF\r\nabc": true, "0\r\n\r\n": true,
		"": false, "3": false, "\r\nabc": false, "3\r\nabcd\r\n": false, "quay\r\n": false, "-3\r\nabc": false, "123456789abcd\r\nabc": false, "0x3\r\nabc\r\n": false,
	} {
		if got := isChunked([]byte(in)); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

// FuzzBody reads any body in any coding: what comes out is bounded.
func FuzzBody(f *testing.F) {
	for _, name := range []string{"gzip", "zlib", "flate", "br", "zstd", "chunked"} {
		f.Add([]byte(coded(f, name, page("Quay"))), name, "chunked")
	}
	f.Fuzz(func(t *testing.T, in []byte, encoding, transfer string) {
		const limit = 100_000
		b := openBody(&response{body: in, encoding: encoding, transfer: transfer, length: -1}, limit, true)
		defer b.close()
		out, err := io.ReadAll(b)
		if len(out) > limit+1 || (err == nil) != (b.reason == "") || err != nil && err != errBody {
			t.Fatal(len(out), err, b.reason)
		}
	})
}
