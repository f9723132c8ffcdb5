package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"os"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/server"
)

func (p *program) search() *command {
	c := newCommand("search", "[QUERY...]", "search, and print hits with snippets and facets")
	c.long = queryHelp()
	c.status = queryStatus
	c.example = "dateline search --index news.idx --from 2023-05 --source reuters.com oil price"
	var w where
	var f filters
	w.add(c)
	f.narrowing(c)
	f.order()
	f.showing()
	asJSON := c.flags.Bool("json", false, "print exactly what GET /api/v1/search answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		r, err := f.request(args)
		if err != nil {
			return err
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		if !*asJSON && !c.flags.Changed("facet-size") {
			r.FacetSize = 5 // more makes the columns longer than the hits
		}
		result, err := engine.Search(ctx, r)
		if err != nil {
			return withQuery(err, strings.Join(args, " "))
		}
		if *asJSON {
			return server.Encode(p.stdout, result)
		}
		return p.show(result, r)
	}
	return c
}

// listing draws a result for people.
type listing struct {
	*bufio.Writer
	bold bool
	zone *time.Location // of the times of day
}

func (p *program) show(r *index.Result, req index.Request) error {
	l := listing{bufio.NewWriter(p.stdout), isTerminal(p.stdout) && os.Getenv("NO_COLOR") == "", req.Zone}
	if l.zone == nil {
		l.zone = time.UTC
	}
	for i := range r.Hits {
		l.hit(&r.Hits[i])
	}
	l.facets(r)
	l.timeline(r.Timeline)
	l.total(r)
	if r.Next != nil {
		fmt.Fprintf(l, "next page: --cursor %s\n", *r.Next)
	}
	return l.Flush()
}

func (l listing) hit(h *index.Hit) {
	title := l.segments(h.Highlights.Title)
	if title == "" {
		title = "(no title)"
	}
	fmt.Fprintln(l, title)
	line := []string{when(h, l.zone)}
	if h.Source != "" {
		line = append(line, oneLine(h.Source))
	}
	if h.Agency != "" && h.Agency != h.Source {
		line = append(line, oneLine(h.Agency))
	}
	if h.Story.Articles > 1 {
		line = append(line, "story of "+count(h.Story.Articles, "article"))
	}
	if h.Version > 1 {
		line = append(line, fmt.Sprintf("version %d, since %s", h.Version, h.Changed.In(l.zone).Format(time.DateTime)))
	}
	for _, flag := range h.Flags {
		line = append(line, oneLine(flag))
	}
	fmt.Fprintf(l, "  %s  [%s]\n", strings.Join(line, " · "), oneLine(h.ID))
	for _, passage := range h.Highlights.Body {
		fmt.Fprintf(l, "  %s\n", l.segments(passage))
	}
	if e := h.Explanation; e != nil {
		fmt.Fprintf(l, "  score %.3f: %s\n", h.Score, oneLine(e.Text))
	}
	fmt.Fprintln(l)
}

// when writes the date as precisely as it is known. One without a time of day is the same in every zone.
func when(h *index.Hit, zone *time.Location) string {
	if h.Published.IsZero() {
		return "undated"
	}
	layout := map[string]string{"year": "2006", "month": "2006-01", "day": "2006-01-02", "minute": "2006-01-02 15:04"}[h.Precision]
	if layout == "" {
		layout = "2006-01-02 15:04:05"
	}
	if index.Floating(h.Precision) {
		return h.Published.Format(layout)
	}
	return h.Published.In(zone).Format(layout)
}

// segments writes a text with its marked words in bold, or as it is.
func (l listing) segments(parts []index.Segment) string {
	var b strings.Builder
	for _, s := range parts {
		text := oneLine(s.Text)
		if s.Marked && l.bold {
			text = "\x1b[1m" + text + "\x1b[0m"
		}
		b.WriteString(text)
	}
	return strings.TrimSpace(b.String())
}

// oneLine makes white space and control characters blanks: an article must not write to the terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// Facets stand in columns of this many characters, three on a terminal of 80.
const facetColumn, facetColumns = 25, 3

func (l listing) facets(r *index.Result) {
	var row [][]string
	for _, field := range index.FacetFields {
		if f := r.Facets[field]; f != nil && len(f.Values) > 0 {
			row = append(row, facetCells(string(field), f))
		}
		if len(row) == facetColumns {
			l.columns(row)
			row = nil
		}
	}
	l.columns(row)
}

func facetCells(name string, f *index.Facet) []string {
	cells := []string{fmt.Sprintf("%s (%s)", name, number(f.Distinct))}
	for _, v := range f.Values {
		mark := " "
		if v.Selected {
			mark = "*"
		}
		cells = append(cells, fmt.Sprintf("%s%s %s", mark, fit(oneLine(v.Value), facetColumn-10), number(v.Count)))
	}
	return cells
}

func (l listing) columns(row [][]string) {
	height := 0
	for _, cells := range row {
		height = max(height, len(cells))
	}
	for i := range height {
		var b strings.Builder
		for _, cells := range row {
			cell := ""
			if i < len(cells) {
				cell = cells[i]
			}
			b.WriteString(cell + strings.Repeat(" ", max(1, facetColumn-utf8.RuneCountInString(cell))))
		}
		fmt.Fprintln(l, strings.TrimRight(b.String(), " "))
	}
	if height > 0 {
		fmt.Fprintln(l)
	}
}

// fit cuts or pads a text to a width in characters.
func fit(s string, width int) string {
	n := utf8.RuneCountInString(s)
	if n <= width {
		return s + strings.Repeat(" ", width-n)
	}
	return string([]rune(s)[:width-1]) + "…"
}

// The timeline has at most this many bars, in these heights; any article at all shows.
const timelineColumns = 80

var heights = []rune(" ▁▂▃▄▅▆▇█")

// timeline draws the buckets as bars, when they fit a line.
func (l listing) timeline(t *index.Timeline) {
	if t == nil || len(t.Buckets) < 2 {
		return
	}
	highest := 1
	for _, b := range t.Buckets {
		highest = max(highest, b.Count)
	}
	if len(t.Buckets) <= timelineColumns {
		var bars strings.Builder
		for _, b := range t.Buckets {
			bars.WriteRune(heights[(b.Count*8+highest-1)/highest])
		}
		fmt.Fprintln(l, bars.String())
	}
	fmt.Fprintf(l, "%s to %s by %s, at most %s", t.Buckets[0].Start, t.Buckets[len(t.Buckets)-1].Start, t.Interval, number(highest))
	if t.Undated > 0 {
		fmt.Fprintf(l, "; %s undated", number(t.Undated))
	}
	fmt.Fprint(l, "\n\n")
}

// doctor says what each part of a query finds that found little.
func (l listing) doctor(r *index.Result) {
	if r.Suggestion != nil {
		fmt.Fprintf(l, "did you mean: %s (%s)\n", oneLine(r.Suggestion.Query), count(r.Suggestion.Total, "article"))
	}
	if len(r.Clauses) < 2 && len(r.Narrowing) == 0 {
		return
	}
	for _, c := range r.Clauses {
		not, filtered := "", ""
		if c.Excluded {
			not = "not "
		}
		if len(r.Narrowing) > 0 {
			filtered = fmt.Sprintf(", %s with the filters", number(c.Filtered))
		}
		fmt.Fprintf(l, "%s%s alone: %s%s\n", not, oneLine(c.Text), count(c.Articles, "article"), filtered)
	}
	for _, n := range r.Narrowing {
		fmt.Fprintf(l, "without the filter %s: %s\n", oneLine(n.Filter), count(n.Articles, "article"))
	}
}

func (l listing) total(r *index.Result) {
	if r.Query.Relaxed {
		fmt.Fprintln(l, "no article has all the words; these have some")
	}
	l.doctor(r)
	fmt.Fprintf(l, "%s, %s, %s; %.1f ms\n", count(r.Total.Articles, "article"), count(r.Total.Texts, "distinct text"),
		count(r.Total.Stories, "story"), r.TookMS)
}
