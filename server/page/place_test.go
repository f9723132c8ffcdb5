package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// placed is an article that a search for ships led to, the 12th of 345.
func placed() Article {
	a := mentioned()
	around := &index.Around{ID: a.ID, Position: 12, Previous: &index.Neighbour{ID: "b/1", Title: "Before"}, Next: &index.Neighbour{ID: "c", Language: "he", Title: ""},
		Marks: index.Marks{
			Title: segmented(a.Title), Lead: segmented("[Repairs] took three weeks."),
			Body: segmented("Mr. [Mirzaev] said on Thursday that [ships] are back.\n\nRotterdam was quiet."),
		}}
	p := url.Values{"q": {"mirzaev OR ships"}, "source": {"A", "B"}, "size": {"50"}, "explain": {"1"}, "evil": {"x"}}
	return Article{Article: a, Place: &Place{Params: p, Around: around, Total: index.Total{Articles: 345, Texts: 300}}, Stats: stats}
}

func TestPlace(t *testing.T) {
	d := draw(t, placed())
	if got := d.textOf(".standing p"); got != "12 of 345 articles for mirzaev OR ships Back to the results" {
		t.Error(got)
	}
	for selector, want := range map[string]string{
		".standing a.previous":   "/article/b%2F1?q=mirzaev+OR+ships&size=50&source=A&source=B",
		".standing a.next":       "/article/c?q=mirzaev+OR+ships&size=50&source=A&source=B",
		".standing a[data-back]": "/search?q=mirzaev+OR+ships&size=50&source=A&source=B",
		"link[rel=canonical]":    "/article/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1",
		"a[data-names]":          "/article/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1?names=1&q=mirzaev+OR+ships&size=50&source=A&source=B",
	} {
		if got := attr(d.one(selector), "href"); got != want {
			t.Errorf("%s leads to %s, want %s", selector, got, want)
		}
	}
	if got := d.texts(".standing .to"); !slices.Equal(got, []string{"Before", "(no title)"}) {
		t.Errorf("neighbours %q", got)
	}
	if attr(d.one("meta[name=robots]"), "content") != "noindex" || attr(d.one("#q"), "value") != "mirzaev OR ships" {
		t.Error("the page of a search is for robots, or forgets the query")
	}
}

func TestMatches(t *testing.T) {
	d := draw(t, placed())
	if got := d.texts(".full mark"); !slices.Equal(got, []string{"Repairs", "Mirzaev", "ships"}) {
		t.Errorf("marked %q", got)
	}
	if n := len(d.all("a.mention")); n != 0 {
		t.Errorf("%d names among the marks", n)
	}
	if got := d.textOf(".many"); got != "3 matches" {
		t.Error(got)
	}
	for i, a := range d.all(".matches .numbered a") {
		id := strings.TrimPrefix(attr(a, "href"), "#")
		if mark := d.one("mark#" + id); text(mark) != []string{"Repairs", "Mirzaev", "ships"}[i] {
			t.Errorf("%s leads to %q", id, text(mark))
		}
	}
	both := placed()
	both.Names = "1"
	d = draw(t, both)
	if got := d.textOf("a.mention.person mark#m2"); got != "Mirzaev" {
		t.Errorf("in the name is %q", got)
	}
	if got := attr(d.one("a[data-names]"), "href"); !strings.Contains(got, "names=0") || d.textOf("a[data-names]") != "Hide the names in the text" {
		t.Errorf("to hide them leads to %s", got)
	}
	if got := attr(d.one(".standing a.next"), "href"); !strings.Contains(got, "names=1") {
		t.Errorf("the next forgets the names: %s", got)
	}
}

func TestPlaceOfNoHit(t *testing.T) {
	for _, around := range []*index.Around{nil, {ID: "x"}} {
		a := placed()
		a.Place.Around = around
		d := draw(t, a)
		if got := d.textOf(".standing"); got != "From a search for mirzaev OR ships Back to the results" {
			t.Error(got)
		}
		if n := len(d.all(".full mark")) + len(d.all(".matches")) + len(d.all(".standing a.previous")); n != 0 {
			t.Errorf("%d marks or neighbours", n)
		}
	}
	a := placed()
	a.Place.Group = index.Texts
	if got := draw(t, a).textOf(".standing p"); !strings.HasPrefix(got, "12 of 300 distinct texts") {
		t.Error(got)
	}
}

func TestManyMatches(t *testing.T) {
	m := newMatches(1234)
	if len(m.Anchors) != maxAnchors || m.Text != "1,234 matches" || m.Rest != "and 1,214 more" || newMatches(0) != nil {
		t.Errorf("%+v", m)
	}
}

func TestHitCarriesTheSearch(t *testing.T) {
	h := index.Hit{ID: "a b"}
	for _, c := range []struct {
		p    params
		want string
	}{
		{params{}, "/article/a%20b"},
		{newParams(url.Values{"q": {"oil"}, "cursor": {"x"}, "explain": {"1"}, "sort": {"oldest"}}), "/article/a%20b?q=oil&sort=oldest"},
		{newParams(url.Values{"q": {"oil"}, "as_of": {"2024"}}), "/versions/a%20b?show=1"},
		{params{values: url.Values{"from": {"2024"}}, path: "/entity/person/x"}, "/article/a%20b"},
	} {
		if got := hitURL(c.p, h); got != c.want {
			t.Errorf("%v: %s, want %s", c.p, got, c.want)
		}
	}
}

func TestCopiesAndRelated(t *testing.T) {
	a := Article{Article: storyArticle(), Stats: stats}
	a.Copies = &Reprints{Articles: 12, Sources: 9, Some: found().Hits[:1]}
	a.Related = found().Hits[:2]
	d := draw(t, a)
	if got := d.link("main a", "All 12 copies in 9 sources"); got != "/search?q=text%3At1" {
		t.Errorf("the copies are at %s", got)
	}
	if got := d.texts(".about h2"); !slices.Equal(got[:2], []string{"Same text", "Related"}) {
		t.Errorf("sections %q", got)
	}
	a.Copies, a.Related = &Reprints{Articles: 1}, nil
	if got := draw(t, a).texts(".about h2"); slices.Contains(got, "Same text") || slices.Contains(got, "Related") {
		t.Errorf("empty sections in %q", got)
	}
}

func TestReference(t *testing.T) {
	d := draw(t, Article{Article: storyArticle(), Stats: stats})
	if got := d.textOf(".reference"); got != "Ada Quist, Bo Lund. “Port Authority reopens North Quay”. HarbourGazette.com. 14 March 2024. https://www.harbourgazette.com/a/1?x=1&y=2" {
		t.Error(got)
	}
	for name, format := range map[string]string{"BibTeX": "bibtex", "RIS": "ris", "CSL JSON": "csl"} {
		if got := d.link("main a", name); got != "/cite/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1?format="+format {
			t.Errorf("%s is at %s", name, got)
		}
	}
}
