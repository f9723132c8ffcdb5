package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/query"
)

// small is a folder of judged sets of a few articles.
var small = map[string]string{
	"time/docs.jsonl": `{"doc_id": 1, "date": "1963-01-04", "body": "THE ALLIES AFTER NASSAU"}
{"doc_id": 2, "date": "1963-01-04", "body": "GERMANY THE BIG IF"}`,
	"time/queries.jsonl": `{"query_id": 9, "query": "ALLIES AND NASSAU ."}`,
	"time/qrels.tsv":     "9\t0\t1\t1\n",
	"newsquiz/articles-2022.jsonl": `{"id": "rt0", "title": "Cheap towns", "source": "a.com", "publish_date": "2022-03-15", "text": "Towns where bread is cheap."}
{"id": "rt1", "title": "A dear city", "source": "b.com", "publish_date": "2022-03-15", "text": "Bread costs most in the city."}`,
	"newsquiz/questions.jsonl": `{"question_id": "q1", "question_date": "2022-03-16", "question": "Where's bread cheap: towns?", "answer": ["towns"]}
{"question_id": "q2", "question_date": "2022-03-16", "question": "Nobody has judged this.", "answer": []}`,
	"newsquiz/qrels_evidence.tsv":    "q1\t0\trt0\t1\n",
	"newsquiz/qrels_weak_answer.tsv": "q1\t0\trt0\t1\nq1\t0\tgone\t1\n",
	"multihop/articles.jsonl": `{"url": "https://a.com/1", "title": "Oil", "source": "A", "date": "2023-09-26", "text": "Oil stopped."}
{"url": "https://a.com/2", "title": "Gas", "source": "A", "date": "2023-09-26", "text": "Gas flowed."}`,
	"multihop/queries.jsonl": `{"id": "2", "question": "Which oil stopped?", "urls": ["https://a.com/1"]}`,
}

// TestRelevance measures both engines on a few articles, so that the comparison does not rot.
func TestRelevance(t *testing.T) {
	dir := t.TempDir()
	for name, text := range small {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	if err := compareRelevance(&out, dir, ""); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"time: 1 questions, 2 articles, 0 relevant ones missing\n",
		"quiz evidence: 1 questions, 2 articles, 0 relevant ones missing\n",
		"quiz answer: 1 questions, 2 articles, 1 relevant ones missing\n",
		"multihop: 1 questions, 2 articles, 0 relevant ones missing\n",
		"\nDateline against Bleve, ",
		"\nheadlines: SKIPPED: ",
	} {
		if !strings.Contains("\n"+out.String(), want) {
			t.Errorf("the tables do not have %q:\n%s", want, out.String())
		}
	}
	for _, c := range []struct{ dir, only string }{{t.TempDir(), ""}, {dir, "headlines"}, {dir, "nothing"}} {
		if err := compareRelevance(&out, c.dir, c.only); err == nil {
			t.Errorf("a run without a judged set (%q) is no error", c.only)
		}
	}
}

func TestHeadlines(t *testing.T) {
	c, err := readHeadlines("../../testdata/articles")
	if err == nil || len(c.articles) > 0 {
		t.Errorf("%d articles of a folder without any, %v", len(c.articles), err)
	}
	dir := t.TempDir()
	if err := os.Symlink(absolute(t, "../../testdata/articles/reuters"), filepath.Join(dir, "reuters21578")); err != nil {
		t.Fatal(err)
	}
	if c, err = readHeadlines(dir); err != nil {
		t.Fatal(err)
	}
	if len(c.sets[0].Topics) == 0 || slices.ContainsFunc(c.articles, func(a index.Article) bool { return a.Title != "" || a.Body == "" }) {
		t.Errorf("%d topics; articles %+v", len(c.sets[0].Topics), c.articles)
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWordsOf(t *testing.T) {
	var words []string
	query.Walk(wordsOf(`What's "new" -- in the U.S., AND (is it) title:oil? now-defunct*`).Root, func(n query.Node) bool {
		if w, ok := n.(query.Word); ok {
			words = append(words, w.Text)
		}
		return true
	})
	if got, want := strings.Join(words, " "), `What's new in the U.S AND is it title:oil now-defunct`; got != want {
		t.Errorf("words %s, want %s", got, want)
	}
}

// TestSharedSets reads every judged set of the shared data and holds that its questions can be answered.
func TestSharedSets(t *testing.T) {
	t.Parallel()
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	for _, s := range judgedSets {
		c, err := s.read(filepath.Join(shared, "data"))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("SKIPPED: the judged set %s is not there: set DATELINE_SHARED", s.name)
		}
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		has := map[string]bool{}
		for i := range c.articles {
			has[c.articles[i].ID] = true
		}
		for _, set := range c.sets {
			unknown := set.Unknown(func(id string) bool { return has[id] })
			if len(set.Topics) < 30 || unknown > 0 {
				t.Errorf("%s: %d topics, %d relevant articles are not there", set.Name, len(set.Topics), unknown)
			}
			t.Logf("%s: %d topics, %d articles", set.Name, len(set.Topics), len(c.articles))
		}
	}
}
