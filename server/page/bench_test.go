package page

import (
	"fmt"
	"io"
	"testing"

	"dateline/index"
)

// BenchmarkRender draws a full result page alone: ten hits, ten values of each facet, a chart of sixty bars.
func BenchmarkRender(b *testing.B) {
	r := found()
	for len(r.Hits) < 10 {
		r.Hits = append(r.Hits, r.Hits[0])
	}
	for _, f := range index.FacetFields {
		c := &index.Facet{Distinct: 500, Missing: 3}
		for i := range 10 {
			c.Values = append(c.Values, index.FacetValue{Value: fmt.Sprintf("%s %d", f, i), Count: 1000 - i, Names: 2})
		}
		r.Facets[f] = c
	}
	for i := range 60 {
		r.Timeline.Buckets = append(r.Timeline.Buckets, index.Bucket{Start: fmt.Sprintf("%d-%02d-01", 2018+i/12, 1+i%12), Count: i, All: 400})
	}
	p := Search{Params: oil(), Result: r, Stats: stats}
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Render(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
