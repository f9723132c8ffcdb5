package page

import (
	"strconv"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/compare"
)

// lineMark is how a line is told from others, by its colour, by its dashes and by the shape of its points: one of them is enough.
type lineMark struct {
	Class string // of the style sheet
	Path  string // the shape, about 9 wide around the origin
	Dash  string // lengths in pixels; "" is a whole line
	Ink   string // the colour on white, for a file that has no style sheet
}

var lineMarks = []lineMark{
	{"line-a", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "", "#1a4f8b"},
	{"line-b", "M-3.5-3.5h7v7h-7z", "7 3", "#b3430f"},
	{"line-c", "M0-4.5L4.5 3.5h-9z", "2 3", "#2a7a3f"},
	{"line-d", "M0-5L5 0L0 5L-5 0z", "10 3 2 3", "#8a3aa0"},
	{"line-e", "M-4-2.5L-2.5-4L0-1.5L2.5-4L4-2.5L1.5 0L4 2.5L2.5 4L0 1.5L-2.5 4L-4 2.5L-1.5 0z", "15 4", "#57534d"},
}

func mark(i int) lineMark { return lineMarks[i%len(lineMarks)] }

// buckets are the buckets of a comparison as the page names them and leads to them.
type buckets struct {
	starts   []time.Time
	labels   []string
	from, to []string
	links    []pattern // the search for each query, with gaps for these
}

func newBuckets(p params, c *compare.Comparison) buckets {
	var b buckets
	for i, bucket := range c.Buckets {
		start := bucketStart(bucket.Start, p.zone())
		from, to := bucketSpan(p, c.Interval, start, i == 0, i == len(c.Buckets)-1)
		b.starts, b.labels = append(b.starts, start), append(b.labels, bucketLabel(c.Interval, start))
		b.from, b.to = append(b.from, from), append(b.to, to)
	}
	for _, s := range c.Series {
		b.links = append(b.links, searchFor(p, s).without("from", "to").pattern("from", "to"))
	}
	return b
}

// search is the address of the search for the k-th query in the i-th bucket.
func (b buckets) search(k, i int) string { return b.links[k].fill(b.from[i], b.to[i]) }

// lineChart is the chart of a comparison. Lengths of lines are thousandths of the chart, which they are stretched to; those of points
// percentages, so that their shapes are not.
type lineChart struct {
	Name, Data, URL string
	Max             string
	Lines           []line
	Ticks           []chartTick
}

// line is the line of one query.
type line struct {
	Mark   lineMark
	Query  string
	Points string // x,y x,y …
	Dots   []dot
}

// dot is a point of a line that counts anything.
type dot struct {
	X, Y, Title, URL string
	Quiet            bool // seen only when pointed at: there are too many to draw each
}

// maxDots is how many points a line shows at most, so that the shapes do not run into each other.
const maxDots = 40

func newLineChart(p params, c *compare.Comparison, b buckets) *lineChart {
	n, shares := len(c.Buckets), p.get("chart") == ChartShare
	top := highest(c, shares)
	v := &lineChart{Ticks: ticks(c.Interval, b.starts), Max: scaleEnd(top, shares), URL: p.without("interval", "from", "to").URL()}
	data := make([]string, n)
	for i, bucket := range c.Buckets {
		data[i] = barData(b.from[i], b.to[i], b.labels[i], index.Bucket{All: bucket.All})
	}
	_, many := unitNames(c.Unit)
	v.Data = strings.Join(data, ";")
	v.Name = capital(many) + " of " + count(len(c.Series), "query", "queries") + " by " + string(c.Interval) + ", " + b.labels[0] + " to " + b.labels[n-1] + ", at most " + v.Max
	every := (n + maxDots - 1) / maxDots
	for k, s := range c.Series {
		name := clipped(plainTitle(s.Text), 200) // what points are called is written many times
		l := line{Mark: mark(k), Query: s.Text}
		points := make([]string, n)
		for i, bucket := range c.Buckets {
			x, h := (float64(i)+0.5)/float64(n), height(index.Bucket{Count: bucket.Counts[k], All: bucket.All}, shares)/top
			points[i] = thousandths(x) + "," + thousandths(1-h)
			if bucket.Counts[k] == 0 {
				continue
			}
			d := dot{X: percent(100 * x), Y: percent(100 * (1 - h)), URL: b.search(k, i), Quiet: (i+k*every/len(c.Series))%every != 0}
			d.Title = name + ", " + b.labels[i] + ": " + number(bucket.Counts[k]) + " of " + units(bucket.All, c.Unit)
			if shares {
				d.Title += ", " + partOf(bucket.Counts[k], bucket.All)
			}
			l.Dots = append(l.Dots, d)
		}
		l.Points = strings.Join(points, " ")
		v.Lines = append(v.Lines, l)
	}
	return v
}

// highest is what the top of the chart stands for, never 0.
func highest(c *compare.Comparison, shares bool) float64 {
	top := 1e-9
	for _, b := range c.Buckets {
		for _, n := range b.Counts {
			top = max(top, height(index.Bucket{Count: n, All: b.All}, shares))
		}
	}
	return top
}

func scaleEnd(top float64, shares bool) string {
	if shares {
		return share(top)
	}
	return number(int(top))
}

// thousandths writes a fraction as a coordinate of a box of 1000 by 1000.
func thousandths(f float64) string { return strconv.FormatFloat(1000*f, 'f', 1, 64) }
