package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"dateline/index/embedded"
	"dateline/index/ingest"
	"dateline/server"
)

// BenchmarkReuters answers searches over Reuters-21578 in a warm server: ten hits with their marked passages, every facet,
// the timeline, as JSON over a handler.
func BenchmarkReuters(b *testing.B) {
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	data := filepath.Join(shared, "data", "reuters21578")
	if _, err := os.Stat(data); err != nil {
		b.Skipf("SKIPPED, nothing was measured: the shared news data is not there: %v", err)
	}
	engine, err := embedded.Open(b.TempDir(), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	if _, err := ingest.Run(context.Background(), engine, []string{data}, ingest.Options{}); err != nil {
		b.Fatal(err)
	}
	s := server.New(engine, server.Options{})
	for _, text := range []string{"", "said", "oil", "cocoa", "oil price", `"company said"`, "oil OR price OR opec", "econom*"} {
		b.Run("q="+text, func(b *testing.B) {
			target := "http://localhost/api/v1/search?q=" + url.QueryEscape(text)
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}
