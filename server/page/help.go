package page

import (
	"io"
	"strings"

	"dateline/index"
	"dateline/query"
)

// Help is the page that says how to search.
type Help struct{ Stats index.Stats }

// helpView is what help.html draws.
type helpView struct {
	frame
	Syntax []helpRow
	Fields []helpField
}

// helpRow is a way to write a query and what it finds.
type helpRow struct {
	Write, URL string
	Means      []index.Segment // marked where it is to be typed
}

type helpField struct{ Name, Is, Takes string }

// syntax is the language of queries by example. Between backquotes stands what is to be typed.
var syntax = [][2]string{
	{`oil price`, "both words, in any order. When no article has both, the page says so and shows those with any of them"},
	{`"oil price"`, "the phrase: the words next to each other, in this order. Curly quotes do as well"},
	{`oil AND price`, "both"},
	{`oil OR gas`, "one of them or both. AND binds tighter than OR"},
	{`oil NOT price`, "the first and not the second; `oil -price` is the same"},
	{`+oil price`, "oil for certain; articles that have price too come first"},
	{`(oil OR gas) price`, "parentheses group"},
	{`econom*`, "words that begin with econom"},
	{`title:oil`, "in the title only; likewise `title:(oil OR gas)` and `title:\"oil price\"`"},
	{`source:"The Guardian"`, "from that publisher, whatever the case, accents or www. before it"},
	{`date:2023-05`, "published in May 2023; `date:2023-05-30` is a day and `date:2023` a year"},
	{`date:2023-05-01..2023-05-31`, "published from the one day to the other, both included"},
	{`date:>=2023-05-01`, "published on that day or later; also `>` `<` `<=`"},
	{`date:last7d`, "published within the last seven days"},
	{`after:2023-05 before:2023-09`, "published after May and before September"},
}

// takes says what may stand after a field's colon.
var takes = map[query.Kind]string{
	query.KindText:  "words, phrases, prefixes",
	query.KindValue: "exact values",
	query.KindDate:  "dates and ranges",
}

// Render writes the page.
func (h Help) Render(w io.Writer) error {
	v := helpView{frame: newFrame("How to search", h.Stats)}
	for _, row := range syntax {
		v.Syntax = append(v.Syntax, helpRow{Write: row[0], URL: params{}.with("q", row[0]).URL(), Means: typed(row[1])})
	}
	for _, f := range query.Fields {
		v.Fields = append(v.Fields, helpField{Name: f.Name, Is: f.Is, Takes: takes[f.Kind]})
	}
	return render(w, "help.html", v)
}

// typed parts a text at its backquotes.
func typed(text string) []index.Segment {
	var list []index.Segment
	code := false
	for part := range strings.SplitSeq(text, "`") {
		if part != "" {
			list = append(list, index.Segment{Text: part, Marked: code})
		}
		code = !code
	}
	return list
}
