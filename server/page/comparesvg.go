package page

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"io"
	"net/url"
	"strconv"
	"text/template"

	"dateline/index"
	"dateline/index/compare"
)

//go:embed templates/compare.svg
var compareSVGText string

// compareSVG is a template of text, since html/template does not know XML. All that others have written goes through xml.
var compareSVG = template.Must(template.New("compare.svg").Funcs(template.FuncMap{"xml": escapeXML}).Parse(compareSVGText))

// escapeXML escapes text for XML. What would turn the writing direction of the line goes, and what XML cannot have becomes U+FFFD.
func escapeXML(text string) (string, error) {
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(plainTitle(text)))
	return b.String(), err
}

// Measures of the file in pixels.
const (
	svgWide = 912.0
	svgTall = 280.0
	svgLine = 20 // from one line of text to the next
)

// svgView is what compare.svg draws.
type svgView struct {
	Title       string
	Notes       []svgText
	Legend      []svgText
	Top, Height int // of the chart; of all
	Max         string
	Lines       []svgPath
	Ticks       []chartTick
}

// svgText is a line of text, in the legend with the line that it is about.
type svgText struct {
	Y, LineY    int
	Text, Query string
	Mark        lineMark
}

// svgPath is the line of a query.
type svgPath struct {
	Mark   lineMark
	Points string
	Dots   []svgDot
}

type svgDot struct{ X, Y string }

// RenderSVG writes the chart of a comparison as a file that needs no other: colours, title and legend are in it. The parameters are
// those of the page.
func RenderSVG(w io.Writer, params url.Values, c *compare.Comparison) error {
	p := newParams(params)
	b := newBuckets(p, c)
	_, noun := unitNames(c.Unit)
	v := svgView{Title: capital(noun) + " by " + string(c.Interval)}
	shares := p.get("chart") == ChartShare
	if shares {
		v.Title += ", as a share of all"
	}
	y := 34
	note := func(text string) {
		y += svgLine
		v.Notes = append(v.Notes, svgText{Y: y, Text: clipped(text, 130)})
	}
	if n := len(b.labels); n > 0 {
		note(b.labels[0] + " to " + b.labels[n-1] + " (" + p.zone().String() + ")")
	}
	for _, f := range chips(p) {
		note(f.Text)
	}
	y += 6
	for i, s := range c.Series {
		y += svgLine
		text := clipped(s.Text, 100) + ": " + units(s.Total.Of(c.Unit), c.Unit)
		if s.Undated > 0 {
			text += ", " + number(s.Undated) + " undated"
		}
		v.Legend = append(v.Legend, svgText{Y: y, LineY: y - 4, Text: text, Query: s.Text, Mark: mark(i)})
	}
	v.Top = y + 36
	v.Height = v.Top + int(svgTall) + 36
	if len(c.Buckets) > 0 {
		v.draw(c, b, shares)
	}
	return compareSVG.Execute(w, v)
}

// draw makes the lines and the axis.
func (v *svgView) draw(c *compare.Comparison, b buckets, shares bool) {
	n, top := len(c.Buckets), highest(c, shares)
	v.Max = scaleEnd(top, shares)
	every := (n + maxDots - 1) / maxDots
	for k := range c.Series {
		l := svgPath{Mark: mark(k)}
		for i, bucket := range c.Buckets {
			x := pixels(svgWide * (float64(i) + 0.5) / float64(n))
			y := pixels(svgTall * (1 - height(index.Bucket{Count: bucket.Counts[k], All: bucket.All}, shares)/top))
			if i > 0 {
				l.Points += " "
			}
			l.Points += x + "," + y
			if bucket.Counts[k] > 0 && (i+k*every/len(c.Series))%every == 0 {
				l.Dots = append(l.Dots, svgDot{x, y})
			}
		}
		v.Lines = append(v.Lines, l)
	}
	for _, t := range ticks(c.Interval, b.starts) {
		f, err := strconv.ParseFloat(t.X[:len(t.X)-1], 64)
		if err != nil {
			continue
		}
		v.Ticks = append(v.Ticks, chartTick{X: pixels(svgWide * f / 100), Anchor: t.Anchor, Text: t.Text})
	}
}

func pixels(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
