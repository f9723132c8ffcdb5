package query

import (
	"fmt"
	"math"
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
		s := fmt.Sprintf("%q", n.Text)
		if n.Exact && strings.Contains(n.Text, " ") {
			s = "=" + s
		}
		if n.Slop > 0 {
			s += fmt.Sprintf("~%d", n.Slop)
		}
		return scoped(n.Field, s)
	case Prefix:
		return scoped(n.Field, n.Text+"*")
	case Wildcard:
		return scoped(n.Field, "(fits "+n.Text+")")
	case Fuzzy:
		return scoped(n.Field, fmt.Sprintf("(fuzzy %s %d)", n.Text, n.Edits))
	case Regexp:
		return scoped(n.Field, "/"+n.Text+"/")
	case Together:
		return scoped(n.Field, fmt.Sprintf("(together %d %q)", n.Distance, n.Text))
	case Repeat:
		return fmt.Sprintf("(repeat %d %s)", n.Times, sexpr(n.Node))
	case Boost:
		return fmt.Sprintf("(boost %g %s)", n.By, sexpr(n.Node))
	case Near:
		return fmt.Sprintf("(%s %s %s)", strings.ToLower(n.operator()), sexpr(n.Left), sexpr(n.Right))
	case Has:
		return "has=" + n.Field
	case Number:
		return fmt.Sprintf("%s[%d %d]", n.Field, n.From, n.To)
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

	// Phrases with slop, and exact words.
	{`"oil price"~5 "a b"~0 "a"~2`, `(list "oil price"~5 "a b" "a"~2)`, `"oil price"~5 "a b" "a"~2`},
	{`="oil prices" =prices ="prices" =“a b”~3`, `(list ="oil prices" "prices" "prices" ="a b"~3)`, `="oil prices" "prices" "prices" ="a b"~3`},
	{`title:="a b"~2 title:=a -title:=b`, `(list title:="a b"~2 title:"a" -title:"b")`, `title:="a b"~2 title:"a" -title:"b"`},
	{`title:(="a b" =c)`, `(list title:="a b" title:"c")`, `title:="a b" title:"c"`},
	{`a=b`, `a=b`, ""},

	// Nearness.
	{"gas NEAR/5 oil", "(near/5 gas oil)", ""},
	{"a ONEAR/05 b", "(onear/5 a b)", "a ONEAR/5 b"},
	{"a NOTNEAR/5 b", "(notnear/5 a b)", ""},
	{"a SENTENCE b PARAGRAPH c", "(paragraph (sentence a b) c)", ""},
	{"a NEAR/5 b NEAR/3 c", "(near/3 (near/5 a b) c)", ""},
	{"a NEAR/5 (b NEAR/3 c)", "(near/5 a (near/3 b c))", ""},
	{"(a NEAR/5 b) NEAR/3 c", "(near/3 (near/5 a b) c)", "a NEAR/5 b NEAR/3 c"},
	{"NOT a NEAR/5 b AND c", "(and (not (near/5 a b)) c)", "NOT a NEAR/5 b AND c"},
	{"-a NEAR/5 b c", "(list -(near/5 a b) c)", "-(a NEAR/5 b) c"},
	{"x a NEAR/5 b y OR z", "(or (list x (near/5 a b) y) z)", ""},
	{"(a b) NEAR/5 c", "(near/5 (list a b) c)", ""},
	{"(a OR b AND c) NEAR/5 (d +e)", "(near/5 (or a (and b c)) (list d +e))", ""},
	{`"a b"~2 NEAR/5 repeat2:c SENTENCE near3:"d e"`, `(sentence (near/5 "a b"~2 (repeat 2 c)) (together 3 "d e"))`, ""},
	{"econom* NEAR/5 w*n NEAR/5 oil~1 NEAR/5 /gas/", "(near/5 (near/5 (near/5 econom* (fits w*n)) (fuzzy oil 1)) /gas/)", ""},
	{"title:(a NEAR/5 b)", "(near/5 title:a title:b)", "title:a NEAR/5 title:b"},
	{"title:gas NEAR/5 oil", "(near/5 title:gas oil)", ""},
	{"(author:a OR title:b) NEAR/5 (author:c OR url:d)", "(near/5 (or author:a title:b) (or author:c url:d))", ""},
	{"(a NEAR/5 b)^2 source:NEAR/5", "(list (boost 2 (near/5 a b)) source=NEAR/5)", ""},
	{`near/5 w/o W/e "NEAR/5" \NEAR/5 \w/5`, `(list near/5 w/o W/e "NEAR/5" NEAR/5 w/5)`, ""},
	{"NEARBY NEARx SENTENCES w/ ADJUST", "(list NEARBY NEARx SENTENCES w/ ADJUST)", ""},

	// Counts.
	{`near20:"gas oil" NEAR5:“a  b”`, `(list (together 20 "gas oil") (together 5 "a b"))`, `near20:"gas oil" near5:"a b"`},
	{`title:near5:"a b" title:(near5:"a b")`, `(list title:(together 5 "a b") title:(together 5 "a b"))`, `title:near5:"a b" title:near5:"a b"`},
	{`repeat3:oil repeat3:"gas oil" Repeat3:(oil OR gas)`, `(list (repeat 3 oil) (repeat 3 "gas oil") (repeat 3 (or oil gas)))`, `repeat3:oil repeat3:"gas oil" repeat3:(oil OR gas)`},
	{"repeat3:title:oil title:repeat3:oil", "(list (repeat 3 title:oil) (repeat 3 title:oil))", "repeat3:title:oil repeat3:title:oil"},
	{"repeat3:title:(a OR b) title:repeat3:(a OR b)", "(list (repeat 3 (or title:a title:b)) (repeat 3 (or title:a title:b)))",
		"repeat3:(title:a OR title:b) repeat3:(title:a OR title:b)"},
	{`repeat2:oil~1^2 repeat2:"a b"~3 repeat2:=x repeat2:w*n repeat2:/o i/`, `(list (boost 2 (repeat 2 (fuzzy oil 1))) (repeat 2 "a b"~3) (repeat 2 "x") (repeat 2 (fits w*n)) (repeat 2 /o i/))`,
		`repeat2:oil~1^2 repeat2:"a b"~3 repeat2:"x" repeat2:w*n repeat2:/o i/`},

	// Class words, and what is none.
	{"@person", "@person", ""},
	{"bribe @Person title:@place -@org", "(list bribe @Person title:@place -@org)", ""},
	{`"president @person"~3 "@entity" =@org`, `(list "president @person"~3 "@entity" "@org")`, `"president @person"~3 "@entity" "@org"`},
	{`near20:"bribe @person" repeat3:@person^2`, `(list (together 20 "bribe @person") (boost 2 (repeat 3 @person)))`, ""},
	{"title:(@person NEAR/5 bribe) @org NOTNEAR/2 @place", "(list (near/5 title:@person title:bribe) (notnear/2 @org @place))",
		"title:@person NEAR/5 title:bribe @org NOTNEAR/2 @place"},
	{`bribe SENTENCE @person?`, "(sentence bribe @person)", "bribe SENTENCE @person"},
	{`@harbour_gazette a@person.com "follow @harbour" @x`, `(list @harbour_gazette a@person.com "follow @harbour" @x)`, ""},
	{`"@company" "@persons" person:@person \@org @harb*`, `(list "@company" "@persons" person=@person @org @harb*)`, `"@company" "@persons" person:@person @org @harb*`},

	// Weights.
	{`oil^2 "oil price"^2.50 (gas OR oil)^0.5 title:oil^3 oil^.5`, `(list (boost 2 oil) (boost 2.5 "oil price") (boost 0.5 (or gas oil)) (boost 3 title:oil) (boost 0.5 oil))`,
		`oil^2 "oil price"^2.5 (gas OR oil)^0.5 title:oil^3 oil^0.5`},
	{"title:(a b)^2 -a^2 NOT a^2", "(list (boost 2 (list title:a title:b)) -(boost 2 a) -(boost 2 a))", "(title:a title:b)^2 -a^2 -a^2"},
	{`"a b"~5^2 ab~1^2 (a^2)^3 (a source:b)^2`, `(list (boost 2 "a b"~5) (boost 2 (fuzzy ab 1)) (boost 3 (boost 2 a)) (boost 2 (list a source=b)))`, ""},

	// Patterns.
	{"wom?n w*n *ing pr?c* oil?", "(list (fits wom?n) (fits w*n) (fits *ing) (fits pr?c*) oil)", "wom?n w*n *ing pr?c* oil"},
	{"who won the election? ", "(list who won the election)", "who won the election"},
	{`who won "the cup"?`, `(list who won "the cup")`, `who won "the cup"`},
	{"(who won) ? ", "(list who won)", "who won"},
	{`a\ `, "a", "a"},
	{`oil*\  gas`, "(list oil* gas)", "oil* gas"},
	{`\ oil* \ oil\ ~1 oil~1`, "(list oil* (fuzzy oil 1) (fuzzy oil 1))", "oil* oil~1 oil~1"},
	{"pric? oil", "(list (fits pric?) oil)", "(pric?) oil"},
	{"(pric?)", "(fits pric?)", ""},
	{"title:(pric?)^2 wo*?", "(list (boost 2 title:(fits pric?)) (fits wo*?))", "(title:pric?)^2 wo*?"},
	{`won\?`, "won?", ""},
	{"title:won?", "title:won", "title:won"},
	{"title:(w*n OR o?l)", "(or title:(fits w*n) title:(fits o?l))", "title:w*n OR title:o?l"},
	{"brexit~ trump~ oil~ brexit~1 brexit~2 brexit~0", `(list (fuzzy brexit 2) (fuzzy trump 1) (fuzzy oil 1) (fuzzy brexit 1) (fuzzy brexit 2) "brexit")`,
		`brexit~2 trump~1 oil~1 brexit~1 brexit~2 "brexit"`},
	{"title:brexit~1 title:(brexit~)", "(list title:(fuzzy brexit 1) title:(fuzzy brexit 2))", "title:brexit~1 title:brexit~2"},
	{"/col(o|ou)r/ -/a b\"c/ title:/x\\/y/^2", `(list /col(o|ou)r/ -/a b"c/ (boost 2 title:/x\/y/))`, ""},
	{"title:(/[ck]at/ OR dog) /ΑΘΗΝ.+/", "(list (or title:/[ck]at/ title:dog) /ΑΘΗΝ.+/)", "(title:/[ck]at/ OR title:dog) /ΑΘΗΝ.+/"},
	{"24/7 km/h", "(list 24/7 km/h)", ""},

	// Conditions.
	{"has:agency HAS:Date has:(lead OR author) _exists_:topic section:* date:*", "(list has=agency has=date (or has=lead has=author) has=topic has=section has=date)",
		"has:agency has:date (has:lead OR has:author) has:topic has:section has:date"},
	{"words:>500 words:>=500 words:<500 words:<=500 words:500 words:100..500 words:100.. words:..500 words:0.. words:0..5 words:0500",
		fmt.Sprintf("(list words[501 %[1]d] words[500 %[1]d] words[0 499] words[0 500] words[500 500] words[100 500] words[100 %[1]d] words[0 500] words[0 %[1]d] words[0 5] words[500 500])", math.MaxInt),
		"words:>500 words:500.. words:<500 words:..500 words:500 words:100..500 words:100.. words:..500 words:0.. words:..5 words:500"},
	{"words:[100 TO 200] words:{100 TO 200} words:[100 TO *] words:(5 OR [7 TO 9])",
		fmt.Sprintf("(list words[100 200] words[101 199] words[100 %d] (or words[5 5] words[7 9]))", math.MaxInt), "words:100..200 words:101..199 words:100.. (words:5 OR words:7..9)"},

	// What people paste.
	{"a && b || c", "(or (and a b) c)", "a AND b OR c"},
	{"(a)&&(b)", "(and a b)", "a AND b"},
	{"!a b !(c d)", "(list -a b -(list c d))", "-a b -(c d)"},
	{"a AND !b", "(and a (not b))", "a AND NOT b"},
	{"!!a", "(not (not a))", "NOT NOT a"},
	{"Yahoo! a!b", "(list Yahoo! a!b)", ""},
	{"*:* -oil", "(list all -oil)", ""},
	{"*:*", "all", ""},
	{"-*:*", "(not all)", "NOT *:*"},
	{"date:[2023-01-01 TO 2023-12-31] date:{2022 TO 2024} date:[2022  TO 2024} date:{2022 TO 2024]",
		"(list date[2023-01-01 2024-01-01) date[2023-01-01 2024-01-01) date[2022-01-01 2024-01-01) date[2023-01-01 2025-01-01))",
		"date:2023-01-01..2023-12-31 date:{2022 TO 2024} date:[2022 TO 2024} date:{2022 TO 2024]"},
	{`date:[* TO 2023] date:{2023 TO *] date:[* TO 2023} date:["2022" TO "2023"] date:(2021 OR [2023 TO *]) date:[* TO *]`,
		"(list date[- 2024-01-01) date[2024-01-01 -) date[- 2023-01-01) date[2022-01-01 2024-01-01) (or date[2021-01-01 2022-01-01) date[2023-01-01 -)) has=date)",
		"date:..2023 date:>2023 date:<2023 date:2022..2023 (date:2021 OR date:2023..) has:date"},
	{`date:">=2023" date:"[2022 TO 2023]"`, "(list date[2023-01-01 -) date[2022-01-01 2024-01-01))", "date:2023.. date:2022..2023"},
	{`\(a\) title\:a AT\&T foo\ bar \AND \-a a\*`, "(list (a) title:a AT&T foo bar AND -a a*)", `\(a\) title\:a AT&T foo\ bar \AND \-a a\*`},
	{`title:\AND a\*bc* a\~b~1 \"a\" \/a/ a\\b`, `(list title:AND a*bc* (fuzzy a~b 1) "a" /a/ a\b)`, ""},
	{`source:New\ York\ Times source:http\://x.org`, "(list source=New York Times source=http://x.org)", `source:"New York Times" source:http://x.org`},
	{"[x] x|y {a} a]", "(list [x] x|y {a} a])", ""},

	// Full width.
	{"title：oil　gas", "(list title:oil gas)", "title:oil gas"},
	{"石油：価格 10：30 a～b", "(list 石油：価格 10：30 a～b)", ""},
	{"هل فاز؟ 誰？", "(list هل فاز؟ 誰？)", ""},

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
