package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// figures are what scale measured, as its file keeps them.
type figures struct {
	Go    string        `json:"go"`
	Cores int           `json:"cores"`
	Seed  uint64        `json:"seed"`
	Sizes []sizeFigures `json:"sizes"`
}

// sizeFigures are those of one corpus.
type sizeFigures struct {
	Articles int             `json:"articles"`
	Text     int64           `json:"text"` // bytes
	Engines  []engineFigures `json:"engines"`
}

// engineFigures are those of one engine on one corpus. Times are milliseconds, sizes bytes.
type engineFigures struct {
	Name         string   `json:"name"` // plain or dateline
	Wall         float64  `json:"index_seconds"`
	CPU          float64  `json:"index_processor_seconds"`
	Disk         int64    `json:"disk"`
	IndexMemory  int64    `json:"index_memory"`
	Opened       float64  `json:"opened"`
	First        float64  `json:"first_search"`
	SearchMemory int64    `json:"search_memory"`
	Searches     []timing `json:"searches"`
}

// engineNames are how tables and plots call the engines, in their order.
var engineNames = []struct{ key, title string }{{"plain", "plain Bleve"}, {"dateline", "Dateline"}}

// scalePace is how often the searches of scale are run: the thirty of a kind once at least.
func scalePace(runs int) pace { return pace{Least: 1, Most: max(runs, 1), Seconds: 10} }

// measureScale measures corpora of all sizes, or reads what was measured, prints the tables and draws the plot.
func measureScale(out io.Writer, run runner, s settings, data string) error {
	if s.redraw != "" {
		f, err := readFigures(s.redraw)
		if err != nil {
			return err
		}
		return publish(out, f, s.svg, "")
	}
	f := figures{Go: runtime.Version(), Cores: runtime.NumCPU(), Seed: s.seed}
	kept := strings.TrimSuffix(s.svg, filepath.Ext(s.svg)) + ".json"
	for _, articles := range s.sizes {
		size, err := measureSize(out, run, s, data, articles)
		if err != nil {
			return fmt.Errorf("%d articles: %w", articles, err)
		}
		f.Sizes = append(f.Sizes, size)
		if err := writeFigures(kept, f); err != nil { // also when a later size fails
			return err
		}
	}
	return publish(out, f, s.svg, kept)
}

// publish prints the tables and draws the plot.
func publish(out io.Writer, f figures, svg, kept string) error {
	for _, size := range f.Sizes {
		writeTables(out, size)
	}
	if err := os.MkdirAll(filepath.Dir(svg), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(svg, []byte(plot(f)), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s\n", strings.TrimSpace(svg+"\n"+kept))
	return nil
}

func readFigures(path string) (f figures, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return f, fmt.Errorf("%s: %w", path, err)
	}
	if len(f.Sizes) == 0 {
		return f, fmt.Errorf("%s: no figures", path)
	}
	return f, nil
}

func writeFigures(path string, f figures) error {
	b, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o644)
}

// measureSize makes a corpus and measures each engine on it. The corpus and the indexes are removed.
func measureSize(out io.Writer, run runner, s settings, data string, articles int) (size sizeFigures, err error) {
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return size, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	docs := filepath.Join(dir, "docs.tsv")
	progress("%d articles: the corpus", articles)
	if _, err := run(job{Do: "corpus", Dir: data, Docs: docs, Seed: s.seed, Span: span{Articles: articles}}); err != nil {
		return size, err
	}
	all, err := spanOf(docs)
	if err != nil {
		return size, err
	}
	groups, err := drawSearches(docs, s.seed)
	if err != nil {
		return size, err
	}
	size = sizeFigures{Articles: all.Articles, Text: all.Text}
	for _, e := range engineNames {
		if e.key == "plain" && articles > s.limit {
			fmt.Fprintf(out, "%d articles: plain Bleve is left out, since --plain-limit is %d\n\n", articles, s.limit)
			continue
		}
		progress("%d articles: %s", articles, e.title)
		j := job{Engine: e.key, Docs: docs, Dir: filepath.Join(dir, e.key), Span: all, Groups: groups, Timing: scalePace(s.runs)}
		f, err := measureEngine(run, j)
		if err != nil {
			return size, err
		}
		size.Engines = append(size.Engines, f)
	}
	return size, nil
}

// measureEngine indexes and searches, each in a process of its own, and removes the index.
func measureEngine(run runner, j job) (f engineFigures, err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(j.Dir)) }()
	j.Do = "index"
	indexed, err := run(j)
	if err != nil {
		return f, err
	}
	j.Do = "search"
	searched, err := run(j)
	m := indexed.Measure
	return engineFigures{Name: j.Engine, Wall: m.Wall, CPU: m.CPU, Disk: m.Disk, IndexMemory: m.Memory,
		Opened: searched.Opened, First: searched.First, SearchMemory: searched.Memory, Searches: searched.Groups}, err
}

// progress says on standard error what is being measured.
func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
