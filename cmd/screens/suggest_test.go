package main

import (
	"strings"
	"testing"

	"dateline/cmd/internal/browser"
)

// TestSuggestions: typing opens a list, which the arrows walk, Escape and Tab leave with the text as it was typed, and Enter takes.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	r := read(t, demo, browser.Look{}, "/help")
	attribute := func(name string) string {
		return eval[string](r, "document.querySelector(`#q`).getAttribute(`"+name+"`) ?? ``")
	}
	const open = "!document.querySelector(`#suggestions`).hidden"
	held := func(key, want string) {
		t.Helper()
		v, err := r.tab.Value(box)
		if r.can(err); v != want || eval[bool](r, open) || attribute("aria-expanded") != "false" || attribute("aria-activedescendant") != "" {
			t.Errorf("after %s the box holds %q, not %q; expanded %s, active %q", key, v, want, attribute("aria-expanded"), attribute("aria-activedescendant"))
		}
	}
	r.write(box, "har")
	r.until(open)
	options := r.texts("#suggestions [role=option]")
	if attribute("aria-expanded") != "true" || !strings.Contains(strings.Join(options, "|"), "article") {
		t.Errorf("expanded %s, options %q", attribute("aria-expanded"), options)
	}
	r.press("ArrowDown")
	if id := attribute("aria-activedescendant"); id == "" || !eval[bool](r, "document.querySelector(`#"+id+"`).ariaSelected === `true`") {
		t.Errorf("the option %q is active and not selected", id)
	}
	r.press("Escape")
	held("Escape", "har")
	r.press("ArrowDown")
	r.until(open)
	r.press("Tab")
	held("Tab", "har")
	if eval[bool](r, "document.activeElement.id === `q`") {
		t.Error("Tab stays in the box")
	}
	r.write(box, "b")
	r.until(open + " && document.querySelector(`#q`).value === `harb`")
	r.press("ArrowDown")
	r.enter()
	if u := r.address(); u.Path != "/search" || u.Query().Get("q") != "harbour" {
		t.Errorf("the first option led to %s", u)
	}
}

// TestHostileSuggestion: what would run stands in an option as text.
func TestHostileSuggestion(t *testing.T) {
	t.Parallel()
	r := read(t, hard, browser.Look{}, "/help")
	r.write(box, "trapped")
	r.until("!document.querySelector(`#suggestions`).hidden")
	r.sees("#suggestions", "<script>trapped=1</script>")
	if eval[bool](r, "typeof trapped !== `undefined` || document.querySelector(`#suggestions :is(script, img, a)`) !== null") {
		t.Error("an option is more than its text")
	}
}
