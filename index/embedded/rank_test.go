package embedded_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/ingest"
	"dateline/index/memory"
	"dateline/query"
)

// samples returns the sample articles of the repository.
func samples(t testing.TB) []index.Article {
	t.Helper()
	var articles []index.Article
	for a, reject := range ingest.Parse(context.Background(), []string{"../../testdata/articles/text", "../../testdata/articles/jsonl"}, ingest.Options{}) {
		if reject != nil {
			t.Fatalf("%+v", reject)
		}
		articles = append(articles, a)
	}
	if len(articles) < 60 {
		t.Fatalf("only %d sample articles", len(articles))
	}
	return articles
}

// noon is when every article of these tests is indexed.
func noon() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }

func open(t testing.TB) index.Engine {
	t.Helper()
	e, err := embedded.Open(t.TempDir(), embedded.Options{Clock: noon})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func put(t testing.TB, e index.Engine, articles []index.Article) {
	t.Helper()
	if r, err := e.Put(context.Background(), articles); err != nil || len(r.Rejected) > 0 {
		t.Fatalf("%+v, %v", r, err)
	}
}

func search(t testing.TB, e index.Engine, text string, r index.Request) *index.Result {
	t.Helper()
	q, err := query.Parse(text, noon())
	if err != nil {
		t.Fatal(err)
	}
	r.Query = q
	result, err := e.Search(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	result.TookMS = 0
	return result
}

// rankings are queries whose hits are ranked: words in every field, inflections, phrases, prefixes, optional words, nots.
var rankings = []string{
	"port", "ports authority", `"port authority"`, `"north quay" repair`, "pipelin*", "storm OR pipeline OR election", "+harbour crane storm",
	"title:port body:storm", "port -storm", "NOT port", "U.S.", "l'eau", "élection", "der Hafen", "quay quay", `"the port" OR "the quay"`,
	"source:harbourgazette.com ship*", "author:bakker OR dateline:rotterdam", "NOT (port OR NOT storm) quay",
}

// TestScoresAreTheOracles compares scores with those of the plain engine, which computes the formula article by article.
func TestScoresAreTheOracles(t *testing.T) {
	articles := samples(t)
	oracle, e := index.Engine(memory.New(memory.Options{Clock: noon})), open(t)
	put(t, oracle, articles)
	for part := range slices.Chunk(articles, 17) {
		put(t, e, part)
	}
	for _, text := range rankings {
		for _, sort := range []index.Sort{index.SortRelevance, index.SortNewest} {
			r := index.Request{Size: 100, Sort: sort}
			got, want := search(t, e, text, r).Hits, search(t, oracle, text, r).Hits
			if len(got) != len(want) {
				t.Errorf("%s by %s: %d hits, want %d", text, sort, len(got), len(want))
				continue
			}
			for i := range got {
				if d := math.Abs(got[i].Score - want[i].Score); d > 1e-9*want[i].Score {
					t.Errorf("%s by %s, hit %d: score %v of %s, want %v of %s", text, sort, i, got[i].Score, got[i].ID, want[i].Score, want[i].ID)
				}
			}
		}
	}
}

// TestAnswersDoNotDependOnSegments puts the same articles in one batch, in many, and in another order with updates and
// deletions between, and holds that every answer is the same to the last bit.
func TestAnswersDoNotDependOnSegments(t *testing.T) {
	articles := samples(t)
	whole, pieces, detours := open(t), open(t), open(t)
	put(t, whole, articles)
	for part := range slices.Chunk(articles, 5) {
		put(t, pieces, part)
	}
	dice := rand.New(rand.NewPCG(7, 7))
	for _, i := range dice.Perm(len(articles)) {
		a := articles[i]
		if i%3 == 0 {
			draft := a
			draft.Title, draft.Source = "A draft of the port's quay", "Somebody Else"
			put(t, detours, []index.Article{draft, {ID: fmt.Sprint("gone ", i), Title: "Port quay storm pipeline"}})
		}
		put(t, detours, []index.Article{a})
	}
	var gone []string
	for i := range articles {
		gone = append(gone, fmt.Sprint("gone ", i))
	}
	if _, err := detours.Delete(context.Background(), gone); err != nil {
		t.Fatal(err)
	}
	for _, text := range rankings {
		for _, unit := range []index.Unit{index.Articles, index.Texts} {
			r := index.Request{Size: 20, Facets: index.FacetFields, Interval: index.IntervalAuto, Count: unit}
			want := asJSON(t, search(t, whole, text, r))
			for name, e := range map[string]index.Engine{"in pieces": pieces, "by detours": detours} {
				found := search(t, e, text, r)
				for i := range found.Hits { // the detours leave earlier versions
					found.Hits[i].Version, found.Hits[i].Changed = 0, index.Time{}
				}
				if got := asJSON(t, found); got != want {
					t.Errorf("%s, put %s:\n got %s\nwant %s", text, name, got, want)
				}
			}
		}
	}
}

func asJSON(t testing.TB, r *index.Result) string {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestPruningChangesNothing reads long and broad queries page by page, each of which scores no more than it must, and compares
// with an export, which scores everything; with and without recency.
func TestPruningChangesNothing(t *testing.T) {
	e := open(t)
	articles := samples(t)
	for round := range 4 { // hundreds of articles, many with equal scores
		for i := range articles {
			articles[i].ID = fmt.Sprintf("%d %03d", round, i)
		}
		put(t, e, articles)
	}
	for _, text := range append(rankings, "what did the port authority of the harbour say about the storm in the north",
		"the of and to in a port", "port^3 OR storm^0.5 OR the", "the", "storm pipeline election comet") {
		for _, size := range []int{1, 4, 25} {
			q, err := query.Parse(text, noon())
			if err != nil {
				t.Fatal(err)
			}
			r := index.Request{Query: q, Match: query.MatchAny, Size: size}
			if size == 4 {
				r.Recency = index.Recency{HalfLife: 90 * 24 * time.Hour, Origin: noon()}
			}
			var want, got []string
			for a, err := range e.Export(context.Background(), r) {
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, a.ID)
			}
			for page := 0; page == 0 || r.Cursor != ""; page++ {
				result, err := e.Search(context.Background(), r)
				if err != nil {
					t.Fatal(err)
				}
				for _, h := range result.Hits {
					got = append(got, h.ID)
				}
				if r.Cursor = ""; result.Next != nil {
					r.Cursor = *result.Next
				}
			}
			if index.HasWords(q.Tree(query.MatchAny)) && !slices.Equal(got, want) {
				t.Errorf("%s in pages of %d\n got %q\nwant %q", text, size, got, want)
			}
		}
	}
}

// TestExplanationsAddUp holds that the parts of every explanation are the score.
func TestExplanationsAddUp(t *testing.T) {
	e := open(t)
	put(t, e, samples(t))
	for _, text := range append(rankings, "(port NEAR/5 authority)^2 storm", `"port authority"~3 OR repeat2:quay`, `near9:"storm port"`) {
		for _, r := range []index.Request{{}, {Recency: index.Recency{HalfLife: 24 * time.Hour, Origin: noon()}}, {Sort: index.SortNewest}} {
			r.Explain, r.Match = true, query.MatchAny
			for i, h := range search(t, e, text, r).Hits {
				sum := 0.0
				for _, p := range h.Explanation.Parts {
					sum += p.Score
				}
				if math.Abs(sum-h.Score) > 1e-9*max(1, h.Score) {
					t.Errorf("%s, hit %d: the parts add up to %v, the score is %v: %+v", text, i, sum, h.Score, h.Explanation)
				}
			}
		}
	}
}

// TestTooBroad refuses a prefix that stands for more words than are looked up.
func TestTooBroad(t *testing.T) {
	e := open(t)
	var body []byte
	for i := range 21_000 {
		body = fmt.Appendf(body, "xa%dy ", i)
	}
	put(t, e, []index.Article{{ID: "1", Title: "many words", Body: string(body)}})
	q, err := query.Parse("many xa*", noon())
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.Search(context.Background(), index.Request{Query: q})
	fault, ok := err.(*query.Error)
	if !ok || fault.At != (query.Span{Start: 5, End: 8}) {
		t.Errorf("got %v, want a fault at the prefix", err)
	}
	if r := search(t, e, "xa1*", index.Request{}); r.Total.Articles != 1 {
		t.Errorf("a narrower prefix finds %d articles", r.Total.Articles)
	}
}

func BenchmarkPut(b *testing.B) {
	articles := samples(b)
	bytes := 0
	for i := range articles {
		bytes += len(articles[i].Title) + len(articles[i].Body)
	}
	e := open(b)
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		for i := range articles {
			articles[i].ID = fmt.Sprint(n, " ", i)
		}
		put(b, e, articles)
	}
}

// capitals mentions every word that begins with a capital as a person, an organisation or a place, in turn.
func capitals(a *index.Article) {
	of := map[string]*index.Entity{}
	for _, typ := range index.EntityTypes {
		of[typ] = &index.Entity{Type: typ, Name: "capitals", Count: 1}
	}
	n := 0
	for _, f := range index.TextFields[:3] {
		text := []rune(f.Of(a))
		for i := 0; i < len(text); i++ {
			if start := i; unicode.IsUpper(text[i]) {
				for i < len(text) && unicode.IsLetter(text[i]) {
					i++
				}
				e := of[index.EntityTypes[n%3]]
				n++
				e.Mentions = append(e.Mentions, index.Mention{Field: f.Name, Start: start, End: i, Text: string(text[start:i])})
			}
		}
	}
	for _, typ := range index.EntityTypes {
		a.Entities = append(a.Entities, *of[typ])
	}
}

// BenchmarkMentions searches and puts articles of which each has some dozens of mentions.
func BenchmarkMentions(b *testing.B) {
	articles, mentions := samples(b), 0
	for i := range articles {
		capitals(&articles[i])
		for _, e := range articles[i].Entities {
			mentions += len(e.Mentions)
		}
	}
	e, n := open(b), 0
	again := func() {
		for i := range articles {
			articles[i].ID = fmt.Sprint(n, " ", i)
		}
		n++
		put(b, e, articles)
	}
	for range 50 {
		again()
	}
	for _, text := range []string{"port", "@person", "@entity", `near20:"port authority"`, `near20:"port @person"`, `near20:"port @entity"`, `"the @org"`, "storm SENTENCE @place"} {
		b.Run("q="+text, func(b *testing.B) {
			for b.Loop() {
				search(b, e, text, index.Request{Facets: index.FacetFields, Interval: index.Month})
			}
		})
	}
	b.Run("put", func(b *testing.B) {
		b.ReportMetric(float64(mentions)/float64(len(articles)), "mentions/article")
		for b.Loop() {
			again()
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	e := open(b)
	articles := samples(b)
	for n := range 50 {
		for i := range articles {
			articles[i].ID = fmt.Sprint(n, " ", i)
		}
		put(b, e, articles)
	}
	for _, text := range []string{"", "port", `"port authority"`, "storm OR pipeline", "pipelin*"} {
		b.Run("q="+text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				search(b, e, text, index.Request{Facets: index.FacetFields, Interval: index.Month})
			}
		})
	}
}

// TestFewAmongMany searches words that thousands of articles have for the few of one source, and for the few that have a rare
// word too: there frequencies and positions are looked up one by one, in articles of which some have a word hundreds of times.
func TestFewAmongMany(t *testing.T) {
	var articles []index.Article
	for i := range 4000 {
		a := index.Article{ID: fmt.Sprint(i), Title: "The harbour master", Body: strings.Repeat("harbour news of the quay. ", 1+i%5), Source: "many.com", Language: "en"}
		a.Entities = []index.Entity{{Type: index.Place, Name: "Harbour", Count: 2, Mentions: []index.Mention{{Field: "title", Start: 4, End: 11}, {Field: "body", Start: 8, End: 15}}}}
		if i%97 == 3 {
			a.Source, a.Body = "few.com", a.Body+strings.Repeat("quay harbour ", 100+i%300)+"pelican"
		}
		articles = append(articles, a)
	}
	oracle, e := index.Engine(memory.New(memory.Options{Clock: noon})), open(t)
	put(t, oracle, articles)
	put(t, e, articles)
	few := index.Filters{Include: map[index.Field][]string{"source": {"few.com"}}}
	for _, text := range []string{"harbour", "harbour quay", `"quay harbour"`, "quay NEAR/3 news", "harbour pelican", "+pelican harbour news", "harb* pelican",
		"@place pelican", `"@entity of"~2 news`, `near9:"quay @place"`} {
		for _, f := range []index.Filters{{}, few} {
			r := index.Request{Filters: f, Size: 30, Explain: true}
			got, want := search(t, e, text, r), search(t, oracle, text, r)
			if got.Total != want.Total || len(got.Hits) != len(want.Hits) {
				t.Errorf("%s: %+v and %d hits, want %+v and %d", text, got.Total, len(got.Hits), want.Total, len(want.Hits))
				continue
			}
			for i := range got.Hits {
				if g, w := got.Hits[i], want.Hits[i]; math.Abs(g.Score-w.Score) > 1e-9*w.Score {
					t.Errorf("%s, hit %d: score %v of %s, want %v of %s", text, i, g.Score, g.ID, w.Score, w.ID)
				}
			}
		}
	}
}
