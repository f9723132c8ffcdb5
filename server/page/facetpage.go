package page

import (
	"io"
	"net/url"
	"time"

	"dateline/index"
)

// FacetPath begins the paths of the pages of facets; the field follows.
const FacetPath = "/facet/"

// FacetPage lists the values of a facet for a search, as many as an answer may have, and narrows them by how their words begin.
type FacetPage struct {
	Params url.Values // of the search
	Field  index.Field
	Prefix string
	Facet  *index.Facet
	Unit   index.Unit // of the counts; "" is articles
	Stats  index.Stats
	Now    time.Time // what relative dates of the query are relative to
}

// facetPageView is what facetpage.html draws.
type facetPageView struct {
	frame
	Heading string
	Said    []saidRun
	Back    string // address of the search
	Action  string
	Prefix  string
	Label   string
	Kept    []hidden
	Found   string // how many values there are
	Note    string // that not all are listed
	Numbers string // what the numbers count
	Values  []facetValue
	Missing *facetValue
	Reset   string // address of the page without the prefix, or ""
}

// facetURL is the address of the page of a facet for a search.
func facetURL(p params, f index.Field) string {
	return p.without("facet_size").at(FacetPath + string(f))
}

// Render writes the page.
func (f FacetPage) Render(w io.Writer) error {
	p := newParams(f.Params).without("facet_size")
	names := fieldNames[f.Field]
	fr := newFrame(capital(names.many)+" of a search", f.Stats)
	fr.NoIndex = true
	fr.Form.Text, fr.Form.Hidden = p.get("q"), p.hidden("q")
	list := newFacet(p, f.Field, f.Facet)
	v := facetPageView{
		frame: fr, Heading: capital(names.many), Back: p.URL(), Action: FacetPath + string(f.Field), Prefix: f.Prefix,
		Label: "Find " + withArticle(names.one), Kept: p.hidden(), Values: list.Values, Missing: list.Missing,
	}
	_, v.Numbers = unitNames(f.Unit)
	if asked, known := (Search{Now: f.Now}).asked(p); known {
		v.Said = saySearch(asked, asked.Match)
	}
	v.Found = count(f.Facet.Distinct, names.one, names.many)
	if f.Prefix != "" {
		v.Reset = facetURL(p, f.Field)
		v.Missing = nil
	}
	if f.Facet.Distinct > len(f.Facet.Values) {
		v.Note = "the " + number(len(f.Facet.Values)) + " with the largest numbers are listed; type the beginning of a word to find others"
	}
	return render(w, "facetpage.html", v)
}
