// Package browser drives a real Chromium without a window, as a reader would: opens pages, types, clicks, drags, goes back, and
// looks. What goes wrong on the way without anybody noticing, as an error in the console, it collects.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/chromedp"
)

// limit is how long one step may take, be the machine ever so busy. The protocol itself knows no deadline.
const limit = 3 * time.Minute

// ErrMissing says that there is no Chromium on this machine.
var ErrMissing = errors.New("there is no Chromium: install the package chromium")

// Browser is a running Chromium. Its tabs may be used at the same time.
type Browser struct {
	ctx   context.Context
	close func()
}

// names are the programs that are taken for Chromium, the first one first.
var names = []string{"chromium", "chromium-browser", "google-chrome"}

// Start starts a Chromium, which reaches no host but this machine. Errors: ErrMissing.
func Start() (*Browser, error) {
	path, err := program()
	if err != nil {
		return nil, err
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options(path)...)
	ctx, cancel := chromedp.NewContext(alloc)
	b := &Browser{ctx, func() { cancel(); stop() }}
	late := time.AfterFunc(limit, b.close) // the browser lives as long as the context of its first step, which thus has no deadline
	err = chromedp.Do(ctx)
	if late.Stop(); err != nil {
		b.close()
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return b, nil
}

// Close ends Chromium.
func (b *Browser) Close() { b.close() }

func program() (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}

func options(path string) []chromedp.ExecAllocatorOption {
	o := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en-GB"),
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,PreloadTopChromeWebUI"), // chromedp's, and none of its own pages
	)
	if os.Geteuid() == 0 {
		o = append(o, chromedp.NoSandbox) // which Chromium cannot have as root
	}
	return o
}
