package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

// Where Debian's packages liblucene8-java and libhppc-java put their jars; Lucene's programs may do without the second.
const (
	luceneJars = "/usr/share/java/lucene*.jar"
	hppcJars   = "/usr/share/java/hppc*.jar"
)

// findLucene compiles the program that measures Lucene, or says what is missing.
func findLucene(programs, docs, dir string, all span) (peer, error) {
	jars, err := filepath.Glob(luceneJars)
	if err != nil {
		return peer{}, err
	}
	hppc, err := filepath.Glob(hppcJars)
	if err != nil {
		return peer{}, err
	}
	if len(jars) == 0 {
		return peer{}, fmt.Errorf("no %s (Debian's package liblucene8-java)", luceneJars)
	}
	for _, program := range []string{"java", "javac"} {
		if _, err := exec.LookPath(program); err != nil {
			return peer{}, err
		}
	}
	classes := filepath.Join(dir, "classes")
	path := strings.Join(append(append(jars, hppc...), classes), string(os.PathListSeparator))
	if _, _, err := external("javac", "-cp", path, "-d", classes, filepath.Join(programs, "LuceneBench.java")); err != nil {
		return peer{}, err
	}
	java := func(args ...string) []string {
		return append([]string{"java", "-Xmx4g", "-cp", path, "LuceneBench"}, args...)
	}
	into := filepath.Join(dir, "lucene")
	return programPeer("Lucene", into, all, java("index", docs, into), java("query", into), "*"), nil
}

// findFTS5 says what is missing for the program that measures SQLite FTS5.
func findFTS5(programs, docs, dir string, all span) (peer, error) {
	program := filepath.Join(programs, "fts5_bench.py")
	if !isThere(program) {
		return peer{}, fmt.Errorf("no %s", program)
	}
	if _, _, err := external("python3", "-c", "import sqlite3; sqlite3.connect(':memory:').execute('create virtual table t using fts5(a)')"); err != nil {
		return peer{}, err
	}
	into := filepath.Join(dir, "fts5.db")
	command := []string{"python3", program, docs, into}
	return programPeer("SQLite FTS5", into, all, command, command, ""), nil
}

// programPeer is measured by a program of its own. star is what it takes for everything, "" when it cannot be asked for that.
func programPeer(name, into string, all span, toIndex, toSearch []string, star string) peer {
	return peer{
		name: name,
		index: func() (measure, error) {
			text, peak, err := external(toIndex...)
			if err != nil {
				return measure{}, err
			}
			m, err := parseIndexed(text)
			if err != nil {
				return m, err
			}
			if m.Articles != all.Articles {
				return m, fmt.Errorf("%d articles were indexed, not %d", m.Articles, all.Articles)
			}
			m.Text, m.Memory = all.Text, peak
			m.Disk, err = diskUse(into)
			return m, err
		},
		search: func(queries []string) (peerTimes, error) {
			var asked []string
			for _, q := range queries {
				if q != "*" || star != "" {
					asked = append(asked, q)
				}
			}
			text, _, err := external(append(toSearch[:len(toSearch):len(toSearch)], asked...)...)
			if err != nil {
				return nil, err
			}
			return parseTimes(text, asked)
		},
	}
}

// external runs a program and returns what it prints and the most bytes that it had resident.
func external(args ...string) (text string, peak int64, err error) {
	cmd := exec.Command(args[0], args[1:]...)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		return "", 0, fmt.Errorf("%s: %w: %s", args[0], err, strings.TrimSpace(faults.String()))
	}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		peak = r.Maxrss * 1024
	}
	return string(out), peak, nil
}

// What the programs print: "lucene index: 1000 articles, 3.1 MB, wall 1.2 s, processor 2.1 s, ..."
var (
	indexedLine = regexp.MustCompile(`index: (\d+) articles,.* wall ([\d.]+) s, processor ([\d.]+) s`)
	timeLine    = regexp.MustCompile(`^  (\S.*?) +wall median +([\d.]+) ms  processor +([\d.]+) ms  \((\d+)\)$`)
)

// parseIndexed reads what a program says of indexing.
func parseIndexed(text string) (m measure, err error) {
	found := indexedLine.FindStringSubmatch(text)
	if found == nil {
		return m, fmt.Errorf("no figures of indexing in %q", text)
	}
	var errs [3]error
	m.Articles, errs[0] = strconv.Atoi(found[1])
	m.Wall, errs[1] = strconv.ParseFloat(found[2], 64)
	m.CPU, errs[2] = strconv.ParseFloat(found[3], 64)
	return m, errors.Join(errs[:]...)
}

// parseTimes reads the figures of queries: a line with the query, then one for each thing measured.
func parseTimes(text string, queries []string) (peerTimes, error) {
	times, asked := peerTimes{}, setOf(queries...)
	query := ""
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		line := lines.Text()
		if asked[line] {
			query = line
			continue
		}
		found := timeLine.FindStringSubmatch(line)
		if found == nil || query == "" {
			continue
		}
		t, err := parseTiming(found)
		if err != nil {
			return nil, err
		}
		switch {
		case strings.Contains(t.Name, "facets"):
			times[peerCase{query, facets}] = t
		case t.Name == "top 10, total exact", t.Name == "top 10 by bm25":
			times[peerCase{query, nothing}] = t
		}
	}
	return times, checkTimes(times, queries)
}

func parseTiming(found []string) (t timing, err error) {
	var errs [3]error
	t.Name = found[1]
	t.Median, errs[0] = strconv.ParseFloat(found[2], 64)
	t.CPU, errs[1] = strconv.ParseFloat(found[3], 64)
	t.Hits, errs[2] = strconv.Atoi(found[4])
	return t, errors.Join(errs[:]...)
}

// checkTimes reports a query without figures: the program prints something else than it used to. Hits are those of the search
// with facets, since FTS5 counts none without.
func checkTimes(times peerTimes, queries []string) error {
	for _, q := range queries {
		alone := times[peerCase{q, nothing}]
		alone.Hits = times[peerCase{q, facets}].Hits
		for _, b := range []beside{nothing, facets} {
			if _, ok := times[peerCase{q, b}]; !ok {
				return fmt.Errorf("no figures of %s", q)
			}
		}
		times[peerCase{q, nothing}] = alone
	}
	return nil
}
