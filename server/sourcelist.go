package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"dateline/index"
	"dateline/server/page"
)

// SourcesAnswer is the JSON of the sources, the largest first.
type SourcesAnswer struct {
	Total    int              `json:"total"`    // sources that were looked for
	Interval index.Interval   `json:"interval"` // of the timelines
	Sources  []page.SourceRow `json:"sources"`
}

// maxSourcesRead is how many sources can be reached by pages; all can by their names.
const maxSourcesRead = index.MaxFacetSize

// sourceList says which of the sources are asked for.
type sourceList struct {
	name       string // what is looked for, or ""
	page, size int
}

func takeSourceList(v url.Values) (l sourceList, err error) {
	if l.name, err = takeName(v); err != nil {
		return l, err
	}
	if l.size, err = takeNumber(v, "size", page.DefaultSources, 1, index.MaxSize); err != nil {
		return l, err
	}
	if l.page, err = takeNumber(v, "page", 1, 1, maxSourcesRead/l.size); err != nil {
		return l, err
	}
	return l, noneLeft(v, "name", "page", "size")
}

// sources lists the sources as JSON.
func (s *Server) sources(w http.ResponseWriter, r *http.Request) error {
	_, found, _, err := s.readSources(r)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, found)
}

// readSources answers which sources there are. The first pages are kept: each source costs two searches.
func (s *Server) readSources(r *http.Request) (l sourceList, a SourcesAnswer, stats index.Stats, err error) {
	v, err := s.params(r)
	if err != nil {
		return l, a, stats, err
	}
	if l, err = takeSourceList(v); err != nil {
		return l, a, stats, err
	}
	st, stats, err := s.stateOf(r.Context())
	if err != nil {
		return l, a, stats, err
	}
	produce := func() (SourcesAnswer, error) {
		return inTurn(r.Context(), s, func(ctx context.Context) (SourcesAnswer, error) { return listSources(ctx, s.engine, stats, l) })
	}
	if l.name != "" {
		a, err = produce()
	} else {
		a, err = s.listed.get(st, fmt.Sprint(l.page, l.size), produce)
	}
	return l, a, stats, err
}

// listSources finds the sources of a page, each with its first and its last article and its timeline. The timelines have the
// interval that suits the whole index, so that they can be drawn below each other.
func listSources(ctx context.Context, e index.Engine, stats index.Stats, l sourceList) (a SourcesAnswer, err error) {
	a.Sources = []page.SourceRow{}
	facet, err := e.Facet(ctx, index.Request{FacetSize: l.page * l.size}, index.FieldSource, l.name)
	if err != nil {
		return a, err
	}
	newest, err := e.Search(ctx, index.Request{Sort: index.SortNewest, Size: 1, Unmarked: true})
	if err != nil {
		return a, err
	}
	a.Total, a.Interval = facet.Distinct, index.Year
	if last := newestOf(newest.Hits); !last.IsZero() {
		a.Interval = index.Auto(stats.First.Time, last.Time, false)
	}
	for _, v := range facet.Values[min((l.page-1)*l.size, len(facet.Values)):] {
		row, err := sourceRow(ctx, e, v, a.Interval)
		if err != nil {
			return a, err
		}
		a.Sources = append(a.Sources, row)
	}
	return a, nil
}

func sourceRow(ctx context.Context, e index.Engine, v index.FacetValue, interval index.Interval) (row page.SourceRow, err error) {
	row = page.SourceRow{Name: v.Value, Articles: v.Count, Days: []index.Bucket{}}
	r := index.Request{Sort: index.SortNewest, Size: 1, Unmarked: true, Interval: interval}
	r.Filters.Include = map[index.Field][]string{index.FieldSource: {v.Value}}
	found, err := e.Search(ctx, r)
	if isTooLong(err) { // a date of the future far away
		r.Interval = index.Year
		found, err = e.Search(ctx, r)
	}
	if err != nil {
		return row, err
	}
	row.Last = newestOf(found.Hits)
	row.Undated = found.Timeline.Undated
	if found.Timeline.Interval == interval {
		row.Days = found.Timeline.Buckets
	}
	r.Sort, r.Interval = index.SortOldest, ""
	if found, err = e.Search(ctx, r); err != nil {
		return row, err
	}
	row.First = newestOf(found.Hits)
	return row, nil
}
