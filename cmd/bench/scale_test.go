package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index"
)

// TestMain lets the tests' binary be the process that spawn starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "--child" && os.Args[2] == childJob {
		if err := runJob(os.Stdin, os.Stdout); err != nil {
			progress("%v", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// TestScale measures two small corpora, of which plain Bleve has one, and draws them again.
func TestScale(t *testing.T) {
	t.Parallel()
	dir, out := t.TempDir(), &strings.Builder{}
	s := settings{runs: 1, seed: 5, sizes: []int{60, 90}, limit: 80, svg: filepath.Join(dir, "plots", "scale.svg")}
	if err := measureScale(out, do, s, sampleData(t)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n| 90 articles, ", "| plain Bleve | Dateline |\n", "\n| phrase | ", "90 articles: plain Bleve is left out, since --plain-limit is 80\n"} {
		if !strings.Contains("\n"+out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	svg := readFile(t, s.svg)
	s.redraw, s.svg = filepath.Join(dir, "plots", "scale.json"), filepath.Join(dir, "again.svg")
	_, tables, _ := strings.Cut(out.String(), "is 80\n\n")
	tables, _, _ = strings.Cut(tables, dir)
	out.Reset()
	if err := measureScale(out, nil, s, ""); err != nil {
		t.Fatal(err)
	}
	if again := readFile(t, s.svg); again != svg {
		t.Error("the plot is drawn otherwise from the file")
	}
	if tables == "" || !strings.HasPrefix(out.String(), tables) {
		t.Errorf("the tables are not those that were printed:\n%s\n%s", tables, out)
	}
	f, err := readFigures(s.redraw)
	if err != nil || len(f.Sizes) != 2 || len(f.Sizes[0].Engines) != 2 || len(f.Sizes[1].Engines) != 1 {
		t.Fatalf("%+v, %v", f, err)
	}
	for _, e := range f.Sizes[0].Engines {
		if e.Disk == 0 || e.IndexMemory == 0 || e.SearchMemory == 0 || e.Wall == 0 || e.First == 0 || len(e.Searches) < 11 {
			t.Errorf("figures are missing: %+v", e)
		}
		for _, g := range e.Searches {
			if g.Runs < 30 || g.P99 < g.Median {
				t.Errorf("%s: %+v", e.Name, g)
			}
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestFilters holds that both engines find something with every filter, and that a filter narrows.
func TestFilters(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	docs := filepath.Join(dir, "docs.tsv")
	err := withProcesses(func(r runner) error {
		_, err := r(job{Do: "corpus", Dir: sampleData(t), Docs: docs, Seed: 2, Span: span{Articles: 400}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := spanOf(docs)
	if err != nil || all.Articles != 400 || !all.Last.After(all.First) {
		t.Fatalf("%+v, %v", all, err)
	}
	groups, err := drawSearches(docs, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range []string{"plain", "dateline"} {
		j := job{Do: "index", Engine: engine, Docs: docs, Dir: filepath.Join(dir, engine), Span: all}
		if _, err := do(j); err != nil {
			t.Fatal(err)
		}
		e, err := openSearcher(j)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			for _, p := range g.Probes[:8] {
				checkProbe(t, e, g.Name, p)
			}
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}

// checkProbe searches with and without the filters of a probe.
func checkProbe(t *testing.T, e searcher, kind string, p probe) {
	t.Helper()
	n, err := e.search(p)
	if err != nil {
		t.Fatalf("%s %+v: %v", kind, p, err)
	}
	wide, err := e.search(probe{Words: p.Words})
	if err != nil {
		t.Fatal(err)
	}
	// A word to be left out may leave nothing.
	if n == 0 && kind != "boolean" || p.Prefix == "" && n > wide {
		t.Errorf("%T, %s: %d hits with the filters of %+v, %d without", e, kind, n, p, wide)
	}
}

// completing is an engine that completes values.
type completing struct{ index.Engine }

func (completing) Facet(_ context.Context, _ index.Request, _ index.Field, prefix string) (*index.Facet, error) {
	if prefix == "" {
		return nil, errors.New("no prefix")
	}
	return &index.Facet{Distinct: len(prefix)}, nil
}

// TestSuggest holds that an engine is asked to complete names of every type.
func TestSuggest(t *testing.T) {
	d := &datelineSearcher{completing{}}
	if n, err := d.search(probe{Prefix: "Jor"}); n != 3*3 || err != nil {
		t.Errorf("%d values, %v", n, err)
	}
}

// threeSizes are figures of three corpora, plain Bleve without the largest.
func threeSizes() figures {
	f := figures{Go: "go1", Cores: 2, Seed: 1}
	for i, n := range []int{10_000, 100_000, 1_000_000} {
		s := sizeFigures{Articles: n, Text: int64(n) * 2300}
		for k, e := range engineNames {
			if e.key == "plain" && i == 2 {
				continue
			}
			ms := float64(n) / 10_000 * float64(3-k)
			s.Engines = append(s.Engines, engineFigures{Name: e.key, Wall: 10, CPU: 20, Disk: int64(n) * 1000, IndexMemory: 1e8, First: 1,
				Searches: []timing{{"word", 30, n / 10, ms, ms, 5 * ms}, {"everything", 30, n, ms, 2 * ms, 9 * ms}}})
		}
		f.Sizes = append(f.Sizes, s)
	}
	return f
}

func TestPlot(t *testing.T) {
	f := threeSizes()
	svg := plot(f)
	if svg != plot(f) {
		t.Error("the same figures are drawn in two ways")
	}
	counts, text := map[string]int{}, strings.Builder{}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the plot is no XML: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			counts[token.Name.Local]++
		case xml.CharData:
			text.Write(token)
			text.WriteByte('\n')
		}
	}
	// Two kinds, two engines, median and percentile; Dateline's have three points, Bleve's two.
	for name, want := range map[string]int{"svg": 1, "title": 1, "desc": 1, "g": 2, "polyline": 8, "circle": 2 * 2 * (3 + 2)} {
		if counts[name] != want {
			t.Errorf("%d elements %s, want %d", counts[name], name, want)
		}
	}
	for _, want := range []string{"\nword\n", "\neverything\n", "\n10k\n", "\n1M\n", "plain Bleve, median", "Dateline, 99th percentile",
		"Word: plain Bleve 3.00 of 10,000 articles, Dateline 2.00 of 10,000 articles"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the plot does not say %q", want)
		}
	}
	if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Error("the plot has a number that is none")
	}
}

func TestPlotOfOneSize(t *testing.T) {
	f := threeSizes()
	f.Sizes = f.Sizes[:1]
	f.Sizes[0].Engines[0].Searches[0] = timing{Name: "word"} // of no time at all
	for _, f := range []figures{f, {Sizes: []sizeFigures{{Articles: 1000}}}} {
		if svg := plot(f); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("a number that is none:\n%s", svg)
		}
	}
}

func TestTables(t *testing.T) {
	var out strings.Builder
	f := threeSizes()
	f.Sizes[1].Engines[1].Searches = f.Sizes[1].Engines[1].Searches[:1]
	writeTables(&out, f.Sizes[1])
	want := `| 100,000 articles, 230.0 MB | plain Bleve | Dateline |
|---|---|---|
| indexing, articles/s | 10,000 | 10,000 |
| indexing, articles a processor second | 5,000 | 5,000 |
| indexing, MB/s | 23.0 | 23.0 |
| bytes on disk a byte of text | 0.43 | 0.43 |
| resident memory, indexing, peak MB | 100 | 100 |
| resident memory, searching, peak MB | 0.00 | 0.00 |
| opening, ms | 0.00 | 0.00 |
| the first search after it, ms | 1.00 | 1.00 |

| search; ms, median and 99th percentile | plain Bleve: hits | median | p99 | Dateline: hits | median | p99 |
|---|---|---|---|---|---|---|
| word | 10,000 | 30.0 | 150 | 10,000 | 20.0 | 100 |
| everything | 100,000 | 60.0 | 270 | - | - | - |

`
	if out.String() != want {
		t.Errorf("tables\n%s\nwant\n%s", &out, want)
	}
}

func TestPercentile(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(100 - i)
	}
	for _, c := range []struct {
		values  []float64
		p, want float64
	}{
		{nil, 0.5, 0}, {[]float64{7}, 0.5, 7}, {[]float64{7}, 0.99, 7}, {[]float64{3, 1, 2}, 0.5, 2}, {[]float64{4, 3, 1, 2}, 0.5, 2},
		{hundred, 0.99, 99}, {hundred, 0.5, 50}, {hundred, 1, 100}, {hundred, 0, 1}, {hundred[:30], 0.99, 100},
	} {
		if got := percentile(c.values, c.p); got != c.want {
			t.Errorf("the percentile %g of %v is %g, want %g", c.p, c.values, got, c.want)
		}
	}
	if hundred[0] != 100 {
		t.Error("the values were put in another order")
	}
}

func TestNumbers(t *testing.T) {
	for x, want := range map[float64]string{0: "0.00", 1.234: "1.23", 12.34: "12.3", 123.4: "123", 1234.5: "1,235", 1234567: "1,234,567"} {
		if got := short(x); got != want {
			t.Errorf("%g is written %s, want %s", x, got, want)
		}
	}
}

func TestJobFaults(t *testing.T) {
	for _, j := range []job{{Do: "dance"}, {Do: "index", Engine: "none"}, {Do: "search", Engine: "none"}, {Do: "search", Engine: "plain", Dir: "nowhere"},
		{Do: "index", Engine: "dateline", Dir: t.TempDir(), Docs: "nowhere"}} {
		if _, err := do(j); err == nil {
			t.Errorf("%+v is no error", j)
		}
	}
	if _, err := spawn(t.Context(), job{Do: "dance"}); err == nil {
		t.Error("a child that fails is no error")
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := spawn(ended, job{Do: "dance"}); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted child: %v", err)
	}
	if _, err := readFigures(os.DevNull); err == nil {
		t.Error("a file without figures is no error")
	}
	dir := t.TempDir()
	if err := writeFigures(filepath.Join(dir, "f.json"), figures{}); err != nil {
		t.Fatal(err)
	}
	if _, err := readFigures(filepath.Join(dir, "f.json")); err == nil {
		t.Error("figures of nothing are no error")
	}
}

func TestDrawnSearches(t *testing.T) {
	docs := filepath.Join(t.TempDir(), "docs.tsv")
	if err := writeCorpus(sampleData(t), docs, 300, 1); err != nil {
		t.Fatal(err)
	}
	a, err := drawSearches(docs, 1)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := drawSearches(docs, 1)
	if asJSON(t, a) != asJSON(t, b) {
		t.Error("the same seed draws other searches")
	}
	for _, g := range a {
		different := map[string]bool{}
		for _, p := range g.Probes {
			different[asJSON(t, p)] = true
		}
		if g.Name != "everything" && len(different) < 15 || len(g.Probes) != probesOfKind {
			t.Errorf("%s: %d different searches of %d", g.Name, len(different), len(g.Probes))
		}
	}
	if _, err := drawSearches(os.DevNull, 1); err == nil {
		t.Error("no words are no error")
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestMixedFrequencies(t *testing.T) {
	got := strings.Join(mixed(map[string]int{"a": 100, "b": 50, "c": 20, "d": 9, "e": 5, "f": 3, "g": 2, "h": 1}, 4), " ")
	if want := "a b c g"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := mixed(map[string]int{"a": 1}, 4); len(got) != 1 {
		t.Errorf("of one word %q", got)
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		words words
		want  string
	}{
		{words{}, ""}, {words{All: []string{"oil", "price"}}, "oil price"}, {words{Phrase: "oil price"}, `"oil price"`},
		{words{Any: []string{"a", "b"}, All: []string{"c"}, Not: []string{"d"}}, "(a OR b) c -d"},
	} {
		if got := c.words.String(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	for _, text := range []string{"oil", "oil price", `"oil price"`} {
		if got := parseWords(text).String(); got != text {
			t.Errorf("%q was read as %q", text, got)
		}
	}
	if got := parseWords("*").String(); got != "" {
		t.Errorf("everything was read as %q", got)
	}
}
