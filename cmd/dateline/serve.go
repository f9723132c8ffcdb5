package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/index/feeds"
	"dateline/index/fetch"
	"dateline/server"
)

func (p *program) serve() *command {
	c := newCommand("serve", "", "serve the web page and the JSON interface")
	c.long = `
Prints the address on standard output once it listens, and serves until Ctrl-C or SIGTERM; then it finishes what is under
way and exits with 0. While it runs, the other commands on the same --index work through it. An index that is not there
is made, empty.
By default only this machine can reach the server. With another --addr everybody who reaches it can search; writing stays
with this machine unless --allow-remote-writes is given: put a proxy in front that asks for a password.
Feeds that the index is subscribed to ("dateline feeds", or the page /feeds) are polled when they are due.`
	c.example = "dateline serve --index news.idx --addr 127.0.0.1:8080"
	var dir, addr string
	var o server.Options
	c.flags.StringVarP(&dir, "index", "i", "", "`DIR` the directory of the index")
	c.flags.StringVar(&addr, "addr", "127.0.0.1:8080", "`HOST:PORT` where to listen; port 0 takes a free one")
	c.flags.BoolVar(&o.AllowRemoteWrites, "allow-remote-writes", false, "let other machines put and delete articles, and decide on names")
	poll := c.flags.String("poll", "auto", "`WHEN` poll feeds: auto (when there are subscriptions) or never")
	var web fetching
	web.add(c)
	hosts := repeated(c, "host", "`NAME` a further name under which a proxy asks for the server; may be repeated")
	c.run = func(ctx context.Context, args []string) (err error) {
		if err := none(c, args); err != nil {
			return err
		}
		if dir == "" {
			return &usageError{c.name, "no index is named: give --index DIR, or set DATELINE_INDEX"}
		}
		if *poll != "auto" && *poll != "never" {
			return &usageError{c.name, fmt.Sprintf("--poll is auto or never, not %q", *poll)}
		}
		fetcher, err := web.fetcher(c)
		if err != nil {
			return err
		}
		defer fetcher.Close()
		engine, err := backend.Open(ctx, backend.Options{Dir: dir, Write: true, Make: true, Serve: true, Command: "dateline serve"})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		l, err := net.Listen("tcp", addr)
		if err != nil {
			return err
		}
		o.Hosts, o.Polling = *hosts, *poll == "auto"
		return p.serveEngine(ctx, engine, fetcher, l, o)
	}
	return c
}

// serveEngine serves until ctx ends. It tells others where, then the user: who has read the address may use it at once.
func (p *program) serveEngine(ctx context.Context, engine *backend.Engine, f *fetch.Fetcher, l net.Listener, o server.Options) error {
	o.Log = p.logger()
	service, err := engine.Feeds(feeds.Options{Getter: f, Seed: uint64(time.Now().UnixNano()), Log: o.Log})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	o.Feeds = service
	url := address(l)
	if err := engine.Announce(url); err != nil {
		fmt.Fprintf(p.stderr, "dateline: other commands will not find this server: %v\n", err)
	}
	if _, err := fmt.Fprintln(p.stdout, url); err != nil {
		return errors.Join(err, l.Close())
	}
	go warm(ctx, engine)
	o.Ledger = engine.Ledger
	defer poll(ctx, service, o.Polling)()
	return server.New(engine.Engine, o).Serve(ctx, l)
}

// poll polls feeds in the background, if it is to, until ctx ends; wait returns when it has.
func poll(ctx context.Context, service feeds.Service, when bool) (wait func()) {
	keeper, own := service.(*feeds.Keeper)
	if !when || !own {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		keeper.Run(ctx)
		close(done)
	}()
	return func() {
		cancel()
		<-done
	}
}

// warm asks what every page asks, so that the first reader need not wait until the columns of a large index are made. Whatever
// is wrong with the index that reader is told.
func warm(ctx context.Context, engine index.Engine) {
	_, _ = engine.Search(ctx, index.Request{Facets: index.FacetFields, Interval: index.IntervalAuto, Size: -1})
	_, _ = engine.Stats(ctx)
	_, _ = engine.Complete(ctx, index.CompletionRequest{Prefix: "a", Words: true, Fields: index.FacetFields})
}

// address is the URL under which this machine reaches a listener.
func address(l net.Listener) string {
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "http://" + l.Addr().String() + "/"
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}
