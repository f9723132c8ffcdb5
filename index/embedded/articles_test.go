package embedded_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/enginetest"
	"dateline/index/ingest"
)

// realArticles is a folder of articles that are not part of this repository: it stands beside it where it is developed, or
// where DATELINE_SHARED says.
func realArticles() string {
	return filepath.Join(cmp.Or(os.Getenv("DATELINE_SHARED"), "../../../shared"), "data")
}

// TestRealArticles compares the engine with the memory engine on articles of news agencies and newspapers in several
// languages.
func TestRealArticles(t *testing.T) {
	var articles []index.Article
	for _, path := range []string{"reuters21578/reut2-000.sgm.gz", "gilets_jaunes", "german_wikinews"} {
		articles = append(articles, sampled(t, filepath.Join(realArticles(), path), 350)...)
	}
	e, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	enginetest.RunArticles(t, e, articles)
}

// sampled reads articles and returns some of them, always the same.
func sampled(t *testing.T, path string, n int) (articles []index.Article) {
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: there are no real articles to compare on: %v", err)
	}
	for a, reject := range ingest.Parse(context.Background(), []string{path}, ingest.Options{}) {
		if reject == nil {
			articles = append(articles, a)
		}
	}
	rand.New(rand.NewPCG(1, 0)).Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	return articles[:min(n, len(articles))]
}
