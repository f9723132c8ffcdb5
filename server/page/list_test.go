package page

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

func TestSearchSaysTheSearch(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.textOf("p.said"); got != "Articles with oil and price, from HarbourGazette.com or The Quay, not on the topic sport, published from May 2023 on, newest first." {
		t.Error(got)
	}
	if got := d.texts("p.said bdi"); !slices.Equal(got, []string{"oil", "price", "HarbourGazette.com", "The Quay", "sport"}) {
		t.Errorf("%q is of the search", got)
	}
	if attr(d.one("p.total"), "role") != "status" {
		t.Error("the total is not announced")
	}
	if d = draw(t, Search{Start: true, Result: found(), Stats: stats}); len(d.all("p.said"))+len(d.all("p.total")) != 0 {
		t.Error("the start page answers nothing")
	}
}

func TestHitAges(t *testing.T) {
	s := Search{Params: oil(), Result: found(), Stats: stats, Now: at("2024-03-14T13:05:00Z").Time}
	d := draw(t, s)
	if got := d.texts("ol.hits .meta"); !slices.Equal(got, []string{
		"HarbourGazette.comvia Harbour News14 March 2024, 10:05 UTC, 3 hours ago", "The Quayundated"}) {
		t.Errorf("meta %q", got)
	}
	if got := attr(d.one("ol.hits time"), "title"); got != "14 March 2024, 10:05 UTC" {
		t.Error(got)
	}
	s.Params.Set("view", viewCompact)
	d = draw(t, s)
	if got := d.texts("ol.compact .meta"); !slices.Equal(got, []string{"HarbourGazette.com14 Mar 2024Same story: 12 articles of 9 sources", "The Quayundated"}) {
		t.Errorf("in a line %q", got)
	}
	if got := attr(d.one("ol.hits time"), "title"); got != "14 March 2024, 10:05 UTC, 3 hours ago" {
		t.Error(got)
	}
	if len(d.all("p.snippet")) != 0 {
		t.Error("a line has a snippet")
	}
}

func TestShortDate(t *testing.T) {
	for precision, want := range map[string]string{"second": "2 Jan 2024", "day": "2 Jan 2024", "month": "January 2024", "year": "2024"} {
		if got := shortDate(at("2024-01-02T03:04:05Z"), precision); got != want {
			t.Errorf("%s: %q", precision, got)
		}
	}
	if shortDate(index.Time{}, "day") != "" {
		t.Error("the undated have a date")
	}
}

// TestMarksOnThePage: the marks of a phrase are one on the page.
func TestMarksOnThePage(t *testing.T) {
	p := oil()
	p.Set("q", `"oil price"`)
	if got := draw(t, Search{Params: p, Result: found(), Stats: stats}).texts("ol.hits h3 mark"); !slices.Equal(got, []string{"Oil price"}) {
		t.Errorf("marks %q", got)
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ params, text, first, seen string }{
		{"", "1 to 2 of 1,234 articles", "1", "2"},
		{"cursor=c&seen=25", "26 to 27 of 1,234 articles", "26", "27"},
		{"cursor=c", "", "", ""}, // nobody says how many there were before
		{"seen=25", "", "", ""},  // nor that there were any
		{"cursor=c&seen=-1", "", "", ""},
		{"group=text", "1 to 2 of 1,100 distinct texts", "1", "2"},
		{"group=story&cursor=c&seen=1098", "1,099 to 1,100 of 1,100 stories", "1099", "1100"},
	} {
		p := values(c.params)
		d := draw(t, Search{Params: p.values, Result: found(), Stats: stats})
		if got := strings.Join(d.texts("p.place"), ""); got != c.text {
			t.Errorf("%s: %q, want %q", c.params, got, c.text)
		}
		if got := attr(d.one("ol.hits"), "start"); got != c.first {
			t.Errorf("%s: the list starts with %q", c.params, got)
		}
		next, _ := url.Parse(d.link("nav.pages a", "Next page"))
		if got := next.Query().Get("seen"); got != c.seen {
			t.Errorf("%s: the next page has seen %q", c.params, got)
		}
	}
}

// TestSizesAndViews: the links keep what else the page shows; on another page of the list they lead to the first.
func TestSizesAndViews(t *testing.T) {
	p := oil()
	p["cursor"], p["seen"] = []string{"c"}, []string{"20"}
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.texts("div.turn ul a"); !slices.Equal(got, []string{"10", "25", "50", "100", "20"}) {
		t.Errorf("sizes %q", got)
	}
	for label, want := range map[string]string{"10": link1("size="), "100": link1("size=100"), "20": link1("")} {
		if got := d.link("div.turn ul a", label); got != want {
			t.Errorf("%s leads to %s", label, got)
		}
	}
	if got := d.link("div.order a", "compact"); got != link1("view=compact") {
		t.Error(got)
	}
	p.Set("view", viewCompact)
	d = draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.link("div.order a", "comfortable"); got != link1("") {
		t.Error(got)
	}
	for _, a := range d.all("a") {
		u, err := url.Parse(attr(a, "href"))
		if err != nil {
			t.Fatal(err)
		}
		if has := u.Query().Get("view") == viewCompact; has && u.Path != "/search" && !strings.HasPrefix(u.Path, FacetPath) {
			t.Errorf("%s knows no view", u)
		}
	}
}

func TestCheckOwn(t *testing.T) {
	for params, name := range map[string]string{
		"": "", "view=compact": "", "view=comfortable&seen=0": "", "seen=100": "", "view=list": "view", "seen=-1": "seen", "seen=x": "seen", "seen=9999999999": "seen",
	} {
		v, _ := url.ParseQuery(params)
		var p *index.ParamError
		if errors.As(CheckOwn(v), &p) != (name != "") || name != "" && p.Name != name {
			t.Errorf("%s: %v", params, p)
		}
	}
}

func TestWaysAreChips(t *testing.T) {
	p := oil()
	p["group"], p["count"], p["as_of"] = []string{"story"}, []string{"texts"}, []string{"2024-03-20T23:59:59Z"}
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	all := newParams(p)
	for label, want := range map[string]string{
		"Each story once ×": all.with("group").URL(), "Counting distinct texts ×": all.with("count").URL(),
		"As the index was at the end of 20 March 2024 ×": all.with("as_of").URL(),
	} {
		if got := d.link("ul.chips a", label); got != want {
			t.Errorf("%s leads to %s", label, got)
		}
	}
	if got := d.link("ul.chips a", "Remove all"); got != "/search?as_of=2024-03-20T23%3A59%3A59Z&q=oil+price&size=20&sort=newest" {
		t.Error(got)
	}
}

// TestZeroSaysWhatFindsNothing: one click away is the search without it.
func TestZeroSaysWhatFindsNothing(t *testing.T) {
	at := func(q, part string) index.Clause {
		i := strings.Index(q, part)
		c := index.Clause{Text: part}
		c.At.Start, c.At.End = i, i+len(part)
		return c
	}
	for q, want := range map[string]string{"oil prise gas": "oil gas", "oil OR prise": "oil", "oil (gas prise)": "oil gas", `oil -prise`: "", "prise": "", `+oil "prise"`: "oil"} {
		r := &index.Result{Clauses: []index.Clause{at(q, "oil"), at(q, "prise")}}
		r.Clauses[0].Articles = 7
		r.Clauses[1].Excluded = strings.Contains(q, "-")
		if strings.Contains(q, `"`) {
			r.Clauses[1] = at(q, `"prise"`)
		}
		d := draw(t, Search{Params: url.Values{"q": {q}}, Result: r, Stats: stats})
		got := ""
		for _, a := range d.all("section.zero a") {
			if text(a) == "search without it" {
				u, _ := url.Parse(attr(a, "href"))
				got = u.Query().Get("q")
			}
		}
		if got != want {
			t.Errorf("%s: without it is %q, want %q", q, got, want)
		}
	}
}
