package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline/index"
)

// log is a log of decisions with one of each kind.
func log() []index.Decision {
	list := []index.Decision{
		{Action: index.ActionMerge, Type: index.Person, Name: "R. Mirzaev", Other: "Ruslan Mirzaev", By: "Ada"},
		{Action: index.ActionApart, Type: index.Person, Name: "Rustam Mirzaev", Other: "Ruslan Mirzaev", Undone: true},
		{Action: index.ActionUndo, Undoes: 2},
		{Action: index.ActionRename, Type: index.Org, Name: "Port Auth.", Other: "Port Authority"},
		{Action: index.ActionHide, Type: index.Place, Name: "Thursday"},
		{Action: index.ActionShow, Type: index.Place, Name: "Thursday"},
		{Action: index.ActionSplit, Type: index.Person, Name: "MIRZAYEV"},
	}
	for i := range list {
		list[i].Number, list[i].Time = i+1, at("2026-11-28T09:30:00Z")
	}
	return list
}

// mirzaev is the page of a person with something in every part.
func mirzaev() Entity {
	r := found()
	return Entity{
		Info: index.EntityInfo{
			Type: index.Person, Name: "Ruslan Mirzaev", Total: index.Total{Articles: 12, Texts: 11, Stories: 7},
			Names: []index.NameForm{
				{Name: "Ruslan Mirzaev", Articles: 9}, {Name: "R. Mirzaev", Articles: 2, Reason: "decided"},
				{Name: "Мирзаев", Articles: 1, Reason: "the same in another script"},
			},
			Aliases: []index.NameForm{{Name: "Mirzayev", Articles: 4}},
			Suggestions: []index.Suggested{{
				Type: index.Person, Name: "Ruslan Mirzaev", Other: "Rus Mirzoev", Articles: [2]int{12, 3}, Together: 1, Score: 0.7,
				Reason: "one letter differs", Shared: []string{"Ada Quist", "Port Authority"}, Company: 0.834, DaysApart: 12,
			}},
			Apart: []string{"Rustam Mirzaev"},
		},
		Total: index.Total{Articles: 12, Texts: 11, Stories: 7}, Timeline: r.Timeline, Sources: r.Facets[index.FieldSource],
		First: &r.Hits[0], Latest: r.Hits, Unit: index.Articles,
		With: []index.Node{
			{Type: index.Person, Name: "Ada Quist", Count: 4, All: 1000, Strength: 20.04},
			{Type: index.Org, Name: "Port Authority", Count: 6, All: 7, Strength: 40},
			{Type: index.Person, Name: "Bo Lund", Count: 1, All: 900, Strength: -3},
		},
		Choice: []string{"Rus Mirzoev", "Rustam Mirzaev"}, Decisions: log(), MayDecide: true, Stats: stats,
	}
}

func TestEntity(t *testing.T) {
	d := draw(t, mirzaev())
	for selector, want := range map[string]string{
		"h1": "Ruslan Mirzaev", "head title": "Ruslan Mirzaev – Dateline", "p.kind": "Person",
		"p.total":                    "Named in 12 articles · 11 distinct texts · 7 stories",
		"section.maybe li p.because": "one letter differs; 1 article names both; each appears with Ada Quist, Port Authority (company alike to 83%); 12 days lie between the two",
	} {
		if got := d.textOf(selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	for selector, want := range map[string][]string{
		"h2":                {"May be the same", "Dates", "Appears with", "First mention", "Latest articles", "Forms", "Narrow this page", "Correct", "Decisions", "For programs"},
		"ul.forms li":       {"Ruslan Mirzaev 9 articles Split off", "R. Mirzaev 2 articles decided Split off", "Мирзаев 1 article the same in another script Split off", "Mirzayev 4 articles", "Rustam Mirzaev", "this person as JSON", "who appears with it as JSON", "as GraphML"},
		".with h3":          {"People", "Organisations"},
		".with tbody tr":    {"Ada Quist41,00020.0", "Bo Lund1900-3.0", "Port Authority6740.0"},
		"#facet-source bdi": {"harbourgazette.com", "The Quay", "Morning Tide"},
	} {
		got := d.texts(selector)
		if selector == "h2" {
			got = nil
			for _, h := range d.all("main h2") {
				got = append(got, h.FirstChild.Data)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	for i, want := range []string{"50.1%", "0%", "100%"} {
		if got := attr(d.all("svg.strength rect")[i], "width"); got != want {
			t.Errorf("bar %d is %s long, want %s", i, got, want)
		}
	}
}

// TestEntityLinks: what narrows stays on the page, what lists articles is the search for them.
func TestEntityLinks(t *testing.T) {
	e := mirzaev()
	d := draw(t, e)
	const here = "/entity/person/Ruslan%20Mirzaev"
	for _, c := range []struct{ in, label, want string }{
		{"p.total a", "12 articles", "/search?person=Ruslan+Mirzaev"},
		{".with th a", "Ada Quist", "/entity/person/Ada%20Quist"},
		{".with td a", "4", "/search?person=Ruslan+Mirzaev&q=person%3A%22Ada+Quist%22"},
		{".with td a", "6", "/search?org=Port+Authority&person=Ruslan+Mirzaev"},
		{"details.table a", "July 2023", here + "?from=2023-07&to=2023-07"},
		{"div.under a", "week", here + "?interval=week"},
		{"div.under a", "auto", here},
		{"#facet-source a", "Morning Tide", here + "?source=Morning+Tide"},
		{"section.maybe a", "Rus Mirzoev", "/entity/person/Rus%20Mirzoev"},
		{"ul.forms a", "Rustam Mirzaev", "/entity/person/Rustam%20Mirzaev"},
		{"ul.forms a", "this person as JSON", "/api/v1/entities/person/Ruslan%20Mirzaev"},
		{"ul.forms a", "as GraphML", "/api/v1/network?format=graphml&person=Ruslan+Mirzaev"},
		{"p.exports a", "All 12 articles", "/search?person=Ruslan+Mirzaev"},
	} {
		if got := d.link(c.in, c.label); got != c.want {
			t.Errorf("%s %q leads to\n%s, want\n%s", c.in, c.label, got, c.want)
		}
	}
	if got := attr(d.one("form#narrow"), "action"); got != here {
		t.Errorf("the page is narrowed at %s", got)
	}
}

func TestEntityVariants(t *testing.T) {
	e := mirzaev()
	if got := draw(t, e).link("aside .more a", "Only the name as written"); got != "/entity/person/Ruslan%20Mirzaev?variants=off" {
		t.Error(got)
	}
	e.Params = url.Values{"variants": {"off"}, "from": {"2023"}}
	d := draw(t, e)
	if got := d.link("aside .more a", "Take all these names together"); got != "/entity/person/Ruslan%20Mirzaev?from=2023" {
		t.Error(got)
	}
	if got := d.textOf("p.total"); !strings.HasPrefix(got, "Named in 12 articles of 12 articles in all") {
		t.Error(got)
	}
}

func TestEntityNarrowed(t *testing.T) {
	e := mirzaev()
	e.Params = url.Values{"q": {"oil price"}, "from": {"2023"}, "source": {"The Quay"}}
	e.Info.Total.Articles = 40
	d := draw(t, e)
	if got := d.textOf("p.total"); got != "Named in 12 articles of 40 articles in all · 11 distinct texts · 7 stories" {
		t.Error(got)
	}
	for _, c := range []struct{ in, label, want string }{
		{"p.total a", "12 articles", "/search?from=2023&person=Ruslan+Mirzaev&q=oil+price&source=The+Quay"},
		{".with td a", "4", "/search?from=2023&person=Ruslan+Mirzaev&q=%28oil+price%29+person%3A%22Ada+Quist%22&source=The+Quay"},
		{".with td a", "6", "/search?from=2023&org=Port+Authority&person=Ruslan+Mirzaev&q=oil+price&source=The+Quay"},
		{"ul.chips a", "Source: The Quay ×", "/entity/person/Ruslan%20Mirzaev?from=2023&q=oil+price"},
	} {
		if got := d.link(c.in, c.label); got != c.want {
			t.Errorf("%s %q leads to\n%s, want\n%s", c.in, c.label, got, c.want)
		}
	}
	sent := url.Values{}
	for _, n := range d.all("form#narrow input") {
		sent.Add(attr(n, "name"), attr(n, "value"))
	}
	if want := (url.Values{"q": {"oil price"}, "from": {"2023"}, "to": {""}, "source": {"The Quay"}}); sent.Encode() != want.Encode() {
		t.Errorf("the form sends %v", sent)
	}
	if d.one("meta[name=robots]"); attr(d.one("form#search input[name=q]"), "value") != "" {
		t.Error("the words that narrow the page stand in the box that searches everything")
	}
}

// sent are the fields that a form sends with its first button.
func sent(form *html.Node) url.Values {
	v := url.Values{}
	buttons := 0
	for n := range form.Descendants() {
		name := attr(n, "name")
		if n.Data == "button" {
			buttons++
		}
		if name != "" && (n.Data == "input" || n.Data == "button" && buttons == 1) {
			v.Set(name, attr(n, "value"))
		}
	}
	return v
}

// TestEntityForms: what each form of the page asks for.
func TestEntityForms(t *testing.T) {
	e := mirzaev()
	e.Params = url.Values{"from": {"2023"}}
	d := draw(t, e)
	const back = "back=%2Fentity%2Fperson%2FRuslan%2520Mirzaev%3Ffrom%3D2023"
	want := []string{
		"action=merge&" + back + "&name=Rus+Mirzoev&other=Ruslan+Mirzaev&type=person",
		"action=apart&" + back + "&name=Rus+Mirzoev&other=Ruslan+Mirzaev&type=person",
		"action=split&" + back + "&name=Ruslan+Mirzaev&type=person",
		"action=split&" + back + "&name=R.+Mirzaev&type=person",
		"action=split&" + back + "&name=%D0%9C%D0%B8%D1%80%D0%B7%D0%B0%D0%B5%D0%B2&type=person",
		"action=take&" + back + "&name=Ruslan+Mirzaev&other=&type=person",
		"action=apart&" + back + "&name=Ruslan+Mirzaev&other=&type=person",
		"action=rename&" + back + "&name=Ruslan+Mirzaev&other=Ruslan+Mirzaev&type=person",
		"action=hide&" + back + "&name=Ruslan+Mirzaev&type=person",
		"action=undo&" + back + "&undoes=1",
	}
	forms := d.all("form.ask")
	if len(forms) != len(want) {
		t.Fatalf("%d forms, want %d", len(forms), len(want))
	}
	for i, f := range forms {
		if got := sent(f).Encode(); got != want[i] {
			t.Errorf("form %d sends\n%s, want\n%s", i, got, want[i])
		}
		if attr(f, "method") != "post" || attr(f, "action") != DecidePath {
			t.Errorf("form %d: %v", i, f.Attr)
		}
	}
	if got := d.texts("datalist#choice option"); len(got) != 2 {
		t.Errorf("%d names to choose from", len(got))
	}
	e.Info.Hidden = true
	d = draw(t, e)
	if n := d.all("form.ask input[value=show]"); len(n) != 1 || !strings.Contains(d.textOf("p.notice"), "Hidden") {
		t.Error("a hidden entity cannot be shown again")
	}
}

// TestEntityReadOnly: who may not decide sees the log and the suggestions, and no form that writes.
func TestEntityReadOnly(t *testing.T) {
	e := mirzaev()
	e.MayDecide = false
	d := draw(t, e)
	if n := len(d.all("form[method=post]")) + len(d.all("section.desk")) + len(d.all("datalist")); n != 0 {
		t.Errorf("%d forms", n)
	}
	if len(d.all("ul.suggestions li")) != 1 || len(d.all("ol.log li")) != 2+1 {
		t.Errorf("suggestions %q, log %q", d.texts("ul.suggestions li"), d.texts("ol.log li"))
	}
	o := allNames()
	o.MayDecide = false
	if d = draw(t, o); len(d.all("form[method=post]")) != 0 {
		t.Error("forms among all names")
	}
}

func TestEntityLog(t *testing.T) {
	d := draw(t, mirzaev())
	if got := d.texts("ol.log p .what"); !slices.Equal(got, []string{
		"took back decision 2: kept apart Rustam Mirzaev and Ruslan Mirzaev", "kept apart Rustam Mirzaev and Ruslan Mirzaev", "merged R. Mirzaev into Ruslan Mirzaev",
	}) {
		t.Errorf("%q", got)
	}
	if got := d.texts("ol.log li.undone"); len(got) != 1 || !strings.Contains(got[0], "taken back") {
		t.Errorf("taken back: %q", got)
	}
	if got := d.texts("ol.log li"); !strings.Contains(got[2], "28 November 2026, 09:30 UTC by Ada") {
		t.Error(got[2])
	}
}

// TestDone: the notice tells of the last decision only.
func TestDone(t *testing.T) {
	for done, want := range map[int]string{0: "", 1: "", 6: "", 99: "", -1: "", 7: "Done: split off MIRZAYEV, which stands alone now."} {
		e := mirzaev()
		e.Done = done
		d := draw(t, e)
		got := strings.Join(d.texts("div.done p"), "")
		if got != want || (want != "") != (len(d.all("div.done form.ask")) == 1) {
			t.Errorf("%d: %q", done, got)
		}
	}
	e := mirzaev()
	e.Decisions, e.Done = e.Decisions[:3], 3
	d := draw(t, e)
	if got := d.textOf("div.done"); got != "Done: took back decision 2: kept apart Rustam Mirzaev and Ruslan Mirzaev." {
		t.Error(got)
	}
	e.Decisions, e.Done = e.Decisions[:2], 2
	if d := draw(t, e); len(d.all("div.done")) != 0 {
		t.Error("what is taken back is told of as done")
	}
}

// TestDecisionFault: the message stands in the form that asked, which keeps what was typed; where there is none, above.
func TestDecisionFault(t *testing.T) {
	for _, c := range []struct {
		decision index.Decision
		form     string // selector of the form's message; "" is above
	}{
		{index.Decision{Action: ActionTake, Type: index.Person, Name: "Ruslan Mirzaev", Other: "X"}, "#merge-fault"},
		{index.Decision{Action: index.ActionMerge, Type: index.Person, Name: "Ruslan Mirzaev", Other: "X"}, "#merge-fault"},
		{index.Decision{Action: index.ActionApart, Type: index.Person, Name: "Ruslan Mirzaev", Other: "X"}, "#apart-fault"},
		{index.Decision{Action: index.ActionRename, Type: index.Person, Name: "Ruslan Mirzaev", Other: "X"}, "#rename-fault"},
		{index.Decision{Action: index.ActionMerge, Type: index.Person, Name: "Rus Mirzoev", Other: "Ruslan Mirzaev"}, "ul.suggestions p.wrong"},
		{index.Decision{Action: index.ActionSplit, Type: index.Person, Name: "R. Mirzaev"}, "ul.forms p.wrong"},
		{index.Decision{Action: index.ActionUndo, Undoes: 1}, "ol.log p.wrong"},
		{index.Decision{Action: index.ActionUndo, Undoes: 2}, "p.notice.wrong"},
		{index.Decision{Action: index.ActionMerge, Type: index.Org, Name: "Ruslan Mirzaev", Other: "X"}, "p.notice.wrong"},
	} {
		e := mirzaev()
		e.Fault = &DecisionFault{Decision: c.decision, Detail: "the two are one already", Hint: "split it off first"}
		d := draw(t, e)
		if got := d.texts("[role=alert]"); !slices.Equal(got, []string{"The two are one already. Split it off first."}) {
			t.Errorf("%v: alerts %q", c.decision, got)
			continue
		}
		d.one(c.form)
		if id, ok := strings.CutSuffix(c.form, "-fault"); ok {
			box := d.one("input" + id)
			if attr(box, "value") != "X" || attr(box, "aria-invalid") != "true" || attr(box, "aria-describedby") != id[1:]+"-fault" {
				t.Errorf("%v: the box is %v", c.decision, box.Attr)
			}
		}
	}
	e := mirzaev()
	e.MayDecide, e.Fault = false, &DecisionFault{Detail: "no"}
	if got := draw(t, e).textOf("p.notice.wrong"); got != "No." {
		t.Error(got)
	}
}

// TestEntityOfOneArticle: the article is not shown twice.
func TestEntityOfOneArticle(t *testing.T) {
	e := mirzaev()
	e.Total, e.Latest = index.Total{Articles: 1, Texts: 1, Stories: 1}, e.Latest[:1]
	if d := draw(t, e); len(d.all("#first-title")) != 0 || len(d.all("ol.hits article")) != 1 {
		t.Errorf("%q", d.texts("ol.hits"))
	}
}

// TestEntityBare: an entity of which there is nothing but its name.
func TestEntityBare(t *testing.T) {
	d := draw(t, Entity{Info: index.EntityInfo{Type: index.Org, Name: "X", Names: []index.NameForm{{Name: "X"}}}, MayDecide: true})
	if n := len(d.all("section.maybe")) + len(d.all("section.with")) + len(d.all("ol.hits")) + len(d.all("ol.log")) + len(d.all("input[value=split]")); n != 0 {
		t.Errorf("%d empty parts", n)
	}
	if got := d.textOf("p.total"); got != "Named in 0 articles · 0 distinct texts · 0 stories" {
		t.Error(got)
	}
}

// TestEntityExports: what programs get is narrowed as the page is.
func TestEntityExports(t *testing.T) {
	e := mirzaev()
	e.Params = url.Values{"from": {"2023"}, "interval": {"month"}, "size": {"20"}}
	d := draw(t, e)
	if got := d.link("ul.forms a", "this person as JSON"); got != "/api/v1/entities/person/Ruslan%20Mirzaev?from=2023&interval=month&size=20" {
		t.Error(got)
	}
	if got := d.link("ul.forms a", "who appears with it as JSON"); got != "/api/v1/network?from=2023&person=Ruslan+Mirzaev" {
		t.Error(got)
	}
}
