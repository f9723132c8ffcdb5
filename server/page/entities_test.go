package page

import (
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// allNames is the page of all names with something in every part.
func allNames() Entities {
	f := foundFacets()
	f[index.FieldPerson].Values[0].Names, f[index.FieldPerson].Distinct = 3, 40
	f[index.FieldPlace] = &index.Facet{Distinct: 1, Values: []index.FacetValue{{Value: "Rotterdam", Count: 1200}}}
	return Entities{
		Facets: f, FacetSize: 10, Suggestions: mirzaev().Info.Suggestions, Waiting: 2000, Size: 10, Decisions: log(), MayDecide: true, Stats: stats,
	}
}

func TestEntities(t *testing.T) {
	d := draw(t, allNames())
	for selector, want := range map[string][]string{
		"h1":                       {"People, organisations and places"},
		"main h2":                  {"People", "Organisations", "Places", "May be the same", "Decisions"},
		"ul.ranking li":            {"Ruslan Mirzaev 3 spellings 9", "Ada Quist 4", "Rotterdam 1,200"},
		".types .explain":          {"No article names any organisation."},
		".maybe .explain":          {"1 of 2,000 are shown, those that look most alike."},
		"ul.suggestions p.because": {"one letter differs; 1 article names both; each appears with Ada Quist, Port Authority (company alike to 83%); 12 days lie between the two"},
		"ol.log li p .what": {"split off MIRZAYEV, which stands alone now", "showed Thursday again", "hid Thursday", "renamed Port Auth. to Port Authority",
			"took back decision 2: kept apart Rustam Mirzaev and Ruslan Mirzaev", "kept apart Rustam Mirzaev and Ruslan Mirzaev", "merged R. Mirzaev into Ruslan Mirzaev"},
	} {
		if got := d.texts(selector); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	for _, c := range []struct{ in, label, want string }{
		{"ul.ranking a", "Ruslan Mirzaev", "/entity/person/Ruslan%20Mirzaev"},
		{"ul.ranking a", "1,200", "/search?place=Rotterdam"},
		{".types .more a", "38 more of 40", "/entities?facet_size=50"},
		{".maybe .more a", "More suggestions", "/entities?size=100"},
		{"aside a", "7 decisions as text", "/api/v1/decisions?format=text"},
	} {
		if got := d.link(c.in, c.label); got != c.want {
			t.Errorf("%s %q leads to %s, want %s", c.in, c.label, got, c.want)
		}
	}
	undo := d.all("ol.log form.ask")
	if len(undo) != 5 { // all but that which is taken back, and the taking back
		t.Errorf("%d can be undone", len(undo))
	}
	if got := sent(undo[0]).Encode(); got != "action=undo&back=%2Fentities&undoes=7" {
		t.Error(got)
	}
}

func TestEntitiesLookUp(t *testing.T) {
	e := allNames()
	e.Name, e.FacetSize, e.Size = `mir "rus`, 50, 100
	e.Facets = nil
	d := draw(t, e)
	if got := attr(d.one("input#name"), "value"); got != `mir "rus` {
		t.Error(got)
	}
	if got := d.texts(".types .explain"); !slices.Equal(got, []string{"No person has such a name.", "No organisation has such a name.", "No place has such a name."}) {
		t.Errorf("%q", got)
	}
	if got := d.link("main a", "Show all"); got != "/entities" {
		t.Error(got)
	}
	if got := sent(d.all("ol.log form.ask")[0]).Get("back"); got != "/entities?facet_size=50&name=mir+%22rus&size=100" {
		t.Errorf("comes back to %s", got)
	}
}

func TestEntitiesBare(t *testing.T) {
	d := draw(t, Entities{})
	if got := d.textOf("aside"); !strings.HasPrefix(got, "Decisions Nothing was decided yet.") || !strings.HasSuffix(got, "0 decisions as text") {
		t.Error(got)
	}
	if got := d.textOf("section.maybe p"); got != "No names are alike enough to ask." {
		t.Error(got)
	}
}

// TestLogIsBounded: the page lists the latest; the export has all.
func TestLogIsBounded(t *testing.T) {
	e := allNames()
	e.Decisions = slices.Repeat(log()[:1], maxLog+20)
	for i := range e.Decisions {
		e.Decisions[i].Number = i + 1
	}
	d := draw(t, e)
	if got := d.texts("ol.log .number"); len(got) != maxLog || got[0] != "70" || got[maxLog-1] != "21" {
		t.Errorf("%q", got)
	}
	d.link("aside a", "70 decisions as text")
}
