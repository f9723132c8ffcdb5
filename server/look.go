package server

import (
	"cmp"
	"context"
	"net/url"
	"time"

	"dateline/index"
	"dateline/query"
	"dateline/server/page"
)

// takeChart takes what a chart draws out of the parameters: it is no matter of the search.
func takeChart(v url.Values) (string, error) {
	chart, err := take(v, "chart")
	if err != nil {
		return "", err
	}
	return chart, page.CheckOwn(url.Values{"chart": {chart}})
}

// findPeaks finds the buckets of a search's timeline that stand out, each with its best article; none where no words rank the
// articles, since nothing leads them. v are the parameters of the page. It costs a search of one hit for each peak.
func (s *Server) findPeaks(ctx context.Context, v url.Values, r index.Request, found *index.Result) ([]page.Peak, error) {
	if r.Query == nil || !index.HasWords(r.Query.Tree(query.MatchAll)) {
		return nil, nil
	}
	peaks := page.Peaks(v, found.Timeline)
	zone := cmp.Or(r.Zone, time.UTC)
	r.Size, r.Cursor, r.Sort, r.Group, r.Facets, r.Interval = 1, "", index.SortRelevance, "", nil, ""
	r.Match, r.Unmarked, r.Explain = found.Query.Match, true, false
	for i := range peaks {
		p := &peaks[i]
		from, _, _ := query.Period(p.From, zone)
		_, to, _ := query.Period(p.To, zone)
		r.Filters.From, r.Filters.To, r.Filters.FromText, r.Filters.ToText = from, to, p.From, p.To
		result, err := s.run(ctx, r)
		if err != nil {
			return nil, err
		}
		if len(result.Hits) > 0 {
			p.Leading = &result.Hits[0]
		}
	}
	return peaks, nil
}
