package feeds

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"dateline/index"
	"dateline/index/fetch"
)

// accepted are the media types of feeds and pages, as a request names them.
const accepted = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.1"

// checked makes an address of what somebody has typed: without a scheme it is that of https.
func checked(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if first, rest, _ := strings.Cut(typed, ":"); typed != "" && typed[0] != '/' && (rest == "" || rest[0] >= '0' && rest[0] <= '9' || strings.Contains(first, "/")) {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return "", &Error{URL: oneLine(typed), Detail: "it is no address of the web", Hint: "write https://HOST/PATH"}
	}
	u.Host, u.Fragment, u.RawFragment = strings.ToLower(u.Host), "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), nil
}

// Add implements Service.
func (k *Keeper) Add(ctx context.Context, w Wanted) (Added, error) {
	address, err := checked(w.URL)
	if err != nil {
		return Added{}, err
	}
	if f, ok := k.list.get(address); ok && f.Disabled == "" {
		return Added{Feed: shown(f), Known: true, Others: []string{}}, nil
	}
	found, err := k.look(ctx, address)
	if err != nil {
		return Added{}, err
	}
	added := Added{Others: []string{}}
	if !found.feed {
		if added, found, err = k.lookOnPage(ctx, address, found); err != nil {
			return Added{}, err
		}
	}
	return k.subscribe(w, added, found)
}

// subscribe adds a feed that was found.
func (k *Keeper) subscribe(w Wanted, added Added, found looked) (Added, error) {
	f := Feed{
		URL: found.address, Title: cmp.Or(oneLine(w.Title), found.title), Source: oneLine(w.Source), FullText: w.FullText,
		Added: index.At(k.o.Clock()), Health: Health{Next: index.At(k.o.Clock())},
	}
	n, err := k.list.add(f)
	if err != nil {
		return Added{}, err
	}
	added.Known = n == 0
	f, _ = k.list.get(f.URL)
	added.Feed = shown(f)
	return added, nil
}

func shown(f Feed) Feed {
	f.Seen = ""
	return f
}

// looked is a document that was looked at.
type looked struct {
	header
	address string // to be asked from now on
	url     string // where it was found
	body    []byte
}

// look fetches a document to find out what it is.
func (k *Keeper) look(ctx context.Context, address string) (looked, error) {
	r, err := k.o.Getter.Get(ctx, fetch.Request{URL: address, Accept: accepted})
	if err != nil {
		return looked{}, notFetched(address, err)
	}
	text := inUTF8(decoded(r.Body, r.ContentType))
	return looked{header: readHeader(text), address: cmp.Or(r.Moved, address), url: r.URL, body: text}, nil
}

// notFetched words an error of fetching.
func notFetched(address string, err error) error {
	var fault *fetch.Error
	if !errors.As(err, &fault) {
		return err
	}
	e := &Error{URL: address, Detail: "it cannot be fetched: " + fault.Detail}
	if fault.URL != "" && fault.URL != address {
		e.Detail += " (" + fault.URL + ")"
	}
	return e
}

// maxTried is how many feeds that a page names are tried.
const maxTried = 3

// lookOnPage finds the feed that a page names.
func (k *Keeper) lookOnPage(ctx context.Context, address string, page looked) (Added, looked, error) {
	if !page.page {
		return Added{}, looked{}, &Error{URL: address, Detail: "it is neither a feed nor a page", Hint: "give the address of an RSS, Atom or JSON feed, or of a page that names one"}
	}
	feeds := named(page.body, page.url)
	var fault error = &Error{URL: address, Detail: "it is a page that names no feed", Hint: "give the address of the feed itself"}
	for i, link := range feeds[:min(len(feeds), maxTried)] {
		to, err := checked(link)
		if err != nil {
			continue
		}
		found, err := k.look(ctx, to)
		if ctx.Err() != nil {
			return Added{}, looked{}, ctx.Err()
		}
		if err == nil && found.feed {
			others := append(append([]string{}, feeds[:i]...), feeds[i+1:]...)
			return Added{Page: page.url, Others: others}, found, nil
		}
		if err != nil {
			fault = err
		}
	}
	return Added{}, looked{}, fault
}

// Import implements Service.
func (k *Keeper) Import(_ context.Context, list []Wanted) (Imported, error) {
	sum := Imported{Refused: []Refused{}}
	now := index.At(k.o.Clock())
	var feeds []Feed
	for _, w := range list {
		address, err := checked(w.URL)
		if err == nil {
			err = k.allowed(address)
		}
		if err != nil {
			sum.Refused = append(sum.Refused, Refused{URL: oneLine(w.URL), Detail: detail(err)})
			continue
		}
		feeds = append(feeds, Feed{URL: address, Title: oneLine(w.Title), Source: oneLine(w.Source), FullText: w.FullText, Added: now, Health: Health{Next: now}})
	}
	n, err := k.list.add(feeds...)
	if err != nil {
		return Imported{}, err
	}
	sum.Added, sum.Known = n, len(feeds)-n
	return sum, nil
}

// allowed asks the Getter, if it can tell, whether an address may be fetched.
func (k *Keeper) allowed(address string) error {
	if c, ok := k.o.Getter.(interface {
		Check(string) (*url.URL, error)
	}); ok {
		_, err := c.Check(address)
		return err
	}
	return nil
}

// detail is what an error says without the address.
func detail(err error) string {
	var fault *fetch.Error
	var wrong *Error
	switch {
	case errors.As(err, &fault):
		return fault.Detail
	case errors.As(err, &wrong):
		return wrong.Detail
	}
	return err.Error()
}
