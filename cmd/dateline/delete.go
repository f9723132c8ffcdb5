package main

import (
	"context"
	"errors"
	"fmt"

	"dateline/cmd/internal/backend"
)

func (p *program) delete() *command {
	c := newCommand("delete", "ID...", "remove articles from an index")
	c.long = `
Ids that are not in the index are no fault. "dateline search" shows the id of each hit in brackets.`
	c.example = "dateline delete --index news.idx 8f3c0d52a1b94e67"
	var w where
	w.add(c)
	c.run = func(ctx context.Context, args []string) (err error) {
		if len(args) == 0 {
			return &usageError{c.name, "no id is given"}
		}
		engine, err := w.open(ctx, c, backend.Options{Write: true})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		n, err := engine.Ledger.Delete(ctx, engine.Engine, args)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "%s deleted\n", count(n, "article"))
		return err
	}
	return c
}
