package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/cmd/internal/memory"
	"dateline/index/ingest"
	"dateline/index/ledger"
)

// indexing are the flags of index.
type indexing struct {
	where
	reading
	rejects  string
	json     bool
	progress string
	verbose  bool
	resume   string
}

func (p *program) index() *command {
	c := newCommand("index", "PATH...", "add articles to an index, or update them")
	c.long = `
Takes files, folders (in order of name; names that begin with a dot and symbolic links are left out) and - for standard
input, also compressed (gz, zst, xz, bz2) and in zip and tar archives. The index is made when it is not there. An article
that is there already is updated when it differs. A record that cannot be indexed goes to the rejects, one JSON object a
line: path, record, line or offset, format, reason, detail; their file is begun anew by each run.
Every record is accounted for in the index directory, by source and day: see "dateline audit". After a run that was killed
or interrupted, the same command goes on where it was: what it had dealt with, in files that have not changed since, is
neither opened nor put again, and counts as unchanged or rejected, as it would in a second run.
While "dateline serve" runs on the index, its server does the writing. Ctrl-C ends the run after what is under way; what
was reported is in the index, and the same command goes on from there.`
	c.example = "dateline index --index news.idx news/ more.jsonl.gz"
	c.status = rejectsStatus
	var o indexing
	o.where.add(c)
	o.reading.add(c)
	c.flags.StringVar(&o.rejects, "rejects", "", "`FILE` where the rejects go; - is standard error (default rejects.jsonl in the index directory)")
	c.flags.BoolVar(&o.json, "json", false, "end with the summary as one JSON object on standard output")
	c.flags.StringVar(&o.progress, "progress", "auto", "`WHEN` show progress on standard error: auto (on a terminal), always or never")
	c.flags.StringVar(&o.resume, "resume", "auto", "`WHEN` go on where the same command was broken off: auto or never, which reads everything again")
	c.flags.BoolVarP(&o.verbose, "verbose", "v", false, "name each article on standard error once it is safe on the disk, as in: stored ID")
	c.run = func(ctx context.Context, args []string) error { return p.runIndex(ctx, c, o, args) }
	return c
}

// runIndex indexes, and makes rejects an error when there is no other.
func (p *program) runIndex(ctx context.Context, c *command, o indexing, paths []string) error {
	in, err := o.reading.options(p, c)
	if err != nil {
		return err
	}
	if in.Progress, err = p.newProgress(c, o.progress); err != nil {
		return err
	}
	if o.resume != "auto" && o.resume != "never" {
		return &usageError{c.name, fmt.Sprintf("--resume is auto or never, not %q", o.resume)}
	}
	if len(paths) == 0 {
		return &usageError{c.name, "no path is given; - is standard input"}
	}
	sum, err := p.ingest(ctx, c, o, in, paths)
	if err == nil && sum.Rejected > 0 {
		return errRejects
	}
	return err
}

// ingest opens the engine and the rejects, runs, and prints the summary, however the run ended.
func (p *program) ingest(ctx context.Context, c *command, o indexing, in ingest.Options, paths []string) (sum ingest.Summary, err error) {
	memory.Bound()
	engine, err := o.where.open(ctx, c, backend.Options{Write: true, Make: true})
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	rejects, name, err := p.openRejects(o)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, rejects.Close()) }()
	in.Rejects, in.KeepRejects, in.Without = rejects, shownRejects, o.dir
	in.Ledger, in.Account = engine.Ledger, ledger.Start{Command: c.name, Resume: o.resume == "auto", Key: build(), Rejects: absolute(name)}
	in.BatchArticles = batchArticles
	if o.verbose {
		in.Stored = p.reportStored
	}
	if sum, err = ingest.Run(ctx, engine.Engine, paths, in); err == nil && sum.Indexed+sum.Updated > 0 {
		err = p.settle(ctx, engine, in.Progress != nil)
	}
	return sum, errors.Join(err, p.summarise(sum, o, name))
}

// settle merges what the run has left in many pieces, and finds which names are alike, so that the first search need not. All is in the index
// already: it may be interrupted.
func (p *program) settle(ctx context.Context, engine *backend.Engine, show bool) error {
	if show {
		late := time.AfterFunc(2*time.Second, func() {
			fmt.Fprintln(p.stderr, "merging the pieces of the index and comparing names; everything is in it already")
		})
		defer late.Stop()
	}
	return engine.Settle(ctx)
}

// batchArticles bounds the articles of a batch; 0 leaves it to ingest. Tests of what is between batches set it.
var batchArticles = 0

// absolute is a path that holds wherever the program is started; "" stays "".
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil && path != "" {
		return abs
	}
	return path
}

// shownRejects is how many rejects are shown as well as written.
const shownRejects = 10

// reportStored names articles in one write, so that a killed run has not named one by half.
func (p *program) reportStored(ids []string) {
	w := bufio.NewWriterSize(p.stderr, 1<<20)
	for _, id := range ids {
		fmt.Fprintf(w, "stored %s\n", id)
	}
	w.Flush()
}

// openRejects opens the rejects and returns how to name them; "" when they go to standard error.
func (p *program) openRejects(o indexing) (io.WriteCloser, string, error) {
	name := o.rejects
	if name == "" && o.dir != "" {
		name = filepath.Join(o.dir, ledger.RejectsName)
	}
	if name == "" || name == "-" {
		return noClose{p.stderr}, "", nil
	}
	f, err := os.Create(name)
	return f, name, err
}

type noClose struct{ io.Writer }

func (noClose) Close() error { return nil }

// summarise prints what was done: in JSON on standard output, for people beside or instead of it.
func (p *program) summarise(sum ingest.Summary, o indexing, rejects string) error {
	w := p.stdout
	if o.json {
		w = p.stderr
	}
	if rejects != "" {
		for i := range sum.Rejects {
			fmt.Fprintf(p.stderr, "dateline: %s\n", &sum.Rejects[i])
		}
		if more := sum.Rejected - len(sum.Rejects); more > 0 {
			fmt.Fprintf(p.stderr, "dateline: %s more in %s\n", number(more), rejects)
		}
	}
	stored := sum.Indexed + sum.Updated + sum.Unchanged
	_, err := fmt.Fprintf(w, "%s read: %s new, %s updated, %s unchanged, %s rejected\n%s, %s, in %s: %s articles a second\n",
		count(sum.Read, "record"), number(sum.Indexed), number(sum.Updated), number(sum.Unchanged), number(sum.Rejected),
		count(sum.Files, "file"), size(sum.Bytes), seconds(sum.Seconds), number(int(float64(stored)/max(sum.Seconds, 0.001))))
	if s := sum.Skipped; s != nil {
		fmt.Fprintf(w, "went on where the last run was broken off: %s and %s had been dealt with\n", count(s.Files, "file"), count(s.Records, "record"))
	}
	if sum.Seconds > 2 && err == nil {
		_, err = fmt.Fprintf(w, "seconds of work: %.1f reading, %.1f parsing, %.1f finding names, %.1f writing the index\n",
			sum.Stages.Read, sum.Stages.Parse, sum.Stages.Names, sum.Stages.Index)
	}
	if sum.Rejected > 0 && rejects != "" {
		fmt.Fprintf(w, "rejects are in %s\n", rejects)
	}
	if o.json {
		sum.Rejects = nil
		err = json.NewEncoder(p.stdout).Encode(sum)
	}
	return err
}

func seconds(s float64) string {
	return time.Duration(s * float64(time.Second)).Round(10 * time.Millisecond).String()
}
