package main

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index/entity"
)

// TestRun trains on a few sentences, twice, and reads what it wrote.
func TestRun(t *testing.T) {
	shared := writeGMB(t)
	var files [2]string
	for i := range files {
		out := filepath.Join(t.TempDir(), "model.bin")
		var told strings.Builder
		if err := run(shared, out, &told); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(told.String(), "30 sentences, without repeated ones 26 to train on and 2 held out") {
			t.Errorf("told: %s", told.String())
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entity.ReadModel(b); err != nil {
			t.Error(err)
		}
		files[i] = string(b)
	}
	if files[0] != files[1] {
		t.Error("two trainings made different files")
	}
}

func TestRunWithoutData(t *testing.T) {
	out := filepath.Join(t.TempDir(), "model.bin")
	if err := run(t.TempDir(), out, &strings.Builder{}); err == nil {
		t.Error("no data are no error")
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a model was written")
	}
}

// writeGMB writes 30 sentences as the Groningen Meaning Bank has them. The last two are as others before.
func writeGMB(t *testing.T) (shared string) {
	shared = t.TempDir()
	path := filepath.Join(shared, "data/gmb_ner/ner_dataset.csv.gz")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := gzip.NewWriter(f)
	defer z.Close()
	fmt.Fprint(z, "Sentence #,Word,POS,Tag\r\n")
	for i := range 30 {
		fmt.Fprintf(z, "Sentence: %d,Mr.,NNP,B-per\r\n,Lee%d,NNP,I-per\r\n,left,VBD,O\r\n,Berlin,NNP,B-geo\r\n,.,.,O\r\n", i+1, i%28)
	}
	return shared
}
