package main

import (
	"strings"
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

// TestGoKeys: every key that the list has after another leads where it says, from any page, and only right after that.
func TestGoKeys(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{}, "/help")
	listed := eval[[]string](r, "Array.from(document.querySelectorAll(`#keys-list th:has(kbd)`), e => e.textContent).filter(s => s.includes(`then`))")
	leads := map[string]string{"g then h": "/", "g then n": "/entities", "g then s": "/sources", "g then c": "/compare", "g then f": "/feeds"}
	if len(listed) != len(leads) {
		t.Errorf("%q are listed, the test knows %d", listed, len(leads))
	}
	for _, from := range []string{"/help", "/search?q=harbour"} {
		for _, keys := range listed {
			first, second, _ := strings.Cut(keys, " then ")
			r.open(from)
			r.press(first)
			r.can(r.tab.PressFollow(second))
			if got, ok := leads[keys]; !ok || r.address().Path != got {
				t.Errorf("from %s %s leads to %s, not %q", from, keys, r.address(), got)
			}
		}
	}
	r.open("/help")
	r.press("h", "g", "x", "n", "g", "Control+h", "s", "g", "Escape", "c")
	if eval[bool](r, "location.pathname !== `/help` || document.querySelector(`#keys-list`).open") {
		t.Errorf("a key that follows no g leads to %s", r.address())
	}
	r.press("/", "g", "n")
	if v, err := r.tab.Value(box); err != nil || v != "gn" || r.address().Path != "/help" {
		t.Errorf("while typing: %q, %v at %s", v, err, r.address())
	}
}

// TestKeysOfLists: Enter opens the entry that j went to, n and p turn pages, Escape leaves the box, u goes back where one came from.
func TestKeysOfLists(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/search?q=harbour")
	first := r.texts(titles)
	r.can(r.tab.PressFollow("n"))
	second := r.texts(titles)
	if len(second) == 0 || second[0] == first[0] || r.address().Query().Get("cursor") == "" {
		t.Errorf("n leads to %s with %q", r.address(), second)
	}
	r.press("/")
	if !eval[bool](r, "document.activeElement.id === `q` && document.activeElement.selectionStart === 0 && document.activeElement.selectionEnd === 7") {
		t.Error("/ does not take the box with its text")
	}
	r.press("Escape", "j")
	r.enter()
	if got := r.text("h1"); got != second[0] {
		t.Errorf("Enter leads to %q, not %q", got, second[0])
	}
	r.can(r.tab.PressFollow("u"))
	if r.address().Path != "/search" {
		t.Errorf("u leads to %s", r.address())
	}
	r.open("/sources?size=20")
	r.can(r.tab.PressFollow("n"))
	if r.address().Query().Get("page") != "2" {
		t.Errorf("n leads to %s", r.address())
	}
	r.can(r.tab.PressFollow("p"))
	if p := r.address().Query().Get("page"); p != "1" && p != "" {
		t.Errorf("p leads to %s", r.address())
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
