// Command bench measures Dateline beside plain Bleve on the same articles, in one run.
//
//	go run ./cmd/bench [-n RUNS] index PATH...    indexing: processor time, wall time, size on disk, memory
//	go run ./cmd/bench [-n RUNS] entities PATH...   indexing with and without the names in the texts, in turn
//	go run ./cmd/bench [-n RUNS] search PATH...   searching, with every facet and the timeline
//	go run ./cmd/bench [-n RUNS] [--articles N] operators PATH...   proximity, patterns, long questions; over N articles made of those read
//	go run ./cmd/bench --articles N [--seed S] corpus [SHARED] OUT.tsv   makes a corpus out of the news below SHARED/data
//	go run ./cmd/bench lines PATH... OUT.tsv   the articles of files in the same form, as they are
//	go run ./cmd/bench [-n RUNS] peers DOCS.tsv [QUERY...]   both beside Lucene and SQLite FTS5, where these are
//	go run ./cmd/bench [-n RUNS] [--sizes N,N...] scale [SHARED]   both on ever larger corpora: a table and a plot
//	go run ./cmd/bench all [SHARED]   Reuters-21578, operators, scale and peers, one after the other
//	go run ./cmd/bench names [SHARED]   how many of the marked names in news are found, how many of the golden pairs merged, and how fast
//	go run ./cmd/bench [-v] pages [SHARED]   how much of web pages is read right, beside plain readability, and how fast
//	go run ./cmd/bench [--set NAME] relevance [SHARED]   how well both rank judged articles: time, newsquiz, multihop, headlines
//
// Plain Bleve is what its documentation shows first: the default mapping and batches of 500, terms facets and a facet of
// date ranges by month. When indexing is measured each run is a process of its own, the two in turn; the articles are read
// into memory first, which is not measured. Both keep the articles.
//
// A corpus is a line an article: id, day, source, entities, title and body. It is the same for the same news and seed, in the
// order of its days. Plain Bleve there has the default mapping with keyword fields for source and entities, searches the body
// and has its histogram by month; Dateline searches all text, has its timeline by day. In Dateline a
// name is a person, an organisation or a place, as a hash of it decides, so that both count the same values. Bytes of text are
// those of the lines. Only the engines are measured, not the reading of formats. Indexing runs once.
//
// Peers has each search run many times; processor time is of all cores and has the garbage collector in it. Each repetition is
// a process of its own, the engines take turns, and the figures are medians over the repetitions. Lucene and SQLite FTS5 are
// measured by their programs in SHARED/peers and are left out, which is said, where java, Debian's jars or python3 are missing.
//
// Scale draws thirty searches of each kind from the corpus, of all frequencies, and runs them -n times as far as ten seconds
// go; the median and the 99th percentile (nearest rank) are over all these runs, the first ones of each word included. Opening
// and the first search come with what the operating system still has in memory. The figures are kept beside the plot;
// --redraw FILE draws it again.
//
// Names are measured on the held-out tenth of the Groningen Meaning Bank, which the finder has not learnt from, and on testa of
// CoNLL-2003, of which it has seen nothing; a name counts when its first and last word and its type are right. All finders get
// the words as the corpora cut them (prose, which cuts for itself, the same words parted by spaces), so that how they cut
// makes no difference. Capitals is every row of capitalised words that opens no sentence, typed by the lists, else a person.
// Prose is run with go in testdata/prose, on a part, as it is slow.
//
// Pages are those of SHARED/data/html_bodies, html_pages and html_dates, with what is known of each. Bodies are compared as the
// article-extraction-benchmark does, in runs of four words, and by single words; titles whole, but for white space and the kinds
// of quotation marks; days in the publisher's zone or in UTC. Dateline is given the page alone, and with its address; readability
// is used as its documentation shows. With -v the pages are listed that Dateline reads otherwise.
//
// Relevance is measured on questions with judged articles below SHARED/data, or $DATELINE_SHARED/data, or ../shared/data. Any
// word of the question may match. Plain Bleve searches the field of all texts or each field by itself, whichever ranks the set
// better, with each of its scoring models and with its English analyzer too. Its BM25 changes with the way its segments
// happen to be merged, and so do its figures, a little, from run to run.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/spf13/pflag"

	"dateline/index"
	"dateline/index/ingest"
)

// measure is what one run took.
type measure struct {
	Articles int
	Text     int64   // bytes of title, lead and body
	CPU      float64 // seconds, of all cores
	Wall     float64
	Disk     int64 // bytes
	Memory   int64 // peak resident bytes, the articles included
}

// settings are the flags.
type settings struct {
	runs     int
	child    string
	set      string
	articles int
	seed     uint64
	sizes    []int
	limit    int
	svg      string
	redraw   string
	verbose  bool
}

func main() {
	var s settings
	pflag.IntVarP(&s.runs, "runs", "n", 5, "runs of each")
	pflag.StringVar(&s.child, "child", "", "run one measurement: plain, dateline, entities, no-entities, or the job on standard input")
	pflag.StringVar(&s.set, "set", "", "measure relevance on this set alone")
	pflag.IntVar(&s.articles, "articles", 0, "make so many articles out of those read")
	pflag.Uint64Var(&s.seed, "seed", 1, "of a corpus and of the searches in it")
	pflag.IntSliceVar(&s.sizes, "sizes", []int{10_000, 100_000, 1_000_000}, "articles of the corpora of scale")
	pflag.IntVar(&s.limit, "plain-limit", 100_000, "the largest corpus that plain Bleve has to index")
	pflag.StringVar(&s.svg, "svg", "testdata/bench/scale.svg", "where scale draws its plot")
	pflag.StringVar(&s.redraw, "redraw", "", "draw the plot of scale from the figures in this file, without measuring")
	pflag.BoolVarP(&s.verbose, "verbose", "v", false, "list the pages that are read otherwise")
	pflag.Parse()
	if err := run(s, pflag.Args(), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// errUsage is what a command line gets that asks for nothing.
var errUsage = errors.New("no command: bench [-n RUNS] index, entities, search or operators, and paths; or bench relevance; or bench names; or bench pages; " +
	"or bench --articles N corpus [SHARED] OUT; or bench lines PATH... OUT; or bench peers DOCS; or bench scale; or bench all")

// run runs the command that the arguments name.
func run(s settings, args []string, in io.Reader, out io.Writer) error {
	if s.child == childJob {
		return runJob(in, out)
	}
	if s.child == childNamed || s.child == childUnnamed {
		return runNaming(out, s.child, args)
	}
	if s.child != "" {
		return runChild(s.child, args)
	}
	if len(args) == 0 {
		return errUsage
	}
	switch command, args := args[0], args[1:]; {
	case command == "index" && len(args) > 0:
		return compare(s.runs, args)
	case command == "entities" && len(args) > 0:
		return compareNaming(out, s.runs, args)
	case command == "search" && len(args) > 0:
		return compareSearch(s.runs, args)
	case command == "operators" && len(args) > 0:
		return compareOperators(out, s.runs, s.articles, args)
	case command == "relevance":
		return compareRelevance(out, sharedData(args), s.set)
	case command == "names":
		return measureNames(out, sharedData(args))
	case command == "pages":
		return measurePages(out, sharedData(args), s.verbose)
	case command == "corpus" && len(args) > 0:
		last := len(args) - 1
		return writeCorpus(sharedData(args[:last]), args[last], s.articles, s.seed)
	case command == "lines" && len(args) > 1:
		last := len(args) - 1
		return writeLines(args[:last], args[last])
	case command == "peers" && len(args) > 0:
		return withProcesses(func(r runner) error { return comparePeers(out, r, s.runs, args[0], args[1:]) })
	case command == "all":
		return withProcesses(func(r runner) error { return measureAll(out, r, s, sharedData(args)) })
	case command == "scale":
		return withProcesses(func(r runner) error { return measureScale(out, r, s, sharedData(args)) })
	}
	return errUsage
}

// compare runs the two in turn and prints medians and ratios.
func compare(runs int, paths []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	results := map[string][]measure{}
	for i := range runs {
		for _, what := range []string{"plain", "dateline"} {
			cmd := exec.Command(self, append([]string{"--child", what}, paths...)...)
			cmd.Stderr = os.Stderr
			out, err := cmd.Output()
			if err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			var m measure
			if err := json.Unmarshal(out, &m); err != nil {
				return err
			}
			results[what] = append(results[what], m)
			fmt.Fprintf(os.Stderr, "run %d %-8s cpu %.2f s, wall %.2f s, %.1f MB on disk\n", i+1, what, m.CPU, m.Wall, float64(m.Disk)/1e6)
		}
	}
	report(results["plain"], results["dateline"])
	return nil
}

// report prints the table.
func report(plain, dateline []measure) {
	m := plain[0]
	fmt.Printf("%d articles, %.1f MB of text, medians of %d runs\n\n", m.Articles, float64(m.Text)/1e6, len(plain))
	fmt.Printf("%-28s %12s %12s %14s\n", "", "plain Bleve", "Dateline", "Bleve/Dateline")
	row := func(name string, unit float64, of func(measure) float64) {
		a, b := median(plain, of)/unit, median(dateline, of)/unit
		fmt.Printf("%-28s %12.2f %12.2f %14.2f\n", name, a, b, a/b)
	}
	row("processor seconds", 1, func(m measure) float64 { return m.CPU })
	row("wall seconds", 1, func(m measure) float64 { return m.Wall })
	row("articles a processor second", 1, func(m measure) float64 { return float64(m.Articles) / m.CPU })
	row("MB on disk", 1e6, func(m measure) float64 { return float64(m.Disk) })
	row("disk / text", 1, func(m measure) float64 { return float64(m.Disk) / float64(m.Text) })
	row("peak memory, MB", 1e6, func(m measure) float64 { return float64(m.Memory) })
}

func median(list []measure, of func(measure) float64) float64 {
	values := make([]float64, len(list))
	for i, m := range list {
		values[i] = of(m)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// runChild indexes once and prints the measure as JSON.
func runChild(what string, paths []string) error {
	articles, err := read(paths)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	m := measure{Articles: len(articles)}
	for i := range articles {
		m.Text += int64(len(articles[i].Title) + len(articles[i].Lead) + len(articles[i].Body))
	}
	before, began := usage(), time.Now()
	if what == "plain" {
		err = indexPlain(filepath.Join(dir, "index"), articles)
	} else {
		err = indexDateline(filepath.Join(dir, "index"), articles)
	}
	if err != nil {
		return err
	}
	after := usage()
	m.Wall = time.Since(began).Seconds()
	m.CPU = cpu(after) - cpu(before)
	m.Memory = after.Maxrss * 1024
	if m.Disk, err = diskUse(dir); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(m)
}

func usage() (r syscall.Rusage) {
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return r
}

func cpu(r syscall.Rusage) float64 {
	return float64(r.Utime.Sec+r.Stime.Sec) + float64(r.Utime.Usec+r.Stime.Usec)/1e6
}

func diskUse(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		n += info.Size()
		return err
	})
	return n, err
}

// indexPlain indexes as Bleve's documentation shows.
func indexPlain(dir string, articles []index.Article) error {
	x, err := bleve.New(dir, bleve.NewIndexMapping())
	if err != nil {
		return err
	}
	b := x.NewBatch()
	for i := range articles {
		if err := b.Index(articles[i].ID, plainDocument(&articles[i])); err != nil {
			return err
		}
		if b.Size() == 500 || i == len(articles)-1 {
			if err := x.Batch(b); err != nil {
				return err
			}
			b = x.NewBatch()
		}
	}
	return x.Close()
}

// plainDocument is an article with the fields that Dateline searches and shows.
func plainDocument(a *index.Article) map[string]any {
	d := map[string]any{
		"id": a.ID, "url": a.URL, "source": a.Source, "agency": a.Agency, "title": a.Title, "lead": a.Lead, "body": a.Body,
		"authors": a.Authors, "dateline": a.Dateline, "language": a.Language, "section": a.Section, "topics": a.Topics,
		"people": a.Names(index.Person), "orgs": a.Names(index.Org), "places": a.Names(index.Place),
		"story": a.Story, "text": a.Text,
	}
	if !a.Published.IsZero() {
		d["published"] = a.Published.Time
	}
	return d
}

// read reads articles as `dateline parse --no-entities` does: finding names is not what the engines are compared in.
func read(paths []string) ([]index.Article, error) {
	var articles []index.Article
	for a, reject := range ingest.Parse(context.Background(), paths, ingest.Options{Names: ingest.NamesGiven}) {
		if reject == nil {
			articles = append(articles, a)
		}
	}
	if len(articles) == 0 {
		return nil, errors.New("no articles")
	}
	return articles, nil
}

// indexDateline indexes as `dateline index` does.
func indexDateline(dir string, articles []index.Article) error {
	return streamDateline(dir, func(yield func(index.Article, error) bool) {
		for i := range articles {
			if !yield(articles[i], nil) {
				return
			}
		}
	})
}
