package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/index/feeds"
	"dateline/index/fetch"
)

// feeds is the group of commands about subscriptions.
func (p *program) feeds() *command {
	c := newCommand("feeds", "SUBCOMMAND [ARGUMENTS]", "subscribe to news feeds, and see how they do")
	c.long = wrap("Feeds are RSS, Atom, JSON Feed, and whatever else the formats of `dateline index` are. While `dateline serve` runs on the index it "+
		"polls them when they are due; without a server `dateline feeds poll` does. The list is the file "+feeds.FileName+" in the index directory. "+
		"Only what is public is fetched: http and https, at the ports 80 and 443, from public addresses.", 0, flagWidth)
	c.example = "dateline feeds --index news.idx add https://news.example.com/\ndateline feeds --index news.idx list"
	var w where
	w.add(c)
	c.subs = []*command{p.feedsAdd(), p.feedsList(), p.feedsRemove(), p.feedsImport(), p.feedsExport(), p.feedsPoll()}
	return c
}

// fetching are the flags that say how the web is gone to.
type fetching struct {
	allowPrivate bool
	ports        *[]string
	proxy        bool
	userAgent    string
}

func (f *fetching) add(c *command) {
	c.flags.BoolVar(&f.allowPrivate, "allow-private", false, "fetch from this machine and private networks too, at any port: for feeds of an intranet, never where strangers may subscribe")
	f.ports = repeated(c, "allow-port", "`PORT` fetch from this port too, besides 80 and 443; may be repeated")
	c.flags.BoolVar(&f.proxy, "use-proxy", false, "fetch through the proxy that HTTP_PROXY and HTTPS_PROXY name, which has to guard private addresses then")
	c.flags.StringVar(&f.userAgent, "user-agent", fetch.DefaultUserAgent, "`TEXT` how Dateline names itself to others; add an address where you can be reached")
}

// fetcher makes the Fetcher that the flags ask for.
func (f *fetching) fetcher(c *command) (*fetch.Fetcher, error) {
	o := fetch.Options{AllowPrivate: f.allowPrivate, UseProxy: f.proxy, UserAgent: f.userAgent}
	for _, text := range *f.ports {
		port, err := strconv.ParseUint(text, 10, 16)
		if err != nil || port == 0 {
			return nil, &usageError{c.name, fmt.Sprintf("--allow-port is a number from 1 to 65535, not %q", text)}
		}
		o.Ports = append(o.Ports, uint16(port))
	}
	return fetch.New(o), nil
}

// subscribing is a command on subscriptions.
type subscribing struct {
	*command
	p *program
	where
	fetching
	json bool
	made bool // an index that is not there is made
}

func (p *program) newSubscribing(word, args, short string) *subscribing {
	s := &subscribing{command: newCommand("feeds "+word, args, short), p: p}
	s.where.add(s.command)
	return s
}

// with opens the subscriptions for a change, or to be read, and calls do with them.
func (s *subscribing) with(ctx context.Context, write bool, do func(feeds.Service, *backend.Engine) error) (err error) {
	engine, err := s.open(ctx, s.command, backend.Options{Write: write, Make: s.made})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	if s.ports == nil {
		s.ports = &[]string{}
	}
	f, err := s.fetcher(s.command)
	if err != nil {
		return err
	}
	defer f.Close()
	if engine.Server() != "" {
		s.warn(engine.Server())
	}
	service, err := engine.Feeds(feeds.Options{Getter: f, Seed: uint64(time.Now().UnixNano()), Log: s.p.logger()})
	if err != nil {
		return err
	}
	return do(service, engine)
}

// warn tells that flags make no difference, where a server does the fetching.
func (s *subscribing) warn(url string) {
	for _, name := range []string{"allow-private", "allow-port", "use-proxy", "user-agent"} {
		if f := s.flags.Lookup(name); f != nil && f.Changed {
			fmt.Fprintf(s.p.stderr, "dateline: --%s makes no difference: the server at %s does the fetching, as it was started\n", name, url)
		}
	}
}

func (p *program) feedsAdd() *command {
	s := p.newSubscribing("add", "URL...", "subscribe to feeds, by their addresses or those of pages that name them")
	s.long = wrap("Each address is fetched once, to see that it is a feed. Of a page the first feed is taken that it names (<link rel=alternate>), "+
		"and printed. The index is made when it is not there.", 0, flagWidth)
	s.example = "dateline feeds add --index news.idx --full-text https://news.example.com/"
	s.fetching.add(s.command)
	s.made = true
	var w feeds.Wanted
	s.flags.StringVar(&w.Title, "title", "", "`TEXT` what to call the feed (default what it calls itself)")
	s.flags.StringVar(&w.Source, "source", "", "`NAME` the publisher of its articles, whatever they say")
	s.flags.BoolVar(&w.FullText, "full-text", false, "fetch the page of each new article, as far as its host's robots.txt lets, for the full text")
	s.flags.BoolVar(&s.json, "json", false, "print exactly what POST /api/v1/feeds answers, a line for each")
	s.run = func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			return &usageError{s.name, "no address is given"}
		}
		return s.with(ctx, true, func(service feeds.Service, _ *backend.Engine) error {
			for _, url := range args {
				w.URL = url
				if err := s.subscribe(ctx, service, w); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return s.command
}

// subscribe adds one feed and tells what became of it.
func (s *subscribing) subscribe(ctx context.Context, service feeds.Service, w feeds.Wanted) error {
	added, err := service.Add(ctx, w)
	switch {
	case err != nil:
		return err
	case s.json:
		return printJSON(s.p.stdout, added)
	}
	verb := "subscribed to"
	if added.Known {
		verb = "there is a subscription already to"
	}
	line := verb + " " + oneLine(added.Feed.URL)
	if added.Feed.Title != "" {
		line += " (" + oneLine(added.Feed.Title) + ")"
	}
	if added.Page != "" {
		line += ", which " + oneLine(added.Page) + " names"
	}
	if _, err := fmt.Fprintln(s.p.stdout, line); err != nil {
		return err
	}
	for _, other := range added.Others {
		fmt.Fprintf(s.p.stdout, "  it also names %s\n", oneLine(other))
	}
	return nil
}

func (p *program) feedsList() *command {
	s := p.newSubscribing("list", "", "list the subscriptions and how they do")
	s.example = "dateline feeds list --index news.idx"
	s.flags.BoolVar(&s.json, "json", false, "print the feeds as GET /api/v1/feeds answers them")
	s.run = func(ctx context.Context, args []string) error {
		if err := none(s.command, args); err != nil {
			return err
		}
		return s.with(ctx, false, func(service feeds.Service, _ *backend.Engine) error {
			all, err := service.Feeds(ctx)
			switch {
			case err != nil:
				return err
			case s.json:
				return printJSON(p.stdout, map[string][]feeds.Feed{"feeds": slices.Concat([]feeds.Feed{}, all)})
			}
			return p.printFeeds(all)
		})
	}
	return s.command
}

// printFeeds prints a feed a line, and what is wrong with it below.
func (p *program) printFeeds(all []feeds.Feed) error {
	if len(all) == 0 {
		_, err := fmt.Fprintln(p.stdout, "there are no subscriptions")
		return err
	}
	t := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "items\tlast 30 days\tlast success\tnext poll\tfeed")
	for _, f := range all {
		days := 0
		for _, d := range f.Days {
			days += d.Articles
		}
		name := oneLine(f.URL)
		if f.Title != "" {
			name += " (" + oneLine(f.Title) + ")"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", number(f.Items), number(days), minute(f.Success.Time, "never"), minute(f.Next.Time, "none"), name)
		switch {
		case f.Disabled != "":
			fmt.Fprintf(t, "\t\t\t\t  given up: %s\n", oneLine(f.Disabled))
		case f.Error != "":
			fmt.Fprintf(t, "\t\t\t\t  failed %s: %s\n", count(f.Failures, "time"), oneLine(f.Error))
		}
	}
	return t.Flush()
}

func minute(t time.Time, otherwise string) string {
	if t.IsZero() {
		return otherwise
	}
	return t.UTC().Format("2006-01-02 15:04")
}

func (p *program) feedsRemove() *command {
	s := p.newSubscribing("remove", "URL...", "end subscriptions; their articles stay")
	s.example = "dateline feeds remove --index news.idx https://news.example.com/feed"
	s.run = func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			return &usageError{s.name, "no address is given"}
		}
		return s.with(ctx, true, func(service feeds.Service, _ *backend.Engine) error {
			for _, url := range args {
				if err := service.Remove(ctx, url); err != nil {
					return fmt.Errorf("%s: %w", url, err)
				}
				fmt.Fprintf(p.stdout, "ended the subscription to %s\n", oneLine(url))
			}
			return nil
		})
	}
	return s.command
}

func (p *program) feedsImport() *command {
	s := p.newSubscribing("import", "FILE", "subscribe to the feeds of an OPML file, as feed readers export them")
	s.long = wrap("- is standard input. Nothing is fetched yet: what is wrong with a feed shows when it is polled.", 0, flagWidth)
	s.example = "dateline feeds import --index news.idx subscriptions.opml"
	s.status = "; 3 done, but some addresses were refused; 130 interrupted"
	s.fetching.add(s.command)
	s.made = true
	s.flags.BoolVar(&s.json, "json", false, "print exactly what POST /api/v1/feeds answers")
	s.run = func(ctx context.Context, args []string) error {
		if len(args) != 1 {
			return &usageError{s.name, fmt.Sprintf("one file is needed, not %d", len(args))}
		}
		list, err := p.readOPML(args[0])
		if err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		return s.with(ctx, true, func(service feeds.Service, _ *backend.Engine) error {
			sum, err := service.Import(ctx, list)
			if err != nil {
				return err
			}
			return s.imported(sum)
		})
	}
	return s.command
}

func (p *program) readOPML(path string) ([]feeds.Wanted, error) {
	if path == "-" {
		return feeds.ReadOPML(p.stdin)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return feeds.ReadOPML(f)
}

func (s *subscribing) imported(sum feeds.Imported) error {
	for _, r := range sum.Refused {
		fmt.Fprintf(s.p.stderr, "dateline: %s: %s\n", oneLine(r.URL), oneLine(r.Detail))
	}
	var err error
	if s.json {
		err = printJSON(s.p.stdout, sum)
	} else {
		_, err = fmt.Fprintf(s.p.stdout, "%s added, %s known already, %s refused\n", count(sum.Added, "feed"), number(sum.Known), number(len(sum.Refused)))
	}
	if err == nil && len(sum.Refused) > 0 {
		return errRejects
	}
	return err
}

func (p *program) feedsExport() *command {
	s := p.newSubscribing("export", "[FILE]", "write the subscriptions as OPML")
	s.long = wrap("Writes to standard output, or to FILE, which is replaced.", 0, flagWidth)
	s.example = "dateline feeds export --index news.idx feeds.opml"
	s.run = func(ctx context.Context, args []string) error {
		path := "-"
		if len(args) > 0 {
			path, args = args[0], args[1:]
		}
		if err := none(s.command, args); err != nil {
			return err
		}
		return s.with(ctx, false, func(service feeds.Service, _ *backend.Engine) error {
			all, err := service.Feeds(ctx)
			if err != nil {
				return err
			}
			return p.writeOPML(path, all)
		})
	}
	return s.command
}

func (p *program) writeOPML(path string, all []feeds.Feed) error {
	if path == "-" {
		return feeds.WriteOPML(p.stdout, all)
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(feeds.WriteOPML(f, all), f.Close())
}
