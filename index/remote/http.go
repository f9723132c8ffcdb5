package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/index"
	"dateline/index/feeds"
	"dateline/index/ledger"
	"dateline/query"
)

// Error is a fault that a server answered with and that has no error of package index.
type Error struct {
	Server string // its address
	Status int    // of HTTP
	Title  string
	Detail string
	Hint   string // or ""
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s: %s", e.Server, e.Title)
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	if e.Hint != "" {
		text += " (" + e.Hint + ")"
	}
	return text
}

// maxAnswer bounds an answer that is read whole: four times what a page of hits of the longest titles and leads takes.
const maxAnswer = 256 << 20

// get reads the JSON at a path.
func (e *Engine) get(ctx context.Context, path string, into any) error {
	response, err := e.do(ctx, http.MethodGet, path, "", nil)
	if err != nil {
		return err
	}
	return e.decode(ctx, response, into)
}

// post sends a body and reads the JSON of the answer.
func (e *Engine) post(ctx context.Context, path, contentType string, body []byte, into any) error {
	response, err := e.do(ctx, http.MethodPost, path, contentType, body)
	if err != nil {
		return err
	}
	return e.decode(ctx, response, into)
}

func (e *Engine) decode(ctx context.Context, response *http.Response, into any) error {
	defer response.Body.Close()
	err := json.NewDecoder(io.LimitReader(response.Body, maxAnswer)).Decode(into)
	if err == nil {
		_, err = io.Copy(io.Discard, io.LimitReader(response.Body, 4<<10)) // so that the connection is used again
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("the answer of %s cannot be read: %w", e.base, err)
}

// ended returns why no request may be made any more, or nil.
func (e *Engine) ended(ctx context.Context) error {
	if e.closed.Load() {
		return index.ErrClosed
	}
	return ctx.Err()
}

// do makes a request and returns its answer if that is of status 200, whose body the caller must close; else the error.
func (e *Engine) do(ctx context.Context, method, path, contentType string, body []byte) (*http.Response, error) {
	if err := e.ended(ctx); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, e.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", e.base, err)
	}
	request.Header.Set("User-Agent", "dateline")
	if run := e.run.Load(); run > 0 && method == http.MethodPost {
		request.Header.Set(ledger.RunHeader, strconv.FormatInt(run, 10))
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := e.client.Do(request)
	switch {
	case err == nil && response.StatusCode == http.StatusOK:
		return response, nil
	case err == nil:
		defer response.Body.Close()
		return nil, e.fault(response)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // the address would stand there twice
	}
	return nil, fmt.Errorf("the Dateline server at %s cannot be reached: %w", e.base, err)
}

// problem is a fault as servers write it (RFC 9457).
type problem struct {
	Type, Title, Detail, Param, Hint, Reason, URL string
	At                                            query.Span
	Index                                         int
}

// maxProblem bounds a fault's text.
const maxProblem = 64 << 10

// fault makes of an answer the error that the server's engine returned.
func (e *Engine) fault(response *http.Response) error {
	var p problem
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	text, err := io.ReadAll(io.LimitReader(response.Body, maxProblem))
	if media != "application/problem+json" || err != nil || json.Unmarshal(text, &p) != nil {
		return &Error{e.base, response.StatusCode, "answered " + response.Status, "", "is it a Dateline server?"}
	}
	switch _, kind, _ := strings.Cut(p.Type, "urn:dateline:"); kind {
	case "bad-query":
		return &query.Error{At: p.At, Detail: p.Detail, Hint: p.Hint}
	case "bad-parameter":
		if p.Param != "" {
			return &index.ParamError{Name: p.Param, Detail: strings.TrimPrefix(p.Detail, p.Param+" "), Hint: p.Hint}
		}
	case "bad-decision":
		return &index.DecisionError{Index: p.Index, Detail: p.Detail, Hint: p.Hint}
	case "bad-feed":
		return &feeds.Error{URL: p.URL, Detail: p.Detail, Hint: p.Hint}
	case "no-such-feed":
		return feeds.ErrUnknown
	case "no-such-type":
		return &index.ParamError{Name: "type", Detail: strings.TrimPrefix(p.Detail, "the type "), Hint: p.Hint}
	case "not-found", "no-such-entity":
		return index.ErrNotFound
	case "closed":
		return index.ErrClosed
	case "read-only":
		return &index.ReadOnlyError{Reason: p.Reason, Full: response.StatusCode == http.StatusInsufficientStorage}
	case "timeout":
		return fmt.Errorf("%s: %s: %w", e.base, p.Detail, context.DeadlineExceeded)
	}
	return &Error{e.base, response.StatusCode, p.Title, p.Detail, p.Hint}
}
