package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"dateline/index/ingest"
	"dateline/index/source"
)

// reading are the flags that say how files are read.
type reading struct {
	format   string
	source   string
	noNames  bool
	mentions bool
}

func (r *reading) add(c *command) {
	c.flags.StringVarP(&r.format, "format", "f", "auto", "`FORMAT` the format of the files; auto looks into each; else "+strings.Join(source.Names(), ", "))
	c.flags.StringVar(&r.source, "source", "", "`NAME` the publisher, where an article names none")
	c.flags.BoolVar(&r.noNames, "no-entities", false, "look for no names in the text: the people, organisations and places are those of the record")
}

func (r *reading) options(p *program, c *command) (ingest.Options, error) {
	if r.format != "auto" && r.format != "" {
		if _, ok := source.ByName(r.format); !ok {
			return ingest.Options{}, &usageError{c.name, fmt.Sprintf("there is no format %q: --format is auto, %s", r.format, strings.Join(source.Names(), ", "))}
		}
	}
	o := ingest.Options{Format: r.format, Source: r.source, Stdin: p.stdin}
	if r.noNames {
		o.Names = ingest.NamesGiven
	}
	return o, nil
}

func (p *program) parse() *command {
	c := newCommand("parse", "PATH...", "print the articles that index would store, as JSON lines")
	c.long = `
Reads as "dateline index" does and writes nothing. Each article is one JSON object a line on standard output; each
record that is no article is one on standard error, with path, record, line or offset, format, reason and detail.`
	c.example = "dateline parse news/ | jq .title"
	c.status = rejectsStatus
	var in reading
	in.add(c)
	c.flags.BoolVar(&in.mentions, "mentions", false, "show where each person, organisation and place is named")
	c.run = func(ctx context.Context, args []string) error {
		o, err := in.options(p, c)
		if err != nil {
			return err
		}
		if len(args) == 0 {
			return &usageError{c.name, "no path is given; - is standard input"}
		}
		return p.parsePaths(ctx, args, o, in.mentions)
	}
	return c
}

func (p *program) parsePaths(ctx context.Context, paths []string, o ingest.Options, mentions bool) error {
	out, faults := newLines(p.stdout), json.NewEncoder(p.stderr)
	faults.SetEscapeHTML(false)
	rejected := false
	for a, reject := range ingest.Parse(ctx, paths, o) {
		if reject != nil {
			rejected = true
			if err := faults.Encode(reject); err != nil {
				return err
			}
			continue
		}
		for i := range a.Entities {
			if !mentions {
				a.Entities[i].Mentions = nil
			}
		}
		if err := out.encode(a); err != nil {
			return err
		}
	}
	if err := out.flush(); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if rejected {
		return errRejects
	}
	return nil
}
