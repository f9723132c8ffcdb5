package ledger

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/analysis"
)

// What the rows of a report are of.
const (
	BySource = "source"
	ByDay    = "day"
	ByCell   = "cell" // source and day
	ByRun    = "run"
)

// Options say which accounts a report has.
type Options struct {
	By     string // BySource when empty
	Filter Filter
	Size   int  // rows, the largest by what was read; 0 is all
	Audit  bool // whether to audit as well
}

// Filter chooses accounts. The zero value chooses all.
type Filter struct {
	Source   string // as search compares sources
	From, To string // days of publication, both inclusive, as 2006-01-02; with one of them what has no day is left out
}

// Row is a line of a report.
type Row struct {
	Source string `json:"source,omitempty"`
	Day    string `json:"day,omitempty"`
	Run    int    `json:"run,omitempty"`
	Count

	folded string
}

// Report is what GET /api/v1/accounts answers.
type Report struct {
	By    string     `json:"by"`
	Rows  []Row      `json:"rows"`
	Of    int        `json:"of"`    // rows that there are
	Total Count      `json:"total"` // of all of them
	Runs  []*Account `json:"runs"`  // without their cells, the newest first
	Audit *Audit     `json:"audit,omitempty"`
}

// Has reports whether a filter chooses a cell.
func (f Filter) Has(k Key) bool {
	switch {
	case f.Source != "" && analysis.Fold(k.Source) != analysis.Fold(f.Source):
		return false
	case f.From == "" && f.To == "":
		return true
	case k.Day == "" || k.Day[0] < '0' || k.Day[0] > '9':
		return false
	}
	return k.Day >= f.From && (f.To == "" || k.Day <= f.To)
}

// rowKey is what a row is of.
type rowKey struct {
	folded, day string
	run         int
}

func (k Key) row(by string, run int) rowKey {
	switch by {
	case ByDay:
		return rowKey{day: k.Day}
	case ByRun:
		return rowKey{run: run}
	case ByCell:
		return rowKey{folded: analysis.Fold(k.Source), day: k.Day}
	}
	return rowKey{folded: analysis.Fold(k.Source)}
}

// Rows sums the accounts up, in order of source, day and run. Sources that search takes for one are one.
func (b *Book) Rows(by string, f Filter) []Row {
	rows := map[rowKey]*Row{}
	spelt := spellings{}
	for _, a := range b.Accounts {
		for k, n := range a.Cells {
			if !f.Has(k) {
				continue
			}
			id := k.row(by, a.Run)
			row := rows[id]
			if row == nil {
				row = &Row{Day: id.day, Run: id.run, folded: id.folded}
				rows[id] = row
			}
			row.Add(n)
			if id.folded != "" {
				spelt.add(id.folded, k.Source, n.Read)
			}
		}
	}
	list := make([]Row, 0, len(rows))
	for _, r := range rows {
		r.Source = spelt.best(r.folded)
		list = append(list, *r)
	}
	slices.SortFunc(list, compareRows)
	return list
}

func compareRows(a, b Row) int {
	return cmp.Or(cmp.Compare(a.folded, b.folded), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Run, b.Run))
}

// spellings count how often sources are spelt in which way.
type spellings map[string]map[string]int

func (s spellings) add(folded, source string, n int) {
	if s[folded] == nil {
		s[folded] = map[string]int{}
	}
	s[folded][source] += n
}

// best returns the most frequent spelling, of several the first.
func (s spellings) best(folded string) (source string) {
	most := -1
	for _, x := range slices.Sorted(maps.Keys(s[folded])) {
		if n := s[folded][x]; n > most {
			source, most = x, n
		}
	}
	return source
}

// Report makes a report. To audit, nothing may be put or deleted meanwhile: see Ledger.Report.
func (b *Book) Report(ctx context.Context, e index.Engine, o Options) (*Report, error) {
	if o.By == "" {
		o.By = BySource
	}
	r := &Report{By: o.By, Rows: b.Rows(o.By, o.Filter), Runs: []*Account{}}
	for i := range r.Rows {
		r.Total.Add(&r.Rows[i].Count)
	}
	if r.Of = len(r.Rows); o.Size > 0 && r.Of > o.Size {
		slices.SortStableFunc(r.Rows, func(a, b Row) int { return cmp.Compare(b.Read, a.Read) })
		r.Rows = r.Rows[:o.Size]
		slices.SortFunc(r.Rows, compareRows)
	}
	for _, a := range slices.Backward(b.Accounts) {
		run := *a
		run.Cells, run.Sum = nil, a.Cells.Sum()
		r.Runs = append(r.Runs, &run)
	}
	if o.Audit {
		var err error
		if r.Audit, err = b.Audit(ctx, e); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Report makes a report of the book as it is now. An audit waits until no batch is under way, and holds up the next ones.
func (l *Ledger) Report(ctx context.Context, e index.Engine, o Options) (r *Report, err error) {
	report := func(b *Book) { r, err = b.Report(ctx, e, o) }
	if o.Audit {
		l.Still(report)
	} else {
		l.Look(report)
	}
	return r, err
}

// maxRows bounds the rows that are asked for.
const maxRows = 100_000

// ParseOptions reads the parameters of GET /api/v1/accounts: by, source, from, to, size and audit.
func ParseOptions(v url.Values) (o Options, err error) {
	for name, values := range v {
		value := values[len(values)-1]
		switch name {
		case "by":
			if o.By = value; !slices.Contains([]string{BySource, ByDay, ByCell, ByRun}, value) {
				return o, &index.ParamError{Name: "by", Detail: "must be source, day, cell or run"}
			}
		case "source":
			o.Filter.Source = value
		case "from", "to":
			if err := checkDay(name, value); err != nil {
				return o, err
			}
			if name == "from" {
				o.Filter.From = value
			} else {
				o.Filter.To = value
			}
		case "size":
			if o.Size, err = strconv.Atoi(value); err != nil || o.Size < 0 || o.Size > maxRows {
				return o, &index.ParamError{Name: "size", Detail: fmt.Sprintf("must be between 0, which is all, and %d", maxRows)}
			}
		case "audit":
			o.Audit = value != "" && value != "0" && value != "false"
		default:
			return o, &index.ParamError{Name: strings.ToValidUTF8(cut(name), "?"), Detail: "is not a parameter of the accounts", Hint: "parameters are by, source, from, to, size and audit"}
		}
	}
	return o, nil
}

func checkDay(name, value string) error {
	if value == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		return &index.ParamError{Name: name, Detail: "must be a day as 2024-03-14"}
	}
	return nil
}

// Values are the parameters that ask for the options.
func (o Options) Values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"by": o.By, "source": o.Filter.Source, "from": o.Filter.From, "to": o.Filter.To} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if o.Size > 0 {
		v.Set("size", strconv.Itoa(o.Size))
	}
	if o.Audit {
		v.Set("audit", "1")
	}
	return v
}
