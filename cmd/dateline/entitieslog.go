package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/server"
)

func (p *program) entitiesLog() *command {
	c := newCommand("entities log", "", "list the decisions, the oldest first")
	c.long = "A decision that was taken back stays in the log, and is marked so."
	c.example = "dateline entities log --index news.idx"
	var w where
	w.add(c)
	asJSON := c.flags.Bool("json", false, "print exactly what GET /api/v1/decisions answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		log, err := p.decisions(ctx, c, &w, args)
		switch {
		case err != nil:
			return err
		case *asJSON:
			return printJSON(p.stdout, server.NewDecisionsAnswer(log))
		}
		return printLog(p.stdout, log)
	}
	return c
}

// decisions returns the log of the index, for a command without arguments.
func (p *program) decisions(ctx context.Context, c *command, w *where, args []string) (log []index.Decision, err error) {
	if err := none(c, args); err != nil {
		return nil, err
	}
	engine, err := w.open(ctx, c, backend.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	return engine.Decisions(ctx)
}

// printLog prints a decision a line.
func printLog(w io.Writer, log []index.Decision) error {
	out := bufio.NewWriter(w)
	for _, d := range log {
		var subject index.Decision
		if n := d.Undoes; n >= 1 && n <= len(log) {
			subject = log[n-1]
		}
		by, undone, typ := "", "", ""
		if d.By != "" {
			by = " " + oneLine(d.By)
		}
		if d.Type != "" {
			typ = oneLine(d.Type) + " "
		}
		if d.Undone {
			undone = " (taken back)"
		}
		fmt.Fprintf(out, "%4d  %s%s  %s%s%s\n", d.Number, d.Time.Format(time.DateTime), by, typ, whatDone(d, subject), undone)
	}
	if len(log) == 0 {
		fmt.Fprintln(out, "nothing has been decided")
	}
	return out.Flush()
}

func (p *program) entitiesExport() *command {
	c := newCommand("entities export", "[FILE]", "write the decisions as a text file")
	c.long = wrap("Writes the whole log as plain text, a decision a line, to standard output or to FILE, which is replaced. `dateline entities "+
		"import` reads it into another index.", 0, flagWidth)
	c.example = "dateline entities export --index news.idx decisions.txt"
	var w where
	w.add(c)
	c.run = func(ctx context.Context, args []string) (err error) {
		path := "-"
		if len(args) > 0 {
			path, args = args[0], args[1:]
		}
		log, err := p.decisions(ctx, c, &w, args)
		if err != nil {
			return err
		}
		text := server.DecisionsText(log)
		if path != "-" {
			return os.WriteFile(path, text, 0o666)
		}
		_, err = p.stdout.Write(text)
		return err
	}
	return c
}

func (p *program) entitiesImport() *command {
	c := newCommand("entities import", "FILE", "record the decisions of a text file")
	c.long = wrap("Reads what `dateline entities export` has written, or you: - is standard input. Recorded is what is in force of it, all or "+
		"nothing, with the times and names of those who decided; what is in force in the index already is left out, so that importing "+
		"a file again changes nothing.", 0, flagWidth)
	c.status = " or impossible decision; 130 interrupted"
	c.example = "dateline entities import --index other.idx decisions.txt"
	var w where
	w.add(c)
	asJSON := c.flags.Bool("json", false, "print exactly what POST /api/v1/decisions answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		if len(args) != 1 {
			return &usageError{c.name, fmt.Sprintf("one file is needed, not %d", len(args))}
		}
		text, err := p.readFile(args[0])
		if err != nil {
			return err
		}
		engine, err := w.open(ctx, c, backend.Options{Write: true})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		path := args[0]
		if path == "-" {
			path = "standard input"
		}
		made, err := importDecisions(ctx, engine, c.name, path, text)
		switch {
		case err != nil:
			return err
		case *asJSON:
			return printJSON(p.stdout, server.NewDecisionsAnswer(made))
		}
		_, err = fmt.Fprintf(p.stdout, "%s recorded\n", count(len(made), "decision"))
		return err
	}
	return c
}

func (p *program) readFile(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(p.stdin)
	}
	return os.ReadFile(path)
}

// importDecisions records what is in force of a file and not in the index.
func importDecisions(ctx context.Context, e index.Engine, command, path string, text []byte) ([]index.Decision, error) {
	have, err := e.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	wanted, err := server.ImportDecisions(text, have)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	made, err := e.Decide(ctx, wanted)
	var fault *index.DecisionError
	if errors.As(err, &fault) && fault.Index >= 0 && fault.Index < len(wanted) {
		d := wanted[fault.Index]
		return nil, &usageError{command, fmt.Sprintf("%s: %s %s %s: %v", path, d.Action, d.Type, strings.TrimSpace(quoted(d.Name)+" "+quoted(d.Other)), fault)}
	}
	return made, err
}
