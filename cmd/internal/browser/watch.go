package browser

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// watch collects what goes wrong in a tab.
type watch struct {
	ctx    context.Context // of the tab
	mu     sync.Mutex
	origin string // of the pages
	pages  []string
	faults []string
}

// Faults lists what has gone wrong in the tab since it was opened: errors in the console, exceptions, breaches of the
// Content-Security-Policy, dialogs, and requests to others than the page's own server. Of the status of the page itself it says
// nothing.
func (t *Tab) Faults() []string {
	t.watch.mu.Lock()
	defer t.watch.mu.Unlock()
	return slices.Clone(t.watch.faults)
}

// event takes an event of the tab. It runs where the messages are read and must not wait for one.
func (w *watch) event(ev any) {
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		w.fault("exception: %s", (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning || e.Type == runtime.ConsoleAPICalledTypeAssert {
			w.fault("console: %s", said(e.Args))
		}
	case *log.EventEntryAdded:
		w.entry(e.Entry)
	case *network.EventRequestWillBeSent:
		w.request(e)
	case *page.EventJavascriptDialogOpening:
		w.fault("dialog: %s", e.Message)
		go func() { // or the page would stand still
			_ = chromedp.Do(w.ctx, command(page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true}))
		}()
	}
}

func (w *watch) fault(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
}

// entry takes a line that the browser itself writes into the console.
func (w *watch) entry(e *log.Entry) {
	if e.Level != log.EntryLevelError && e.Level != log.EntryLevelWarning {
		return
	}
	if e.Source == log.EntrySourceNetwork && w.isPage(e.URL) {
		return // a page that is not found is a page
	}
	w.fault("%s: %s (%s)", e.Source, e.Text, e.URL)
}

// request looks where a request goes. The first one, for a page, says whose pages the tab is to show.
func (w *watch) request(e *network.EventRequestWillBeSent) {
	u, err := url.Parse(e.Request.URL)
	if err != nil || u.Scheme == "data" || u.Scheme == "blob" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	origin := u.Scheme + "://" + u.Host
	if e.Type == network.ResourceTypeDocument {
		w.pages = append(w.pages, e.Request.URL)
		if w.origin == "" {
			w.origin = origin
		}
	}
	if origin != w.origin {
		w.faults = append(w.faults, "a request to "+e.Request.URL)
	}
}

// isPage reports whether an address is that of a page that was asked for, not of a part of one.
func (w *watch) isPage(address string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Contains(w.pages, address)
}

func said(args []*runtime.RemoteObject) (text string) {
	for i, a := range args {
		if i > 0 {
			text += " "
		}
		if a.Description != "" {
			text += a.Description
		} else {
			text += string(a.Value)
		}
	}
	return text
}
