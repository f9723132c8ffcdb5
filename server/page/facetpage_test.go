package page

import (
	"net/url"
	"slices"
	"testing"

	"dateline/index"
)

func sourcePage(prefix string, distinct int) FacetPage {
	f := *foundFacets()[index.FieldSource]
	f.Distinct, f.Missing = distinct, 5
	return FacetPage{Params: oil(), Field: index.FieldSource, Prefix: prefix, Facet: &f, Stats: stats}
}

func hostileFacetPage() FacetPage {
	s := hostileCopies(viewCompact)
	return FacetPage{Params: s.Params, Field: index.FieldOrg, Prefix: hostile, Facet: hostileSearch().Result.Facets[index.FieldOrg], Unit: index.Texts, Stats: stats}
}

func TestFacetPage(t *testing.T) {
	d := draw(t, sourcePage("", 31))
	if got := d.textOf("h1"); got != "Sources" {
		t.Error(got)
	}
	if got := d.textOf("p.found-values"); got != "31 sources; the 3 with the largest numbers are listed; type the beginning of a word to find others. Numbers are articles." {
		t.Error(got)
	}
	if got := d.texts("ul.values li"); !slices.Equal(got, []string{"harbourgazette.com › 1,000", "The Quay › 0", "Morning Tide not › 77", "none 5"}) {
		t.Errorf("values %q", got)
	}
	for label, want := range map[string]string{
		"Morning Tide": newParams(oil()).add("source", "Morning Tide").URL(), "The Quay": link1("source=HarbourGazette.com"),
		"not": link1("not.source=Morning+Tide"), "none": link1("source=&missing=source"),
	} {
		if got := d.link("ul.values a", label); got != want {
			t.Errorf("%s leads to %s, want %s", label, got, want)
		}
	}
	if got := d.link("p.back a", "Back to the results"); got != newParams(oil()).URL() {
		t.Error(got)
	}
	if len(d.all("p.said")) != 1 {
		t.Error("the page does not say of which search")
	}
}

func TestFacetPageForm(t *testing.T) {
	d := draw(t, sourcePage("mor", 1))
	form := d.one("form.find")
	sent := url.Values{}
	for _, n := range d.all("form.find input") {
		sent.Add(attr(n, "name"), attr(n, "value"))
	}
	if attr(form, "action") != "/facet/source" || sent.Get("prefix") != "mor" || newParams(sent).URL() != newParams(oil()).URL() {
		t.Errorf("%s sends %v", attr(form, "action"), sent)
	}
	if got := d.textOf("p.found-values"); got != "1 source with a word that begins like mor. Numbers are articles." {
		t.Error(got)
	}
	if got := d.link("form.find a", "Show all"); got != newParams(oil()).at("/facet/source") {
		t.Error(got)
	}
	if len(d.all("li.none")) != 0 {
		t.Error("none begins like mor")
	}
}

func TestFacetPageOfNothing(t *testing.T) {
	d := draw(t, FacetPage{Field: index.FieldAgency, Prefix: "x", Facet: &index.Facet{Missing: 3}, Unit: index.Stories, Stats: stats})
	if got := d.textOf("p.found-values"); got != "0 agencies with a word that begins like x. Numbers are stories." {
		t.Error(got)
	}
	if got := d.textOf("p.nothing"); got != "Nothing here begins like that." {
		t.Error(got)
	}
}

// TestFacetHasABox: for what the script adds, and without it a link to the page, where not all values are listed.
func TestFacetHasABox(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	boxes := d.all(".find[data-facet]")
	if len(boxes) != 1 || attr(boxes[0], "data-facet") != "source" || attr(boxes[0], "data-label") != "Find a source" || !hasAttr(boxes[0], "hidden") {
		t.Errorf("%d boxes", len(boxes))
	}
	if got := d.link("#facet-source .more a", "Search them"); got != newParams(oil()).at("/facet/source") {
		t.Error(got)
	}
	p := oil()
	p.Set("facet_size", "50")
	r := found()
	r.Facets[index.FieldSource].Values = slices.Repeat(r.Facets[index.FieldSource].Values, 7)
	d = draw(t, Search{Params: p, Result: r, Stats: stats})
	if got := d.link("#facet-source .more a", "Fewer"); got != link1("")+"#facet-source" {
		t.Error(got)
	}
	if got := attr(d.all("#facet-source .more a")[0], "href"); got != link1("facet_size=250")+"#facet-source" {
		t.Error(got)
	}
}
