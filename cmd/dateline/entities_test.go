package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

func TestShellWord(t *testing.T) {
	for word, want := range map[string]string{
		"Dekker": "Dekker", "news.idx": "news.idx", "Joris Dekker": "'Joris Dekker'", "": "''", "-x": "'-x'", "O'Neill": `'O'\''Neill'`,
		"$(reboot)": "'$(reboot)'", "a;b": "'a;b'", "Мирзаев": "'Мирзаев'", "a\x1b]0;\nb": "'a ]0; b'",
	} {
		if got := shellWord(word); got != want {
			t.Errorf("%q became %s, not %s", word, got, want)
		}
	}
}

func TestWhatWasDecided(t *testing.T) {
	at := func(n int, d index.Decision) index.Decision {
		d.Number, d.Time = n, index.At(time.Date(2024, 3, 14, 9, n, 0, 0, time.UTC))
		return d
	}
	log := []index.Decision{
		at(1, index.Decision{Action: index.ActionMerge, Type: index.Person, Name: "R. Mirza", Other: "Ruslan Mirzaev", By: "ada"}),
		at(2, index.Decision{Action: index.ActionApart, Type: index.Person, Name: "A", Other: "B", Undone: true}),
		at(3, index.Decision{Action: index.ActionUndo, Undoes: 2}),
		at(4, index.Decision{Action: index.ActionSplit, Type: index.Org, Name: "AC\x1bDC"}),
		at(5, index.Decision{Action: index.ActionRename, Type: index.Place, Name: "Kiev", Other: "Kyiv"}),
		at(6, index.Decision{Action: index.ActionHide, Type: index.Org, Name: `"Reuters"`}),
		at(7, index.Decision{Action: index.ActionShow, Type: index.Org, Name: "Reuters"}),
	}
	var b bytes.Buffer
	if err := printLog(&b, log); err != nil {
		t.Fatal(err)
	}
	const want = `   1  2024-03-14 09:01:00 ada  person merged "R. Mirza" into "Ruslan Mirzaev"
   2  2024-03-14 09:02:00  person kept "A" and "B" apart (taken back)
   3  2024-03-14 09:03:00  took back 2, that kept "A" and "B" apart
   4  2024-03-14 09:04:00  org split "AC DC" off
   5  2024-03-14 09:05:00  place renamed "Kiev" to "Kyiv"
   6  2024-03-14 09:06:00  org hid "\"Reuters\""
   7  2024-03-14 09:07:00  org unhid "Reuters"
`
	if b.String() != want {
		t.Errorf("got\n%s", &b)
	}
	b.Reset()
	if err := printLog(&b, nil); err != nil || !strings.Contains(b.String(), "nothing has been decided") {
		t.Errorf("%s, %v", &b, err)
	}
}

func TestEntitiesSeen(t *testing.T) {
	names := func(list ...string) (forms []index.NameForm) {
		for _, name := range list {
			forms = append(forms, index.NameForm{Name: name})
		}
		return forms
	}
	one := &index.EntityInfo{Name: "Ruslan Mirzaev", Total: index.Total{Articles: 1200}, Names: names("Ruslan Mirzaev", "R. Mirza", "Mirzayev")}
	seen := entitiesSeen{[]string{"R. MIRZA", "ruslan mirzaev", "Nobody"}, []*index.EntityInfo{one, one, nil}}
	if got := seen.String(); got != "Ruslan Mirzaev: 1,200 articles, 3 names; Nobody: no article" {
		t.Error(got)
	}
	if got := strings.Join(seen.others(), ", "); got != "Ruslan Mirzaev, Mirzayev, R. Mirza" {
		t.Error(got)
	}
	if seen.has("Nobody") || !seen.has("R. MIRZA") || seen.has("other") {
		t.Error("has")
	}
	if got := seen.without("Nobody").without("R. MIRZA").String(); got != "Ruslan Mirzaev: 1,200 articles, 3 names" {
		t.Error(got)
	}
	hidden := &index.EntityInfo{Name: "A\nB", Hidden: true, Total: index.Total{Articles: 1}, Names: names("A\nB")}
	if got := (entitiesSeen{[]string{"A\nB"}, []*index.EntityInfo{hidden}}).String(); got != "A B: 1 article, 1 name, hidden" {
		t.Error(got)
	}
}

func TestSuggestion(t *testing.T) {
	for _, c := range []struct {
		s    index.Suggested
		want string
	}{
		{index.Suggested{Type: index.Person, Name: "mirzaev", Other: "Ruslan Mirzaev", Articles: [2]int{1200, 5}, Together: 1, Score: 0.6, Reason: "a surname", Shared: []string{"Dekker", "O'Neill"}, Company: 0.834, DaysApart: 1},
			"  0.60  mirzaev 1,200, Ruslan Mirzaev 5 (a surname); both in 1 article; both with Dekker, O'Neill; company alike to 0.83; 1 day apart\n        merge person mirzaev 'Ruslan Mirzaev'\n"},
		{index.Suggested{Type: index.Org, Name: "NCO", Other: "Northern Corridor", Articles: [2]int{3, 2}, Score: 1, Reason: "r"},
			"  1.00  NCO 3, Northern Corridor 2 (r)\n        merge org 'Northern Corridor' NCO\n"},
	} {
		var b bytes.Buffer
		l := listing{Writer: bufio.NewWriter(&b)}
		l.suggestion(c.s, func(word string) string { return word })
		if l.Flush(); b.String() != c.want {
			t.Errorf("got %s", &b)
		}
	}
}
