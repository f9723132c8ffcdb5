package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"dateline/cmd/internal/memory"
	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/ingest"
)

// naming is what one indexing of files took, with the names found in the texts or without.
type naming struct {
	measure
	Entities int // of all articles
	Mentions int
}

// The children that index with names, and without.
const (
	childNamed   = "entities"
	childUnnamed = "no-entities"
)

// compareNaming indexes files as the command does, with and without the names in their texts in turn, each in a process of its
// own, and prints medians and how they compare. Which goes first changes from run to run.
func compareNaming(out io.Writer, runs int, paths []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	results := map[string][]naming{}
	for i := range runs {
		turns := []string{childNamed, childUnnamed}
		if i%2 == 1 {
			turns = []string{childUnnamed, childNamed}
		}
		for _, what := range turns {
			cmd := exec.Command(self, append([]string{"--child", what}, paths...)...)
			cmd.Stderr = os.Stderr
			printed, err := cmd.Output()
			if err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			var n naming
			if err := json.Unmarshal(printed, &n); err != nil {
				return err
			}
			results[what] = append(results[what], n)
			fmt.Fprintf(os.Stderr, "run %d %-11s cpu %.2f s, wall %.2f s, %.1f MB on disk\n", i+1, what, n.CPU, n.Wall, float64(n.Disk)/1e6)
		}
	}
	reportNaming(out, results[childNamed], results[childUnnamed])
	return nil
}

// reportNaming prints the table. Speed with / without is what "not less than half the speed" is about.
func reportNaming(out io.Writer, with, without []naming) {
	n := with[0]
	fmt.Fprintf(out, "%d articles, %.1f MB of text, %d entities, %d mentions; medians of %d runs\n\n", n.Articles, float64(n.Text)/1e6, n.Entities, n.Mentions, len(with))
	fmt.Fprintf(out, "%-28s %12s %12s %12s\n", "", "entities", "without", "with/without")
	row := func(name string, unit float64, of func(measure) float64) {
		a, b := median(measures(with), of)/unit, median(measures(without), of)/unit
		fmt.Fprintf(out, "%-28s %12.2f %12.2f %12.2f\n", name, a, b, a/b)
	}
	row("processor seconds", 1, func(m measure) float64 { return m.CPU })
	row("wall seconds", 1, func(m measure) float64 { return m.Wall })
	row("articles a second", 1, func(m measure) float64 { return float64(m.Articles) / m.Wall })
	row("articles a processor second", 1, func(m measure) float64 { return float64(m.Articles) / m.CPU })
	row("MB on disk", 1e6, func(m measure) float64 { return float64(m.Disk) })
	row("peak memory, MB", 1e6, func(m measure) float64 { return float64(m.Memory) })
	ratios := ratiosOf(with, without)
	fmt.Fprintf(out, "wall, with/without, of the two of each run: median %.2f, from %.2f to %.2f\n", percentile(ratios, 0.5), slices.Min(ratios), slices.Max(ratios))
}

// ratiosOf returns how much longer each run took with names. The two of a run follow each other, so that what else the machine
// does slows both.
func ratiosOf(with, without []naming) []float64 {
	ratios := make([]float64, len(with))
	for i := range with {
		ratios[i] = with[i].Wall / without[i].Wall
	}
	return ratios
}

func measures(list []naming) []measure {
	ms := make([]measure, len(list))
	for i := range list {
		ms[i] = list[i].measure
	}
	return ms
}

// runNaming indexes once, from the files to the settled index, and prints the measure as JSON.
func runNaming(out io.Writer, what string, paths []string) (err error) {
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var o ingest.Options
	if what == childUnnamed {
		o.Names = ingest.NamesGiven
	}
	memory.Bound()
	before, began := usage(), time.Now()
	sum, err := indexFiles(filepath.Join(dir, "index"), paths, o)
	if err != nil {
		return err
	}
	after := usage()
	n := naming{measure: measure{
		Articles: sum.Indexed + sum.Updated, Wall: time.Since(began).Seconds(), CPU: cpu(after) - cpu(before), Memory: after.Maxrss * 1024,
	}}
	if n.Disk, err = diskUse(dir); err == nil {
		err = n.count(filepath.Join(dir, "index"))
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(n)
}

func indexFiles(dir string, paths []string, o ingest.Options) (sum ingest.Summary, err error) {
	e, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	if sum, err = ingest.Run(context.Background(), e, paths, o); err != nil {
		return sum, err
	}
	if sum.Indexed == 0 {
		return sum, errors.New("no articles")
	}
	return sum, e.Settle(context.Background())
}

// count reads what the index has.
func (n *naming) count(dir string) (err error) {
	e, err := embedded.Open(dir, embedded.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	for a, err := range e.Export(context.Background(), index.Request{Sort: index.SortOldest}) {
		if err != nil {
			return err
		}
		n.Text += int64(len(a.Title) + len(a.Lead) + len(a.Body))
		n.Entities += len(a.Entities)
		for i := range a.Entities {
			n.Mentions += len(a.Entities[i].Mentions)
		}
	}
	return nil
}
