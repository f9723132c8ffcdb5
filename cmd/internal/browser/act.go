package browser

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Open opens an address and waits until the page is loaded, whatever its status.
func (t *Tab) Open(address string) error {
	return failed("opening", address, t.do(chromedp.Navigate(address)))
}

// Click clicks the first element that a CSS selector finds, once it is visible. It fails where something else lies over it.
func (t *Tab) Click(selector string) error {
	step, err := t.click(selector)
	if err == nil {
		err = t.do(step)
	}
	return failed("clicking", selector, err)
}

// Follow clicks a link or a button and waits until the page that it leads to is loaded.
func (t *Tab) Follow(selector string) error {
	step, err := t.click(selector)
	if err == nil {
		err = t.loads(step)
	}
	return failed("following", selector, err)
}

// Type clicks into a field and types at the end of what it holds.
func (t *Tab) Type(selector, text string) error {
	step, err := t.click(selector)
	if err == nil {
		err = t.do(step, press("End"), chromedp.KeyEvent(text))
	}
	return failed("typing into", selector, err)
}

// Clear empties a field, as a reader would.
func (t *Tab) Clear(selector string) error {
	step, err := t.click(selector)
	if err == nil {
		err = t.do(step, press("Control+a"), press("Delete"))
	}
	return failed("clearing", selector, err)
}

// click is the step that clicks an element. It goes by where the element is, not by the tree that chromedp keeps, which is lost
// when one goes back to a page that was kept alive.
func (t *Tab) click(selector string) (chromedp.Action[chromedp.Void], error) {
	if err := t.Until("(e => e && e.checkVisibility())(document.querySelector(" + quote(selector) + "))"); err != nil {
		return nil, err
	}
	b, err := t.Box(selector)
	if err != nil {
		return nil, err
	}
	x, y := b.X+b.Width/2, b.Y+b.Height/2
	over, err := Eval[string](t, fmt.Sprintf(`((e, at) => e === at || e.contains(at) || at?.contains(e) ? "" : at?.outerHTML.slice(0, 80) ?? "nothing")(
		document.querySelector(%s), document.elementFromPoint(%g, %g))`, quote(selector), x, y))
	if err == nil && over != "" {
		err = fmt.Errorf("over it lies %s", over)
	}
	return chromedp.MouseClickXY(x, y), err
}

// Press presses keys where the focus is, one after the other: names as in KeyboardEvent.key, single characters, each with
// Shift+, Control+, Alt+ or Meta+ before it where these are held.
func (t *Tab) Press(keys ...string) error {
	for _, k := range keys {
		if err := t.do(press(k)); err != nil {
			return failed("pressing", k, err)
		}
	}
	return nil
}

// PressFollow presses a key that leads to another page, and waits until that is loaded.
func (t *Tab) PressFollow(key string) error {
	return failed("following", key, t.loads(press(key)))
}

// Drag presses the mouse in an element, moves it and lets go. From and to are parts of its width, at half its height.
func (t *Tab) Drag(selector string, from, to float64) error {
	b, err := t.Box(selector)
	if err != nil {
		return err
	}
	y := b.Y + b.Height/2
	return failed("dragging in", selector, t.do(chromedp.DragAndDropXY(b.X+from*b.Width, y, b.X+to*b.Width, y, 12)))
}

// Back goes back in the history and waits until the page is there.
func (t *Tab) Back() error { return failed("going", "back", t.travel(-1)) }

// Forward goes forward again.
func (t *Tab) Forward() error { return failed("going", "forward", t.travel(1)) }

// travel goes by steps in the history. A page that was kept alive has no event of loading, so that the address is waited for.
func (t *Tab) travel(steps int64) error {
	h, err := run(t, chromedp.NavigationEntries())
	if err != nil {
		return err
	}
	i := h.CurrentIndex + steps
	if i < 0 || i >= int64(len(h.Entries)) {
		return fmt.Errorf("the history ends there")
	}
	e := h.Entries[i]
	if err := t.do(command(page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: e.ID})); err != nil {
		return err
	}
	return t.Until(fmt.Sprintf("location.href === %q && document.readyState === 'complete'", e.URL))
}

// loads takes a step and waits until the page is loaded that it leads to.
func (t *Tab) loads(step chromedp.Action[chromedp.Void]) error {
	_, err := run(t, chromedp.WaitEvent(page.LoadEventFired, nil, step))
	return err
}

var modifiers = map[string]chromedp.Modifier{
	"Shift": kb.ModifierShift, "Control": kb.ModifierCtrl, "Alt": kb.ModifierAlt, "Meta": kb.ModifierMeta,
}

// press is the step that presses a key by its name.
func press(name string) chromedp.Action[chromedp.Void] {
	var held []chromedp.Modifier
	for {
		m, rest, ok := strings.Cut(name, "+")
		if !ok || rest == "" {
			break
		}
		held, name = append(held, modifiers[m]), rest
	}
	if utf8.RuneCountInString(name) > 1 {
		for r, k := range kb.Keys {
			if k.Key == name && k.Code == name {
				return chromedp.KeyEvent(string(r), chromedp.KeyModifiers(held...), raw)
			}
		}
		panic("there is no key " + name)
	}
	return chromedp.KeyEvent(name, chromedp.KeyModifiers(held...), raw)
}

// raw makes a key go down as that of a real keyboard: a page that prevents what it does gets no character from it.
func raw(p *input.DispatchKeyEventParams) {
	if p.Type == kb.KeyDown {
		p.Type = kb.KeyRawDown
	}
}
