package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"time"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/silence"
)

// SourceAnswer is the JSON of a source: its articles, as far as a request leaves them.
type SourceAnswer struct {
	Name     string          `json:"name"`     // as most of its articles write it
	Articles int             `json:"articles"` // in the whole index
	Matching index.Total     `json:"matching"` // those that the request leaves
	Unit     index.Unit      `json:"unit"`     // of what follows
	Timeline *index.Timeline `json:"timeline"`
	// Silence are the days without any article. It is null where the request leaves articles out by anything but dates, since
	// then others may lie there, and where the dates span more than index.MaxBuckets days.
	Silence *silence.Report              `json:"silence"`
	Facets  map[index.Field]*index.Facet `json:"facets"` // of all fields but the source
	First   *index.Hit                   `json:"first"`  // the oldest article, null when none has a date
	Latest  []index.Hit                  `json:"latest"`
}

// sourceDays is how many bars of a day are still read as days: a year of them.
const sourceDays = 366

// DescribeSource asks an engine for all that is shown of a source, for programs that print the same without a server. Of the
// request, the order of the hits and which facets there are make no difference; without an interval, or with auto, the timeline is
// of days when a year of them is enough.
// Errors: index.ErrNotFound when no article has the source; those of Engine.Search; *index.ParamError for a filter by source.
func DescribeSource(ctx context.Context, e index.Engine, name string, r index.Request) (*SourceAnswer, error) {
	if len(r.Filters.Include[index.FieldSource]) > 0 {
		return nil, &index.ParamError{Name: "source", Detail: "cannot narrow the articles of a source", Hint: `write source:"…" in the query`}
	}
	a := &SourceAnswer{Unit: cmp.Or(r.Count, index.Articles), Facets: map[index.Field]*index.Facet{}}
	only := map[index.Field][]string{index.FieldSource: {name}}
	facet, err := e.Facet(ctx, index.Request{Filters: index.Filters{Include: only}, FacetSize: 1}, index.FieldSource, "")
	if err != nil {
		return nil, err
	}
	for _, v := range facet.Values {
		if v.Selected && v.Count > 0 {
			a.Name, a.Articles = v.Value, v.Count
		}
	}
	if a.Articles == 0 {
		return nil, index.ErrNotFound
	}
	whole := narrowedByDates(r)
	r.Filters.Include = maps.Clone(r.Filters.Include)
	if r.Filters.Include == nil {
		r.Filters.Include = map[index.Field][]string{}
	}
	r.Filters.Include[index.FieldSource] = only[index.FieldSource]
	r.Cursor, r.Group, r.Explain, r.Sort = "", "", false, index.SortNewest
	return a, a.fill(ctx, e, r, whole)
}

// narrowedByDates reports whether a request leaves every article of its dates.
func narrowedByDates(r index.Request) bool {
	f := r.Filters
	return (r.Query == nil || r.Query.Root == nil) && len(f.Include)+len(f.Exclude)+len(f.Missing) == 0 && r.AsOf.IsZero()
}

// sourceFacets are what a source's page lists.
var sourceFacets = []index.Field{
	index.FieldAgency, index.FieldSection, index.FieldAuthor, index.FieldLanguage, index.FieldTopic, index.FieldPerson, index.FieldOrg, index.FieldPlace,
}

// fill asks for the articles. Days are asked for first, for their gaps; where they are too many, or others are asked for, the
// timeline is asked for by itself.
func (a *SourceAnswer) fill(ctx context.Context, e index.Engine, r index.Request, whole bool) error {
	asked := cmp.Or(r.Interval, index.IntervalAuto)
	r.Facets, r.Interval = sourceFacets, index.Day
	result, err := e.Search(ctx, r)
	tooLong := isTooLong(err)
	if tooLong && asked != index.Day {
		r.Interval = asked
		result, err = e.Search(ctx, r)
	}
	if err != nil {
		return err
	}
	result = presentable(result)
	a.Matching, a.Latest, a.Facets, a.Timeline = result.Total, result.Hits, result.Facets, result.Timeline
	for _, f := range a.Facets {
		f.Values = list(f.Values)
	}
	if !tooLong {
		if whole {
			if err := a.addSilence(ctx, e, r); err != nil {
				return err
			}
		}
		if asked != index.Day && (asked != index.IntervalAuto || len(a.Timeline.Buckets) > sourceDays) {
			r.Interval = asked
			if err := a.addTimeline(ctx, e, r); err != nil {
				return err
			}
		}
	}
	return a.addFirst(ctx, e, r)
}

// isTooLong reports whether a timeline would have too many buckets.
func isTooLong(err error) bool {
	var param *index.ParamError
	return errors.As(err, &param) && param.Name == "interval"
}

// addSilence looks for gaps among the days of the timeline, until the newest article of the whole index: what lies later for this
// source alone is dated in the future.
func (a *SourceAnswer) addSilence(ctx context.Context, e index.Engine, r index.Request) error {
	dates := r.Filters
	dates.Include = nil
	all, err := e.Search(ctx, index.Request{Filters: dates, Sort: index.SortNewest, Size: 1, Unmarked: true, Zone: r.Zone})
	if err != nil {
		return err
	}
	until := ""
	if newest := newestOf(all.Hits); !newest.IsZero() {
		h := index.Article{Published: newest, Precision: all.Hits[0].Precision}
		zone := cmp.Or(r.Zone, time.UTC)
		until = index.Day.Label(h.Instant(zone).In(zone))
	}
	found := silence.Find(a.Timeline.Buckets, until)
	a.Silence = &found
	return nil
}

func (a *SourceAnswer) addTimeline(ctx context.Context, e index.Engine, r index.Request) error {
	r.Size, r.Facets = -1, nil
	result, err := e.Search(ctx, r)
	if err == nil {
		a.Timeline = result.Timeline
	}
	return err
}

func (a *SourceAnswer) addFirst(ctx context.Context, e index.Engine, r index.Request) error {
	r.Sort, r.Facets, r.Interval, r.Size = index.SortOldest, nil, "", 1
	oldest, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	if hits := presentable(oldest).Hits; len(hits) > 0 && !newestOf(hits).IsZero() {
		a.First = &hits[0]
	}
	return nil
}

// sourceRequest reads what narrows the articles of a source.
func (s *Server) sourceRequest(r *http.Request) (index.Request, error) {
	if name := r.PathValue("name"); name == "" || !utf8.ValidString(name) || len(name) > index.MaxValueBytes {
		return index.Request{}, noSuchSource(name, nil)
	}
	return s.request(r)
}

// describeSource is DescribeSource for a handler, within a turn. That no article has the source is a fault that names what was
// probably meant.
func (s *Server) describeSource(ctx context.Context, name string, r index.Request) (*SourceAnswer, error) {
	a, err := DescribeSource(ctx, s.engine, name, r)
	if !errors.Is(err, index.ErrNotFound) {
		return a, err
	}
	near, err := Nearest(ctx, s.engine, string(index.FieldSource), name)
	if err != nil {
		return nil, err
	}
	return nil, noSuchSource(name, near)
}

func noSuchSource(name string, near []string) error {
	return &refusal{http.StatusNotFound, "no-such-source", fmt.Sprintf("there is no source %s", quote(name)), DidYouMean(near)}
}

// source answers with a source as JSON.
func (s *Server) source(w http.ResponseWriter, r *http.Request) error {
	req, err := s.sourceRequest(r)
	if err != nil {
		return err
	}
	found, err := inTurn(r.Context(), s, func(ctx context.Context) (*SourceAnswer, error) {
		return s.describeSource(ctx, r.PathValue("name"), req)
	})
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, found)
}
