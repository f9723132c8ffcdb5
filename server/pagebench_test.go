package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/ingest"
	"dateline/server"
)

// BenchmarkPage answers full result pages in a warm server, packed as browsers take them: ten hits with their marked passages,
// every facet, the chart. DATELINE_BENCH_INDEX names an index to open; without one Reuters-21578 is indexed.
func BenchmarkPage(b *testing.B) {
	engine := benchIndex(b)
	s := server.New(engine, server.Options{})
	stats, err := engine.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d articles", stats.Articles)
	for _, text := range []string{"", "said", "oil", "oil price", `"oil price"`, "oil OR price OR opec"} {
		for _, what := range []string{"/search", "/api/v1/search"} { // the difference is the drawing
			b.Run(what+"?q="+text, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					r := httptest.NewRequest(http.MethodGet, "http://localhost"+what+"?size=10&q="+url.QueryEscape(text), nil)
					r.Header.Set("Accept-Encoding", "gzip")
					w := httptest.NewRecorder()
					if s.ServeHTTP(w, r); w.Code != http.StatusOK {
						b.Fatal(w.Code, w.Body)
					}
				}
			})
		}
	}
}

func benchIndex(b *testing.B) index.Engine {
	dir := os.Getenv("DATELINE_BENCH_INDEX")
	if dir != "" {
		return openBench(b, dir)
	}
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	data := filepath.Join(shared, "data", "reuters21578")
	if _, err := os.Stat(data); err != nil {
		b.Skipf("SKIPPED, nothing was measured: the shared news data is not there: %v", err)
	}
	engine := openBench(b, b.TempDir())
	if _, err := ingest.Run(context.Background(), engine, []string{data}, ingest.Options{}); err != nil {
		b.Fatal(err)
	}
	return engine
}

func openBench(b *testing.B, dir string) index.Engine {
	engine, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = engine.Close() })
	return engine
}
