package ledger

import (
	"context"
	"fmt"
	"testing"

	"dateline/index"
)

// idle is an engine that does nothing.
type idle struct{ index.Engine }

func (idle) Put(_ context.Context, articles []index.Article) (r index.Receipt, err error) {
	for i := range articles {
		r.Count(i, len(articles), index.Indexed)
	}
	return r, nil
}

func (idle) Changes() index.Changes              { return index.Changes{} }
func (idle) Witnessed() map[uint64]index.Changes { return nil }

// BenchmarkPut accounts for batches as large as those of an indexer.
func BenchmarkPut(b *testing.B) {
	const batch = 600
	var list []index.Article
	for i := range batch {
		list = append(list, article(fmt.Sprintf("n%d Quay 2024-03-%02d Title", i, 1+i%28)))
	}
	l, err := Open(b.Context(), b.TempDir(), idle{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	r, err := l.Begin(Start{Command: "put"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := r.Put(b.Context(), idle{}, list); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*batch), "µs/article")
}
