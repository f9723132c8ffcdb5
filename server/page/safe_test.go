package page

import (
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"dateline/index"
	"dateline/index/rising"
	"dateline/index/silence"
)

// hostile is what a record may say anywhere, tried in every field at once.
const hostile = `</title></textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3)' style='x` +
	"\u202egnp.exe\u2066 {{.}} <!-- ]]> javascript:alert(4) &lt;b&gt;"

func hostileHit() index.Hit {
	return index.Hit{
		ID: hostile, URL: "javascript:alert(1)", Title: hostile, Source: hostile, Agency: hostile, Language: hostile,
		Lead: hostile, People: []string{hostile}, Orgs: []string{hostile}, Places: []string{hostile},
		Highlights: index.Highlights{
			Title: []index.Segment{{Text: hostile, Marked: true}}, Body: [][]index.Segment{{{Text: hostile}}},
		},
		Story: index.StoryInfo{ID: hostile, Articles: 2, Sources: 1},
		Flags: []string{hostile, index.FlagFutureDate}, Version: 3, Changed: at("2024-03-14T00:00:00Z"),
		Explanation: &index.Explanation{Text: hostile, Parts: []index.Explanandum{{What: hostile, Why: hostile, Score: 1}}},
	}
}

func hostileSearch() Search {
	r := found()
	r.Query = index.QueryInfo{Text: hostile, Canonical: hostile + "x", Relaxed: true}
	r.Suggestion = &index.Suggestion{Query: hostile, Total: 1}
	r.Clauses = []index.Clause{{Text: hostile, Excluded: true}, {Text: hostile + "2", Articles: 2, Filtered: 1}}
	r.Narrowing = []index.Narrowing{{Filter: "date", Articles: 5000}, {Filter: "not.source", Articles: 5000}, {Filter: "missing=agency", Articles: 5000}, {Filter: hostile, Articles: 5000}}
	r.Hits = []index.Hit{hostileHit()}
	next := hostile
	r.Next = &next
	for _, f := range index.FacetFields {
		r.Facets[f] = &index.Facet{Distinct: 20, Missing: 1, Values: []index.FacetValue{
			{Value: hostile, Count: 1}, {Value: hostile + "2", Selected: true}, {Value: hostile + "3", Excluded: true}}}
	}
	r.Timeline.Interval = hostile
	p := url.Values{}
	for _, name := range known() {
		p[name] = []string{hostile}
	}
	return Search{Params: p, Result: r, Stats: stats}
}

func hostileArticle() Article {
	a := index.Article{
		ID: hostile, URL: "javascript:alert(1)//" + hostile, Source: hostile, Agency: hostile, Title: hostile, Lead: hostile,
		Body: hostile + "\n\n" + hostile, Authors: []string{hostile}, Dateline: hostile, DateFrom: hostile, Language: hostile,
		Flags: []string{hostile}, Version: 2, Changed: at("2024-03-14T00:00:00Z"),
		Published: at("2024-03-14T00:00:00Z"), Precision: hostile, Section: hostile, Topics: []string{hostile},
		Story: hostile, Text: hostile, Format: hostile, Path: hostile, Extra: map[string]json.RawMessage{hostile: json.RawMessage(hostile)},
	}
	for _, typ := range []string{index.Person, index.Org, index.Place} {
		a.Entities = append(a.Entities, index.Entity{Type: typ, Name: hostile, Aliases: []string{hostile}, Count: 2, Mentions: []index.Mention{
			{Field: "body", Start: 0, End: utf8.RuneCountInString(hostile), Text: hostile}, {Field: hostile, End: 1}, {Field: "title", End: 1 << 60}}})
	}
	p := &Place{Params: hostileSearch().Params, Total: index.Total{Articles: 2}, Around: &index.Around{ID: hostile, Position: 1,
		Previous: &index.Neighbour{ID: hostile, Title: hostile, Language: hostile}, Next: &index.Neighbour{ID: "..", Title: hostile},
		Marks: index.Marks{Title: []index.Segment{{Text: hostile, Marked: true}}, Body: []index.Segment{{Text: hostile + "\n"}, {Text: "\n" + hostile, Marked: true}}}}}
	return Article{Article: a, Story: hostileHit().Story, Others: []index.Hit{hostileHit()}, Stats: stats, Place: p, Names: "1",
		Copies: &Reprints{Articles: 3, Sources: 2, Some: []index.Hit{hostileHit()}}, Related: []index.Hit{hostileHit()}}
}

// hostileEntity is the page of an entity of a name.
func hostileEntity(name string) Entity {
	e := mirzaev()
	r := hostileSearch().Result
	e.Params, e.Timeline, e.Sources = hostileSearch().Params, r.Timeline, r.Facets[index.FieldSource]
	e.First, e.Latest = &r.Hits[0], r.Hits
	e.Info = index.EntityInfo{
		Type: index.Person, Name: name, Names: []index.NameForm{{Name: name, Reason: name}, {Name: name + "2"}},
		Aliases: []index.NameForm{{Name: name, Reason: name}}, Apart: []string{name},
		Suggestions: []index.Suggested{{Type: index.Person, Name: name, Other: name, Reason: name, Shared: []string{name}, Together: 2}},
	}
	e.Unit, e.With = index.Unit(name), []index.Node{{Type: index.Person, Name: name, Count: 1}, {Type: index.Org, Name: name, Strength: 1e300}}
	e.Choice = []string{name}
	e.Decisions = []index.Decision{{Number: 1, Action: index.Action(name), Type: index.Person, Name: name, Other: name, By: name},
		{Number: 2, Action: index.ActionMerge, Type: index.Person, Name: name, Other: name, By: name}, {Number: 3, Action: index.ActionUndo, Undoes: 1 << 40}, {Number: 4, Action: index.ActionUndo, Undoes: 1}}
	e.Done = 4
	e.Fault = &DecisionFault{Decision: index.Decision{Action: index.ActionRename, Type: index.Person, Name: name, Other: name}, Detail: name, Hint: name}
	return e
}

func hostileEntities() Entities {
	e := hostileEntity(hostile)
	return Entities{
		Name: hostile, Facets: hostileSearch().Result.Facets, Suggestions: e.Info.Suggestions, Waiting: 5, Decisions: e.Decisions, Done: 2, MayDecide: true,
		Fault: e.Fault, Stats: stats,
	}
}

func hostileFront() Front {
	f := news()
	f.Result, f.Future = hostileSearch().Result, 3
	f.Rising.From, f.Rising.BeforeTo, f.Rising.Window = hostile, hostile, hostile
	for i := range f.Rising.Lists {
		f.Rising.Lists[i].Values = []rising.Value{{Value: hostile, Count: 9, Before: 1}}
	}
	return f
}

// hostileSource is the page of a source of a name.
func hostileSource(name string) Source {
	r, s := hostileSearch().Result, wire()
	s.Name, s.Params, s.Facets, s.Timeline, s.First, s.Latest, s.Unit = name, hostileSearch().Params, r.Facets, r.Timeline, &r.Hits[0], r.Hits, index.Unit(name)
	s.Silence.Gaps = []silence.Gap{{From: name, To: name, Days: 9, Open: true}}
	return s
}

func hostileSources() Sources {
	s := paged()
	s.Name, s.Interval = hostile, hostile
	for _, name := range hostileNames {
		s.Rows = append(s.Rows, SourceRow{Name: name, Articles: 1, Last: at("2024-03-14T00:00:00Z"), Days: []index.Bucket{{Start: name, Count: 1}}})
	}
	s.Rows[0].Name = hostile
	return s
}

// hostileNames are names that a path, a form or a list may trip over.
var hostileNames = map[string]string{
	"script": `"><script>alert(1)</script>`, "right to left": "\u202eрeтёП \u05d0\u05d1", "long": strings.Repeat("long name ", 100), "one word": strings.Repeat("x", 1000),
	"slashes": "//evil.example/../..", "dots": "..", "dot": ".", "empty": "", "percent": "%2e%2e%2f?a=b#c", "blank": " ", "not UTF-8": "a\xff\xfeb", "line": "a\r\nLocation: b",
}

// pages are all pages, with plain and with hostile content.
func pages() map[string]renderer {
	broken := hostileSearch()
	broken.Fault = &Fault{Param: "q", Detail: hostile, Hint: hostile}
	param := hostileSearch()
	param.Fault = &Fault{Param: hostile, Detail: hostile, Hint: hostile}
	zero := hostileSearch()
	zero.Result.Total, zero.Result.Hits = index.Total{}, nil
	list := map[string]renderer{
		"entity": mirzaev(), "hostile entity": hostileEntity(hostile), "entities": allNames(), "hostile entities": hostileEntities(),
		"accounts": Accounts{Report: accounted(), Stats: stats}, "hostile accounts": hostileAccounts(), "no accounts": Accounts{},
		"feeds": someFeeds(), "hostile feeds": hostileFeeds(), "no feeds": Feeds{}, "no entities": Entities{}, "article with mentions": Article{Article: mentioned(), Stats: stats},
		"search": Search{Params: oil(), Result: found(), Stats: stats}, "hostile search": hostileSearch(),
		"start": Search{Start: true, Result: found(), Stats: stats}, "empty": Search{Result: &index.Result{}},
		"article":      Article{Article: storyArticle(), Story: found().Hits[0].Story, Others: found().Hits, Stats: stats},
		"bare article": Article{Stats: stats}, "hostile article": hostileArticle(), "help": Help{Stats: stats},
		"faulty query": broken, "faulty parameter": param, "zero": zero, "plain": Plain{Title: hostile, Detail: hostile, Name: hostile},
	}
	list["facet"], list["hostile facet"] = sourcePage("", 31), hostileFacetPage()
	list["copies"], list["hostile copies"], list["hostile compact"] = copied(oil()), hostileCopies(""), hostileCopies(viewCompact)
	list["comparison"], list["hostile comparison"], list["nothing to compare"] = Compare{Params: threeQueries(), Result: comparison(), Stats: stats}, hostileComparison(), Compare{}
	list["faulty comparison"] = faultyComparison()
	peaks := hostileSearch()
	peaks.Peaks = []Peak{{Bucket: 2, Leading: &peaks.Result.Hits[0]}, {Bucket: 4, Leading: &index.Hit{}}}
	list["hostile peaks"] = peaks
	past := hostileSearch()
	past.Params["as_of"], past.Params["tz"], past.Future = []string{"2024-03-20T12:00:00Z"}, nil, 7
	list["hostile past"] = past
	list["versions"], list["hostile versions"], list["one version"] = quayVersions(1, 3), hostileVersions(), Versions{ID: "x", List: make([]index.Version, 1), From: 1, To: 1}
	list["an earlier version"] = Article{Article: hostileArticle().Article, Shown: &hostileVersions().List[0]}
	list["front"], list["hostile front"], list["bare front"] = news(), hostileFront(), Front{Stats: stats, Result: &index.Result{}}
	list["source"], list["sources"], list["hostile sources"], list["no sources"] = wire(), paged(), hostileSources(), Sources{}
	for what, name := range hostileNames {
		list["entity of "+what], list["source of "+what] = hostileEntity(name), hostileSource(name)
	}
	return list
}

// eachPage runs a check on every page.
func eachPage(t *testing.T, check func(t *testing.T, d doc)) {
	for name, p := range pages() {
		t.Run(name, func(t *testing.T) { check(t, draw(t, p)) })
	}
}

// TestNothingActive: no page has what its Content-Security-Policy forbids, whatever the articles say.
func TestNothingActive(t *testing.T) {
	eachPage(t, func(t *testing.T, d doc) {
		for n := range d.root.Descendants() {
			if n.Type == html.CommentNode {
				t.Errorf("a comment: %q", n.Data)
			}
			if n.Type != html.ElementNode {
				continue
			}
			if n.Data == "script" && (attr(n, "src") == assetURL("page.js") || attr(n, "src") == assetURL("theme.js")) && n.FirstChild == nil {
				continue
			}
			switch n.Data {
			case "script", "style", "img", "iframe", "object", "embed", "base", "textarea", "b":
				t.Errorf("a <%s>", n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "style", strings.HasPrefix(a.Key, "on"), a.Key == "srcdoc":
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				case a.Key == "href" || a.Key == "action" || a.Key == "src":
					checkAddress(t, n, a.Val)
				}
			}
		}
	})
}

// checkAddress: links stay on this server, but for the address of an article at its publisher.
func checkAddress(t *testing.T, n *html.Node, address string) {
	u, err := url.Parse(address)
	if err != nil {
		t.Errorf("%q: %v", address, err)
		return
	}
	local := u.Scheme == "" && u.Host == "" && (strings.HasPrefix(u.Path, "/") || u.Fragment != "")
	outside := u.Scheme == "https" && attr(n, "rel") == "noopener noreferrer nofollow"
	if !local && !outside {
		t.Errorf("<%s> leads to %q", n.Data, address)
	}
}

// TestHostileTextIsShown: what is made harmless is still there to be read.
func TestHostileTextIsShown(t *testing.T) {
	want := level(strings.Join(strings.Fields(hostile), " "))
	d := draw(t, hostileSearch())
	for _, selector := range []string{"ol.hits h3 mark", "p.snippet", "ol.hits .source", "section.list .names bdi", "p.read", "p.notice a"} {
		if got := d.texts(selector); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(level(s), want) }) {
			t.Errorf("%s shows %q", selector, got)
		}
	}
	d = draw(t, hostileEntity(hostile))
	for _, selector := range []string{"h1", ".with th a", "ul.forms bdi", "ul.suggestions a", ".because bdi", "ol.log a", "form.box p.wrong", "ol.hits h3 mark"} {
		if got := d.texts(selector); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(level(s), want) }) {
			t.Errorf("%s shows %q", selector, got)
		}
	}
	d = draw(t, hostileFront())
	for _, selector := range []string{".risings li a", ".volumes a", "aside .ranking a", "ol.hits h3 mark"} {
		if got := d.texts(selector); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(level(s), want) }) {
			t.Errorf("%s shows %q", selector, got)
		}
	}
	d = draw(t, hostileSource(hostile))
	for _, selector := range []string{"h1", ".agencies th", ".named li a", "ul.chips a", ".narrowing li a"} {
		if got := d.texts(selector); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(level(s), want) }) {
			t.Errorf("%s shows %q", selector, got)
		}
	}
	d = draw(t, hostileComparison())
	for _, selector := range []string{"ul.legend a", "section.totals th a", "section.overlap bdi", "details.table th bdi"} {
		if got := d.texts(selector); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(level(s), want) }) {
			t.Errorf("%s shows %q", selector, got)
		}
	}
	d = draw(t, hostileVersions())
	for _, selector := range []string{"h1 a", ".editions li", ".body del", ".body ins", ".changed del", ".changed ins"} {
		if got := d.texts(selector); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(level(s), want) }) {
			t.Errorf("%s shows %q", selector, got)
		}
	}
	d = draw(t, hostileArticle())
	for _, selector := range []string{"h1", ".body p", ".full .source", ".entities a", "dl.facts dt", "dl.facts dd", ".others a"} {
		if got := d.texts(selector); !slices.ContainsFunc(got, func(s string) bool { return level(s) == want }) {
			t.Errorf("%s shows %q", selector, got)
		}
	}
}

// TestBidiIsContained: a text that turns the writing direction turns only itself.
func TestBidiIsContained(t *testing.T) {
	eachPage(t, func(t *testing.T, d doc) {
		for n := range d.root.Descendants() {
			if n.Type != html.TextNode || !strings.ContainsRune(n.Data, '\u202e') {
				continue
			}
			contained := false
			for up := n.Parent; up != nil; up = up.Parent {
				contained = contained || up.Data == "bdi" || attr(up, "dir") == "auto" || slices.Contains([]string{"p", "h1", "th"}, up.Data)
			}
			if !contained && attr(n.Parent, "class") != "hidden" {
				t.Errorf("<%s> holds %q", n.Parent.Data, n.Data)
			}
		}
	})
}

// TestStructure: what screen readers and the keyboard go by.
func TestStructure(t *testing.T) {
	eachPage(t, func(t *testing.T, d doc) {
		if attr(d.one("html"), "lang") != "en" || d.textOf("head title") == "" {
			t.Error("no language or no title")
		}
		for _, landmark := range []string{"main#main", "header", "footer", "form[role=search]", "a.skip[href=#main]", "h1"} {
			d.one(landmark)
		}
		ids, level := map[string]bool{}, 0
		for n := range d.root.Descendants() {
			if id := attr(n, "id"); id != "" && ids[id] {
				t.Errorf("two elements with the id %s", id)
			} else if id != "" {
				ids[id] = true
			}
			if l := slices.Index([]string{"", "h1", "h2", "h3", "h4"}, n.Data); n.Type == html.ElementNode && l > 0 {
				if l > level+1 {
					t.Errorf("<%s> %q follows a heading of level %d", n.Data, text(n), level)
				}
				level = l
			}
		}
		for n := range d.root.Descendants() {
			for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "form"} {
				if id := attr(n, name); id != "" && !ids[id] {
					t.Errorf("<%s %s=%s> names nothing", n.Data, name, id)
				}
			}
			if (n.Data == "input" || n.Data == "select") && attr(n, "type") != "hidden" && len(d.all("label[for="+attr(n, "id")+"]")) != 1 {
				t.Errorf("the input %s has no label", attr(n, "id"))
			}
			if n.Data == "a" && strings.TrimSpace(text(n)) == "" {
				t.Errorf("a link without text to %s", attr(n, "href"))
			}
		}
	})
}

// TestLinksKeepTheRest: a link of a search changes the parameters that it is about, and keeps all others.
func TestLinksKeepTheRest(t *testing.T) {
	all := newParams(hostileSearch().Params).without()
	plain := newParams(oil())
	for name, asked := range map[string]params{"search": plain, "hostile search": all, "hostile past": newParams(pages()["hostile past"].(Search).Params).without()} {
		d := draw(t, pages()[name])
		for _, a := range d.all("main a") {
			u, err := url.Parse(attr(a, "href"))
			if err != nil || u.Path != "/search" || text(a) == "Remove all" || strings.HasPrefix(text(a), "Same story") {
				continue
			}
			got, changed := u.Query(), []string{}
			for _, p := range known() {
				if !slices.Equal(got[p], asked.values[p]) && p != "cursor" {
					changed = append(changed, p)
				}
			}
			if !mayChange(changed) {
				t.Errorf("%s: %q changes %q", name, text(a), changed)
			}
		}
	}
}

// mayChange: one parameter, or the two ends of a range, or the filters of one field, which exclude each other.
func mayChange(names []string) bool {
	fields := map[string]bool{}
	for _, n := range names {
		switch n = strings.TrimPrefix(n, "not."); n {
		case "to", "interval": // dates of their own have bars of their own
			n = "from"
		case "missing":
			continue
		case "recency": // a part of the order
			n = "sort"
		}
		fields[n] = true
	}
	return len(fields) <= 1
}

func TestStaticAssets(t *testing.T) {
	d := draw(t, Help{})
	for selector, typ := range map[string]string{"link[rel=stylesheet]": "text/css; charset=utf-8", "link[rel=icon]": "image/svg+xml", "script[type=module]": "text/javascript; charset=utf-8", "script[async]": "text/javascript; charset=utf-8"} {
		address := attr(d.one(selector), "href") + attr(d.one(selector), "src")
		a, ok := StaticAsset(path.Base(address))
		if !ok || a.Type != typ || len(a.Content) == 0 || !strings.HasPrefix(address, StaticPath) {
			t.Errorf("%s: %s, %v, %d bytes", selector, address, a.Type, len(a.Content))
		}
		if strings.Contains(string(a.Content), "@import") || strings.Contains(string(a.Content), "url(") {
			t.Errorf("%s loads something else", address)
		}
	}
	if _, ok := StaticAsset("page.css"); ok {
		t.Error("a name without hash is served, which browsers would keep for ever")
	}
}
