package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCommandLine(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{"--help": "Kinds of pages: start, skip-link", "-h": "--height PIXELS", "": "name one folder", "a b": "name one folder", "--urk a": "unknown flag"} {
		var out bytes.Buffer
		err := run(t.Context(), strings.Fields(args), &out)
		if err != nil {
			out.WriteString(err.Error())
		}
		if got := out.String(); !strings.Contains(got, want) || (err == nil) != (args == "--help" || args == "-h") {
			t.Errorf("screens %s says %q, %v; want %q", args, got, err, want)
		}
	}
}

// TestDraw draws one kind of page of a running server.
func TestDraw(t *testing.T) {
	t.Parallel()
	_, err := chromium()
	skip(t, err)
	s, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	var said bytes.Buffer
	if err := run(t.Context(), []string{"--url", s.URL + "/", "--only", "help", "--height", "700", out}, &said); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(out, "index.html"))
	if err != nil || !strings.Contains(said.String(), "1 pages") {
		t.Errorf("%q, %v", said.String(), err)
	}
	for _, l := range looks {
		file := "help-" + l.Name + ".png"
		if !strings.Contains(string(page), `src="`+file+`"`) {
			t.Errorf("the sheet lacks %s", file)
		}
		b, err := os.ReadFile(filepath.Join(out, file))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.DecodeConfig(bytes.NewReader(b))
		if err != nil || picture.Width != l.Width || picture.Height != 700 {
			t.Errorf("%s: %d by %d, %v", file, picture.Width, picture.Height, err)
		}
	}
}

// TestKinds: names are those of files, and none is given twice.
func TestKinds(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, name := range kindNames() {
		if seen[name] || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("the name %q", name)
		}
		seen[name] = true
	}
	if _, err := targets(t.Context(), "http://127.0.0.1:1", general); err == nil {
		t.Error("there is a server where none is")
	}
}
