package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/cmd/internal/memory"
	"dateline/index/ingest"
	"dateline/index/watch"
)

// watching are the flags of watch.
type watching struct {
	indexing
	poll time.Duration
}

func (p *program) watch() *command {
	c := newCommand("watch", "PATH...", "index files and folders, and what changes in them as it comes")
	c.long = wrap("Indexes what is there as `dateline index` does, then every file that is new or changes, until Ctrl-C. A file is read when it has not "+
		"changed for 300 ms, or at once when a rename brings it; of JSON lines the last one may be under way for up to 30 seconds. "+
		"A file that changes is read again from its beginning, of which what is known is unchanged; a file that goes leaves its articles in the index.", 0, flagWidth) + "\n" +
		wrap("Between the changes the index is free for other commands; while `dateline serve` runs on it, its server does the writing. Changes are "+
			"told by the system, or looked for every 2 seconds where it does not, as on network file systems. Each change is a line on standard error.", 0, flagWidth)
	c.example = "dateline watch --index news.idx incoming/"
	c.status = "; 130 interrupted"
	var o watching
	o.where.add(c)
	o.reading.add(c)
	c.flags.StringVar(&o.rejects, "rejects", "", "`FILE` where the rejects go; - is standard error (default watch-rejects.jsonl in the index directory)")
	c.flags.BoolVar(&o.json, "json", false, "print a summary as one JSON object a line on standard output for each batch of changes")
	c.flags.DurationVar(&o.poll, "poll", 0, "`DURATION` look for changes this often, such as 2s, instead of being told of them")
	c.flags.Lookup("poll").DefValue = ""
	c.flags.BoolVarP(&o.verbose, "verbose", "v", false, "name each article on standard error once it is safe on the disk, as in: stored ID")
	c.run = func(ctx context.Context, args []string) error { return p.runWatch(ctx, c, o, args) }
	return c
}

func (p *program) runWatch(ctx context.Context, c *command, o watching, paths []string) (err error) {
	in, err := o.reading.options(p, c)
	switch {
	case err != nil:
		return err
	case len(paths) == 0:
		return &usageError{c.name, "no path is given"}
	case o.poll < 0:
		return &usageError{c.name, "--poll is a time such as 2s"}
	}
	for _, path := range paths {
		if path == "-" {
			return &usageError{c.name, "standard input cannot be watched: `dateline index` reads it"}
		}
	}
	if o.rejects == "" && o.dir != "" {
		o.rejects = filepath.Join(o.dir, watchRejects) // those of the last "dateline index" stay for the audit
	}
	memory.Bound()
	w, err := watch.New(paths, watch.Options{Poll: o.poll, Without: o.dir, Except: o.rejects, Warn: func(s string) { fmt.Fprintf(p.stderr, "dateline: %s\n", s) }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	v := vigil{program: p, command: c, o: o, in: in}
	defer func() { err = errors.Join(err, v.close()) }()
	for {
		batch, err := w.Next(ctx)
		if err != nil {
			return nil // Ctrl-C between changes is how it ends
		}
		if err := v.see(ctx, batch); err != nil {
			return err
		}
	}
}

const watchRejects = "watch-rejects.jsonl"

// vigil indexes what a Watcher tells of.
type vigil struct {
	*program
	command *command
	o       watching
	in      ingest.Options
	rejects io.WriteCloser // nil before the first batch
	pieces  int            // batches since the index was put in order
}

func (v *vigil) close() error {
	if v.rejects == nil {
		return nil
	}
	return v.rejects.Close()
}

// Batches are tried again when the index cannot be written to, after retryFirst and then after twice as long each time up to
// retryMost. The index is put in order after settleAfter small batches.
const (
	retryFirst  = time.Second
	retryMost   = time.Minute
	settleAfter = 20
)

// see has a batch indexed, however long it takes until the index can be written to. At the beginning a fault ends the command.
func (v *vigil) see(ctx context.Context, batch watch.Batch) error {
	for _, path := range batch.Gone {
		fmt.Fprintf(v.stderr, "%s  %s: gone; its articles stay\n", stamp(), path)
	}
	if len(batch.Files) == 0 && !batch.First {
		return nil
	}
	for wait := retryFirst; ; wait = min(2*wait, retryMost) {
		sum, err := v.index(ctx, batch)
		var busy *backend.BusyError
		switch {
		case err == nil:
			return v.tell(sum)
		case ctx.Err() != nil:
			return ctx.Err()
		case batch.First && !errors.As(err, &busy):
			return err
		}
		fmt.Fprintf(v.stderr, "dateline: %v; trying again in %v\n", err, wait)
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// index opens the index, or finds its server, and puts a batch into it.
func (v *vigil) index(ctx context.Context, batch watch.Batch) (sum ingest.Summary, err error) {
	engine, err := v.o.where.open(ctx, v.command, backend.Options{Write: true, Make: true})
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	if v.rejects == nil {
		if v.rejects, _, err = v.openRejects(v.o.indexing); err != nil {
			return sum, err
		}
	}
	in := v.in
	in.Rejects, in.KeepRejects, in.Clock, in.Ledger = v.rejects, 1, time.Now, engine.Ledger
	if v.o.verbose {
		in.Stored = v.reportStored
	}
	for _, part := range v.parts(batch) {
		s, err := ingest.Files(ctx, engine.Engine, part, in)
		sum.Add(s, v.in.Workers)
		if err != nil {
			return sum, err
		}
		v.line(part, batch.First, s)
	}
	if v.pieces++; batch.First && sum.Indexed+sum.Updated > 0 || v.pieces >= settleAfter {
		v.pieces = 0
		return sum, v.settle(ctx, engine, false)
	}
	return sum, nil
}

// maxLines is how many changed files have a line each; more are told of together.
const maxLines = 100

// parts cuts a batch into what has a line of its own.
func (v *vigil) parts(batch watch.Batch) [][]ingest.File {
	if batch.First || len(batch.Files) > maxLines {
		return [][]ingest.File{batch.Files}
	}
	var parts [][]ingest.File
	for i := range batch.Files {
		parts = append(parts, batch.Files[i:i+1])
	}
	return parts
}

func stamp() string { return time.Now().Format("15:04:05") }

// line tells what became of files.
func (v *vigil) line(files []ingest.File, first bool, s ingest.Summary) {
	what := count(len(files), "file")
	if len(files) == 1 && !first {
		what = files[0].Path
		if files[0].Whole > 0 {
			what += " (so far)"
		}
	}
	fmt.Fprintf(v.stderr, "%s  %s: %s new, %s updated, %s unchanged, %s rejected\n", stamp(), what,
		number(s.Indexed), number(s.Updated), number(s.Unchanged), number(s.Rejected))
	for i := range s.Rejects {
		fmt.Fprintf(v.stderr, "dateline: %s\n", &s.Rejects[i])
	}
}

// tell prints the summary of a batch.
func (v *vigil) tell(sum ingest.Summary) error {
	if !v.o.json {
		return nil
	}
	sum.Rejects = nil
	return json.NewEncoder(v.stdout).Encode(sum)
}
