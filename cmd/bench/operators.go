package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/query"
)

// operators are searches that read positions or look through dictionaries, and long questions.
var operators = []string{
	`"company said"`, `"crude oil price"`, `"oil price"~5`, `"the company said it"~3`, "oil NEAR/5 price", "bank NEAR/10 (rate OR rates OR cut)",
	"company NOTNEAR/5 said", "oil SENTENCE price", "president PARAGRAPH election", "repeat3:oil", `near20:"bank rate cut"`,
	`"prime minister" NEAR/20 econom*`, "econom*", "wom?n", "*ation", "*ing", "pr*ent", "/col(o|ou)r/", "/[a-m].*tion/", "/.*(gate|leaks)/",
	"presidnet~", "goverment~2", "oil~1", "the", "what did the president of the united states say about the price of oil this week",
	"which company said that it would cut its jobs in the first quarter of the year",
}

// compareOperators indexes the articles and prints how long each search takes: the first time, when nothing is remembered of
// its words, and at the median.
func compareOperators(out io.Writer, runs, grown int, paths []string) error {
	articles, err := read(paths)
	if err != nil {
		return err
	}
	if grown > 0 {
		articles = grow(articles, grown)
	}
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := indexDateline(filepath.Join(dir, "index"), articles); err != nil {
		return err
	}
	n := len(articles)
	articles = nil
	e, err := embedded.Open(filepath.Join(dir, "index"), embedded.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer e.Close()
	if _, err := e.Search(context.Background(), index.Request{Facets: index.FacetFields, Interval: index.Month}); err != nil {
		return err // the columns are made
	}
	fmt.Fprintf(out, "%d articles; milliseconds of wall time, top 10, marked; then with %d facets and the timeline\n\n", n, len(index.FacetFields))
	fmt.Fprintf(out, "%-84s %10s %8s %8s %8s\n", "", "hits", "first", "median", "facets")
	for _, text := range operators {
		if err := timeOperator(out, e, text, runs); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	return nil
}

func timeOperator(out io.Writer, e index.Engine, text string, runs int) error {
	q, err := query.Parse(text, time.Now())
	if err != nil {
		return err
	}
	hits := 0
	search := func(r index.Request) func() error {
		return func() error {
			result, err := e.Search(context.Background(), r)
			if err == nil {
				hits = result.Total.Articles
			}
			return err
		}
	}
	plain := index.Request{Query: q}
	began := time.Now()
	if err := search(plain)(); err != nil {
		return err
	}
	first := float64(time.Since(began).Microseconds()) / 1000
	median, err := medianTime(runs, search(plain))
	if err != nil {
		return err
	}
	faceted, err := medianTime(runs, search(index.Request{Query: q, Facets: index.FacetFields, Interval: index.Month}))
	fmt.Fprintf(out, "%-84s %10d %8.1f %8.1f %8.1f\n", text, hits, first, median, faceted)
	return err
}

// grow makes n articles out of fewer: each has the title of one, and half of the paragraphs of two others, so that
// vocabulary and frequencies stay those of news and no two are alike.
func grow(articles []index.Article, n int) []index.Article {
	articles = slices.DeleteFunc(articles, func(a index.Article) bool { return a.Body == "" })
	grown := make([]index.Article, n)
	for i := range grown {
		a := articles[i%len(articles)]
		if round := i / len(articles); round > 0 {
			step := 7919 * round // a prime, so that all meet others
			b, c := articles[(i+step)%len(articles)], articles[(i+2*step+1)%len(articles)]
			a.Body = b.Body[:cutAt(b.Body)] + "\n\n" + c.Body[cutAt(c.Body):]
			a.Text, a.Story = "", ""
		}
		a.ID = cmp.Or(a.Source, "article") + "/" + strconv.Itoa(i)
		grown[i] = a
	}
	return grown
}

// cutAt returns where a word in the middle of a text ends.
func cutAt(text string) int {
	for i := len(text) / 2; i < len(text); i++ {
		if text[i] == ' ' || text[i] == '\n' {
			return i
		}
	}
	return len(text)
}
