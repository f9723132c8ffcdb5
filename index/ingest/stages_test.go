package ingest

import (
	"context"
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
