package query

import (
	"math/rand/v2"
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
		return Together{Field: m.pick(fields...), Text: m.pick("gas oil", `say "oil" now`, "AND OR", "bribe @person", "@org, @place"), Distance: 1 + m.IntN(30)}
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
		text := m.pick("oil price", "AND", `say "oil" now`, `C:\temp\`, "«Öl» “x”", "NEAR/5", "(a", "-x", "title:y", "a", "two of them", "x*", "=x", "president @person",
			"@entity's lawyer", "@person", "@company", "follow @reuters")
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
		"10:title：x", "_exists_:x", "*:*x", "&&x", "SENTENCE", "[1 TO 2]", "@person", "@Place", "@entity's", "@reuters", "two @org", "x@person.com")}
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
