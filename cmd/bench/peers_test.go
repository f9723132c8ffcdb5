package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPeers measures the engines on a few articles: plain Bleve and Dateline, and the others where they are.
func TestPeers(t *testing.T) {
	if shared := absolute(t, "../../../shared"); isThere(shared) && os.Getenv("DATELINE_SHARED") == "" {
		t.Setenv("DATELINE_SHARED", shared)
	}
	docs, out := filepath.Join(t.TempDir(), "docs.tsv"), &strings.Builder{}
	if err := writeCorpus(sampleData(t), docs, 200, 1); err != nil {
		t.Fatal(err)
	}
	pace := peerPace
	peerPace.Seconds = 0.01
	defer func() { peerPace = pace }()
	if err := comparePeers(out, do, 1, docs, []string{"oil", `"north quay"`, "*"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n200 articles, ", "\n| plain Bleve | ", "\n| Dateline | ", "\n| `oil` | ", "\n| `\"north quay\"` | ", "\n| everything | 200 |",
		"\ntop 10, facets of source and entities, histogram:\n"} {
		if !strings.Contains("\n"+out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	for _, name := range []string{"Lucene", "SQLite FTS5"} {
		if strings.Contains(out.String(), "| "+name+" |") == strings.Contains(out.String(), "ABSENT: "+name) {
			t.Errorf("%s is neither measured nor said to be absent:\n%s", name, out)
		}
	}
	if err := comparePeers(out, do, 1, os.DevNull, nil); err == nil {
		t.Error("no articles are no error")
	}
}

func TestAbsentPeers(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, o := range otherPeers {
		if _, err := o.find(t.TempDir(), "", t.TempDir(), span{}); err == nil {
			t.Errorf("%s is found where it is not", o.name)
		}
	}
}

// printed is what the programs of the peers print.
const printed = `lucene index: 106900 articles, 361.1 MB, wall 50.2 s, processor 83.3 s, 1283 articles per processor second, index 0.90 of text
oil
  top 10, total exact                wall median    0.412 ms  processor    0.800 ms  (11056)
  top 10 + 2 facets + day histogram  wall median    2.900 ms  processor    5.600 ms  (11056)
  top 10, one-month filter           wall median    0.100 ms  processor    0.200 ms  (132)
"oil price"
  top 10 by bm25                     wall median    1.000 ms  processor    1.100 ms  (10)
  2 facets + day histogram           wall median   10.000 ms  processor   12.000 ms  (345)
`

func TestParsePrinted(t *testing.T) {
	m, err := parseIndexed(printed)
	if err != nil || m.Articles != 106900 || m.Wall != 50.2 || m.CPU != 83.3 {
		t.Errorf("%+v, %v", m, err)
	}
	times, err := parseTimes(printed, []string{"oil", `"oil price"`})
	if err != nil || len(times) != 4 {
		t.Fatalf("%+v, %v", times, err)
	}
	for c, want := range map[peerCase]timing{
		{"oil", nothing}:         {Hits: 11056, CPU: 0.8, Median: 0.412},
		{"oil", facets}:          {Hits: 11056, CPU: 5.6, Median: 2.9},
		{`"oil price"`, nothing}: {Hits: 345, CPU: 1.1, Median: 1},
	} {
		got := times[c]
		got.Name = ""
		if got != want {
			t.Errorf("%v: %+v, want %+v", c, got, want)
		}
	}
	if _, err := parseTimes(printed, []string{"oil", "gas"}); err == nil {
		t.Error("a query without figures is no error")
	}
	if _, err := parseIndexed("done"); err == nil {
		t.Error("no figures of indexing are no error")
	}
}

func TestMedianOverRepeats(t *testing.T) {
	var out strings.Builder
	c := peerCase{"oil", nothing}
	one := func(cpu float64, hits int) peerTimes { return peerTimes{c: {CPU: cpu, Median: cpu / 2, Hits: hits}} }
	times := [][]peerTimes{{one(4, 7), one(2, 7), one(9, 7)}, {one(1, 7)}, {one(1, 8)}, {{}}}
	writePeerRow(&out, times, c)
	if want := "| `oil` | 7 to 8 | 4.00 (2.00) | 1.00 (0.50) | 1.00 (0.50) | - |\n"; out.String() != want {
		t.Errorf("%swant %s", &out, want)
	}
}

func TestFailingPeer(t *testing.T) {
	broken := errors.New("broken")
	p := peer{"x", func() (measure, error) { return measure{}, broken }, func([]string) (peerTimes, error) { return nil, broken }}
	var out strings.Builder
	if err := indexPeers(&out, []peer{p}); !errors.Is(err, broken) {
		t.Errorf("indexing: %v", err)
	}
	if err := searchPeers(&out, []peer{p}, 1, nil); !errors.Is(err, broken) {
		t.Errorf("searching: %v", err)
	}
	if _, _, err := external("go", "no-such-command"); err == nil {
		t.Error("a program that fails is no error")
	}
}
