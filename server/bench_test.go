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

// BenchmarkReuters answers searches over Reuters-21578 in a warm server: ten hits with their marked passages, every facet,
// the timeline, as JSON over a handler.
func BenchmarkReuters(b *testing.B) {
	s, _ := reuters(b)
	for _, text := range []string{"", "said", "oil", "cocoa", "oil price", `"company said"`, "oil OR price OR opec", "econom*"} {
		b.Run("q="+text, func(b *testing.B) { answers(b, s, "/api/v1/search?q="+url.QueryEscape(text)) })
	}
}

// BenchmarkCompare compares two queries and five over Reuters-21578, as JSON and as a page with its chart, and draws the page of a
// search whose peaks are named.
func BenchmarkCompare(b *testing.B) {
	s, _ := reuters(b)
	for _, target := range []string{
		"/api/v1/compare?q=oil&q=gas", "/compare?q=oil&q=gas", "/api/v1/compare?q=oil&q=gas&q=cocoa&q=wheat&q=%22interest+rate%22",
		"/compare?q=oil&q=gas&q=cocoa&q=wheat&q=%22interest+rate%22", "/search?q=oil", "/search?q=oil&interval=none",
	} {
		b.Run(target, func(b *testing.B) { answers(b, s, target) })
	}
}

// reuters is a warm server over Reuters-21578, with its engine.
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
			b.Run(name+path, func(b *testing.B) { answers(b, s, path) })
		}
	}
}

func answers(b *testing.B, s *server.Server, target string) {
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost"+target, nil))
		if w.Code != http.StatusOK {
			b.Fatal(w.Code, w.Body)
		}
	}
}
