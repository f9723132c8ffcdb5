package index

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

// TestLogLikelihood compares with the first rows of Dunning's table of bigrams (1993, section 6).
func TestLogLikelihood(t *testing.T) {
	for _, c := range []struct {
		bigram            string
		ab, a, b, neither int
		want              float64
	}{
		{"the swiss", 110, 2442, 111, 29114, 270.72},
		{"can be", 29, 13, 123, 31612, 263.90},
	} {
		got := LogLikelihood(c.ab, c.ab+c.a, c.ab+c.b, c.ab+c.a+c.b+c.neither)
		if math.Abs(got-c.want) > 0.005 {
			t.Errorf("%s: %.3f, not %.2f", c.bigram, got, c.want)
		}
	}
}

func TestLogLikelihoodSigns(t *testing.T) {
	if got := LogLikelihood(20, 100, 200, 1000); math.Abs(got) > 1e-9 {
		t.Errorf("as often as by chance: %g", got)
	}
	if got := LogLikelihood(10, 100, 200, 1000); got >= 0 {
		t.Errorf("more rarely than by chance: %g", got)
	}
	if a, b := LogLikelihood(30, 100, 200, 1000), LogLikelihood(30, 200, 100, 1000); a != b || a <= 0 {
		t.Errorf("more often than by chance: %g and %g", a, b)
	}
	for _, c := range [][4]int{{0, 0, 0, 0}, {0, 0, 0, 5}, {5, 5, 5, 5}, {3, 4, 4, 4}, {0, 3, 0, 3}, {9, 3, 2, 1}} {
		if got := LogLikelihood(c[0], c[1], c[2], c[3]); math.IsNaN(got) || math.IsInf(got, 0) {
			t.Errorf("%v: %g", c, got)
		}
	}
}

func TestResolveNetwork(t *testing.T) {
	_, o, err := Request{}.ResolveNetwork(NetworkOptions{Types: []string{Place, Person, Place}})
	if err != nil || strings.Join(o.Types, " ") != "person place" || o.Size != DefaultNetworkSize || o.By != OrderCount {
		t.Errorf("%+v, %v", o, err)
	}
	for name, wrong := range map[string]NetworkOptions{
		"nodes": {Size: MaxNetworkSize + 1}, "types": {Types: []string{"source"}}, "by": {By: "name"},
	} {
		var param *ParamError
		if _, _, err := (Request{}).ResolveNetwork(wrong); !errors.As(err, &param) || param.Name != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := (Request{Count: "words"}).ResolveNetwork(NetworkOptions{}); err == nil {
		t.Error("counts words")
	}
}

// TestCheckAliases bounds what an article may say that it calls its entities.
func TestCheckAliases(t *testing.T) {
	article := func(aliases ...string) *Article {
		return &Article{ID: "1", Title: "t", Entities: []Entity{{Type: Person, Name: "A", Aliases: aliases}}}
	}
	for _, c := range []struct {
		aliases []string
		want    string
	}{
		{[]string{"B"}, ""},
		{make([]string, MaxValues), ""},
		{make([]string, MaxValues+1), "too large"},
		{[]string{strings.Repeat("x", MaxValueBytes+1)}, "too large"},
	} {
		if reason, detail := Check(article(c.aliases...)); reason != c.want {
			t.Errorf("%d aliases: %s: %s", len(c.aliases), reason, detail)
		}
	}
}

func TestCosine(t *testing.T) {
	for _, c := range []struct {
		both, a, b int
		want       float64
	}{{0, 0, 0, 0}, {0, 4, 0, 0}, {0, 4, 9, 0}, {6, 4, 9, 1}, {3, 4, 9, 0.5}} {
		if got := Cosine(c.both, c.a, c.b); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: %g", c, got)
		}
	}
}

func TestDaysApart(t *testing.T) {
	day := func(n int) Time {
		if n == 0 {
			return Time{}
		}
		return At(time.Date(2024, 3, n, 0, 0, 0, 0, time.UTC))
	}
	for _, c := range []struct{ first, last, first2, last2, want int }{
		{1, 5, 3, 9, 0}, {1, 5, 5, 9, 0}, {1, 5, 8, 9, 3}, {8, 9, 1, 5, 3}, {0, 0, 1, 5, 0}, {1, 5, 0, 0, 0}, {1, 9, 3, 4, 0},
	} {
		if got := DaysApart([2]Time{day(c.first), day(c.first2)}, [2]Time{day(c.last), day(c.last2)}); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
	if got := DaysApart([2]Time{day(1), At(day(2).Add(time.Hour))}, [2]Time{day(2), day(3)}); got != 1 {
		t.Errorf("an hour begun: %d", got)
	}
}
