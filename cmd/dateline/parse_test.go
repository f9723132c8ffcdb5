package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index"
)

// parsed runs parse and returns what it prints, as printed and as read.
func parsed(t *testing.T, args ...string) (lines []string, articles []index.Article) {
	t.Helper()
	var out, faults bytes.Buffer
	if status := run(t.Context(), append([]string{"parse"}, args...), strings.NewReader(""), &out, &faults); status != 0 && status != 3 {
		t.Fatalf("status %d: %s", status, &faults)
	}
	s := bufio.NewScanner(&out)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		var a index.Article
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		lines, articles = append(lines, s.Text()), append(articles, a)
	}
	return lines, articles
}

// TestParseMentions holds, for samples of all formats and for real news where it is, that parse prints where names stand only
// when it is asked to, and then so that each mention can be cut out of the printed field.
func TestParseMentions(t *testing.T) {
	paths := []string{filepath.Join("..", "..", "testdata", "articles")}
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	for _, name := range []string{"seed", "reuters21578/reut2-021.sgm.gz", "german_wikinews"} {
		if path := filepath.Join(shared, "data", name); testing.Short() || !exists(path) {
			t.Logf("%s is not there, or left out", path)
		} else {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		plain, _ := parsed(t, path)
		_, articles := parsed(t, "--mentions", path)
		if len(plain) != len(articles) || len(plain) == 0 {
			t.Fatalf("%s: %d and %d articles", path, len(plain), len(articles))
		}
		found := 0
		for i, line := range plain {
			if strings.Contains(line, `"mentions":`) {
				t.Errorf("%s: mentions in %s", path, line)
			}
			found += cut(t, &articles[i])
		}
		if found == 0 {
			t.Errorf("%s: %d mentions in %d articles", path, found, len(plain))
		}
	}
}

// cut cuts each mention out of its field, and returns how many there are.
func cut(t *testing.T, a *index.Article) (n int) {
	t.Helper()
	fields := map[string][]rune{"title": []rune(a.Title), "lead": []rune(a.Lead), "body": []rune(a.Body)}
	for _, e := range a.Entities {
		if len(e.Mentions) > 0 && len(e.Mentions) != e.Count {
			t.Errorf("%s: %s has a count of %d and %d mentions", a.Path, e.Name, e.Count, len(e.Mentions))
		}
		for _, m := range e.Mentions {
			if text := fields[m.Field]; m.Start < 0 || m.End > len(text) || m.Start > m.End || string(text[m.Start:m.End]) != m.Text {
				t.Errorf("%s: %+v is not in the %s", a.Path, m, m.Field)
			}
			n++
		}
	}
	return n
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
