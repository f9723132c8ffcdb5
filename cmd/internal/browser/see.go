package browser

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Eval evaluates an expression in the page and returns its value. It works where the page's own script is off.
func Eval[T any](t *Tab, expression string) (T, error) {
	v, err := run(t, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	return v, failed("evaluating", expression, err)
}

// URL is the address of the page.
func (t *Tab) URL() (string, error) { return Eval[string](t, "location.href") }

// Texts are the texts of all elements that a CSS selector finds, as they are shown, in their order.
func (t *Tab) Texts(selector string) ([]string, error) {
	return Eval[[]string](t, fmt.Sprintf("Array.from(document.querySelectorAll(%s), e => (e.innerText ?? e.textContent).trim())", quote(selector)))
}

// Value is what a field holds.
func (t *Tab) Value(selector string) (string, error) {
	return Eval[string](t, fmt.Sprintf("document.querySelector(%s).value", quote(selector)))
}

// Style is the computed value of a property of the first element that a selector finds.
func (t *Tab) Style(selector, property string) (string, error) {
	return Eval[string](t, fmt.Sprintf("getComputedStyle(document.querySelector(%s))[%s]", quote(selector), quote(property)))
}

// Box is where an element is, in CSS pixels of the window.
type Box struct{ X, Y, Width, Height float64 }

// Box scrolls to the first element that a selector finds, and returns where it is: its first line, of one that has several.
func (t *Tab) Box(selector string) (Box, error) {
	return Eval[Box](t, fmt.Sprintf(`(() => {
		const e = document.querySelector(%s);
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getClientRects()[0];
		return {X: r.x, Y: r.y, Width: r.width, Height: r.height};
	})()`, quote(selector)))
}

// Focus is what has the focus.
type Focus struct {
	Tag, ID, Class, Text, Href string
	In                         []string // what it is inside of, innermost first: tags, ids (#id) and classes (.class)
	Visible                    bool     // that it has the focus is to be seen: an outline or a shadow
}

// String is as much as finds the element in the page.
func (f Focus) String() string {
	return fmt.Sprintf("<%s id=%q class=%q href=%q> %.40q", f.Tag, f.ID, f.Class, f.Href, f.Text)
}

// Focus says what has the focus.
func (t *Tab) Focus() (Focus, error) {
	return Eval[Focus](t, `(() => {
		const e = document.activeElement, s = getComputedStyle(e), inside = [];
		for (let up = e; up; up = up.parentElement)
			inside.push(up.localName, ...(up.id ? ["#" + up.id] : []), ...Array.from(up.classList, c => "." + c));
		return {
			Tag: e.localName, ID: e.id, Class: e.getAttribute("class") ?? "", Text: (e.textContent ?? "").trim().slice(0, 80),
			Href: e.getAttribute("href") ?? "", In: inside,
			Visible: e.matches(":focus-visible") && (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"),
		};
	})()`)
}

// every is how often Until looks again.
const every = 20 * time.Millisecond

// Until waits until a condition, an expression of JavaScript, holds; also on a page that is still to come.
func (t *Tab) Until(condition string) error {
	ctx, cancel := context.WithTimeout(t.ctx, limit)
	defer cancel()
	again := time.NewTicker(every)
	defer again.Stop()
	for {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+condition+")"))
		if holds && err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited in vain until %s: %w", condition, cmp.Or(err, ctx.Err()))
		case <-again.C:
		}
	}
}

// UntilFound waits until a selector finds something.
func (t *Tab) UntilFound(selector string) error {
	return t.Until("document.querySelector(" + quote(selector) + ")")
}

// Screenshot draws the whole page as PNG, of its height at most the given number of CSS pixels.
func (t *Tab) Screenshot(height float64) ([]byte, error) {
	size, err := Eval[Box](t, "({Width: document.documentElement.clientWidth, Height: document.documentElement.scrollHeight})")
	if err != nil {
		return nil, err
	}
	beyond := true
	shot, err := run(t, func(ctx context.Context, tab *chromedp.Target) (page.CaptureScreenshotResult, error) {
		return cdp.Call(ctx, tab, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond,
			Clip: &page.Viewport{Width: size.Width, Height: math.Min(size.Height, height), Scale: 1}})
	})
	return shot.Data, failed("drawing", "the page", err)
}

// quote writes a text, or a list of texts, as JavaScript does.
func quote[T string | []string](text T) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text can always be written
	}
	return string(b)
}
