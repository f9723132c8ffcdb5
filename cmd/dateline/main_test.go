package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/index/ingest"
	"dateline/index/memory"
	"dateline/server"

	"github.com/rogpeppe/go-internal/testscript"
)

// processVariable makes the test binary the program.
const processVariable = "DATELINE_TEST_PROCESS"

func TestMain(m *testing.M) {
	if os.Getenv(processVariable) != "" {
		batchArticles, _ = strconv.Atoi(os.Getenv(batchVariable))
		os.Exit(process())
	}
	testscript.Main(tidy{m}, map[string]func(){"dateline": func() { os.Exit(process()) }})
}

func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../testdata/articles")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "serving": serving, "get": get, "same": same, "bytes": writeBytes, "join": join, "memory": serveMemory,
			"web": serveFiles, "eventually": eventually,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLES", samples)
			return nil
		},
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}

// serving waits until a server owns the index, and sets URL: serving DIR.
func serving(ts *testscript.TestScript, neg bool, args []string) {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		b := lockOf(ts.MkAbs(args[0]))
		if _, rest, ok := strings.Cut(string(b), `"url":"`); ok {
			url, _, _ := strings.Cut(rest, `"`)
			ts.Setenv("URL", strings.TrimSuffix(url, "/"))
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("nobody serves %s", args[0])
}

// serveMemory serves the articles of a file from memory, and has the commands work through that server: memory FILE.
func serveMemory(ts *testscript.TestScript, neg bool, args []string) {
	engine := memory.New(memory.Options{})
	_, err := ingest.Stream(context.Background(), engine, strings.NewReader(ts.ReadFile(args[0])), args[0], ingest.Options{})
	ts.Check(err)
	s := httptest.NewServer(server.New(engine, server.Options{}))
	ts.Defer(s.Close)
	ts.Setenv("DATELINE_SERVER", s.URL)
}

// serveFiles serves a folder as a site of the web, and sets WEB: web DIR.
func serveFiles(ts *testscript.TestScript, neg bool, args []string) {
	s := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	ts.Defer(s.Close)
	ts.Setenv("WEB", s.URL)
}

// eventually runs a program again and again until its output has a text: eventually TEXT dateline ARGS.
func eventually(ts *testscript.TestScript, neg bool, args []string) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		if ts.Exec(args[1], args[2:]...) == nil && strings.Contains(ts.ReadFile("stdout"), args[0]) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("no %q within half a minute", args[0])
}

// lockOf reads who owns an index; its directory may be a pattern.
func lockOf(dir string) []byte {
	found, _ := filepath.Glob(filepath.Join(dir, "owner.lock"))
	if len(found) == 0 {
		return nil
	}
	b, _ := os.ReadFile(found[0])
	return b
}

// status runs a program and checks its exit status: status N dateline ARGS.
func status(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// took is the one thing in which two answers to one search may differ.
var took = regexp.MustCompile(`"took_ms":[0-9.e-]+`)

// same compares answers to a search: same FILE FILE...
func same(ts *testscript.TestScript, neg bool, args []string) {
	want := took.ReplaceAllString(ts.ReadFile(args[0]), "")
	for _, name := range args[1:] {
		if got := took.ReplaceAllString(ts.ReadFile(name), ""); got != want {
			ts.Fatalf("%s differs from %s:\n%s\n%s", name, args[0], got, want)
		}
	}
}

// join writes files one after the other into one, without the newline at the end of each but the last: join FILE PART...
func join(ts *testscript.TestScript, neg bool, args []string) {
	var b strings.Builder
	for i, name := range args[1:] {
		part := ts.ReadFile(name)
		if i < len(args)-2 {
			part = strings.TrimSuffix(part, "\n")
		}
		b.WriteString(part)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o644))
}

// get writes what a URL answers to a file: get FILE URL.
func get(ts *testscript.TestScript, neg bool, args []string) {
	resp, err := http.Get(args[1])
	ts.Check(err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o644))
}

// writeBytes writes a text with a few escapes, repeated: bytes FILE TEXT [TIMES].
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	text := args[1]
	for from, to := range map[string]string{`\n`: "\n", `\0`: "\x00", `\xe9`: "\xe9", `\x1f`: "\x1f", `\x8b`: "\x8b"} {
		text = strings.ReplaceAll(text, from, to)
	}
	times := 1
	if len(args) > 2 {
		_, err := fmt.Sscan(args[2], &times)
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, times)), 0o644))
}
