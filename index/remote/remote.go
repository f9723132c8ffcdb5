// Package remote is the Engine of another Dateline server, over its HTTP interface.
package remote

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/ledger"
)

// Engine speaks with one server. Nothing is tried twice: an error that names the server is the caller's to judge.
type Engine struct {
	base   string // URL without a slash at the end
	client *http.Client
	own    bool // whether the client is closed with the engine
	closed atomic.Bool
	run    atomic.Int64 // the number of the run that Puts are accounted under, or 0
}

// Open returns the engine of the server at baseURL, such as http://127.0.0.1:8080, after it has answered once. A nil client
// means one of the engine's own, which follows no redirects.
func Open(ctx context.Context, baseURL string, client *http.Client) (*Engine, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("%q is not the address of a server; write http://HOST:PORT", baseURL)
	}
	e := &Engine{base: strings.TrimRight(baseURL, "/"), client: client}
	if client == nil {
		e.client, e.own = newClient(), true
	}
	var health struct{ Status string }
	if err := e.get(ctx, "/healthz", &health); err != nil {
		e.Close()
		return nil, err
	}
	if health.Status != "ok" {
		e.Close()
		return nil, fmt.Errorf("%s is not a Dateline server", e.base)
	}
	return e, nil
}

func newClient() *http.Client {
	return &http.Client{
		Transport:     http.DefaultTransport.(*http.Transport).Clone(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Bounds of one request, well below what a server takes (64 MiB).
const (
	maxBody = 8 << 20 // of articles as JSON; a single larger article goes alone
	maxIDs  = 10_000  // 5 MiB when all are as long as ids may be
)

// Put implements index.Engine. The articles go out in as many requests as their size needs.
func (e *Engine) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	u := upload{engine: e, outcomes: make([]index.Outcome, len(articles))}
	for i := range articles {
		if err := u.add(ctx, i, &articles[i]); err != nil {
			return index.Receipt{}, err
		}
	}
	if err := u.send(ctx); err != nil {
		return index.Receipt{}, err
	}
	if !u.untold {
		u.sum.Outcomes = u.outcomes
	}
	slices.SortFunc(u.sum.Rejected, func(a, b index.Rejection) int { return cmp.Compare(a.Index, b.Index) })
	return u.sum, e.ended(ctx)
}

// upload is one Put.
type upload struct {
	engine *Engine
	body   bytes.Buffer
	held   []int // the numbers of the articles in body
	sum    index.Receipt

	outcomes []index.Outcome
	untold   bool // the server did not say them
}

// add takes an article into the body, after sending that away if it would become too large.
func (u *upload) add(ctx context.Context, i int, a *index.Article) error {
	if reason, detail := index.Check(a); reason != "" { // as any engine would; it may be too large to send
		u.sum.Rejected = append(u.sum.Rejected, index.Rejection{Index: i, Reason: reason, Detail: detail})
		return nil
	}
	line, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("article %q: %w", a.ID, err)
	}
	if u.body.Len()+len(line) > maxBody {
		if err := u.send(ctx); err != nil {
			return err
		}
	}
	u.body.Write(line)
	u.body.WriteByte('\n')
	u.held = append(u.held, i)
	return nil
}

func (u *upload) send(ctx context.Context) error {
	if len(u.held) == 0 {
		return nil
	}
	var part index.Receipt
	if err := u.engine.post(ctx, "/api/v1/articles", index.ArticlesType, u.body.Bytes(), &part); err != nil {
		return err
	}
	if n := part.Indexed + part.Updated + part.Unchanged + len(part.Rejected); n != len(u.held) {
		return fmt.Errorf("%s accounts for %d articles of %d", u.engine.base, n, len(u.held))
	}
	for i, r := range part.Rejected {
		if r.Index < 0 || r.Index >= len(u.held) {
			return fmt.Errorf("%s rejects an article that it was not sent", u.engine.base)
		}
		part.Rejected[i].Index = u.held[r.Index]
	}
	if len(part.Outcomes) != len(u.held) {
		u.untold = true
	}
	for i, o := range part.Outcomes[:min(len(part.Outcomes), len(u.held))] {
		u.outcomes[u.held[i]] = o
	}
	part.Outcomes = nil
	u.sum.Add(part, 0)
	u.body.Reset()
	u.held = u.held[:0]
	return nil
}

// Get implements index.Engine.
func (e *Engine) Get(ctx context.Context, id string) (index.Article, error) {
	var a index.Article
	if err := e.ended(ctx); err != nil {
		return a, err
	}
	if !possible(id) {
		return a, index.ErrNotFound
	}
	err := e.get(ctx, "/api/v1/articles/"+index.EscapeID(id), &a)
	return a, err
}

// Versions implements index.Engine.
func (e *Engine) Versions(ctx context.Context, id string) ([]index.Version, error) {
	var answer struct {
		Versions []index.Version `json:"versions"`
	}
	if err := e.ended(ctx); err != nil {
		return nil, err
	}
	if !possible(id) {
		return nil, index.ErrNotFound
	}
	err := e.get(ctx, "/api/v1/versions/"+index.EscapeID(id), &answer)
	return answer.Versions, err
}

// possible reports whether an article may have the id. Others could not be sent faithfully.
func possible(id string) bool {
	return id != "" && len(id) <= index.MaxIDBytes && utf8.ValidString(id)
}

// Delete implements index.Engine.
func (e *Engine) Delete(ctx context.Context, ids []string) (int, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !possible(id) })
	slices.Sort(ids)
	n := 0
	for part := range slices.Chunk(slices.Compact(ids), maxIDs) {
		body, err := json.Marshal(map[string][]string{"ids": part})
		if err != nil {
			return n, err
		}
		var answer struct{ Deleted int }
		if err := e.post(ctx, "/api/v1/delete", "application/json", body, &answer); err != nil {
			return n, err
		}
		n += answer.Deleted
	}
	return n, e.ended(ctx)
}

// Search implements index.Engine. Relative dates of the query ("last7d") are relative to the server's clock.
func (e *Engine) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	if _, err := r.Resolve(); err != nil { // parameters cannot say everything that is wrong
		return nil, err
	}
	result := &index.Result{}
	if err := e.get(ctx, "/api/v1/search?"+r.Values().Encode(), result); err != nil {
		return nil, err
	}
	return result, nil
}

// Facet implements index.Engine.
func (e *Engine) Facet(ctx context.Context, r index.Request, field index.Field, prefix string) (*index.Facet, error) {
	r, err := r.ResolveFacet(field, prefix)
	if err != nil {
		return nil, err
	}
	v := r.Values()
	if prefix != "" {
		v.Set("prefix", strings.ToValidUTF8(prefix, "\uFFFD"))
	}
	facet := &index.Facet{}
	if err := e.get(ctx, "/api/v1/facets/"+url.PathEscape(string(field))+"?"+v.Encode(), facet); err != nil {
		return nil, err
	}
	return facet, nil
}

// Complete implements index.Engine.
func (e *Engine) Complete(ctx context.Context, r index.CompletionRequest) (*index.Completions, error) {
	r, err := r.Resolve()
	if err != nil {
		return nil, err
	}
	v := url.Values{"prefix": {strings.ToValidUTF8(r.Prefix, "\uFFFD")}, "size": {strconv.Itoa(r.Size)}, "words": {"0"}}
	if r.Words {
		v.Set("words", "1")
	}
	if r.Prompt {
		v.Set("prompt", "1")
	}
	for _, f := range r.Fields {
		v.Add("field", string(f))
	}
	c := &index.Completions{}
	if err := e.get(ctx, "/api/v1/completions?"+v.Encode(), c); err != nil {
		return nil, err
	}
	return c, nil
}

// Count implements index.Engine: a search for each request.
func (e *Engine) Count(ctx context.Context, requests []index.Request) ([]int, error) {
	counts := make([]int, len(requests))
	for i, r := range requests {
		r, err := r.ResolveCount()
		if err != nil {
			return nil, err
		}
		result, err := e.Search(ctx, r)
		if err != nil {
			return nil, err
		}
		counts[i] = result.Total.Articles
	}
	return counts, e.ended(ctx)
}

// Export implements index.Engine. A stream that breaks off ends with an error. The server cuts off a caller who takes no
// article for half a minute.
func (e *Engine) Export(ctx context.Context, r index.Request) iter.Seq2[index.Article, error] {
	return func(yield func(index.Article, error) bool) {
		r.Size, r.Cursor, r.Facets, r.FacetSize, r.Interval, r.Count = 0, "", nil, 0, "", "" // an export does not look at them
		if _, err := r.Resolve(); err != nil {
			yield(index.Article{}, err)
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		response, err := e.do(ctx, http.MethodGet, "/api/v1/export?"+r.Values().Encode(), "", nil)
		if err != nil {
			yield(index.Article{}, err)
			return
		}
		defer response.Body.Close()
		e.articles(ctx, response.Body, yield)
	}
}

// articles yields the articles of a stream of JSON.
func (e *Engine) articles(ctx context.Context, stream io.Reader, yield func(index.Article, error) bool) {
	d := json.NewDecoder(stream)
	for {
		var a index.Article
		switch err := d.Decode(&a); {
		case err == io.EOF:
			return
		case ctx.Err() != nil:
			yield(index.Article{}, ctx.Err())
			return
		case err != nil:
			yield(index.Article{}, fmt.Errorf("the export from %s broke off: %w", e.base, err))
			return
		}
		if !yield(a, nil) {
			return
		}
	}
}

// Stats implements index.Engine.
func (e *Engine) Stats(ctx context.Context) (index.Stats, error) {
	var s index.Stats
	err := e.get(ctx, "/api/v1/stats", &s)
	return s, err
}

// Tell says to the server's ledger what a run is, or how it ended. The articles put in between are accounted under it. A server
// that keeps no accounts is told nothing.
func (e *Engine) Tell(ctx context.Context, s ledger.Statement) error {
	s.Run = int(e.run.Load())
	if s.End != nil && s.Run == 0 {
		return nil // it keeps none
	}
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	var answer struct{ Run int }
	err = e.post(ctx, "/api/v1/accounts", "application/json", body, &answer)
	var fault *Error
	if errors.As(err, &fault) && (fault.Status == http.StatusNotFound || fault.Status == http.StatusMethodNotAllowed) {
		return nil
	}
	if e.run.Store(int64(answer.Run)); s.End != nil {
		e.run.Store(0)
	}
	return err
}

// Report returns the accounts of the server's index.
func (e *Engine) Report(ctx context.Context, o ledger.Options) (*ledger.Report, error) {
	r := &ledger.Report{}
	if err := e.get(ctx, "/api/v1/accounts?"+o.Values().Encode(), r); err != nil {
		return nil, err
	}
	return r, nil
}

// Close implements index.Engine. The server goes on.
func (e *Engine) Close() error {
	if !e.closed.Swap(true) && e.own {
		e.client.CloseIdleConnections()
	}
	return nil
}
