package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// peerQueries are asked when the command line names none; "*" is everything.
var peerQueries = []string{"said", "oil", "oil price", "cocoa", `"company said"`, "*"}

// peerPace runs a search often enough for the garbage collector to take its share.
var peerPace = pace{Warm: 2, Least: 5, Most: 200, Seconds: 1}

// peer is an engine that is measured beside others on one file of articles.
type peer struct {
	name   string
	index  func() (measure, error)
	search func(queries []string) (peerTimes, error) // in a process of its own
}

// peerTimes are the figures of each query and of each thing asked beside its hits.
type peerTimes map[peerCase]timing

type peerCase struct {
	query  string
	beside beside
}

// otherPeers are engines of other languages. Their programs are looked for, and an error says what is missing.
var otherPeers = []struct {
	name string
	find func(programs, docs, dir string, all span) (peer, error)
}{{"Lucene", findLucene}, {"SQLite FTS5", findFTS5}}

// besides are what is asked of peers, in the order of the table.
var besides = []struct {
	beside beside
	title  string
}{
	{nothing, "top 10"},
	{facets, "top 10, facets of source and entities, histogram"},
	{everything, "every facet, histogram, marked passages"},
}

// comparePeers measures all engines that are there on a file of articles: each indexes it once; then they search in turn.
func comparePeers(out io.Writer, run runner, runs int, docs string, queries []string) (err error) {
	if len(queries) == 0 {
		queries = peerQueries
	}
	all, err := spanOf(docs)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	fmt.Fprintf(out, "%s articles, %.1f MB\n\n", thousands(all.Articles), float64(all.Text)/1e6)
	found := []peer{ownPeer(run, "plain", docs, dir, all), ownPeer(run, "dateline", docs, dir, all)}
	programs := filepath.Join(filepath.Dir(sharedData(nil)), "peers")
	for _, o := range otherPeers {
		p, err := o.find(programs, docs, dir, all)
		if err != nil {
			fmt.Fprintf(out, "ABSENT: %s: %v\n\n", o.name, err)
			continue
		}
		found = append(found, p)
	}
	if err := indexPeers(out, found); err != nil {
		return err
	}
	return searchPeers(out, found, runs, queries)
}

// indexPeers indexes with each, one after the other, and prints the table.
func indexPeers(out io.Writer, peers []peer) error {
	writeHeader(out, []string{"indexing", "articles a processor second", "wall, s", "index / text", "peak memory, MB"})
	for _, p := range peers {
		progress("%s: indexing", p.name)
		m, err := p.index()
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		writeRow(out, []string{p.name, short(float64(m.Articles) / m.CPU), short(m.Wall), short(float64(m.Disk) / float64(m.Text)), short(float64(m.Memory) / 1e6)})
	}
	fmt.Fprintln(out)
	return nil
}

// searchPeers has all search in turn, again and again, and prints the medians.
func searchPeers(out io.Writer, peers []peer, runs int, queries []string) error {
	times := make([][]peerTimes, len(peers))
	for i := range max(runs, 1) {
		for k, p := range peers {
			progress("%s: searching, %d of %d", p.name, i+1, max(runs, 1))
			t, err := p.search(queries)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			times[k] = append(times[k], t)
		}
	}
	header := []string{"processor ms (wall ms)", "hits"}
	for _, p := range peers {
		header = append(header, p.name)
	}
	for _, b := range besides {
		fmt.Fprintf(out, "%s:\n\n", b.title)
		writeHeader(out, header)
		for _, q := range queries {
			writePeerRow(out, times, peerCase{q, b.beside})
		}
		fmt.Fprintln(out)
	}
	return nil
}

// writePeerRow prints one query.
func writePeerRow(out io.Writer, times [][]peerTimes, c peerCase) {
	var hits []int
	var cells []string
	for _, runs := range times {
		var list []timing
		for _, t := range runs {
			if found, ok := t[c]; ok {
				list = append(list, found)
			}
		}
		if len(list) == 0 {
			cells = append(cells, "-")
			continue
		}
		cpu := medianOf(list, func(t timing) float64 { return t.CPU })
		wall := medianOf(list, func(t timing) float64 { return t.Median })
		cells = append(cells, fmt.Sprintf("%s (%s)", short(cpu), short(wall)))
		hits = append(hits, list[0].Hits)
	}
	name := "`" + c.query + "`"
	if c.query == "*" {
		name = "everything"
	}
	writeRow(out, append([]string{name, hitsOf(hits)}, cells...))
}

// hitsOf writes how many articles the engines find, the fewest and the most: their stems and fields differ.
func hitsOf(hits []int) string {
	if len(hits) == 0 {
		return "-"
	}
	least, most := slices.Min(hits), slices.Max(hits)
	if least == most {
		return thousands(least)
	}
	return thousands(least) + " to " + thousands(most)
}

func medianOf(list []timing, of func(timing) float64) float64 {
	var values []float64
	for _, t := range list {
		values = append(values, of(t))
	}
	return percentile(values, 0.5)
}

// ownPeer is plain Bleve or Dateline.
func ownPeer(run runner, engine, docs, dir string, all span) peer {
	j := job{Engine: engine, Docs: docs, Dir: filepath.Join(dir, engine), Span: all, Timing: peerPace}
	return peer{
		name: titleOf(engine),
		index: func() (measure, error) {
			j.Do = "index"
			o, err := run(j)
			return o.Measure, err
		},
		search: func(queries []string) (peerTimes, error) {
			j.Do, j.Groups = "search", nil
			var cases []peerCase
			for _, q := range queries {
				for _, b := range besides {
					cases = append(cases, peerCase{q, b.beside})
					j.Groups = append(j.Groups, group{q, []probe{{Words: parseWords(q), Beside: b.beside}}})
				}
			}
			o, err := run(j)
			times := peerTimes{}
			for i, t := range o.Groups {
				times[cases[i]] = t
			}
			return times, err
		},
	}
}
