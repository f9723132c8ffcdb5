package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/relevance"
)

// collection is articles and the judged sets over them.
type collection struct {
	articles []index.Article
	sets     []relevance.Set
}

// judgedSet reads a collection below a folder of data.
type judgedSet struct {
	name string
	read func(dir string) (collection, error)
}

// judgedSets are what relevance is measured on.
var judgedSets = []judgedSet{
	{"time", readTIME},
	{"newsquiz", readNewsquiz},
	{"multihop", readMultihop},
	{"headlines", readHeadlines},
}

// readTIME reads the TIME collection: articles of 1963, questions of a line.
func readTIME(dir string) (c collection, err error) {
	dir = filepath.Join(dir, "time")
	topics, _, err := readJSON(dir, "queries.jsonl")
	if err != nil {
		return c, err
	}
	judgements, err := readJudgements(dir, "qrels.tsv")
	if err != nil {
		return c, err
	}
	c.sets = []relevance.Set{relevance.NewSet("time", topics, judgements)}
	c.articles, err = readArticles(dir, "docs.jsonl*")
	return c, err
}

// readNewsquiz reads questions of news quizzes: the article that the quiz's editor names is relevant (evidence) or, in a set
// of its own, any article that has the answer and words of the question (answer).
func readNewsquiz(dir string) (c collection, err error) {
	dir = filepath.Join(dir, "newsquiz")
	topics, _, err := readJSON(dir, "questions.jsonl")
	if err != nil {
		return c, err
	}
	for name, file := range map[string]string{"quiz evidence": "qrels_evidence.tsv", "quiz answer": "qrels_weak_answer.tsv"} {
		judgements, err := readJudgements(dir, file)
		if err != nil {
			return c, err
		}
		c.sets = append(c.sets, relevance.NewSet(name, topics, judgements))
	}
	slices.SortFunc(c.sets, func(a, b relevance.Set) int { return strings.Compare(b.Name, a.Name) })
	c.articles, err = readArticles(dir, "articles*.jsonl*")
	return c, err
}

// readMultihop reads questions that several articles answer together.
func readMultihop(dir string) (c collection, err error) {
	dir = filepath.Join(dir, "multihop")
	topics, judgements, err := readJSON(dir, "queries.jsonl")
	if err != nil {
		return c, err
	}
	c.sets = []relevance.Set{relevance.NewSet("multihop", topics, judgements)}
	c.articles, err = readArticles(dir, "articles.jsonl*")
	return c, err
}

// Of known items: how many are looked for, how many words their headlines have at least, and the seed of the sample.
const (
	knownItems    = 1500
	headlineWords = 4
	headlineSeed  = 21578
)

// readHeadlines makes known items of Reuters-21578: a headline that no other article has is the question, its article the
// answer, and so is every article of the same body. The articles are without their titles.
func readHeadlines(dir string) (c collection, err error) {
	articles, err := readArticles(filepath.Join(dir, "reuters21578"), "*.sgm*")
	if err != nil {
		return c, err
	}
	named, sameBody := map[string]int{}, map[string][]string{}
	for i := range articles {
		named[analysis.Fold(articles[i].Title)]++
		sameBody[articles[i].Body] = append(sameBody[articles[i].Body], articles[i].ID)
	}
	var topics []relevance.Topic
	judgements := relevance.Judgements{}
	for _, a := range articles {
		if a.Body == "" {
			continue
		}
		if named[analysis.Fold(a.Title)] == 1 && analysis.Words(a.Title) >= headlineWords {
			topics = append(topics, relevance.Topic{ID: a.ID, Text: a.Title})
			for _, id := range sameBody[a.Body] {
				judgements.Add(a.ID, id, 1)
			}
		}
		a.Title = ""
		c.articles = append(c.articles, a)
	}
	c.sets = []relevance.Set{relevance.NewSet("headlines", sample(topics, knownItems), judgements)}
	return c, nil
}

// sample returns n topics, always the same ones.
func sample(topics []relevance.Topic, n int) []relevance.Topic {
	slices.SortFunc(topics, func(a, b relevance.Topic) int { return strings.Compare(a.ID, b.ID) })
	dice := rand.New(rand.NewPCG(headlineSeed, 0))
	dice.Shuffle(len(topics), func(i, k int) { topics[i], topics[k] = topics[k], topics[i] })
	return topics[:min(n, len(topics))]
}

// readArticles reads the files of a pattern in a folder. Of articles with one id the last is kept, as an engine keeps it.
func readArticles(dir, pattern string) ([]index.Article, error) {
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, pattern), fs.ErrNotExist)
	}
	all, err := read(files)
	if err != nil {
		return nil, err
	}
	last := map[string]int{}
	for i := range all {
		last[all[i].ID] = i
	}
	kept := all[:0]
	for i := range all {
		if last[all[i].ID] == i {
			kept = append(kept, all[i])
		}
	}
	return kept, nil
}

func readJSON(dir, name string) (topics []relevance.Topic, j relevance.Judgements, err error) {
	err = withFile(dir, name, func(r io.Reader) error {
		topics, j, err = relevance.ReadJSON(r)
		return err
	})
	return topics, j, err
}

func readJudgements(dir, name string) (j relevance.Judgements, err error) {
	err = withFile(dir, name, func(r io.Reader) error {
		j, err = relevance.ReadJudgements(r)
		return err
	})
	return j, err
}

// withFile calls fn with an open file, and names the file in its error.
func withFile(dir, name string, fn func(r io.Reader) error) error {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	if err = fn(f); err != nil {
		err = fmt.Errorf("%s: %w", f.Name(), err)
	}
	return errors.Join(err, f.Close())
}
