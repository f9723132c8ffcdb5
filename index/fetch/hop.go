package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// answer is what one request brought: a response, or where to go on.
type answer struct {
	Response
	next      *url.URL
	permanent bool
}

// hop makes one request at the host's turn. left is the time that is left for the whole, of which it takes what it needs.
func (f *Fetcher) hop(ctx context.Context, u *url.URL, r Request, left *time.Duration) (*answer, error) {
	leave, err := f.enter(ctx, u)
	if err != nil {
		return nil, err
	}
	defer leave()
	if *left <= 0 {
		return nil, context.DeadlineExceeded
	}
	began := time.Now()
	defer func() { *left -= time.Since(began) }()
	ctx, cancel := context.WithTimeout(ctx, *left)
	defer cancel()
	request, err := f.request(ctx, u, r)
	if err != nil {
		return nil, err
	}
	response, err := f.transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return f.read(u, r, response)
}

func (f *Fetcher) request(ctx context.Context, u *url.URL, r Request) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{
		"User-Agent": f.o.UserAgent, "Accept": r.Accept, "If-None-Match": r.ETag, "If-Modified-Since": r.LastModified,
	} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	return request, nil
}

// read judges an answer by its status.
func (f *Fetcher) read(u *url.URL, r Request, response *http.Response) (*answer, error) {
	h := response.Header
	a := &answer{Response: Response{ETag: headerValue(h, "ETag"), LastModified: headerValue(h, "Last-Modified"), MaxAge: maxAge(h)}}
	switch status := response.StatusCode; status {
	case http.StatusOK:
		a.ContentType = headerValue(h, "Content-Type")
		var err error
		a.Body, err = f.body(r, response)
		return a, err
	case http.StatusNotModified:
		if r.ETag == "" && r.LastModified == "" {
			return nil, &Error{Status: status, Detail: "it is said not to have changed, though nothing of it is known"}
		}
		a.NotModified = true
		return a, nil
	case http.StatusMovedPermanently, http.StatusPermanentRedirect, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
		to, err := u.Parse(h.Get("Location"))
		if h.Get("Location") == "" || err != nil {
			return nil, &Error{Status: status, Detail: "it leads elsewhere without saying where"}
		}
		a.next, a.permanent = to, status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect
		return a, nil
	default:
		e := &Error{Status: status, Detail: strings.TrimSpace(fmt.Sprintf("the host answers %d %s", status, http.StatusText(status)))}
		e.Until = f.leaveAlone(u, status, h.Get("Retry-After"))
		return nil, e
	}
}

// body reads a body, which the transport has decompressed, up to its bound.
func (f *Fetcher) body(r Request, response *http.Response) ([]byte, error) {
	if e := response.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return nil, &Error{Detail: "it is compressed in a way that was not asked for: " + shorten(e)}
	}
	limit := f.o.MaxBytes
	if r.limit > 0 {
		limit = r.limit
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if int64(len(body)) > limit {
		if r.limit > 0 {
			return body[:limit], nil
		}
		return nil, &Error{Detail: fmt.Sprintf("it has more than %d bytes", limit)}
	}
	if err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, &Error{Detail: "it cannot be read: " + shorten(err.Error())}
	}
	return body, err
}

// headerValue returns a header that is to be kept, unless it is longer than any honest one.
func headerValue(h http.Header, name string) string {
	value := strings.ToValidUTF8(strings.TrimSpace(h.Get(name)), "")
	if len(value) > 1024 {
		return ""
	}
	return value
}

// maxAge reads max-age of Cache-Control. A host that asks to have everything asked anew says 0.
func maxAge(h http.Header) time.Duration {
	for part := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if strings.EqualFold(name, "max-age") {
			return seconds(strings.Trim(value, `"`))
		}
	}
	return 0
}

// seconds reads a number of seconds; what is none is 0.
func seconds(s string) time.Duration {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(min(n, uint64(math.MaxInt64/time.Second))) * time.Second
}
