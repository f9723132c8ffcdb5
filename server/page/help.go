package page

import (
	"io"

	"dateline/index"
	"dateline/query"
)

// HelpPath is the path of the page Help.
const HelpPath = "/help"

// Help is the page that says how to search.
type Help struct {
	Stats    index.Stats
	Examples Examples
}

// helpView is what help.html draws.
type helpView struct {
	frame
	First    []counted // what most readers need
	Own      []counted // searches for what this index has
	Counted  bool      // the examples say what they find
	Fields   []helpField
	Language []block
}

// counted is an example with what it finds.
type counted struct {
	row
	Found string // "" when nobody counted
}

type helpField struct{ Name, Is, Takes string }

// first are the ways to search that most readers need, by example.
var first = [][]string{
	{"`oil price`", "both words, in any order. When no article has both, the page says so and shows those with any of them"},
	{"`\"oil price\"`", "the phrase: the words next to each other, in this order"},
	{"`oil OR gas`", "one of them or both"},
	{"`oil -price`", "the first and not the second"},
	{"`econom*`", "words that begin with econom; `wom?n` finds woman and women, `brexit~` words like brexit"},
	{"`oil NEAR/5 price`", "the two at most five words apart; `oil SENTENCE price` in one sentence"},
	{"`bribe NEAR/10 @person`", "the word near the name of any person; `@org`, `@place` and `@entity` likewise"},
	{"`title:oil`", "in the title only"},
	{"`source:\"The Guardian\"`", "from that publisher"},
	{"`date:2023-05`", "published in May 2023; `date:2023-05-30` is a day and `date:2023` a year"},
}

// takes says what may stand after a field's colon.
var takes = map[query.Kind]string{
	query.KindText:   "words, phrases, patterns",
	query.KindValue:  "exact values",
	query.KindDate:   "dates and ranges",
	query.KindNumber: "numbers and ranges",
	query.KindName:   "names of fields",
}

// Render writes the page.
func (h Help) Render(w io.Writer) error {
	v := helpView{frame: newFrame("How to search", h.Stats).on(HelpPath), Language: blocks(query.Syntax), Counted: len(h.Examples.Found) > 0}
	for _, cells := range first {
		r := newRow(cells, true)
		v.First = append(v.First, counted{r, h.Examples.found(r)})
	}
	for _, e := range h.Examples.Own {
		r := row{[]link{{Text: e.Text, URL: params{}.with("q", e.Text).URL()}}, typed(e.Means)}
		v.Own = append(v.Own, counted{r, h.Examples.found(r)})
	}
	for _, f := range query.Fields {
		v.Fields = append(v.Fields, helpField{Name: f.Name, Is: f.Is, Takes: takes[f.Kind]})
	}
	return render(w, "help.html", v)
}
