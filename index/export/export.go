// Package export writes articles as JSON lines or as CSV.
package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/index"
)

// Formats are the names that NewWriter takes.
var Formats = []string{"jsonl", "csv"}

// Writer writes articles one after the other. Nothing need be closed: each article is written whole by Write.
type Writer interface {
	Write(a *index.Article) error
}

// NewWriter returns the writer of a format; "" is jsonl. The CSV writer has written its header line when it returns.
// Errors: *index.ParamError for an unknown format, those of w.
func NewWriter(w io.Writer, format string) (Writer, error) {
	switch format {
	case "", "jsonl":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return jsonLines{e}, nil
	case "csv":
		return newTable(w)
	}
	return nil, &index.ParamError{Name: "format", Detail: fmt.Sprintf("must be %s, not %.40q", strings.Join(Formats, " or "), format)}
}

// ContentType returns the media type of a format that NewWriter takes.
func ContentType(format string) string {
	if format == "csv" {
		return "text/csv; charset=utf-8; header=present"
	}
	return "application/x-ndjson"
}

// Extension returns the ending of a file of the format, with its dot.
func Extension(format string) string {
	if format == "csv" {
		return ".csv"
	}
	return ".jsonl"
}

type jsonLines struct{ *json.Encoder }

func (j jsonLines) Write(a *index.Article) error { return j.Encode(a) }

// column is one column of the CSV. Lists stand in one cell, separated by "; ".
type column struct {
	name string
	of   func(a *index.Article) string
}

var columns = []column{
	{"id", func(a *index.Article) string { return a.ID }},
	{"url", func(a *index.Article) string { return a.URL }},
	{"source", func(a *index.Article) string { return a.Source }},
	{"agency", func(a *index.Article) string { return a.Agency }},
	{"title", func(a *index.Article) string { return a.Title }},
	{"lead", func(a *index.Article) string { return a.Lead }},
	{"body", func(a *index.Article) string { return a.Body }},
	{"authors", func(a *index.Article) string { return list(a.Authors) }},
	{"dateline", func(a *index.Article) string { return a.Dateline }},
	{"published", func(a *index.Article) string { return instant(a.Published) }},
	{"published_precision", func(a *index.Article) string { return a.Precision }},
	{"updated", func(a *index.Article) string { return instant(a.Updated) }},
	{"indexed", func(a *index.Article) string { return instant(a.Indexed) }},
	{"language", func(a *index.Article) string { return a.Language }},
	{"section", func(a *index.Article) string { return a.Section }},
	{"topics", func(a *index.Article) string { return list(a.Topics) }},
	{"people", func(a *index.Article) string { return list(a.Names(index.Person)) }},
	{"orgs", func(a *index.Article) string { return list(a.Names(index.Org)) }},
	{"places", func(a *index.Article) string { return list(a.Names(index.Place)) }},
	{"words", func(a *index.Article) string { return strconv.Itoa(a.Words) }},
	{"story", func(a *index.Article) string { return a.Story }},
	{"text", func(a *index.Article) string { return a.Text }},
	{"format", func(a *index.Article) string { return a.Format }},
	{"path", func(a *index.Article) string { return a.Path }},
}

func list(values []string) string { return strings.Join(values, "; ") }

func instant(t index.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// table writes CSV as RFC 4180 has it: lines end with CR LF, the first names the columns.
type table struct {
	csv *csv.Writer
	row []string
}

func newTable(w io.Writer) (*table, error) {
	// The struct hides a *bufio.Writer, which package csv would make its own and flush with every row.
	t := &table{csv: csv.NewWriter(struct{ io.Writer }{w}), row: make([]string, len(columns))}
	t.csv.UseCRLF = true
	for i, c := range columns {
		t.row[i] = c.name
	}
	return t, t.flush()
}

func (t *table) Write(a *index.Article) error {
	for i, c := range columns {
		t.row[i] = harmless(c.of(a))
	}
	return t.flush()
}

func (t *table) flush() error {
	if err := t.csv.Write(t.row); err != nil {
		return err
	}
	t.csv.Flush()
	return t.csv.Error()
}

// dangerous are the first characters that make a spreadsheet take a cell for a formula, in both widths.
var dangerous = []rune{'=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'}

// harmless puts an apostrophe before a cell that a spreadsheet would run as a formula: news is written by others.
// (OWASP, "CSV Injection".)
func harmless(cell string) string {
	if first, _ := utf8.DecodeRuneInString(cell); slices.Contains(dangerous, first) {
		return "'" + cell
	}
	return cell
}
