package embedded_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/relevance"
	"dateline/query"
)

var update = flag.Bool("update", false, "write the golden file anew")

const judged = "../../testdata/relevance"

// TestRankings compares how the judged topics over the sample articles are ranked with rankings.golden, so that a change of
// ranking shows as a diff. It is the same whatever the batches.
func TestRankings(t *testing.T) {
	set, articles := judgedSet(t), namedSamples(t)
	known := map[string]bool{}
	for i := range articles {
		known[articles[i].ID] = true
	}
	if n := set.Unknown(func(id string) bool { return known[id] }); n > 0 {
		t.Errorf("%d judgements are of articles that are not there", n)
	}
	got := rankAll(t, set, articles, len(articles))
	for _, size := range []int{1, 13} {
		if rankAll(t, set, articles, size) != got {
			t.Errorf("batches of %d articles rank otherwise than one batch", size)
		}
	}
	name := filepath.Join(judged, "rankings.golden")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if line, differs := firstDifference(got, string(want)); differs {
		t.Errorf("the rankings differ from %s; -update writes it anew. The first line:\n%s", name, line)
	}
}

// judgedSet reads the topics and the judgements.
func judgedSet(t *testing.T) relevance.Set {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(judged, "topics.txt"))
	if err != nil {
		t.Fatal(err)
	}
	topics, err := relevance.ReadTopics(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	qrels, err := os.Open(filepath.Join(judged, "qrels.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer qrels.Close()
	judgements, err := relevance.ReadJudgements(qrels)
	if err != nil {
		t.Fatal(err)
	}
	set := relevance.NewSet("samples", topics, judgements)
	if len(set.Topics) != len(topics) {
		t.Errorf("of %d topics only %d have a relevant article", len(topics), len(set.Topics))
	}
	return set
}

// namedSamples returns the sample articles with their files' names as ids; see qrels.txt.
func namedSamples(t *testing.T) []index.Article {
	articles := samples(t)
	record := 0
	for i := range articles {
		base, extension, _ := strings.Cut(filepath.Base(articles[i].Path), ".")
		if extension == "jsonl" {
			record++
			base = fmt.Sprint(base, "-", record)
		}
		articles[i].ID = base
	}
	return articles
}

// rankAll puts the articles in batches of a size and returns the text of the golden file: the metrics of each topic and of
// all, and each topic's first ten hits with their scores and grades.
func rankAll(t *testing.T, set relevance.Set, articles []index.Article, size int) string {
	t.Helper()
	e := open(t)
	for part := range slices.Chunk(articles, size) {
		put(t, e, part)
	}
	rankings, text := relevance.Rankings{}, &strings.Builder{}
	for _, topic := range set.Topics {
		hits := search(t, e, topic.Text, index.Request{Match: query.MatchAny, Size: relevance.Depth}).Hits
		for _, h := range hits {
			rankings[topic.ID] = append(rankings[topic.ID], h.ID)
		}
		grades := set.Judgements[topic.ID]
		fmt.Fprintf(text, "\n%s %s\n%s\n", topic.ID, topic.Text, metricsOf(func(m relevance.Metric) float64 {
			return m.Of(rankings[topic.ID], grades)
		}))
		for _, h := range hits[:min(10, len(hits))] {
			fmt.Fprintf(text, "%9.4f %d %s\n", h.Score, grades[h.ID], h.ID)
		}
	}
	return fmt.Sprintf("%d topics\n%s\n", len(set.Topics), metricsOf(func(m relevance.Metric) float64 {
		return relevance.Mean(set.Scores(m, rankings))
	})) + text.String()
}

func metricsOf(of func(relevance.Metric) float64) string {
	var list []string
	for _, m := range relevance.Metrics {
		list = append(list, fmt.Sprintf("%s %.4f", m.Name, of(m)))
	}
	return strings.Join(list, ", ")
}

// firstDifference returns the first line in which two texts differ.
func firstDifference(got, want string) (report string, differs bool) {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "(nothing)", "(nothing)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("%d: got  %s\n%d: want %s", i+1, x, i+1, y), true
		}
	}
	return "", false
}
