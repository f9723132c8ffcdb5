package query

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// maker makes random trees as the parser makes them: no Or directly inside Or, no And inside And, no bare Not in a List.
type maker struct{ *rand.Rand }

func (m maker) pick(list ...string) string { return list[m.IntN(len(list))] }

func (m maker) leaf() Node {
	switch m.IntN(12) {
	case 0:
		return Value{Field: m.pick("source", "person", "entity", "id"), Text: m.pick("Reuters", "New York Times", "AND", "-x", "title:x",
			"https://example.org/?a=b", "a:b", `say "x"`, `back\slash`, "C*", "***", "www.x.org", "(x)", "/x/", "!x", "NEAR/5", "“x”", "=x", "x~2",
			"near5:x", "title：x", "a^2", "[x TO y]", "w/5")}
	case 1:
		text := m.pick("2023", "2023-05", "2023-05-30", "2023..", "..2023-05", "2022..2023-05", ">2023", "<2023-05", "today", "yesterday",
			"last7d", "last36h", "last2m", "2023-05-30T14:00:00Z", "yesterday..today", "{2021 TO 2023}", "[2021-05 TO today}", "{2021 TO 2022-05-30]")
		p, err := readDates("date", text, noon)
		if err != nil {
			panic(err)
		}
		return Dates{Field: m.pick("date", "indexed"), From: p.from, To: p.to, Text: p.text}
	case 2:
		n, err := readNumbers(m.pick("500", ">500", "<500", "0", "5..", "..5", "5..500", "[1 TO 5}"))
		if err != nil {
			panic(err)
		}
		n.Field = "words"
		return n
	case 3:
		return Has{Field: m.pick("agency", "date", "title", "text")}
	case 4:
		if m.IntN(3) == 0 {
			return All{}
		}
	}
	return m.prose("", "", "", "title", "lead", "body", "author", "url")
}

// prose makes what looks for words in one of the fields.
func (m maker) prose(fields ...string) Node {
	if m.IntN(8) > 0 {
		return m.word(fields...)
	}
	if m.IntN(2) == 0 {
		return Together{Field: m.pick(fields...), Text: m.pick("gas oil", `say "oil" now`, "AND OR"), Distance: 1 + m.IntN(30)}
	}
	n := m.word(fields...)
	if m.IntN(2) == 0 {
		n = newOr(Span{}, []Node{n, m.word(fields...), m.word(fields...)})
	}
	return Repeat{Node: n, Times: 2 + m.IntN(5)}
}

// word makes what stands for one word or phrase.
func (m maker) word(fields ...string) Node {
	field := m.pick(fields...)
	switch m.IntN(10) {
	case 0:
		text := m.pick("oil price", "AND", `say "oil" now`, `C:\temp\`, "«Öl» “x”", "NEAR/5", "(a", "-x", "title:y", "a", "two of them", "x*", "=x")
		return Phrase{Field: field, Text: text, Exact: m.IntN(2) == 0 || !strings.Contains(text, " "), Slop: max(0, m.IntN(9)-5)}
	case 1:
		return Prefix{Field: field, Text: m.pick("econom", "19", "Öl", "石油", "anti-terror", "NEAR/50", "AND", "a*bc", `x\yz`, "w/50")}
	case 2:
		return Wildcard{Field: field, Text: m.pick("wom?n", "w*n", "*ing", "pric?", "?x?y", "a b*c", "NEAR/5?", "10:3?", "title:o?l", "-o?l", "A&&B?")}
	case 3:
		return Fuzzy{Field: field, Text: m.pick("brexit", "AND", "NEAR/5", "a~bc^", "title:oil", "Ölig-", "won?", "/abc"), Edits: 1 + m.IntN(2)}
	case 4:
		return Regexp{Field: field, Text: m.pick("col(o|ou)r", `a "b" c`, `x\/y`, "title:oil", "[ck]at{2,3}", "a?b^")}
	}
	return Word{Field: field, Text: m.pick("a", "oil", "AT&T", "U.S.", "don't", "24/7", "10:30", "C++", "e-mail", "$100", "Öl", "石油",
		"and", "near", "near/5", "x-", "x+", "a!", "1:title:2", "[x]", "x|y", "two words", "(a)", "title:x", "a:b:c", "a&&&b", "x||", "AND", "NEAR/5",
		"NEAR", "w/5", "ADJ", "won?", "x*", "a~2", "a^2", `back\slash`, `"x"`, "-x", "+x", "!x", "/x/", "=x", "–x", "near5:x", "title：x", "x：title:y",
		"10:title：x", " x ", "_exists_:x", "*:*x", "&&x", "SENTENCE", "[1 TO 2]")}
}

// side makes a side of a Near; all of them can be in the title.
func (m maker) side(depth int) Node {
	if depth == 0 || m.IntN(3) == 0 {
		return m.prose("", "title")
	}
	nodes := make([]Node, 2+m.IntN(2))
	for i := range nodes {
		nodes[i] = m.side(depth - 1)
	}
	switch m.IntN(4) {
	case 0:
		return newOr(Span{}, nodes)
	case 1:
		return newAnd(Span{}, nodes)
	case 2:
		n := Near{Left: nodes[0], Right: nodes[1], Op: NearOp(1 + m.IntN(5))}
		if n.Op.counts() {
			n.Distance = 1 + m.IntN(20)
		}
		return n
	}
	clauses := make([]Clause, len(nodes))
	for i, n := range nodes {
		clauses[i] = Clause{[]Occur{Bare, Bare, Must}[m.IntN(3)], n}
	}
	return newList(Span{}, clauses)
}

// near makes a Near within the limits.
func (m maker) near() Node {
	for {
		n := Near{Left: m.side(m.IntN(3)), Right: m.side(m.IntN(3)), Op: OpSentence}
		if m.IntN(3) > 0 {
			n.Op, n.Distance = NearOp(1+m.IntN(3)), 1+m.IntN(20)
		}
		if costOf(n).nears < 12 {
			return n
		}
	}
}

func (m maker) tree(depth int) Node {
	if depth == 0 || m.IntN(4) == 0 {
		if m.IntN(8) == 0 {
			return m.near()
		}
		return m.leaf()
	}
	nodes := make([]Node, 2+m.IntN(3))
	for i := range nodes {
		nodes[i] = m.tree(depth - 1)
	}
	switch m.IntN(7) {
	case 0:
		return Not{Node: nodes[0]}
	case 1:
		return newOr(Span{}, nodes)
	case 2:
		return newAnd(Span{}, nodes)
	case 3:
		return Boost{Node: newList(Span{}, []Clause{{Must, m.prose("", "title")}, {Bare, nodes[0]}}), By: []float64{2, 0.5, 1000, 0.001, 1}[m.IntN(5)]}
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
				salt := m.Uint64()
				truth := func(key string) bool {
					h := fnv.New64a()
					fmt.Fprint(h, salt, key)
					return h.Sum64()>>7&1 == 0
				}
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
func matches(n Node, m Match, truth func(string) bool) bool {
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
	case Boost:
		return is(n.Node)
	case Near:
		if n.Op == OpNotNear {
			return nowhereNear(n, plainSide(n.Left, m), m, truth)
		}
		return units(n, m, truth)
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
	return truth(n.String())
}

// nowhereNear says whether each word that the left side asks for is there, and no place of it near to anything on the right.
func nowhereNear(n Near, left Node, m Match, truth func(string) bool) bool {
	is := func(c Node) bool { return nowhereNear(n, c, m, truth) }
	switch l := left.(type) {
	case And:
		return !slices.ContainsFunc(l.Nodes, func(c Node) bool { return !is(c) })
	case Or:
		if slices.ContainsFunc(l.Nodes, demanding) {
			return slices.ContainsFunc(l.Nodes, is)
		}
	}
	near := Near{Left: left, Right: newOr(n.At, alternatives(nil, plainSide(n.Right, MatchAny))), Op: OpNear, Distance: n.Distance}
	return matches(left, m, truth) && !units(near, m, truth)
}

// units says whether a side of a Near holds, given which of its units do: words and the like, several that are alternatives
// together, and pairs of units of another Near.
func units(n Node, m Match, truth func(string) bool) bool {
	is := func(n Node) bool { return units(n, m, truth) }
	n = plainSide(n, m)
	switch n := n.(type) {
	case And:
		return !slices.ContainsFunc(n.Nodes, func(n Node) bool { return !is(n) })
	case Or:
		if slices.ContainsFunc(n.Nodes, demanding) {
			return slices.ContainsFunc(n.Nodes, is)
		}
		return truth(strings.Join(unitsOf(n, m), "|"))
	case Near:
		return units(n.Left, m, func(left string) bool {
			pair := func(right string) bool { return truth(fmt.Sprintf("(%s) %s (%s)", left, n.operator(), right)) }
			if n.Op == OpNotNear {
				return pair(strings.Join(unitsOf(n.Right, MatchAny), "|"))
			}
			return units(n.Right, m, pair)
		})
	}
	return truth(n.String())
}

// plainSide makes And or Or of a List, at any depth but below a Near.
func plainSide(n Node, m Match) Node {
	plain := func(nodes []Node) []Node {
		list := make([]Node, len(nodes))
		for i, n := range nodes {
			list[i] = plainSide(n, m)
		}
		return list
	}
	switch n := n.(type) {
	case And:
		return And{Nodes: plain(n.Nodes)}
	case Or:
		return newOr(Span{}, plain(n.Nodes))
	case List:
		var musts, all []Node
		for _, c := range n.Clauses {
			all = append(all, plainSide(c.Node, m))
			if c.Occur == Must {
				musts = append(musts, plainSide(c.Node, m))
			}
		}
		switch {
		case m == MatchAll:
			return And{Nodes: all}
		case len(musts) > 0:
			return And{Nodes: musts, Optional: all[:len(all)-len(musts)]} // that they are optional says nothing here
		}
		return newOr(Span{}, all)
	}
	return n
}

// unitsOf names the alternatives of a side.
func unitsOf(n Node, m Match) []string {
	var list []string
	Walk(lower(n, m), func(n Node) bool {
		switch n.(type) {
		case And, Or:
			return true
		}
		units(n, m, func(unit string) bool {
			list = append(list, unit)
			return true
		})
		return false
	})
	return list
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

// BenchmarkParse reads what is usual, and the worst that fits into the limits.
func BenchmarkParse(b *testing.B) {
	long := strings.Repeat(`(title:oil OR "gas price") AND NOT source:Reuters econom* `, 200)
	bench(b, map[string]string{
		"words":   "oil price",
		"usual":   `"oil price" AND (gas OR coal) -source:"New York Times" date:2023-05..2023-06`,
		"near":    `title:(gas NEAR/5 (pipeline OR "oil price"~3)) AND repeat3:oil^2 has:agency words:>500 wom?n brexit~`,
		"long":    long,
		"monitor": "(" + strings.Repeat(`"Harbour Gazette and others" OR `, 499) + "oil) date:last7d",
		"nested":  strings.Repeat("(a ", MaxDepth) + "a" + strings.Repeat(")", MaxDepth),
		"nears":   strings.Repeat("ab NEAR/5 ", MaxNears) + "ab",
	}, true)
}

// BenchmarkFault finds the faults of the worst texts.
func BenchmarkFault(b *testing.B) {
	repeat := strings.Repeat
	bench(b, map[string]string{
		"clauses":      repeat("oil ", 10_000),
		"leaves":       repeat("a ", MaxText/2),
		"megabyte":     repeat("oil price ", 100_000),
		"not UTF-8":    repeat("\xed\xa0\x80", MaxText/3) + "*",
		"parentheses":  repeat("(", 1000),
		"exclamations": repeat("!", MaxText-1) + "a",
		"regexp":       "/" + repeat("(a ", MaxText/3),
		"bracket":      "date:[" + repeat("a ", MaxText/2-3),
		"escapes":      repeat(`\ `, MaxText/2-2) + "a~3",
		"colons":       repeat("a：", MaxText/4-1) + "~3",
		"nears":        repeat("ab NEAR/5 ", MaxText/10),
		"groups near":  repeat("(", MaxDepth-1) + "a" + repeat(" OR b) NEAR/5 c", MaxDepth-1) + " NEAR/5 title:x NEAR/5 body:y",
		"spelt out":    "dateline:(" + repeat("abcdefghijk ", 1023) + ")",
	}, false)
}

func bench(b *testing.B, texts map[string]string, good bool) {
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		text := texts[name]
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text, noon); (err == nil) != good {
					b.Fatal(err)
				}
			}
		})
	}
}
