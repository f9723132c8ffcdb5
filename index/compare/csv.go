package compare

import (
	"encoding/csv"
	"io"
	"strconv"
)

// CSVType is the media type of WriteCSV.
const CSVType = "text/csv; charset=utf-8; header=present"

// WriteCSV writes the buckets as CSV (RFC 4180, UTF-8): the start of each, what the whole index has in it, and what each query
// finds. The header names the interval and the unit; a column of a query is headed "articles: " and the query as it was typed.
// Where anything undated was found, the last line says how much, with "undated" for its start and nothing for the whole index.
func WriteCSV(w io.Writer, c *Comparison) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := []string{string(c.Interval), "all " + string(c.Unit)}
	last, undated := []string{"undated", ""}, 0
	for _, s := range c.Series {
		head = append(head, string(c.Unit)+": "+s.Text) // the unit first also keeps a spreadsheet from running the query as a formula
		last = append(last, strconv.Itoa(s.Undated))
		undated += s.Undated
	}
	rows := [][]string{head}
	for _, b := range c.Buckets {
		row := []string{b.Start, strconv.Itoa(b.All)}
		for _, n := range b.Counts {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	if undated > 0 {
		rows = append(rows, last)
	}
	return out.WriteAll(rows)
}
