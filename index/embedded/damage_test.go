package embedded

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/query"
)

// somePort returns article n of a run of made-up ones.
func somePort(n int) index.Article {
	return index.Article{
		ID: fmt.Sprintf("port-%05d", n), Source: fmt.Sprintf("Gazette %d", n%7), Title: fmt.Sprintf("Quay %d reopens", n),
		Body:      strings.Repeat(fmt.Sprintf("Ship %d came to berth %d of the harbour. ", n, n%13), 5),
		Published: index.At(time.Date(2024, 1, 1+n%300, 0, 0, 0, 0, time.UTC)), Precision: "day",
		Text: fmt.Sprintf("t%d", n), Story: fmt.Sprintf("s%d", n/2),
	}
}

func ports(from, to int) (list []index.Article) {
	for n := from; n < to; n++ {
		list = append(list, somePort(n))
	}
	return list
}

func mustOpen(t *testing.T, dir string, o Options) *Engine {
	t.Helper()
	e, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func mustPut(t *testing.T, e *Engine, list []index.Article) {
	t.Helper()
	if _, err := e.Put(context.Background(), list); err != nil {
		t.Fatal(err)
	}
}

// answers returns what an index answers to a few searches, without the time that it took.
func answers(t *testing.T, e *Engine) string {
	t.Helper()
	var b strings.Builder
	for _, text := range []string{"", "quay", "ship berth", `"came to berth 5"`, "source:gazette*", "harb*", "-quay"} {
		q, err := query.Parse(strings.Replace(text, "gazette*", `"Gazette 3"`, 1), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		r, err := e.Search(context.Background(), index.Request{Query: q, Facets: index.FacetFields, Interval: index.Month, Size: 20})
		if err != nil {
			t.Fatal(err)
		}
		r.TookMS = 0
		fmt.Fprintf(&b, "%s: %+v %+v %+v\n", text, r.Total, r.Hits, *r.Timeline)
		fmt.Fprintf(&b, "%+v\n", *r.Facets[index.FieldSource])
	}
	return b.String()
}

// digest returns the names and contents of the files of a directory.
func digest(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files[path] = fmt.Sprintf("%x", sha256.Sum256(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// build makes an index of several segments with updates and deletions, and returns its directory, a copy as a kill would leave
// it, and what it answers.
func build(t *testing.T) (clean, killed, want string) {
	t.Helper()
	clean, killed = filepath.Join(t.TempDir(), "clean"), filepath.Join(t.TempDir(), "killed")
	e := mustOpen(t, clean, Options{})
	for n := range 6 {
		mustPut(t, e, ports(n*100, n*100+100))
	}
	changed := ports(50, 60)
	for i := range changed {
		changed[i].Title = "Quay closes again"
	}
	mustPut(t, e, changed)
	if n, err := e.Delete(context.Background(), []string{"port-00007", "port-00507", "no-such"}); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	want = answers(t, e)
	abandon(t, e)
	if err := os.CopyFS(killed, os.DirFS(clean)); err != nil {
		t.Fatal(err)
	}
	if err := mustOpen(t, clean, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	return clean, killed, want
}

// abandon leaves an engine's files as a kill would: no record of them is written.
func abandon(t *testing.T, e *Engine) {
	t.Helper()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if err := errors.Join(e.closeBleve(), e.journal.close()); err != nil {
		t.Fatal(err)
	}
}

// damage is one way to hurt a file.
type damage struct {
	name string
	do   func(t *testing.T, file string, dice *rand.Rand)
}

var damages = []damage{
	{"bit", func(t *testing.T, file string, dice *rand.Rand) {
		rewrite(t, file, func(b []byte) []byte {
			b[dice.IntN(len(b))] ^= 1 << dice.IntN(8)
			return b
		})
	}},
	{"zeros", func(t *testing.T, file string, dice *rand.Rand) {
		rewrite(t, file, func(b []byte) []byte {
			at := dice.IntN(len(b))
			for i := at; i < min(at+4096, len(b)); i++ {
				b[i] ^= 0x55
			}
			return b
		})
	}},
	{"cut", func(t *testing.T, file string, dice *rand.Rand) {
		rewrite(t, file, func(b []byte) []byte { return b[:dice.IntN(len(b))] })
	}},
	{"end", func(t *testing.T, file string, _ *rand.Rand) {
		rewrite(t, file, func(b []byte) []byte { return b[:len(b)-1] })
	}},
	{"missing", func(t *testing.T, file string, _ *rand.Rand) {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}},
}

func rewrite(t *testing.T, file string, change func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, change(b), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// indexFiles returns the files of an index by name.
func indexFiles(t *testing.T, dir string) (files []string) {
	t.Helper()
	for file := range digest(t, dir) {
		files = append(files, file)
	}
	slices.Sort(files)
	return files
}

// TestDamage hurts each file of an index in each way: every damage of a closed index is found and named, and nothing is
// changed by the attempt to open it, for reading or for writing.
func TestDamage(t *testing.T) {
	clean, _, want := build(t)
	if got := answers(t, mustOpen(t, clean, Options{ReadOnly: true})); got != want {
		t.Fatalf("the whole index answers\n%s\nwant\n%s", got, want)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for _, file := range indexFiles(t, clean) {
		name, err := filepath.Rel(clean, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range damages {
			t.Run(name+" "+d.name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "index")
				if err := os.CopyFS(dir, os.DirFS(clean)); err != nil {
					t.Fatal(err)
				}
				d.do(t, filepath.Join(dir, name), dice)
				if name == cleanName && d.name == "missing" { // as a kill leaves it: no damage
					if got := answers(t, mustOpen(t, dir, Options{ReadOnly: true})); got != want {
						t.Fatal("it answers otherwise")
					}
					return
				}
				refuses(t, dir, name)
			})
		}
	}
}

// refuses holds that opening fails, names the file and changes nothing.
func refuses(t *testing.T, dir, name string) {
	t.Helper()
	before := digest(t, dir)
	for _, o := range []Options{{ReadOnly: true}, {}} {
		e, err := Open(dir, o)
		if err == nil {
			e.Close()
			t.Fatalf("opened with %+v", o)
		}
		var broken *DamageError
		var format *FormatError
		if !errors.As(err, &broken) && !errors.As(err, &format) {
			t.Errorf("the error is no DamageError: %v", err)
		}
		if !strings.Contains(err.Error(), filepath.Base(name)) && !strings.Contains(err.Error(), dir) {
			t.Errorf("the error does not name %s: %v", name, err)
		}
	}
	after := digest(t, dir)
	for file, sum := range before {
		if after[file] != sum {
			t.Errorf("%s was changed or removed", file)
		}
	}
}

// TestDamageAfterKill hurts the files of an index that was not closed: what cannot be told from the pages that Bleve's
// bolt file does not use must make no difference.
func TestDamageAfterKill(t *testing.T) {
	_, killed, want := build(t)
	if got := answers(t, mustOpen(t, killed, Options{ReadOnly: true})); got != want {
		t.Fatalf("the index left by a kill answers\n%s\nwant\n%s", got, want)
	}
	s, err := readBolt(filepath.Join(killed, segmentsName, boltName))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{layoutName, filepath.Join(segmentsName, boltName)}
	for _, seg := range s.segments {
		names = append(names, filepath.Join(segmentsName, seg.Name))
	}
	dice := rand.New(rand.NewPCG(3, 4))
	found, harmless := 0, 0
	for round := range 60 {
		name, d := names[round%len(names)], damages[dice.IntN(len(damages))]
		dir := filepath.Join(t.TempDir(), "index")
		if err := os.CopyFS(dir, os.DirFS(killed)); err != nil {
			t.Fatal(err)
		}
		d.do(t, filepath.Join(dir, name), dice)
		e, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			found++
			refuses(t, dir, name)
			continue
		}
		if filepath.Base(name) != boltName && name != layoutName {
			t.Errorf("%s: %s was not found", name, d.name)
		}
		harmless++
		if got := answers(t, e); got != want {
			t.Errorf("%s: %s was not found, and it answers\n%s\nwant\n%s", name, d.name, got, want)
		}
		e.Close()
	}
	t.Logf("%d damages found and named, %d without effect", found, harmless)
}

// TestGoesOnAfterKill writes to an index that was not closed.
func TestGoesOnAfterKill(t *testing.T) {
	_, killed, want := build(t)
	e := mustOpen(t, killed, Options{})
	if got := answers(t, e); got != want {
		t.Error("it answers otherwise")
	}
	r, err := e.Put(context.Background(), append(ports(0, 10), ports(900, 910)...))
	if err != nil || r.Indexed != 11 || r.Unchanged != 9 {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	again := mustOpen(t, killed, Options{ReadOnly: true})
	st, err := again.Stats(context.Background())
	if err != nil || st.Articles != 609 {
		t.Errorf("%d articles, %v", st.Articles, err)
	}
}

// TestRollback holds that an older state of Bleve's, which is whole in itself, is told from the one acknowledged.
func TestRollback(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	e := mustOpen(t, dir, Options{})
	mustPut(t, e, ports(0, 50))
	abandon(t, e)
	old := filepath.Join(t.TempDir(), "old")
	if err := os.CopyFS(old, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	e = mustOpen(t, dir, Options{})
	mustPut(t, e, ports(50, 60))
	journal, err := os.ReadFile(filepath.Join(dir, journalName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(old, journalName), journal, 0o666); err != nil {
		t.Fatal(err)
	}
	refuses(t, old, boltName)
}

func TestNotAnIndex(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	other := t.TempDir()
	if err := errors.Join(os.WriteFile(file, []byte("x"), 0o666), os.WriteFile(filepath.Join(other, "letter.txt"), []byte("x"), 0o666)); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(t.TempDir(), "newer")
	mustOpen(t, newer, Options{}).Close()
	rewrite(t, filepath.Join(newer, layoutName), func(b []byte) []byte {
		return []byte(strings.Replace(string(b), fmt.Sprintf(`"format":%d`, FormatVersion), `"format":99`, 1))
	})
	old := filepath.Join(t.TempDir(), "old")
	mustOpen(t, old, Options{}).Close()
	rewrite(t, filepath.Join(old, layoutName), func(b []byte) []byte {
		return []byte(strings.Replace(string(b), fmt.Sprintf(`"format":%d`, FormatVersion), `"format":1`, 1))
	})
	older := filepath.Join(t.TempDir(), "older")
	mustOpen(t, older, Options{}).Close()
	rewrite(t, filepath.Join(older, layoutName), func(b []byte) []byte {
		return []byte(strings.Replace(string(b), `"analysis":`, `"analysis":9`, 1))
	})
	for _, c := range []struct{ dir, want string }{
		{file, "not a directory"},
		{other, "not a Dateline index"},
		{newer, "format 99, which a newer Dateline wrote"},
		{old, "the old format 1; this Dateline reads format"},
		{older, "index the articles again"},
	} {
		for _, o := range []Options{{}, {ReadOnly: true}} {
			before := len(indexFilesOrNone(t, c.dir))
			_, err := Open(c.dir, o)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", c.dir, err, c.want)
			}
			if after := len(indexFilesOrNone(t, c.dir)); after != before {
				t.Errorf("%s: %d files became %d", c.dir, before, after)
			}
		}
	}
	if _, err := Open(filepath.Join(other, "absent"), Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an absent directory, for reading: %v", err)
	}
	if _, err := os.Stat(filepath.Join(other, "absent")); err == nil {
		t.Error("opening for reading made the directory")
	}
}

func indexFilesOrNone(t *testing.T, dir string) []string {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil
	}
	return indexFiles(t, dir)
}
