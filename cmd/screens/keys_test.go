package main

import (
	"testing"

	"dateline/cmd/internal/browser"
)

// TestKeys: the keys of a page by which a reader goes through the results, from article to article and back.
func TestKeys(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{}, "/search?q=harbour")
	list := r.texts(titles)
	focus := func(want string) {
		t.Helper()
		if got := eval[string](r, "document.activeElement.innerText.trim()"); got != want {
			t.Errorf("the focus is on %q, not %q", got, want)
		}
	}
	r.press("j", "j")
	focus(list[1])
	r.press("k")
	focus(list[0])
	r.can(r.tab.PressFollow("o"))
	for _, step := range []struct{ key, want string }{{"n", list[1]}, {"p", list[0]}} {
		r.can(r.tab.PressFollow(step.key))
		if got := r.text("h1"); got != step.want {
			t.Errorf("%s leads to %q, not %q", step.key, got, step.want)
		}
	}
	r.can(r.tab.PressFollow("u"))
	if u := r.address(); u.Path != "/search" || u.Query().Get("q") != "harbour" {
		t.Errorf("u leads to %s", u)
	}
	r.press("/", "j", "?")
	if v, err := r.tab.Value(box); err != nil || v != "j?" || eval[bool](r, "document.querySelector(`#keys-list`).open") {
		t.Errorf("while typing the keys are text: %q, %v", v, err)
	}
}

// TestKeysOff: the dialog opens by a key, gives the focus back, and keeps that the keys are off.
func TestKeysOff(t *testing.T) {
	t.Parallel()
	const open = "document.querySelector(`#keys-list`).open"
	r := read(t, demo, browser.Look{}, "/help")
	r.tabTo("a.brand")
	r.press("?")
	r.until(open)
	r.press("Escape")
	r.until("!" + open + " && document.activeElement.matches(`a.brand`)")
	r.press("?")
	r.click("#keys-on")
	r.open("/help")
	r.press("?", "/")
	if eval[bool](r, open+" || document.activeElement.id === `q`") {
		t.Error("keys that were turned off work")
	}
}

// TestTheme: the colours that a reader chose stay.
func TestTheme(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{}, "/help")
	r.can(r.tab.Click("#theme"))
	r.press("Escape")
	eval[bool](r, "(s => { s.value = `dark`; return s.dispatchEvent(new Event(`change`)); })(document.querySelector(`#theme`))")
	const scheme = "getComputedStyle(document.documentElement).colorScheme"
	r.open("/entities")
	if got := eval[string](r, scheme); got != "dark" {
		t.Errorf("the next page is %s", got)
	}
}
