package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"dateline/index"
)

var countLink = regexp.MustCompile(`href="(/search\?[^"]*)" rel="nofollow">(?:<bdi>)?([0-9]+)(?: articles?</bdi>)?</a>`)

// unescape takes the escapes of an attribute out.
func unescape(s string) string {
	return strings.NewReplacer("&amp;", "&", "&#43;", "+", "&#39;", "'", "&#34;", `"`).Replace(s)
}

// full is an engine that takes no writes any more.
type full struct{ index.Engine }

func (f full) Stats(ctx context.Context) (index.Stats, error) {
	s, err := f.Engine.Stats(ctx)
	s.ReadOnly = "the disk is full"
	return s, err
}

func (f full) Decide(context.Context, []index.Decision) ([]index.Decision, error) {
	return nil, &index.ReadOnlyError{Reason: "the disk is full", Full: true}
}

// submit sends a form as a browser on the same machine does.
func submit(h http.Handler, form string) *http.Response {
	r := local("POST", "/entity/decide", form)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// TestDecideOnPage sends forms one after the other and follows where each leads.
func TestDecideOnPage(t *testing.T) {
	h, e := peopleServer(t, quiet())
	const (
		here  = "&back=/entity/person/Ruslan%2520Mirzaev"
		lund  = "&back=/entity/person/Bo%2520Lund"
		short = "&back=/entity/person/R.%2520M."
	)
	for _, c := range []struct{ form, leads, has string }{
		{"action=take&type=person&name=Ruslan+Mirzaev&other=Bo+Lund" + here + "%3Ffrom%3D2024", "/entity/person/Ruslan%20Mirzaev?done=1&from=2024", "Done: merged"},
		{"action=rename&type=person&name=Ruslan+Mirzaev&other=R.+M." + here, "/entity/person/R%2E%20M%2E?done=2", "4 articles</bdi>"},
		{"action=undo&undoes=2" + short, "/entity/person/Ruslan%20Mirzaev?done=3", "Done: took back decision 2: renamed"},
		{"action=split&type=person&name=Bo+Lund" + here, "/entity/person/Ruslan%20Mirzaev?done=4", "3 articles</bdi>"},
		{"action=hide&type=person&name=Ruslan+Mirzaev" + here, "/entity/person/Ruslan%20Mirzaev?done=5", "Hidden: lists and filters"},
		{"action=show&type=person&name=Ruslan+Mirzaev&back=/entities?name=mirz", "/entities?done=6&name=mirz", "<bdi>Ruslan Mirzaev</bdi></a> <span class=\"spellings\">"},
		{"action=apart&type=person&name=Bo+Lund&other=Ruslan+Mirzaev" + lund, "/entity/person/Bo%20Lund?done=7", "Decided to be others"},
		{"action=merge&type=person&name=Bo+Lund&other=Ada+Quist" + lund, "/entity/person/Ada%20Quist?done=8", "3 articles</bdi>"},
		{"action=undo&back=/search?q=x", "/entities?done=9", "Done: took back decision 8: merged"},
	} {
		r := submit(h, c.form)
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusSeeOther || got != c.leads {
			t.Fatalf("%s: %d, leads to %s, want %s\n%s", c.form, r.StatusCode, got, c.leads, pageText(t, r))
		}
		r = browse(h, c.leads)
		if text := pageText(t, r); r.StatusCode != 200 || !strings.Contains(text, c.has) || !strings.Contains(text, `<div class="notice done"`) {
			t.Errorf("%s: %s: %d without %q\n%s", c.form, c.leads, r.StatusCode, c.has, text)
		}
	}
	log, err := e.Decisions(t.Context())
	if err != nil || len(log) != 9 {
		t.Errorf("%d decisions, %v", len(log), err)
	}
	if text := pageText(t, browse(h, "/entity/person/Ruslan%20Mirzaev?done=4")); strings.Contains(text, `<div class="notice done"`) {
		t.Error("an old address tells of an old decision")
	}
}

// TestDecisionRefused: the page comes back with the message in the form, and nothing is recorded.
func TestDecisionRefused(t *testing.T) {
	h, e := peopleServer(t, quiet())
	for _, c := range []struct{ form, has string }{
		{"action=rename&type=person&name=Ruslan+Mirzaev&other=&back=/entity/person/Ruslan%2520Mirzaev", `aria-describedby="rename-fault"`},
		{"action=take&type=person&name=Ruslan+Mirzaev&other=&back=/entity/person/Ruslan%2520Mirzaev%3Fq%3Doil", `aria-describedby="merge-fault"`},
		{"action=undo&undoes=7&back=/entity/person/Ruslan%2520Mirzaev", `<p class="notice wrong" role="alert">`},
		{"action=undo&back=/entities", `<p class="notice wrong" role="alert">`},
		{"action=marry&type=person&name=A&other=B&back=/entity/person/Nobody", "<h1>People, organisations and places</h1>"},
		{"action=merge&type=thing&name=A&other=B&back=/entities%3Fsize%3D9999", "<h1>"},
		{"", `role="alert"`},
	} {
		r := submit(h, c.form)
		if text := pageText(t, r); r.StatusCode != http.StatusUnprocessableEntity && (r.StatusCode != 400 || !strings.Contains(c.form, "9999")) || !strings.Contains(text, c.has) {
			t.Errorf("%q: %d without %q\n%s", c.form, r.StatusCode, c.has, text)
		}
	}
	if log, err := e.Decisions(t.Context()); err != nil || len(log) != 0 {
		t.Errorf("%v was recorded, %v", log, err)
	}
}

// TestDecideGuards: forms are refused to whom writes are.
func TestDecideGuards(t *testing.T) {
	const form = "action=hide&type=person&name=Bo+Lund&back=/entities"
	remote := quiet()
	remote.AllowRemoteWrites = true
	for _, c := range []struct {
		name, method, from string
		header             [2]string
		body               string
		o                  Options
		status             int
	}{
		{"this machine", "POST", "127.0.0.1:5", [2]string{}, form, quiet(), 303},
		{"another machine", "POST", "192.0.2.7:5", [2]string{}, form, quiet(), 403},
		{"another machine that may", "POST", "192.0.2.7:5", [2]string{"Origin", "http://example.com"}, form, remote, 303},
		{"another site", "POST", "127.0.0.1:5", [2]string{"Sec-Fetch-Site", "cross-site"}, form, quiet(), 403},
		{"another site, an old browser", "POST", "192.0.2.7:5", [2]string{"Origin", "https://evil.example"}, form, remote, 403},
		{"through a proxy", "POST", "127.0.0.1:5", [2]string{"X-Forwarded-For", "192.0.2.7"}, form, quiet(), 403},
		{"another method", "GET", "127.0.0.1:5", [2]string{}, "", quiet(), 405},
		{"too large", "POST", "127.0.0.1:5", [2]string{}, form + strings.Repeat("&x=yyyyyyyy", 10_000), quiet(), 413},
		{"twice", "POST", "127.0.0.1:5", [2]string{}, form + "&name=Ada+Quist", quiet(), 400},
		{"not UTF-8", "POST", "127.0.0.1:5", [2]string{}, "action=hide&type=person&name=%ff", quiet(), 400},
		{"no number", "POST", "127.0.0.1:5", [2]string{}, "action=undo&undoes=x", quiet(), 400},
		{"no form", "POST", "127.0.0.1:5", [2]string{}, "action=%zz", quiet(), 400},
		{"another type", "POST", "127.0.0.1:5", [2]string{"Content-Type", "text/plain"}, form, quiet(), 422},
	} {
		h, e := peopleServer(t, c.o)
		r := local(c.method, "/entity/decide", c.body)
		r.RemoteAddr = c.from
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if c.header[0] != "" {
			r.Header.Set(c.header[0], c.header[1])
		}
		w := do(h, r)
		if w.Code != c.status {
			t.Errorf("%s: %d, want %d: %s", c.name, w.Code, c.status, w.Body)
		}
		if log, err := e.Decisions(t.Context()); err != nil || (len(log) > 0) != (c.status == 303) {
			t.Errorf("%s: %d decisions, %v", c.name, len(log), err)
		}
	}
	_, e := peopleServer(t, quiet())
	if r := submit(New(full{e}, quiet()), form); r.StatusCode != http.StatusInsufficientStorage {
		t.Errorf("a full disk: %d", r.StatusCode)
	}
}

func TestBackTo(t *testing.T) {
	for address, want := range map[string]string{
		"/entity/person/Ruslan%20Mirzaev":             "/entity/person/Ruslan%20Mirzaev?done=7",
		"/entity/person/A%2FB?from=2023&done=4&q=a+b": "/entity/person/A%2FB?done=7&from=2023&q=a+b",
		"/entity/org/a/b":                             "/entity/org/a%2Fb?done=7",
		"/entity/person/..%2F..%2Fsearch":             "/entity/person/%2E%2E%2F%2E%2E%2Fsearch?done=7",
		"/entities?name=mirz&size=50":                 "/entities?done=7&name=mirz&size=50",
		"/entities":                                   "/entities?done=7",
		"":                                            "/entities?done=7",
		"/":                                           "/entities?done=7",
		"/search?q=x":                                 "/entities?done=7",
		"/entity/people/x?q=x":                        "/entities?done=7",
		"/entity/person/":                             "/entities?done=7",
		"/entity/person/..":                           "/entities?done=7",
		"/entity/person/%ff":                          "/entities?done=7",
		"/entity/person/%zz":                          "/entities?done=7",
		"/entity/person/x?q=%zz":                      "/entity/person/x?done=7",
		"https://evil.example/entity/person/x":        "/entities?done=7",
		"//evil.example/entity/person/x":              "/entities?done=7",
		"//evil.example/entities":                     "/entities?done=7",
		`/\evil.example`:                              "/entities?done=7",
		"javascript:alert(1)":                         "/entities?done=7",
		"/entity/person/x\r\nSet-Cookie: a=b":         "/entities?done=7",
		"/entity/person/x%0d%0aSet-Cookie:%20a=b?a=%0a": "/entity/person/x%0D%0ASet-Cookie:%20a=b?a=%0A&done=7",
	} {
		if got := backTo(address).url(7); got != want {
			t.Errorf("%q leads back to %s, want %s", address, got, want)
		}
	}
}

// FuzzBackTo: whatever a form says, it leads back to a page about entities of this server.
func FuzzBackTo(f *testing.F) {
	f.Add("/entity/person/Ruslan%20Mirzaev?from=2023")
	f.Add("//evil.example/entities?name=%0d%0a")
	f.Fuzz(func(t *testing.T, address string) {
		got := backTo(address).url(1)
		u, err := url.Parse(got)
		if err != nil || u.Host != "" || u.Scheme != "" || u.Path != "/entities" && !strings.HasPrefix(u.Path, "/entity/") || strings.ContainsAny(got, "\r\n\\ ") {
			t.Errorf("%q leads to %q", address, got)
		}
		if again := backTo(strings.Replace(got, "done=1", "", 1)).url(1); again != got {
			t.Errorf("%q leads to %q, and from there to %q", address, got, again)
		}
	})
}
