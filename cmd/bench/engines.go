package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/blevesearch/bleve/v2"
	bquery "github.com/blevesearch/bleve/v2/search/query"
	"golang.org/x/sync/errgroup"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/query"
)

// searcher is an engine that is measured.
type searcher interface {
	search(probe) (hits int, err error)
	Close() error
}

func openSearcher(j job) (searcher, error) {
	switch j.Engine {
	case "plain":
		x, err := bleve.Open(j.Dir)
		return &plainSearcher{Index: x, months: monthsOf(j.Span)}, err
	case "dateline":
		e, err := embedded.Open(j.Dir, embedded.Options{ReadOnly: true})
		return &datelineSearcher{e}, err
	}
	return nil, fmt.Errorf("no engine %q", j.Engine)
}

// fileDateline indexes a file of articles.
func fileDateline(dir, path string) error {
	return streamDateline(dir, func(yield func(index.Article, error) bool) {
		for d, err := range docs(path) {
			if !yield(d.article(), err) {
				return
			}
		}
	})
}

// streamDateline indexes articles in batches as ingest cuts them, two at a time.
func streamDateline(dir string, articles iter.Seq2[index.Article, error]) error {
	e, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		return err
	}
	err = putAll(e, articles)
	if err == nil {
		err = e.Settle(context.Background()) // as the command does at the end
	}
	return errors.Join(err, e.Close())
}

// Of a batch, as ingest has it: bytes of text and articles at most.
const (
	batchBytes    = 2 << 20
	batchArticles = 5000
)

func putAll(e index.Engine, articles iter.Seq2[index.Article, error]) error {
	writers, ctx := errgroup.WithContext(context.Background())
	writers.SetLimit(2)
	var batch []index.Article
	bytes := 0
	put := func() {
		full := batch
		batch, bytes = nil, 0
		writers.Go(func() error { return putBatch(ctx, e, full) })
	}
	for a, err := range articles {
		if err != nil {
			return errors.Join(err, writers.Wait())
		}
		batch = append(batch, a)
		if bytes += len(a.Title) + len(a.Body); bytes >= batchBytes || len(batch) == batchArticles {
			put()
		}
		if ctx.Err() != nil {
			break
		}
	}
	if len(batch) > 0 {
		put()
	}
	return writers.Wait()
}

func putBatch(ctx context.Context, e index.Engine, batch []index.Article) error {
	r, err := e.Put(ctx, batch)
	if err == nil && len(r.Rejected) > 0 {
		err = fmt.Errorf("%d articles rejected: %+v", len(r.Rejected), r.Rejected[0])
	}
	return err
}

// datelineSearcher asks Dateline.
type datelineSearcher struct{ index.Engine }

func (d *datelineSearcher) search(p probe) (int, error) {
	r, err := datelineRequest(p)
	if err != nil {
		return 0, err
	}
	if p.Prefix != "" {
		return d.suggest(r, p.Prefix)
	}
	found, err := d.Search(context.Background(), r)
	if err != nil {
		return 0, err
	}
	return found.Total.Articles, nil
}

// suggest completes names of every type, and returns how many there are.
func (d *datelineSearcher) suggest(r index.Request, prefix string) (names int, err error) {
	for _, field := range []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace} {
		f, err := d.Facet(context.Background(), r, field, prefix)
		if err != nil {
			return 0, err
		}
		names += f.Distinct
	}
	return names, nil
}

// datelineRequest asks for all words; passages are marked when everything is asked for, as with the others.
func datelineRequest(p probe) (r index.Request, err error) {
	if text := p.Words.String(); text != "" {
		if r.Query, err = query.Parse(text, time.Now()); err != nil {
			return r, err
		}
	}
	r.Match, r.Unmarked = query.MatchAll, p.Beside != everything
	r.Filters = index.Filters{From: p.From, To: p.To, Include: map[index.Field][]string{}}
	if p.Source != "" {
		r.Filters.Include[index.FieldSource] = []string{p.Source}
	}
	if p.Entity != "" {
		r.Filters.Include[index.Field(entityType(p.Entity))] = []string{p.Entity}
	}
	if p.Newest {
		r.Sort = index.SortNewest
	}
	switch p.Beside {
	case facets:
		r.Facets, r.Interval = []index.Field{index.FieldSource, index.FieldPerson, index.FieldOrg, index.FieldPlace}, index.Day
	case everything:
		r.Facets, r.Interval = index.FacetFields, index.Day
	}
	return r, nil
}

// filePlain indexes a file of articles as Bleve's documentation shows: the default mapping, with fields to be counted whole.
func filePlain(dir, path string) error {
	m := bleve.NewIndexMapping()
	for _, field := range []string{"source", "entities"} {
		m.DefaultMapping.AddFieldMappingsAt(field, bleve.NewKeywordFieldMapping())
	}
	x, err := bleve.New(dir, m)
	if err != nil {
		return err
	}
	return errors.Join(batchPlain(x, path), x.Close())
}

func batchPlain(x bleve.Index, path string) error {
	b := x.NewBatch()
	for d, err := range docs(path) {
		if err != nil {
			return err
		}
		fields := map[string]any{"source": d.Source, "entities": d.Entities, "title": d.Title, "body": d.Body}
		if !d.Day.IsZero() {
			fields["date"] = d.Day
		}
		if err := b.Index(d.ID, fields); err != nil {
			return err
		}
		if b.Size() == 500 {
			if err := x.Batch(b); err != nil {
				return err
			}
			b = x.NewBatch()
		}
	}
	return x.Batch(b)
}

// plainSearcher asks plain Bleve, in the body alone.
type plainSearcher struct {
	bleve.Index
	months *bleve.FacetRequest
}

func (s *plainSearcher) search(p probe) (int, error) {
	r := bleve.NewSearchRequest(plainQuery(p))
	if p.Newest {
		r.SortBy([]string{"-date", "_id"})
	}
	if p.Beside != nothing {
		r.AddFacet("source", bleve.NewFacetRequest("source", 10))
		r.AddFacet("entities", bleve.NewFacetRequest("entities", 10))
		r.AddFacet("months", s.months)
	}
	if p.Beside == everything {
		r.Fields, r.Highlight = []string{"*"}, bleve.NewHighlight()
	}
	if p.Prefix != "" {
		r.Size = 0
		f := bleve.NewFacetRequest("entities", 10)
		f.SetPrefixFilter(p.Prefix)
		r.AddFacet("suggested", f)
	}
	found, err := s.Search(r)
	if err != nil {
		return 0, err
	}
	if p.Prefix != "" {
		return found.Facets["suggested"].Terms.Len(), nil
	}
	return int(found.Total), nil
}

// plainQuery asks for the words and for every filter.
func plainQuery(p probe) bquery.Query {
	must := []bquery.Query{plainWords(p.Words)}
	for field, value := range map[string]string{"source": p.Source, "entities": p.Entity} {
		if value != "" {
			q := bleve.NewTermQuery(value)
			q.SetField(field)
			must = append(must, q)
		}
	}
	if !p.From.IsZero() {
		q := bleve.NewDateRangeQuery(p.From, p.To)
		q.SetField("date")
		must = append(must, q)
	}
	if len(must) == 1 {
		return must[0]
	}
	return bleve.NewConjunctionQuery(must...)
}

func plainWords(w words) bquery.Query {
	b := bleve.NewBooleanQuery()
	for _, word := range w.All {
		b.AddMust(plainMatch(word))
	}
	for _, word := range w.Not {
		b.AddMustNot(plainMatch(word))
	}
	if len(w.Any) > 0 {
		var any []bquery.Query
		for _, word := range w.Any {
			any = append(any, plainMatch(word))
		}
		b.AddMust(bleve.NewDisjunctionQuery(any...))
	}
	switch {
	case w.Phrase != "":
		q := bleve.NewMatchPhraseQuery(w.Phrase)
		q.SetField("body")
		return q
	case len(w.All) == 1 && len(w.Any)+len(w.Not) == 0:
		return plainMatch(w.All[0])
	case len(w.All)+len(w.Any)+len(w.Not) == 0:
		return bleve.NewMatchAllQuery()
	}
	return b
}

func plainMatch(word string) bquery.Query {
	q := bleve.NewMatchQuery(word)
	q.SetField("body")
	return q
}

// monthsOf makes a facet of a range for each month: a range for each day would take Bleve thirty times as long.
func monthsOf(s span) *bleve.FacetRequest {
	f := bleve.NewFacetRequest("date", 1000)
	for m := index.Month.Floor(s.First); !m.After(s.Last); m = index.Month.Next(m) {
		f.AddDateTimeRange(m.Format("2006-01"), m, index.Month.Next(m))
	}
	return f
}
