package ingest_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/ingest"
	"dateline/index/source/sourcetest"
)

var update = sourcetest.Update

// world is the people, organisations and places of the sample articles, as testdata/articles/truth.json has them.
type world struct {
	Entities []struct {
		Type, Name string
		Spellings  []string
		Loose      bool // may be found or not
	}
	bySpelling map[[2]string]int // type, spelling
	spellings  []string          // the longest first
}

func readWorld(t *testing.T) *world {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "articles", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{bySpelling: map[[2]string]int{}}
	if err := json.Unmarshal(b, w); err != nil {
		t.Fatal(err)
	}
	for i, e := range w.Entities {
		for _, s := range e.Spellings {
			w.bySpelling[[2]string{e.Type, strings.ToLower(s)}] = i
			w.spellings = append(w.spellings, s)
		}
	}
	slices.SortFunc(w.spellings, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	return w
}

// named returns which of them an article names: of two names one of which holds the other, only the longer one.
func (w *world) named(a *index.Article) map[int]bool {
	text := strings.Join([]string{a.Title, a.Lead, a.Body}, "\n\n")
	named := map[int]bool{}
	for _, s := range w.spellings {
		for _, written := range []string{s, strings.ToUpper(s)} {
			rest := text
			text = ""
			for {
				before, after, ok := strings.Cut(rest, written)
				if !ok {
					break
				}
				if isWord(before, after) {
					for _, typ := range index.EntityTypes {
						if i, ok := w.bySpelling[[2]string{typ, strings.ToLower(s)}]; ok {
							named[i] = true
						}
					}
					text += before + "#"
				} else {
					text += before + written
				}
				rest = after
			}
			text += rest
		}
	}
	return named
}

func isWord(before, after string) bool {
	l, _ := utf8.DecodeLastRuneInString(before)
	r, _ := utf8.DecodeRuneInString(after)
	return !unicode.IsLetter(l) && l != '-' && !unicode.IsLetter(r) && r != '-' && r != '&'
}

// of returns which of them an entity is, -1 when it is none.
func (w *world) of(e *index.Entity) int {
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		if i, ok := w.bySpelling[[2]string{e.Type, strings.ToLower(name)}]; ok {
			return i
		}
	}
	return -1
}

// tally counts what is right of one type.
type tally struct{ right, found, named int }

func (c tally) String() string {
	p, r := float64(c.right)/float64(max(c.found, 1)), float64(c.right)/float64(max(c.named, 1))
	return fmt.Sprintf("precision %.3f recall %.3f F1 %.3f (%d right, %d found, %d named)", p, r, 2*p*r/max(p+r, 1e-9), c.right, c.found, c.named)
}

// TestNamesOfSamples compares the entities that are found in the English samples with the truth about them. An entity that
// comes out in two pieces is right once. The golden file says what is wrong, and how good that is: a change shows as a diff.
func TestNamesOfSamples(t *testing.T) {
	w := readWorld(t)
	counts := map[string]*tally{index.Person: {}, index.Org: {}, index.Place: {}}
	var wrong strings.Builder
	root := filepath.Join("..", "..", "testdata", "articles", "text")
	for a, reject := range ingest.Parse(t.Context(), []string{root}, ingest.Options{}) {
		if reject != nil {
			t.Fatal(reject)
		}
		if a.Language != "en" {
			continue
		}
		fmt.Fprintf(&wrong, "\n%s\n", filepath.Base(a.Path))
		w.compare(&a, counts, &wrong)
	}
	var b strings.Builder
	for _, typ := range index.EntityTypes {
		fmt.Fprintf(&b, "%-6s %v\n", typ, counts[typ])
	}
	golden(t, filepath.Join("testdata", "names.golden"), b.String()+wrong.String())
	for typ, least := range map[string]float64{index.Person: 0.8, index.Org: 0.65, index.Place: 0.85} {
		if c := counts[typ]; 2*float64(c.right) < least*float64(c.found+c.named) {
			t.Errorf("%s: %v", typ, c)
		}
	}
}

// compare counts an article, and writes what should not be there behind a plus and what is missing behind a minus.
func (w *world) compare(a *index.Article, counts map[string]*tally, wrong *strings.Builder) {
	named := w.named(a)
	right := map[int]bool{}
	for i := range a.Entities {
		e := &a.Entities[i]
		k := w.of(e)
		if k >= 0 && w.Entities[k].Loose {
			continue
		}
		counts[e.Type].found++
		if k >= 0 && !right[k] {
			right[k] = true
			counts[e.Type].right++
			continue
		}
		fmt.Fprintf(wrong, "  + %s %s\n", e.Type, e.Name)
	}
	for i, e := range w.Entities {
		if e.Loose || !named[i] {
			continue
		}
		counts[e.Type].named++
		if !right[i] {
			fmt.Fprintf(wrong, "  - %s %s\n", e.Type, e.Name)
		}
	}
}

// golden compares a text with a file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed (-update writes it anew):\n%s", file, got)
	}
}
