package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// The plot's measures: small plots of one kind of search each, side by side, all with the same axes.
const (
	plotColumns = 4
	plotWidth   = 240 // of a small plot, with its margins
	plotHeight  = 190
	plotTop     = 92 // title and legend
	plotBottom  = 30
	marginLeft  = 46
	marginRight = 14
	marginTop   = 28
	marginBelow = 26
)

// plotStyles are how the lines of an engine look: by colour and by dashes.
var plotStyles = map[string]struct{ colour, dash string }{
	"dateline": {"#0b5fa5", ""},
	"plain":    {"#b3470b", "7 4"},
}

// axes are the ranges of all small plots, as logarithms to base 10.
type axes struct{ left, right, low, high float64 }

// plot draws milliseconds of searches against the size of the corpus, both logarithmic, as SVG. It lies on a light ground of
// its own, so that it reads well on any page.
func plot(f figures) string {
	names, a := kindsOf(f.Sizes...), axesOf(f)
	rows := (len(names) + plotColumns - 1) / plotColumns
	width, height := plotColumns*plotWidth, plotTop+rows*plotHeight+plotBottom
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title desc" `+
		`font-family="system-ui, sans-serif" font-size="11" fill="#333">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"title\">Time of searches against the size of the corpus</title>\n<desc id=\"desc\">%s</desc>\n", html.EscapeString(describe(f, names)))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#fcfcfa"/>`+"\n", width, height)
	fmt.Fprintf(&b, `<text x="16" y="30" font-size="16" font-weight="600">Milliseconds of a search, by articles in the index</text>`+"\n")
	legend(&b)
	for i, name := range names {
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", i%plotColumns*plotWidth, plotTop+i/plotColumns*plotHeight)
		a.frame(&b, name)
		for _, e := range engineNames {
			a.series(&b, f, e.key, name)
		}
		b.WriteString("</g>\n")
	}
	fmt.Fprintf(&b, `<text x="16" y="%d" fill="#555">%s</text>`+"\n</svg>\n", height-12, html.EscapeString(footnote))
	return b.String()
}

const footnote = "Both axes are logarithmic. With all facets, timeline and highlights unless it says otherwise. Bleve's histogram is by month, Dateline's by day."

// legend says what the lines are.
func legend(b *strings.Builder) {
	x := 16
	for _, e := range engineNames {
		for _, what := range []string{"median", "99th percentile"} {
			fmt.Fprintf(b, `<path d="M%d 56h34"%s/><text x="%d" y="60">%s, %s</text>`+"\n", x, stroke(e.key, what == "median"), x+42, e.title, what)
			x += 220
		}
	}
}

// stroke is the look of a line: medians are thick, percentiles thin.
func stroke(engine string, median bool) string {
	s := plotStyles[engine]
	width, opacity := "2.4", ""
	if !median {
		width, opacity = "1.1", ` stroke-opacity="0.75"`
	}
	dash := ""
	if s.dash != "" {
		dash = ` stroke-dasharray="` + s.dash + `"`
	}
	return fmt.Sprintf(` fill="none" stroke="%s" stroke-width="%s"%s%s`, s.colour, width, dash, opacity)
}

// axesOf finds decades that hold every figure.
func axesOf(f figures) axes {
	a := axes{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, s := range f.Sizes {
		x := math.Log10(float64(s.Articles))
		a.left, a.right = min(a.left, x), max(a.right, x)
		for _, e := range s.Engines {
			for _, t := range e.Searches {
				a.low, a.high = min(a.low, logOf(t.Median)), max(a.high, logOf(t.P99))
			}
		}
	}
	if a.low > a.high {
		a.low, a.high = 0, 1
	}
	a.left, a.right, a.low, a.high = math.Floor(a.left), math.Ceil(a.right), math.Floor(a.low), math.Ceil(a.high)
	if a.left == a.right {
		a.right++
	}
	if a.low == a.high {
		a.high++
	}
	return a
}

// logOf is the logarithm of milliseconds, of which the clock tells thousandths.
func logOf(ms float64) float64 { return math.Log10(max(ms, 0.001)) }

func (a axes) x(log float64) float64 {
	return marginLeft + (log-a.left)/(a.right-a.left)*(plotWidth-marginLeft-marginRight)
}

func (a axes) y(log float64) float64 {
	return plotHeight - marginBelow - (log-a.low)/(a.high-a.low)*(plotHeight-marginTop-marginBelow)
}

// frame draws the name, the grid of decades and its labels.
func (a axes) frame(b *strings.Builder, name string) {
	fmt.Fprintf(b, `<text x="%d" y="18" font-size="13" font-weight="600">%s</text>`+"\n", marginLeft, html.EscapeString(name))
	for d := a.low; d <= a.high; d++ {
		fmt.Fprintf(b, `<path d="M%.1f %.1fH%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n",
			a.x(a.left), a.y(d), a.x(a.right), marginLeft-6, a.y(d)+4, decade(d))
	}
	for d := a.left; d <= a.right; d++ {
		fmt.Fprintf(b, `<path d="M%.1f %.1fV%.1f" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n",
			a.x(d), a.y(a.low), a.y(a.high), a.x(d), plotHeight-marginBelow+16, decade(d))
	}
}

// decade labels a power of ten.
func decade(d float64) string {
	switch {
	case d >= 6:
		return fmt.Sprintf("%.0fM", math.Pow(10, d-6))
	case d >= 3:
		return fmt.Sprintf("%.0fk", math.Pow(10, d-3))
	}
	return fmt.Sprintf("%g", math.Pow(10, d))
}

// series draws the lines of an engine's searches of a kind, median and percentile.
func (a axes) series(b *strings.Builder, f figures, engine, kind string) {
	for _, median := range []bool{true, false} {
		var points []string
		for _, s := range f.Sizes {
			if t, ok := s.timing(engine, kind); ok {
				ms := t.Median
				if !median {
					ms = t.P99
				}
				points = append(points, fmt.Sprintf("%.1f,%.1f", a.x(math.Log10(float64(s.Articles))), a.y(logOf(ms))))
			}
		}
		if len(points) == 0 {
			continue
		}
		fmt.Fprintf(b, `<polyline points="%s"%s/>`+"\n", strings.Join(points, " "), stroke(engine, median))
		for _, p := range points {
			x, y, _ := strings.Cut(p, ",")
			fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", x, y, map[bool]string{true: "3", false: "1.6"}[median], plotStyles[engine].colour)
		}
	}
}

// timing returns an engine's figures of a kind of search.
func (s sizeFigures) timing(engine, kind string) (timing, bool) {
	for _, e := range s.Engines {
		if e.Name == engine {
			return e.timing(kind)
		}
	}
	return timing{}, false
}

// describe says the medians in words, for those who cannot see the plot.
func describe(f figures, names []string) string {
	var b strings.Builder
	b.WriteString("Medians in milliseconds.")
	for _, name := range names {
		fmt.Fprintf(&b, " %s:", strings.ToUpper(name[:1])+name[1:])
		sep := " "
		for _, s := range f.Sizes {
			for _, e := range engineNames {
				if t, ok := s.timing(e.key, name); ok {
					fmt.Fprintf(&b, "%s%s %s of %s articles", sep, e.title, short(t.Median), thousands(s.Articles))
					sep = ", "
				}
			}
		}
		b.WriteString(".")
	}
	return b.String()
}
