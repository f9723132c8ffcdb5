package jsonl

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// shared opens a file of the data that lies beside the repository, or skips the test.
func shared(t testing.TB, name string) io.Reader {
	t.Helper()
	root := os.Getenv("DATELINE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "data", name))
	if err != nil {
		t.Skipf("SKIPPED: the shared news is not here (set DATELINE_SHARED): %v", err)
	}
	t.Cleanup(func() { file.Close() })
	switch filepath.Ext(name) {
	case ".gz":
		r, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		return r
	case ".zst":
		r, err := zstd.NewReader(bufio.NewReaderSize(file, 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		return r
	}
	return file
}

// all reads a stream to its end.
func all(r record.Reader) (articles []index.Article, faults []*record.Fault, err error) {
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return articles, faults, nil
		}
		var a index.Article
		if err == nil {
			a, err = rec.Decode()
		}
		var fault *record.Fault
		switch {
		case errors.As(err, &fault):
			faults = append(faults, fault)
		case err != nil:
			return articles, faults, err
		default:
			articles = append(articles, a)
		}
	}
}

// The counts are those of the data's own README, and of looking at the faults one by one.
func TestShared(t *testing.T) {
	for _, c := range []struct {
		file             string
		articles, faults int
		undated          int
		extra            string // the fields that Dateline has no name for
		check            func(index.Article) string
	}{
		{"reuters_news/reuters-2009.jsonl.zst", 13993, 0, 0, "", reutersNews},
	} {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			r := Open(charset.NewReader(shared(t, c.file), ""), record.Options{})
			articles, faults, err := all(r)
			if err != nil {
				t.Fatal(err)
			}
			if len(articles) != c.articles || len(faults) != c.faults {
				t.Errorf("%d articles and %d faults, want %d and %d; the first faults: %v", len(articles), len(faults), c.articles, c.faults, faults[:min(5, len(faults))])
			}
			undated := 0
			for _, a := range articles {
				if a.Published.IsZero() {
					undated++
				}
				if fault := c.check(a); fault != "" {
					t.Errorf("%s: %s", a.ID, fault)
				}
			}
			if undated != c.undated {
				t.Errorf("%d undated, want %d", undated, c.undated)
			}
		})
	}
}

func reutersNews(a index.Article) string {
	switch {
	case a.ID == "" || a.Title == "" || !strings.HasPrefix(a.URL, "http"):
		return "no id, title or url"
	case a.Source != "Reuters" || a.Precision != "second" || a.DateFrom != "field:date":
		return "source or date"
	case a.Published.Year() < 2008 || a.Published.Year() > 2011:
		return "year " + a.Day()
	case len(a.Extra) > 0:
		return "extra"
	case strings.Contains(a.Body, "\n\n\n") || strings.Contains(a.Body, " \n"):
		return "paragraphs"
	}
	return ""
}
