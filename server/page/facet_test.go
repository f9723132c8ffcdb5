package page

import (
	"slices"
	"testing"

	"dateline/index"
)

func TestFacets(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.texts("nav.filters h3"); !slices.Equal(got, []string{"Sources 31", "Agencies 1", "People 2", "Languages 2", "Topics 1"}) {
		t.Errorf("facets %q", got)
	}
	if got := d.texts("#facet-source li"); !slices.Equal(got, []string{
		"harbourgazette.com › 1,000", "The Quay › 0", "Morning Tide not › 77"}) {
		t.Errorf("sources %q", got)
	}
	if got := d.texts("#facet-language bdi"); !slices.Equal(got, []string{"English", "xx"}) {
		t.Errorf("languages %q", got)
	}
	for _, c := range []struct{ in, label, want string }{
		{"#facet-source li a", "Morning Tide", newParams(oil()).add("source", "Morning Tide").URL()},
		{"#facet-source li.selected a", "harbourgazette.com", link1("source=The+Quay")},
		{"#facet-source li.selected a", "The Quay", link1("source=HarbourGazette.com")},
		{"#facet-source a.not", "not", link1("not.source=Morning+Tide")},
		{"#facet-source .more a", "28 more of 31", link1("facet_size=50") + "#facet-source"},
		{"#facet-agency li.none a", "none", link1("missing=agency")},
		{"#facet-person li a", "Ada Quist", link1("person=Ada+Quist")},
		{"#facet-topic li.excluded a", "not Sport", link1("not.topic=")},
	} {
		if got := d.link(c.in, c.label); got != c.want {
			t.Errorf("%s %q leads to\n%s, want\n%s", c.in, c.label, got, c.want)
		}
	}
	if got := d.texts("details.facet li a[aria-current=true]"); !slices.Equal(got, []string{"harbourgazette.com", "The Quay", "not Sport"}) {
		t.Errorf("selected %q", got)
	}
}

// TestFacetMissing: a facet's counts do not see its own filters, so choosing a value must drop "none" to find what it says.
func TestFacetMissing(t *testing.T) {
	p := oil()
	p["missing"] = []string{"agency", "person"}
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.link("#facet-agency li.none.selected a", "none"); got != newParams(p).with("missing", "person").URL() {
		t.Error(got)
	}
	if got, want := d.link("#facet-agency li a", "Harbour News"), newParams(p).with("missing", "person").with("agency", "Harbour News").URL(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p = oil()
	p["agency"] = []string{"Harbour News"}
	d = draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.link("#facet-agency li.none a", "none"); got != link1("missing=agency") {
		t.Error(got)
	}
}

func TestFacetMissingFilterWithoutFacet(t *testing.T) {
	r := found()
	r.Facets = nil
	p := oil()
	p["missing"] = []string{"author"}
	d := draw(t, Search{Params: p, Result: r, Stats: stats})
	if got := d.link("#facet-author li.none a", "none"); got != link1("") {
		t.Error(got)
	}
}

func TestFacetUnit(t *testing.T) {
	p := oil()
	p.Set("count", "texts")
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.texts("ul.unit li"); !slices.Equal(got, []string{"Numbers count", "articles", "distinct texts", "stories"}) {
		t.Error(got)
	}
	if got := d.textOf("ul.unit a[aria-current=true]"); got != "distinct texts" {
		t.Error(got)
	}
	if got := d.link("ul.unit a", "stories"); got != link1("count=stories") {
		t.Error(got)
	}
	if got := d.link("ul.unit a", "articles"); got != link1("") {
		t.Error(got)
	}
}

func TestMoreLink(t *testing.T) {
	for _, c := range []struct {
		size, text, url string
		shown, distinct int
	}{
		{"", "21 more of 31", "/search?facet_size=50", 10, 31},
		{"50", "1,950 more of 2,000", "/search?facet_size=250", 50, 2000},
		{"250", "1,750 more of 2,000", "/search?facet_size=1000", 250, 2000},
		{"1000", "", "", 1000, 2000},
		{"", "", "", 10, 10},
		{"", "", "", 11, 10}, // a selected value without a count
	} {
		p := params{}
		if c.size != "" {
			p = p.with("facet_size", c.size)
		}
		got := moreLink(p, &index.Facet{Values: make([]index.FacetValue, c.shown), Distinct: c.distinct})
		if got.Text != c.text || got.URL != c.url {
			t.Errorf("size %q, %d of %d: %v", c.size, c.shown, c.distinct, got)
		}
	}
}
