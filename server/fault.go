package server

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime/debug"
	"strings"

	"dateline/index"
	"dateline/index/compare"
	"dateline/index/feeds"
	"dateline/query"
)

// Problem is the JSON of a fault (RFC 9457).
type Problem struct {
	Type   string      `json:"type"` // ProblemPrefix and a name
	Title  string      `json:"title"`
	Status int         `json:"status"`
	Detail string      `json:"detail"`
	Param  string      `json:"param,omitempty"` // the parameter at fault
	At     *query.Span `json:"at,omitempty"`    // the guilty characters of the query
	URL    string      `json:"url,omitempty"`   // of the feed at fault
	Hint   string      `json:"hint,omitempty"`
	Reason string      `json:"reason,omitempty"` // why the index is read-only
	Index  *int        `json:"index,omitempty"`  // of the decision at fault in the list, or of the query among several, from 0

	retry string // seconds after which trying again may help, or ""
}

// ProblemPrefix begins the type of every problem.
const ProblemPrefix = "urn:dateline:"

// refusal is a fault that has its status at hand.
type refusal struct {
	status int
	kind   string
	detail string
	hint   string
}

func (e *refusal) Error() string { return e.detail }

// titles are the problems' titles by the last part of their type.
var titles = map[string]string{
	"bad-query":          "The query cannot be read",
	"bad-parameter":      "A parameter cannot be",
	"bad-body":           "The body cannot be read",
	"not-found":          "No such article",
	"no-such-page":       "Nothing here",
	"no-accounts":        "No accounts",
	"no-such-facet":      "No such facet",
	"no-such-type":       "No such type of entity",
	"no-such-entity":     "No such entity",
	"bad-decision":       "The decision cannot be",
	"bad-feed":           "The feed cannot be subscribed to",
	"no-such-feed":       "No such feed",
	"method-not-allowed": "Method not allowed",
	"forbidden":          "Not allowed",
	"wrong-host":         "Not the name of this server",
	"slow-client":        "The body did not come",
	"too-large":          "Too large",
	"uri-too-long":       "The address is too long",
	"unsupported-type":   "Unknown content type",
	"busy":               "Too many requests",
	"read-only":          "The index is read-only",
	"closed":             "The index is closed",
	"not-ready":          "Not ready",
	"timeout":            "The search took too long",
	"internal":           "The server failed",
}

// problemOf is the one map from faults to statuses.
func problemOf(err error) Problem {
	var (
		fault    *query.Error
		param    *index.ParamError
		decision *index.DecisionError
		readOnly *index.ReadOnlyError
		tooLarge *http.MaxBytesError
		feed     *feeds.Error
		refused  *refusal
	)
	switch {
	case errors.As(err, &refused):
		p := problem(refused.status, refused.kind, refused.detail)
		p.Hint = refused.hint
		return p
	case errors.As(err, &fault):
		p := problem(http.StatusBadRequest, "bad-query", fault.Detail)
		p.Param, p.At, p.Hint = "q", &fault.At, fault.Hint
		if nth := (*compare.QueryError)(nil); errors.As(err, &nth) {
			p.Index = &nth.Number
		}
		return p
	case errors.As(err, &param):
		p := problem(http.StatusBadRequest, "bad-parameter", param.Name+" "+param.Detail)
		p.Param, p.Hint = param.Name, param.Hint
		return p
	case errors.As(err, &decision):
		p := problem(http.StatusUnprocessableEntity, "bad-decision", decision.Detail)
		p.Index, p.Hint = &decision.Index, decision.Hint
		return p
	case errors.As(err, &readOnly):
		p := problem(http.StatusServiceUnavailable, "read-only", readOnly.Error())
		if p.Reason = readOnly.Reason; readOnly.Full {
			p.Status = http.StatusInsufficientStorage
		}
		return retryable(p, "60") // somebody has to see to it first
	case errors.As(err, &tooLarge):
		return problem(http.StatusRequestEntityTooLarge, "too-large",
			fmt.Sprintf("the body is larger than %d bytes; send it in parts", tooLarge.Limit))
	case errors.As(err, &feed):
		return feedProblem(feed)
	case errors.Is(err, feeds.ErrUnknown):
		return problem(http.StatusNotFound, "no-such-feed", feeds.ErrUnknown.Error())
	case errors.Is(err, index.ErrNotFound):
		return problem(http.StatusNotFound, "not-found", "there is no article with this id")
	case errors.Is(err, index.ErrClosed):
		return retryable(problem(http.StatusServiceUnavailable, "closed", "the index is being closed or opened"), "1")
	case errors.Is(err, errBusy):
		return retryable(problem(http.StatusTooManyRequests, "busy", "this server does as much at a time as it can"), "1")
	case errors.Is(err, os.ErrDeadlineExceeded):
		return problem(http.StatusRequestTimeout, "slow-client", "the body stopped coming")
	case errors.Is(err, context.DeadlineExceeded):
		return problem(http.StatusGatewayTimeout, "timeout", "the search ran out of its time; ask for less")
	}
	return problem(http.StatusInternalServerError, "internal", "the server failed on this request")
}

func problem(status int, kind, detail string) Problem {
	return Problem{Type: ProblemPrefix + kind, Title: titles[kind], Status: status, Detail: detail}
}

func retryable(p Problem, seconds string) Problem {
	p.retry = seconds
	return p
}

// fault answers with an error. Where something was written already, or nobody waits, the connection is cut instead, so that
// no part of an answer is taken for the whole.
func (s *Server) fault(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	gone := errors.Is(err, errGone) || r.Context().Err() != nil && errors.Is(err, context.Canceled)
	if p.Status == http.StatusInternalServerError && !gone {
		id := rand.Text()[:12]
		s.o.Log.Error("a request failed", "request", id, "method", r.Method, "path", r.URL.Path, "error", err)
		p.Detail += "; its log says why, under " + id
	}
	if gone || begun(w) {
		panic(http.ErrAbortHandler)
	}
	if b, ok := r.Body.(*body); ok {
		b.giveUp()
	}
	if p.retry != "" {
		w.Header().Set("Retry-After", p.retry)
	}
	if isAPI(r.URL.Path) {
		apiFault(w, p)
	} else {
		s.pageFault(w, r, p, err)
	}
}

func apiFault(w http.ResponseWriter, p Problem) {
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // a Problem holds nothing that JSON cannot
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	w.Write(append(body, '\n'))
}

// plainFault answers in plain text, where no page can be drawn.
func plainFault(w http.ResponseWriter, _ *http.Request, p Problem, _ error) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(p.Status)
	fmt.Fprintf(w, "%s: %s\n", p.Title, p.Detail)
}

// isAPI tells the paths for programs from those for people.
func isAPI(path string) bool {
	return path == "/api" || strings.HasPrefix(path, "/api/") || path == "/healthz" || path == "/readyz"
}

// recoverFrom ends a request whose handler panicked, a fault in mapped memory included, and keeps the server.
func (s *Server) recoverFrom(w *response, r *http.Request) {
	p := recover()
	debug.SetPanicOnFault(w.onFault)
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.fault(w, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// shorten cuts a foreign text for a message.
func shorten(text string) string {
	const most = 200
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}
