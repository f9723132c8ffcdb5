package server

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestFaultyPageSearches: the search box of a page with a fault finds articles, whatever was wrong with the page.
func TestFaultyPageSearches(t *testing.T) {
	h, _ := peopleServer(t, quiet())
	for path, status := range map[string]int{
		"/entities?q=oil+price": 400, "/entities?name=a&name=b": 400, "/entities?size=0&name=a": 400, "/entities?nonsense=x": 400,
		"/entity/person/Ruslan%20Mirzaev?q=oil+AND": 400, "/entity/person/Ruslan%20Mirzaev?from=never": 400, "/entity/person/Nobody?q=x": 404,
		"/source/nobody": 404, "/source/The%20Quay?q=(": 400, "/sources?q=x": 400, "/accounts?from=x": 400, "/facet/person?q=(": 400, "/facet/nothing?q=x": 404,
		"/search?q=oil+AND&source=The+Quay": 400, "/search?size=1000&from=2024": 400, "/search?q=%ff": 400, "/search?q=" + strings.Repeat("a+", 9000): 400,
		"/?rising=never": 400, "/compare?q=%ff": 400, "/versions/a?from=1&to=two": 400, "/versions/a?from=x&to=2": 400, "/versions/a?q=x": 400, "/cite/a?format=x": 400, "/article/a?names=x": 400, "/article/a?q=(": 400, "/nothing?q=x": 404,
	} {
		w := do(h, local("GET", path, ""))
		if w.Code != status {
			t.Errorf("%.60s: %d, want %d", path, w.Code, status)
		}
		root, err := html.Parse(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		address := boxAddress(root, "oil")
		plain := strings.HasPrefix(path, "/entities") || strings.HasPrefix(path, "/versions")
		if plain && address != "/search?q=oil" {
			t.Errorf("%.60s: the box leads to %s", path, address)
		}
		if address == "" {
			t.Errorf("%.60s has no search box", path)
		} else if w := do(h, local("GET", address, "")); w.Code != 200 {
			t.Errorf("%.60s: the box leads to %s: %d", path, address, w.Code)
		}
	}
}

// boxAddress is where the search box of a page leads with a query.
func boxAddress(root *html.Node, query string) string {
	attribute := func(n *html.Node, name string) string {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
		return ""
	}
	for form := range root.Descendants() {
		if form.Data != "form" || attribute(form, "id") != "search" {
			continue
		}
		v := url.Values{}
		for n := range form.Descendants() {
			switch name := attribute(n, "name"); {
			case n.Data != "input" || name == "":
			case name == "q":
				v.Set("q", query)
			default:
				v.Add(name, attribute(n, "value"))
			}
		}
		return attribute(form, "action") + "?" + v.Encode()
	}
	return ""
}
