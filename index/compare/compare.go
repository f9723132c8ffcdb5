// Package compare counts a few queries side by side: over time, and how far they find the same articles.
package compare

import (
	"context"
	"errors"
	"fmt"

	"dateline/index"
	"dateline/query"
)

// Bounds of how many queries are compared: more lines than five cannot be told apart.
const (
	Least = 2
	Most  = 5
)

// Comparison is the answer, and the JSON of the HTTP interface. Every number is exact.
type Comparison struct {
	Unit     index.Unit     `json:"unit"`     // of the buckets and of what is undated
	Interval index.Interval `json:"interval"` // as used: never auto
	Series   []Series       `json:"queries"`  // in the order asked
	// Buckets are in order and without holes from the first to the last in which any of the queries finds something.
	Buckets []Bucket    `json:"buckets"`
	Pairs   []Pair      `json:"pairs"` // every two of the queries: 0 and 1, 0 and 2, …, 1 and 2, …
	Any     index.Total `json:"any"`   // found by one of the queries at least
	All     index.Total `json:"all"`   // found by every query
	TookMS  float64     `json:"took_ms"`
}

// Series is one of the queries.
type Series struct {
	index.QueryInfo
	Total   index.Total `json:"total"`
	Undated int         `json:"undated"`
}

// Bucket is one interval of time.
type Bucket struct {
	Start  string `json:"start"`  // as index.Bucket
	All    int    `json:"all"`    // of the whole index
	Counts []int  `json:"counts"` // of each query, in their order
}

// Pair is what two of the queries both find.
type Pair struct {
	A     int         `json:"a"` // places of the two among the queries, from 0
	B     int         `json:"b"`
	Query string      `json:"query"` // that finds just these, in its canonical spelling
	Total index.Total `json:"total"`
}

// QueryError says which of the queries an error is about.
type QueryError struct {
	Number int // from 0
	Err    error
}

func (e *QueryError) Error() string { return fmt.Sprintf("query %d: %v", e.Number+1, e.Err) }

func (e *QueryError) Unwrap() error { return e.Err }

// Search is Engine.Search.
type Search func(context.Context, index.Request) (*index.Result, error)

// Queries compares queries. The filters, the interval, the zone, the unit and what else says which articles count are those of r,
// for all of them; its Query and what it says of hits are not looked at. Each query is relaxed or not as its own search is
// (query.MatchAuto). Errors: *index.ParamError, *QueryError, those of the search.
func Queries(ctx context.Context, search Search, r index.Request, queries []*query.Query) (*Comparison, error) {
	if n := len(queries); n < Least || n > Most {
		return nil, &index.ParamError{Name: "q", Detail: fmt.Sprintf("must be given %d to %d times, not %d", Least, Most, n)}
	}
	if r.Interval == "" {
		r.Interval = index.IntervalAuto
	}
	for range 3 {
		c, err := attempt(ctx, search, r, queries)
		if !errors.Is(err, errChanged) {
			return c, err
		}
	}
	return nil, errChanged
}

// errChanged says that the index was written to between two of the searches, so that their buckets do not fit together.
var errChanged = errors.New("compare: the index keeps changing between the searches")

func attempt(ctx context.Context, search Search, r index.Request, queries []*query.Query) (*Comparison, error) {
	r.Size, r.Cursor, r.Sort, r.Group, r.Facets, r.Explain, r.Unmarked = -1, "", index.SortNewest, "", nil, false, true
	c := &comparing{ctx: ctx, search: search, request: r, Comparison: &Comparison{Pairs: []Pair{}}}
	for i, q := range queries {
		if err := c.one(i, q); err != nil {
			return nil, &QueryError{i, err}
		}
	}
	for _, step := range []func() error{c.any, c.align, c.pairs, c.all} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return c.Comparison, nil
}

// comparing is a comparison under way.
type comparing struct {
	*Comparison
	ctx     context.Context
	search  Search
	request index.Request
	asked   []*query.Query
	trees   []query.Node // of the queries as they were matched
	lines   []*index.Timeline
}

func (c *comparing) run(q *query.Query, m query.Match, i index.Interval) (*index.Result, error) {
	r := c.request
	r.Query, r.Match, r.Interval = q, m, i
	result, err := c.search(c.ctx, r)
	if err != nil {
		return nil, err
	}
	c.TookMS += result.TookMS
	if result.Timeline == nil {
		result.Timeline = &index.Timeline{}
	}
	return result, nil
}

// one searches for the i-th query by itself.
func (c *comparing) one(i int, q *query.Query) error {
	result, err := c.run(q, c.request.Match, c.request.Interval)
	if err != nil {
		return err
	}
	c.asked = append(c.asked, q)
	c.trees = append(c.trees, q.Tree(result.Query.Match))
	c.lines = append(c.lines, result.Timeline)
	if result.Query.Variants == nil {
		result.Query.Variants = []index.WordVariants{}
	}
	c.Series = append(c.Series, Series{result.Query, result.Total, result.Timeline.Undated})
	return nil
}

// any searches for all queries at once, whose timeline has the buckets of each.
func (c *comparing) any() error {
	result, err := c.run(&query.Query{Root: query.Or{Nodes: c.trees}}, query.MatchAll, c.request.Interval)
	if err != nil {
		return err
	}
	c.Any, c.Unit, c.Interval = result.Total, result.Timeline.Unit, result.Timeline.Interval
	c.Buckets = make([]Bucket, len(result.Timeline.Buckets))
	for i, b := range result.Timeline.Buckets {
		c.Buckets[i] = Bucket{b.Start, b.All, make([]int, len(c.trees))}
	}
	return nil
}

// align puts the timeline of each query into the buckets of all. One that has chosen an interval of its own is counted again.
func (c *comparing) align() error {
	at := make(map[string]int, len(c.Buckets))
	for i, b := range c.Buckets {
		at[b.Start] = i
	}
	for i, line := range c.lines {
		if line.Interval != c.Interval && len(line.Buckets) > 0 {
			result, err := c.run(c.asked[i], c.Series[i].Match, c.Interval)
			if err != nil {
				return &QueryError{i, err}
			}
			line = result.Timeline
		}
		for _, b := range line.Buckets {
			k, ok := at[b.Start]
			if !ok && b.Count > 0 {
				return errChanged
			} else if ok {
				c.Buckets[k].Counts[i] = b.Count
			}
		}
	}
	return nil
}

// pairs counts what every two of the queries both find.
func (c *comparing) pairs() error {
	for a := range c.trees {
		for b := a + 1; b < len(c.trees); b++ {
			p := Pair{A: a, B: b}
			var err error
			if p.Query, p.Total, err = c.both(a, b); err != nil {
				return err
			}
			c.Pairs = append(c.Pairs, p)
		}
	}
	return nil
}

func (c *comparing) both(nodes ...int) (text string, total index.Total, err error) {
	and := query.And{}
	for _, i := range nodes {
		and.Nodes = append(and.Nodes, c.trees[i])
	}
	q := &query.Query{Root: and}
	result, err := c.run(q, query.MatchAll, "")
	if err != nil {
		return "", index.Total{}, err
	}
	return q.String(), result.Total, nil
}

func (c *comparing) all() (err error) {
	if len(c.Pairs) == 1 {
		c.All = c.Pairs[0].Total
		return nil
	}
	nodes := make([]int, len(c.trees))
	for i := range nodes {
		nodes[i] = i
	}
	_, c.All, err = c.both(nodes...)
	return err
}
