// Package sourcetest holds the readers of news formats against golden files, real files and hostile input.
package sourcetest

import (
	"bytes"
	"encoding/json"
	"errors"
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

// Update is the flag -update.
var Update = flag.Bool("update", false, "write the golden files anew")

// Now is the time that embargoes are judged by in tests.
var Now = time.Date(2024, 6, 30, 12, 0, 0, 0, time.UTC)

// Options are those of tests.
func Options() record.Options {
	return record.Options{Now: func() time.Time { return Now }}
}

// Golden reads the files of some patterns, each of which must have one, and compares all that comes of each with
// testdata/<name>.golden. -update writes them anew.
func Golden(t *testing.T, f record.Format, o record.Options, patterns ...string) {
	t.Helper()
	for _, file := range Files(t, patterns...) {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			in, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !f.Raw {
				in = Text(t, in)
			}
			if !f.Sniff(in[:min(len(in), record.SniffLen)], len(in) <= record.SniffLen) {
				t.Error("not sniffed")
			}
			o := o
			o.Name = name
			compare(t, "testdata/"+strings.TrimSuffix(name, filepath.Ext(name))+".golden", printed(t, f.Open(bytes.NewReader(in), o)))
		})
	}
}

// Files returns the files of some patterns, and fails when one has none.
func Files(t testing.TB, patterns ...string) (files []string) {
	t.Helper()
	for _, pattern := range patterns {
		list, err := filepath.Glob(pattern)
		if err != nil || len(list) == 0 {
			t.Fatalf("no files: %s %v", pattern, err)
		}
		files = append(files, list...)
	}
	return files
}

// printed prints every article and every fault of a stream.
func printed(t *testing.T, r record.Reader) []byte {
	var out bytes.Buffer
	Each(t, r, func(at record.Place, a *index.Article, fault *record.Fault) {
		if fault != nil {
			fmt.Fprintf(&out, "record %d, line %d: %v\n", at.Number, at.Line, fault)
			return
		}
		b, err := json.MarshalIndent(a, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "record %d, line %d: %s\n", at.Number, at.Line, b)
	})
	return out.Bytes()
}

func compare(t *testing.T, golden string, got []byte) {
	if *Update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, got) {
		t.Errorf("%v, got\n%s", err, got)
	}
}

// Each calls do with each article or fault of a reader, and checks the places of the records: numbered from 1, lines and
// offsets ascending.
func Each(t testing.TB, r record.Reader, do func(record.Place, *index.Article, *record.Fault)) {
	t.Helper()
	last := record.Place{}
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return
		}
		at := rec.Place
		var a index.Article
		if err == nil {
			a, err = rec.Decode()
		}
		var fault *record.Fault
		if errors.As(err, &fault) {
			at = fault.Place
		} else if err != nil {
			t.Fatal(err)
		}
		if at.Number != last.Number+1 || at.Line < last.Line || at.Offset < last.Offset {
			t.Fatalf("a record at %+v behind one at %+v", at, last)
		}
		last = at
		if fault != nil {
			do(at, nil, fault)
		} else {
			do(at, &a, nil)
		}
	}
}

// All reads a stream to its end.
func All(t testing.TB, r record.Reader) (articles []index.Article, faults []*record.Fault) {
	t.Helper()
	Each(t, r, func(_ record.Place, a *index.Article, fault *record.Fault) {
		if fault != nil {
			faults = append(faults, fault)
		} else {
			articles = append(articles, *a)
		}
	})
	return articles, faults
}

// Outcome reads a stream and prints each record as its title or, for a fault, as its reason, with number and line before it:
// "1@1 a | 2@3 !bad date". An error that ends the stream comes last: "error breaks off".
func Outcome(r record.Reader) string {
	return OutcomeOf(r, true, func(a *index.Article) string { return a.Title })
}

// OutcomeOf is Outcome with something else of an article than its title, and with or without lines.
func OutcomeOf(r record.Reader, lines bool, show func(*index.Article) string) string {
	var out []string
	last := record.Place{}
	for {
		rec, err := r.Next()
		at, told := rec.Place, ""
		if err == nil {
			var a index.Article
			if a, err = rec.Decode(); err == nil {
				told = show(&a)
			}
		}
		var fault *record.Fault
		switch {
		case err == io.EOF:
			return strings.Join(out, " | ")
		case errors.As(err, &fault):
			at, told = fault.Place, "!"+fault.Reason
		case err != nil:
			return strings.Join(append(out, "error "+err.Error()), " | ")
		}
		if at.Number != last.Number+1 || at.Line < last.Line || at.Offset < last.Offset {
			return fmt.Sprintf("out of order: %+v after %+v", at, last)
		}
		last = at
		place := fmt.Sprint(at.Number)
		if lines {
			place = fmt.Sprintf("%d@%d", at.Number, at.Line)
		}
		out = append(out, place+" "+told)
	}
}

// One returns the article of a text that holds one record.
func One(t testing.TB, f record.Format, text string) *index.Article {
	t.Helper()
	var one *index.Article
	Each(t, f.Open(strings.NewReader(text), Options()), func(at record.Place, a *index.Article, fault *record.Fault) {
		if fault != nil {
			t.Errorf("line %d: %v", at.Line, fault)
		}
		one = a
	})
	if one == nil {
		t.Fatalf("no article in %s", text)
	}
	return one
}

// Why returns reason and detail of the first record of a text, "" when it is an article.
func Why(t testing.TB, f record.Format, text string) string {
	t.Helper()
	why := "no record"
	Each(t, f.Open(strings.NewReader(text), Options()), func(at record.Place, a *index.Article, fault *record.Fault) {
		switch {
		case why != "no record":
		case fault != nil:
			why = fault.Error()
		default:
			why = ""
		}
	})
	return why
}

// Check says what no article may be.
func Check(a *index.Article) error {
	for _, s := range append([]string{a.ID, a.URL, a.Source, a.Title, a.Dateline, a.Agency}, a.Authors...) {
		if s != strings.Join(strings.Fields(s), " ") {
			return fmt.Errorf("not in one line: %q", s)
		}
	}
	switch {
	case a.Title == "" && a.Body == "":
		return errors.New("no text")
	case strings.Contains(a.Body, "\n\n\n"), strings.Contains(a.Body, " \n"), a.Body != strings.TrimSpace(a.Body):
		return fmt.Errorf("untidy paragraphs: %q", a.Body)
	case !a.Published.IsZero() && (a.Precision == "" || a.DateFrom == ""):
		return errors.New("a date without its precision or origin")
	}
	for _, e := range a.Entities {
		if e.Count < 1 || e.Name == "" {
			return fmt.Errorf("entity %+v", e)
		}
	}
	for name, raw := range a.Extra {
		if !json.Valid(raw) {
			return fmt.Errorf("extra %q is no JSON", name)
		}
	}
	return nil
}

// Fuzz reads a text byte for byte as hostile input: no panic, places in order, nothing larger than was put in.
func Fuzz(t *testing.T, f record.Format, text []byte) {
	f.Sniff(text[:min(len(text), record.SniffLen)], len(text) <= record.SniffLen)
	o := Options()
	o.MaxRecord = 4 << 10
	Each(t, f.Open(bytes.NewReader(text), o), func(at record.Place, a *index.Article, fault *record.Fault) {
		if a == nil {
			return
		}
		if len(a.Body) > 3*len(text)+64 { // an invalid byte becomes a character of three
			t.Fatalf("a body of %d bytes of %d", len(a.Body), len(text))
		}
		if _, err := json.Marshal(a); err != nil {
			t.Fatal(err)
		}
	})
}

// Bench reads a text of many records, again and again, with its articles and without.
func Bench(b *testing.B, f record.Format, text []byte) {
	for _, decode := range []bool{false, true} {
		b.Run(map[bool]string{false: "cut", true: "articles"}[decode], func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for r := f.Open(bytes.NewReader(text), Options()); ; {
					rec, err := r.Next()
					if err == io.EOF {
						break
					}
					if err == nil && decode {
						_, err = rec.Decode()
					}
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
