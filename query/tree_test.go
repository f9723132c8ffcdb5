package query

import (
	"strings"
	"testing"
)

func TestTree(t *testing.T) {
	tests := []struct{ text, all, any string }{
		{"", "all", "all"},
		{"a", "a", "a"},
		{"a b", "(and a b)", "(or a b)"},
		{"a b -c", "(and a b (not c))", "(and (or a b) (not c))"},
		{"a -b", "(and a (not b))", "(and a (not b))"},
		{"-a -b", "(and all (not a) (not b))", "(and all (not a) (not b))"},
		{"NOT a AND NOT b", "(and all (not a) (not b))", "(and all (not a) (not b))"},
		{"+NOT a b", "(and (not a) b)", "(and all (not a) (optional b))"},
		{"-a", "(not a)", "(not a)"},
		{"+a b", "(and a b)", "(and a (optional b))"},
		{"+a +b c d -e", "(and a b c d (not e))", "(and a b (not e) (optional c d))"},
		{"+a +b", "(and a b)", "(and a b)"},
		{"+a -b", "(and a (not b))", "(and a (not b))"},
		{"a AND b", "(and a b)", "(and a b)"},
		{"a AND b c", "(and a b c)", "(or (and a b) c)"},
		{"+(a AND b) c", "(and a b c)", "(and a b (optional c))"},
		{"+(a b) c", "(and a b c)", "(and (or a b) (optional c))"},
		{"(+a b) AND c", "(and a b c)", "(and (and a (optional b)) c)"},
		{"a (b c)", "(and a b c)", "(or a b c)"},
		{"a (+b c)", "(and a b c)", "(or a (and b (optional c)))"},
		{"a (-b -c)", "(and a (not b) (not c))", "(or a (and all (not b) (not c)))"},
		{"(-a -b) AND (-c -d)", "(and all (not a) (not b) (not c) (not d))", "(and all (not a) (not b) (not c) (not d))"},
		{"a b OR c d", "(or (and a b) (and c d))", "(or a b c d)"},
		{"NOT (a b)", "(not (and a b))", "(not (or a b))"},
		{"NOT NOT a", "(not (not a))", "(not (not a))"},
		{`title:(a "b c") source:x`, `(and title:a title:"b c" source=x)`, `(and (or title:a title:"b c") source=x)`},
		{"a source:x", "(and a source=x)", "(and a source=x)"},
		{"+a b source:x -source:y", "(and a b source=x (not source=y))", "(and a source=x (not source=y) (optional b))"},
		{"source:x source:y", "(and source=x source=y)", "(or source=x source=y)"},
		{"+a source:x", "(and a source=x)", "(and a source=x)"},
		{"a (source:x OR source:y) date:2023", "(and a (or source=x source=y) date[2023-01-01 2024-01-01))", "(and a (or source=x source=y) date[2023-01-01 2024-01-01))"},
		{"a NEAR/5 b", "(near/5 a b)", "(near/5 a b)"},
		{"(a b) NEAR/5 c", "(and (near/5 a c) (near/5 b c))", "(near/5 (or a b) c)"},
		{"(a AND b) NEAR/5 c", "(and (near/5 a c) (near/5 b c))", "(and (near/5 a c) (near/5 b c))"},
		{"a NEAR/5 (b OR c AND d)", "(or (near/5 a b) (and (near/5 a c) (near/5 a d)))", "(or (near/5 a b) (and (near/5 a c) (near/5 a d)))"},
		{"(+a b) NEAR/5 c", "(and (near/5 a c) (near/5 b c))", "(and (near/5 a c) (optional (near/5 b c)))"},
		{"(a AND b) NEAR/5 c SENTENCE d", "(and (sentence (near/5 a c) d) (sentence (near/5 b c) d))", "(and (sentence (near/5 a c) d) (sentence (near/5 b c) d))"},
		{"a NOTNEAR/5 (b c)", "(and a (not (near/5 a (or b c))))", "(and a (not (near/5 a (or b c))))"},
		{"a NOTNEAR/5 b NEAR/3 c", "(near/3 (notnear/5 a b) c)", "(near/3 (notnear/5 a b) c)"},
		{"NOT (a NOTNEAR/5 b)", "(not (and a (not (near/5 a b))))", "(not (and a (not (near/5 a b))))"},
		{"(a b) NOTNEAR/5 (c AND d)", "(and a (not (near/5 a (or c d))) b (not (near/5 b (or c d))))", "(and (or a b) (not (near/5 (or a b) (or c d))))"},
		{"(a b)^2 c^3", "(and (boost 2 (and a b)) (boost 3 c))", "(or (boost 2 (or a b)) (boost 3 c))"},
		{"*:* a", "a", "a"},
		{"*:* -a", "(and all (not a))", "(and all (not a))"},
		{"+*:* a", "a", "(and all (optional a))"},
		{"a has:agency words:5", "(and a has=agency words[5 5])", "(and a has=agency words[5 5])"},
		{"repeat3:(a OR b) near5:\"a b\"", "(and (repeat 3 (or a b)) (together 5 \"a b\"))", "(or (repeat 3 (or a b)) (together 5 \"a b\"))"},
	}
	for _, c := range tests {
		q := mustParse(t, c.text)
		before := sexpr(q.Root)
		if got := sexpr(q.Tree(MatchAll)); got != c.all {
			t.Errorf("%s\nall  %s\nwant %s", c.text, got, c.all)
		}
		if got := sexpr(q.Tree(MatchAuto)); got != c.all {
			t.Errorf("%s\nauto %s\nwant %s", c.text, got, c.all)
		}
		if got := sexpr(q.Tree(MatchAny)); got != c.any {
			t.Errorf("%s\nany  %s\nwant %s", c.text, got, c.any)
		}
		if got := q.Relaxable(); got != (c.all != c.any) {
			t.Errorf("%s: relaxable %v", c.text, got)
		}
		if sexpr(q.Root) != before {
			t.Errorf("%s: lowering changed the query", c.text)
		}
	}
}

func TestNilQuery(t *testing.T) {
	for _, q := range []*Query{nil, {}} {
		if q.String() != "" || q.Relaxable() || sexpr(q.Tree(MatchAny)) != "all" {
			t.Errorf("%v is not the query that matches everything", q)
		}
	}
}

func TestWalk(t *testing.T) {
	q := mustParse(t, `+a b (c OR NOT "d e") f AND g`)
	visit := func(n Node, into func(Node) bool) string {
		var seen []string
		Walk(n, func(n Node) bool {
			seen = append(seen, typeName(n))
			return into(n)
		})
		return strings.Join(seen, " ")
	}
	everything := func(Node) bool { return true }
	tests := []struct {
		root Node
		into func(Node) bool
		want string
	}{
		{nil, everything, ""},
		{q.Root, everything, "List a b Or c Not d e And f g"},
		{q.Root, func(Node) bool { return false }, "List"},
		{q.Root, func(n Node) bool { _, or := n.(Or); return !or }, "List a b Or And f g"},
		{q.Tree(MatchAny), everything, "And a b Or c Not d e And f g"},
		{mustParse(t, "repeat3:(a OR b)^2 c NEAR/5 d").Root, everything, "List Boost Repeat Or a b Near c d"},
	}
	for _, c := range tests {
		if got := visit(c.root, c.into); got != c.want {
			t.Errorf("visited %s, want %s", got, c.want)
		}
	}
}

// typeName names inner nodes by their type and leaves by their text.
func typeName(n Node) string {
	switch n := n.(type) {
	case And:
		return "And"
	case Or:
		return "Or"
	case Not:
		return "Not"
	case List:
		return "List"
	case Phrase:
		return n.Text
	case Near:
		return "Near"
	case Boost:
		return "Boost"
	case Repeat:
		return "Repeat"
	}
	return n.String()
}
