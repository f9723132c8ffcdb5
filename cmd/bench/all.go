package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// measureAll measures everything that the README shows, one after the other: Reuters-21578 and the operators, corpora of all
// sizes, and the other engines on one of the size in the middle.
func measureAll(out io.Writer, run runner, s settings, data string) (err error) {
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	reuters := []string{filepath.Join(data, "reuters21578")}
	lines := filepath.Join(dir, "corpus.tsv")
	for _, part := range []struct {
		title string
		do    func() error
	}{
		{"Reuters-21578: indexing", func() error { return compare(s.runs, reuters) }},
		{"Reuters-21578: searching", func() error { return compareSearch(s.runs, reuters) }},
		{"Reuters-21578: operators", func() error { return compareOperators(out, s.runs, s.articles, reuters) }},
		{"Corpora", func() error { return measureScale(out, run, s, data) }},
		{"Other engines", func() error {
			if err := writeCorpus(data, lines, s.sizes[len(s.sizes)/2], s.seed); err != nil {
				return err
			}
			return comparePeers(out, run, s.runs, lines, nil)
		}},
	} {
		fmt.Fprintf(out, "\n# %s\n\n", part.title)
		if err := part.do(); err != nil {
			return fmt.Errorf("%s: %w", part.title, err)
		}
	}
	return nil
}
