package page

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"dateline/index"
)

// fieldNames are the facets in words.
var fieldNames = map[index.Field]struct{ one, many string }{
	index.FieldSource:   {"source", "sources"},
	index.FieldAgency:   {"agency", "agencies"},
	index.FieldPerson:   {"person", "people"},
	index.FieldOrg:      {"organisation", "organisations"},
	index.FieldPlace:    {"place", "places"},
	index.FieldAuthor:   {"author", "authors"},
	index.FieldLanguage: {"language", "languages"},
	index.FieldSection:  {"section", "sections"},
	index.FieldTopic:    {"topic", "topics"},
}

// closed are the facets that begin folded when they have many values: fewer readers narrow by them.
var closed = map[index.Field]bool{index.FieldAuthor: true, index.FieldSection: true}

// facet is a list of values to narrow the search by.
type facet struct {
	ID, Title string
	Field     index.Field
	Of        string // "31 sources": how many values there are
	Distinct  string // that number
	Open      bool
	Values    []facetValue
	All       string // address of the page that searches all values; "" when all are listed
	Label     string // of the box in which the script finds more
	More      link
	Less      string // address of the search with the usual number of values
	Missing   *facetValue
}

// facetValue is one of them. Href adds the filter, or takes it away when it applies.
type facetValue struct {
	Text, Count        string
	Href, Not          template.HTMLAttr
	Selected, Excluded bool
	About              template.HTML // the link to the entity's page, or ""
	Spellings          string        // how many names the entity has; "" when one
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// facets are those of the answer that leave something to choose.
func facets(p params, r *index.Result) []facet {
	var list []facet
	for _, f := range index.FacetFields {
		if c := r.Facets[f]; c != nil && len(c.Values) > 0 || p.has("missing", string(f)) {
			v := newFacet(p, f, c)
			if c != nil && c.Distinct > len(c.Values) {
				v.All, v.Label = facetURL(p, f), "Find "+withArticle(fieldNames[f].one)
			}
			list = append(list, v)
		}
	}
	return list
}

func newFacet(p params, f index.Field, c *index.Facet) facet {
	v := facet{ID: "facet-" + string(f), Title: capital(fieldNames[f].many), Field: f, Open: !closed[f]}
	if c == nil {
		c = &index.Facet{}
	}
	if c.Distinct > 0 {
		v.Distinct, v.Of = number(c.Distinct), count(c.Distinct, fieldNames[f].one, fieldNames[f].many)
	}
	for _, fv := range chosenFirst(c.Values) {
		value := newFacetValue(p, f, fv)
		v.Values = append(v.Values, value)
		v.Open = v.Open || value.Selected || value.Excluded
	}
	v.Open = v.Open || len(v.Values) <= 3
	if missing := p.has("missing", string(f)); missing || c.Missing > 0 {
		v.Missing = &facetValue{Count: number(c.Missing), Selected: missing}
		v.Missing.Href = href(p.with(string(f)).add("missing", string(f)).URL())
		if missing {
			v.Open, v.Missing.Href = true, href(p.remove("missing", string(f)).URL())
		}
	}
	if v.More = moreLink(p, c); v.More.URL != "" {
		v.More.URL += "#" + v.ID // not to begin again at the top of the page
	}
	if p.get("facet_size") != "" && len(c.Values) > index.DefaultFacetSize {
		v.Less = p.with("facet_size").URL() + "#" + v.ID
	}
	return v
}

// chosenFirst puts the values that are selected on top, then those excluded, each in their order.
func chosenFirst(values []index.FacetValue) []index.FacetValue {
	rank := func(v index.FacetValue) int {
		switch {
		case v.Selected:
			return 0
		case v.Excluded:
			return 1
		}
		return 2
	}
	return slices.SortedStableFunc(slices.Values(values), func(a, b index.FacetValue) int { return rank(a) - rank(b) })
}

func withArticle(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

func newFacetValue(p params, f index.Field, c index.FacetValue) facetValue {
	v := facetValue{Text: shown(f, c.Value), Count: number(c.Count), Selected: c.Selected, Excluded: c.Excluded}
	v.About = aboutLink(v.Text, aboutURL(f, c.Value))
	if c.Names > 1 {
		v.Spellings = count(c.Names, "spelling", "spellings")
	}
	v.Href = href(valueURL(p, f, c))
	if !c.Selected && !c.Excluded {
		v.Not = href(p.addURL("not."+string(f), c.Value))
	}
	return v
}

// valueURL adds the filter of a value, or takes it away when it applies.
func valueURL(p params, f index.Field, c index.FacetValue) string {
	switch {
	case c.Selected:
		return p.remove(string(f), c.Value).URL()
	case c.Excluded:
		return p.remove("not."+string(f), c.Value).URL()
	}
	return includeURL(p, f, c.Value)
}

// include narrows a search to a value. The counts of a facet do not see the facet's own filters, so those that would
// contradict the value give way: who clicks on "Reuters 12" gets 12.
func include(p params, f index.Field, value string) params {
	return p.remove("missing", string(f)).remove("not."+string(f), value).add(string(f), value)
}

// moreLink asks for more values of each facet.
func moreLink(p params, c *index.Facet) link {
	size := index.DefaultFacetSize
	if n, err := strconv.Atoi(p.get("facet_size")); err == nil {
		size = n
	}
	left := c.Distinct - len(c.Values)
	if left <= 0 || size >= index.MaxFacetSize {
		return link{}
	}
	next := min(max(size, 1)*5, index.MaxFacetSize)
	return link{
		Text: number(left) + " more of " + number(c.Distinct),
		URL:  p.with("facet_size", strconv.Itoa(next)).URL(),
	}
}
