package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/rising"
)

// crash is what rose in a week.
func crash() *rising.Report {
	return &rising.Report{
		Window: "7d", From: "2024-03-08", To: "2024-03-14", BeforeFrom: "2024-02-09", BeforeTo: "2024-03-07", Articles: 88, Before: 246,
		Lists: []rising.List{
			{Field: index.FieldPerson, Values: []rising.Value{{Value: "Ruslan Mirzaev", Count: 34, Before: 5, Strength: 50}, {Value: "Ada Quist", Count: 1034, Strength: 20}}},
			{Field: index.FieldTopic, Values: []rising.Value{{Value: "ports & quays", Count: 3, Before: 1200, Strength: 7}}},
		},
	}
}

// news is the front page with something in every part.
func news() Front {
	r := found()
	r.Facets[index.FieldOrg] = &index.Facet{Distinct: 1, Values: []index.FacetValue{{Value: "Port Authority", Count: 6, Names: 2}}}
	r.Facets[index.FieldPerson].Distinct = 8399
	s := stats
	s.Entities = map[string]int{index.Person: 8399, index.Org: 1, index.Place: 0}
	s.Stories = 9000
	return Front{Stats: s, Result: r, Future: 7, Rising: crash()}
}

func TestFront(t *testing.T) {
	d := draw(t, news())
	for selector, want := range map[string][]string{
		"head title":       {"Dateline"},
		".holds li":        {"12,345 articles", "11,000 distinct texts", "9,000 stories", "41 sources", "8,399 people", "1 organisation", "23 undated", "7 dated in the future"},
		".results h2":      {"Dates", "Rising", "Newest articles"},
		"aside h2":         {"Largest sources", "People", "Organisations"},
		".risings h3":      {"People", "Topics"},
		".risings li":      {"Ruslan Mirzaev 34 articles, 5 in the 28 days before", "Ada Quist 1,034 articles, none in the 28 days before", "ports & quays 3 articles, 1,200 in the 28 days before"},
		".volumes li":      {"harbourgazette.com 1,000", "Morning Tide 77", "The Quay 0"},
		"aside .more":      {"All 31 sources", "All 8,399 people"},
		".windows li":      {"In the last", "1 day", "7 days", "30 days"},
		"ol.hits h3":       {"Oil price rises as port stays shut", "(no title)"},
		".list p.exports":  {"All 12,345 articles"},
		".rising .explain": {"8 March 2024 – 14 March 2024 against the 28 days before, by how far a share exceeds what chance would bring (log-likelihood ratio)."},
	} {
		if got := d.texts(selector); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got := d.texts(".results .explain")[0]; got != "Published from 3 January 2022 to 14 March 2024." {
		t.Error(got)
	}
	for i, want := range []string{"100%", "7.7%", "0%"} {
		if got := attr(d.all(".volumes rect")[i], "width"); got != want {
			t.Errorf("bar %d is %s long, want %s", i, got, want)
		}
	}
	if got := d.texts(".windows a[aria-current=true]"); !slices.Equal(got, []string{"7 days"}) {
		t.Errorf("the window is %q", got)
	}
	if len(d.all("meta[name=robots]")) != 0 || !hasAttr(d.one("input#q"), "autofocus") {
		t.Error("the front page is not for crawlers, or does not wait for a query")
	}
}

// TestFrontLinks: each number leads to where it can be seen.
func TestFrontLinks(t *testing.T) {
	d := draw(t, news())
	for _, c := range []struct{ in, label, want string }{
		{".holds a", "12,345 articles", "/search"},
		{".holds a", "11,000 distinct texts", "/search?group=text"},
		{".holds a", "9,000 stories", "/search?group=story"},
		{".holds a", "41 sources", "/sources"},
		{".holds a", "8,399 people", "/entities#person"},
		{".holds a", "23 undated", "/search?q=NOT+has%3Adate"},
		{".holds a", "7 dated in the future", "/search?q=flag%3Afuture-date"},
		{".results .explain a", "3 January 2022", "/search?sort=oldest"},
		{".results .explain a", "14 March 2024", "/search"},
		{".risings a", "Ruslan Mirzaev", "/entity/person/Ruslan%20Mirzaev"},
		{".risings a", "34 articles", "/search?from=2024-03-08&person=Ruslan+Mirzaev&to=2024-03-14"},
		{".risings a", "5 in the 28 days before", "/search?from=2024-02-09&person=Ruslan+Mirzaev&to=2024-03-07"},
		{".risings a", "ports & quays", "/search?topic=ports+%26+quays"},
		{".windows a", "1 day", "/?rising=1d"},
		{".volumes a", "Morning Tide", "/source/Morning%20Tide"},
		{".volumes a", "77", "/search?source=Morning+Tide"},
		{"aside a", "Port Authority", "/entity/org/Port%20Authority"},
		{"aside a", "6", "/search?org=Port+Authority"},
		{"aside a", "All 31 sources", "/sources"},
		{"nav.site a", "Sources", "/sources"},
		{".list a", "All 12,345 articles", "/search"},
	} {
		if got := d.link(c.in, c.label); got != c.want {
			t.Errorf("%s %q leads to\n%s, want\n%s", c.in, c.label, got, c.want)
		}
	}
}

// TestFrontRising: when there is a part about what rises, and what it says.
func TestFrontRising(t *testing.T) {
	quiet := crash()
	quiet.Lists = nil
	short := stats
	short.First = at("2024-03-10T00:00:00Z")
	for _, c := range []struct {
		name   string
		report *rising.Report
		window string
		stats  index.Stats
		want   []string // paragraphs; nil is no part at all
		choice []string
	}{
		{"nothing to compare", nil, "", stats, nil, nil},
		{"asked for, nothing to compare", nil, "7d", stats, []string{"There are no articles before to compare so many days with."}, []string{"In the last", "1 day", "7 days", "30 days"}},
		{"nothing rises", quiet, "", stats, nil, nil},
		{"asked for, nothing rises", quiet, "7d", stats, []string{"8 March 2024 – 14 March 2024 against the 28 days before, by how far a share exceeds what chance would bring (log-likelihood ratio).", "Nothing is named more often than chance explains."}, []string{"In the last", "1 day", "7 days", "30 days"}},
		{"a short index", nil, "7d", short, []string{"There are no articles before to compare so many days with."}, []string{"In the last", "1 day"}},
	} {
		f := news()
		f.Rising, f.Window, f.Stats = c.report, c.window, c.stats
		d := draw(t, f)
		if got := d.texts("section.rising p"); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := d.texts("section.rising .windows li"); !slices.Equal(got, c.choice) && len(got)+len(c.choice) > 0 {
			t.Errorf("%s: windows %q", c.name, got)
		}
	}
	day := crash()
	day.From = day.To
	f := news()
	f.Rising = day
	if got := draw(t, f).textOf(".rising .explain"); !strings.HasPrefix(got, "14 March 2024 against") {
		t.Error(got)
	}
}

// TestFrontBare: an index of which there is little shows little.
func TestFrontBare(t *testing.T) {
	d := draw(t, Front{})
	if got := d.textOf("h1"); got != "There is nothing to search yet" {
		t.Error(got)
	}
	d = draw(t, Front{Stats: index.Stats{Articles: 1, Texts: 1, Stories: 1, Undated: 1}, Result: &index.Result{Hits: []index.Hit{{ID: "a", Title: "A"}}}})
	if got := d.texts(".holds li"); !slices.Equal(got, []string{"1 article", "1 undated"}) {
		t.Errorf("%q", got)
	}
	if n := len(d.all(".rising")) + len(d.all(".dates")) + len(d.all("aside section")) + len(d.all("p.exports")); n != 0 {
		t.Errorf("%d empty parts", n)
	}
}

// wire is the page of a source with something in every part.
func wire() Source {
	r := found()
	r.Facets[index.FieldSection] = &index.Facet{Distinct: 1, Values: []index.FacetValue{{Value: "Business", Count: 9}}}
	r.Facets[index.FieldOrg] = &index.Facet{Distinct: 40, Values: []index.FacetValue{{Value: "Port Authority", Count: 6}}}
	return Source{
		Name: "HarbourGazette.com", Articles: 1234, Total: r.Total, Timeline: r.Timeline, Silence: silent(), Facets: r.Facets,
		First: &r.Hits[0], Latest: r.Hits, Stats: stats,
	}
}

// paged are sources.
func paged() Sources {
	return Sources{Page: 1, Size: 50, Total: 120, Interval: index.Month, Stats: stats, Rows: []SourceRow{
		{Name: "HarbourGazette.com", Articles: 1234, First: at("2023-05-02T00:00:00Z"), Last: at("2023-07-02T00:00:00Z"), Undated: 23,
			Days: []index.Bucket{{Start: "2023-05-01", Count: 5}, {Start: "2023-06-01"}, {Start: "2023-07-01", Count: 10}}},
		{Name: "The Quay", Articles: 3, First: at("2023-08-02T00:00:00Z"), Last: at("2023-08-02T00:00:00Z"),
			Days: []index.Bucket{{Start: "2023-08-01", Count: 2}, {Start: "2099-01-01", Count: 1}}},
		{Name: "..", Articles: 1},
	}}
}

func TestHostileSourceURL(t *testing.T) {
	for what, name := range hostileNames {
		address := SourceURL(name)
		u, err := url.Parse(address)
		if err != nil || address != "" && (u.Host != "" || u.Fragment != "" || u.RawQuery != "" || !strings.HasPrefix(address, "/source/")) {
			t.Errorf("%s: %q, %v", what, address, err)
		}
		if slices.Contains([]string{"dot", "dots", "empty", "blank"}, what) != (address == "") {
			t.Errorf("%s: %q", what, address)
		}
		if address != "" && strings.ContainsAny(strings.TrimPrefix(address, "/source/"), "/.") {
			t.Errorf("%s: the path of %q may be folded", what, address)
		}
	}
}
