package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"dateline/cmd/internal/browser"
	"dateline/cmd/internal/sample"
)

// One Chromium and one server of each kind are for all tests, started by the first that needs them.
var (
	chromium = sync.OnceValues(browser.Start)
	demo     = site(sample.Demo)
	hard     = site(sample.Hard)
	closers  struct {
		sync.Mutex
		list []func()
	}
)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range closers.list {
		end()
	}
	if b, err := chromium(); err == nil {
		b.Close()
	}
	os.Exit(code)
}

func site(fill sample.Filler) func() (*sample.Site, error) {
	return sync.OnceValues(func() (*sample.Site, error) {
		s, err := sample.Open(context.Background(), fill, slog.New(slog.NewTextHandler(os.Stderr, nil)))
		if err == nil {
			closers.Lock()
			defer closers.Unlock()
			closers.list = append(closers.list, func() {
				if err := s.Close(); err != nil {
					fmt.Fprintln(os.Stderr, err)
				}
			})
		}
		return s, err
	})
}

// skip skips a test for want of something that can be installed, unless the environment asks for it.
func skip(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("DATELINE_BROWSER") != "required" && (errors.Is(err, browser.ErrMissing) || errors.Is(err, browser.ErrNoAxe)) {
		t.Skip(err)
	}
}

// reader is a person at a tab. What cannot be done ends the test; what goes wrong unnoticed in the tab fails it at its end.
type reader struct {
	*testing.T
	tab  *browser.Tab
	site string
}

// read opens a page of a site.
func read(t *testing.T, site func() (*sample.Site, error), l browser.Look, path string) *reader {
	t.Helper()
	b, err := chromium()
	skip(t, err)
	r := &reader{T: t}
	r.can(err)
	s, err := site()
	r.can(err)
	r.site = s.URL
	r.tab, err = b.Open(l)
	r.can(err)
	t.Cleanup(func() {
		for _, fault := range r.tab.Faults() {
			t.Error(fault)
		}
		r.tab.Close()
	})
	r.open(path)
	return r
}

// can ends the test where something could not be done.
func (r *reader) can(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// open opens an address of the site.
func (r *reader) open(path string) { r.Helper(); r.can(r.tab.Open(r.site + path)) }

// click clicks an element; follow waits for the page that it leads to.
func (r *reader) click(selector string)  { r.Helper(); r.can(r.tab.Click(selector)) }
func (r *reader) follow(selector string) { r.Helper(); r.can(r.tab.Follow(selector)) }

// write types into a field, at its end.
func (r *reader) write(selector, text string) { r.Helper(); r.can(r.tab.Type(selector, text)) }

// press presses keys; enter presses Enter, and waits for the page that it leads to.
func (r *reader) press(keys ...string) { r.Helper(); r.can(r.tab.Press(keys...)) }
func (r *reader) enter()               { r.Helper(); r.can(r.tab.PressFollow("Enter")) }

func (r *reader) back()    { r.Helper(); r.can(r.tab.Back()) }
func (r *reader) forward() { r.Helper(); r.can(r.tab.Forward()) }

// until waits for a condition, in JavaScript.
func (r *reader) until(condition string) { r.Helper(); r.can(r.tab.Until(condition)) }

// texts are what the elements of a selector show.
func (r *reader) texts(selector string) []string {
	r.Helper()
	list, err := r.tab.Texts(selector)
	r.can(err)
	return list
}

// text is what the first element shows, which must be there.
func (r *reader) text(selector string) string {
	r.Helper()
	list := r.texts(selector)
	if len(list) == 0 {
		r.Fatalf("there is no %s at %s", selector, r.address())
	}
	return list[0]
}

// sees checks that an element of the selector shows a text.
func (r *reader) sees(selector, want string) {
	r.Helper()
	if got := strings.Join(r.texts(selector), "\n"); !strings.Contains(got, want) {
		r.Errorf("%s shows %q, not %q", selector, got, want)
	}
}

// address is that of the page.
func (r *reader) address() *url.URL {
	r.Helper()
	text, err := r.tab.URL()
	r.can(err)
	u, err := url.Parse(text)
	r.can(err)
	return u
}

// eval is the value of an expression in the page.
func eval[T any](r *reader, expression string) T {
	r.Helper()
	v, err := browser.Eval[T](r.tab, expression)
	r.can(err)
	return v
}

// number is the first number that a text says.
func number(t *testing.T, text string) (n int) {
	t.Helper()
	digits := strings.FieldsFunc(strings.ReplaceAll(text, ",", ""), func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 {
		t.Fatalf("%q says no number", text)
	}
	if _, err := fmt.Sscan(digits[0], &n); err != nil {
		t.Fatal(err)
	}
	return n
}
