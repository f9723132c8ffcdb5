package dateline_test

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"

	"dateline/index/source/jsonl"
	"dateline/index/source/record"
)

// TestSharedReuters reads the beginning of a year of Reuters, which credits itself in nearly every report.
func TestSharedReuters(t *testing.T) {
	root := os.Getenv("DATELINE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "data", "reuters_news", "reuters-2009.jsonl.zst"))
	if err != nil {
		t.Skipf("SKIPPED: the shared news is not here (set DATELINE_SHARED): %v", err)
	}
	defer file.Close()
	z, err := zstd.NewReader(bufio.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	r := jsonl.Open(z, record.Options{})
	read, credited, placed := 0, 0, 0
	for read < 2000 {
		rec, err := r.Next()
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		a, err := rec.Decode()
		if err != nil || a.Body == "" {
			continue
		}
		read++
		if a.Agency == "Reuters" {
			credited++
		}
		if a.Dateline != "" {
			placed++
		}
	}
	if credited*100 < read*99 || placed*100 < read*90 {
		t.Errorf("of %d reports %d credit Reuters, %d name a place", read, credited, placed)
	}
}
