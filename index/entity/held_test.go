package entity_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index/entity"
	"dateline/index/entity/corpus"
)

func sharedData() string {
	return filepath.Join(cmp.Or(os.Getenv("DATELINE_SHARED"), "../../../shared"), "data")
}

// Least F1 of all types together.
const (
	leastGMB   = 0.80
	leastCoNLL = 0.62
)

// TestHeldOut measures the model in the program on sentences that it has not learnt from.
func TestHeldOut(t *testing.T) {
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
	articles, err := corpus.CoNLL(sharedData())
	if err != nil {
		t.Skipf("SKIPPED: the shared data are not here (set DATELINE_SHARED): %v", err)
	}
	if c := corpus.ScoreCoNLL(entity.New().FindWords, articles).All(); c.F1() < leastCoNLL {
		t.Errorf("F1 is %.3f: %+v", c.F1(), c)
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
	for b.Loop() {
		f.Find(nil, text)
	}
}
