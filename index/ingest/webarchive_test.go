package ingest_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"dateline/index"
	"dateline/index/ingest"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
	"dateline/index/source/warc/warctest"
)

// fetched is a file as a crawler met it.
type fetched struct {
	path, url, contentType string
	at                     time.Time
	content                []byte
}

// crawl makes a web archive of files as a crawler does, with requests and what else it meets. The bodies are sent in turn in
// each of the ways in which servers send them.
func crawl(files []fetched) []byte {
	records := []warctest.Record{warctest.Info()}
	for i, f := range files {
		head, body := sent(i, f.content)
		r := warctest.Answer(f.url, "200 OK", "Content-Type: "+f.contentType+"\r\n"+head, body)
		r.Date = f.at.Format(time.RFC3339)
		records = append(records, warctest.Request(f.url), r,
			warctest.Page(f.url+"/logo.png", "image/png", "\x89PNG"), warctest.Answer(f.url+"/gone", "404 Not Found", "", "gone"))
	}
	return warctest.Gzip(records...)
}

// sent returns the i-th way to send a body: further lines of the header, and the bytes.
func sent(i int, content []byte) (head, body string) {
	var b bytes.Buffer
	var w io.WriteCloser
	switch i % 5 {
	case 0:
		return "", string(content)
	case 1:
		return "Transfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(content), content)
	case 2:
		head, w = "Content-Encoding: gzip\r\n", gzip.NewWriter(&b)
	case 3:
		head, w = "Content-Encoding: br\r\n", brotli.NewWriterLevel(&b, 2)
	case 4:
		head = "Content-Encoding: zstd\r\n"
		w, _ = zstd.NewWriter(&b)
	}
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	return head, b.String()
}

// result is an article without what may differ between a file and its record in an archive, or the reason why it is none.
type result struct {
	article index.Article
	reason  string
}

func resultOf(a index.Article, reject *ingest.Reject) result {
	if reject != nil {
		return result{reason: reject.Reason}
	}
	a.Extra, a.Format, a.Path, a.URL = nil, "", "", ""
	return result{article: a}
}

// compareWithArchive reads files one by one and from one web archive, and compares.
func compareWithArchive(t *testing.T, files []fetched) (articles int) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "crawl.warc.gz")
	if err := os.WriteFile(name, crawl(files), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []result
	passed := 0
	for a, reject := range ingest.Parse(t.Context(), []string{name}, ingest.Options{}) {
		if reject != nil && (strings.HasPrefix(reject.Detail, "image/png") || strings.HasPrefix(reject.Detail, "HTTP status 404")) {
			passed++
			continue
		}
		if reject == nil && (a.Format != "warc" || a.Extra["WARC-Record-ID"] == nil || a.Extra["WARC-Date"] == nil || a.Extra["Content-Type"] == nil) {
			t.Errorf("%s: format %q, extra %s", a.Title, a.Format, a.Extra)
		}
		got = append(got, resultOf(a, reject))
	}
	if passed != 2*len(files) {
		t.Errorf("%d pictures and missing pages of %d", passed, 2*len(files))
	}
	for _, f := range files {
		for a, reject := range ingest.Parse(t.Context(), []string{f.path}, ingest.Options{URL: f.url, Retrieved: f.at}) {
			if len(got) == 0 {
				t.Fatalf("%s is not in the archive", f.path)
			}
			want := resultOf(a, reject)
			if !reflect.DeepEqual(got[0], want) {
				t.Errorf("%s, in the archive:\n got %.1000v\nwant %.1000v", f.path, got[0], want)
			}
			if got = got[1:]; reject == nil {
				articles++
			}
		}
	}
	if len(got) > 0 {
		t.Errorf("%d more in the archive", len(got))
	}
	return articles
}

// TestWebArchiveOfSamples reads the sample articles from a web archive.
func TestWebArchiveOfSamples(t *testing.T) {
	root := filepath.Join("..", "..", "testdata", "articles")
	var files []fetched
	for _, pattern := range []string{"text/*", "jsonl/*", "csv/*", "reuters/*"} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, fetched{
				path: name, url: "https://samples.example/" + filepath.Base(name), contentType: "text/plain", content: content,
				at: time.Date(2024, 7, 15, 6, 30, 0, 0, time.UTC),
			})
		}
	}
	if n := compareWithArchive(t, files); n < 100 {
		t.Errorf("only %d articles", n)
	}
}

// TestWebArchiveOfPages reads pages of many publishers one by one and from a web archive.
func TestWebArchiveOfPages(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: reads 150 pages twice")
	}
	root := os.Getenv("DATELINE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	infos, _ := filepath.Glob(filepath.Join(root, "data", "html_pages", "*", "meta.info"))
	if len(infos) == 0 {
		t.Skip("SKIPPED: the shared pages are not here (set DATELINE_SHARED)")
	}
	var files []fetched
	for _, name := range infos {
		pages := pagesOf(t, name)
		if sourcetest.Race {
			pages = pages[:min(1, len(pages))] // one of each publisher
		}
		files = append(files, pages...)
	}
	t.Logf("%d pages, %d articles", len(files), compareWithArchive(t, files))
}

// pagesOf returns the pages that a file describes.
func pagesOf(t *testing.T, info string) (pages []fetched) {
	t.Helper()
	b, err := os.ReadFile(info)
	if err != nil {
		t.Fatal(err)
	}
	about := map[string]struct {
		URL   string `json:"url"`
		Crawl string `json:"crawl_date"`
	}{}
	if err := json.Unmarshal(b, &about); err != nil {
		t.Fatal(info, err)
	}
	names, err := filepath.Glob(filepath.Join(filepath.Dir(info), "*.html.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(name, err)
		}
		file.Close()
		page := about[filepath.Base(name)]
		at, _ := time.Parse("2006-01-02 15:04:05", page.Crawl)
		pages = append(pages, fetched{path: name, url: page.URL, contentType: "text/html", at: at.UTC().Truncate(time.Second), content: content})
	}
	return pages
}

// TestBreakInAnotherFormat holds that a damaged record is accounted for when a web archive is read as another format.
func TestBreakInAnotherFormat(t *testing.T) {
	packed := [][]byte{}
	for i := range 3 {
		packed = append(packed, warctest.Gzip(warctest.Page("https://quay.example/", "text/plain", fmt.Sprintf("%d %s", i, bytes.Repeat([]byte("quay "), 200)))))
	}
	packed[1][len(packed[1])-6] ^= 1
	name := filepath.Join(t.TempDir(), "a.warc.gz")
	if err := os.WriteFile(name, bytes.Join(packed, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	for format, want := range map[string][]string{
		"warc": {record.NoHeader, record.BadSyntax, record.NoHeader}, "text": {record.NoHeader, record.BadSyntax},
	} {
		var got []string
		for a, reject := range ingest.Parse(t.Context(), []string{name}, ingest.Options{Format: format}) {
			if reject == nil {
				t.Fatal(a)
			}
			got = append(got, reject.Reason)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", format, got)
		}
	}
}
