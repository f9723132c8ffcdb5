package rss

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
	"time"

	"dateline/index"
	"dateline/index/source/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// now is the time of the tests.
func now() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// The golden files have the feeds of the sample articles, an export of WordPress and what can be broken about a feed.
func TestGolden(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../../../testdata/articles/rss/*", "testdata/*.xml"} {
		list, err := filepath.Glob(pattern)
		if err != nil || len(list) == 0 {
			t.Fatalf("no files: %v", err)
		}
		files = append(files, list...)
	}
	for _, name := range files {
		base := filepath.Base(name)
		t.Run(base, func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			in, ok := decoded(b)
			if !ok {
				t.Error("not sniffed")
			}
			got := printed(t, Open(in, record.Options{Now: now}))
			golden := filepath.Join("testdata", strings.TrimSuffix(base, filepath.Ext(base))+".golden")
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
