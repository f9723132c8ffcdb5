package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/index/ledger"
)

func (p *program) audit() *command {
	c := newCommand("audit", "", "prove that every record read is accounted for, and show the accounts")
	c.long = `
Prints what was read by source, by day of publication, by both or by run, and what became of it: indexed, updated, unchanged,
rejected and why; undated articles and those dated ahead. Then it adds everything up again: every run and all together, the
sums over sources and days, what the engine counted by itself since the index was made, the articles that it has of each source,
and the lines of the last rejects. With "adds up" all of that holds; else it says what does not, and ends with 1.
The days "recovered" are batches whose process was killed before it was told: the engine knows how many articles they changed.`
	c.example = "dateline audit --index news.idx --by day"
	c.status = "0 everything adds up; 1 something does not, or a fault; 2 wrong command line."
	var w where
	w.add(c)
	asJSON := c.flags.Bool("json", false, "print what GET /api/v1/accounts?audit=1 answers")
	by := c.flags.String("by", ledger.BySource, "`WHAT` a row is of: source, day, cell (both) or run")
	f := ledger.Filter{}
	c.flags.StringVar(&f.Source, "source", "", "`NAME` only of this source")
	c.flags.StringVar(&f.From, "from", "", "`DAY` only what was published on this day or later, as 2024-03-14")
	c.flags.StringVar(&f.To, "to", "", "`DAY` only what was published on this day or earlier")
	size := c.flags.Int("size", 50, "`N` show that many rows, those with most records; 0 is all")
	c.run = func(ctx context.Context, args []string) (err error) {
		if err := none(c, args); err != nil {
			return err
		}
		o, err := ledger.ParseOptions(ledger.Options{By: *by, Filter: f, Size: *size, Audit: true}.Values())
		if err != nil {
			return wrongFlag(c, err)
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		r, err := engine.Report(ctx, o)
		if err != nil {
			return err
		}
		if *asJSON {
			err = printJSON(p.stdout, r)
		} else {
			err = printReport(p.stdout, r)
		}
		if err == nil && !r.Audit.AddsUp {
			err = errors.New("the accounts do not add up")
		}
		return err
	}
	return c
}

// wrongFlag makes a fault in a parameter one of the flag with its name.
func wrongFlag(c *command, err error) error {
	var fault *index.ParamError
	if errors.As(err, &fault) {
		return &usageError{c.name, "--" + fault.Name + " " + fault.Detail}
	}
	return err
}

// printReport writes the rows as a table, and below it what was checked.
func printReport(w io.Writer, r *ledger.Report) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "read\tindexed\tupdated\tunchanged\trejected\tdeleted\tundated\tahead\t  %s\n", r.By)
	row := func(c *ledger.Count, name string) {
		for _, n := range []int{c.Read, c.Indexed, c.Updated, c.Unchanged, c.Refused(), c.Deleted, c.Undated, c.FutureDate} {
			fmt.Fprintf(t, "%s\t", number(n))
		}
		fmt.Fprintf(t, "  %s\n", name)
	}
	for i := range r.Rows {
		row(&r.Rows[i].Count, rowName(r, i))
	}
	row(&r.Total, "in all")
	if err := t.Flush(); err != nil {
		return err
	}
	if len(r.Rows) < r.Of {
		fmt.Fprintf(w, "%s of %s are shown; --size 0 shows all\n", number(len(r.Rows)), number(r.Of))
	}
	for _, reason := range slices.Sorted(maps.Keys(r.Total.Rejected)) {
		fmt.Fprintf(w, "rejected as %q: %s\n", reason, number(r.Total.Rejected[reason]))
	}
	return printAudit(w, r.Audit)
}

// rowName names the i-th row.
func rowName(r *ledger.Report, i int) string {
	x := &r.Rows[i]
	source, day := x.Source, x.Day
	if source == "" {
		source = "no source"
	}
	if day == "" {
		day = "not understood"
	}
	switch r.By {
	case ledger.ByDay:
		return day
	case ledger.ByCell:
		return source + ", " + day
	case ledger.ByRun:
		return runName(r.Runs, x.Run)
	}
	return source
}

// runName says what a run was.
func runName(runs []*ledger.Account, number int) string {
	i := slices.IndexFunc(runs, func(a *ledger.Account) bool { return a.Run == number })
	if i < 0 {
		return fmt.Sprintf("run %d", number)
	}
	a := runs[i]
	name := fmt.Sprintf("run %d, %s, %s", a.Run, a.Begun.Format("2006-01-02 15:04"), strings.Join(append([]string{a.Command}, a.Paths...), " "))
	switch {
	case a.Runs > 0:
		return fmt.Sprintf("%s up to run %d, from %s on", count(a.Runs, "run"), a.Run, a.Begun.Format("2006-01-02"))
	case a.BrokenOff():
		name += " (broken off)"
	}
	if a.Resumes > 0 {
		name += fmt.Sprintf(" (goes on from run %d)", a.Resumes)
	}
	return name
}

// printAudit writes the checks.
func printAudit(w io.Writer, a *ledger.Audit) error {
	fmt.Fprintln(w)
	for _, c := range a.Checks {
		verdict := "ok"
		if !c.Holds {
			verdict = "WRONG"
		}
		line := fmt.Sprintf("%-5s  %s: %s, %s", verdict, c.What, number(c.Has), number(c.Wants))
		if c.Detail != "" {
			line += "; " + c.Detail
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	if a.AddsUp {
		_, err := fmt.Fprintln(w, "adds up")
		return err
	}
	return nil
}
