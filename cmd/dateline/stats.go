package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/index"
)

func (p *program) stats() *command {
	c := newCommand("stats", "", "describe an index: articles, sources, dates, entities, size")
	c.example = "dateline stats --index news.idx"
	var w where
	w.add(c)
	asJSON := c.flags.Bool("json", false, "print what GET /api/v1/stats answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		if err := none(c, args); err != nil {
			return err
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		s, err := engine.Stats(ctx)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(p.stdout, s)
		}
		return printStats(p.stdout, s)
	}
	return c
}

func printStats(w io.Writer, s index.Stats) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(name, value string) { fmt.Fprintf(t, "%s\t%s\n", name, value) }
	row("articles", number(s.Articles))
	if s.Versions > 0 {
		row("earlier versions", number(s.Versions))
	}
	row("distinct texts", number(s.Texts))
	row("stories", number(s.Stories))
	row("sources", number(s.Sources))
	if !s.First.IsZero() {
		row("dates", s.First.Format(time.DateOnly)+" to "+s.Last.Format(time.DateOnly))
	}
	row("undated", number(s.Undated))
	for _, e := range []struct{ typ, name string }{{index.Person, "persons"}, {index.Org, "organisations"}, {index.Place, "places"}} {
		row(e.name, number(s.Entities[e.typ]))
	}
	for _, f := range []index.Field{index.FieldAgency, index.FieldAuthor, index.FieldLanguage, index.FieldSection, index.FieldTopic} {
		row(plural(string(f)), number(s.Distinct[f]))
	}
	row("size", size(s.Bytes))
	row("index format", number(s.Format))
	if s.ReadOnly != "" {
		row("read-only", s.ReadOnly)
	}
	return t.Flush()
}

func plural(name string) string {
	if name == string(index.FieldAgency) {
		return "agencies"
	}
	return name + "s"
}
