package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// sampleOriginals are the sample articles, the English ones.
func sampleOriginals(t *testing.T) *originals {
	t.Helper()
	o, err := readOriginals(sampleData(t))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// sampleData is a folder of data with the sample articles in it.
func sampleData(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Symlink(absolute(t, "../../testdata/articles/text"), filepath.Join(dir, "reuters_news")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// corpusOf composes a corpus and reads it back.
func corpusOf(t *testing.T, o *originals, articles int, seed uint64) (text []byte, list []doc) {
	t.Helper()
	var b bytes.Buffer
	if err := compose(&b, o, articles, seed); err != nil {
		t.Fatal(err)
	}
	text = slices.Clone(b.Bytes())
	err := eachDoc(&b, func(d sized, err error) bool {
		list = append(list, d.doc)
		return err == nil
	})
	if err != nil || len(list) != articles {
		t.Fatalf("%d articles, want %d, %v", len(list), articles, err)
	}
	return text, list
}

func TestCorpusIsTheSameForASeed(t *testing.T) {
	o := sampleOriginals(t)
	a, _ := corpusOf(t, o, 500, 7)
	b, _ := corpusOf(t, sampleOriginals(t), 500, 7)
	c, _ := corpusOf(t, o, 500, 8)
	if !bytes.Equal(a, b) {
		t.Error("the same seed makes another corpus")
	}
	if bytes.Equal(a, c) {
		t.Error("another seed makes the same corpus")
	}
}

func TestCorpusIsLikeNews(t *testing.T) {
	_, list := corpusOf(t, sampleOriginals(t), 20_000, 1)
	sourcesOf, texts, days, weekends, ids := map[string]int{}, map[string]doc{}, map[string]int{}, 0, map[string]bool{}
	entities, copies, body, byYear := 0, 0, 0, map[int]int{}
	for _, d := range list {
		sourcesOf[d.Source]++
		days[d.Day.Format(dayLayout)]++
		byYear[d.Day.Year()]++
		ids[d.ID] = true
		entities += len(d.Entities)
		body += len(d.Body)
		if w := d.Day.Weekday(); w == 0 || w == 6 {
			weekends++
		}
		if was, copied := texts[d.Title+"\t"+d.Body]; copied {
			copies++
			if was.ID == d.ID || !slices.Equal(was.Entities, d.Entities) {
				t.Errorf("a copy %+v of %+v", d, was)
			}
		} else {
			texts[d.Title+"\t"+d.Body] = d
		}
	}
	n := float64(len(list))
	head := sourcesOf[publisher(0)]
	busiest := slices.Max(valuesOf(days))
	for _, c := range []struct {
		what             string
		got, least, most float64
	}{
		{"ids", float64(len(ids)), n, n},
		{"share of the first source: 1/H(2000)", float64(head) / n, 0.10, 0.14},
		{"the first source over the second", float64(head) / float64(sourcesOf[publisher(1)]), 1.7, 2.3},
		{"sources", float64(len(sourcesOf)), 1400, 2000},
		{"entities", float64(entities) / n, 9, 10.5},
		{"copies", float64(copies) / n, 0.12, 0.18},
		{"bytes of body", float64(body) / n, 1200, 2600},
		{"weekends", float64(weekends) / n, 0.15, 0.25},
		{"years", float64(len(byYear)), years, years},
		{"the last three years over the first three", float64(byYear[2022]+byYear[2023]+byYear[2024]) / float64(byYear[2010]+byYear[2011]+byYear[2012]), 1.5, 4},
		{"articles of the busiest day over the mean", float64(busiest) * float64(len(days)) / n, 8, 200},
	} {
		if c.got < c.least || c.got > c.most || math.IsNaN(c.got) {
			t.Errorf("%s: %.3f, not from %g to %g", c.what, c.got, c.least, c.most)
		}
	}
}

func valuesOf(m map[string]int) (values []int) {
	for _, v := range m {
		values = append(values, v)
	}
	return values
}

func TestCopiesAreLaterAndElsewhere(t *testing.T) {
	_, list := corpusOf(t, sampleOriginals(t), 5000, 3)
	first := map[string]doc{}
	for _, d := range list {
		was, copied := first[d.Body]
		if copied && (!d.Day.After(was.Day) || d.Title != was.Title) {
			t.Fatalf("%s of %s is no later copy of %s of %s", d.ID, d.Day, was.ID, was.Day)
		}
		if !copied {
			first[d.Body] = d
		}
	}
}

func TestPublishersDiffer(t *testing.T) {
	names := map[string]bool{}
	for i := range sources {
		names[publisher(i)] = true
	}
	if len(names) != sources {
		t.Errorf("%d names of %d sources", len(names), sources)
	}
}

func TestFindNames(t *testing.T) {
	for text, want := range map[string]string{
		"The Bank of England said Joris Dekker left.":           "Bank of England|Joris Dekker",
		"He met U.S. President Ana Maria Lopez Garcia in Lima.": "U.S. President Ana Maria|Lopez Garcia",
		"On Monday the price rose; A Plan failed.":              "",
		"shares of AT&T Corp and Smith-Jones Ltd. fell":         "AT&T Corp and Smith-Jones Ltd",
		"in the Ministry of Trade and Industry, xJoris Dekker":  "Ministry of Trade and Industry",
		"THE " + strings.Repeat("VERY ", 3) + "LONG":            "THE VERY VERY VERY",
		strings.Repeat("X", 40) + " " + strings.Repeat("Y", 40): "",
		"École Normale, Ölhafen Nord":                           "",
		"Rotterdam":                                             "",
		"the end, of de la And":                                 "",
		"Republic of ":                                          "",
		"Joris  Dekker of the North Quay":                       "North Quay",
	} {
		if got := strings.Join(findNames(text), "|"); got != want {
			t.Errorf("%q: names %q, want %q", text, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	text := `Oil prices rose by two percent on Monday in Rotterdam. Mr. Dekker said "that was no surprise at all to us." "We knew", he said of the U.S. Senate.`
	want := []string{
		`Oil prices rose by two percent on Monday in Rotterdam.`,
		`Mr. Dekker said "that was no surprise at all to us."`,
		`"We knew", he said of the U.S. Senate.`,
	}
	if got := sentences(text); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestDocLines(t *testing.T) {
	line := "id1\t20240229\ta.example\tJoris Dekker|North Quay\tOil rose\tThe body."
	d, err := parseDoc(line)
	if err != nil || string(d.appendTo(nil)) != line+"\n" {
		t.Errorf("%q came back as %q, %v", line, d.appendTo(nil), err)
	}
	a := d.article()
	if reason, detail := index.Check(&a); reason != "" || a.Day() != "2024-02-29" || len(a.Values("entity")) != 2 || a.Text == "" {
		t.Errorf("%+v: %s, %s", a, reason, detail)
	}
	if d, err = parseDoc("id1\t20230229\ta.example\t\t\t"); err != nil || d.Day.Day() != 28 || d.Entities != nil {
		t.Errorf("a 29 February that is none: %+v, %v", d, err)
	}
	for _, bad := range []string{"", "a\tb", "id\tnever\ts\t\tt\tb", "id\t20240101\ts\t\tt\tb\tmore"} {
		if _, err := parseDoc(bad); err == nil {
			t.Errorf("%q is no error", bad)
		}
	}
	err = eachDoc(strings.NewReader(line+"\nbad\n"), func(sized, error) bool { return true })
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v names no line", err)
	}
}

func TestLines(t *testing.T) {
	out := filepath.Join(t.TempDir(), "docs.tsv")
	if err := run(settings{}, []string{"lines", "../../testdata/articles/reuters", "../../testdata/articles/jsonl", out}, nil, io.Discard); err != nil {
		t.Fatal(err)
	}
	articles, err := read([]string{"../../testdata/articles/reuters", "../../testdata/articles/jsonl"})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for d, err := range docs(out) {
		if err != nil {
			t.Fatal(err)
		}
		if a := &articles[n]; d.ID != a.ID || d.Day.Format("2006-01-02") != a.Day() && a.Day() != "" || len(d.Entities) != len(a.Entities) {
			t.Errorf("%+v is not %+v", d, a)
		}
		n++
	}
	if n != len(articles) {
		t.Errorf("%d lines of %d articles", n, len(articles))
	}
	if all, err := spanOf(out); err != nil || all.First.Year() < 1900 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestEntityTypes(t *testing.T) {
	counts := map[string]int{}
	for i := range 3000 {
		counts[entityType(fmt.Sprint("name ", i))]++
	}
	if len(counts) != 3 || slices.Min(valuesOf(counts)) < 800 {
		t.Errorf("types %v", counts)
	}
}

func TestZipf(t *testing.T) {
	d, sum := zipf(100, 1, 1), 0.0
	for i := range d {
		sum += d.share(i)
	}
	if math.Abs(sum-1) > 1e-9 || math.Abs(d.share(0)-2*d.share(1)) > 1e-9 || d.share(99) <= 0 {
		t.Errorf("shares %v, %v, %v; all %v", d.share(0), d.share(1), d.share(99), sum)
	}
}

// fullDisk takes no bytes.
type fullDisk struct{}

var errFull = errors.New("no space")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestCorpusFaults(t *testing.T) {
	if err := compose(fullDisk{}, sampleOriginals(t), 2000, 1); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
	if err := writeCorpus(t.TempDir(), filepath.Join(t.TempDir(), "out.tsv"), 10, 1); err == nil {
		t.Error("no news are no error")
	}
	if err := writeCorpus(sampleData(t), filepath.Join(t.TempDir(), "out.tsv"), 0, 1); err == nil {
		t.Error("no articles are no error")
	}
	if _, err := spanOf(os.DevNull); err == nil {
		t.Error("an empty file is no error")
	}
	if err := run(settings{}, nil, nil, io.Discard); !errors.Is(err, errUsage) {
		t.Errorf("no command: %v", err)
	}
}
