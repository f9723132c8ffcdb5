package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dateline/cmd/internal/backend"
)

// child returns the program as a process of its own.
func child(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), processVariable+"=1")
	return cmd
}

// TestKill kills the indexer at random moments, and checks that every article that it had named as stored is there, and
// that the next run goes on. DATELINE_KILLS sets how often.
func TestKill(t *testing.T) {
	kills := 5
	if s := os.Getenv("DATELINE_KILLS"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "news.jsonl")
	writeNews(t, file, 12_000)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	index, stored := "", map[string]bool{}
	for i := range kills {
		if i%3 == 0 { // from the first batch of a new index, and again into one that was killed
			index, stored = filepath.Join(dir, fmt.Sprintf("index%d", i)), map[string]bool{}
		}
		after := time.Duration(random.IntN(2500)) * time.Millisecond
		for _, id := range runAndKill(t, index, file, after) {
			stored[id] = true
		}
		t.Logf("killed after %v: %d articles were named", after, len(stored))
		checkStored(t, index, stored)
	}
	finish := unwatchedChild(t, "index", "--index", index, "--json", file)
	out, err := finish.Output()
	if err != nil || !bytes.Contains(out, []byte(`"read":12000`)) || !bytes.Contains(out, []byte(`"rejected":0`)) {
		t.Errorf("the run after the kills: %s, %v", out, err)
	}
}

// runAndKill returns the ids that the indexer named before it was killed, or came to its end.
func runAndKill(t *testing.T, index, file string, after time.Duration) []string {
	t.Helper()
	cmd := unwatchedChild(t, "index", "--index", index, "--verbose", file)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	var ids []string
	for r := bufio.NewReader(stderr); ; {
		line, err := r.ReadString('\n')
		if err != nil {
			break // also half a line
		}
		id, ok := strings.CutPrefix(strings.TrimSpace(line), "stored ")
		if !ok {
			t.Errorf("the indexer says %s", line)
		}
		ids = append(ids, id)
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != -1) {
		t.Errorf("the indexer failed: %v", err)
	}
	return ids
}

func checkStored(t *testing.T, index string, stored map[string]bool) {
	t.Helper()
	e, err := backend.Open(t.Context(), backend.Options{Dir: index})
	if errors.Is(err, backend.ErrNoIndex) && len(stored) == 0 {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for id := range stored {
		if _, err := e.Get(t.Context(), id); err != nil {
			t.Fatalf("%s was named as stored: %v", id, err)
		}
	}
	if s, err := e.Stats(context.Background()); err != nil || s.Articles < len(stored) {
		t.Errorf("stats %+v, %v", s, err)
	}
}

func writeNews(t *testing.T, path string, articles int) {
	t.Helper()
	var b bytes.Buffer
	words := strings.Fields("port quay storm repair ship crane oil price barrel market vote minister budget river bridge")
	r := rand.New(rand.NewPCG(1, 2))
	for i := range articles {
		fmt.Fprintf(&b, `{"id":"n%d","title":"Item %d","date":"2024-01-%02d","source":"S%d","body":"`, i, i, 1+i%28, i%7)
		for range 60 {
			b.WriteString(words[r.IntN(len(words))] + " ")
		}
		b.WriteString("\"}\n")
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestInterrupt interrupts an indexer that waits for its input: it reports, and exits with 130. What it reported stays.
func TestInterrupt(t *testing.T) {
	index := filepath.Join(t.TempDir(), "index")
	cmd := child(t, "index", "--index", index, "--json", "-")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	io.WriteString(stdin, `{"title":"One"}`+"\n")
	waitOwned(t, index)
	cmd.Process.Signal(syscall.SIGINT)
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("exit %d, %s", code, &stderr)
	}
	if !strings.Contains(stdout.String(), `"read":0,"indexed":0,"updated":0,"unchanged":0,"rejected":0`) {
		t.Errorf("summary %s", &stdout)
	}
}

// TestServeTerminates checks that SIGTERM ends a server with 0.
func TestServeTerminates(t *testing.T) {
	index := filepath.Join(t.TempDir(), "index")
	cmd := child(t, "serve", "--index", index, "--addr", "127.0.0.1:0")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http://127.0.0.1:") || !strings.HasSuffix(line, "/\n") {
		t.Errorf("address %q, %v", line, err)
	}
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// TestBusy starts an indexer that waits for its input: others are told within two seconds who holds the index.
func TestBusy(t *testing.T) {
	index := filepath.Join(t.TempDir(), "index")
	holder := child(t, "index", "--index", index, "-")
	stdin, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	waitOwned(t, index)
	var wg sync.WaitGroup
	for _, args := range [][]string{{"search"}, {"stats"}, {"delete", "x"}, {"serve", "--addr", "127.0.0.1:0"}} {
		wg.Go(func() { checkBusy(t, index, holder.Process.Pid, args) })
	}
	wg.Wait()
	stdin.Close()
	holder.Wait()
}

func checkBusy(t *testing.T, index string, holder int, args []string) {
	began := time.Now()
	var stderr bytes.Buffer
	cmd := child(t, append(args, "--index", index)...)
	cmd.Stderr = &stderr
	err := cmd.Run()
	want := fmt.Sprintf("index %s is in use by `dateline index` (pid %d); wait for it or stop it", index, holder)
	if cmd.ProcessState.ExitCode() != exitFault || !strings.Contains(stderr.String(), want) {
		t.Errorf("%v: %v, %s", args, err, &stderr)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("%v: only after %v", args, took)
	}
}

// waitOwned waits until a writer has signed the lock of an index.
func waitOwned(t *testing.T, index string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if bytes.Contains(lockOf(index), []byte(`"pid"`)) {
			return
		}
	}
	t.Fatal("nobody owns the index")
}
