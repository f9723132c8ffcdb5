package ingest_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dateline/index/ingest"
)

// truth is what testdata/articles/truth.json says of an article. Bare datelines, a place and a dash only, are read where the
// place is known to be one.
type truth struct {
	Title, Published, Precision, Source, Agency, Dateline, Language string
	Bare                                                            bool
}

// TestSamples reads every sample article in plain text and compares it with the truth about it.
func TestSamples(t *testing.T) {
	root := filepath.Join("..", "..", "testdata", "articles")
	b, err := os.ReadFile(filepath.Join(root, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var known struct{ Articles map[string]truth }
	if err := json.Unmarshal(b, &known); err != nil {
		t.Fatal(err)
	}
	seen, places := 0, 0
	for a, reject := range ingest.Parse(context.Background(), []string{filepath.Join(root, "text")}, ingest.Options{}) {
		if reject != nil {
			t.Fatalf("%+v", reject)
		}
		want, ok := known.Articles["text/"+filepath.Base(a.Path)]
		if !ok {
			t.Errorf("%s: there is no truth about it", a.Path)
			continue
		}
		seen++
		published := a.Published.Format(time.RFC3339)
		if a.Precision == "day" {
			published = a.Day()
		}
		got := truth{a.Title, published, a.Precision, a.Source, a.Agency, a.Dateline, a.Language, want.Bare}
		if a.Language == "" && a.Words < 40 { // a brief is too short to tell
			got.Language = want.Language
		}
		if want.Bare && got.Dateline == "" {
			got.Dateline = want.Dateline
		} else if want.Bare {
			places++
		}
		if got != want {
			t.Errorf("%s\n got %+v\nwant %+v", a.Path, got, want)
		}
		if a.ID == "" || a.Text == "" || a.Story == "" || a.Words == 0 || a.Body == "" {
			t.Errorf("%s: something is missing: %+v", a.Path, a)
		}
	}
	if seen != len(known.Articles) || places == 0 {
		t.Errorf("read %d of %d articles, %d of them with a bare dateline", seen, len(known.Articles), places)
	}
}
