package query

import (
	"strconv"
	"strings"
	"time"
	"unicode"
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

func (n Word) String() string {
	if wordFault(n.Text) != nil || strings.HasSuffix(n.Text, "*") || !isRun(n.Field, n.Text) {
		return field(n.Field) + quote(n.Text)
	}
	return field(n.Field) + n.Text
}

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

func (n Prefix) String() string { return field(n.Field) + n.Text + "*" }

func (n Wildcard) String() string { return field(n.Field) + n.Text }

func (n Fuzzy) String() string { return field(n.Field) + n.Text + "~" + strconv.Itoa(n.Edits) }

func (n Regexp) String() string { return field(n.Field) + "/" + n.Text + "/" }

func (n Together) String() string {
	return field(n.Field) + "near" + strconv.Itoa(n.Distance) + ":" + quote(n.Text)
}

func (n Repeat) String() string {
	var w writer
	w.WriteString("repeat" + strconv.Itoa(n.Times) + ":")
	w.operand(n.Node, levelBoost)
	return w.String()
}

func (n Boost) String() string {
	var w writer
	w.operand(n.Node, levelBoost)
	w.WriteString("^" + strconv.FormatFloat(n.By, 'f', -1, 64))
	return w.String()
}

func (n Near) String() string {
	var w writer
	w.operand(n.Left, levelUnary)
	w.WriteString(" " + n.operator() + " ")
	w.operand(n.Right, levelNear)
	return w.String()
}

// operator spells the operator: NEAR/5.
func (n Near) operator() string {
	name := nearNames[n.Op]
	if n.Op == OpSentence || n.Op == OpParagraph {
		return name
	}
	return name + "/" + strconv.Itoa(n.Distance)
}

// nearNames are the operators of nearness, in upper case only.
var nearNames = map[NearOp]string{
	OpNear: "NEAR", OpOrdered: "ONEAR", OpNotNear: "NOTNEAR", OpSentence: "SENTENCE", OpParagraph: "PARAGRAPH",
}

func (n Has) String() string { return "has:" + n.Field }

func (n Number) String() string { return field(n.Field) + n.Text }

func (n Value) String() string {
	if valueFault(n.Field, n.Text) != nil || !isRun(n.Field, n.Text) {
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

func (n And) String() string {
	var w writer
	if len(n.Optional) == 0 {
		return w.join(n.Nodes, " AND ", levelAnd)
	}
	for _, c := range n.Nodes {
		w.clause(Clause{Must, c})
	}
	for _, c := range n.Optional {
		w.clause(Clause{Bare, c})
	}
	return w.String()
}

func (n Or) String() string {
	var w writer
	return w.join(n.Nodes, " OR ", levelOr)
}

func (n Not) String() string {
	var w writer
	w.WriteString("NOT ")
	w.operand(n.Node, levelUnary)
	return w.String()
}

func (n List) String() string {
	var w writer
	for _, c := range n.Clauses {
		w.clause(c)
	}
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

// operand writes a node, in parentheses where it binds as loosely as the level around it or looser; only NOT may stand
// directly inside NOT.
func (w *writer) operand(n Node, around int) {
	if level := levelOf(n); level <= around && !(level == levelUnary && around == levelUnary) {
		w.WriteString("(" + n.String() + ")")
		return
	}
	w.WriteString(n.String())
}

// join writes nodes with an operator between them.
func (w *writer) join(nodes []Node, op string, level int) string {
	for _, n := range nodes {
		if w.Len() > 0 {
			w.WriteString(op)
		}
		w.operand(n, level)
	}
	return w.String()
}

func (w *writer) clause(c Clause) {
	if w.Len() > 0 {
		w.WriteByte(' ')
	}
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

// quote writes a text in straight quotes.
func quote(text string) string {
	return `"` + escaper.Replace(text) + `"`
}

var escaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// isRun reports whether the lexer reads the text, which is no fault of a word or value, as one run in which the colon, if
// any, makes no field.
func isRun(field, text string) bool {
	if strings.ContainsFunc(text, endsRun) {
		return false
	}
	left, _, found := strings.Cut(text, ":")
	switch {
	case !found:
		return true
	case field != "":
		return fieldName(left) == ""
	}
	return !strings.ContainsFunc(left, unicode.IsLetter)
}
