package relevance

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMetrics compares with values worked out by hand: a is of grade 2, b and c of grade 1, d of grade 0.
func TestMetrics(t *testing.T) {
	g := Grades{"a": 2, "b": 1, "c": 1, "d": 0}
	far := strings.Fields(strings.Repeat("x ", 10) + "a")
	// The best ranking gains 3/log2(2) + 1/log2(3) + 1/log2(4) = 3 + 0.630930 + 0.5 = 4.130930.
	for _, c := range []struct {
		ranking                        []string
		ap, rr, ndcg, hit4, hit10, rec float64
	}{
		{[]string{"a", "b", "c"}, 1, 1, 1, 1, 1, 1},
		// (1/2 + 2/4) / 3; 1/2; (3/log2(3) + 1/log2(5)) / 4.130930 = (1.892789 + 0.430677) / 4.130930.
		{[]string{"d", "a", "x", "b"}, 1.0 / 3, 0.5, 0.562456, 1, 1, 2.0 / 3},
		// 1/5 / 3; 1/5; 1/log2(6) / 4.130930 = 0.386853 / 4.130930.
		{[]string{"x", "y", "z", "d", "c"}, 1.0 / 15, 0.2, 0.093648, 0, 1, 1.0 / 3},
		// 1/11 / 3, and nothing among the first ten.
		{far, 1.0 / 33, 0, 0, 0, 0, 1.0 / 3},
		{nil, 0, 0, 0, 0, 0, 0},
	} {
		for i, want := range []float64{c.ap, c.rr, c.ndcg, c.hit4, c.hit10, c.rec} {
			if got := Metrics[i].Of(c.ranking, g); math.Abs(got-want) > 1e-6 {
				t.Errorf("%s of %v is %f, want %f", Metrics[i].Name, c.ranking, got, want)
			}
		}
	}
	for _, m := range Metrics {
		if got := m.Of([]string{"d"}, Grades{"d": 0}); got != 0 {
			t.Errorf("%s is %f where nothing is relevant", m.Name, got)
		}
		if got := m.Of(append(make([]string, Depth), "a"), g); got != 0 {
			t.Errorf("%s is %f of a hit beyond %d", m.Name, got, Depth)
		}
	}
}

// TestManyRelevant holds that the best of ten is reached when there are more than ten.
func TestManyRelevant(t *testing.T) {
	g, ranking := Grades{}, strings.Split("abcdefghijkl", "")
	for _, id := range ranking {
		g[id] = 1
	}
	if got := NDCG10.Of(ranking, g); got != 1 {
		t.Errorf("nDCG@10 is %f, want 1", got)
	}
}

func TestSet(t *testing.T) {
	j := Judgements{}
	j.Add("1", "a", 1)
	j.Add("1", "gone", 2)
	j.Add("2", "b", 0)
	s := NewSet("small", []Topic{{ID: "1"}, {ID: "2"}, {ID: "3"}}, j)
	if len(s.Topics) != 1 || s.Topics[0].ID != "1" {
		t.Errorf("topics without a relevant article are kept: %v", s.Topics)
	}
	if n := s.Unknown(func(id string) bool { return id != "gone" }); n != 1 {
		t.Errorf("%d relevant articles are unknown, want 1", n)
	}
	if got := s.Scores(Recall100, Rankings{"1": {"a"}}); !slices.Equal(got, []float64{0.5}) {
		t.Errorf("scores %v, want 0.5", got)
	}
	if got := Mean([]float64{0.25, 0.75}); got != 0.5 || Mean(nil) != 0 {
		t.Errorf("mean %f, want 0.5", got)
	}
}

func TestPermutation(t *testing.T) {
	better, worse := slices.Repeat([]float64{1}, 4), slices.Repeat([]float64{0}, 4)
	// Of the 16 ways to swap four equal differences two are as extreme: 0.125.
	if p := Permutation(better, worse, 20_000, 1); math.Abs(p-0.125) > 0.01 {
		t.Errorf("p %f, want about 0.125", p)
	}
	// 1, 2 and 3 with their signs reach at least |1+2-3| in all 8 ways, |1-2+3| = 2 in 6, |1+2+3| in 2.
	for i, want := range []float64{1, 0.75, 0.25} {
		a := [][]float64{{1, 2, -3}, {1, -2, 3}, {1, 2, 3}}[i]
		if p := Permutation(a, make([]float64, 3), 20_000, 1); math.Abs(p-want) > 0.01 {
			t.Errorf("p of %v is %f, want about %f", a, p, want)
		}
	}
	if p := Permutation(better, better, 100, 1); p != 1 {
		t.Errorf("p of a system and itself is %f, want 1", p)
	}
	long, none := slices.Repeat([]float64{0.1}, 200), make([]float64, 200)
	if p := Permutation(long, none, 1000, 1); p != 1.0/1001 {
		t.Errorf("p %f of 200 equal differences", p)
	}
	if p, q := Permutation(better, worse, 500, 7), Permutation(worse, better, 500, 7); p != q {
		t.Errorf("p is %f one way and %f the other", p, q)
	}
}

func TestRead(t *testing.T) {
	topics, err := ReadTopics(strings.NewReader("# ids and texts\n\nq1 oil price\nq2\t\"north quay\"  repair\n"))
	if want := []Topic{{ID: "q1", Text: "oil price"}, {ID: "q2", Text: `"north quay"  repair`}}; err != nil || !slices.Equal(topics, want) {
		t.Errorf("%q, %v; want %q", topics, err, want)
	}
	j, err := ReadJudgements(strings.NewReader("q1 0 a 2\n# none\nq1\t0\tb\t0\n"))
	if err != nil || len(j) != 1 || len(j["q1"]) != 2 || j["q1"]["a"] != 2 {
		t.Errorf("%v, %v", j, err)
	}
	topics, j, err = ReadJSON(strings.NewReader(`{"query_id": 9, "query": "A"}` + "\n" + `{"id": "b", "question": "B?", "urls": ["u", "v"]}` +
		"\n" + `{"question_id": "c", "question": "C?", "question_date": "2022-01-07"}`))
	asked := time.Date(2022, 1, 7, 0, 0, 0, 0, time.UTC)
	if want := []Topic{{ID: "9", Text: "A"}, {ID: "b", Text: "B?"}, {ID: "c", Text: "C?", Asked: asked}}; err != nil || !slices.Equal(topics, want) || len(j) != 1 || len(j["b"]) != 2 {
		t.Errorf("%q, %v, %v; want %q", topics, j, err, want)
	}
}

func TestReadFaults(t *testing.T) {
	for _, c := range []struct {
		read func(string) error
		text string
	}{
		{func(s string) error { _, err := ReadTopics(strings.NewReader(s)); return err }, "q1"},
		{func(s string) error { _, err := ReadJudgements(strings.NewReader(s)); return err }, "q1 0 a"},
		{func(s string) error { _, err := ReadJudgements(strings.NewReader(s)); return err }, "q1 0 a good"},
		{func(s string) error { _, err := ReadJudgements(strings.NewReader(s)); return err }, "q1 0 a -1"},
		{func(s string) error { _, _, err := ReadJSON(strings.NewReader(s)); return err }, `{"id": 1}`},
		{func(s string) error { _, _, err := ReadJSON(strings.NewReader(s)); return err }, `oil`},
		{func(s string) error { _, _, err := ReadJSON(strings.NewReader(s)); return err }, `{"id": 1, "query": "a", "question_date": "today"}`},
	} {
		if err := c.read("# fine\n" + c.text); err == nil || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("%s: %v, want a fault in line 2", c.text, err)
		}
	}
}
