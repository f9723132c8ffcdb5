package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// writeTables prints the figures of one corpus in Markdown: what indexing took, and each kind of search.
func writeTables(out io.Writer, s sizeFigures) {
	writeIndexTable(out, s)
	writeSearchTable(out, s)
}

// indexRows are the figures of indexing and opening.
var indexRows = []struct {
	name string
	of   func(s sizeFigures, e engineFigures) float64
}{
	{"indexing, articles/s", func(s sizeFigures, e engineFigures) float64 { return float64(s.Articles) / e.Wall }},
	{"indexing, articles a processor second", func(s sizeFigures, e engineFigures) float64 { return float64(s.Articles) / e.CPU }},
	{"indexing, MB/s", func(s sizeFigures, e engineFigures) float64 { return float64(s.Text) / 1e6 / e.Wall }},
	{"bytes on disk a byte of text", func(s sizeFigures, e engineFigures) float64 { return float64(e.Disk) / float64(s.Text) }},
	{"resident memory, indexing, peak MB", func(_ sizeFigures, e engineFigures) float64 { return float64(e.IndexMemory) / 1e6 }},
	{"resident memory, searching, peak MB", func(_ sizeFigures, e engineFigures) float64 { return float64(e.SearchMemory) / 1e6 }},
	{"opening, ms", func(_ sizeFigures, e engineFigures) float64 { return e.Opened }},
	{"the first search after it, ms", func(_ sizeFigures, e engineFigures) float64 { return e.First }},
}

func writeIndexTable(out io.Writer, s sizeFigures) {
	header := []string{fmt.Sprintf("%s articles, %.1f MB", thousands(s.Articles), float64(s.Text)/1e6)}
	for _, e := range s.Engines {
		header = append(header, titleOf(e.Name))
	}
	writeHeader(out, header)
	for _, row := range indexRows {
		cells := []string{row.name}
		for _, e := range s.Engines {
			cells = append(cells, short(row.of(s, e)))
		}
		writeRow(out, cells)
	}
	fmt.Fprintln(out)
}

// writeSearchTable has a row for each kind that any engine was asked.
func writeSearchTable(out io.Writer, s sizeFigures) {
	header := []string{"search; ms, median and 99th percentile"}
	for _, e := range s.Engines {
		header = append(header, titleOf(e.Name)+": hits", "median", "p99")
	}
	writeHeader(out, header)
	for _, kind := range kindsOf(s) {
		cells := []string{kind}
		for _, e := range s.Engines {
			cells = append(cells, timingCells(e, kind)...)
		}
		writeRow(out, cells)
	}
	fmt.Fprintln(out)
}

func timingCells(e engineFigures, kind string) []string {
	t, ok := e.timing(kind)
	if !ok {
		return []string{"-", "-", "-"}
	}
	return []string{thousands(t.Hits), short(t.Median), short(t.P99)}
}

// timing returns the figures of a kind of search.
func (e engineFigures) timing(kind string) (timing, bool) {
	for _, t := range e.Searches {
		if t.Name == kind {
			return t, true
		}
	}
	return timing{}, false
}

// kindsOf lists the kinds of search that were measured, in the order of kinds.
func kindsOf(sizes ...sizeFigures) []string {
	measured := map[string]bool{}
	for _, s := range sizes {
		for _, e := range s.Engines {
			for _, t := range e.Searches {
				measured[t.Name] = true
			}
		}
	}
	var names []string
	for _, k := range kinds {
		if measured[k.name] {
			names = append(names, k.name)
		}
	}
	return names
}

func titleOf(engine string) string {
	for _, e := range engineNames {
		if e.key == engine {
			return e.title
		}
	}
	return engine
}

func writeHeader(out io.Writer, cells []string) {
	writeRow(out, cells)
	fmt.Fprintln(out, "|"+strings.Repeat("---|", len(cells)))
}

func writeRow(out io.Writer, cells []string) { fmt.Fprintln(out, "| "+strings.Join(cells, " | ")+" |") }

// short writes a number with three digits that say something.
func short(x float64) string {
	switch {
	case x >= 1000:
		return thousands(int(x + 0.5))
	case x >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
