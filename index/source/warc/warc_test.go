package warc

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index/source/record"
	"dateline/index/source/warc/warctest"
)

const quay = "https://quay.example/a"

func page(titles ...string) string {
	return "<html><title>" + strings.Join(titles, "</title>\n<title>") + "</title></html>\n"
}

func feed(titles ...string) string {
	return "<rss><title>" + strings.Join(titles, "</title>\n<title>") + "</title></rss>\n"
}

// TestRecords reads an archive of one record: what becomes of it.
func TestRecords(t *testing.T) {
	for _, c := range []struct {
		name string
		rec  warctest.Record
		want string // one line for each record
	}{
		{"page", warctest.Page(quay, "text/html", page("Quay")), "Quay"},
		{"feed", warctest.Page(quay, "text/xml", feed("a", "b", "c")), "a\nb\nc"},
		{"feed with faults", warctest.Page(quay, "text/xml", feed("a", "fault", "undated", "b")), "a\nbad syntax: a fault, in line 20 (" + quay + ")\nbad date: no date, in line 30 (" + quay + ")\nb"},
		{"panic", warctest.Page(quay, "text/xml", feed("a", "panic", "b")), "a\nbad syntax: the reader failed: no title (" + quay + ")"},
		{"panic in a page", warctest.Page(quay, "text/html", page("panic")), "bad syntax: the reader failed: no title (" + quay + ")"},
		{"stops", warctest.Page(quay, "text/xml", feed("stop", "b")), "bad syntax: stopped (" + quay + ")"},
		{"feed of nothing", warctest.Page(quay, "text/xml", "<rss/>"), "empty: the payload holds no article (" + quay + ")"},
		{"page of nothing", warctest.Page(quay, "text/html", "<html>"), "empty: the payload holds no article (" + quay + ")"},
		{"bytes", warctest.Page(quay, "", "NOTE\x00<title>noted</title>"), "noted"},
		{"plain text", warctest.Page(quay, "text/plain", "<title>plain</title>"), "plain"},
		{"type unknown", warctest.Page(quay, "application/x-quay; a=b", "what is this"), "not news: no news format that is known, sent as application/x-quay (" + quay + ")"},
		{"no type", warctest.Answer(quay, "200 OK", "", "what is this"), "not news: no news format that is known (" + quay + ")"},
		{"type wrong", warctest.Page(quay, "text/plain", page("Quay")), "Quay"},
		{"type broken", warctest.Page(quay, "text/html; charset", page("Quay")), "Quay"},
		{"binary", warctest.Page(quay, "text/html", "\x00\x01\x02\x03\x00\x00\x00\x00"), "not news: binary data, sent as text/html (" + quay + ")"},
		{"image", warctest.Page(quay, "image/png", "\x89PNG"), "not news: image/png (" + quay + ")"},
		{"script", warctest.Page(quay, "application/javascript;charset=utf-8", "<html>"), "not news: application/javascript (" + quay + ")"},
		{"robots", warctest.Page("https://quay.example/robots.txt", "text/plain", "User-agent: *"), "not news: robots.txt (https://quay.example/robots.txt)"},
		{"not robots", warctest.Page("https://quay.example/a/robots.txt", "text/plain", "<title>x</title>"), "x"},
		{"empty", warctest.Page(quay, "text/html", " \r\n"), "empty: the payload is empty (" + quay + ")"},
		{"empty when unpacked", warctest.Answer(quay, "200 OK", "Content-Encoding: gzip\r\n", string(warctest.Squeeze(nil))), "empty: the payload is empty (" + quay + ")"},
		{"not found", warctest.Answer(quay, "404 Not Found", "Content-Type: text/html\r\n", page("x")), "not news: HTTP status 404 (" + quay + ")"},
		{"moved", warctest.Answer(quay, "301", "", ""), "not news: HTTP status 301 (" + quay + ")"},
		{"no status", warctest.Record{Type: "response", URI: quay, ContentType: "application/http", Block: "what"}, "not news: HTTP status missing (" + quay + ")"},
		{"head only", warctest.Record{Type: "response", URI: quay, ContentType: "application/http", Block: "HTTP/1.1 200 OK"}, "empty: the payload is empty (" + quay + ")"},
		{"HTTP 2", warctest.Record{Type: "response", URI: quay, ContentType: "application/http", Block: "HTTP/2 200\n\n" + page("Quay")}, "Quay"},
		{"folded head", warctest.Answer(quay, "200 OK", "Content-Type: text/html;\r\n charset=utf-8\r\n", page("Quay")), "Quay"},
		{"charset of the head", warctest.Page(quay, "text/html; charset=koi8-r", page("\xf0\xd2\xc9\xde\xc1\xcc")), "Причал"},
		{"charset of the page", warctest.Page(quay, "text/html", "<html><meta charset=windows-1251>"+page("\xcf\xf0\xe8\xf7\xe0\xeb")), "Причал"},
		{"charset unknown", warctest.Page(quay, "text/html; charset=none", "<html><meta charset=windows-1251>"+page("\xcf\xf0\xe8\xf7\xe0\xeb")), "Причал"},
		{"bytes show UTF-8", warctest.Page(quay, "text/html; charset=koi8-r", page("Причал")), "Причал"},
		{"resource", warctest.Record{Type: "resource", URI: quay, ContentType: "text/html", Block: page("Quay")}, "Quay"},
		{"conversion", warctest.Record{Type: "conversion", URI: quay, ContentType: "text/plain", Block: "<title>text</title>"}, "text"},
		{"names", warctest.Record{Type: "response", URI: "dns:quay.example", ContentType: "text/dns", Block: "20240715\nquay.example. IN A 10.0.0.1"}, "not news: a note of the crawler (dns:quay.example)"},
		{"log", warctest.Record{Type: "resource", URI: "urn:X-quay:log", ContentType: "text/plain", Block: "<title>x</title>"}, "not news: a note of the crawler (urn:X-quay:log)"},
		{"revisit", warctest.Record{Type: "revisit", URI: quay, Fields: "WARC-Refers-To-Date: 2024-01-02T03:04:05Z\r\n", Block: "HTTP/1.1 304 Not Modified\r\n\r\n"}, "revisit: unchanged since 2024-01-02T03:04:05Z (" + quay + ")"},
		{"revisit of anything", warctest.Record{Type: "revisit", URI: quay}, "revisit: unchanged since an earlier record (" + quay + ")"},
		{"first segment", warctest.Record{Type: "response", URI: quay, Fields: "WARC-Segment-Number: 1\r\n", Block: "HTTP/1.1 200 OK\r\n\r\n<html>"}, "truncated: the first part of a record that goes on elsewhere (" + quay + ")"},
		{"continuation", warctest.Record{Type: "continuation", URI: quay, Fields: "WARC-Segment-Number: 2\r\n", Block: "x"}, "truncated: part 2 of a record that begins elsewhere (" + quay + ")"},
		{"other type", warctest.Record{Type: "quay", URI: quay}, "not news: a record of the type quay (" + quay + ")"},
		{"without a type", warctest.Record{URI: quay}, "bad syntax: the header has no WARC-Type (" + quay + ")"},
		{"request", warctest.Request(quay), ""},
		{"metadata", warctest.Record{Type: "metadata", URI: quay, ContentType: "text/plain", Block: "<title>x</title>"}, ""},
		{"long address", warctest.Record{Type: "revisit", URI: "https://quay.example/" + strings.Repeat("é", 400)}, "revisit: unchanged since an earlier record (https://quay.example/" + strings.Repeat("é", 139) + "…)"},
	} {
		got := lines(readAll(t, warctest.Plain(warctest.Info(), c.rec), record.Options{}))
		if want := strings.TrimLeft(c.want+"\n", "\n"); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
	}
}

// TestPackings reads one archive in the ways in which it may be stored.
func TestPackings(t *testing.T) {
	records := []warctest.Record{
		warctest.Info(), warctest.Request(quay), warctest.Page(quay, "text/html", page("a")), warctest.Request(quay),
		warctest.Page(quay, "text/xml", feed("b", "c")), warctest.Page(quay, "image/gif", "GIF"), warctest.Page(quay, "text/html", page("d")),
	}
	plain := warctest.Plain(records...)
	want := "a\nb\nc\nnot news: image/gif (" + quay + ")\nd\n"
	for name, in := range map[string][]byte{
		"plain": plain, "a gzip a record": warctest.Gzip(records...), "one gzip": warctest.Squeeze(plain), "lines of LF": unix(records),
		"in a gzip": warctest.Squeeze(warctest.Gzip(records...)), "blank lines in front": append([]byte("\r\n\n"), plain...),
		"more blank lines":          bytes.ReplaceAll(plain, []byte("\r\n\r\nWARC/"), []byte("\r\n\r\n\r\n\n\nWARC/")),
		"fewer":                     bytes.ReplaceAll(plain, []byte("\r\n\r\nWARC/"), []byte("\nWARC/")),
		"version 0.17":              bytes.ReplaceAll(plain, []byte("WARC/1.1"), []byte("WARC/0.17")),
		"names in capitals":         bytes.ReplaceAll(plain, []byte("Content-Length"), []byte("CONTENT-LENGTH")),
		"no blank lines at the end": bytes.TrimSuffix(plain, []byte("\r\n\r\n")),
	} {
		if got := lines(readAll(t, in, record.Options{})); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
		if got := lines(readStream(t, iotest.OneByteReader(bytes.NewReader(in)), record.Options{})); got != want {
			t.Errorf("%s, by byte:\n got %s\nwant %s", name, got, want)
		}
	}
}

// unix is an archive with line ends of one byte.
func unix(records []warctest.Record) (out []byte) {
	for _, r := range records {
		r.Block = strings.ReplaceAll(r.Block, "\r\n", "\n")
		out = append(out, strings.ReplaceAll(r.String(), "\r\n", "\n")...)
	}
	return out
}

// TestArticle holds what an article has from the archive.
func TestArticle(t *testing.T) {
	rec := warctest.Page(quay, "text/html; charset=utf-8", page("Quay"))
	rec.Fields = "WARC-Truncated: length\r\n"
	own := warctest.Page(quay, "text/html", page("own address"))
	own.Date = "2016"
	list := readAll(t, warctest.Plain(rec, own, warctest.Page(quay, "text/xml", feed("item"))), record.Options{Source: "Harbour"})
	for i, want := range []string{
		`https://quay.example/a map[Content-Type:"text/html; charset=utf-8" WARC-Date:"2024-07-15T06:30:00Z" WARC-Record-ID:"ID" WARC-Truncated:"length"]`,
		`https://own.example/ map[Content-Type:"text/html" WARC-Date:"2016" WARC-Record-ID:"ID" WARC-Target-URI:"https://quay.example/a"]`,
		` map[Content-Type:"text/xml" WARC-Date:"2024-07-15T06:30:00Z" WARC-Record-ID:"ID" WARC-Target-URI:"https://quay.example/a"]`,
	} {
		a := list[i].article
		if id := string(a.Extra["WARC-Record-ID"]); !strings.Contains(id, "urn:uuid:") {
			t.Error(id)
		}
		a.Extra["WARC-Record-ID"] = []byte(`"ID"`)
		if got := fmt.Sprintf("%s %s", a.URL, a.Extra); got != want || a.Source != "Harbour" {
			t.Errorf("%d: %s\nwant %s", i, got, want)
		}
	}
}

// TestOptions holds what the payload's format is told.
func TestOptions(t *testing.T) {
	now := func() time.Time { return time.Unix(1, 0) }
	rec := warctest.Page("x", "text/html", page("Quay"))
	rec.Fields = ""
	in := bytes.ReplaceAll(warctest.Plain(rec), []byte("Target-URI: x"), []byte("Target-URI: <"+quay+">"))
	var got record.Options
	spy := fakes
	spy.Text = func([]byte, bool, string) (record.Format, bool) {
		f, _ := fakes.Text([]byte("<rss"), true, "")
		open := f.Open
		return record.Format{Name: "spy", Open: func(r io.Reader, o record.Options) record.Reader { got = o; return open(r, o) }}, true
	}
	o := record.Options{Source: "s", MaxRecord: 5000, Name: "n", URL: "https://archive.example/", Retrieved: time.Unix(2, 0), Now: now}
	if _, err := New(spy).Open(bytes.NewReader(in), o).Next(); err != nil {
		t.Fatal(err)
	}
	if got.URL != quay || got.Retrieved.Format(time.RFC3339) != warctest.Date || got.Source != "s" || got.MaxRecord != 5000 || got.Name != "n" || got.Time() != now() {
		t.Errorf("%+v", got)
	}
}

func TestSniff(t *testing.T) {
	f := New(fakes)
	for in, want := range map[string]bool{
		"WARC/1.0\r\n": true, "\r\nWARC/1.1\nx": true, "WARC/0.17 \r\n": true, "filedesc://x.arc 0.0.0.0 20080430204825 text/plain 13\n": true,
		"": false, "WARC/1.0": false, "WARC/x.y\r\n": false, "WARC/10\n": false, "WARC is over\n": false, "<html>": false, "WARC/1.00000000000000000\n": false,
	} {
		if got := f.Sniff([]byte(in), true); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
	if !f.Raw || f.Name != "warc" {
		t.Error(f.Name, f.Raw)
	}
}
