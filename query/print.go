package query

import (
	"strconv"
	"strings"
	"time"
)

// String returns the canonical spelling. It parses to an equal tree but for positions, and the spelling of that is the same.
// Relative dates stay relative: "last7d" means other days tomorrow. A nil query is spelt "".
func (q *Query) String() string {
	if q == nil || q.Root == nil {
		return ""
	}
	return q.Root.String()
}

func (n All) String() string { return "*:*" }

func (n Word) String() string { return field(n.Field) + escape(n.Field, n.Text, "", n.Text) }

func (n Phrase) String() string {
	s := quote(n.Text)
	if n.Exact && strings.ContainsFunc(n.Text, isSpace) {
		s = "=" + s
	}
	if n.Slop > 0 {
		s += "~" + strconv.Itoa(n.Slop)
	}
	return field(n.Field) + s
}

func (n Prefix) String() string {
	return field(n.Field) + escape(n.Field, n.Text, "", n.Text+"*") + "*"
}

// String puts a wildcard that could be taken for the end of a question in parentheses: (pric?).
func (n Wildcard) String() string {
	s := field(n.Field) + escape(n.Field, n.Text, "*?", n.Text)
	if strings.IndexAny(n.Text, "*?") == len(n.Text)-1 {
		return "(" + s + ")"
	}
	return s
}

func (n Fuzzy) String() string {
	return field(n.Field) + escape(n.Field, n.Text, "", n.Text) + "~" + strconv.Itoa(n.Edits)
}

func (n Regexp) String() string { return field(n.Field) + "/" + n.Text + "/" }

func (n Together) String() string {
	return field(n.Field) + "near" + strconv.Itoa(n.Distance) + ":" + quote(n.Text)
}

func (n Has) String() string { return "has:" + n.Field }

func (n Number) String() string { return field(n.Field) + n.Text }

func (n Value) String() string {
	if strings.Contains(n.Text, `\`) || valueFault(n.Field, n.Text) != nil || !isRun(n.Text) {
		return field(n.Field) + quote(n.Text)
	}
	return field(n.Field) + n.Text
}

func (n Dates) String() string {
	text := n.Text
	if text == "" {
		text = spell(n.From, n.To)
	}
	return field(n.Field) + text
}

// spell writes a range that was made by code and not by a reader. Ranges include their last second.
func spell(from, to time.Time) string {
	text := ".."
	if !from.IsZero() {
		text = from.UTC().Format(time.RFC3339) + text
	}
	if !to.IsZero() {
		text += to.UTC().Add(-time.Second).Format(time.RFC3339)
	}
	return text
}

func (n Near) String() string   { return spelling(n) }
func (n Repeat) String() string { return spelling(n) }
func (n Boost) String() string  { return spelling(n) }
func (n And) String() string    { return spelling(n) }
func (n Or) String() string     { return spelling(n) }
func (n Not) String() string    { return spelling(n) }
func (n List) String() string   { return spelling(n) }

// spelling writes a node that has others below it, all of them into one text.
func spelling(n Node) string {
	var w writer
	w.node(n)
	return w.String()
}

// The levels of the grammar, the loosest first.
const (
	levelOr = iota
	levelList
	levelAnd
	levelUnary
	levelNear
	levelBoost
	levelOperand
)

func levelOf(n Node) int {
	switch n := n.(type) {
	case Or:
		return levelOr
	case List:
		return levelList
	case And:
		if len(n.Optional) > 0 {
			return levelList
		}
		return levelAnd
	case Not:
		return levelUnary
	case Near:
		return levelNear
	case Boost:
		return levelBoost
	}
	return levelOperand
}

// writer builds a spelling.
type writer struct{ strings.Builder }

func (w *writer) node(n Node) {
	switch n := n.(type) {
	case Near:
		w.operand(n.Left, levelUnary)
		w.WriteString(" " + n.operator() + " ")
		w.operand(n.Right, levelNear)
	case Repeat:
		w.WriteString("repeat" + strconv.Itoa(n.Times) + ":")
		w.operand(n.Node, levelBoost)
	case Boost:
		w.operand(n.Node, levelBoost)
		w.WriteString("^" + strconv.FormatFloat(n.By, 'f', -1, 64))
	case And:
		w.and(n)
	case Or:
		w.join(n.Nodes, " OR ", levelOr)
	case Not:
		w.WriteString("NOT ")
		w.operand(n.Node, levelUnary)
	case List:
		w.clauses(n.Clauses)
	default:
		w.WriteString(n.String())
	}
}

func (w *writer) and(n And) {
	if len(n.Optional) == 0 {
		w.join(n.Nodes, " AND ", levelAnd)
		return
	}
	clauses := make([]Clause, 0, len(n.Nodes)+len(n.Optional))
	for _, c := range n.Nodes {
		clauses = append(clauses, Clause{Must, c})
	}
	for _, c := range n.Optional {
		clauses = append(clauses, Clause{Bare, c})
	}
	w.clauses(clauses)
}

// operand writes a node, in parentheses where it binds as loosely as the level around it or looser; only NOT may stand
// directly inside NOT.
func (w *writer) operand(n Node, around int) {
	if level := levelOf(n); level <= around && !(level == levelUnary && around == levelUnary) {
		w.WriteByte('(')
		w.node(n)
		w.WriteByte(')')
		return
	}
	w.node(n)
}

// join writes nodes with an operator between them.
func (w *writer) join(nodes []Node, op string, level int) {
	for i, n := range nodes {
		if i > 0 {
			w.WriteString(op)
		}
		w.operand(n, level)
	}
}

func (w *writer) clauses(list []Clause) {
	for i, c := range list {
		if i > 0 {
			w.WriteByte(' ')
		}
		w.clause(c)
	}
}

func (w *writer) clause(c Clause) {
	if c.Occur == Bare {
		w.operand(c.Node, levelList)
		return
	}
	w.WriteByte(byte(c.Occur))
	if levelOf(c.Node) == levelNear { // it would bind as it should, but not to a reader's eye
		w.operand(c.Node, levelNear)
		return
	}
	w.operand(c.Node, levelUnary)
}

func field(name string) string {
	if name == "" {
		return ""
	}
	return name + ":"
}
