package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"dateline/cmd/internal/backend"
	"dateline/index/feeds"
	"dateline/server"
)

// polling are the flags of feeds poll.
type polling struct {
	*subscribing
	once bool
	now  bool
}

func (p *program) feedsPoll() *command {
	s := polling{subscribing: p.newSubscribing("poll", "[URL...]", "poll the feeds that are due, and go on until Ctrl-C")}
	s.long = wrap("A feed is polled every 5 minutes to every 24 hours: half as often as its articles come, less often when nothing new comes, and no "+
		"more often than it or its host asks (ttl, sy:updatePeriod, Cache-Control, Retry-After). One that fails is polled less and less often; "+
		"one that is gone (410) no more. The index is in use meanwhile: to search it at the same time, run `dateline serve`, which polls by itself. With addresses only these are polled, once and now. While a server runs on the index, "+
		"--once and --now have it poll at once.", 0, flagWidth)
	s.example = "dateline feeds poll --index news.idx --once"
	s.status = "; 3 done, but some records were rejected; 130 interrupted"
	s.fetching.add(s.command)
	s.flags.BoolVar(&s.once, "once", false, "poll what is due once, and end: for cron")
	s.flags.BoolVar(&s.now, "now", false, "poll all feeds once, due or not, and end")
	s.flags.BoolVar(&s.json, "json", false, "with --once or --now: print exactly what POST /api/v1/feeds/poll answers")
	s.run = func(ctx context.Context, args []string) error {
		return s.with(ctx, true, func(service feeds.Service, engine *backend.Engine) error {
			if s.once || s.now || len(args) > 0 {
				return s.pollOnce(ctx, service, args)
			}
			keeper, own := service.(*feeds.Keeper)
			if !own {
				return &usageError{s.name, "the server at " + engine.Server() + " polls the feeds; --once has it poll now what is due"}
			}
			keeper.Run(ctx)
			return nil // Ctrl-C is how it ends
		})
	}
	return s.command
}

// pollOnce polls now and prints what came of it.
func (s *polling) pollOnce(ctx context.Context, service feeds.Service, urls []string) error {
	asked := []feeds.Polling{{Now: s.now}}
	if len(urls) > 0 {
		asked = nil
		for _, url := range urls {
			asked = append(asked, feeds.Polling{URL: url, Now: true})
		}
	}
	answer := server.PolledAnswer{Polled: []feeds.Outcome{}}
	for _, a := range asked {
		outcomes, err := service.Poll(ctx, a)
		answer.Polled = append(answer.Polled, outcomes...)
		if err != nil && a.URL != "" {
			err = fmt.Errorf("%s: %w", a.URL, err)
		}
		if err != nil {
			return errors.Join(s.polled(answer), err)
		}
	}
	return s.polled(answer)
}

// polled prints outcomes. Feeds that failed are a fault, rejects are told by the status.
func (s *polling) polled(answer server.PolledAnswer) error {
	if s.json {
		if err := printJSON(s.p.stdout, answer); err != nil {
			return err
		}
	}
	failed := 0
	for _, out := range answer.Polled {
		switch {
		case out.Error != "":
			failed++
			fmt.Fprintf(s.p.stderr, "dateline: %s: %s\n", oneLine(out.URL), oneLine(out.Error))
		case s.json:
		case !out.Changed:
			fmt.Fprintf(s.p.stdout, "%s: not changed\n", oneLine(out.URL))
		default:
			r := out.Records
			fmt.Fprintf(s.p.stdout, "%s: %s, %s new; %s indexed, %s updated, %s unchanged, %s rejected\n", oneLine(out.URL),
				count(r.Read, "record"), number(out.New), number(r.Indexed), number(r.Updated), number(r.Unchanged), number(r.Rejected))
		}
	}
	if failed > 0 {
		return fmt.Errorf("%s could not be polled", count(failed, "feed"))
	}
	if slices.ContainsFunc(answer.Polled, func(o feeds.Outcome) bool { return o.Records.Rejected > 0 }) {
		return errRejects
	}
	return nil
}

// logger writes what goes on in the background to standard error.
func (p *program) logger() *slog.Logger { return slog.New(slog.NewTextHandler(p.stderr, nil)) }
