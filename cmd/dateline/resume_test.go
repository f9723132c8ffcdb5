package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/index/ledger"
)

// batchVariable makes the batches of a child small, so that there is much between them.
const batchVariable = "DATELINE_TEST_BATCH"

// TestResume kills the indexer again and again at random moments while it goes through many files. After each kill the accounts add
// up, and the next run opens no file that was done. In the end the index is that of a run that nobody disturbed. DATELINE_KILLS
// sets how often, DATELINE_FILES how many files there are.
func TestResume(t *testing.T) {
	kills, files := fromEnv(t, "DATELINE_KILLS", 20), fromEnv(t, "DATELINE_FILES", 2000)
	dir := t.TempDir()
	news, index := filepath.Join(dir, "news"), filepath.Join(dir, "index")
	writeManyFiles(t, news, files)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))

	began := time.Now()
	whole := indexAll(t, filepath.Join(dir, "undisturbed"), news)
	took := time.Since(began)
	done, over := 0, false
	for i := range kills {
		after := time.Duration(random.Int64N(int64(took) * 3 / int64(kills+1)))
		ended := killAfter(t, index, news, after)
		before := done
		done, over = checkBrokenOff(t, index)
		t.Logf("kill %d after %v: %d files done", i, after, done)
		if ended || over { // over: it was killed after its last entry in the ledger, on the way out
			break // in time for once; the next run would read everything again
		}
		if done < before {
			t.Errorf("%d files were done, and now %d", before, done)
		}
	}
	last := indexAll(t, index, news)
	if last.Resumed && last.Skipped.Files != done || !last.Resumed && done > 0 && last.Indexed > 0 {
		t.Errorf("%d files were done, and the last run skipped %+v", done, last.Skipped)
	}
	if last.Resumed && last.Files+last.Skipped.Files != whole.Files {
		t.Errorf("the last run opened %d files and skipped %d of %d", last.Files, last.Skipped.Files, whole.Files)
	}
	if last.Read != whole.Read || last.Rejected != whole.Rejected || last.Read != last.Indexed+last.Updated+last.Unchanged+last.Rejected {
		t.Errorf("summary %+v, undisturbed %+v", last, whole)
	}
	checkAudit(t, index)
	if a, b := exported(t, index), exported(t, filepath.Join(dir, "undisturbed")); !bytes.Equal(a, b) {
		t.Error("the export is not that of an undisturbed run")
	}
	if a, b := rejected(t, index), rejected(t, filepath.Join(dir, "undisturbed")); !bytes.Equal(a, b) {
		t.Errorf("rejects\n%s\nof an undisturbed run\n%s", a, b)
	}
}

func fromEnv(t *testing.T, name string, otherwise int) int {
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// writeManyFiles writes files of a few articles, some of which cannot be indexed.
func writeManyFiles(t *testing.T, dir string, files int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range files {
		var b strings.Builder
		for k := range 1 + i%3 {
			fmt.Fprintf(&b, `{"id":"n%d-%d","title":"Item %d of %d","date":"2024-01-%02d","source":"S%d","body":"The port reopened on day %d."}`+"\n", i, k, k, i, 1+i%28, i%7, i)
		}
		if i%50 == 7 {
			b.WriteString(`{"id":"bad"` + "\n")
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("n%05d.jsonl", i)), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// indexer is a child that indexes a folder in small batches.
func indexer(t *testing.T, index, news string) *exec.Cmd {
	cmd := unwatchedChild(t, "index", "--index", index, "--json", "--no-entities", news)
	cmd.Env = append(cmd.Env, batchVariable+"=40")
	return cmd
}

// summary is what index --json says.
type summary struct {
	Files, Read, Indexed, Updated, Unchanged, Rejected int
	Resumed                                            bool
	Skipped                                            ledger.Skipped
}

// indexAll indexes to the end.
func indexAll(t *testing.T, index, news string) (s summary) {
	t.Helper()
	out, err := indexer(t, index, news).Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitRejects) {
		t.Fatalf("%v: %s", err, out)
	}
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// killAfter begins to index, kills the indexer, and reports whether it had come to its end.
func killAfter(t *testing.T, index, news string, after time.Duration) bool {
	t.Helper()
	cmd := indexer(t, index, news)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	cmd.Wait()
	return cmd.ProcessState.ExitCode() == exitRejects
}

// checkBrokenOff checks that the accounts of an index add up, and returns how many files the next run need not open, and whether the
// last run came to its end.
func checkBrokenOff(t *testing.T, index string) (files int, over bool) {
	t.Helper()
	e, err := backend.Open(t.Context(), backend.Options{Dir: index, Write: true, Make: true})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	r, err := e.Report(t.Context(), ledger.Options{Audit: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Audit.Checks {
		if !c.Holds {
			t.Errorf("%+v", c)
		}
	}
	earlier, err := e.Ledger.Unfinished()
	if err != nil {
		t.Fatal(err)
	}
	return earlier.Finished(), len(r.Runs) > 0 && !r.Runs[0].BrokenOff()
}

func checkAudit(t *testing.T, index string) {
	t.Helper()
	if out, err := unwatchedChild(t, "audit", "--index", index).CombinedOutput(); err != nil || !bytes.HasSuffix(out, []byte("adds up\n")) {
		t.Errorf("audit: %v\n%s", err, out)
	}
}

// exported is the whole index but for the times of indexing.
func exported(t *testing.T, index string) []byte {
	t.Helper()
	out, err := unwatchedChild(t, "export", "--index", index, "").Output()
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`"(indexed|changed)":"[^"]*"`).ReplaceAll(out, nil)
}

func rejected(t *testing.T, index string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(index, "rejects.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
