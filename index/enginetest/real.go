package enginetest

import (
	"cmp"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"dateline/index"
	"dateline/index/ingest"
)

// RealArticles returns some of the articles of news agencies and newspapers, in several languages, that are no part of this
// repository: they stand in the folder shared beside it where it is developed, or where DATELINE_SHARED says. Where they are
// not, the test is skipped, and says so.
func RealArticles(t *testing.T) (articles []index.Article) {
	shared := cmp.Or(os.Getenv("DATELINE_SHARED"), filepath.Join(filepath.Dir(root(t)), "shared"))
	for _, path := range []string{"reuters21578/reut2-000.sgm.gz", "gilets_jaunes", "german_wikinews"} {
		articles = append(articles, sampled(t, filepath.Join(shared, "data", path), 350)...)
	}
	return articles
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
