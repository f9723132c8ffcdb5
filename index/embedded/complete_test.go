package embedded

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// zipfArticles makes articles of words and names that few of them have often, as in prose.
func zipfArticles(n int, seed uint64) []index.Article {
	r := rand.New(rand.NewPCG(seed, 7))
	words, people := rand.NewZipf(r, 1.07, 4, 400_000), rand.NewZipf(r, 1.1, 3, 150_000)
	letters := "etaoinshrdlu"
	word := func(n uint64) string {
		var b strings.Builder
		for n += 20; n > 0; n /= 12 {
			b.WriteByte(letters[n%12])
		}
		return b.String()
	}
	list := make([]index.Article, n)
	for i := range list {
		var body strings.Builder
		for range 120 {
			body.WriteString(word(words.Uint64()) + " ")
		}
		a := index.Article{ID: fmt.Sprintf("%d-%d", seed, i), Title: word(words.Uint64()) + " " + word(words.Uint64()), Body: body.String(),
			Source: fmt.Sprintf("paper %d", r.IntN(300)), Language: "en"}
		for range 3 {
			k := people.Uint64()
			a.Entities = append(a.Entities, index.Entity{Type: index.Person, Name: title(word(k%700)) + " " + title(word(k)+"ov"), Count: 1})
		}
		list[i] = a
	}
	return list
}

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// prefixesOf are beginnings of words and of names, of one to six letters.
func prefixesOf(r *rand.Rand, n int) (list []string) {
	for _, a := range zipfArticles(n, 99) {
		text := a.Title
		if r.IntN(2) == 0 {
			text = a.Entities[0].Name
		}
		word := analysis.Fold(strings.Fields(text)[0])
		list = append(list, word[:min(len(word), 1+r.IntN(6))])
	}
	return list
}

// TestCompleteManySegments compares the words that are found by lists of the most frequent with all that there are, over
// segments with deleted articles.
func TestCompleteManySegments(t *testing.T) {
	e, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for seed := range uint64(3) {
		if _, err := e.Put(t.Context(), zipfArticles(150, seed)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := e.Delete(t.Context(), []string{"0-1", "0-2", "1-7", "2-149"}); err != nil {
		t.Fatal(err)
	}
	err = e.view(t.Context(), func(v *view) error {
		for _, prefix := range []string{"e", "t", "ta", "h", "nothing", "o", "tai"} {
			short, _ := v.candidates(prefix, 3)
			all, bound := v.candidates(prefix, 1<<20)
			if bound != 0 || len(short) > len(all) {
				t.Errorf("%s: %d candidates of %d, and others with %d articles", prefix, len(short), len(all), bound)
			}
			want := []index.Completion{}
			for _, term := range all {
				if n := v.occurring(term); n > 0 {
					want = append(want, index.Completion{Text: term, Articles: n})
				}
			}
			slices.SortFunc(want, index.CompareCompletions)
			got := v.completeWord(prefix, index.MaxCompletions)
			if want = want[:min(len(want), index.MaxCompletions)]; !slices.Equal(got, want) {
				t.Errorf("%s: got %v\nwant %v", prefix, got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestBeginningsGrow adds values after the words of others are in order.
func TestBeginningsGrow(t *testing.T) {
	table := &table{numbers: map[string]uint32{}, others: map[uint32][]string{}}
	keys := func(prefix string) (list []string) {
		for _, w := range table.beginning(prefix) {
			list = append(list, table.key(w.number))
		}
		return list
	}
	for _, step := range []struct{ add, prefix, want string }{
		{"ruslan mirzaev", "mir", "ruslan mirzaev"},
		{"mirko dekker", "mir", "mirko dekker,ruslan mirzaev"},
		{"amir mir", "mir", "amir mir,mirko dekker,ruslan mirzaev"},
		{"a", "b", ""},
		{"miriam" + aliasEnd + "mirabel", "miri", "miriam" + aliasEnd + "mirabel"},
		{"", "mirab", ""},
	} {
		table.number([]byte(step.add), []byte(step.add))
		if got := strings.Join(keys(step.prefix), ","); got != step.want {
			t.Errorf("%s among %s: got %q, want %q", step.prefix, step.add, got, step.want)
		}
	}
}

// BenchmarkSuggest measures what suggestions ask of an engine: completions of a prefix, and what each then finds. The index is
// the one at DATELINE_INDEX, or one of 20,000 made articles.
func BenchmarkSuggest(b *testing.B) {
	dir, made := os.Getenv("DATELINE_INDEX"), false
	if dir == "" {
		dir, made = b.TempDir(), true
	}
	e, err := Open(dir, Options{ReadOnly: !made})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	if made {
		for seed := range uint64(20) {
			if _, err := e.Put(b.Context(), zipfArticles(1000, seed)); err != nil {
				b.Fatal(err)
			}
		}
	}
	prefixes := prefixesOf(rand.New(rand.NewPCG(1, 1)), 500)
	for i := 'a'; i <= 'z'; i++ {
		prefixes = append(prefixes, string(i))
	}
	fields := []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace, index.FieldSource, index.FieldAgency, index.FieldAuthor, index.FieldTopic}
	ask := func(prefix string) {
		c, err := e.Complete(b.Context(), index.CompletionRequest{Prefix: prefix, Words: true, Fields: fields, Size: 10})
		if err != nil {
			b.Fatal(err)
		}
		var requests []index.Request
		for _, w := range c.Words {
			requests = append(requests, index.Request{Query: &query.Query{Root: query.Word{Text: w.Text}}, Match: query.MatchAll})
		}
		for field, list := range c.Values {
			for _, v := range list[:min(3, len(list))] {
				requests = append(requests, index.Request{Query: &query.Query{Root: query.Value{Field: string(field), Text: v.Text}}, Match: query.MatchAll})
			}
		}
		if _, err := e.Count(b.Context(), requests); err != nil {
			b.Fatal(err)
		}
	}
	began := time.Now()
	ask("a")
	b.ReportMetric(float64(time.Since(began).Microseconds())/1000, "first-ms")
	for range b.N {
		var times []time.Duration
		for _, prefix := range prefixes {
			began := time.Now()
			ask(prefix)
			times = append(times, time.Since(began))
		}
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
	}
}

// BenchmarkAfterWrite measures the first suggestions after each article that comes in, over a copy of the index at DATELINE_INDEX.
func BenchmarkAfterWrite(b *testing.B) {
	from := os.Getenv("DATELINE_INDEX")
	if from == "" {
		b.Skip("SKIPPED: DATELINE_INDEX names no index")
	}
	dir := filepath.Join(b.TempDir(), "index")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		b.Fatal(err)
	}
	e, err := Open(dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	ask := func() {
		_, err := e.Complete(b.Context(), index.CompletionRequest{Prefix: "s", Words: true, Fields: index.FacetFields, Size: 10})
		if err != nil {
			b.Fatal(err)
		}
	}
	began := time.Now()
	ask()
	b.ReportMetric(float64(time.Since(began).Milliseconds()), "opened-ms")
	articles := zipfArticles(1000, 5)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		if _, err := e.Put(b.Context(), articles[i%1000:][:1]); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		ask()
	}
}
