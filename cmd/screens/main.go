// Command screens draws every kind of page, in light and dark, wide and narrow, in forced colours and as on paper, so that a person can
// look at them.
//
//	go run ./cmd/screens OUT             of the sample articles, and of articles made to be hard on a page
//	go run ./cmd/screens --url URL OUT   of a running Dateline, with what it finds there
//
// The folder OUT gets a PNG of each, and index.html with all of them. It needs Chromium.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/pflag"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	url, only, out string
	height         float64
	help           string // asked for
}

func parse(args []string) (o options, err error) {
	flags := pflag.NewFlagSet("screens", pflag.ContinueOnError)
	flags.Usage = func() {}
	flags.StringVar(&o.url, "url", "", "`URL` of a running Dateline; without it the pages are those of sample articles")
	flags.StringVar(&o.only, "only", "", "`WORD` draw the pages alone whose names have it")
	flags.Float64Var(&o.height, "height", 3000, "`PIXELS` of a page are drawn at most")
	err = flags.Parse(args)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		o.help = "Usage: screens [FLAGS] OUT\n\nDraws every kind of page, in light and dark, wide and narrow, in forced colours and as on paper, into the folder OUT, and\nindex.html with all of them.\nIt needs Chromium.\n\n" +
			flags.FlagUsages() + "\nKinds of pages: " + strings.Join(kindNames(), ", ") + "\n"
		return o, nil
	case err == nil && flags.NArg() != 1:
		err = errors.New("name one folder for the pictures; --help says more")
	}
	o.out, o.url = flags.Arg(0), strings.TrimSuffix(o.url, "/")
	return o, err
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	if o.help != "" {
		_, err := io.WriteString(stdout, o.help)
		return err
	}
	if err := os.MkdirAll(o.out, 0o777); err != nil {
		return err
	}
	pages, closeSites, err := o.pages(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeSites()) }()
	b, err := browser.Start()
	if err != nil {
		return err
	}
	defer b.Close()
	if err := draw(b, pages, o); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d pages, each in %d looks: %s/index.html\n", len(pages), len(looks), o.out)
	return nil
}

// pages are those of the server, or of servers in this process, which close ends.
func (o options) pages(ctx context.Context) (pages []target, closeSites func() error, err error) {
	if o.url != "" {
		pages, err = targets(ctx, o.url, general)
		return o.chosen(pages), func() error { return nil }, err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	demo, err := sample.Open(ctx, sample.Demo, log)
	if err != nil {
		return nil, nil, err
	}
	hard, err := sample.Open(ctx, sample.Hard, log)
	if err != nil {
		return nil, nil, errors.Join(err, demo.Close())
	}
	closeSites = func() error { return errors.Join(demo.Close(), hard.Close()) }
	for _, site := range []struct {
		url   string
		kinds []kind
	}{{demo.URL, general}, {hard.URL, hardOnes}} {
		more, err := targets(ctx, site.url, site.kinds)
		if err != nil {
			return nil, nil, errors.Join(err, closeSites())
		}
		pages = append(pages, more...)
	}
	return o.chosen(pages), closeSites, nil
}

func (o options) chosen(pages []target) (chosen []target) {
	for _, p := range pages {
		if strings.Contains(p.name, o.only) {
			chosen = append(chosen, p)
		}
	}
	return chosen
}
