package main

import (
	"context"

	"dateline/cmd/internal/backend"
)

// where are the flags that say which index.
type where struct {
	dir    string
	server string
}

func (w *where) add(c *command) {
	c.flags.StringVarP(&w.dir, "index", "i", "", "`DIR` the directory of the index")
	c.flags.StringVar(&w.server, "server", "", "`URL` work through this Dateline server instead")
}

// open opens the engine. A server that is named on the command line goes before an index from the environment, and the
// other way round.
func (w *where) open(ctx context.Context, c *command, o backend.Options) (*backend.Engine, error) {
	o.Dir, o.Server, o.Command = w.dir, w.server, "dateline "+c.name
	dirGiven, serverGiven := c.flags.Changed("index"), c.flags.Changed("server")
	switch {
	case w.dir == "" && w.server == "":
		return nil, &usageError{c.name, "no index is named: give --index DIR, or set DATELINE_INDEX"}
	case dirGiven && serverGiven:
		return nil, &usageError{c.name, "give --index or --server, not both"}
	case dirGiven:
		o.Server = ""
	}
	return backend.Open(ctx, o)
}
