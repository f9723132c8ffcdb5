package page

import (
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/index"
	"dateline/index/compare"
)

// ComparePath is the path of the page that compares queries, CompareSVGPath that of its chart as a file.
const (
	ComparePath    = "/compare"
	CompareSVGPath = "/compare.svg"
)

// Compare is the page that compares queries.
type Compare struct {
	Params url.Values          // those of a search, with q for each query, in order and without empty ones
	Result *compare.Comparison // nil with fewer than two queries, and with a fault
	Faults map[int]Fault       // of the queries, by their place from 0
	Fault  *Fault              // of another parameter
	Stats  index.Stats
}

// Render writes the page.
func (c Compare) Render(w io.Writer) error {
	p := newParams(c.Params)
	p.path = ComparePath
	f := newFrame("Compare queries", c.Stats).on(ComparePath)
	f.NoIndex = !p.empty()
	v := compareView{
		frame: f, Boxes: c.boxes(p), Chips: chips(p), Hidden: p.hidden("q", "from", "to", "cursor"), AsOf: newAsOf(p),
		From: newDateBox(p.get("from"), c.Stats.First), To: newDateBox(p.get("to"), c.Stats.Last),
	}
	if c.Fault != nil {
		v.Fault = &compareFault{c.Fault.Param, ended(c.Fault.Detail), sentence(c.Fault.Hint), p.with(c.Fault.Param).URL()}
	}
	if c.Result != nil {
		v.Found = newCompared(p, c.Result)
	}
	return render(w, "compare.html", v)
}

// compareView is what compare.html draws.
type compareView struct {
	frame
	Boxes    []queryBox
	Chips    []chip
	Hidden   []hidden
	From, To dateBox
	AsOf     *asOf
	Fault    *compareFault
	Found    *comparedView
}

// compareFault is a fault in another parameter than a query.
type compareFault struct{ Param, Detail, Hint, Without string }

// queryBox is the input of one query.
type queryBox struct {
	ID, Name string
	Text     string
	Mark     lineMark
	Remove   string // address of the comparison without it
	Fault    *boxFault
}

// boxFault is a fault in a query, with the guilty characters apart.
type boxFault struct{ ID, Before, Guilty, After, Detail, Hint string }

// boxes are the inputs: one for each query, two at least, and an empty one as long as there may be more.
func (c Compare) boxes(p params) []queryBox {
	asked := p.values["q"]
	n := min(max(len(asked)+1, compare.Least), max(compare.Most, len(asked)))
	list := make([]queryBox, n)
	for i := range list {
		b := queryBox{ID: "q" + strconv.Itoa(i+1), Name: "Query " + strconv.Itoa(i+1), Mark: mark(i)}
		if i < len(asked) {
			b.Text = asked[i]
			b.Remove = p.with("q", slices.Delete(slices.Clone(asked), i, i+1)...).URL()
		}
		if f, ok := c.Faults[i]; ok {
			b.Fault = &boxFault{ID: "fault" + b.ID, Detail: sentence(f.Detail), Hint: sentence(f.Hint)}
			if f.At.Start != 0 || f.At.End != 0 {
				b.Fault.Before, b.Fault.Guilty, b.Fault.After = cut(b.Text, f.At)
			}
		}
		list[i] = b
	}
	return list
}

// comparing are the parameters of the comparison that a search begins.
func comparing(p params) params {
	p = p.without("sort", "size", "facets", "facet_size", "group", "recency", "explain", "view", "seen")
	p.path = ComparePath
	return p
}

// searchFor is the search for one of the queries of a comparison, as it was matched.
func searchFor(p params, s compare.Series) params {
	p = p.without("interval", "chart").with("q", s.Text)
	if p.path = ""; s.Relaxed {
		p = p.with("match", "any")
	}
	return p
}

// comparedView is what was found.
type comparedView struct {
	Lines     []comparedLine
	Chart     *lineChart
	TooMany   string
	Noun      string // of the unit
	Intervals []choice
	Scales    []choice
	Units     []choice
	Wider     []choice
	Shares    bool
	Interval  string
	Rows      []comparedRow
	Undated   bool
	Pairs     []comparedPair
	Any, All  string
	Exports   []choice
}

// comparedLine is a query with its totals.
type comparedLine struct {
	Mark                    lineMark
	Query                   link // leads to its search
	Relaxed                 bool
	Articles, Texts, Storys string
	Undated                 string
}

// comparedRow is a bucket in the table.
type comparedRow struct {
	Label, All string
	Cells      []comparedCell
}

// comparedCell is what a query finds in a bucket.
type comparedCell struct{ Count, Share, URL string }

// comparedPair is what two queries both find.
type comparedPair struct {
	A, B string

	OfA, OfB   string
	MarkA      lineMark
	MarkB      lineMark
	Count, URL string
}

func newCompared(p params, c *compare.Comparison) *comparedView {
	_, noun := unitNames(c.Unit)
	v := &comparedView{
		Noun: noun, Interval: string(c.Interval), Shares: p.get("chart") == ChartShare, Wider: wider(p),
		Any: units(c.Any.Articles, index.Articles), All: units(c.All.Articles, index.Articles),
		Scales: scales(p), Units: countings(p),
		Exports: []choice{
			{Text: "SVG", URL: p.at(CompareSVGPath)}, {Text: "CSV", URL: p.with("format", "csv").at("/api/v1/compare")},
			{Text: "JSON", URL: p.at("/api/v1/compare")},
		},
	}
	for i, s := range c.Series {
		v.Lines = append(v.Lines, comparedLine{
			Mark: mark(i), Query: link{Text: s.Text, URL: searchFor(p, s).URL()}, Relaxed: s.Relaxed, Articles: number(s.Total.Articles),
			Texts: number(s.Total.Texts), Storys: number(s.Total.Stories), Undated: number(s.Undated),
		})
		v.Undated = v.Undated || s.Undated > 0
	}
	for _, pair := range c.Pairs {
		a, b := c.Series[pair.A], c.Series[pair.B]
		n := pair.Total.Articles
		v.Pairs = append(v.Pairs, comparedPair{
			A: a.Text, B: b.Text, MarkA: mark(pair.A), MarkB: mark(pair.B), Count: number(n),
			URL: searchFor(p.with("match"), compare.Series{QueryInfo: index.QueryInfo{Text: pair.Query}}).URL(),
			OfA: partOf(n, a.Total.Articles), OfB: partOf(n, b.Total.Articles),
		})
	}
	v.overTime(p, c)
	return v
}

// partOf writes n as a share of all.
func partOf(n, all int) string {
	if all == 0 {
		return "–"
	}
	return share(float64(n) / float64(all))
}

// overTime draws the chart, and the table that says the same.
func (v *comparedView) overTime(p params, c *compare.Comparison) {
	b := newBuckets(p, c)
	v.Intervals = intervals(p, c.Interval, b.starts)
	switch n := len(c.Buckets); {
	case n > maxBars:
		v.TooMany = count(n, "bucket", "buckets") + " are too many to draw; the files have all."
		return
	case n == 0:
		return
	}
	v.Chart = newLineChart(p, c, b)
	for i, bucket := range c.Buckets {
		row := comparedRow{Label: b.labels[i], All: number(bucket.All)}
		for k, n := range bucket.Counts {
			cell := comparedCell{Count: number(n), Share: partOf(n, bucket.All)}
			if n > 0 {
				cell.URL = b.search(k, i)
			}
			row.Cells = append(row.Cells, cell)
		}
		v.Rows = append(v.Rows, row)
	}
}

// clipped shortens a query for a line.
func clipped(text string, most int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most-1]) + "…"
}
