// Package fetch gets what an address of the web names, politely, and reaches nothing that is not public.
//
// Addresses come from people, feeds and pages, so that any of them may be hostile. A name is resolved once for a connection,
// and the address that is connected to is what is checked, so that a name which changes its address gains nothing. A request
// carries no cookies, no credentials and no referrer, and takes no proxy from the environment unless told to.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"dateline/index"
)

// Options bound a Fetcher. The zero value is usable; the defaults are in parentheses.
type Options struct {
	// AllowPrivate lets addresses of this machine and of private networks be reached, at any port: for intranets and tests.
	AllowPrivate bool
	Ports        []uint16 // that may be asked besides 80 and 443
	// UseProxy takes HTTP_PROXY and the like from the environment. The proxy resolves names then, and has to guard what they lead to.
	UseProxy bool

	MaxBytes  int64         // of a body, after decompression (10 MiB)
	Timeout   time.Duration // of a request with its redirects, waiting for its turn not included (20 s)
	Redirects int           // that are followed (5); -1 is none
	Delay     time.Duration // between two requests to a host (1 s); negative is none
	UserAgent string        // (DefaultUserAgent)
	Clock     index.Clock   // (time.Now)
	Resolver  *net.Resolver // (that of the system)
}

// DefaultUserAgent says who asks. Its first word is what robots.txt may call Dateline by.
const DefaultUserAgent = "Dateline/1.0 (search engine for news; reads feeds)"

// robotName is how a robots.txt names Dateline.
const robotName = "Dateline"

func (o Options) withDefaults() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 10 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.Redirects == 0 {
		o.Redirects = 5
	}
	if o.Delay == 0 {
		o.Delay = time.Second
	}
	if o.UserAgent == "" {
		o.UserAgent = DefaultUserAgent
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o
}

// Fetcher makes requests. It may be used by many goroutines at once.
type Fetcher struct {
	o         Options
	transport *http.Transport
	hosts     hosts
	robots    robots
	dialling  func(address string) error // in tests: told of each connection that is about to be made, which it may prevent
}

// New makes a Fetcher. Close gives up its idle connections.
func New(o Options) *Fetcher {
	f := &Fetcher{o: o.withDefaults()}
	dialer := net.Dialer{Timeout: f.o.Timeout, Resolver: f.o.Resolver, ControlContext: f.control}
	f.transport = &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: f.o.Timeout, ResponseHeaderTimeout: f.o.Timeout, MaxResponseHeaderBytes: maxHeaders,
		MaxIdleConns: 16, MaxIdleConnsPerHost: 1, IdleConnTimeout: 10 * time.Second,
	}
	if f.o.UseProxy {
		f.transport.Proxy = http.ProxyFromEnvironment
	}
	return f
}

// maxHeaders bounds the headers of an answer.
const maxHeaders = 64 << 10

// Close gives up idle connections.
func (f *Fetcher) Close() { f.transport.CloseIdleConnections() }

// control sees the address of every connection after the name is resolved and before anything is sent to it.
func (f *Fetcher) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" {
		return &Error{URL: address, Detail: "it is no address of the Internet", Refused: true}
	}
	if !f.o.AllowPrivate && !f.o.UseProxy {
		detail := refuses(at.Addr())
		if detail == "" && !f.portAllowed(at.Port()) {
			detail = "only the ports 80 and 443 are asked"
		}
		if detail != "" {
			return &Error{Detail: detail, Refused: true}
		}
	}
	if f.dialling != nil {
		return f.dialling(address)
	}
	return nil
}

// Request is what to get.
type Request struct {
	URL          string
	ETag         string // of what is known already, with LastModified; an answer may be that it has not changed
	LastModified string
	Accept       string // media types; "" is any
	Robots       bool   // leave out what the host's robots.txt forbids

	limit int64 // bytes after which a body is cut short; 0 is that MaxBytes is an error
}

// Response is a document, or that it has not changed.
type Response struct {
	URL          string // where it was found, after redirects
	Moved        string // the address that is to be asked from now on, as permanent redirects say; "" when none do
	NotModified  bool   // the rest, but for ETag, LastModified and MaxAge, is empty
	ContentType  string
	ETag         string
	LastModified string
	MaxAge       time.Duration // for which the host asks nobody to come again; 0 when it does not say
	Body         []byte
}

// Error says why an address could not be got.
type Error struct {
	URL     string
	Detail  string    // in a sentence without a full stop
	Status  int       // that was answered, or 0
	Refused bool      // it must not be fetched, and was not
	Until   time.Time // the host asks to be left alone until then; zero when it does not
}

func (e *Error) Error() string {
	verb := "cannot be fetched"
	if e.Refused {
		verb = "is not fetched"
	}
	return e.URL + " " + verb + ": " + e.Detail
}

// Get makes a request, at its host's turn, and follows redirects. Errors: *Error; the context's.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := f.Check(r.URL)
	if err != nil {
		return nil, err
	}
	left, moved, permanent := f.o.Timeout, "", true
	for hops := 0; ; hops++ {
		if r.Robots {
			if err := f.robotsAllow(ctx, u); err != nil {
				return nil, err
			}
		}
		a, err := f.hop(ctx, u, r, &left)
		if err != nil {
			return nil, f.explain(ctx, u, err)
		}
		if a.next == nil {
			a.URL, a.Moved = u.String(), moved
			return &a.Response, nil
		}
		if hops >= f.o.Redirects {
			return nil, &Error{URL: r.URL, Detail: fmt.Sprintf("it leads through more than %d redirects", max(f.o.Redirects, 0))}
		}
		if u, err = f.Check(a.next.String()); err != nil {
			return nil, err
		}
		if permanent = permanent && a.permanent; permanent {
			moved = u.String()
		}
	}
}

// explain makes an *Error of what went wrong.
func (f *Fetcher) explain(ctx context.Context, u *url.URL, err error) error {
	var known *Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		e := *known
		e.URL = u.String()
		return &e
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{URL: u.String(), Detail: fmt.Sprintf("it did not come within %v", f.o.Timeout)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{URL: u.String(), Detail: "it broke off"}
	}
	return &Error{URL: u.String(), Detail: shorten(err.Error())}
}
