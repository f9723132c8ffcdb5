package mail

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/source/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

var options = record.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }}

const samples = "../../../testdata/articles/mail/"

// formatOf returns the format that a file is told to have, in the order in which they are tried.
func formatOf(raw []byte) (record.Format, bool) {
	if MBOX.Sniff(raw, true) {
		return MBOX, true
	}
	return EML, EML.Sniff(raw, true)
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob(samples + "*.*")
	if err != nil || len(files) < 3 {
		t.Fatalf("no samples: %v", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		format, ok := formatOf(raw)
		if !ok || "."+format.Name != filepath.Ext(name) {
			t.Errorf("%s is taken for %s, %v", name, format.Name, ok)
		}
		got := printed(t, format.Open(bytes.NewReader(raw), options))
		golden := filepath.Join("testdata", filepath.Base(name)+".golden")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, got) {
			t.Errorf("%s: %v, got\n%s", name, err, got)
		}
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
