package silence

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

var first = time.Date(2024, 2, 26, 0, 0, 0, 0, time.UTC) // a Monday

// days are days from the first on: "x" has articles, "." has none, a number in front repeats.
func days(s string) []index.Bucket {
	var list []index.Bucket
	n := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			n = 10*n + int(c-'0')
			continue
		}
		for range max(n, 1) {
			b := index.Bucket{Start: day(len(list))}
			if c == 'x' {
				b.Count = 1
			}
			list = append(list, b)
		}
		n = 0
	}
	return list
}

func day(i int) string { return first.AddDate(0, 0, i).Format(time.DateOnly) }

// said writes gaps as numbers of days from the first on.
func said(r Report) string {
	number := func(s string) int {
		t, err := time.Parse(time.DateOnly, s)
		if err != nil {
			panic(err)
		}
		return int(t.Sub(first) / (24 * time.Hour))
	}
	var list []string
	for _, g := range r.Gaps {
		text := fmt.Sprintf("%d-%d(%d)", number(g.From), number(g.To), g.Days)
		if g.Open {
			text += "…"
		}
		list = append(list, text)
	}
	return strings.Join(list, " ")
}

func TestGaps(t *testing.T) {
	workdays := strings.Repeat("5x2.", 6)
	weekly := strings.Repeat("x6.", 12) + "x"
	for _, c := range []struct {
		name, days string
		until      int // -1 is none
		median     int
		want       string
	}{
		{"nothing", "", -1, 0, ""},
		{"nothing but empty days", "20.", 19, 0, ""},
		{"too few days to be regular", "9x30.", 38, 0, ""},
		{"just enough", "10x5.", 14, 1, "10-14(5)…"},
		{"every day", "30x", 29, 1, ""},
		{"four days are no gap", "10x4.10x", 23, 1, ""},
		{"five are", "10x5.10x", 24, 1, "10-14(5)"},
		{"two of them", "10x5.x9.10x", 34, 1, "10-14(5) 16-24(9)"},
		{"weekends", workdays, 41, 1, ""},
		{"weekends and a week that is missing", workdays + "7." + workdays, 90, 1, "40-48(9)"},
		{"a weekly", weekly, 84, 7, ""},
		{"a weekly that left out five", weekly + "34." + "x6." + weekly, 300, 7, "211-300(90)…"},
		{"a weekly that left out six", weekly + "41." + "x6." + weekly, -1, 7, "85-125(41)"},
		{"silent since", "10x", 20, 1, "10-20(11)…"},
		{"silent for four days", "10x", 13, 1, ""},
		{"what is later does not count", "10x20.x", 12, 1, ""},
		{"what is later is no end", "10x20.x", 20, 1, "10-20(11)…"},
		{"without an end", "10x20.", -1, 1, ""},
		{"the lower median", "x" + strings.Repeat("x.", 5) + "5x", -1, 1, ""},
	} {
		until := ""
		if c.until >= 0 {
			until = day(c.until)
		}
		r := Find(days(c.days), until)
		if r.Median != c.median || said(r) != c.want || r.Least != Factor*c.median {
			t.Errorf("%s: median %d, gaps %q; want %d, %q", c.name, r.Median, said(r), c.median, c.want)
		}
	}
}

// TestGapsByHand: the definition, day for day, on random days.
func TestGapsByHand(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	for range 300 {
		list := make([]index.Bucket, 1+random.IntN(120))
		dense := random.Float64()
		for i := range list {
			if list[i].Start = day(i); random.Float64() < dense*dense {
				list[i].Count = 1 + random.IntN(3)
			}
		}
		if random.IntN(2) == 0 { // a hole
			at := random.IntN(len(list))
			for i := at; i < min(at+random.IntN(40), len(list)); i++ {
				list[i].Count = 0
			}
		}
		until := random.IntN(len(list) + 20)
		r := Find(list, day(until))
		if want := byHand(list, until); !reflect.DeepEqual(r, want) {
			t.Fatalf("seed %d: %+v, want %+v", seed, r, want)
		}
	}
}

func byHand(list []index.Bucket, until int) Report {
	r := Report{Gaps: []Gap{}}
	var with, between []int
	for i, b := range list {
		if b.Count > 0 && i <= until {
			if len(with) > 0 {
				between = append(between, i-with[len(with)-1])
			}
			with = append(with, i)
		}
	}
	if r.Days = len(with); r.Days < LeastDays {
		return r
	}
	slices.Sort(between)
	r.Median = between[(len(between)-1)/2]
	r.Least = 5 * r.Median
	run := 0
	for i := with[0]; i <= until+1; i++ {
		if has := i < len(list) && list[i].Count > 0 || i > until; !has {
			run++
			continue
		}
		if run >= r.Least {
			r.Gaps = append(r.Gaps, Gap{day(i - run), day(i - 1), run, i > until})
		}
		run = 0
	}
	return r
}

// TestUnreadable: what is no day is no day with articles.
func TestUnreadable(t *testing.T) {
	list := append(days("12x"), index.Bucket{Start: "2024-13-01", Count: 1}, index.Bucket{Start: "2024-05-01T10:00:00Z", Count: 1}, index.Bucket{Count: 1})
	if r := Find(list, "soon"); r.Days != 12 || len(r.Gaps) != 0 {
		t.Errorf("%+v", r)
	}
}
