package memory

import (
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/snippet"
	"dateline/query"
)

var roundsFlag = flag.Int("memory.rounds", 20000, "number of random texts")

// TestMarksAreRuns holds that the words that package snippet marks, which counts positions cleverly, are those that stand in
// the runs found here, where everything is tried.
func TestMarksAreRuns(t *testing.T) {
	seed := rand.Uint64()
	marked := 0
	for i := range uint64(*roundsFlag) {
		d := dice{rand.New(rand.NewPCG(seed+i, 0))}
		title, tree := d.text(), d.unit(2)
		want := title
		a := index.Article{Title: title, Language: "en", Entities: d.entities(title)}
		e := newEntry(a)
		inRun := map[int]bool{}
		for _, r := range (newLeaves(nil)).runs(tree, e.texts[0]) {
			for j := r.first; j <= r.last; j++ {
				inRun[j] = true
			}
		}
		for j, token := range slices.Backward(analysis.Tokens(nil, title)) {
			if inRun[j] {
				want = want[:token.Start] + "[" + want[token.Start:token.End] + "]" + want[token.End:]
			}
		}
		got := ""
		for _, s := range snippet.New(tree, nil).Title(&a) {
			if s.Marked {
				marked++
				got += "[" + s.Text + "]"
			} else {
				got += s.Text
			}
		}
		if got != want {
			t.Fatalf("seed %d: %s\n got %s\nwant %s", seed+i, tree, got, want)
		}
	}
	if marked < *roundsFlag {
		t.Errorf("only %d words are marked in %d titles", marked, *roundsFlag)
	}
}

// dice makes texts and units of few words.
type dice struct{ *rand.Rand }

func (d dice) pick(list ...string) string { return list[d.IntN(len(list))] }

func (d dice) text() string {
	var b strings.Builder
	for range d.IntN(20) {
		b.WriteString(d.word() + d.pick(" ", " ", " ", ". ", "\n\n", " x "))
	}
	return b.String()
}

func (d dice) word() string { return d.pick("Oil", "oils", "Gas", "Price", "prices", "Port") }

// entities names parts of a text, some of which are not in it.
func (d dice) entities(text string) (list []index.Entity) {
	for range d.IntN(5) {
		e := index.Entity{Type: d.pick(index.Person, index.Org, index.Place, "thing")}
		for range d.IntN(3) {
			at := d.IntN(len(text)+3) - 1
			e.Mentions = append(e.Mentions, index.Mention{Field: d.pick("title", "title", "body"), Start: at, End: at + d.IntN(20) - 1})
		}
		list = append(list, e)
	}
	return list
}

func (d dice) class() string { return d.pick("@person", "@org", "@place", "@entity") }

func (d dice) words(n int) string {
	list := make([]string, n)
	for i := range list {
		if list[i] = d.word(); d.IntN(6) == 0 {
			list[i] = d.class()
		}
	}
	return strings.Join(list, " ")
}

func (d dice) unit(depth int) query.Node {
	if depth > 0 && d.IntN(2) == 0 {
		n := query.Near{Left: d.unit(depth - 1), Right: d.unit(depth - 1), Op: query.NearOp(1 + d.IntN(5)), Distance: 1 + d.IntN(5)}
		if d.IntN(4) == 0 {
			n.Right = query.Or{Nodes: []query.Node{n.Right, d.unit(depth - 1)}}
		}
		return n
	}
	switch d.IntN(9) {
	case 0:
		return query.Phrase{Text: d.words(2 + d.IntN(3)), Slop: d.IntN(6), Exact: d.IntN(3) == 0}
	case 1:
		return query.Phrase{Text: d.words(2)}
	case 2:
		return query.Together{Text: d.words(1 + d.IntN(4)), Distance: d.IntN(8)}
	case 3:
		return query.Repeat{Node: query.Or{Nodes: []query.Node{query.Word{Text: d.word()}, d.pattern()}}, Times: 2 + d.IntN(4)}
	case 4:
		return d.pattern()
	case 5:
		return query.Word{Text: d.class()}
	}
	return query.Word{Text: d.word()}
}

func (d dice) pattern() query.Node {
	return []query.Node{
		query.Prefix{Text: "pri"}, query.Prefix{Text: "oil pr"}, query.Wildcard{Text: "p*t"}, query.Wildcard{Text: "?as"},
		query.Fuzzy{Text: "pirce", Edits: 1}, query.Fuzzy{Text: "port", Edits: 2}, query.Regexp{Text: "O[ijk]ls?"},
	}[d.IntN(7)]
}
