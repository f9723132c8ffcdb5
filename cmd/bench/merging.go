package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"dateline/index"
	"dateline/index/memory"
	"dateline/index/names"
)

// pairsFile is the golden pairs of names, from the root of this module: type, two names, same or not, and of what kind they
// are.
const pairsFile = "testdata/names/pairs.tsv"

// goldenPair is a line of it.
type goldenPair struct {
	typ, a, b string
	same      bool
}

func readGoldenPairs(name string) (pairs []goldenPair, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		f := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "#"):
		case len(f) < 4 || f[3] != "same" && f[3] != "not":
			return nil, fmt.Errorf("%s:%d: no type, two names, and same or not", name, i+1)
		default:
			pairs = append(pairs, goldenPair{f[0], f[1], f[2], f[3] == "same"})
		}
	}
	return pairs, nil
}

// merging counts what was merged rightly, wrongly, and not though it is the same.
type merging struct{ right, wrong, missed int }

func (m *merging) count(merged, same bool) {
	switch {
	case merged && same:
		m.right++
	case merged:
		m.wrong++
	case same:
		m.missed++
	}
}

func (m merging) row(what string) []string {
	part := func(right, of int) string { return fmt.Sprintf("%.3f", float64(right)/float64(max(of, 1))) }
	return []string{what, fmt.Sprint(m.right), fmt.Sprint(m.wrong), fmt.Sprint(m.missed), part(m.right, m.right+m.wrong), part(m.right, m.right+m.missed)}
}

// measureMerging prints how many of the golden pairs are merged: by an archive that has an article of each and nothing else, and
// by the comparison of names alone.
func measureMerging(out io.Writer, name string) error {
	pairs, err := readGoldenPairs(name)
	if err != nil {
		return err
	}
	var archive, alone merging
	for _, p := range pairs {
		merged, err := p.merges()
		if err != nil {
			return err
		}
		score, _ := names.Same(p.typ, p.a, p.b)
		archive.count(merged, p.same)
		alone.count(score >= names.Merge, p.same)
	}
	fmt.Fprintf(out, "%d pairs of names that are the same or not\n\n", len(pairs))
	writeHeader(out, []string{"", "right", "wrong", "missed", "precision", "recall"})
	writeRow(out, archive.row("an archive of the two"))
	writeRow(out, alone.row("the two compared"))
	fmt.Fprintln(out)
	return nil
}

// merges reports whether an engine with an article of each name has one entity.
func (p goldenPair) merges() (bool, error) {
	ctx := context.Background()
	e := memory.New(memory.Options{})
	defer e.Close()
	var articles []index.Article
	for i, name := range []string{p.a, p.b} {
		articles = append(articles, index.Article{ID: fmt.Sprint(i), Title: "of " + name, Entities: []index.Entity{{Type: p.typ, Name: name, Count: 1}}})
	}
	if _, err := e.Put(ctx, articles); err != nil {
		return false, err
	}
	facet, err := e.Facet(ctx, index.Request{}, index.Field(p.typ), "")
	return err == nil && facet.Distinct == 1, err
}
