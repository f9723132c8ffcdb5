package enginetest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

// TestUnrestNotices plays unrest on engines that are wrong in one thing each, where something moves.
func TestUnrestNotices(t *testing.T) {
	for name, f := range map[string]faulty{
		"nothing":          {},
		"total of texts":   {result: func(r *index.Result) { r.Total.Texts = r.Total.Articles }},
		"hits reversed":    {result: func(r *index.Result) { slices.Reverse(r.Hits) }},
		"next lost":        {result: func(r *index.Result) { r.Next = nil }},
		"facet missing":    {result: facets(func(f *index.Facet) { f.Missing++ })},
		"facet order":      {result: facets(func(f *index.Facet) { slices.Reverse(f.Values) })},
		"facet count":      {result: eachValue(func(v *index.FacetValue) { v.Count++ })},
		"timeline undated": {result: func(r *index.Result) { changeTimeline(r.Timeline, func(tl *index.Timeline) { tl.Undated++ }) }},
		"typed value":      {facet: func(f *index.Facet) { f.Distinct++ }},
		"receipts":         {receipt: func(r *index.Receipt) { r.Updated++ }},
		"bars of all": {result: func(r *index.Result) {
			changeTimeline(r.Timeline, func(tl *index.Timeline) {
				for i := range tl.Buckets {
					tl.Buckets[i].All = 0
				}
			})
		}},
	} {
		f.Engine = memory.New(memory.Options{Clock: Clock})
		if found := len(playUnrest(t.Context(), f, 1).faults) > 0; found != (name != "nothing") {
			t.Errorf("%s: noticed %t", name, found)
		}
	}
}

// leaky is an engine that counts articles of the section in motion to what is at rest.
type leaky struct{ index.Engine }

func (l leaky) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	if values := r.Filters.Include[index.FieldSection]; slices.Equal(values, []string{atRest}) {
		r.Filters = without(r.Filters, index.FieldSection)
		r.Filters.Include[index.FieldSection] = []string{atRest, inMotion}
	}
	return l.Engine.Search(ctx, r)
}

func TestUnrestNoticesWhatMoves(t *testing.T) {
	u := playUnrest(t.Context(), leaky{memory.New(memory.Options{Clock: Clock})}, 2)
	if len(u.faults) == 0 || !strings.Contains(u.faults[0].Error(), "numbers") && !strings.Contains(u.faults[0].Error(), "pages") {
		t.Errorf("got %v", u.faults)
	}
	if u.batches.Load() < unrestWriters*unrestBatches {
		t.Errorf("%d batches were written", u.batches.Load())
	}
}
