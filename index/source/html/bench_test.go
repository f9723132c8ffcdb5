package html

import (
	"os"
	"path/filepath"
	"testing"

	"dateline/index/source/record"
)

// BenchmarkArticle reads the sample pages; their markup is plain, and pages of the Web have more scripts in them, which are read
// faster.
func BenchmarkArticle(b *testing.B) {
	files, err := filepath.Glob("../../../testdata/articles/html/*.html")
	if err != nil || len(files) == 0 {
		b.Fatal(err)
	}
	var pages []string
	size := 0
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, string(raw))
		size += len(raw)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, page := range pages {
			_, _ = Article(page, record.Place{Number: 1}, record.Options{})
		}
	}
}
