package browser

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Look is how a tab looks at pages. The zero value is a window of 1280 by 900 with light colours, script and the time zone UTC.
type Look struct {
	Width, Height int  // of the window, in CSS pixels; 0 is 1280 and 900
	Phone         bool // as a phone has it: touched, with the page's own idea of its width
	Dark          bool // prefers dark colours
	Forced        bool // takes the system's few colours for those of pages
	Paper         bool // prints
	Still         bool // prefers reduced motion
	NoScript      bool // runs no script
	Zone          string
}

// Tab is a tab of its own: it shares no store and no cookies with others. One goroutine uses it at a time.
type Tab struct {
	ctx   context.Context
	close func()
	watch *watch
}

// Open opens an empty tab.
func (b *Browser) Open(l Look) (*Tab, error) {
	w := &watch{}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.event))
	w.ctx = ctx
	t := &Tab{ctx, cancel, w}
	late := time.AfterFunc(limit, cancel)
	defer late.Stop()
	err := chromedp.Do(ctx)
	if err == nil {
		err = t.Look(l)
	}
	if err != nil {
		cancel()
		return nil, err
	}
	return t, nil
}

// Close closes the tab.
func (t *Tab) Close() { t.close() }

// Look changes how the tab looks at the page that it shows and at those to come.
func (t *Tab) Look(l Look) error {
	if l.Width == 0 {
		l.Width = 1280
	}
	if l.Height == 0 {
		l.Height = 900
	}
	if l.Zone == "" {
		l.Zone = "UTC"
	}
	var phone []chromedp.EmulateViewportOption
	if l.Phone {
		phone = append(phone, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	return t.do(
		chromedp.EmulateViewport(int64(l.Width), int64(l.Height), phone...),
		command(emulation.SetEmulatedMedia, l.media()),
		command(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: l.Zone}),
		command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: l.NoScript}),
		command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}), // as if it were the only tab
	)
}

func (l Look) media() emulation.SetEmulatedMediaParams {
	choose := func(on bool, yes, no string) string {
		if on {
			return yes
		}
		return no
	}
	return emulation.SetEmulatedMediaParams{Media: choose(l.Paper, "print", "screen"), Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: choose(l.Dark, "dark", "light")},
		{Name: "prefers-reduced-motion", Value: choose(l.Still, "reduce", "no-preference")},
		{Name: "forced-colors", Value: choose(l.Forced, "active", "none")},
	}}
}
