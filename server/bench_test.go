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

// reuters serves Reuters-21578 from an index made for the benchmark.
func reuters(b *testing.B) (*server.Server, index.Engine) {
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
	b.Cleanup(func() { _ = engine.Close() })
	if _, err := ingest.Run(context.Background(), engine, []string{data}, ingest.Options{}); err != nil {
		b.Fatal(err)
	}
	return server.New(engine, server.Options{}), engine
}

// uncounted does not say how often it was changed, so that nothing of it is kept.
type uncounted struct{ index.Engine }

func (u uncounted) Stats(ctx context.Context) (index.Stats, error) {
	s, err := u.Engine.Stats(ctx)
	s.Changes = index.Changes{}
	return s, err
}

// BenchmarkOverviews draws the front page and the page of the only source over Reuters-21578, as made for the first reader after a
// write and as kept for the others.
func BenchmarkOverviews(b *testing.B) {
	keeping, engine := reuters(b)
	for name, s := range map[string]*server.Server{"made": server.New(uncounted{engine}, server.Options{}), "kept": keeping} {
		for _, path := range []string{"/", "/?rising=1d", "/sources", "/source/Reuters"} {
			b.Run(name+path, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					w := httptest.NewRecorder()
					s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
					if w.Code != http.StatusOK {
						b.Fatal(w.Code, w.Body)
					}
				}
			})
		}
	}
}

// BenchmarkReuters answers searches over Reuters-21578 in a warm server: ten hits with their marked passages, every facet,
// the timeline, as JSON over a handler.
func BenchmarkReuters(b *testing.B) {
	s, _ := reuters(b)
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
