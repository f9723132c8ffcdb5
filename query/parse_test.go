package query

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// noon is the time at which all tests stand: a Monday.
var noon = time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)

// sexpr writes a tree without positions: (and oil title:gas), with quotes for phrases, = for values and [from to) for dates.
func sexpr(n Node) string {
	switch n := n.(type) {
	case nil:
		return "nil"
	case All:
		return "all"
	case Word:
		return scoped(n.Field, n.Text)
	case Phrase:
		return scoped(n.Field, fmt.Sprintf("%q", n.Text))
	case Prefix:
		return scoped(n.Field, n.Text+"*")
	case Value:
		return n.Field + "=" + n.Text
	case Dates:
		return fmt.Sprintf("%s[%s %s)", n.Field, instant(n.From), instant(n.To))
	case And:
		s := sexprs("and", n.Nodes)
		if len(n.Optional) > 0 {
			s = strings.TrimSuffix(s, ")") + " " + sexprs("optional", n.Optional) + ")"
		}
		return s
	case Or:
		return sexprs("or", n.Nodes)
	case Not:
		return sexprs("not", []Node{n.Node})
	case List:
		var b strings.Builder
		for _, c := range n.Clauses {
			b.WriteByte(' ')
			if c.Occur != Bare {
				b.WriteByte(byte(c.Occur))
			}
			b.WriteString(sexpr(c.Node))
		}
		return "(list" + b.String() + ")"
	}
	return fmt.Sprintf("unknown %T", n)
}

func scoped(field, text string) string {
	if field == "" {
		return text
	}
	return field + ":" + text
}

func sexprs(head string, nodes []Node) string {
	for _, n := range nodes {
		head += " " + sexpr(n)
	}
	return "(" + head + ")"
}

// instant writes a bound as briefly as it can be.
func instant(t time.Time) string {
	switch {
	case t.IsZero():
		return "-"
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

func mustParse(t testing.TB, text string) *Query {
	t.Helper()
	q, err := Parse(text, noon)
	if err != nil {
		t.Fatalf("%s\n%v", Caret(text, err.(*Error)), err)
	}
	return q
}

// Each line: the text, its tree, and the canonical spelling unless that is the text.
var trees = []struct{ text, tree, canonical string }{
	{"", "nil", ""},
	{" \t ", "nil", "-"},
	{"oil", "oil", ""},
	{"oil price", "(list oil price)", ""},
	{"  oil\u00a0\n price ", "(list oil price)", "oil price"},

	// Words are what stands between spaces, if a letter or digit is in it.
	{"AT&T U.S. don't anti-terrorist 24/7 C++ e-mail $100", "(list AT&T U.S. don't anti-terrorist 24/7 C++ e-mail $100)", ""},
	{"near and or not", "(list near and or not)", ""},
	{"10:30 3:0", "(list 10:30 3:0)", ""},
	{"Ölpreis Цена 石油 ½l", "(list Ölpreis Цена 石油 ½l)", ""},
	{"econom* 19* anti-terror* élé*", "(list econom* 19* anti-terror* élé*)", ""},
	{"Android ORDER NOTHING", "(list Android ORDER NOTHING)", ""},

	// Operators.
	{"a OR b c", "(or a (list b c))", ""},
	{"a b OR c", "(or (list a b) c)", ""},
	{"a AND b c", "(list (and a b) c)", ""},
	{"a AND b OR c AND d", "(or (and a b) (and c d))", ""},
	{"(a OR b) AND c", "(and (or a b) c)", ""},
	{"(a OR b) OR (c OR d)", "(or a b c d)", "a OR b OR c OR d"},
	{"a AND (b AND c)", "(and a b c)", "a AND b AND c"},
	{"a (b c)", "(list a (list b c))", ""},
	{"((a))", "a", "a"},
	{"NOT a", "(not a)", ""},
	{"-a", "(not a)", "NOT a"},
	{"+a", "a", "a"},
	{"NOT NOT a", "(not (not a))", ""},
	{"a AND NOT b", "(and a (not b))", ""},
	{"a AND -b", "(and a (not b))", "a AND NOT b"},
	{"+a AND b", "(and a b)", "a AND b"},
	{"a OR -b", "(or a (not b))", "a OR NOT b"},
	{"a NOT b", "(list a -b)", "a -b"},
	{"a (NOT b)", "(list a -b)", "a -b"},
	{"+a -b c", "(list +a -b c)", ""},
	{"-a -b", "(list -a -b)", ""},
	{"+(a b) -(c OR d)", "(list +(list a b) -(or c d))", ""},
	{"a -(NOT b)", "(list a -(not b))", "a -NOT b"},
	{"a +NOT b", "(list a +(not b))", ""},
	{"NOT (a b)", "(not (list a b))", ""},
	{`NOT(a)AND"b c"OR d`, `(or (and (not a) "b c") d)`, `NOT a AND "b c" OR d`},
	{"（a OR b）c", "(list (or a b) c)", "(a OR b) c"},

	// Phrases.
	{`"oil price"`, `"oil price"`, ""},
	{`"AND" "oil"`, `(list "AND" "oil")`, ""},
	{`"  oil ` + "\t" + ` price "`, `"oil price"`, `"oil price"`},
	{`“oil price” „oil price“ »oil price« « oil price » ＂oil price＂ 「石油」`,
		`(list "oil price" "oil price" "oil price" "oil price" "oil price" "石油")`,
		`"oil price" "oil price" "oil price" "oil price" "oil price" "石油"`},
	{`“oil price"`, `"oil price"`, `"oil price"`},
	{`"say \"oil\" now"`, `"say \"oil\" now"`, ""},
	{`"C:\temp"`, `"C:\\temp"`, `"C:\\temp"`},
	{`"say “oil”"`, `"say “oil”"`, ""},
	{`-"oil price" +"gas"`, `(list -"oil price" +"gas")`, ""},

	// Fields.
	{"title:oil", "title:oil", ""},
	{"Title:oil", "title:oil", "title:oil"},
	{"-title:oil gas", "(list -title:oil gas)", ""},
	{`title:"oil price"`, `title:"oil price"`, ""},
	{"title:econom*", "title:econom*", ""},
	{"title:(gas OR oil)", "(or title:gas title:oil)", "title:gas OR title:oil"},
	{"title:(gas -oil) x", "(list (list title:gas -title:oil) x)", "(title:gas -title:oil) x"},
	{"title:(a body:b)", "(list title:a body:b)", "title:a body:b"},
	{"url:https://example.org/a", "url:https://example.org/a", ""},
	{`source:"New York Times"`, "source=New York Times", ""},
	{`source:"Reuters"`, "source=Reuters", "source:Reuters"},
	{"source:www.UrduPoint.com", "source=www.UrduPoint.com", ""},
	{"source:(a OR b)", "(or source=a source=b)", "source:a OR source:b"},
	{`topic:"C*" topic:"-1" topic:"title:x" topic:"a\"b"`, `(list topic=C* topic=-1 topic=title:x topic=a"b)`, ""},
	{"id:https://example.org/a", "id=https://example.org/a", ""},
	{"place:OR", "place=OR", ""},

	// Dates.
	{"date:2023-05-30", "date[2023-05-30 2023-05-31)", ""},
	{"date:2024-02-29", "date[2024-02-29 2024-03-01)", ""},
	{"date:2023-12", "date[2023-12-01 2024-01-01)", ""},
	{"date:2023", "date[2023-01-01 2024-01-01)", ""},
	{"date:2023-05-01..2023-05-31", "date[2023-05-01 2023-06-01)", ""},
	{"date:2023-05..2023-05", "date[2023-05-01 2023-06-01)", "date:2023-05"},
	{"date:..2023", "date[- 2024-01-01)", ""},
	{"date:2023..", "date[2023-01-01 -)", ""},
	{"date:>=2023-05", "date[2023-05-01 -)", "date:2023-05.."},
	{"date:<=2023-05", "date[- 2023-06-01)", "date:..2023-05"},
	{"date:>2023-05", "date[2023-06-01 -)", ""},
	{"date:<2023-05", "date[- 2023-05-01)", ""},
	{"after:2023-05-30 before:2024", "(list date[2023-05-31 -) date[- 2024-01-01))", "date:>2023-05-30 date:<2024"},
	{"after:yesterday", "date[2026-11-23 -)", "date:>yesterday"},
	{"indexed:today", "indexed[2026-11-23 2026-11-24)", ""},
	{"date:yesterday..today", "date[2026-11-22 2026-11-24)", ""},
	{"date:last36h", "date[2026-11-22T00:30:00Z -)", ""},
	{"date:LAST07D", "date[2026-11-16 -)", "date:last7d"},
	{"date:last2w", "date[2026-11-09 -)", ""},
	{"date:last9m", "date[2026-02-23 -)", ""},
	{"date:last1y", "date[2025-11-23 -)", ""},
	{"date:2023-05-30T14:00:00+02:00", "date[2023-05-30T12:00:00Z 2023-05-30T12:00:01Z)", "date:2023-05-30T12:00:00Z"},
	{"date:2023-05-30T14:00:00Z..2023-05-31", "date[2023-05-30T14:00:00Z 2023-06-01)", ""},
	{`date:"2023"`, "date[2023-01-01 2024-01-01)", "date:2023"},
	{"date:(2023-05 OR 2023-05-30T14:00:00Z)", "(or date[2023-05-01 2023-06-01) date[2023-05-30T14:00:00Z 2023-05-30T14:00:01Z))",
		"date:2023-05 OR date:2023-05-30T14:00:00Z"},
	{"date:9999", "date[9999-01-01 10000-01-01)", ""},
	{"date:0001", "date[- 0002-01-01)", ""},

	// What cannot be searched parts words.
	{"oil\x00price\xff gas\u200bfield", "(list oil price gas field)", "oil price gas field"},
	{"\"oil\x1bprice\"", `"oil price"`, `"oil price"`},
}

func TestParse(t *testing.T) {
	for _, c := range trees {
		q := mustParse(t, c.text)
		if got := sexpr(q.Root); got != c.tree {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.tree)
		}
		want := c.canonical
		switch want {
		case "":
			want = c.text
		case "-":
			want = ""
		}
		if got := q.String(); got != want {
			t.Errorf("%s\n prints %s\n    want %s", c.text, got, want)
		}
		if again := mustParse(t, q.String()); sexpr(again.Root) != c.tree || again.String() != want {
			t.Errorf("%s: its spelling %s reads as %s", c.text, want, sexpr(again.Root))
		}
	}
}
