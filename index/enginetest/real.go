package enginetest

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/ingest"
)

// RealArticles returns some of the articles of news agencies and newspapers, in several languages, that are no part of this
// repository: they stand in the folder shared beside it where it is developed, or where DATELINE_SHARED says. Where they are
// not, the test is skipped, and says so.
func RealArticles(t *testing.T) (articles []index.Article) {
	shared := cmp.Or(os.Getenv("DATELINE_SHARED"), filepath.Join(filepath.Dir(root(t)), "shared"))
	for _, file := range []struct{ path, end string }{ // the end of a record
		{"reuters21578/reut2-000.sgm.gz", "</REUTERS>"},
		{"gilets_jaunes/gilets_jaunes.jsonl.gz", "\n"},
		{"german_wikinews/german_wikinews.jsonl.gz", "\n"},
	} {
		sample := sampled(t, filepath.Join(shared, "data", file.path), file.end, 350)
		for a, reject := range ingest.Parse(t.Context(), []string{sample}, ingest.Options{}) {
			if reject == nil {
				articles = append(articles, a)
			}
		}
	}
	return articles
}

// sampled writes n of the records of a file, always the same, to a file of their own: of ten records only one is then read, and its
// names looked for. The first is among them, for what stands before it.
func sampled(t *testing.T, path, end string, n int) string {
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("SKIPPED: there are no real articles to compare on: %v", err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	records := bytes.SplitAfter(all, []byte(end))
	chosen := rand.New(rand.NewPCG(1, 0)).Perm(len(records))[:min(n, len(records))]
	chosen = append(chosen, 0)
	slices.Sort(chosen)
	var sample []byte
	for _, i := range slices.Compact(chosen) {
		sample = append(sample, records[i]...)
	}
	to := filepath.Join(t.TempDir(), strings.TrimSuffix(filepath.Base(path), ".gz"))
	if err := os.WriteFile(to, sample, 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}
