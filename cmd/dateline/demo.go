package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"dateline/cmd/internal/backend"
	"dateline/cmd/internal/sample"
	"dateline/index/fetch"
	"dateline/server"
)

func (p *program) demo() *command {
	c := newCommand("demo", "", "serve sample articles, for a first look")
	c.long = `
Indexes the sample articles that are inside the program into a temporary directory, serves them, and prints the address
to open in a browser. Ctrl-C ends it and removes the directory.`
	c.example = "dateline demo"
	addr := c.flags.String("addr", "", "`HOST:PORT` where to listen (default 127.0.0.1:8080, or a free port when that is taken)")
	c.run = func(ctx context.Context, args []string) (err error) {
		if err := none(c, args); err != nil {
			return err
		}
		dir, err := os.MkdirTemp("", "dateline-demo-")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		return p.runDemo(ctx, dir, *addr)
	}
	return c
}

func (p *program) runDemo(ctx context.Context, dir, addr string) (err error) {
	engine, err := backend.Open(ctx, backend.Options{
		Dir: filepath.Join(dir, "index"), Write: true, Make: true, Serve: true, Command: "dateline demo",
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	sum, err := sample.Articles(ctx, engine, dir)
	if err != nil {
		return err
	}
	l, err := demoListener(addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "%s indexed; open this address in a browser, Ctrl-C ends:\n", count(sum.Indexed+sum.Updated, "sample article"))
	fetcher := fetch.New(fetch.Options{})
	defer fetcher.Close()
	return p.serveEngine(ctx, engine, fetcher, l, server.Options{Polling: true})
}

// demoListener listens on the address, or where serve would, or anywhere on this machine.
func demoListener(addr string) (net.Listener, error) {
	if addr != "" {
		return net.Listen("tcp", addr)
	}
	l, err := net.Listen("tcp", "127.0.0.1:8080")
	if err != nil {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return l, nil
}
