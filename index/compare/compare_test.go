package compare_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/compare"
	"dateline/index/memory"
	"dateline/query"
)

var noon = time.Date(2024, 3, 20, 12, 0, 0, 0, time.UTC)

// words are those of the articles: article i has words[k] when i is divisible by k+2.
var words = []string{"oil", "gas", "wheat", "cocoa", "gold"}

func has(i, word int) bool { return i%(word+2) == 0 }

// day is the day of an article, or zero: each tenth is undated.
func day(i int) time.Time {
	if i%10 == 9 || i%10 == 0 {
		return time.Time{}
	}
	return time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 2*i)
}

const articles = 121

func engine(t *testing.T) index.Engine {
	t.Helper()
	e := memory.New(memory.Options{})
	t.Cleanup(func() { _ = e.Close() })
	var list []index.Article
	for i := range articles {
		text := []string{"news"}
		for k, w := range words {
			if has(i, k) {
				text = append(text, w)
			}
		}
		a := index.Article{ID: fmt.Sprint(i), Title: strings.Join(text, " "), Source: []string{"Quay", "Tide"}[i%2], Precision: "day"}
		if d := day(i); !d.IsZero() {
			a.Published = index.At(d)
		}
		list = append(list, a)
	}
	if _, err := e.Put(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	return e
}

func parse(t *testing.T, texts ...string) []*query.Query {
	t.Helper()
	var list []*query.Query
	for _, text := range texts {
		q, err := query.Parse(text, noon)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, q)
	}
	return list
}

// numbers counts the articles for which a condition holds.
func numbers(condition func(i int) bool) (n int) {
	for i := range articles {
		if condition(i) {
			n++
		}
	}
	return n
}

// TestCounts compares all numbers with those counted one by one, with and without a filter.
func TestCounts(t *testing.T) {
	e := engine(t)
	for _, source := range []string{"", "Quay"} {
		r := index.Request{Interval: index.Month}
		if source != "" {
			r.Filters.Include = map[index.Field][]string{index.FieldSource: {source}}
		}
		counts := func(i int) bool { return source == "" || i%2 == 0 }
		c, err := compare.Queries(t.Context(), e.Search, r, parse(t, words...))
		if err != nil {
			t.Fatal(err)
		}
		for k, s := range c.Series {
			if want := numbers(func(i int) bool { return counts(i) && has(i, k) }); s.Total.Articles != want || s.Text != words[k] {
				t.Errorf("%s: %d, want %d", s.Text, s.Total.Articles, want)
			}
			if want := numbers(func(i int) bool { return counts(i) && has(i, k) && day(i).IsZero() }); s.Undated != want {
				t.Errorf("%s: %d undated, want %d", s.Text, s.Undated, want)
			}
		}
		for _, b := range c.Buckets {
			in := func(i int) bool { return !day(i).IsZero() && day(i).Format("2006-01")+"-01" == b.Start }
			if want := numbers(in); b.All != want {
				t.Errorf("%s: %d in all, want %d", b.Start, b.All, want)
			}
			for k, n := range b.Counts {
				if want := numbers(func(i int) bool { return counts(i) && in(i) && has(i, k) }); n != want {
					t.Errorf("%s in %s: %d, want %d", words[k], b.Start, n, want)
				}
			}
		}
		if len(c.Pairs) != 10 {
			t.Fatalf("%d pairs", len(c.Pairs))
		}
		for _, p := range c.Pairs {
			if want := numbers(func(i int) bool { return counts(i) && has(i, p.A) && has(i, p.B) }); p.Total.Articles != want {
				t.Errorf("%s and %s: %d, want %d", words[p.A], words[p.B], p.Total.Articles, want)
			}
		}
		some := func(i int) bool { return counts(i) && (has(i, 0) || has(i, 1) || has(i, 2) || has(i, 3) || has(i, 4)) }
		every := func(i int) bool { return counts(i) && has(i, 0) && has(i, 1) && has(i, 2) && has(i, 3) && has(i, 4) }
		if c.Any.Articles != numbers(some) || c.All.Articles != numbers(every) || c.All.Articles == 0 {
			t.Errorf("any %d, want %d; all %d, want %d", c.Any.Articles, numbers(some), c.All.Articles, numbers(every))
		}
	}
}

// TestOverlapLaw: |A| + |B| - |A and B| = |A or B|, also for queries that are relaxed, that exclude, and that find nothing.
func TestOverlapLaw(t *testing.T) {
	e := engine(t)
	texts := []string{"oil", "gas OR gold", "wheat NOT oil", "oil zeppelin", "zeppelin", "*:*", "oil NEAR/3 gas", "title:cocoa", "NOT oil", "+oil gas", "date:2023-02"}
	for i, a := range texts {
		for _, b := range texts[i:] {
			c, err := compare.Queries(t.Context(), e.Search, index.Request{}, parse(t, a, b))
			if err != nil {
				t.Fatalf("%s, %s: %v", a, b, err)
			}
			both := c.Pairs[0]
			if c.Series[0].Total.Articles+c.Series[1].Total.Articles-both.Total.Articles != c.Any.Articles || c.All != both.Total {
				t.Errorf("%s, %s: %+v", a, b, c)
			}
			found, err := e.Search(t.Context(), index.Request{Query: parse(t, both.Query)[0], Match: query.MatchAll})
			if err != nil || found.Total != both.Total {
				t.Errorf("%s finds %v, not %v: %v", both.Query, found, both.Total, err)
			}
		}
	}
}

// TestAuto: queries of which each would choose an interval of its own share one, and no bucket is lost.
func TestAuto(t *testing.T) {
	e := engine(t)
	c, err := compare.Queries(t.Context(), e.Search, index.Request{}, parse(t, "*:*", "id:4 OR id:6", "date:2023-02", "zeppelin"))
	if err != nil {
		t.Fatal(err)
	}
	sums := make([]int, len(c.Series))
	for i, b := range c.Buckets {
		for k, n := range b.Counts {
			sums[k] += n
		}
		if i > 0 && c.Buckets[i-1].Start >= b.Start {
			t.Errorf("%s after %s", b.Start, c.Buckets[i-1].Start)
		}
	}
	for k, s := range c.Series {
		if sums[k]+s.Undated != s.Total.Articles {
			t.Errorf("%s: %d in the buckets and %d undated of %d", s.Text, sums[k], s.Undated, s.Total.Articles)
		}
	}
	if c.Interval != index.Week || c.Unit != index.Articles {
		t.Errorf("by %s, in %s", c.Interval, c.Unit)
	}
}

func TestFaults(t *testing.T) {
	e := engine(t)
	for _, n := range []int{0, 1, 6} {
		var param *index.ParamError
		if _, err := compare.Queries(t.Context(), e.Search, index.Request{}, make([]*query.Query, n)); !errors.As(err, &param) || param.Name != "q" {
			t.Errorf("%d queries: %v", n, err)
		}
	}
	failing := errors.New("broken")
	calls := 0
	search := func(ctx context.Context, r index.Request) (*index.Result, error) {
		if calls++; calls == 2 {
			return nil, failing
		}
		return e.Search(ctx, r)
	}
	var nth *compare.QueryError
	if _, err := compare.Queries(t.Context(), search, index.Request{}, parse(t, "oil", "gas")); !errors.As(err, &nth) || nth.Number != 1 || !errors.Is(err, failing) {
		t.Errorf("the second search fails: %v", err)
	}
}

// TestChanging: an index that is written to between two searches is asked again, but not for ever.
func TestChanging(t *testing.T) {
	e := engine(t)
	for _, c := range []struct {
		changes int
		ok      bool
	}{{1, true}, {1000, false}} {
		calls := 0
		search := func(ctx context.Context, r index.Request) (*index.Result, error) {
			result, err := e.Search(ctx, r)
			if calls++; r.Interval != "" && calls%3 == 1 && calls <= c.changes {
				result.Timeline.Interval = index.Month
				result.Timeline.Buckets = append(result.Timeline.Buckets, index.Bucket{Start: "2031-01-01", Count: 1})
			}
			return result, err
		}
		_, err := compare.Queries(t.Context(), search, index.Request{Interval: index.Month}, parse(t, "oil", "gas"))
		if (err == nil) != c.ok {
			t.Errorf("%d changes: %v after %d searches", c.changes, err, calls)
		}
	}
}

// TestCSV: what is written is read back, whatever the queries are.
func TestCSV(t *testing.T) {
	e := engine(t)
	texts := []string{`title:"oil, gas" OR oil`, "gas\nOR gold", `"wheat"`}
	c, err := compare.Queries(t.Context(), e.Search, index.Request{Interval: index.Month}, parse(t, texts...))
	if err != nil {
		t.Fatal(err)
	}
	c.Series[2].Text = "=cmd()"
	var b bytes.Buffer
	if err := compare.WriteCSV(&b, c); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\r\n"); n < len(c.Buckets)+2 {
		t.Errorf("%d lines end with CR LF", n)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"month", "all articles", "articles: " + texts[0], "articles: " + texts[1], "articles: =cmd()"}; !slices.Equal(rows[0], want) {
		t.Errorf("header %q, want %q", rows[0], want)
	}
	for i, bucket := range c.Buckets {
		got := compare.Bucket{Start: rows[i+1][0], All: atoi(t, rows[i+1][1])}
		for _, cell := range rows[i+1][2:] {
			got.Counts = append(got.Counts, atoi(t, cell))
		}
		if !reflect.DeepEqual(got, bucket) {
			t.Errorf("row %v, want %v", got, bucket)
		}
	}
	last := rows[len(rows)-1]
	if len(rows) != len(c.Buckets)+2 || last[0] != "undated" || last[1] != "" || atoi(t, last[2]) != c.Series[0].Undated {
		t.Errorf("%d rows, the last %q", len(rows), last)
	}
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Error(err)
	}
	return n
}
