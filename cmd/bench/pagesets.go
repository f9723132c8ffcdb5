package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dateline/index/source/charset"
)

// webPage is a page with what is known to be right about it. An empty text or list is not known.
type webPage struct {
	id      string
	url     string
	html    string // in UTF-8
	body    string
	title   string
	authors []string
	day     string // of publication, YYYY-MM-DD; "" when the page has none
	zoned   string // the same instant's day in UTC
	dated   bool   // whether the day is known, or is known to be none
}

// pageSets are the three sets of pages, by their folders.
var pageSets = []struct {
	name string
	read func(dir string) ([]webPage, error)
}{
	{"html_bodies", readBodies}, {"html_pages", readPublishers}, {"html_dates", readDates},
}

// readBodies reads the article-extraction-benchmark.
func readBodies(dir string) ([]webPage, error) {
	var truth map[string]struct{ ArticleBody, URL string }
	if err := readTruth(filepath.Join(dir, "ground-truth.json.gz"), &truth); err != nil {
		return nil, err
	}
	var pages []webPage
	for id, t := range truth {
		page, err := readPage(filepath.Join(dir, "html", id+".html.gz"))
		if err != nil {
			return nil, err
		}
		pages = append(pages, webPage{id: id, url: t.URL, html: page, body: t.ArticleBody})
	}
	slices.SortFunc(pages, func(a, b webPage) int { return strings.Compare(a.id, b.id) })
	return pages, nil
}

// publisherCase is what is right about one page of a publisher, as fundus has it.
type publisherCase struct {
	Title   string
	Authors []string
	Date    string `json:"publishing_date"`
	Body    struct {
		Summary  []string
		Sections []struct{ Headline, Paragraphs []string }
	}
}

// text returns the body's summary, headings and paragraphs.
func (c *publisherCase) text() string {
	parts := slices.Clone(c.Body.Summary)
	for _, s := range c.Body.Sections {
		parts = append(append(parts, s.Headline...), s.Paragraphs...)
	}
	return strings.Join(parts, "\n\n")
}

// readPublishers reads pages of publishers: each has a file of cases by the version of its parser, and a page for each, which
// are named by their days; both in the same order.
func readPublishers(dir string) ([]webPage, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, os.ErrNotExist
	}
	var pages []webPage
	for _, file := range files {
		of, err := readPublisher(file)
		if err != nil {
			return nil, err
		}
		pages = append(pages, of...)
	}
	return pages, nil
}

func readPublisher(file string) ([]webPage, error) {
	var cases map[string]publisherCase
	if err := readTruth(file, &cases); err != nil {
		return nil, err
	}
	var meta map[string]struct{ URL string }
	if err := readTruth(filepath.Join(filepath.Dir(file), "meta.info"), &meta); err != nil {
		return nil, err
	}
	names, err := filepath.Glob(strings.TrimSuffix(file, ".json") + "_[0-9]*.html.gz")
	if err != nil || len(names) != len(cases) {
		return nil, fmt.Errorf("%s has %d cases and %d pages: %w", file, len(cases), len(names), cmp.Or(err, os.ErrInvalid))
	}
	var versions []string
	for v := range cases {
		versions = append(versions, v)
	}
	slices.Sort(versions)
	var pages []webPage
	for i, name := range names {
		page, err := readPage(name)
		if err != nil {
			return nil, err
		}
		c := cases[versions[i]]
		local, utc := days(c.Date)
		pages = append(pages, webPage{
			id: filepath.Base(name), url: meta[filepath.Base(name)].URL, html: page,
			title: c.Title, authors: c.Authors, body: c.text(), day: local, zoned: utc, dated: c.Date != "",
		})
	}
	return pages, nil
}

// readDates reads pages of which only the day is known.
func readDates(dir string) ([]webPage, error) {
	var truth map[string]struct {
		File string
		Date string
	}
	if err := readTruth(filepath.Join(dir, "dates.json"), &truth); err != nil {
		return nil, err
	}
	var pages []webPage
	for url, t := range truth {
		found, err := filepath.Glob(filepath.Join(dir, "html", t.File+"*"))
		if err != nil || len(found) == 0 {
			return nil, fmt.Errorf("%s: %w", t.File, cmp.Or(err, os.ErrNotExist))
		}
		page, err := readPage(found[0])
		if err != nil {
			return nil, err
		}
		pages = append(pages, webPage{id: t.File, url: url, html: page, day: t.Date, zoned: t.Date, dated: true})
	}
	slices.SortFunc(pages, func(a, b webPage) int { return strings.Compare(a.id, b.id) })
	return pages, nil
}

// days returns the day of an instant as it is written with its zone, and in UTC.
func days(written string) (local, utc string) {
	t, err := parsePython(written)
	if err != nil {
		return "", ""
	}
	return t.Format("2006-01-02"), t.UTC().Format("2006-01-02")
}

// readPage reads a page as ingestion gives it to its reader: out of its compression, in UTF-8.
func readPage(name string) (string, error) {
	raw, err := unpacked(name)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(charset.NewReader(bytes.NewReader(raw), charset.Declared(raw)))
	return string(text), err
}

func readTruth(name string, into any) error {
	raw, err := unpacked(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// unpacked reads a file, out of gzip where its name says so.
func unpacked(name string) ([]byte, error) {
	raw, err := os.ReadFile(name)
	if err != nil || !strings.HasSuffix(name, ".gz") {
		return raw, err
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return io.ReadAll(z)
}
