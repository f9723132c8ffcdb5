package ingest

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/memory"
)

func TestBottleneck(t *testing.T) {
	w := float64(writers())
	for _, c := range []struct {
		stages Stages
		want   string
	}{
		{Stages{}, ""},
		{Stages{Read: 9, Parse: 8, Names: 1, Index: 2}, "read"},
		{Stages{Read: 3, Parse: 8, Names: 1, Index: 2}, "parse"},
		{Stages{Read: 3, Parse: 4, Names: 5, Index: 2}, "names"},
		{Stages{Read: 3, Parse: 4, Names: 4, Index: 5 * w}, "index"},
	} {
		if got := c.stages.bottleneck(10, 2); got != c.want {
			t.Errorf("%+v: %q, want %q", c.stages, got, c.want)
		}
	}
	if got := (Stages{Read: 1}).bottleneck(0, 2); got != "" {
		t.Errorf("of no time: %q", got)
	}
}

func TestSummaryAdd(t *testing.T) {
	a := Summary{Files: 1, Bytes: 10, Read: 4, Indexed: 1, Updated: 1, Unchanged: 1, Rejected: 1, Seconds: 1, Stages: Stages{Read: 0.9}, Bottleneck: "read"}
	b := Summary{Files: 2, Bytes: 5, Read: 2, Indexed: 2, Seconds: 2, Stages: Stages{Parse: 1, Names: 5}, Bottleneck: "names"}
	a.Add(b, 2)
	want := Summary{Files: 3, Bytes: 15, Read: 6, Indexed: 3, Updated: 1, Unchanged: 1, Rejected: 1, Seconds: 3,
		Stages: Stages{Read: 0.9, Parse: 1, Names: 5}, Bottleneck: "names"}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got %+v, want %+v", a, want)
	}
}

// slow is an engine that takes its time.
type slow struct{ index.Engine }

func (s slow) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	time.Sleep(20 * time.Millisecond)
	return s.Engine.Put(ctx, articles)
}

func TestStages(t *testing.T) {
	text := strings.Repeat(`{"title":"Quay","body":"Anna Berg met Joris Dekker in Rotterdam."}`+"\n", 300)
	sum, err := Stream(t.Context(), slow{memory.New(memory.Options{})}, strings.NewReader(text), "-", Options{BatchArticles: 100})
	if err != nil {
		t.Fatal(err)
	}
	s := sum.Stages
	if s.Index < 0.06 || s.Names <= 0 || s.Parse < 0 || s.Read < 0 || sum.Bottleneck == "" {
		t.Errorf("%+v %q", s, sum.Bottleneck)
	}
	if most := sum.Seconds * float64(writers()+1); s.Index > most {
		t.Errorf("%v seconds of indexing in %v", s.Index, sum.Seconds)
	}
}
