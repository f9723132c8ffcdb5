package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// job is one measurement, which has a process of its own so that neither memory nor what is warm carries over.
type job struct {
	Do     string // corpus, index or search
	Engine string // plain or dateline
	Docs   string // the file of articles
	Dir    string // of the index; for a corpus, the folder of data
	Span   span   // of the file of articles
	Seed   uint64
	Groups []group
	Timing pace
}

// group is searches of one kind.
type group struct {
	Name   string
	Probes []probe
}

// pace says how often each search of a group is run.
type pace struct {
	Warm    int     // rounds through the group that are not counted
	Least   int     // rounds that are
	Most    int     // rounds, when there is time
	Seconds float64 // then no further round begins
}

// outcome is what a job measured.
type outcome struct {
	Measure measure // of indexing
	Opened  float64 // milliseconds until the index was open
	First   float64 // milliseconds of the first search after that
	Groups  []timing
	Memory  int64 // peak resident bytes of searching
}

// timing is how long the searches of a group took, in milliseconds.
type timing struct {
	Name   string  `json:"name"`
	Runs   int     `json:"runs"`
	Hits   int     `json:"hits"` // median
	CPU    float64 `json:"cpu"`  // mean
	Median float64 `json:"median"`
	P99    float64 `json:"p99"`
}

// runner runs a job: a process of its own does it, or do in tests.
type runner func(job) (outcome, error)

// withProcesses calls fn with a runner that starts processes. When this one is interrupted, so are they, and fn can remove what
// it has written.
func withProcesses(fn func(runner) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return fn(func(j job) (outcome, error) { return spawn(ctx, j) })
}

// childJob is the flag of a process that does a job.
const childJob = "job"

// spawn does a job in a process of its own.
func spawn(ctx context.Context, j job) (o outcome, err error) {
	self, err := os.Executable()
	if err != nil {
		return o, err
	}
	in, err := json.Marshal(j)
	if err != nil {
		return o, err
	}
	cmd := exec.CommandContext(ctx, self, "--child", childJob)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return o, ctx.Err()
	}
	if err != nil {
		return o, fmt.Errorf("%s %s: %w", j.Do, j.Engine, err)
	}
	return o, json.Unmarshal(out, &o)
}

// runJob is the other side of spawn.
func runJob(in io.Reader, out io.Writer) error {
	var j job
	if err := json.NewDecoder(in).Decode(&j); err != nil {
		return err
	}
	o, err := do(j)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(o)
}

// do does a job.
func do(j job) (o outcome, err error) {
	switch j.Do {
	case "corpus":
		return o, writeCorpus(j.Dir, j.Docs, j.Span.Articles, j.Seed)
	case "index":
		o.Measure, err = measureIndexing(j)
		return o, err
	case "search":
		return measureSearching(j)
	}
	return o, fmt.Errorf("no job %q", j.Do)
}

// measureIndexing indexes the articles of a file, reading along. Reading is a hundredth of the cost.
func measureIndexing(j job) (measure, error) {
	m := measure{Articles: j.Span.Articles, Text: j.Span.Text}
	indexFile, known := map[string]func(dir, docs string) error{"plain": filePlain, "dateline": fileDateline}[j.Engine]
	if !known {
		return m, fmt.Errorf("no engine %q", j.Engine)
	}
	before, began := usage(), time.Now()
	if err := indexFile(j.Dir, j.Docs); err != nil {
		return m, err
	}
	m.Wall = time.Since(began).Seconds()
	m.CPU = cpu(usage()) - cpu(before)
	m.Memory = peakMemory()
	var err error
	m.Disk, err = diskUse(j.Dir)
	return m, err
}

// peakMemory returns the most bytes that were resident, of this program alone: what getrusage says begins, on Linux, with the
// peak of the program that started it.
func peakMemory() int64 {
	status, err := os.ReadFile(filepath.Join("/proc", "self", "status"))
	if err == nil {
		var kilobytes int64
		_, rest, found := strings.Cut(string(status), "VmHWM:")
		if n, _ := fmt.Sscan(rest, &kilobytes); found && n == 1 {
			return kilobytes * 1024
		}
	}
	return usage().Maxrss * 1024
}

// measureSearching opens an index and runs the groups one after the other.
func measureSearching(j job) (o outcome, err error) {
	began := time.Now()
	e, err := openSearcher(j)
	if err != nil {
		return o, err
	}
	defer func() {
		if closed := e.Close(); err == nil {
			err = closed
		}
	}()
	o.Opened = milliseconds(time.Since(began))
	for i, g := range j.Groups {
		if i == 0 {
			began = time.Now()
			if _, err := e.search(g.Probes[0]); err != nil {
				return o, fmt.Errorf("%s: %w", g.Name, err)
			}
			o.First = milliseconds(time.Since(began))
		}
		t, err := timeGroup(e, g, j.Timing)
		if err != nil {
			return o, fmt.Errorf("%s: %w", g.Name, err)
		}
		o.Groups = append(o.Groups, t)
	}
	o.Memory = peakMemory()
	return o, nil
}

// timeGroup runs the searches of a group in rounds.
func timeGroup(e searcher, g group, p pace) (timing, error) {
	t := timing{Name: g.Name}
	var walls, hits []float64
	var before syscall.Rusage
	began := time.Now()
	for round := range p.Warm + p.Most {
		if round == p.Warm {
			before, began = usage(), time.Now()
		}
		if round >= p.Warm+p.Least && time.Since(began).Seconds() > p.Seconds {
			break
		}
		for _, q := range g.Probes {
			start := time.Now()
			n, err := e.search(q)
			if err != nil {
				return t, fmt.Errorf("%s: %w", q.Words, err)
			}
			if round >= p.Warm {
				walls, hits = append(walls, milliseconds(time.Since(start))), append(hits, float64(n))
			}
		}
	}
	t.Runs = len(walls)
	t.CPU = 1000 * (cpu(usage()) - cpu(before)) / float64(max(t.Runs, 1))
	t.Median, t.P99, t.Hits = percentile(walls, 0.5), percentile(walls, 0.99), int(percentile(hits, 0.5))
	return t, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
