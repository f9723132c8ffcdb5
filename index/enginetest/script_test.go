package enginetest

import (
	"errors"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

func TestScriptReads(t *testing.T) {
	s, err := parseScript("s", `
# Comment.
put a title="Oil \"price\"\n\nrises" date=2024-03 topic=x topic="y z"
	author=B author=A
put b body=gas text=- person="Anna Berg" date=2024-03-14T10:30:00+02:00
	got indexed=2
put c title=gold
delete a "b c"

search  "oil price" -gold
	with sort=oldest source="A B"
	with size=2
	hits a b
export
stats
facet person mir rus
	with q=oil
`)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	for _, step := range s.steps {
		verbs = append(verbs, step.verb)
	}
	if got := strings.Join(verbs, " "); got != "put put delete search export stats facet" {
		t.Fatalf("got the steps %s", got)
	}
	batch := s.steps[0].articles
	if len(batch) != 2 || batch[0].Title != "Oil \"price\"\n\nrises" || batch[0].Precision != "month" || batch[0].Day() != "2024-03-01" ||
		text(batch[0].Topics) != `["x","y z"]` || text(batch[0].Authors) != `["B","A"]` {
		t.Errorf("got the batch %s", text(batch))
	}
	named := index.Article{Title: "Łódź and Łódź", Body: "In Łódź.", Entities: []index.Entity{{Type: index.Place, Name: "Łódź"}, {Type: index.Org, Name: "x"}}}
	if got := text(identified(named).Entities[0].Mentions); got != `[{"field":"title","start":0,"end":4,"text":"Łódź"},`+
		`{"field":"title","start":9,"end":13,"text":"Łódź"},{"field":"body","start":3,"end":7,"text":"Łódź"}]` || named.Entities[0].Mentions != nil {
		t.Errorf("got the mentions %s", got)
	}
	if b := identified(batch[1]); b.Text != "" || b.Story != "" || b.Entities[0].Name != "Anna Berg" || b.Published.Hour() != 8 {
		t.Errorf("got %s", text(b))
	}
	if a := identified(batch[0]); a.Text == "" || a.Story != a.Text {
		t.Errorf("a text without an id got %q, and the story %q", a.Text, a.Story)
	}
	if got := text(s.steps[2].ids); got != `["a","b c"]` {
		t.Errorf("got the ids %s", got)
	}
	if q := s.steps[3]; q.query != `"oil price" -gold` || len(q.with) != 3 || q.with[1].value != "A B" || len(q.expect) != 1 || q.line != 10 {
		t.Errorf("got the search %+v", q)
	}
	if f := s.steps[6]; f.field != "person" || f.query != "mir rus" || len(f.with) != 1 {
		t.Errorf("got the facet %+v", f)
	}
}

func TestScriptFaults(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{"", "s:1: the script has no steps"},
		{"# only words", "s:1: the script has no steps"},
		{"\thits a", "s:1: an indented line belongs to the step above"},
		{"find oil", `s:1: "find" is no step`},
		{"put", "s:1: put needs an id"},
		{"put title=oil", "s:1: put needs an id"},
		{"put a titel=oil", `s:1: an article has no "titel"`},
		{"put a title", `s:1: "title" is not name=value`},
		{"put a title=\"oil", `s:1: the quotes in "oil are not closed`},
		{"put a\n\tdate=14.3.2024", `s:2: "14.3.2024" is no date`},
		{"put a title=x\n\thits a", `s:2: "hits" is not name=value`},
		{"stats oil", "s:1: stats stands alone"},
		{"search oil\n\n\thit a", `s:3: "hit" cannot be expected of search: write one of total hits`},
		{"delete a\n\twith size=1", `s:2: "with" cannot be expected of delete`},
		{"facet person\n\thits a", `s:2: "hits" cannot be expected of facet: write one of values error`},
		{"export\n\ttotal 3", `s:2: "total" cannot be expected of export`},
		{"entity person x\n\thits a", `s:2: "hits" cannot be expected of entity`},
		{"decide merge person \"A", "s:1: the quotes in"},
	} {
		_, err := parseScript("s", c.script)
		if e := (*scriptError)(nil); !errors.As(err, &e) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q:\n got %v\nwant %s", c.script, err, c.want)
		}
	}
}

// TestScriptNotices plays a script in which every expectation is wrong.
func TestScriptNotices(t *testing.T) {
	const people = "put a title=Oil person=\"Ruslan Mirzaev aka Boss\"\nput b title=Gas person=\"R. Mirzaev\"\n"
	const put = "put a title=\"Oil price\" source=AP date=2024-03-14\nput b title=oil\n"
	for _, c := range []struct{ script, want string }{
		{put + "\tgot indexed=1", "indexed=2"},
		{put + "\tgot found=1", `there is no "found" here`},
		{put + "delete a\n\tgot deleted=2", "deleted=1"},
		{put + "stats\n\tgot articles=3 first=none", "articles=2 first=2024-03-14"},
		{put + "search oil\n\ttotal 2 texts=1", "2 texts=2"},
		{put + "search oil\n\ttotal 2 words=1", `"words" is no unit`},
		{put + "search oil\n\thits b a", "a b"},
		{put + "search oil\n\twith size=1\n\thits a\n\tend", "there is another page"},
		{put + "search oil\n\thits a b\n\tthen c", "there is no such page"},
		{put + "search oil\n\tmatch any", "all"},
		{put + "search oil\n\tfacet source AP=2 missing=1 distinct=1", "source AP=1 missing=1 distinct=1"},
		{put + "search oil\n\tfacet source AP=1\n\tfacet body oil=2", `no facet "body"`},
		{put + "search oil\n\ttimeline day 2024-03-14=2/2 undated=1", "day 2024-03-14=1/1 undated=1"},
		{put + "search oil\n\ttimeline day 2024-03-14=1/1 undated=0", "undated=1"},
		{put + "search oil\n\ttitle a [Oil] [price]", "a [Oil] price"},
		{put + "search oil\n\ttitle c oil", "c is no hit"},
		{put + "search oil\n\tmarked a oil", "a"},
		{put + "search oil\n\tstory a 2/1", "a 1/1"},
		{put + "search oil\n\terror cursor", "got <nil>, want a fault"},
		{put + "search oil\n\twith cursor=x\n\terror size", "cursor"},
		{put + "search oil\n\twith cursor=x", "is not a cursor"},
		{put + "search (oil", "query (oil: "},
		{put + "facet source a\n\tvalues AFP=1 missing=1", "AP=1 missing=1"},
		{put + "facet source a\n\twith q=gas\n\tvalues AP=1 distinct=0", "distinct=0"},
		{put + "facet sources a\n\tvalues AP=1", "did you mean source?"},
		{put + "facet sources a\n\terror count", "field"},
		{put + "export oil\n\twith sort=oldest\n\thits b a", "a b"},
		{put + "search oil\n\tvariants oil=gas", "want oil=gas"},
		{people + "entity person\n\tname x", "entity needs a type and a name"},
		{people + "entity person \"R. Mirzaev\"\n\tname \"Ruslan Mirzaev\"", `got "R. Mirzaev"`},
		{people + "entity person \"R. Mirzaev\"\n\tnames \"Ruslan Mirzaev\"=1", `"R. Mirzaev"=1 "Ruslan Mirzaev"=1`},
		{people + "entity person \"R. Mirzaev\"\n\taliases x=1", "aliases\n got Boss=1"},
		{people + "entity person \"R. Mirzaev\"\n\treasons x", "reasons\n got \"R. Mirzaev\": ; \"Ruslan Mirzaev\": the initial fits;"},
		{people + "entity person \"R. Mirzaev\"\n\thidden true", "false"},
		{people + "entity person \"R. Mirzaev\"\n\ttotal 1 texts=1", "2 texts=2"},
		{people + "entity person Nobody\n\ttotal 1", "no such article"},
		{people + "entity person Nobody\n\terror type", "got not found"},
		{people + "decide hide person x\n\tgot number=2", "number=1"},
		{people + "decide hide person x\n\terror no", "went well, want an error"},
		{people + "decide hide person\n\terror no", "hide needs a name"},
		{people + "decide undo", "nothing is left to undo"},
		{people + "suggestions person\n\ttotal 1", "got 0"},
		{people + "suggestions person\n\tpairs A~B=1/1/0", "want A~B=1/1/0"},
		{people + "suggestions topic", "type"},
		{people + "network\n\tnodes person:x=1/1", `person:"R. Mirzaev"=2/2`},
		{people + "network\n\twith by=name", "by"},
		{people + "network\n\tedges x", "want x"},
		{people + "network (oil", "query (oil: "},
	} {
		s, err := parseScript("s", c.script)
		if err != nil {
			t.Errorf("%q: %v", c.script, err)
			continue
		}
		faults := s.play(t.Context(), memory.New(memory.Options{Clock: Clock}))
		if len(faults) != 1 || !strings.Contains(faults[0].Error(), c.want) || !strings.HasPrefix(faults[0].Error(), "s:") {
			t.Errorf("%q:\n got %v\nwant one fault with %s", c.script, faults, c.want)
		}
	}
}

func FuzzParseScript(f *testing.F) {
	f.Add("put a title=\"x\" date=2024\n\tgot indexed=1\nsearch oil\n\twith size=1\n\thits a\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseScript("s", text)
		if e := (*scriptError)(nil); err != nil && (!errors.As(err, &e) || e.line < 1) {
			t.Errorf("an error without a line: %v", err)
		}
		if err == nil && len(s.steps) == 0 {
			t.Error("a script without steps and without an error")
		}
	})
}
