package page

import (
	"net/url"
	"slices"
	"testing"

	"dateline/index"
	"dateline/index/silence"
)

func silent() *silence.Report {
	return &silence.Report{Days: 58, Median: 1, Least: 5, Gaps: []silence.Gap{
		{From: "2023-05-10", To: "2023-05-31", Days: 22}, {From: "2024-03-01", To: "2024-03-14", Days: 14, Open: true},
	}}
}

func TestSource(t *testing.T) {
	d := draw(t, wire())
	for selector, want := range map[string][]string{
		"h1": {"HarbourGazette.com"}, "head title": {"HarbourGazette.com – Dateline"}, "p.kind": {"Source"},
		"p.total":                   {"1,234 articles · 1,100 distinct texts · 1,100 stories"},
		".results > .explain":       nil,
		".results h2":               {"Dates", "Gaps", "Agencies", "Most named", "First article", "Latest articles"},
		"section.gaps p":            {"It has articles on 58 days, usually every day. A gap is 5 days or more without any: 5 times as long."},
		"section.gaps tbody tr":     {"10 May 2023 – 31 May 202322 days", "1 March 2024 – 14 March 2024 until the newest article of all sources14 days"},
		"section.agencies tbody tr": {"Harbour News120.97%", "no agency named1,22299%"},
		".named h3":                 {"People", "Organisations"},
		".named li":                 {"Ruslan Mirzaev 9", "Ada Quist 4", "Port Authority 6"},
		".narrowing h3":             {"Sections 1", "Topics 1", "Languages 2"},
	} {
		if want == nil {
			continue
		}
		if got := d.texts(selector); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got := d.texts(".results .explain")[:2]; !slices.Equal(got, []string{"The first of 14 March 2024, the latest of 14 March 2024; 23 undated.", "134 articles repeat a text that another of them has."}) {
		t.Errorf("%q", got)
	}
}

// TestSourceLinks: what narrows stays on the page, what lists articles is the search for them.
func TestSourceLinks(t *testing.T) {
	s := wire()
	s.Params = url.Values{"from": {"2023"}, "tz": {"Europe/Berlin"}}
	d := draw(t, s)
	const here, search = "/source/HarbourGazette%2Ecom?from=2023&", "/search?from=2023&"
	const tail = "source=HarbourGazette.com&tz=Europe%2FBerlin"
	for _, c := range []struct{ in, label, want string }{
		{"p.total a", "1,234 articles", search + tail},
		{".explain a", "23 undated", search + "q=NOT+has%3Adate&" + tail},
		{"details.table a", "July 2023", "/source/HarbourGazette%2Ecom?from=2023-07&to=2023-07&tz=Europe%2FBerlin"},
		{".gaps a", "10 May 2023 – 31 May 2023", "/search?from=2023-05-10&to=2023-05-31&tz=Europe%2FBerlin"},
		{".agencies a", "Harbour News", "/source/HarbourGazette%2Ecom?agency=Harbour+News&from=2023&tz=Europe%2FBerlin"},
		{".agencies a", "no agency named", here + "missing=agency&tz=Europe%2FBerlin"},
		{".named a", "Ruslan Mirzaev", "/entity/person/Ruslan%20Mirzaev"},
		{".named a", "9", search + "person=Ruslan+Mirzaev&" + tail},
		{".named a", "39 more of 40", "/source/HarbourGazette%2Ecom?facet_size=50&from=2023&tz=Europe%2FBerlin"},
		{"#facet-section a", "Business", here + "section=Business&tz=Europe%2FBerlin"},
		{"ul.forms a", "this source as JSON", "/api/v1/sources/HarbourGazette%2Ecom?from=2023&tz=Europe%2FBerlin"},
		{"ul.chips a", "From 2023 ×", "/source/HarbourGazette%2Ecom?tz=Europe%2FBerlin"},
	} {
		if got := d.link(c.in, c.label); got != c.want {
			t.Errorf("%s %q leads to\n%s, want\n%s", c.in, c.label, got, c.want)
		}
	}
	if got := d.textOf("p.total"); got != "1,234 articles of 1,234 articles in all · 1,100 distinct texts · 1,100 stories" {
		t.Error(got)
	}
	if got := attr(d.one("form#narrow"), "action"); got != "/source/HarbourGazette%2Ecom" {
		t.Errorf("the page is narrowed at %s", got)
	}
	if got := attr(d.one("form#narrow input[name=tz]"), "value"); got != "Europe/Berlin" {
		t.Errorf("the form loses the zone: %q", got)
	}
}

// TestSourceGaps: when there is a part about gaps, and what it says.
func TestSourceGaps(t *testing.T) {
	for _, c := range []struct {
		name   string
		report *silence.Report
		want   []string
	}{
		{"not looked for", nil, nil},
		{"nothing dated", &silence.Report{}, nil},
		{"one day", &silence.Report{Days: 1}, []string{"Only 1 day has articles; it takes 10 to tell what is regular."}},
		{"none", &silence.Report{Days: 12, Median: 7, Least: 35}, []string{"It has articles on 12 days, usually every 7 days. A gap is 35 days or more without any: 5 times as long.", "There is no gap."}},
	} {
		s := wire()
		s.Silence = c.report
		d := draw(t, s)
		if got := d.texts("section.gaps p"); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if len(d.all("section.gaps table")) != 0 {
			t.Errorf("%s: an empty table", c.name)
		}
	}
}

// TestSourceBare: a source of which nothing is left.
func TestSourceBare(t *testing.T) {
	d := draw(t, Source{Name: "X", Params: url.Values{"q": {"oil"}}, Articles: 3})
	if n := len(d.all("section.gaps")) + len(d.all("section.agencies")) + len(d.all("section.named")) + len(d.all("ol.hits")) + len(d.all("svg")); n != 0 {
		t.Errorf("%d empty parts", n)
	}
	if got := d.textOf("p.total"); got != "0 articles of 3 articles in all · 0 distinct texts · 0 stories" {
		t.Error(got)
	}
}

func TestSources(t *testing.T) {
	d := draw(t, paged())
	if got := d.texts("main tbody tr"); !slices.Equal(got, []string{"HarbourGazette.com1,2342 May 20232 July 202323", "The Quay32 August 20232 August 2023", "..1"}) {
		t.Errorf("%q", got)
	}
	if got := d.textOf("p.explain"); got != "120 sources, the largest first. The bars show the articles by month, 1 May 2023 – 31 August 2023; each source has its own scale." {
		t.Error(got)
	}
	bars := d.all("tbody rect")
	if len(bars) != 3 {
		t.Fatalf("%d bars", len(bars))
	}
	for i, want := range []struct{ x, height string }{{"6.5%", "50%"}, {"56.5%", "100%"}, {"81.5%", "100%"}} {
		if attr(bars[i], "x") != want.x || attr(bars[i], "height") != want.height {
			t.Errorf("bar %d: %v", i, bars[i].Attr)
		}
	}
	for label, want := range map[string]string{"HarbourGazette.com": "/source/HarbourGazette%2Ecom", "1,234": "/search?source=HarbourGazette.com", "Next page": "/sources?page=2"} {
		if got := d.link("main a", label); got != want {
			t.Errorf("%s leads to %s, want %s", label, got, want)
		}
	}
	s := paged()
	s.Page, s.Name, s.Size = 2, "har", 60
	d = draw(t, s)
	if got := d.link("nav.pages a", "Previous page"); got != "/sources?name=har&page=1&size=60" || len(d.all("nav.pages a")) != 1 {
		t.Error(got)
	}
	for name, want := range map[string]string{"": "No article names its source.", "zeppelin": "No source has such a name."} {
		if got := draw(t, Sources{Name: name}).textOf("p.explain"); got != want {
			t.Error(got)
		}
	}
}

// TestSourcesTooLong: rows without bars where there would be too many.
func TestSourcesTooLong(t *testing.T) {
	s := paged()
	s.Interval = index.Day
	s.Rows[0].Days = []index.Bucket{{Start: "2001-05-01", Count: 5}}
	if d := draw(t, s); len(d.all("tbody rect")) != 0 || d.textOf("p.explain") != "120 sources, the largest first." {
		t.Error(d.textOf("p.explain"))
	}
}
