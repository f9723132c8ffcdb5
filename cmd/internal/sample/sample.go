// Package sample serves articles that are at hand: those inside the program, for a first look, and articles made to be hard on
// a page, for those who build pages.
package sample

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"

	"dateline/cmd/internal/backend"
	"dateline/index/feeds"
	"dateline/index/fetch"
	"dateline/index/ingest"
	"dateline/server"
	"dateline/testdata"
)

// Articles indexes the articles inside the program. It writes their files below dir.
func Articles(ctx context.Context, e *backend.Engine, dir string) (ingest.Summary, error) {
	files := filepath.Join(dir, "files")
	if err := os.CopyFS(files, testdata.Articles); err != nil {
		return ingest.Summary{}, err
	}
	return ingest.Run(ctx, e.Engine, []string{filepath.Join(files, "articles")}, ingest.Options{Ledger: e.Ledger})
}

// Site is a server in this process, over an index that goes with it.
type Site struct {
	URL string // without a slash at its end

	engine *backend.Engine
	stop   context.CancelFunc
	done   chan error
	web    *fetch.Fetcher
	dir    string
}

// A Filler fills an index; dir is a folder of its own, for files.
type Filler func(ctx context.Context, e *backend.Engine, dir string) error

// Demo fills an index as `dateline demo` does.
func Demo(ctx context.Context, e *backend.Engine, dir string) error {
	_, err := Articles(ctx, e, dir)
	return err
}

// Open makes an index in a folder of its own, fills it and serves it to this machine. It logs the faults of the server itself.
func Open(ctx context.Context, fill Filler, log *slog.Logger) (_ *Site, err error) {
	s := &Site{done: make(chan error, 1), web: fetch.New(fetch.Options{})}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.dir, err = os.MkdirTemp("", "dateline-sample-"); err != nil {
		return nil, err
	}
	dir := filepath.Join(s.dir, "index")
	if s.engine, err = backend.Open(ctx, backend.Options{Dir: dir, Write: true, Make: true, Serve: true, Command: "dateline sample"}); err != nil {
		return nil, err
	}
	if err := fill(ctx, s.engine, s.dir); err != nil {
		return nil, fmt.Errorf("filling the index: %w", err)
	}
	return s, s.serve(ctx, log)
}

func (s *Site) serve(ctx context.Context, log *slog.Logger) error {
	service, err := s.engine.Feeds(feeds.Options{Getter: s.web, Log: log})
	if err != nil {
		return err
	}
	if _, err := service.Import(ctx, subscriptions); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, s.stop = context.WithCancel(ctx)
	s.URL = "http://" + l.Addr().String()
	serving := server.New(s.engine.Engine, server.Options{Log: log, Ledger: s.engine.Ledger, Feeds: service})
	go func() { s.done <- serving.Serve(ctx, l) }()
	return nil
}

// subscriptions are to feeds of nobody: the site never polls.
var subscriptions = []feeds.Wanted{
	{URL: "https://news.example.org/feed.xml", Title: "The example's news", Source: "example.org"},
	{URL: "https://example.com/a/rather/long/address/of/a/feed/that/has/no/place/to/break.xml?format=atom&language=en"},
}

// Close ends the server and removes the index.
func (s *Site) Close() (err error) {
	if s.stop != nil {
		s.stop()
		err = <-s.done
	}
	s.web.Close()
	if s.engine != nil {
		err = errors.Join(err, s.engine.Close())
	}
	if s.dir != "" {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	return err
}
