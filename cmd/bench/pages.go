package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"

	"dateline/index"
	"dateline/index/source/html"
	"dateline/index/source/record"
)

// pageRead is what an extractor makes of a page.
type pageRead struct {
	title   string
	other   string // another title that the page gives
	authors []string
	body    string
	day     string // in UTC
	local   string // in the zone in which it is written, where that is kept; else the same
}

// pageReaders are what is compared: Dateline with nothing but the page, Dateline that knows where the page was fetched, and
// readability as its documentation has it, which needs the address.
var pageReaders = []struct {
	name string
	read func(p *webPage) pageRead
}{
	{"Dateline", func(p *webPage) pageRead { return readDateline(p, "") }},
	{"with address", func(p *webPage) pageRead { return readDateline(p, p.url) }},
	{"readability", readReadability},
}

func readDateline(p *webPage, address string) pageRead {
	a, err := html.Article(p.html, record.Place{Number: 1}, record.Options{URL: address})
	if err != nil {
		return pageRead{}
	}
	other := ""
	for _, name := range []string{"headline", "og:title"} {
		if other == "" && a.Extra[name] != nil {
			_ = json.Unmarshal(a.Extra[name], &other) // a string, or else none
		}
	}
	return pageRead{title: a.Title, other: other, authors: a.Authors, body: a.Body, day: a.Day(), local: localDay(&a)}
}

// localDay returns the day of publication as the page writes it: where it is not that of UTC, it is kept as it was written.
func localDay(a *index.Article) string {
	_, name, _ := strings.Cut(a.DateFrom, ":")
	var written string
	if json.Unmarshal(a.Extra[name], &written) != nil || len(written) < 10 {
		return a.Day()
	}
	return written[:10]
}

func readReadability(p *webPage) pageRead {
	address, err := url.Parse(p.url)
	if err != nil {
		address = &url.URL{}
	}
	a, err := readability.FromReader(strings.NewReader(p.html), address)
	if err != nil {
		return pageRead{}
	}
	read := pageRead{title: a.Title()}
	if by := a.Byline(); by != "" {
		read.authors = strings.Split(by, ", ")
	}
	if t, err := a.PublishedTime(); err == nil {
		read.day, read.local = t.UTC().Format(time.DateOnly), t.Format(time.DateOnly)
	}
	var b strings.Builder
	if a.Node != nil && a.RenderText(&b) == nil {
		read.body = b.String()
	}
	return read
}

// measurePages prints how well pages are read whose title, authors, day and body are known, and how fast. With verbose it says
// which pages Dateline reads otherwise.
func measurePages(out io.Writer, data string, verbose bool) error {
	measured := false
	for _, set := range pageSets {
		pages, err := set.read(filepath.Join(data, set.name))
		if errors.Is(err, os.ErrNotExist) {
			fmt.Fprintf(out, "%s is not there and left out\n\n", set.name)
			continue
		} else if err != nil {
			return err
		}
		measured = true
		measurePageSet(out, set.name, pages, verbose)
	}
	if !measured {
		return fmt.Errorf("no pages below %s", data)
	}
	return nil
}

// measurePageSet prints the table of one set.
func measurePageSet(out io.Writer, name string, pages []webPage, verbose bool) {
	size := 0
	for i := range pages {
		size += len(pages[i].html)
	}
	fmt.Fprintf(out, "%s: %d pages, %.1f MB\n\n%-30s", name, len(pages), float64(size)/1e6, "")
	var scores []*pageScore
	for _, r := range pageReaders {
		fmt.Fprintf(out, " %14s", r.name)
		s := &pageScore{}
		began := cpu(usage())
		for i := range pages {
			s.reads = append(s.reads, r.read(&pages[i]))
		}
		s.speed = float64(size) / 1e6 / max(cpu(usage())-began, 1e-9)
		for i := range pages {
			s.add(&pages[i], &s.reads[i])
		}
		scores = append(scores, s)
	}
	fmt.Fprintln(out)
	for _, row := range pageRows {
		if row.of(scores[0]) == "" {
			continue
		}
		fmt.Fprintf(out, "%-30s", row.name)
		for _, s := range scores {
			fmt.Fprintf(out, " %14s", row.of(s))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out)
	if verbose {
		for _, miss := range scores[0].misses {
			fmt.Fprintln(out, miss)
		}
		fmt.Fprintln(out)
	}
}

// pageScore is what an extractor has right of a set.
type pageScore struct {
	reads            []pageRead
	shingled, worded []overlap
	titles, authors  ratio
	either           ratio // titles that are right, or the page's other title is
	dates            struct{ right, wrong, none, spared, invented int }
	speed            float64 // MB of markup a processor second
	misses           []string
}

type ratio struct{ right, of int }

func (r ratio) String() string {
	if r.of == 0 {
		return ""
	}
	return fmt.Sprintf("%.3f", float64(r.right)/float64(r.of))
}

// add judges one page.
func (s *pageScore) add(p *webPage, r *pageRead) {
	miss := func(what string, right, found any) {
		s.misses = append(s.misses, fmt.Sprintf("%-8s %s\n    right %v\n    found %v", what, p.id, right, found))
	}
	if p.body != "" {
		o := overlapOf(p.body, r.body, shingleLen)
		s.shingled, s.worded = append(s.shingled, o), append(s.worded, overlapOf(p.body, r.body, 1))
		if o.f1() < 0.9 {
			miss("body", fmt.Sprintf("%d bytes", len(p.body)), fmt.Sprintf("%d bytes, precision %.3f, recall %.3f", len(r.body), o.precision(), o.recall()))
		}
	}
	if p.title != "" {
		s.titles.of++
		s.either.of++
		right := plainTitle(p.title) == plainTitle(r.title)
		if right || plainTitle(p.title) == plainTitle(r.other) {
			s.either.right++
		}
		if right {
			s.titles.right++
		} else {
			miss("title", p.title, r.title)
		}
	}
	if len(p.authors) > 0 {
		s.authors.of++
		if sameNames(p.authors, r.authors) {
			s.authors.right++
		} else {
			miss("authors", strings.Join(p.authors, " | "), strings.Join(r.authors, " | "))
		}
	}
	if p.dated {
		if !s.date(p, r) {
			miss("date", p.day, r.day)
		}
	}
}

// date judges a day, and reports whether it is right. A page's day is that of its instant where it was published or in UTC: an
// article of midnight in Vienna is of either.
func (s *pageScore) date(p *webPage, r *pageRead) bool {
	d := &s.dates
	switch {
	case p.day == "" && r.day == "":
		d.spared++
	case p.day == "":
		d.invented++
		return false
	case r.day == "":
		d.none++
		return false
	case r.day == p.zoned, r.local == p.day:
		d.right++
	default:
		d.wrong++
		return false
	}
	return true
}

func sameNames(a, b []string) bool {
	fold := func(names []string) []string {
		var folded []string
		for _, n := range names {
			folded = append(folded, strings.ToLower(plainTitle(n)))
		}
		slices.Sort(folded)
		return slices.Compact(folded)
	}
	return slices.Equal(fold(a), fold(b))
}

// pageRows are the rows of the table.
var pageRows = []struct {
	name string
	of   func(s *pageScore) string
}{
	{"body F1, shingles of 4 words", func(s *pageScore) string { return bodyFigure(s.shingled, 0) }},
	{"  precision", func(s *pageScore) string { return bodyFigure(s.shingled, 1) }},
	{"  recall", func(s *pageScore) string { return bodyFigure(s.shingled, 2) }},
	{"body F1, words", func(s *pageScore) string { return bodyFigure(s.worded, 0) }},
	{"titles right", func(s *pageScore) string { return s.titles.String() }},
	{"  or the page's other title", func(s *pageScore) string { return s.either.String() }},
	{"authors right", func(s *pageScore) string { return s.authors.String() }},
	{"dates right, of pages with one", func(s *pageScore) string {
		return ratio{s.dates.right, s.dates.right + s.dates.wrong + s.dates.none}.String()
	}},
	{"  right wrong none", func(s *pageScore) string {
		if s.dates.right+s.dates.wrong+s.dates.none == 0 {
			return ""
		}
		return fmt.Sprintf("%d %d %d", s.dates.right, s.dates.wrong, s.dates.none)
	}},
	{"no date: none given, invented", func(s *pageScore) string {
		if s.dates.spared+s.dates.invented == 0 {
			return ""
		}
		return fmt.Sprintf("%d %d", s.dates.spared, s.dates.invented)
	}},
	{"MB of markup a CPU second", func(s *pageScore) string { return fmt.Sprintf("%.1f", s.speed) }},
}

// bodyFigure returns F1, precision or recall.
func bodyFigure(all []overlap, which int) string {
	if len(all) == 0 {
		return ""
	}
	f1, p, r := meanOverlap(all)
	return fmt.Sprintf("%.3f", [...]float64{f1, p, r}[which])
}
