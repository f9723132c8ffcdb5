package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// robots has what the robots.txt of hosts say (RFC 9309).
type robots struct {
	mu   sync.Mutex
	list map[string]*rules
}

type rules struct {
	group *robotstxt.Group // nil when the host could not be asked: nothing is allowed then
	until time.Time
}

// How long rules are kept: a day, as RFC 9309 has it, and less where the host could not be asked. maxRobots bounds a robots.txt
// as RFC 9309 lets it.
const (
	keepRules     = 24 * time.Hour
	keepNoRules   = 10 * time.Minute
	maxRobots     = 512 << 10
	maxRobotHosts = 4096
)

// robotsAllow returns an *Error when the host's robots.txt forbids an address.
func (f *Fetcher) robotsAllow(ctx context.Context, u *url.URL) error {
	rules, err := f.rules(ctx, u)
	switch {
	case err != nil:
		return err
	case rules.group == nil:
		return &Error{URL: u.String(), Detail: "the robots.txt of its host cannot be had", Refused: true}
	case !rules.group.Test(u.RequestURI()):
		return &Error{URL: u.String(), Detail: "the robots.txt of its host forbids it", Refused: true}
	}
	f.slowDown(u, rules.group.CrawlDelay)
	return nil
}

func (f *Fetcher) rules(ctx context.Context, u *url.URL) (*rules, error) {
	site := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	key, now := site.String(), f.o.Clock()
	f.robots.mu.Lock()
	known := f.robots.list[key]
	f.robots.mu.Unlock()
	if known != nil && now.Before(known.until) {
		return known, nil
	}
	fresh, err := f.askRules(ctx, key)
	if err != nil {
		return nil, err
	}
	f.robots.mu.Lock()
	defer f.robots.mu.Unlock()
	if f.robots.list == nil || len(f.robots.list) >= maxRobotHosts {
		f.robots.list = map[string]*rules{}
	}
	f.robots.list[key] = fresh
	return fresh, nil
}

// askRules gets a robots.txt. A host that has none forbids nothing; one that fails, or is not there, forbids all.
func (f *Fetcher) askRules(ctx context.Context, address string) (*rules, error) {
	r, err := f.Get(ctx, Request{URL: address, Accept: "text/plain, */*;q=0.1", limit: maxRobots})
	var fault *Error
	status, body := http.StatusOK, []byte(nil)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err == nil:
		body = r.Body
	case errors.As(err, &fault) && fault.Status >= 400 && fault.Status < 500 && fault.Status != http.StatusTooManyRequests:
		status = fault.Status
	default:
		return &rules{until: f.o.Clock().Add(keepNoRules)}, nil
	}
	data, err := robotstxt.FromStatusAndBytes(status, body)
	if err != nil {
		data, _ = robotstxt.FromStatusAndBytes(http.StatusNotFound, nil) // what cannot be read forbids nothing
	}
	return &rules{group: data.FindGroup(robotName), until: f.o.Clock().Add(keepRules)}, nil
}
