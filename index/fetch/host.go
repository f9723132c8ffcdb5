package fetch

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// hosts has those that were asked: one request at a time, and a pause after each.
type hosts struct {
	mu   sync.Mutex
	list map[string]*host
}

type host struct {
	turn  chan struct{} // holds one while a request is under way
	users int           // that are in or wait
	next  time.Time     // no request before
	until time.Time     // the host asks to be left alone
	delay time.Duration
}

// maxHosts is how many hosts are remembered before those that nobody waits for are forgotten.
const maxHosts = 4096

// maxAlone is how long a host is left alone at most, whatever it asks.
const maxAlone = 7 * 24 * time.Hour

// host returns the host of an address, with the lock held.
func (f *Fetcher) host(u *url.URL) *host {
	name := strings.ToLower(u.Hostname())
	h := f.hosts.list[name]
	if h != nil {
		return h
	}
	if f.hosts.list == nil {
		f.hosts.list = map[string]*host{}
	}
	if now := f.o.Clock(); len(f.hosts.list) >= maxHosts {
		for name, h := range f.hosts.list {
			if h.users == 0 && now.After(h.next) && now.After(h.until) {
				delete(f.hosts.list, name)
			}
		}
	}
	h = &host{turn: make(chan struct{}, 1), delay: max(f.o.Delay, 0)}
	f.hosts.list[name] = h
	return h
}

// enter waits for the host's turn. It returns what ends it.
func (f *Fetcher) enter(ctx context.Context, u *url.URL) (leave func(), err error) {
	f.hosts.mu.Lock()
	h := f.host(u)
	h.users++
	f.hosts.mu.Unlock()
	gone := func() {
		f.hosts.mu.Lock()
		h.users--
		f.hosts.mu.Unlock()
	}
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		gone()
		return nil, ctx.Err()
	}
	leave = func() {
		f.hosts.mu.Lock()
		h.next = f.o.Clock().Add(h.delay)
		f.hosts.mu.Unlock()
		<-h.turn
		gone()
	}
	if err := f.pause(ctx, h); err != nil {
		<-h.turn
		gone()
		return nil, err
	}
	return leave, nil
}

// pause waits until the host may be asked again.
func (f *Fetcher) pause(ctx context.Context, h *host) error {
	f.hosts.mu.Lock()
	now := f.o.Clock()
	wait, until := h.next.Sub(now), h.until
	f.hosts.mu.Unlock()
	if until.After(now) {
		return &Error{Detail: "its host asks to be left alone until " + until.UTC().Format(time.DateTime), Status: http.StatusTooManyRequests, Until: until}
	}
	if wait <= 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leaveAlone notes that a host is overburdened, and returns until when it is to be left alone; zero when it does not say.
func (f *Fetcher) leaveAlone(u *url.URL, status int, retryAfter string) time.Time {
	if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
		return time.Time{}
	}
	now := f.o.Clock()
	until := now.Add(min(seconds(retryAfter), maxAlone))
	if at, err := http.ParseTime(retryAfter); err == nil {
		until = at
		if at.After(now.Add(maxAlone)) {
			until = now.Add(maxAlone)
		}
	}
	if !until.After(now) {
		return time.Time{}
	}
	f.hosts.mu.Lock()
	defer f.hosts.mu.Unlock()
	f.host(u).until = until
	return until
}

// slowDown makes the pause of a host as long as it asks, within reason.
func (f *Fetcher) slowDown(u *url.URL, delay time.Duration) {
	if f.o.Delay < 0 {
		return
	}
	f.hosts.mu.Lock()
	defer f.hosts.mu.Unlock()
	h := f.host(u)
	h.delay = max(h.delay, min(delay, maxDelay))
}

// maxDelay bounds the pause that a robots.txt asks for.
const maxDelay = time.Minute
