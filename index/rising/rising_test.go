package rising

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
)

var newest = time.Date(1987, 10, 20, 22, 53, 0, 0, time.UTC)

// article is one of some days before the newest, which names people and has topics.
func article(id string, daysBefore int, people, topics []string) index.Article {
	a := index.Article{ID: id, Title: "Title of " + id, Published: index.At(newest.AddDate(0, 0, -daysBefore)), Precision: "minute", Topics: topics}
	for _, p := range people {
		a.Entities = append(a.Entities, index.Entity{Type: index.Person, Name: p, Count: 1})
	}
	return a
}

func engine(t testing.TB, articles []index.Article) index.Engine {
	e := memory.New(memory.Options{})
	t.Cleanup(func() { _ = e.Close() })
	if r, err := e.Put(context.Background(), articles); err != nil || len(r.Rejected) > 0 {
		t.Fatal(err, r.Rejected)
	}
	return e
}

func window(name string) Window {
	w, ok := WindowOf(name)
	if !ok {
		panic(name)
	}
	return w
}

// names are as many names that have nothing in common.
var letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"

func name(i int) string {
	return fmt.Sprintf("%c%c%cov Z%c%c%cin", letters[i%24], 'a'+rune(i*7%26), 'a'+rune(i*11%26), 'a'+rune(i*5%26), 'a'+rune(i*3%26), 'a'+rune(i/26%26))
}

// TestByHand: on random articles the report is what counting by hand gives, and every number is that of a search with a filter.
func TestByHand(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	for round := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, round))
		var articles []index.Article
		for i := range 400 {
			ago := random.IntN(60)
			if i == 0 {
				ago = 0
			}
			topics := []string{}
			for k := range 12 { // every third is named more of late
				if p := 0.05 + 0.15*float64(random.IntN(2)); random.Float64() < p || k%3 == 0 && ago < 7 && random.Float64() < 0.3 {
					topics = append(topics, fmt.Sprintf("topic %d", k))
				}
			}
			articles = append(articles, article(fmt.Sprint(i), ago, nil, topics))
		}
		e := engine(t, articles)
		w := Windows[random.IntN(2)]
		got, err := Find(t.Context(), e, w, index.At(newest), index.At(newest.AddDate(0, 0, -59)))
		if err != nil || got == nil {
			t.Fatal(got, err)
		}
		if want := byHand(articles, w); !reflect.DeepEqual(got.Lists, want) {
			t.Fatalf("seed %d, round %d: %+v\nwant %+v", seed, round, got.Lists, want)
		}
		for _, l := range got.Lists {
			for _, v := range l.Values {
				checkCount(t, e, l.Field, v.Value, got.From, got.To, v.Count)
				checkCount(t, e, l.Field, v.Value, got.BeforeFrom, got.BeforeTo, v.Before)
			}
		}
	}
}

// checkCount compares a number with the search that a link of the page makes.
func checkCount(t *testing.T, e index.Engine, f index.Field, value, from, to string, want int) {
	t.Helper()
	r, err := index.ParseRequest(map[string][]string{string(f): {value}, "from": {from}, "to": {to}}, newest)
	if err != nil {
		t.Fatal(err)
	}
	found, err := e.Search(t.Context(), r)
	if err != nil || found.Total.Articles != want {
		t.Errorf("%s %s from %s to %s: %d articles, the report says %d (%v)", f, value, from, to, found.Total.Articles, want, err)
	}
}

// byHand counts the topics.
func byHand(articles []index.Article, w Window) []List {
	now, before, n, b := map[string]int{}, map[string]int{}, 0, 0
	for _, a := range articles {
		switch ago := int(newest.Sub(a.Published.Time).Hours() / 24); {
		case ago < w.Days:
			n++
			for _, topic := range a.Topics {
				now[topic]++
			}
		case ago < w.Days+w.Before:
			b++
			for _, topic := range a.Topics {
				before[topic]++
			}
		}
	}
	var values []Value
	for topic, k := range now {
		if g := g2(k, before[topic], n, b); k >= 3 && g >= LeastStrength {
			values = append(values, Value{topic, k, before[topic], 0})
		}
	}
	slices.SortFunc(values, func(x, y Value) int {
		return cmp.Or(cmp.Compare(g2(y.Count, y.Before, n, b), g2(x.Count, x.Before, n, b)), cmp.Compare(y.Count, x.Count), cmp.Compare(x.Value, y.Value))
	})
	values = values[:min(len(values), Listed)]
	for i, v := range values {
		values[i].Strength = index.LogLikelihood(v.Count, v.Count+v.Before, n, n+b)
	}
	if len(values) == 0 {
		return []List{}
	}
	return []List{{index.FieldTopic, values}}
}

// g2 is twice the sum over the table of observed · ln(observed / expected), negative for a share that has fallen, rounded as no
// difference of two tables is.
func g2(now, before, n, b int) float64 {
	sum, all := 0.0, float64(n+b)
	for _, c := range [][3]int{{now, now + before, n}, {before, now + before, b}, {n - now, n + b - now - before, n}, {b - before, n + b - now - before, b}} {
		if c[0] > 0 {
			sum += 2 * float64(c[0]) * math.Log(float64(c[0])*all/(float64(c[1])*float64(c[2])))
		}
	}
	if now*b < before*n {
		sum = -sum
	}
	return math.Round(sum*1e9) / 1e9
}

// TestRising: what is listed, in which order, and what is not.
func TestRising(t *testing.T) {
	var articles []index.Article
	put := func(ago, times int, people ...string) {
		for range times {
			articles = append(articles, article(fmt.Sprint(len(articles)), ago, people, nil))
		}
	}
	put(0, 40)
	put(20, 160)
	put(2, 8, name(1))            // new, and the strongest
	put(3, 8, name(2))            // likewise: a tie, by name
	put(6, 10, name(3))           // risen from 5
	put(30, 5, name(3))           //
	put(1, 20, name(4))           // common before too
	put(10, 80, name(4))          //
	put(0, 2, name(5))            // new, but too few
	put(34, 1, name(6), name(2))  // the last day that is before: breaks the tie
	put(35, 50, name(1), name(3)) // before all that is looked at
	e := engine(t, articles)
	r, err := Find(t.Context(), e, window("7d"), index.At(newest), index.At(newest.AddDate(0, 0, -35)))
	if err != nil {
		t.Fatal(err)
	}
	if r.From != "1987-10-14" || r.To != "1987-10-20" || r.BeforeFrom != "1987-09-16" || r.BeforeTo != "1987-10-13" {
		t.Errorf("%+v", r)
	}
	if r.Articles != 88 || r.Before != 246 {
		t.Errorf("%d and %d articles", r.Articles, r.Before)
	}
	if len(r.Lists) != 1 || r.Lists[0].Field != index.FieldPerson {
		t.Fatalf("%+v", r.Lists)
	}
	got := ""
	for _, v := range r.Lists[0].Values {
		got += fmt.Sprintf("%s %d %d; ", v.Value, v.Count, v.Before)
	}
	if want := fmt.Sprintf("%s 8 0; %s 8 1; %s 10 5; ", name(1), name(2), name(3)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestTies: of what rises alike the name decides, and only so many are listed.
func TestTies(t *testing.T) {
	var articles []index.Article
	for i := range 40 {
		articles = append(articles, article(fmt.Sprint("b", i), 9, nil, []string{"old"}))
	}
	for i := range 5 {
		articles = append(articles, article(fmt.Sprint("n", i), 0, nil, []string{"i", "h", "g", "f", "e", "d", "c", "b", "a"}))
	}
	r, err := Find(t.Context(), engine(t, articles), window("7d"), index.At(newest), index.At(newest.AddDate(0, 0, -30)))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, v := range r.Lists[0].Values {
		got += v.Value
	}
	if got != "abcdef" {
		t.Error(got)
	}
}

// TestNothing: there is no report where there is nothing to compare.
func TestNothing(t *testing.T) {
	one := func(ago int) []index.Article {
		return []index.Article{article("n", 0, nil, nil), article("b", ago, nil, nil)}
	}
	first := func(ago int) index.Time { return index.At(newest.AddDate(0, 0, -ago)) }
	for _, c := range []struct {
		name          string
		articles      []index.Article
		newest, first index.Time
		window        string
		want          bool
	}{
		{"an empty index", nil, index.Time{}, index.Time{}, "7d", false},
		{"nothing dated", []index.Article{{ID: "x", Title: "x"}}, index.Time{}, index.Time{}, "1d", false},
		{"thirteen days", one(12), index.At(newest), first(12), "7d", false},
		{"fourteen days", one(13), index.At(newest), first(13), "7d", true},
		{"fourteen days for a day", one(13), index.At(newest), first(13), "1d", false},
		{"two days", one(1), index.At(newest), first(1), "1d", true},
		{"a hole before", one(50), index.At(newest), first(50), "7d", false},
		{"the same for a month", one(50), index.At(newest), first(50), "30d", false},
		{"sixty days", one(59), index.At(newest), first(59), "30d", true},
	} {
		r, err := Find(t.Context(), engine(t, c.articles), window(c.window), c.newest, c.first)
		if err != nil || (r != nil) != c.want {
			t.Errorf("%s: %+v, %v", c.name, r, err)
		}
		if r != nil && (r.Lists == nil || len(r.Lists) != 0) {
			t.Errorf("%s: lists %+v", c.name, r.Lists)
		}
	}
	e := engine(t, one(59))
	if r, err := First(t.Context(), e, Preferred, index.At(newest), first(59)); err != nil || r == nil || r.Window != "30d" {
		t.Errorf("the first window with anything: %+v, %v", r, err)
	}
	rises := one(59) // a topic of the last fortnight: a day of it is no more than the week before had
	for i := range 60 {
		rises = append(rises, article(fmt.Sprint("w", i), i/2, nil, map[bool][]string{true: {"new"}}[i < 30]))
	}
	if r, err := First(t.Context(), engine(t, rises), []Window{window("1d"), window("7d"), window("30d")}, index.At(newest), first(59)); err != nil || r == nil || r.Window != "7d" {
		t.Errorf("the first window in which anything rises: %+v, %v", r, err)
	}
	if r, err := First(t.Context(), e, nil, index.At(newest), first(59)); err != nil || r != nil {
		t.Errorf("of no window: %+v, %v", r, err)
	}
}

func TestWindows(t *testing.T) {
	for _, w := range Windows {
		if got, ok := WindowOf(w.Name); !ok || got != w || w.Before%7 != 0 && w.Days < 30 {
			t.Errorf("%+v", w)
		}
	}
	if _, ok := WindowOf("2d"); ok {
		t.Error("there is a window of two days")
	}
}

// broken fails after some questions.
type broken struct {
	index.Engine
	after *int
}

var errBroken = errors.New("broken")

func (b broken) next() error {
	if *b.after--; *b.after < 0 {
		return errBroken
	}
	return nil
}

func (b broken) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	if err := b.next(); err != nil {
		return nil, err
	}
	return b.Engine.Search(ctx, r)
}

func (b broken) Facet(ctx context.Context, r index.Request, f index.Field, prefix string) (*index.Facet, error) {
	if err := b.next(); err != nil {
		return nil, err
	}
	return b.Engine.Facet(ctx, r, f, prefix)
}

// TestFaults: what fails in the engine fails.
func TestFaults(t *testing.T) {
	var articles []index.Article
	for i := range 20 {
		articles = append(articles, article(fmt.Sprint(i), i, nil, []string{"a"}))
	}
	e := engine(t, articles)
	for after := range 4 {
		left := after
		r, err := Find(t.Context(), broken{e, &left}, window("7d"), index.At(newest), index.At(newest.AddDate(0, 0, -19)))
		if failed := errors.Is(err, errBroken); failed != (after < 3) || failed && r != nil {
			t.Errorf("after %d: %+v, %v", after, r, err)
		}
	}
}
