// Package backend opens the engine that the flags ask for. It keeps the rule that an index directory has one owner at a
// time: whoever comes second works through the owner when that is a server, and else says who it is.
package backend

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/feeds"
	"dateline/index/ledger"
	"dateline/index/remote"
)

// Options say which engine. One of Dir and Server is needed; Server goes before.
type Options struct {
	Dir    string // of the index
	Server string // address of a running Dateline

	Write bool // for changing the index; without it nothing is created
	Make  bool // with Write: an index that is not there is made
	Serve bool // with Write: to be the server of the directory, never to work through another

	Command string        // what others are told when they find the directory taken: "dateline index"
	Wait    time.Duration // for a directory to come free; 0 is 2 seconds
}

// Engine is an open engine and the claim on its directory.
type Engine struct {
	index.Engine
	// Ledger takes the account of what is put and deleted. It is nil for reading, and for a remote engine, whose server keeps it.
	Ledger *ledger.Ledger

	claim *claim // nil for a remote engine
	dir   string // of the index; "" for a remote engine
	url   string // of the server that the engine works through, or ""
}

// Server returns the address of the server that the engine works through, or "".
func (e *Engine) Server() string { return e.url }

// Announce tells others that come to the directory that they can work through the server at url.
func (e *Engine) Announce(url string) error {
	if e.claim == nil {
		return errors.New("only the owner of an index directory can announce a server")
	}
	return e.claim.write(url)
}

// Feeds returns the subscriptions of the index: its own list, of which what fetches is guided by the options, or the server's.
func (e *Engine) Feeds(o feeds.Options) (feeds.Service, error) {
	if r, ok := e.Engine.(*remote.Engine); ok {
		return r.Feeds(), nil
	}
	o.Ledger = e.Ledger
	return feeds.Open(e.dir, e.Engine, o)
}

// Settle puts an index that was much written to in order, where the engine can: see embedded.Engine.Settle. Engines that
// others use see to it by themselves.
func (e *Engine) Settle(ctx context.Context) error {
	if s, ok := e.Engine.(interface{ Settle(context.Context) error }); ok {
		return s.Settle(ctx)
	}
	return nil
}

// Close closes the engine and gives up the directory.
func (e *Engine) Close() error {
	err := errors.Join(e.Ledger.Close(), e.Engine.Close())
	if e.claim != nil {
		err = errors.Join(err, e.claim.release())
	}
	return err
}

// BusyError says that something else holds the index directory.
type BusyError struct {
	Dir    string
	Holder Holder // zero when readers hold it
	Serve  bool   // whether the directory was wanted for a server
}

func (e *BusyError) Error() string {
	switch h := e.Holder; {
	case h.URL != "" && e.Serve:
		return fmt.Sprintf("index %s is already served at %s (pid %d)", e.Dir, h.URL, h.PID)
	case h.URL != "":
		return fmt.Sprintf("index %s is in use by `%s` (pid %d), whose server at %s does not answer; wait for it or stop it", e.Dir, h.Command, h.PID, h.URL)
	case h.Command != "":
		return fmt.Sprintf("index %s is in use by `%s` (pid %d); wait for it or stop it", e.Dir, h.Command, h.PID)
	}
	return fmt.Sprintf("index %s is in use by a dateline that reads it; wait for it or stop it", e.Dir)
}

// ErrNoIndex says that there is no index in a directory.
var ErrNoIndex = errors.New("there is no index")

// Open opens the engine: that of Server, or of the server that owns Dir, or Dir itself. Errors: ErrNoIndex, *BusyError
// after at most Wait, those of embedded.Open and remote.Open.
func Open(ctx context.Context, o Options) (*Engine, error) {
	if o.Wait <= 0 {
		o.Wait = 2 * time.Second
	}
	if o.Server != "" {
		return openServer(ctx, o.Server)
	}
	if o.Dir == "" {
		return nil, errors.New("neither an index directory nor a server is named")
	}
	if err := checkDir(o); err != nil {
		return nil, err
	}
	c, err := o.claim(ctx)
	if err != nil {
		return nil, err
	}
	if c.server != "" {
		return openServer(ctx, c.server)
	}
	e, err := embedded.Open(o.Dir, embedded.Options{ReadOnly: !o.Write, Serve: o.Serve})
	if err != nil {
		return nil, errors.Join(err, c.release())
	}
	opened := &Engine{Engine: e, dir: o.Dir, claim: c}
	if o.Write {
		if opened.Ledger, err = ledger.Open(ctx, o.Dir, e, nil); err != nil {
			return nil, errors.Join(err, opened.Close())
		}
	}
	return opened, nil
}

// Report makes a report of the accounts, be it the server's.
func (e *Engine) Report(ctx context.Context, o ledger.Options) (*ledger.Report, error) {
	switch r, ok := e.Engine.(*remote.Engine); {
	case ok:
		return r.Report(ctx, o)
	case e.Ledger != nil:
		return e.Ledger.Report(ctx, e.Engine, o)
	}
	b, err := ledger.Read(ctx, e.dir, e.Engine)
	if err != nil {
		return nil, err
	}
	return b.Report(ctx, e.Engine, o)
}

func openServer(ctx context.Context, url string) (*Engine, error) {
	if !strings.Contains(url, "://") {
		url = "http://" + url
	}
	e, err := remote.Open(ctx, url, nil)
	if err != nil {
		return nil, err
	}
	return &Engine{Engine: e, url: url}, nil
}

// checkDir finds out whether Dir is, or may become, an index, before a lock is put into it.
func checkDir(o Options) error {
	_, err := os.Stat(filepath.Join(o.Dir, "dateline.json"))
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	e, err := embedded.Open(o.Dir, embedded.Options{ReadOnly: true})
	switch {
	case err == nil: // made by someone else just now
		return e.Close()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case !o.Write || !o.Make:
		return fmt.Errorf("%w at %s; `dateline index --index %s PATH...` makes one", ErrNoIndex, o.Dir, o.Dir)
	}
	return os.MkdirAll(o.Dir, 0o777)
}

// ready reports whether a server answers.
func ready(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(url, "/")+"/readyz", nil)
	if err != nil {
		return false
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}
