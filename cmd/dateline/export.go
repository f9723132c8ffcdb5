package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dateline/cmd/internal/backend"
	"dateline/index/export"
)

func (p *program) export() *command {
	c := newCommand("export", "[QUERY...]", "print every article that matches, as JSON lines or CSV")
	c.long = `
Streams all matches, however many, of one state of the index, the oldest first unless --sort says otherwise. Without a
query and filters it prints the whole index; "dateline index" reads the JSON lines back. In CSV a cell that a spreadsheet
would take for a formula begins with an apostrophe.

` + queryHelp()
	c.status = queryStatus
	c.example = "dateline export --index news.idx --format csv --person \"Ruslan Mirzaev\" > mirzaev.csv"
	var w where
	var f filters
	w.add(c)
	format := c.flags.StringP("format", "f", "jsonl", "`FORMAT` the format: "+strings.Join(export.Formats, " or "))
	f.narrowing(c)
	f.order()
	c.run = func(ctx context.Context, args []string) (err error) {
		if !slices.Contains(export.Formats, *format) {
			return &usageError{c.name, fmt.Sprintf("--format is %s, not %q", strings.Join(export.Formats, " or "), *format)}
		}
		r, err := f.request(args)
		if err != nil {
			return err
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		buffer := bufio.NewWriterSize(p.stdout, 64<<10)
		out, err := export.NewWriter(buffer, *format)
		if err != nil {
			return err
		}
		for a, err := range engine.Export(ctx, r) {
			if err != nil {
				return errors.Join(withQuery(err, strings.Join(args, " ")), buffer.Flush())
			}
			if err := out.Write(&a); err != nil {
				return err
			}
		}
		return buffer.Flush()
	}
	return c
}
