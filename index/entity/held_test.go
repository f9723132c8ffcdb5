package entity_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index/entity"
	"dateline/index/entity/corpus"
)

func sharedData() string {
	return filepath.Join(cmp.Or(os.Getenv("DATELINE_SHARED"), "../../../shared"), "data")
}

// Least F1 of all types together, somewhat less than was measured.
const (
	leastGMB   = 0.83
	leastCoNLL = 0.78
)

// skipWatched skips a test on one goroutine that takes ten times as long under the race detector.
func skipWatched(t *testing.T) {
	if race {
		t.Helper()
		t.Skip("SKIPPED under the race detector, which has nothing to watch here: .ci/run runs it without")
	}
}

// TestHeldOut measures the model in the program on sentences that it has not learnt from.
func TestHeldOut(t *testing.T) {
	skipWatched(t)
	all, err := corpus.GMB(sharedData())
	if err != nil {
		t.Skipf("SKIPPED: the shared data are not here (set DATELINE_SHARED): %v", err)
	}
	_, held := corpus.Split(all)
	if c := corpus.ScoreGMB(entity.New().FindWords, held).All(); c.F1() < leastGMB {
		t.Errorf("F1 is %.3f: %+v", c.F1(), c)
	}
}

// TestOtherNews measures it on news of another kind and time.
func TestOtherNews(t *testing.T) {
	skipWatched(t)
	articles, err := corpus.CoNLL(sharedData())
	if err != nil {
		t.Skipf("SKIPPED: the shared data are not here (set DATELINE_SHARED): %v", err)
	}
	if c := corpus.ScoreCoNLL(entity.New().FindWords, articles).All(); c.F1() < leastCoNLL {
		t.Errorf("F1 is %.3f: %+v", c.F1(), c)
	}
}

// TestModelIsMadeByTraining holds that the model in the program is the one that this code learns, byte for byte.
func TestModelIsMadeByTraining(t *testing.T) {
	skipWatched(t)
	all, err := corpus.GMB(sharedData())
	if err != nil {
		t.Skipf("SKIPPED: the shared data are not here (set DATELINE_SHARED): %v", err)
	}
	train, _ := corpus.Split(all)
	want, err := entity.Train(train, entity.TrainOptions{}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile("model.bin"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("model.bin is another: go run ./cmd/train (%v)", err)
	}
}

// BenchmarkFind reads the texts of testdata over and over.
func BenchmarkFind(b *testing.B) {
	file, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat(unmarked(string(file)), 10)
	f := entity.New()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f.Find(nil, text)
	}
}

// BenchmarkFindNews reads news, which has more words than testdata, twenty sentences at a time.
func BenchmarkFindNews(b *testing.B) {
	all, err := corpus.GMB(sharedData())
	if err != nil {
		b.Skipf("SKIPPED: the shared data are not here (set DATELINE_SHARED): %v", err)
	}
	var articles []string
	size := 0
	for group := range slices.Chunk(all, 20) {
		var text strings.Builder
		for _, s := range group {
			text.WriteString(strings.Join(s.Words, " ") + "\n")
		}
		articles = append(articles, text.String())
		size += text.Len()
	}
	f := entity.New()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			f.FindAll(a)
		}
	}
}
