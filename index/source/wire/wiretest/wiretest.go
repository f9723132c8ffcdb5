// Package wiretest holds the readers of the formats of agencies against golden files, real files and hostile input.
package wiretest

import (
	"archive/tar"
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

	"github.com/klauspost/compress/zstd"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Now is the time that embargoes are judged by in tests.
var Now = time.Date(2024, 6, 30, 12, 0, 0, 0, time.UTC)

// Options are those of tests.
func Options() record.Options {
	return record.Options{Now: func() time.Time { return Now }}
}

// Golden reads a file and compares all that comes of it with testdata/<name>.golden. -update writes it anew.
func Golden(t *testing.T, f record.Format, file string) {
	t.Helper()
	in, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Sniff(in[:min(len(in), record.SniffLen)], len(in) <= record.SniffLen) {
		t.Errorf("%s is not sniffed", file)
	}
	var got bytes.Buffer
	Each(t, f.Open(bytes.NewReader(in), Options()), func(at record.Place, a *index.Article, fault *record.Fault) {
		if fault != nil {
			fmt.Fprintf(&got, "record %d, line %d: %v\n", at.Number, at.Line, fault)
			return
		}
		b, err := json.MarshalIndent(a, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "record %d, line %d: %s\n", at.Number, at.Line, b)
	})
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	golden := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, got.Bytes()) {
		t.Errorf("%s: %v, got\n%s", file, err, &got)
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
		if at.Number != last.Number+1 || at.Line < last.Line || at.Line < 1 || at.Offset < last.Offset {
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

// Outcome reads a text and prints each record as its title or, for a fault, as its reason, with number and line before it.
func Outcome(t testing.TB, f record.Format, text string, o record.Options) string {
	t.Helper()
	var out []string
	Each(t, f.Open(strings.NewReader(text), o), func(at record.Place, a *index.Article, fault *record.Fault) {
		if fault != nil {
			out = append(out, fmt.Sprintf("%d@%d !%s", at.Number, at.Line, fault.Reason))
		} else {
			out = append(out, fmt.Sprintf("%d@%d %s", at.Number, at.Line, a.Title))
		}
	})
	return strings.Join(out, " | ")
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

// Shared calls do with each file of a tar file of the shared formats as a reader gets it, in UTF-8, or skips the test.
func Shared(t *testing.T, archive string, do func(name string, text []byte)) {
	t.Helper()
	root := os.Getenv("DATELINE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "data", "formats", archive+".tar.zst"))
	if err != nil {
		t.Skipf("SKIPPED: the shared files are not here (set DATELINE_SHARED): %v", err)
	}
	defer file.Close()
	z, err := zstd.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(charset.NewReader(bytes.NewReader(raw), charset.Declared(raw)))
		if err != nil {
			t.Fatal(err)
		}
		do(h.Name, text)
	}
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
