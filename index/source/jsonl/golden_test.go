package jsonl

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The golden files have the spellings, the shapes and the faults that JSON news comes with.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			file, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			got := printed(t, Open(file, record.Options{}))
			golden := strings.TrimSuffix(name, filepath.Ext(name)) + ".golden"
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, got) {
				t.Errorf("%v, got\n%s", err, got)
			}
		})
	}
}

// printed prints every article and every fault of a stream.
func printed(t *testing.T, r record.Reader) []byte {
	var out bytes.Buffer
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return out.Bytes()
		}
		var a index.Article
		if err == nil {
			a, err = rec.Decode()
		}
		if err != nil {
			f, ok := err.(*record.Fault)
			if !ok {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "record %d, line %d: %v\n", f.Number, f.Line, f)
			continue
		}
		b, err := json.MarshalIndent(a, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "record %d, line %d: %s\n", rec.Number, rec.Line, b)
	}
}
