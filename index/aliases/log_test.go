package aliases

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

// TestDecisions decides about five names, of which Anna Berg and A. Berg are one by rule.
func TestDecisions(t *testing.T) {
	names := []string{"Anna Berg 5", "A. Berg 4", "Carl Dahl 3", "Erik Fors 2", "Gina Holm"}
	for _, c := range []struct{ decisions, want string }{
		{"", "Anna Berg = A. Berg"},
		{"merge|Carl Dahl|Erik Fors", "Anna Berg = A. Berg, Carl Dahl = Erik Fors as Erik Fors"},
		{"merge|carl dahl|ERIK FORS", "Anna Berg = A. Berg, Carl Dahl = Erik Fors as Erik Fors"},
		{"merge|Erik Fors|Carl Dahl", "Anna Berg = A. Berg, Carl Dahl = Erik Fors"},
		{"merge|Carl Dahl|A. Berg", "Anna Berg = A. Berg = Carl Dahl"},
		{"merge|Carl Dahl|Erik Fors;merge|Gina Holm|Carl Dahl", "Anna Berg = A. Berg, Carl Dahl = Erik Fors = Gina Holm as Erik Fors"},
		{"merge|Carl Dahl|Nobody Yet", "Anna Berg = A. Berg, Carl Dahl as Nobody Yet"},
		{"merge|Carl Dahl|Nobody Yet;merge|Nobody Yet|Erik Fors", "Anna Berg = A. Berg, Carl Dahl = Erik Fors as Erik Fors"},
		{"merge|Carl Dahl|Erik Fors;undo", "Anna Berg = A. Berg"},

		{"split|A. Berg", ""},
		{"split|Anna Berg", ""},
		{"merge|Carl Dahl|Erik Fors;merge|Gina Holm|Erik Fors;split|Erik Fors", "Anna Berg = A. Berg, Carl Dahl = Gina Holm"},
		{"split|A. Berg;merge|A. Berg|Anna Berg", "Anna Berg = A. Berg"},
		{"split|A. Berg;merge|A. Berg|Carl Dahl", "A. Berg = Carl Dahl as Carl Dahl"},
		{"merge|A. Berg|Carl Dahl;split|A. Berg", ""},

		{"apart|A. Berg|Anna Berg", ""},
		{"apart|A. Berg|Anna Berg;merge|Anna Berg|A. Berg", "Anna Berg = A. Berg as A. Berg"},
		{"merge|Carl Dahl|A. Berg;apart|Carl Dahl|Anna Berg", "A. Berg = Carl Dahl"},
		{"merge|Carl Dahl|Erik Fors;apart|Carl Dahl|Erik Fors", "Anna Berg = A. Berg"},

		{"rename|Carl Dahl|The Director", "Anna Berg = A. Berg, Carl Dahl as The Director"},
		{"rename|A. Berg|ANNA BERG", "Anna Berg = A. Berg as ANNA BERG"},
		{"rename|Carl Dahl|Carl DAHL;rename|Carl Dahl|The Director;undo", "Anna Berg = A. Berg, Carl Dahl as Carl DAHL"},
		{"rename|Carl Dahl|The Director;merge|Erik Fors|Carl Dahl", "Anna Berg = A. Berg, Carl Dahl = Erik Fors as The Director"},
		{"rename|Carl Dahl|The Director;merge|Carl Dahl|Erik Fors", "Anna Berg = A. Berg, Carl Dahl = Erik Fors as Erik Fors"},
		{"rename|Carl Dahl|The Director;rename|Erik Fors|The Director", "Anna Berg = A. Berg, Erik Fors as The Director"},
		{"rename|Carl Dahl|The Director;split|The Director", "Anna Berg = A. Berg"},

		{"hide|A. Berg", "Anna Berg = A. Berg hidden"},
		{"hide|A. Berg;show|Anna Berg", "Anna Berg = A. Berg"},
		{"show|A. Berg;hide|Anna Berg", "Anna Berg = A. Berg hidden"},
		{"hide|Carl Dahl;merge|Carl Dahl|Erik Fors", "Anna Berg = A. Berg, Carl Dahl = Erik Fors as Erik Fors"},
		{"hide|Erik Fors;merge|Carl Dahl|Erik Fors", "Anna Berg = A. Berg, Carl Dahl = Erik Fors as Erik Fors hidden"},
		{"hide|Carl Dahl;hide|Erik Fors;undo|1", "Anna Berg = A. Berg, Erik Fors hidden"},
	} {
		var decisions []string
		if c.decisions != "" {
			decisions = strings.Split(c.decisions, ";")
		}
		if got := described(bookOf(index.Person, archiveOf(names...), decisions...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.decisions, got, c.want)
		}
	}
}

// described writes the entities that are not just a name: the names, "as" what it is shown as, and whether it is hidden.
func described(b *Book) string {
	var list []string
	for i, of := range b.of {
		if uint32(i) != of {
			continue
		}
		var names []string
		for _, n := range slices.SortedFunc(slices.Values(b.all(of)), b.compare) {
			names = append(names, b.lex.Label(int(n)))
		}
		one := strings.Join(names, " = ")
		plain := b.Label(of) == names[0] && !b.Hidden(of) && len(names) == 1
		if b.Label(of) != names[0] {
			one += " as " + b.Label(of)
		}
		if b.Hidden(of) {
			one += " hidden"
		}
		if !plain {
			list = append(list, one)
		}
	}
	return strings.Join(list, ", ")
}

func TestAddRefuses(t *testing.T) {
	l := logOf(index.Person, "hide|Anna Berg", "undo")
	before := len(l.All())
	merge := index.Decision{Action: index.ActionMerge, Type: index.Person, Name: "Anna Berg", Other: "Carl Dahl"}
	for detail, d := range map[string]index.Decision{
		`there is no action "join"`:                        {Action: "join", Type: index.Person, Name: "Anna Berg"},
		`there is no type "topic"`:                         {Action: index.ActionHide, Type: "topic", Name: "oil"},
		`hide needs a name`:                                {Action: index.ActionHide, Type: index.Person, Name: " "},
		`merge needs two names`:                            {Action: index.ActionMerge, Type: index.Person, Name: "Anna Berg"},
		`"Anna Berg" and "anna berg" are one name already`: {Action: index.ActionMerge, Type: index.Person, Name: "Anna Berg", Other: "anna berg"},
		`"Anna Berg" and "anna berg" are one name`:         {Action: index.ActionApart, Type: index.Person, Name: "Anna Berg", Other: "anna berg"},
		`hide takes one name, not also "Carl Dahl"`:        {Action: index.ActionHide, Type: index.Person, Name: "Anna Berg", Other: "Carl Dahl"},
		`hide undoes nothing`:                              {Action: index.ActionHide, Type: index.Person, Name: "Anna Berg", Undoes: 1},
		`decision 1 is undone already`:                     {Action: index.ActionUndo, Undoes: 1},
		`decision 2 is an undo, which cannot be undone`:    {Action: index.ActionUndo, Undoes: 2},
		`there is no decision 9 to undo`:                   {Action: index.ActionUndo, Undoes: 9},
		`there is no decision -1 to undo`:                  {Action: index.ActionUndo, Undoes: -1},
		`name is not valid UTF-8`:                          {Action: index.ActionHide, Type: index.Person, Name: "\xff"},
		`by has 2000 bytes; at most 1024 are kept`:         {Action: index.ActionHide, Type: index.Person, Name: "x", By: strings.Repeat("x", 2000)},
		`the year 12024 cannot be kept`:                    {Action: index.ActionHide, Type: index.Person, Name: "x", Time: index.Time{Time: time.Date(12024, 1, 1, 0, 0, 0, 0, time.UTC)}},
	} {
		added, err := l.Add(index.Time{}, []index.Decision{merge, d})
		var fault *index.DecisionError
		if !errors.As(err, &fault) || fault.Detail != detail || fault.Index != 1 || added != nil {
			t.Errorf("%+v: %v, want %s", d, err, detail)
		}
	}
	if len(l.All()) != before {
		t.Errorf("what was refused is in the log: %v", l.All())
	}
	if _, err := new(Log).Add(index.Time{}, []index.Decision{{Action: index.ActionUndo}}); err == nil || err.Error() != "nothing is left to undo" {
		t.Errorf("undo of nothing: %v", err)
	}
}

func TestAddKeepsWhatIsSet(t *testing.T) {
	now, then := index.At(time.Date(2024, 3, 20, 12, 0, 0, 5, time.UTC)), index.At(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC))
	l := &Log{}
	first := l.All()
	added, err := l.Add(now, []index.Decision{
		{Number: 9, Undone: true, Action: index.ActionHide, Type: index.Org, Name: "HPA"},
		{Time: then, By: "a reader", Action: index.ActionHide, Type: index.Org, Name: "HPA"},
		{Action: index.ActionUndo, Type: index.Org, Name: "HPA"},
	})
	want := []index.Decision{
		{Number: 1, Time: now, Action: index.ActionHide, Type: index.Org, Name: "HPA"},
		{Number: 2, Time: then, By: "a reader", Action: index.ActionHide, Type: index.Org, Name: "HPA", Undone: true},
		{Number: 3, Time: now, Action: index.ActionUndo, Undoes: 2},
	}
	if err != nil || !slices.Equal(added, want) || !slices.Equal(l.All(), want) || len(first) != 0 {
		t.Errorf("%v, %v\nwant %v", added, err, want)
	}
	before := l.All()
	if _, err := l.Add(now, []index.Decision{{Action: index.ActionUndo}}); err != nil || before[0].Undone || !l.All()[0].Undone {
		t.Errorf("%v: what All returned has changed: %v", err, before)
	}
}

func TestCheckRename(t *testing.T) {
	b := bookOf(index.Person, archiveOf("Anna Berg 5", "A. Berg 4", "Carl Dahl 3"), "rename|Carl Dahl|The Director", "merge|Nobody Yet|Carl Dahl")
	for _, c := range []struct {
		name, other string
		refused     bool
	}{
		{"Anna Berg", "Carl Dahl", true}, {"Anna Berg", "the director", true}, {"Anna Berg", "Nobody Yet", true}, {"Somebody", "Anna Berg", true},
		{"Anna Berg", "A. Berg", false}, {"Anna Berg", "Annie", false}, {"Carl Dahl", "Carl Dahl", false}, {"The Director", "CARL DAHL", false},
	} {
		d := index.Decision{Action: index.ActionRename, Type: index.Person, Name: c.name, Other: c.other}
		var fault *index.DecisionError
		if err := b.Check(d); errors.As(err, &fault) != c.refused || c.refused && !strings.Contains(fault.Hint, "merge") {
			t.Errorf("%s as %s: %v", c.name, c.other, err)
		}
		d.Action = index.ActionMerge
		if err := b.Check(d); err != nil {
			t.Errorf("%v: %v", d, err)
		}
	}
}

func TestImport(t *testing.T) {
	here := logOf(index.Person, "hide|Anna Berg", "merge|Carl Dahl|Erik Fors", "undo")
	there := logOf(index.Person, "hide|Anna Berg", "split|Gina Holm", "undo", "merge|Carl Dahl|Erik Fors", "merge|Carl Dahl|Erik Fors")
	list := here.Import(there.All())
	if len(list) != 1 || list[0].Action != index.ActionMerge || list[0].Number != 0 {
		t.Fatalf("imported are %v", list)
	}
	if _, err := here.Add(index.Time{}, list); err != nil {
		t.Fatal(err)
	}
	if again := here.Import(there.All()); len(again) != 0 || again == nil {
		t.Errorf("imported again are %v", again)
	}
	later := there.All()[0]
	later.Time = index.At(time.Now())
	if list := here.Import([]index.Decision{later}); len(list) != 1 {
		t.Error("a decision that was taken again later is not imported")
	}
}

// TestDecideIsAllOrNone checks each decision of a list against what those before it make.
func TestDecideIsAllOrNone(t *testing.T) {
	merge := func(a, b string) index.Decision {
		return index.Decision{Action: index.ActionMerge, Type: index.Person, Name: a, Other: b}
	}
	var l Log
	free := func(func() *Decided, index.Decision) error { return nil }
	if added, err := l.Decide(index.Time{}, []index.Decision{merge("A", "B")}, free); err != nil || len(added) != 1 || len(l.All()) != 1 {
		t.Fatalf("%+v, %v", added, err)
	}
	var seen []int
	refuse := func(before func() *Decided, d index.Decision) error {
		seen = append(seen, len(before().of(index.Person).sets))
		if d.Name == "E" {
			return fault("no E", "")
		}
		return nil
	}
	_, err := l.Decide(index.Time{}, []index.Decision{merge("C", "D"), merge("E", "F")}, refuse)
	var d *index.DecisionError
	if !errors.As(err, &d) || d.Index != 1 || len(l.All()) != 1 || !slices.Equal(seen, []int{2, 4}) {
		t.Errorf("%v; %d in the log; names in force before each: %v", err, len(l.All()), seen)
	}
	if _, err := l.Decide(index.Time{}, []index.Decision{merge("C", "D"), merge("G", "G")}, free); !errors.As(err, &d) || d.Index != 1 || len(l.All()) != 1 {
		t.Errorf("%v; %d in the log", err, len(l.All()))
	}
}
