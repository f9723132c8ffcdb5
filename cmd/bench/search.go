package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	bquery "github.com/blevesearch/bleve/v2/search/query"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/query"
)

// searches are what is asked of both.
var searches = []string{"", "said", "oil", "cocoa", "oil price", `"company said"`, "oil OR price OR opec", "econom*"}

// compareSearch indexes once with each and prints the median wall time of each search in both.
func compareSearch(runs int, paths []string) error {
	articles, err := read(paths)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := indexPlain(filepath.Join(dir, "plain"), articles); err != nil {
		return err
	}
	if err := indexDateline(filepath.Join(dir, "dateline"), articles); err != nil {
		return err
	}
	plain, err := bleve.Open(filepath.Join(dir, "plain"))
	if err != nil {
		return err
	}
	defer plain.Close()
	e, err := embedded.Open(filepath.Join(dir, "dateline"), embedded.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer e.Close()
	fmt.Printf("%d articles; milliseconds of wall time, medians of %d searches after one; top 10, marked, %d facets, timeline by month\n\n",
		len(articles), runs, len(index.FacetFields))
	fmt.Printf("%-24s %10s %12s %12s %14s\n", "", "hits", "plain Bleve", "Dateline", "Bleve/Dateline")
	months := monthRanges(articles)
	for _, text := range searches {
		if err := searchBoth(plain, e, text, months, runs); err != nil {
			return err
		}
	}
	return nil
}

func searchBoth(plain bleve.Index, e index.Engine, text string, months *bleve.FacetRequest, runs int) error {
	q, err := query.Parse(text, time.Now())
	if err != nil {
		return err
	}
	request := index.Request{Query: q, Facets: index.FacetFields, Interval: index.Month}
	hits := 0
	ours, err := medianTime(runs, func() error {
		r, err := e.Search(context.Background(), request)
		if err == nil {
			hits = r.Total.Articles
		}
		return err
	})
	if err != nil {
		return err
	}
	theirs, err := medianTime(runs, func() error {
		_, err := plain.Search(plainRequest(text, months))
		return err
	})
	if err != nil {
		return err
	}
	fmt.Printf("%-24s %10d %12.2f %12.2f %14.1f\n", cmp.Or(text, "(everything)"), hits, theirs, ours, theirs/ours)
	return nil
}

// medianTime returns the median of n runs after one that is not counted, in milliseconds.
func medianTime(n int, run func() error) (float64, error) {
	var times []float64
	for i := range n + 1 {
		began := time.Now()
		if err := run(); err != nil {
			return 0, err
		}
		if i > 0 {
			times = append(times, float64(time.Since(began).Microseconds())/1000)
		}
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}

// plainRequest is a search as Bleve's documentation shows it.
func plainRequest(text string, months *bleve.FacetRequest) *bleve.SearchRequest {
	var q bquery.Query
	words := strings.Fields(strings.ReplaceAll(text, " OR ", " "))
	switch {
	case text == "":
		q = bleve.NewMatchAllQuery()
	case strings.HasPrefix(text, `"`):
		q = bleve.NewMatchPhraseQuery(strings.Trim(text, `"`))
	case strings.HasSuffix(text, "*"):
		q = bleve.NewPrefixQuery(strings.TrimSuffix(text, "*"))
	default:
		m := bleve.NewMatchQuery(strings.Join(words, " "))
		if !strings.Contains(text, " OR ") {
			m.SetOperator(bquery.MatchQueryOperatorAnd)
		}
		q = m
	}
	r := bleve.NewSearchRequest(q)
	r.Fields = []string{"*"}
	r.Highlight = bleve.NewHighlight()
	for _, field := range []string{"source", "agency", "people", "orgs", "places", "authors", "language", "section", "topics"} {
		r.AddFacet(field, bleve.NewFacetRequest(field, 10))
	}
	r.AddFacet("month", months)
	return r
}

// monthRanges makes a facet of a range for each month in which an article was published.
func monthRanges(articles []index.Article) *bleve.FacetRequest {
	seen := map[time.Time]bool{}
	for i := range articles {
		if t := articles[i].Published; !t.IsZero() {
			seen[index.Month.Floor(t.Time)] = true
		}
	}
	f := bleve.NewFacetRequest("published", len(seen))
	for m := range seen {
		f.AddDateTimeRange(m.Format("2006-01"), m, index.Month.Next(m))
	}
	return f
}
