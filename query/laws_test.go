package query

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// maker makes random trees as the parser makes them: no Or directly inside Or, no And inside And, no bare Not in a List.
type maker struct{ *rand.Rand }

func (m maker) pick(list ...string) string { return list[m.IntN(len(list))] }

func (m maker) leaf() Node {
	prose := m.pick("", "", "", "title", "lead", "body", "author", "url")
	switch m.IntN(8) {
	case 0:
		return Phrase{Field: prose, Text: m.pick("oil price", "AND", `say "oil" now`, `C:\temp\`, "«Öl» “x”", "NEAR/5", "(a", "-x", "title:y", "a")}
	case 1:
		return Prefix{Field: prose, Text: m.pick("econom", "19", "Öl", "石油", "anti-terror")}
	case 2:
		return Value{Field: m.pick("source", "person", "entity", "id"), Text: m.pick("Reuters", "New York Times", "AND", "-x", "title:x",
			"https://example.org/?a=b", "a:b", `say "x"`, `back\slash`, "C*", "***", "www.x.org", "(x)", "/x/", "!x", "NEAR/5", "“x”")}
	case 3:
		text := m.pick("2023", "2023-05", "2023-05-30", "2023..", "..2023-05", "2022..2023-05", ">2023", "<2023-05", "today", "yesterday",
			"last7d", "last36h", "last2m", "2023-05-30T14:00:00Z", "yesterday..today")
		p, err := readDates("date", text, noon)
		if err != nil {
			panic(err)
		}
		return Dates{Field: m.pick("date", "indexed"), From: p.from, To: p.to, Text: p.text}
	}
	return Word{Field: prose, Text: m.pick("a", "oil", "AT&T", "U.S.", "don't", "24/7", "10:30", "C++", "e-mail", "$100", "Öl", "石油",
		"and", "near", "near/5", "x-", "x+", "a!", "1:title:2", "[x]", "x|y")}
}

func (m maker) tree(depth int) Node {
	if depth == 0 || m.IntN(4) == 0 {
		return m.leaf()
	}
	nodes := make([]Node, 2+m.IntN(3))
	for i := range nodes {
		nodes[i] = m.tree(depth - 1)
	}
	switch m.IntN(6) {
	case 0:
		return Not{Node: nodes[0]}
	case 1:
		return newOr(Span{}, nodes)
	case 2:
		return newAnd(Span{}, nodes)
	}
	clauses := make([]Clause, len(nodes))
	for i, n := range nodes {
		clauses[i] = Clause{[]Occur{Bare, Bare, Must, MustNot}[m.IntN(4)], n}
	}
	return newList(Span{}, clauses)
}

// forTrees runs a law on random trees; the seed of a failure is printed, and makes the same tree again.
func forTrees(t *testing.T, law func(n Node, m maker) error) {
	for seed := range uint64(1500) {
		m := maker{rand.New(rand.NewPCG(seed, 0))}
		n := m.tree(m.IntN(5))
		if err := law(n, m); err != nil {
			t.Fatalf("seed %d: %s\n%s\n%v", seed, sexpr(n), n, err)
		}
	}
}

func TestParsePrints(t *testing.T) {
	forTrees(t, func(n Node, _ maker) error {
		q, err := Parse(n.String(), noon)
		switch {
		case err != nil:
			return err
		case sexpr(q.Root) != sexpr(n):
			return fmt.Errorf("reads as %s", sexpr(q.Root))
		case q.String() != n.String():
			return fmt.Errorf("prints as %s", q)
		}
		return checkSpans(q)
	})
}

// TestParseIgnoresDress holds that spaces, parentheses and quotes that say nothing change nothing.
func TestParseIgnoresDress(t *testing.T) {
	forTrees(t, func(n Node, _ maker) error {
		for _, text := range []string{" \n" + n.String() + "\t ", "((" + n.String() + "))", "（" + n.String() + "）"} {
			q, err := Parse(text, noon)
			if err != nil {
				return err
			}
			if q.String() != n.String() {
				return fmt.Errorf("%s prints as %s", text, q)
			}
		}
		return nil
	})
}

// TestTreeMeans holds that lowering keeps the meaning: for random truths of the leaves, the lowered tree matches exactly
// when the clauses do as the language says.
func TestTreeMeans(t *testing.T) {
	forTrees(t, func(n Node, m maker) error {
		q := &Query{Root: n}
		for _, match := range []Match{MatchAll, MatchAny} {
			tree := q.Tree(match)
			if err := checkLowered(tree); err != nil {
				return err
			}
			for range 8 {
				truth := map[string]bool{}
				Walk(n, func(n Node) bool {
					truth[n.String()] = m.IntN(2) == 0
					return true
				})
				if matches(tree, match, truth) != matches(n, match, truth) {
					return fmt.Errorf("under %s %s means something else", match, sexpr(tree))
				}
			}
		}
		if same := sexpr(q.Tree(MatchAll)) == sexpr(q.Tree(MatchAny)); same == q.Relaxable() {
			return fmt.Errorf("relaxable is %v", q.Relaxable())
		}
		return nil
	})
}

// matches says by the plain rules whether a tree matches, given which leaves do.
func matches(n Node, m Match, truth map[string]bool) bool {
	is := func(n Node) bool { return matches(n, m, truth) }
	switch n := n.(type) {
	case All:
		return true
	case And:
		return !slices.ContainsFunc(n.Nodes, func(n Node) bool { return !is(n) })
	case Or:
		return slices.ContainsFunc(n.Nodes, is)
	case Not:
		return !is(n.Node)
	case List:
		musts := 0
		var words, filters []bool // the bare clauses, with words and without: whether they match
		for _, c := range n.Clauses {
			matched := is(c.Node)
			switch {
			case c.Occur == MustNot && matched, c.Occur == Must && !matched:
				return false
			case c.Occur == Must:
				musts++
			case c.Occur == Bare && wordless(c.Node):
				filters = append(filters, matched)
			case c.Occur == Bare:
				words = append(words, matched)
			}
		}
		every := func(list []bool) bool { return !slices.Contains(list, false) }
		some := func(list []bool) bool { return len(list) == 0 || slices.Contains(list, true) }
		switch {
		case m == MatchAll:
			return every(words) && every(filters)
		case len(words)+musts == 0:
			return some(filters)
		}
		return every(filters) && (musts > 0 || some(words))
	}
	return truth[n.String()]
}

// checkLowered holds what engines are told of a lowered tree.
func checkLowered(root Node) (err error) {
	Walk(root, func(n Node) bool {
		switch n := n.(type) {
		case List:
			err = fmt.Errorf("a List is left")
		case Or:
			if len(n.Nodes) < 2 {
				err = fmt.Errorf("an Or of %d", len(n.Nodes))
			}
		case And:
			isNot := func(n Node) bool { _, ok := n.(Not); return ok }
			if len(n.Nodes)+len(n.Optional) < 2 || !slices.ContainsFunc(n.Nodes, func(n Node) bool { return !isNot(n) }) {
				err = fmt.Errorf("an And with nothing to take from: %s", sexpr(n))
			}
		}
		return err == nil
	})
	return err
}

// checkSpans holds that every node's place is inside its parent's, and that words stand where they say.
func checkSpans(q *Query) error {
	text := []rune(q.Text)
	var check func(n Node, around Span) error
	check = func(n Node, around Span) error {
		at := n.Span()
		if at.Start < around.Start || at.Start >= at.End || at.End > around.End {
			return fmt.Errorf("%s at %v is not inside %v", sexpr(n), at, around)
		}
		written := string(text[at.Start:at.End])
		switch n := n.(type) {
		case Word:
			if unescape(written) != n.Text {
				return fmt.Errorf("the word %s stands at %q", n.Text, written)
			}
		case Prefix:
			if unescape(written) != n.Text+"*" {
				return fmt.Errorf("the prefix %s stands at %q", n.Text, written)
			}
		case Wildcard:
			if unescape(written) != n.Text {
				return fmt.Errorf("the wildcard %s stands at %q", n.Text, written)
			}
		case Fuzzy:
			if base, _, ok := strings.Cut(unescape(written), "~"); !ok || !strings.HasPrefix(n.Text, base) {
				return fmt.Errorf("the fuzzy word %s stands at %q", n.Text, written)
			}
		case Regexp:
			if strings.ToValidUTF8(written, "") != "/"+n.Text+"/" {
				return fmt.Errorf("the regular expression %s stands at %q", n.Text, written)
			}
		case Near:
			if n.Left.Span().End >= n.Right.Span().Start {
				return fmt.Errorf("the sides of %s stand at %v and %v", sexpr(n), n.Left.Span(), n.Right.Span())
			}
		case Together:
			if !strings.HasPrefix(strings.ToLower(written), "near") {
				return fmt.Errorf("%s stands at %q", sexpr(n), written)
			}
		case Repeat:
			if !strings.HasPrefix(strings.ToLower(written), "repeat") {
				return fmt.Errorf("%s stands at %q", sexpr(n), written)
			}
		case Boost:
			if i := strings.LastIndexByte(written, '^'); i < 0 || n.Node.Span().End > at.Start+len([]rune(written[:i])) {
				return fmt.Errorf("%s stands at %q", sexpr(n), written)
			}
		}
		var err error
		Walk(n, func(child Node) bool {
			if child.Span() == at && sexpr(child) == sexpr(n) {
				return true // n itself
			}
			err = check(child, at)
			return false
		})
		return err
	}
	if q.Root == nil {
		return nil
	}
	return check(q.Root, Span{0, len(text)})
}

// TestPrintAnything holds that trees no parser makes still print as something that is read, and stays the same.
func TestPrintAnything(t *testing.T) {
	a, b := Word{Text: "a"}, Word{Text: "b"}
	tests := []struct {
		node Node
		want string
	}{
		{All{}, "*:*"},
		{And{Nodes: []Node{All{}, Not{Node: a}}}, "*:* AND NOT a"},
		{And{Nodes: []Node{a}, Optional: []Node{b, Or{Nodes: []Node{a, b}}}}, "+a b (a OR b)"},
		{Not{Node: And{Nodes: []Node{a}, Optional: []Node{b}}}, "NOT (+a b)"},
		{Or{Nodes: []Node{a, Or{Nodes: []Node{a, b}}}}, "a OR (a OR b)"},
		{List{Clauses: []Clause{{Bare, All{}}, {Must, a}}}, "*:* +a"},
		{Word{Text: "two words"}, `two\ words`},
		{Word{Text: "AND"}, `\AND`},
		{Word{Text: "title:x"}, `title\:x`},
		{Word{Field: "title", Text: "x*"}, `title:x\*`},
		{Word{Text: "-x"}, `\-x`},
		{Dates{Field: "date", From: noon, To: noon.AddDate(0, 0, 1)}, "date:2026-11-23T12:30:00Z..2026-11-24T12:29:59Z"},
		{Dates{Field: "date", To: noon}, "date:..2026-11-23T12:29:59Z"},
		{Dates{Field: "indexed", From: noon}, "indexed:2026-11-23T12:30:00Z.."},
	}
	for _, c := range tests {
		if got := c.node.String(); got != c.want {
			t.Errorf("%s prints %s, want %s", sexpr(c.node), got, c.want)
		}
		mustParse(t, c.node.String())
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range trees {
		f.Add(c.text)
	}
	for _, text := range faults {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text, noon)
		if err != nil {
			e := err.(*Error)
			checkFault(t, text, e)
			if drawn := Caret(text, e); strings.Count(drawn, "\n") != 1 || !strings.Contains(drawn, "^") {
				t.Errorf("%q is drawn as %q", text, drawn)
			}
			return
		}
		if err := checkSpans(q); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		again, err := Parse(q.String(), noon)
		if err != nil {
			t.Fatalf("%q prints %q, which is a fault: %v", text, q, err)
		}
		if sexpr(again.Root) != sexpr(q.Root) || again.String() != q.String() {
			t.Errorf("%q prints %q, which reads as %q", text, q, again)
		}
		for _, m := range []Match{MatchAll, MatchAny} {
			if err := checkLowered(q.Tree(m)); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	long := strings.Repeat(`(title:oil OR "gas price") AND NOT source:Reuters econom* `, 200)
	for name, text := range map[string]string{
		"words":  "oil price",
		"usual":  `"oil price" AND (gas OR coal) -source:"New York Times" date:2023-05..2023-06`,
		"long":   long,
		"nested": strings.Repeat("(a ", MaxDepth) + "a" + strings.Repeat(")", MaxDepth),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text, noon); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
