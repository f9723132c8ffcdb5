package page

import (
	"errors"
	"flag"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestSearchGolden(t *testing.T) {
	golden(t, "testdata/search.html", Search{Params: oil(), Result: found(), Stats: stats})
}

func TestEntityGolden(t *testing.T) { golden(t, "testdata/entity.html", mirzaev()) }

// golden holds that a page is that of a file.
func golden(t *testing.T, file string, p renderer) {
	t.Helper()
	got := draw(t, p).text
	// The style sheet's hash would make each change of colour a change of this page.
	got = strings.NewReplacer(assetURL("page.css"), "page.css", assetURL("page.js"), "page.js", assetURL("icon.svg"), "icon.svg").Replace(got)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page is not that of %s; look at the difference after go test -update", file)
	}
}

func TestSearchForm(t *testing.T) {
	p := oil()
	p.Set("cursor", "c")
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	form := d.one("form#search")
	if attr(form, "method") != "get" || attr(form, "action") != "/search" || attr(form, "role") != "search" {
		t.Errorf("the form is %v", form.Attr)
	}
	if q := d.one("form#search input[type=search]"); attr(q, "name") != "q" || attr(q, "value") != "oil price" {
		t.Errorf("the search box is %v", q.Attr)
	}
	if d.one("label[for=q]"); len(d.all("input[autofocus]")) != 0 {
		t.Error("the cursor jumps into the box on a page of results")
	}
	sent := url.Values{}
	for _, n := range slices.Concat(d.all("form#search input"), d.all("input[form=search]")) {
		sent.Add(attr(n, "name"), attr(n, "value"))
	}
	if got, want := newParams(sent).URL(), newParams(p).without().URL(); got != want {
		t.Errorf("the form sends\n%s, want\n%s", got, want)
	}
}

func TestSearchSaysWhatItCounts(t *testing.T) {
	r := found()
	d := draw(t, Search{Params: oil(), Result: r, Stats: stats})
	if got := d.textOf("p.total"); got != "1,234 articles · 1,100 distinct texts · 1,100 stories in 3.1 ms" {
		t.Error(got)
	}
	r.Total = index.Total{Articles: 1, Texts: 1, Stories: 1}
	if got := draw(t, Search{Params: oil(), Result: r, Stats: stats}).textOf("p.total"); got != "1 article · 1 distinct text · 1 story in 3.1 ms" {
		t.Error(got)
	}
	r.Total = index.Total{Articles: 9, Texts: 8, Stories: 3}
	if got := draw(t, Search{Params: oil(), Result: r, Stats: stats}).textOf("p.total"); got != "9 articles · 8 distinct texts · 3 stories in 3.1 ms" {
		t.Error(got)
	}
	if got := d.textOf("footer p.stats"); !strings.HasPrefix(got, "12,345 articles of 41 sources, 3 January 2022 – 14 March 2024") {
		t.Error(got)
	}
}

func TestSearchSaysHowTheQueryWasRead(t *testing.T) {
	r := found()
	d := draw(t, Search{Params: oil(), Result: r, Stats: stats})
	if len(d.all("p.notice")) != 0 || len(d.all("p.read")) != 0 {
		t.Error("a plain query is explained")
	}
	r.Query.Relaxed, r.Query.Canonical = true, `"oil price"`
	r.Suggestion = &index.Suggestion{Query: "oil prices", Total: 1200}
	d = draw(t, Search{Params: oil(), Result: r, Stats: stats})
	want := []string{"No article has all the words; showing those with any of them.", "Did you mean oil prices? It finds 1,200 articles."}
	if got := d.texts("p.notice"); !slices.Equal(got, want) {
		t.Errorf("notices %q", got)
	}
	if got := d.textOf("p.read"); got != `Read as "oil price"` {
		t.Error(got)
	}
	if got := d.link("p.notice a", "oil prices"); got != link1("q=oil+prices") {
		t.Error(got)
	}
}

// link1 is the address of the search oil with some parameters replaced, added, or taken away when empty.
func link1(changes string) string {
	p := newParams(oil())
	for name, v := range values(changes).values {
		p = p.with(name, slices.DeleteFunc(v, func(s string) bool { return s == "" })...)
	}
	return p.URL()
}

func TestSearchHit(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.texts("ol.hits h3"); !slices.Equal(got, []string{"Oil price rises as port stays shut", "(no title)"}) {
		t.Errorf("titles %q", got)
	}
	if got := d.texts("ol.hits h3 mark"); !slices.Equal(got, []string{"Oil", "price"}) {
		t.Errorf("marks %q", got)
	}
	if got := attr(d.all("ol.hits h3 a")[0], "href"); got != "/article/https:%2F%2Fharbourgazette%2Ecom%2F2024%2Fquay%3Fa=1&b=2?"+oil().Encode() {
		t.Error(got)
	}
	if got := d.texts("p.snippet"); !slices.Equal(got, []string{
		"The price of oil rose on Thursday … a barrel of oil cost more …", "A lead that stands in for a snippet."}) {
		t.Errorf("snippets %q", got)
	}
	if got := d.texts("ol.hits .meta"); !slices.Equal(got, []string{
		"HarbourGazette.comvia Harbour News14 March 2024, 10:05 UTC", "The Quayundated"}) {
		t.Errorf("meta %q", got)
	}
	if n := d.one("ol.hits time"); attr(n, "datetime") != "2024-03-14T10:05:00Z" {
		t.Error(n.Attr)
	}
	for i, lang := range []string{"en", "ar"} {
		for _, selector := range []string{"ol.hits h3", "p.snippet"} {
			if n := d.all(selector)[i]; attr(n, "lang") != lang || attr(n, "dir") != "auto" {
				t.Errorf("%s %d has %v", selector, i, n.Attr)
			}
		}
	}
}

func TestSearchHitLinks(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.texts("ul.names li"); !slices.Equal(got, []string{"Same story: 12 articles of 9 sources",
		"Ruslan Mirzaev›", "Ada Quist›", "B. One›", "C. Two›", "Port Authority›", "Rotterdam›"}) {
		t.Errorf("names %q", got)
	}
	for label, want := range map[string]string{
		"Ruslan Mirzaev": link1("person=Ruslan+Mirzaev"), "Port Authority": link1("org=Port+Authority"),
		"Rotterdam": link1("place=Rotterdam"), "Same story: 12 articles of 9 sources": "/search?q=story%3As1",
	} {
		if got := d.link("ul.names a", label); got != want {
			t.Errorf("%s leads to %s, want %s", label, got, want)
		}
	}
	if got := d.link("ol.hits .meta a", "Harbour News"); got != link1("agency=Harbour+News") {
		t.Error(got)
	}
	if got := d.texts("ol.hits .source a"); len(got) != 0 {
		t.Errorf("sources that are chosen already are links: %q", got)
	}
}

func TestSearchChips(t *testing.T) {
	p := oil()
	p["missing"], p["match"], p["language"] = []string{"agency"}, []string{"any"}, []string{"de"}
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	all := newParams(p)
	want := map[string]string{
		"From 2023-05 ×": all.with("from").URL(), "Source: HarbourGazette.com ×": all.with("source", "The Quay").URL(),
		"Source: The Quay ×": all.with("source", "HarbourGazette.com").URL(), "Not topic: sport ×": all.with("not.topic").URL(),
		"No agency ×": all.with("missing").URL(), "Any of the words ×": all.with("match").URL(),
		"Language: German ×": all.with("language").URL(), "Remove all": "/search?q=oil+price&size=20&sort=newest",
	}
	for label, url := range want {
		if got := d.link("ul.chips a", label); got != url {
			t.Errorf("%s leads to\n%s, want\n%s", label, got, url)
		}
	}
	if got := len(d.all("ul.chips a")); got != len(want) {
		t.Errorf("%d chips, want %d", got, len(want))
	}
}

func TestSearchOrder(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	for label, want := range map[string]string{
		"relevance and recency": strings.Replace(link1("sort="), "&size", "&recency=30d&size", 1),
		"relevance":             link1("sort="), "newest": link1(""), "oldest": link1("sort=oldest"),
		"each text once": link1("group=text"), "each story once": link1("group=story"),
	} {
		if got := d.link("div.order a", label); got != want {
			t.Errorf("%s leads to %s, want %s", label, got, want)
		}
	}
	if got := d.texts("div.order a[aria-current=true]"); !slices.Equal(got, []string{"newest", "every article", "comfortable"}) {
		t.Errorf("current are %q", got)
	}
}

func TestSearchRecency(t *testing.T) {
	for asked, want := range map[string]string{"": "relevance", "none": "relevance", "2w": "relevance and recency, half-life 2w"} {
		d := draw(t, Search{Params: url.Values{"q": {"oil"}, "recency": {asked}}, Result: found(), Stats: stats})
		if got := d.texts("div.order a[aria-current=true]"); got[0] != want {
			t.Errorf("recency=%s shows %q", asked, got)
		}
		if got := d.link("div.order a", "newest"); got != "/search?q=oil&sort=newest" {
			t.Errorf("newest leads to %s", got)
		}
	}
}

func TestSearchWhy(t *testing.T) {
	r := found()
	d := draw(t, Search{Params: url.Values{"q": {"oil"}}, Result: r, Stats: stats})
	if got := d.link("p.whylink a", "Why this order?"); got != "/search?explain=1&q=oil" || len(d.all("details.why")) != 0 {
		t.Errorf("the reasons are at %s", got)
	}
	r.Hits[0].Score = 5.25
	r.Hits[0].Explanation = &index.Explanation{Parts: []index.Explanandum{{What: "oil", Why: "once in the title", Score: 7}, {What: "age", Why: "10 days old", Score: -1.75}}}
	d = draw(t, Search{Params: url.Values{"q": {"oil"}, "explain": {"1"}}, Result: r, Stats: stats})
	if got := d.texts("details.why tbody tr"); !slices.Equal(got, []string{"oilonce in the title7.000", "age10 days old-1.750", "together5.250"}) {
		t.Errorf("reasons %q", got)
	}
	if got := d.link("p.whylink a", "Hide the reasons"); got != "/search?q=oil" {
		t.Error(got)
	}
}

func TestSearchDoctor(t *testing.T) {
	r := &index.Result{
		Query:      index.QueryInfo{Text: "oil prise", Canonical: "oil prise"},
		Clauses:    []index.Clause{{Text: "oil", Articles: 1200, Filtered: 7}, {Text: "prise"}, {Text: "gas", Excluded: true, Articles: 3}},
		Narrowing:  []index.Narrowing{{Filter: "date", Articles: 0}, {Filter: "source", Articles: 412}, {Filter: "not.topic", Articles: 1}},
		Suggestion: &index.Suggestion{Query: "oil price", Total: 31},
	}
	d := draw(t, Search{Params: oil(), Result: r, Stats: stats})
	if got := d.texts("section.doctor tbody tr"); !slices.Equal(got, []string{"oil1,2007", "prise00", "not gas30"}) {
		t.Errorf("parts %q", got)
	}
	if got := d.textOf("section.doctor tr.nothing th"); got != "prise" {
		t.Errorf("nothing is found by %q", got)
	}
	if got := d.link("section.doctor a", "oil"); got != link1("q=oil") {
		t.Error(got)
	}
	if got := d.link("section.doctor a", "Without the filter by source: 412 articles"); got != link1("source=") {
		t.Error(got)
	}
	if got := len(d.all("section.doctor li")); got != 2 {
		t.Errorf("%d filters", got)
	}
	if got := d.link("p.notice a", "oil price"); !strings.Contains(got, "q=oil+price") {
		t.Error(got)
	}
	r.Clauses, r.Narrowing = r.Clauses[:1], nil
	if d = draw(t, Search{Params: oil(), Result: r, Stats: stats}); len(d.all("section.doctor")) != 0 {
		t.Error("the one part of the query is shown, which the total tells already")
	}
}

// TestSearchOrderWithoutWords: there is nothing to rank by, and the page does not claim that it ranks.
func TestSearchOrderWithoutWords(t *testing.T) {
	for asked, want := range map[string]string{"": "newest", "newest": "newest", "oldest": "oldest"} {
		d := draw(t, Search{Params: url.Values{"sort": {asked}}, Result: found(), Stats: stats})
		if got := d.texts("div.order a[aria-current=true]"); got[0] != want {
			t.Errorf("sort=%s shows %q", asked, got)
		}
		if slices.Contains(d.texts("div.order a"), "relevance") {
			t.Error("relevance is offered")
		}
	}
}

func TestSearchDateBoxes(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	from, to := d.one("input#from"), d.one("input#to")
	if attr(from, "value") != "2023-05" || attr(from, "placeholder") != "2022-01" || attr(to, "placeholder") != "2024-03" {
		t.Errorf("%v, %v", from.Attr, to.Attr)
	}
	pattern := regexp.MustCompile("^(?:" + attr(from, "pattern") + ")$")
	for value, ok := range map[string]bool{
		"2023": true, "2023-05": true, "2023-05-30": true, "2023-05-30T10:00:00Z": true, " 2023 ": true,
		"": false, "May 2023": false, "23": false, "2023-5": false, "2023-05-30x": false,
	} {
		if pattern.MatchString(value) != ok {
			t.Errorf("the box takes %q: %t", value, !ok)
		}
	}
}

func TestBreaksOff(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "It rose.": false, `"Did it?"`: false, "He said “no.” ": false, "it rose to": true, "它涨了。": false, "it rose (again)": true,
	} {
		if got := breaksOff([][]index.Segment{{{Text: "x"}}, {{Text: text}}}); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	for text, want := range map[string]bool{"": false, "It rose.": false, "rose.": true, " élan": true, "5 rose": false, "它": false} {
		if got := beginsInside([][]index.Segment{{{Text: text}, {Text: "x"}}, {{Text: "y"}}}); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	if beginsInside(nil) || breaksOff(nil) {
		t.Error("nothing begins or ends within a sentence")
	}
}

func TestSearchPages(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats})
	if got := d.texts("nav.pages a"); !slices.Equal(got, []string{"Next page"}) {
		t.Errorf("first page: %q", got)
	}
	if got := d.link("nav.pages a", "Next page"); got != strings.Replace(newParams(oil()).with("cursor", "c2&=/+x").URL(), "&size=", "&seen=2&size=", 1) {
		t.Error(got)
	}
	p, r := oil(), found()
	p.Set("cursor", "c9")
	r.Next = nil
	d = draw(t, Search{Params: p, Result: r, Stats: stats})
	if got := d.link("nav.pages a", "First page"); got != link1("") || len(d.all("nav.pages a")) != 1 {
		t.Errorf("last page: %q, first page is %s", d.texts("nav.pages a"), got)
	}
	for _, a := range d.all("a") {
		if strings.Contains(attr(a, "href"), "cursor=") && !strings.Contains(attr(a, "href"), "/api/") {
			t.Errorf("%q keeps the cursor: %s", text(a), attr(a, "href"))
		}
	}
}

func TestSearchExports(t *testing.T) {
	p := oil()
	p.Set("cursor", "c9")
	p.Set("facet_size", "50")
	d := draw(t, Search{Params: p, Result: found(), Stats: stats})
	const asked = "from=2023-05&not.topic=sport&q=oil+price&sort=newest&source=HarbourGazette.com&source=The+Quay"
	if got := d.link("p.exports a", "CSV"); got != "/api/v1/export?format=csv&"+asked {
		t.Error(got)
	}
	if got := d.link("p.exports a", "JSON lines"); got != "/api/v1/export?format=jsonl&"+asked {
		t.Error(got)
	}
}

func TestSearchZero(t *testing.T) {
	r := &index.Result{Query: index.QueryInfo{Text: "oil price", Canonical: "oil price"}}
	d := draw(t, Search{Params: oil(), Result: r, Stats: stats})
	if got := d.textOf("section.zero h2"); got != "Nothing found for oil price" {
		t.Error(got)
	}
	if got := d.link("section.zero a", "Drop all filters"); got != "/search?q=oil+price&size=20&sort=newest" {
		t.Error(got)
	}
	if got := d.link("section.zero a", "Drop the filter “From 2023-05”"); got != link1("from=") {
		t.Error(got)
	}
	if len(d.all("ol.hits"))+len(d.all("p.exports")) != 0 {
		t.Error("a list of nothing is drawn")
	}
	p := url.Values{"q": {"zzz yyy"}, "match": {"all"}}
	if got := draw(t, Search{Params: p, Result: r, Stats: stats}).link("section.zero a", "Ask for any of the words instead of all"); got != "/search?match=any&q=zzz+yyy" {
		t.Error(got)
	}
}

func TestStartPage(t *testing.T) {
	d := draw(t, Search{Start: true, Result: found(), Stats: stats})
	if d.one("input[autofocus]"); d.textOf("h1") != "Search the news" || d.textOf("head title") != "Dateline" {
		t.Errorf("%q %q", d.textOf("h1"), d.textOf("head title"))
	}
	if got := d.textOf("p.intro"); !strings.HasPrefix(got, "12,345 articles of 41 sources") {
		t.Error(got)
	}
	if len(d.all("meta[name=robots]")) != 0 {
		t.Error("the start page hides from crawlers")
	}
}

func TestEmptyIndex(t *testing.T) {
	d := draw(t, Search{Start: true, Result: &index.Result{}})
	if got := d.textOf("main"); !strings.Contains(got, "dateline index --index DIR PATH") {
		t.Error(got)
	}
	if got := d.textOf("footer p.stats"); got != "The index is empty" {
		t.Error(got)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestRenderReportsTheWriter(t *testing.T) {
	if err := (Help{}).Render(broken{}); err == nil {
		t.Error("no error")
	}
}

func TestPlain(t *testing.T) {
	d := draw(t, Plain{Title: "No such person", Name: "A&B", Stats: stats})
	if got := d.link("main a", "Look for it among all names"); got != "/entities?name=A%26B" {
		t.Error(got)
	}
	d = draw(t, Plain{Title: "No such <article>", Detail: "there is none", Hint: "look again", Stats: stats})
	if got := d.textOf("h1"); got != "No such <article>" {
		t.Error(got)
	}
	if got := d.texts("main p")[0]; got != "There is none. Look again." {
		t.Error(got)
	}
	if got := d.textOf("title"); got != "No such <article> – Dateline" {
		t.Error(got)
	}
}

func TestSearchVariants(t *testing.T) {
	p, r := oil(), found()
	r.Query.Variants = []index.WordVariants{{Word: "mirzaev", Variants: []string{"mirzayev", "мирзаев"}}, {Word: "quist", Variants: []string{"kvist"}}}
	d := draw(t, Search{Params: p, Result: r, Stats: stats})
	if got := d.textOf("p.read"); got != "Also searched for mirzayev, мирзаев for mirzaev; kvist for quist — search only as written" {
		t.Error(got)
	}
	if got := d.link("p.read a", "search only as written"); got != link1("variants=off") {
		t.Error(got)
	}
	p.Set("variants", "off")
	d = draw(t, Search{Params: p, Result: found(), Stats: stats})
	if got := d.link("p.read a", "take all their spellings"); got != link1("") {
		t.Error(got)
	}
	for _, a := range append(d.all("svg.chart a"), d.all("nav.pages a")...) {
		if !strings.Contains(attr(a, "href"), "variants=off") {
			t.Errorf("%s takes the spellings again", attr(a, "href"))
		}
	}
}

// TestSearchAboutLinks: a source, person, organisation or place narrows the search, and its own link leads to its page.
func TestSearchAboutLinks(t *testing.T) {
	r := found()
	r.Facets[index.FieldPerson].Values[0].Names = 3
	d := draw(t, Search{Params: oil(), Result: r, Stats: stats})
	want := []string{"Ruslan Mirzaev", "Ada Quist", "B. One", "C. Two", "Port Authority", "Rotterdam", "harbourgazette.com", "The Quay", "Morning Tide", "Ruslan Mirzaev", "Ada Quist"}
	links := d.all("a.aboutlink")
	if len(links) != len(want) {
		t.Fatalf("%d links", len(links))
	}
	for i, name := range want {
		a := links[i]
		typ := map[string]string{"Port Authority": index.Org, "Rotterdam": index.Place}[name]
		if typ == "" {
			typ = index.Person
		}
		address := EntityURL(typ, name)
		if i >= 6 && i < 9 {
			address = SourceURL(name)
		}
		if attr(a, "href") != address || attr(a, "title") != "About "+name || !strings.Contains(d.text, `<span class="hidden">About `+name+`</span>`) {
			t.Errorf("link %d: %v", i, a.Attr)
		}
	}
	if got := d.texts("span.spellings"); !slices.Equal(got, []string{"3 spellings"}) {
		t.Error(got)
	}
	if got := d.link("nav.site a", "Names"); got != "/entities" {
		t.Error(got)
	}
}
