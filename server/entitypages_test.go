package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

// named makes an article that names entities, each with its type: "person Ada Quist".
func named(id, day string, names ...string) index.Article {
	a := index.Article{ID: id, Title: "Title of " + id, Body: "Oil and ships.", Source: "The Quay", Text: "text of " + id, Published: pageTime(day), Precision: "day"}
	for _, n := range names {
		typ, name, _ := strings.Cut(n, " ")
		a.Entities = append(a.Entities, index.Entity{Type: typ, Name: name, Count: 1})
	}
	return a
}

// mirzaevs are articles that name one person in two spellings, and others.
var mirzaevs = []index.Article{
	named("a", "2024-01-05", "person Ruslan Mirzaev", "org Port Authority"),
	named("b", "2024-02-01", "person Ruslan Mirzayev", "person Ada Quist"),
	named("c", "2024-03-01", "person Ruslan Mirzaev", "person Ada Quist", "place Rotterdam"),
	named("d", "2024-03-05", "person Bo Lund", "org AC/DC"),
}

// peopleServer serves the articles, and returns the engine behind.
func peopleServer(t *testing.T, o Options) (http.Handler, index.Engine) {
	t.Helper()
	e := memory.New(memory.Options{})
	t.Cleanup(func() { _ = e.Close() })
	if _, err := e.Put(t.Context(), mirzaevs); err != nil {
		t.Fatal(err)
	}
	return New(e, o), e
}

func TestEntityPages(t *testing.T) {
	h, _ := peopleServer(t, quiet())
	for _, c := range []struct {
		path   string
		status int
		has    string
	}{
		{"/entity/person/Ruslan%20Mirzaev", 200, ">3 articles</bdi></a></strong> · 3 distinct texts"},
		{"/entity/person/ruslan%20MIRZAYEV", 200, "<h1><bdi>Ruslan Mirzaev</bdi></h1>"},
		{"/entity/person/Ruslan%20Mirzaev", 200, "<bdi>Ruslan Mirzayev</bdi> <span class=\"count\">1 article</span>"},
		{"/entity/person/Ruslan%20Mirzaev", 200, "href=\"/entity/person/Ada%20Quist\" rel=\"nofollow\"><bdi>Ada Quist</bdi></a></th><td><a href=\"/search?person=Ruslan&#43;Mirzaev&amp;q=person%3A%22Ada&#43;Quist%22\" rel=\"nofollow\">2</a></td><td>2</td>"},
		{"/entity/person/Ruslan%20Mirzaev?from=2024-02&q=oil", 200, ">2 articles</bdi></a></strong> of 3 articles in all"},
		{"/entity/person/Ruslan%20Mirzaev?variants=off", 200, ">2 articles</bdi></a></strong> of 3 articles in all"},
		{"/entity/person/Ruslan%20Mirzaev?source=nobody", 200, "No article of it is left: remove a filter."},
		{"/entity/person/Ruslan%20Mirzaev?done=9", 200, "<h1><bdi>Ruslan Mirzaev</bdi></h1>"},
		{"/entity/person/Ruslan%20Mirzaev?done=x&sort=oldest", 200, "<h1><bdi>Ruslan Mirzaev</bdi></h1>"},
		{"/entity/org/AC%2FDC", 200, "<h1><bdi>AC/DC</bdi></h1>"},
		{"/entity/place/rotterdam", 200, "<title>Rotterdam – Dateline</title>"},
		{"/entity/person/Ruslan%20Mirzaev?person=Ada+Quist", 400, "<code>person</code>"},
		{"/entity/person/Ruslan%20Mirzaev?from=2024&size=1000", 400, "<a href=\"/entity/person/Ruslan%20Mirzaev?from=2024\" rel=\"nofollow\">Search without it</a>"},
		{"/entity/person/Ruslan%20Mirzaev?q=oil+AND", 400, "role=\"search\" action=\"/entity/person/Ruslan%20Mirzaev\""},
		{"/entity/person/Ruslan%20Mirzaev?nonsense=x", 400, "<code>nonsense</code>"},
		{"/entity/place/Ruslan%20Mirzaev", 404, "<h1>"},
		{"/entity/person/Nobody", 404, "<a href=\"/entities?name=Nobody\""},
		{"/entity/people/Ruslan%20Mirzaev", 404, "<h1>"},
		{"/entity/person/", 404, "<h1>"},
		{"/entity/person/%2E%2E", 404, "<h1>"},
		{"/entity/person/" + strings.Repeat("x", 1000), 404, "<h1>"},
		{"/entity/person/%3Cscript%3E", 404, "&lt;script&gt;"},
		{"/entities", 200, "href=\"/entity/person/Ruslan%20Mirzaev\" rel=\"nofollow\"><bdi>Ruslan Mirzaev</bdi></a> <span class=\"spellings\">2 spellings</span>"},
		{"/entities?name=mirzay", 200, "<bdi>Ruslan Mirzaev</bdi></a>"},
		{"/entities?name=zeppelin", 200, "No person has such a name."},
		{"/entities?facet_size=1", 200, "2 more of 3"},
		{"/entities?size=1000", 400, "<p>Size must be a number from 1 to 100, not"},
		{"/entities?name=a&name=b", 400, "<p>Name is given 2 times with different values."},
		{"/entities?name=%ff", 400, "<p>Name is not valid UTF-8."},
		{"/entities?name=" + strings.Repeat("x", 2000), 400, "<p>Name has 2000 bytes; no name has more than 1024."},
		{"/entities?nonsense=x", 400, "<p>Nonsense is not a parameter here."},
	} {
		r := browse(h, c.path)
		text := pageText(t, r)
		if r.StatusCode != c.status || !strings.Contains(text, c.has) {
			t.Errorf("%.80s: status %d, want %d with %q in\n%s", c.path, r.StatusCode, c.status, c.has, text)
		}
		for name, want := range pageHeaders {
			if name == "Referrer-Policy" && r.StatusCode == 200 {
				want = "same-origin"
			}
			if got := r.Header.Get(name); got != want {
				t.Errorf("%.80s: %s is %q, want %q", c.path, name, got, want)
			}
		}
	}
}

// TestEntityPageNumbersAgree: a number on an entity's page is that of the search which it leads to.
func TestEntityPageNumbersAgree(t *testing.T) {
	h, e := peopleServer(t, quiet())
	n := 0
	for _, narrow := range []string{"", "?q=oil+ships&from=2024-02"} {
		text := pageText(t, browse(h, "/entity/person/Ruslan%20Mirzaev"+narrow))
		for _, m := range countLink.FindAllStringSubmatch(text, -1) {
			u, err := url.Parse(unescape(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			req, err := index.ParseRequest(u.Query(), noon)
			if err != nil {
				t.Fatal(err)
			}
			found, err := e.Search(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			if n++; fmt.Sprint(found.Total.Articles) != m[2] {
				t.Errorf("%s finds %d, but the page says %s", u, found.Total.Articles, m[2])
			}
		}
	}
	if n != 2*4-1 { // the total, and three companions, of which one is older than February
		t.Errorf("%d numbers", n)
	}
}

// browseFrom asks as a browser at an address does.
func browseFrom(h http.Handler, from, path string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = from
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// TestFormsForThoseWhoMayWrite: the others see no form that they could not send.
func TestFormsForThoseWhoMayWrite(t *testing.T) {
	remote := quiet()
	remote.AllowRemoteWrites = true
	for _, c := range []struct {
		name, from string
		o          Options
		full       bool
		forms      bool
	}{
		{"this machine", "127.0.0.1:5", quiet(), false, true},
		{"another", "192.0.2.7:5", quiet(), false, false},
		{"another that may", "192.0.2.7:5", remote, false, true},
		{"this machine, a full disk", "127.0.0.1:5", quiet(), true, false},
	} {
		_, e := peopleServer(t, c.o)
		if c.full {
			e = full{e}
		}
		h := New(e, c.o)
		for _, path := range []string{"/entity/person/Ruslan%20Mirzaev", "/entities"} {
			text := pageText(t, browseFrom(h, c.from, path))
			if got := strings.Contains(text, `method="post"`); got != c.forms && (path != "/entities" || got) {
				t.Errorf("%s: %s has forms: %t", c.name, path, got)
			}
			if !strings.Contains(text, "<h1>") {
				t.Errorf("%s: %s is no page: %s", c.name, path, text)
			}
		}
	}
}
