package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/mapping"
	bquery "github.com/blevesearch/bleve/v2/search/query"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/relevance"
	"dateline/query"
)

// rounds and seed of the permutation tests.
const (
	rounds = 10_000
	seed   = 1
)

// ranker is a system under test: it returns the ids of the first relevance.Depth hits of a question.
type ranker func(question relevance.Topic) ([]string, error)

// system is a ranker, or several of one kind of which the best counts.
type system struct {
	name    string
	rankers map[string]ranker // by what is told of the best: "_all"
}

// result is what a system reached in a set.
type result struct {
	name     string
	rankings relevance.Rankings
	gain     float64 // mean nDCG@10
}

// sharedData returns the folder of judged sets: below an argument, the environment's folder, or the usual place.
func sharedData(args []string) string {
	shared := cmp.Or(os.Getenv("DATELINE_SHARED"), "../shared")
	if len(args) > 0 {
		shared = args[0]
	}
	return filepath.Join(shared, "data")
}

// compareRelevance prints how well plain Bleve and Dateline rank the judged sets below a folder, all or the one of a name.
func compareRelevance(w io.Writer, data, only string) error {
	measured := false
	for _, s := range judgedSets {
		if only != "" && only != s.name {
			continue
		}
		c, err := s.read(data)
		if errors.Is(err, fs.ErrNotExist) && only == "" {
			fmt.Fprintf(w, "%s: SKIPPED: %v\n\n", s.name, err)
			continue
		}
		if err == nil {
			err = c.compare(w)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		measured = true
	}
	if !measured {
		return fmt.Errorf("no judged set %sbelow %s", only, data)
	}
	return nil
}

// compare indexes a collection with every system and prints a table for each of its sets.
func (c *collection) compare(w io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "dateline-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	systems, closeAll, err := openSystems(dir, c.articles)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	has := map[string]bool{}
	for i := range c.articles {
		has[c.articles[i].ID] = true
	}
	for _, set := range c.sets {
		var results []result
		for _, s := range systems {
			if s.name == recent && set.Topics[0].Asked.IsZero() {
				continue
			}
			r, err := s.run(set)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			results = append(results, r)
		}
		unknown := set.Unknown(func(id string) bool { return has[id] })
		fmt.Fprintf(w, "%s: %d questions, %d articles, %d relevant ones missing\n", set.Name, len(set.Topics), len(c.articles), unknown)
		printResults(w, set, results)
	}
	return nil
}

// run ranks the topics of a set with each ranker, and returns what the best by nDCG@10 reached.
func (s system) run(set relevance.Set) (best result, err error) {
	best.gain = -1
	for name, rank := range s.rankers {
		r := result{name: s.name + name, rankings: relevance.Rankings{}}
		for _, t := range set.Topics {
			if r.rankings[t.ID], err = rank(t); err != nil {
				return best, err
			}
		}
		r.gain = relevance.Mean(set.Scores(relevance.NDCG10, r.rankings))
		if r.gain > best.gain || r.gain == best.gain && r.name < best.name {
			best = r
		}
	}
	return best, nil
}

// printResults prints a row for each system: the metrics, and how far its nDCG@10 is from that of the first and of the best
// system but the last, each with the probability that so large a difference is chance.
func printResults(w io.Writer, set relevance.Set, results []result) {
	base, best := results[0], results[0]
	for _, r := range results[:len(results)-1] {
		if r.gain > best.gain && r.name != recent {
			best = r
		}
	}
	fmt.Fprintf(w, "%-34s", "")
	for _, m := range relevance.Metrics {
		fmt.Fprintf(w, "%9s", m.Name)
	}
	fmt.Fprintf(w, "  nDCG@10 against the first\n")
	for _, r := range results {
		fmt.Fprintf(w, "%-34s", r.name)
		for _, m := range relevance.Metrics {
			fmt.Fprintf(w, "%9.4f", relevance.Mean(set.Scores(m, r.rankings)))
		}
		fmt.Fprintf(w, "  %s\n", difference(set, r, base))
	}
	last := results[len(results)-1]
	fmt.Fprintf(w, "%s against %s: %s\n\n", last.name, best.name, difference(set, last, best))
}

// difference says how far the nDCG@10 of a is from that of b.
func difference(set relevance.Set, a, b result) string {
	if a.name == b.name {
		return ""
	}
	p := relevance.Permutation(set.Scores(relevance.NDCG10, a.rankings), set.Scores(relevance.NDCG10, b.rankings), rounds, seed)
	return fmt.Sprintf("%+.1f %%, p %.4f", 100*(a.gain/b.gain-1), p)
}

// recent is the system that knows when a question was asked; it is for sets that say so.
const recent = "Dateline, recency=30d"

// openSystems indexes articles with plain Bleve, by its default analyzer and by its English one, and with Dateline.
func openSystems(dir string, articles []index.Article) (systems []system, closeAll func() error, err error) {
	var opened []io.Closer
	closeAll = func() error {
		var errs []error
		for _, c := range opened {
			errs = append(errs, c.Close())
		}
		return errors.Join(errs...)
	}
	for _, b := range []struct {
		name, analyzer string
		scoring        []string
	}{
		{"Bleve", standard.Name, []string{"bm25", "tf-idf"}},
		{"Bleve, English", en.AnalyzerName, []string{"bm25"}},
	} {
		x, m, err := openBleve(filepath.Join(dir, b.analyzer), b.analyzer, articles)
		if err != nil {
			return nil, nil, errors.Join(err, closeAll())
		}
		opened = append(opened, x)
		for _, scoring := range b.scoring {
			systems = append(systems, bleveSystem(b.name+", "+scoring, scoring, x, m))
		}
	}
	path := filepath.Join(dir, "dateline")
	if err := indexDateline(path, articles); err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	e, err := embedded.Open(path, embedded.Options{ReadOnly: true})
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	opened = append(opened, e)
	return append(systems,
		system{recent, map[string]ranker{"": dateline(e, 30*24*time.Hour)}},
		system{"Dateline", map[string]ranker{"": dateline(e, 0)}}), closeAll, nil
}

// openBleve indexes title, lead and body as Bleve's documentation shows, with an analyzer.
func openBleve(dir, analyzer string, articles []index.Article) (bleve.Index, *mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = analyzer
	x, err := bleve.New(dir, m)
	if err != nil {
		return nil, nil, err
	}
	b := x.NewBatch()
	for i := range articles {
		text := map[string]any{}
		for field, value := range map[string]string{"title": articles[i].Title, "lead": articles[i].Lead, "body": articles[i].Body} {
			if value != "" {
				text[field] = value
			}
		}
		if err := b.Index(articles[i].ID, text); err != nil {
			return nil, nil, errors.Join(err, x.Close())
		}
		if b.Size() == 500 || i == len(articles)-1 {
			if err := x.Batch(b); err != nil {
				return nil, nil, errors.Join(err, x.Close())
			}
			b.Reset()
		}
	}
	return x, m, nil
}

// bleveSystem searches with match queries, in the field of all texts and in each field by itself. Bleve looks up the scoring
// model in its mapping when it searches.
func bleveSystem(name, scoring string, x bleve.Index, m *mapping.IndexMappingImpl) system {
	search := func(q bquery.Query) ([]string, error) {
		m.ScoringModel = scoring
		r := bleve.NewSearchRequestOptions(q, relevance.Depth, 0, false)
		r.SortBy([]string{"-_score", "_id"})
		found, err := x.Search(r)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, h := range found.Hits {
			ids = append(ids, h.ID)
		}
		return ids, nil
	}
	return system{name, map[string]ranker{
		", _all": func(t relevance.Topic) ([]string, error) { return search(bleve.NewMatchQuery(t.Text)) },
		", each field": func(t relevance.Topic) ([]string, error) {
			var fields []bquery.Query
			for _, field := range index.DefaultTextFields {
				q := bleve.NewMatchQuery(t.Text)
				q.SetField(field)
				fields = append(fields, q)
			}
			return search(bleve.NewDisjunctionQuery(fields...))
		},
	}}
}

// dateline searches for any word of the question. Ages, where a half-life is given, count back from the day it was asked.
func dateline(e index.Engine, halfLife time.Duration) ranker {
	return func(t relevance.Topic) ([]string, error) {
		found, err := e.Search(context.Background(), index.Request{
			Query: wordsOf(t.Text), Match: query.MatchAny, Sort: index.SortRelevance, Size: relevance.Depth,
			Recency: index.Recency{HalfLife: halfLife, Origin: index.Day.Next(t.Asked)},
		})
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, h := range found.Hits {
			ids = append(ids, h.ID)
		}
		return ids, nil
	}
}

// wordsOf makes a query of a question as if each of its words had been typed, with nothing that the language gives a meaning
// to: no operators, signs, fields, quotes or stars. What stands between spaces is one word, as in the language. Each has its
// place, for an engine may tell words that are written twice by it.
func wordsOf(question string) *query.Query {
	list, at := query.List{}, 0
	for field := range strings.FieldsSeq(question) {
		at += strings.Index(question[at:], field)
		word := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if word != "" {
			n := query.Word{At: query.Span{Start: at, End: at + len(field)}, Text: word}
			list.Clauses = append(list.Clauses, query.Clause{Node: n})
		}
		at += len(field)
	}
	return &query.Query{Text: question, Root: list}
}
