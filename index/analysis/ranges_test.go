package analysis

import (
	"compress/gzip"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// reached reports whether a term begins with one of the ranges.
func reached(ranges []string, term string) bool {
	return slices.ContainsFunc(ranges, func(prefix string) bool { return strings.HasPrefix(term, prefix) })
}

// TestRangesReachEveryTerm holds over every word of the articles, whatever its language, and over the endings that the
// tables know, in every language.
func TestRangesReachEveryTerm(t *testing.T) {
	words := vocabulary{}
	words.folder(t, filepath.Join("..", "..", "testdata", "articles"))
	words.text("dying lying tying skies idly gently ugly early only singly news howe atlas cosmos bias andes inning canning " +
		"herring proceed exceed succeed sensibility possibility stability hopping conformably analogously relational rationality " +
		"maan manen mannen prijzen mogelijkheden aallokko aggressio والرئيس سيستعمل مستشفى يد اليد")
	if len(words) < 2000 {
		t.Fatalf("only %d words", len(words))
	}
	words.check(t)
}

// TestRangesReachEveryTermOfTheNews holds over news of some thirty languages, each word in every language.
func TestRangesReachEveryTermOfTheNews(t *testing.T) {
	if race {
		t.Skip("SKIPPED under the race detector, which has nothing to watch here: .ci/run runs it without")
	}
	root := os.Getenv("DATELINE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(root, "data")); err != nil {
		t.Skipf("SKIPPED: the shared news is not here (set DATELINE_SHARED): %v", err)
	}
	words := vocabulary{}
	for _, name := range []string{"german_wikinews", "gilets_jaunes", "html_pages", "reuters21578/reut2-000.sgm.gz"} {
		words.folder(t, filepath.Join(root, "data", name))
	}
	if len(words) < 150_000 {
		t.Errorf("only %d words", len(words))
	}
	words.check(t)
}

// vocabulary is a set of terms.
type vocabulary map[string]bool

func (v vocabulary) text(text string) {
	var t Tokenizer
	var tokens []Token
	for line := range strings.Lines(text) {
		tokens = t.Tokens(tokens[:0], line)
		for _, token := range tokens {
			if letters(token.Term) && len(token.Term) < 40 { // and no markup
				v[token.Term] = true
			}
		}
	}
}

// folder adds the words of a file, or of every file below a folder.
func (v vocabulary) folder(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		var in io.Reader = file
		if strings.HasSuffix(path, ".gz") {
			if in, err = gzip.NewReader(file); err != nil {
				return err
			}
		}
		text, err := io.ReadAll(in)
		v.text(string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// check holds every two words of one stem against the ranges of the first, in every language.
func (v vocabulary) check(t *testing.T) {
	t.Helper()
	terms := slices.Sorted(maps.Keys(v))
	for l := English; l < Languages; l++ {
		groups := map[string][]string{} // by stem, where a term is not its own
		for _, term := range terms {
			if stem := l.Stem(term); stem != term {
				groups[stem] = append(groups[stem], term)
			}
		}
		faults := 0
		for stem, group := range groups {
			if v[stem] && l.Stem(stem) == stem {
				group = append(group, stem)
			}
			for _, asked := range group[:min(len(group), 5)] {
				ranges := l.Ranges(stem, asked)
				for _, term := range group {
					if !reached(ranges, term) && faults < 10 {
						faults++
						t.Errorf("%v: %s has the stem %s, but the ranges for %s are %q", l, term, stem, asked, ranges)
					}
				}
			}
		}
	}
}

// FuzzRanges asks for one word and looks for another: a word and its stem with the endings and beginnings of others.
func FuzzRanges(f *testing.F) {
	for _, s := range []string{"hope hoping", "dying die", "maan manen", "aallokko aaloko", "والانتخابات انتخاب", "journaux journal",
		"eleição eleições", "выборы выборов", "prijzen prijs", "abilité able", "amment ant"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var terms []string
		for _, token := range Tokens(nil, text) {
			terms = append(terms, token.Term)
		}
		if joined := strings.Join(terms, ""); joined != "" {
			terms = append(terms, joined)
		}
		for l := range Language(Languages) {
			for _, asked := range terms {
				stem := l.Stem(asked)
				ranges := l.Ranges(stem, asked)
				if !reached(ranges, asked) || slices.Contains(ranges, "") {
					t.Fatalf("%v: the ranges of %q are %q", l, asked, ranges)
				}
				if other := l.Ranges(stem, stem); l.of(stem) == l.of(asked) && len(ranges) > len(other) && stemmed(l, stem) {
					t.Fatalf("%v: %q is reached only by name; its stem is %q", l, asked, stem)
				}
				for _, term := range terms {
					if l.Stem(term) == stem && !reached(ranges, term) {
						t.Fatalf("%v: %q has the stem %q as %q has, but the ranges are %q", l, term, stem, asked, ranges)
					}
				}
			}
		}
	})
}

// stemmed reports whether a stem is in the letters of its language, so that Ranges look further than the term.
func stemmed(l Language, stem string) bool {
	s := &stemmers[l.of(stem)]
	return s.snowball != nil && s.script.holds(stem)
}
