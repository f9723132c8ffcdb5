package page

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/analysis"
)

// searchPath is the path of the search.
const searchPath = "/search"

// params are the parameters of a search. Every link to a search is made from those of the page by with. They are not changed.
type params struct {
	values url.Values
	path   string // of the page that they narrow; "" is the search

	patterns patterns // of the page's own parameters; nil remembers none
}

// with returns the parameters with one of them set to values, or gone when there are none. A cursor belongs to the search
// that made it, so any change drops it.
func (p params) with(name string, values ...string) params {
	q := params{values: maps.Clone(p.values), path: p.path}
	if q.values == nil {
		q.values = url.Values{}
	}
	delete(q.values, "cursor")
	delete(q.values, "seen")
	delete(q.values, name)
	if len(values) > 0 {
		q.values[name] = values
	}
	return q
}

// add returns the parameters with one more value of one of them.
func (p params) add(name, value string) params {
	return p.with(name, append(slices.Clone(p.values[name]), value)...)
}

// remove returns the parameters without a value of one of them, in whatever spelling it stands there.
func (p params) remove(name, value string) params {
	return p.with(name, slices.DeleteFunc(slices.Clone(p.values[name]), func(v string) bool { return same(v, value) })...)
}

// without returns the parameters with some of them gone.
func (p params) without(names ...string) params {
	q := p.with("cursor")
	for _, n := range names {
		delete(q.values, n)
	}
	return q
}

// empty reports whether nothing is asked.
func (p params) empty() bool { return len(p.values) == 0 }

// get returns the first value of a parameter, or "".
func (p params) get(name string) string { return p.values.Get(name) }

// has reports whether a parameter has a value, in whatever spelling.
func (p params) has(name, value string) bool {
	return slices.ContainsFunc(p.values[name], func(v string) bool { return same(v, value) })
}

// URL is the address of the page.
func (p params) URL() string {
	return p.at(cmp.Or(p.path, searchPath))
}

// at is the address of a path with the parameters. Those of the search page itself (Own) are known only to it and to the pages
// that lead back to it.
func (p params) at(path string) string {
	v := p.values
	if path != searchPath && path != ComparePath && path != p.path && !strings.HasPrefix(path, FacetPath) {
		v = maps.Clone(v)
		for _, name := range Own {
			delete(v, name)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// hidden lists the parameters for a form that has its own inputs for some names.
func (p params) hidden(but ...string) []hidden {
	var list []hidden
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if slices.Contains(but, name) {
			continue
		}
		for _, v := range p.values[name] {
			list = append(list, hidden{name, v})
		}
	}
	return list
}

// filterNames lists the parameters that narrow a search, in the order in which the page shows them.
func filterNames() []string {
	names := []string{"from", "to"}
	for _, f := range index.FacetFields {
		names = append(names, string(f), "not."+string(f))
	}
	return append(names, "missing")
}

// known lists every parameter of a search. A page carries on no others, whatever the address held.
func known() []string {
	return append(filterNames(), "q", "match", "sort", "size", "cursor", "interval", "facets", "facet_size", "count", "group",
		"recency", "explain", "tz", "variants", "as_of", "future", "view", "seen", "chart")
}

// newParams takes the parameters that a search knows, without empty values, which forms send for empty inputs.
func newParams(v url.Values) params {
	kept := url.Values{}
	for _, name := range known() {
		for _, value := range v[name] {
			if value != "" {
				kept[name] = append(kept[name], value)
			}
		}
	}
	return params{values: kept, patterns: patterns{}}
}

// zone is the time zone of the search.
func (p params) zone() *time.Location {
	if zone, err := index.LoadZone(p.get("tz")); err == nil {
		return zone
	}
	return time.UTC
}

// same reports whether two spellings of a value select the same articles: case, accents, space and "www." do not count.
func same(a, b string) bool { return a == b || analysis.Fold(a) == analysis.Fold(b) }

// only returns the parameters without all but one.
func (p params) only(name string) params {
	return params{}.with(name, p.values[name]...)
}

// articleURL is the address of an article's page.
func articleURL(id string) string { return "/article/" + index.EscapeID(id) }

// versionsURL is the address of the page about what an article has said.
func versionsURL(id string) string { return "/versions/" + index.EscapeID(id) }

// versionURL is the address of one of them.
func versionURL(id string, number int) string {
	return versionsURL(id) + "?show=" + strconv.Itoa(number)
}

// changesURL is the address of the differences between two of them.
func changesURL(id string, from, to int) string {
	return versionsURL(id) + "?from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to) + "#changes"
}
