package page

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"dateline/index"
)

// pattern is the address of a search with gaps for values: a page has hundreds of links that differ in nothing else.
type pattern []string

// pattern leaves gaps for one more value of each of some parameters, which are in order.
func (p params) pattern(gaps ...string) pattern {
	q := p.without()
	names := slices.AppendSeq(slices.Clone(gaps), maps.Keys(q.values))
	slices.Sort(names)
	var list pattern
	var b strings.Builder
	b.WriteString(cmp.Or(p.path, searchPath))
	sep := "?"
	for _, name := range slices.Compact(names) {
		for _, value := range q.values[name] {
			b.WriteString(sep + url.QueryEscape(name) + "=" + url.QueryEscape(value))
			sep = "&"
		}
		if slices.Contains(gaps, name) {
			b.WriteString(sep + url.QueryEscape(name) + "=")
			list = append(list, b.String())
			b.Reset()
			sep = "&"
		}
	}
	return append(list, b.String())
}

// fill is the address with a value in each gap.
func (t pattern) fill(values ...string) string {
	var b strings.Builder
	b.Grow(256)
	for i, value := range values {
		b.WriteString(t[i])
		b.WriteString(url.QueryEscape(value))
	}
	b.WriteString(t[len(values)])
	return b.String()
}

// patterns are those of a page that were needed, by the path and the parameter.
type patterns map[[2]string]pattern

// addURL is the address of add.
func (p params) addURL(name, value string) string {
	key := [2]string{p.path, name}
	t, ok := p.patterns[key]
	if !ok {
		t = p.pattern(name)
		if p.patterns != nil {
			p.patterns[key] = t
		}
	}
	return t.fill(value)
}

// includeURL is the address of include.
func includeURL(p params, f index.Field, value string) string {
	if len(p.values["missing"]) == 0 && len(p.values["not."+string(f)]) == 0 {
		return p.addURL(string(f), value)
	}
	return include(p, f, value).URL()
}
