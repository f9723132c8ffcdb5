package ingest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"

	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"dateline/index"
	"dateline/index/source/record"
)

const article = " date 2024-03-14 HarbourGazette.com\n\n%s\n\nROTTERDAM (Reuters) - The quay is open.\n"

func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		must(t, err)
		_, err = io.WriteString(f, files[i+1])
		must(t, err)
	}
	must(t, w.Close())
	return b.String()
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	must(t, err)
	must(t, w.Close())
	return b.String()
}

// TestFiles reads real formats in archives, and names what is inside them.
func TestFiles(t *testing.T) {
	var many strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&many, `{"id":"many%d","title":"Title %d","body":"%x"}`+"\n", i, i, i*7919*7919)
	}
	whole := gzipped(t, many.String())
	dir := tree(t, map[string]string{
		"a.zip":      zipped(t, "x.txt", fmt.Sprintf(article, "In a zip"), "empty.txt", "", "sub/y.jsonl", `{"id":"y","title":"Y"}`),
		"b-none.zip": zipped(t),
		"c.gz":       gzipped(t, fmt.Sprintf(article, "Compressed")),
		"d-cut.gz":   whole[:len(whole)/2],
		"e-late.gz":  "\x1f\x8b\x08",
		"f.csv":      "id,title,date\nf,From a table,2024-01-02\n",
		"g-bad.json": `{"a":`,
		"h.txt":      "\xef\xbb\xbf" + fmt.Sprintf(article, "With a mark"),
	})
	var rejects bytes.Buffer
	engine := newShelf(t)
	s, err := Run(t.Context(), engine, []string{dir}, Options{Rejects: &rejects})
	must(t, err)
	addsUp(t, s)
	got := rejectLines(t, &rejects, dir)
	want := []string{
		"a.zip!empty.txt:1 empty", "b-none.zip:1 empty", "d-cut.gz:N truncated", "e-late.gz:1 truncated", "g-bad.json:1 truncated",
	}
	for i := range got { // the record at which the compression broke off depends on the library
		if strings.HasPrefix(got[i], "d-cut.gz:") && strings.HasSuffix(got[i], " truncated") {
			got[i] = "d-cut.gz:N truncated"
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("rejects\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	paths := map[string]string{}
	for _, a := range engine.articles {
		if !strings.HasPrefix(a.ID, "many") {
			paths[a.Title] = a.Path
		}
	}
	wantPaths := map[string]string{
		"In a zip": "a.zip!x.txt", "Y": "a.zip!sub/y.jsonl", "Compressed": "c.gz", "From a table": "f.csv", "With a mark": "h.txt",
	}
	if !reflect.DeepEqual(paths, wantPaths) {
		t.Errorf("paths %v", paths)
	}
	if n := len(engine.articles) - len(paths); n < 500 || n >= 2000 {
		t.Errorf("%d articles of the truncated file", n)
	}
	if size := sizeOf(t.Context(), []string{dir}, Options{}); s.Bytes > size || s.Bytes < size*3/4 {
		t.Errorf("%d bytes of %d", s.Bytes, size)
	}
}

func TestForcedFormat(t *testing.T) {
	o := Options{Format: "text", KeepRejects: 1}
	s, err := Stream(t.Context(), newShelf(t), strings.NewReader(`{"title":"x"}`), "x", o)
	must(t, err)
	if s.Rejected != 1 || s.Rejects[0].Format != "text" || s.Rejects[0].Reason != record.NoHeader {
		t.Errorf("%+v", s)
	}
}

// endless is a file of articles without end; it counts what was read of it.
type endless struct {
	n    atomic.Int64
	rest []byte
	i    int
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		e.rest = fmt.Appendf(nil, "#e%d|||%s\n", e.i, strings.Repeat("word ", 20_000))
		e.i++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.n.Add(int64(n))
	return n, nil
}

// TestBounded checks that the readers do not run away from an engine that takes its time.
func TestBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, engine, blocked := &endless{}, newShelf(t), make(chan struct{})
		engine.before = func() { <-blocked }
		o := testOptions
		o.Workers = 8
		done := make(chan error)
		go func() {
			_, err := Stream(ctx, engine, in, "endless", o)
			done <- err
		}()
		synctest.Wait() // until nothing moves any more
		if n := in.n.Load(); n < 4<<20 || n > rawBytes+32<<20 {
			t.Errorf("%d MB were read while the engine had not taken anything", n>>20)
		}
		cancel()
		close(blocked)
		if err := <-done; err != context.Canceled {
			t.Errorf("error %v", err)
		}
	})
}

// TestEnrich looks at what every article gets.
func TestEnrich(t *testing.T) {
	long := strings.Repeat("i", index.MaxIDBytes+1)
	for _, test := range []struct {
		name    string
		article index.Article
		check   func(a *index.Article) bool
	}{
		{"controls", index.Article{Title: "a\x00b\u202e\xff", Topics: []string{"x\ny"}}, func(a *index.Article) bool {
			return !strings.ContainsAny(a.Title, "\x00\u202e") && a.Topics[0] == "x y" && strings.ToValidUTF8(a.Title, "") == a.Title
		}},
		{"id of the record", index.Article{ID: "given", Title: "x"}, func(a *index.Article) bool { return a.ID == "given" }},
		{"long id", index.Article{ID: long, Title: "x"}, func(a *index.Article) bool { return a.ID == hash(long) }},
		{"id of the content", index.Article{Source: "www.Gazette.com", Title: "x"}, func(a *index.Article) bool {
			other := index.Article{Source: "gazette.com", Title: "x", Body: "another body"}
			return len(a.ID) == 32 && a.ID == contentID(&other)
		}},
		{"id without a title", index.Article{Body: "one"}, func(a *index.Article) bool {
			return a.ID != contentID(&index.Article{Body: "two"})
		}},
		{"language of the record", index.Article{Language: "fr", Title: "x", Body: strings.Repeat("the cat and the dog ", 20)}, func(a *index.Article) bool {
			return a.Language == "fr"
		}},
		{"language of the text", index.Article{Title: "x", Body: strings.Repeat("the cat and the dog ", 20)}, func(a *index.Article) bool {
			return a.Language == "en" && a.Words == 100
		}},
	} {
		a := test.article
		o := Options{}.withDefaults()
		if reason, detail := enrich(&a, &origin{name: "p", format: "f"}, &o); reason != "" || !test.check(&a) || a.Path != "p" || a.Format != "f" {
			t.Errorf("%s: %s %s %+v", test.name, reason, detail, a)
		}
	}
}

func TestSizeOf(t *testing.T) {
	dir := tree(t, map[string]string{"a": "123", "b/c": "4567", ".hidden": "8"})
	if n := sizeOf(t.Context(), []string{dir}, Options{}); n != 7 {
		t.Errorf("%d bytes", n)
	}
	if n := sizeOf(t.Context(), []string{dir}, Options{Without: dir + "/b"}); n != 3 {
		t.Errorf("%d bytes without a folder", n)
	}
	if n := sizeOf(t.Context(), []string{dir, "-"}, Options{}); n != 0 {
		t.Errorf("%d bytes with standard input", n)
	}
}
