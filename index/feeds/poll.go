package feeds

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"dateline/index"
	"dateline/index/fetch"
	"dateline/index/ingest"
	"dateline/index/ledger"
)

// poll is one poll of a feed.
type poll struct {
	*Keeper
	ctx  context.Context
	feed Feed
	now  time.Time

	mu        sync.Mutex
	published []time.Time     // of its articles, where known to the minute
	old       map[string]bool // ids that are in the index since before the last poll that went well, though not seen lately
	stored    []string        // ids that the engine has acknowledged
	unpaged   string          // why a page could not be had
}

// poll polls a feed and writes down what came of it. When ctx ends, nothing is written.
func (k *Keeper) poll(ctx context.Context, url string) Outcome {
	f, ok := k.list.get(url)
	if !ok {
		return Outcome{}
	}
	p := &poll{Keeper: k, ctx: ctx, feed: f, now: k.o.Clock(), old: map[string]bool{}}
	r, err := k.o.Getter.Get(ctx, fetch.Request{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified, Accept: accepted})
	var out Outcome
	switch {
	case ctx.Err() != nil:
		return Outcome{URL: url, Title: f.Title, Error: ctx.Err().Error()}
	case err != nil:
		out = p.failed(err)
	case r.NotModified:
		out = p.succeeded(r, header{}, ingest.Summary{})
	default:
		out = p.read(r)
	}
	if ctx.Err() != nil {
		return Outcome{URL: url, Title: f.Title, Error: ctx.Err().Error()}
	}
	if err := k.list.update(url, func(f *Feed) { f.URL, f.Title, f.Health = p.feed.URL, cmp.Or(f.Title, p.feed.Title), p.feed.Health }); err != nil {
		out.Error = cmp.Or(out.Error, err.Error())
	}
	return out
}

// failed notes a poll that brought no answer.
func (p *poll) failed(err error) Outcome {
	f, until := &p.feed, time.Time{}
	f.Polled = index.At(p.now)
	f.Polls++
	f.Failures++
	f.Error = detail(err)
	var fault *fetch.Error
	if errors.As(err, &fault) {
		until = fault.Until
		if fault.Status == http.StatusGone {
			f.Disabled = "its host says that it is gone for good"
		}
	}
	every := f.Interval
	f.schedule(p.now, f.backOff(), until, p.o.Seed)
	f.Interval = every // the base of the next back-off
	if f.Disabled != "" {
		f.Next = index.Time{}
	}
	return Outcome{URL: f.URL, Title: f.Title, Error: f.Error, Next: f.Next}
}

// read has the articles of a feed indexed.
func (p *poll) read(r *fetch.Response) Outcome {
	body := decoded(r.Body, r.ContentType)
	h := readHeader(inUTF8(body))
	if h.page {
		return p.failed(&Error{URL: p.feed.URL, Detail: "its address shows a page and no feed"})
	}
	sum, err := ingest.Stream(p.ctx, p.engine, bytes.NewReader(body), p.feed.URL, ingest.Options{
		URL: r.URL, Retrieved: p.now, Clock: p.o.Clock, KeepRejects: 1, Names: p.o.Names,
		Ledger: p.o.Ledger, Account: ledger.Start{Command: "feed"},
		Complete: p.complete, Stored: func(ids []string) { p.stored = append(p.stored, ids...) },
	})
	if err != nil { // the index is at fault: the feed is to be asked again for the same
		return p.postponed(err)
	}
	return p.succeeded(r, h, sum)
}

// postponed is for a feed whose articles the index would not take.
func (p *poll) postponed(err error) Outcome {
	f := &p.feed
	f.Polled, f.Error = index.At(p.now), "its articles could not be indexed: "+err.Error()
	f.Polls++
	every := f.Interval
	f.schedule(p.now, MinInterval, time.Time{}, p.o.Seed)
	f.Interval = every
	return Outcome{URL: f.URL, Title: f.Title, Changed: true, Error: f.Error, Next: f.Next}
}

// succeeded notes a poll that went well.
func (p *poll) succeeded(r *fetch.Response, h header, sum ingest.Summary) Outcome {
	f := &p.feed
	f.Polled, f.Success = index.At(p.now), index.At(p.now)
	f.Polls++
	f.Failures, f.Error = 0, ""
	fresh := 0
	if !r.NotModified {
		fresh = p.account(h, sum)
		f.ETag, f.LastModified = r.ETag, r.LastModified
	}
	if f.count(p.now, fresh); fresh > 0 {
		f.Empty = 0
	} else {
		f.Empty = min(f.Empty+1, 20)
	}
	f.schedule(p.now, f.interval(max(h.hint, r.MaxAge)), time.Time{}, p.o.Seed)
	out := Outcome{URL: f.URL, Title: f.Title, Changed: !r.NotModified, New: fresh, Next: f.Next}
	out.Records.add(sum)
	if r.Moved != "" {
		f.URL = r.Moved
	}
	return out
}

// account takes in what a feed brought, and returns how many of its items are new.
func (p *poll) account(h header, sum ingest.Summary) (fresh int) {
	f := &p.feed
	f.Title = cmp.Or(f.Title, h.title)
	f.Records.add(sum)
	f.Rejected, f.Unpaged = "", p.unpaged
	if len(sum.Rejects) > 0 {
		f.Rejected = sum.Rejects[0].Reason + ": " + sum.Rejects[0].Detail
	}
	if c := cadence(p.published, p.now); c > 0 {
		f.Cadence = c
	}
	known := readSeen(f.Seen)
	for _, id := range p.stored {
		if known.put(hashOf(id)) && !p.old[id] {
			fresh++
		}
	}
	f.Seen = known.text(len(p.stored))
	return fresh
}

// complete is called with each article of the feed before it is enriched.
func (p *poll) complete(a *index.Article) {
	if p.feed.Source != "" {
		a.Source = p.feed.Source
	}
	known, err := p.engine.Get(p.ctx, a.ID)
	p.note(a, known, err == nil)
	switch {
	case !p.feed.FullText:
	case err == nil:
		fill(a, &known)
	case errors.Is(err, index.ErrNotFound):
		p.fetchPage(a)
	}
}

// note remembers when an article was published, and whether this feed has put it into the index before.
func (p *poll) note(a *index.Article, known index.Article, is bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !a.Published.IsZero() && (a.Precision == "second" || a.Precision == "minute") {
		p.published = append(p.published, a.Published.Time)
	}
	if is && known.Path == p.feed.URL && known.Indexed.Before(p.feed.Success.Time) {
		p.old[a.ID] = true
	}
}
