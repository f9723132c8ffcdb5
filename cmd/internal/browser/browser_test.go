package browser

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// start starts the one Chromium of the tests of this package.
var start = sync.OnceValues(Start)

func TestMain(m *testing.M) {
	code := m.Run()
	if b, err := start(); err == nil {
		b.Close()
	}
	os.Exit(code)
}

// pages are those of a small site.
var pages = map[string]string{
	"/": `<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>One</title><main><h1>One</h1>
		<form action="/two"><label for="q">Find</label> <input id="q" name="q" value="ab"></form>
		<p>First <b>bold</b></p><p>Second</p><a id="two" href="/two#there">Two</a>
		<div id="bar" style="width:200px;height:20px;background:silver"></div><p style="height:3000px"></p></main>
		<style>a:focus{outline:none}h1{color:black}@media(prefers-color-scheme:dark){h1{color:white}}</style>
		<script>
			document.title = "" + new Date(0).getHours() + matchMedia("(prefers-reduced-motion: reduce)").matches + navigator.maxTouchPoints;
			let keys = [], drag = [];
			addEventListener("keydown", e => { keys.push((e.shiftKey ? "shift " : "") + e.key); if (e.key === "#") e.preventDefault(); });
			for (const what of ["pointerdown", "pointerup"]) document.querySelector("#bar").addEventListener(what, e => drag.push(e.offsetX));
		</script>`,
	"/two":   `<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>Two</title><h1 id="there">Two</h1><p>text</p>`,
	"/bad":   `<!DOCTYPE html><link rel="icon" href="data:,"><title></title><img src="/no.png"><script>console.error("so", 1); alert("boo"); missing()</script><img src="http://other.example/x.png">`,
	"/plain": `<!DOCTYPE html><link rel="icon" href="data:,"><title>x</title><script src="/two"></script><p style="color:red">x`,
}

// open opens the start page of the site in a tab, or skips the test where there is no Chromium.
func open(t *testing.T, l Look) (tab *Tab, site string) {
	t.Helper()
	b, err := start()
	if errors.Is(err, ErrMissing) && os.Getenv("DATELINE_BROWSER") != "required" {
		t.Skip(err)
	}
	must(t, err)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/plain" {
			w.Header().Set("Content-Security-Policy", "default-src 'none'")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		text, ok := pages[r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		fmt.Fprint(w, text+" ")
	}))
	t.Cleanup(s.Close)
	tab, err = b.Open(l)
	must(t, err)
	t.Cleanup(tab.Close)
	must(t, tab.Open(s.URL))
	return tab, s.URL
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// see checks what an expression gives in the page.
func see[T comparable](t *testing.T, tab *Tab, expression string, want T) {
	t.Helper()
	got, err := Eval[T](tab, expression)
	if must(t, err); got != want {
		t.Errorf("%s is %v, want %v", expression, got, want)
	}
}

func TestActions(t *testing.T) {
	tab, site := open(t, Look{})
	texts, err := tab.Texts("p")
	if must(t, err); !slices.Equal(texts, []string{"First bold", "Second", ""}) {
		t.Errorf("texts %q", texts)
	}
	must(t, tab.Type("#q", "c é"))
	value, err := tab.Value("#q")
	if must(t, err); value != "abc é" {
		t.Errorf("the field holds %q", value)
	}
	must(t, tab.Press("Shift+ArrowLeft", "Escape", "Control+a", "?"))
	see(t, tab, "keys.slice(-4).join()", "shift ArrowLeft,Escape,a,shift ?")
	must(t, tab.Clear("#q"))
	must(t, tab.Type("#q", "x"))
	must(t, tab.Press("#")) // which the page prevents
	must(t, tab.PressFollow("Enter"))
	see(t, tab, "location.pathname + location.search", "/two?q=x")
	must(t, tab.Back())
	see(t, tab, "location.href", site+"/")
	must(t, tab.Forward())
	must(t, tab.UntilFound("#there"))
	if tab.Forward() == nil {
		t.Error("one can go forward beyond the end")
	}
	must(t, tab.Back())
	must(t, tab.Drag("#bar", 0.25, 0.75))
	see(t, tab, "drag.join()", "50,150")
	must(t, tab.Follow("#two"))
	address, err := tab.URL()
	if must(t, err); address != site+"/two#there" {
		t.Errorf("the link led to %s", address)
	}
	if faults := tab.Faults(); len(faults) > 0 {
		t.Errorf("faults %q", faults)
	}
}

func TestFocus(t *testing.T) {
	tab, _ := open(t, Look{})
	for _, want := range []struct {
		tag     string
		visible bool
	}{{"input", true}, {"a", false}} {
		must(t, tab.Press("Tab"))
		f, err := tab.Focus()
		if must(t, err); f.Tag != want.tag || f.Visible != want.visible || !slices.Contains(f.In, "main") {
			t.Errorf("%v has the focus, visible %v; want %v", f, f.Visible, want)
		}
	}
}

func TestLooks(t *testing.T) {
	for _, test := range []struct {
		look          Look
		title, colour string
		width         int
	}{
		{Look{}, "0false0", "rgb(0, 0, 0)", 1280},
		{Look{Width: 360, Phone: true, Dark: true, Zone: "Asia/Tokyo", Still: true}, "9true1", "rgb(255, 255, 255)", 980}, // it has no viewport
		{Look{Width: 700, NoScript: true}, "One", "rgb(0, 0, 0)", 700},
	} {
		t.Run(test.title, func(t *testing.T) {
			t.Parallel()
			tab, _ := open(t, test.look)
			see(t, tab, "document.title", test.title)
			see(t, tab, "document.scrollingElement.clientWidth", test.width)
			colour, err := tab.Style("h1", "color")
			if must(t, err); colour != test.colour {
				t.Errorf("the heading has the colour %s", colour)
			}
		})
	}
}

// TestMedia: what a page can ask about the reader's screen, and each look changes alone.
func TestMedia(t *testing.T) {
	tab, _ := open(t, Look{})
	for _, test := range []struct {
		look Look
		want string
	}{{Look{Forced: true}, "(forced-colors: active)"}, {Look{Paper: true}, "print"}, {Look{Dark: true}, "(prefers-color-scheme: dark)"}, {Look{}, ""}} {
		must(t, tab.Look(test.look))
		see(t, tab, `["(forced-colors: active)", "print", "(prefers-color-scheme: dark)"].filter((m) => matchMedia(m).matches).join()`, test.want)
	}
}

func TestFaults(t *testing.T) {
	tab, site := open(t, Look{})
	must(t, tab.Open(site+"/bad"))
	must(t, tab.Open(site+"/plain"))
	must(t, tab.Open(site+"/not-there"))
	got := strings.Join(tab.Faults(), "\n")
	for _, want := range []string{"console: \"so\" 1", "dialog: boo", "missing is not defined", "a request to http://other.example/x.png", "/no.png", "Content Security Policy"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among the faults", want)
		}
	}
	if strings.Contains(got, "/not-there") || t.Failed() {
		t.Error(got)
	}
}

func TestScreenshot(t *testing.T) {
	tab, _ := open(t, Look{Width: 500})
	for limit, want := range map[float64]int{1000: 1000, 2e4: 3000} {
		b, err := tab.Screenshot(limit)
		must(t, err)
		picture, err := png.Decode(bytes.NewReader(b))
		must(t, err)
		if size := picture.Bounds().Size(); size.X != 500 || size.Y < want || size.Y > want+500 || size.Y > int(limit) {
			t.Errorf("the picture has %v, at most %v", size, limit)
		}
	}
}

func TestAudit(t *testing.T) {
	tab, site := open(t, Look{})
	axe, err := OpenAxe(".")
	if errors.Is(err, ErrNoAxe) && os.Getenv("DATELINE_BROWSER") != "required" {
		t.Skip(err)
	}
	must(t, err)
	must(t, tab.Open(site+"/plain"))
	found, err := tab.Audit(axe, Tagged(WCAG...))
	must(t, err)
	if !slices.ContainsFunc(found, func(v Violation) bool { return v.ID == "html-has-lang" && strings.Contains(v.String(), "[html]") }) {
		t.Errorf("a page without a language: %v", found)
	}
	if found, err = tab.Audit(axe, Named("image-alt")); err != nil || len(found) > 0 {
		t.Errorf("no picture without a text: %v, %v", found, err)
	}
	if _, err := OpenAxe(t.TempDir()); !errors.Is(err, ErrNoAxe) {
		t.Errorf("no axe: %v", err)
	}
}
