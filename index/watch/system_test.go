package watch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index/ingest"
)

// TestSystem watches with the events of the system itself: a file, one in a new folder, one by a rename.
func TestSystem(t *testing.T) {
	dir := t.TempDir()
	w, err := New([]string{dir}, Options{Poll: 0, Warn: func(s string) { t.Log(s) }})
	must(t, err)
	defer w.Close()
	if b, err := w.Next(t.Context()); err != nil || !b.First || len(b.Files) != 0 {
		t.Fatalf("%+v, %v", b, err)
	}
	must(t, os.WriteFile(filepath.Join(dir, "a.txt"), []byte("x"), 0o644))
	must(t, os.MkdirAll(filepath.Join(dir, "new/deep"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "new/deep/b.txt"), []byte("x"), 0o644))
	other := filepath.Join(t.TempDir(), "c")
	must(t, os.WriteFile(other, []byte("x"), 0o644))
	must(t, os.Rename(other, filepath.Join(dir, "new/c.txt")))
	var got []string
	for len(got) < 3 {
		b, err := w.Next(t.Context())
		must(t, err)
		for _, f := range b.Files {
			got = append(got, f.Name)
		}
	}
	slices.Sort(got)
	if want := "a.txt new/c.txt new/deep/b.txt"; strings.Join(got, " ") != want {
		t.Errorf("%q", got)
	}
}

// TestNamed: files that are named are watched by themselves, also through a link; what is beside them is not.
func TestNamed(t *testing.T) {
	dir := t.TempDir()
	named, link := filepath.Join(dir, "a.txt"), filepath.Join(dir, "link.txt")
	must(t, os.WriteFile(named, []byte("x"), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "other.txt"), []byte("x"), 0o644))
	must(t, os.Symlink(named, link))
	w, err := New([]string{named, link}, Options{})
	must(t, err)
	defer w.Close()
	b, err := w.Next(t.Context())
	must(t, err)
	if want := []ingest.File{{Path: named, Name: "a.txt"}, {Path: link, Name: "link.txt"}}; !slices.Equal(b.Files, want) {
		t.Errorf("%+v", b.Files)
	}
	must(t, os.WriteFile(filepath.Join(dir, "other.txt"), []byte("xy"), 0o644))
	must(t, os.WriteFile(named, []byte("xy"), 0o644))
	if b, err := w.Next(t.Context()); err != nil || len(b.Files) == 0 || b.Files[0].Path != named {
		t.Errorf("%+v, %v", b.Files, err)
	}
}

// TestLeftOut: the index and the rejects are no news, wherever they lie.
func TestLeftOut(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "index"), 0o755))
	for _, name := range []string{"index/x.jsonl", "rejects.jsonl", "a.txt"} {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644))
	}
	w, err := New([]string{dir}, Options{Without: filepath.Join(dir, "index"), Except: filepath.Join(dir, "rejects.jsonl")})
	must(t, err)
	defer w.Close()
	if b, err := w.Next(t.Context()); err != nil || len(b.Files) != 1 || b.Files[0].Name != "a.txt" {
		t.Errorf("%+v, %v", b.Files, err)
	}
}

func TestNew(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "nothing"), os.DevNull} {
		if _, err := New([]string{path}, Options{}); err == nil {
			t.Errorf("%s is watched", path)
		}
	}
}
