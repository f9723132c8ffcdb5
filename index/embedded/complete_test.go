package embedded

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/index"
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
