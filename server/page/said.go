package page

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"dateline/query"
)

// A query is said back in plain English. A condition is said as what follows "Articles": "with oil", "from reuters.com"; what
// looks for words also as what follows "with", so that "oil" and "gas" make "with oil or gas". Groups within groups stand in
// parentheses, so that no sentence can be read in two ways.

// speaker says the nodes of a lowered tree, with dates as the clocks of a zone show them.
type speaker struct{ zone *time.Location }

// condition says a node, or that there is nothing like it. What asks for nothing is said as "".
func (s speaker) condition(n query.Node, not bool) string {
	switch n := n.(type) {
	case query.All:
		return ""
	case query.Not:
		return s.condition(n.Node, !not)
	case query.Value:
		return negated(not, valueWords(n.Field, []string{n.Text}))
	case query.Dates:
		return negated(not, s.dates(n))
	case query.Number:
		return negated(not, numberWords(n))
	case query.Has:
		return map[bool]string{false: "with ", true: "without "}[not] + hasWords(n.Field)
	}
	if nounable(n) {
		_, and := n.(query.And)
		return map[bool]string{false: "with ", true: "without "}[not] + s.noun(n, not && and)
	}
	var text string
	switch n := n.(type) {
	case query.And:
		text = s.and(n)
	case query.Or:
		text = s.or(n)
	case query.Boost:
		text = s.condition(n.Node, false) + weight(n.By)
	default:
		text = "that match " + data(n.String())
	}
	if not {
		return "but not those " + parens(text)
	}
	return text
}

func negated(not bool, text string) string {
	if not {
		return "not " + text
	}
	return text
}

// and says conditions that all apply: the words that are asked for, all other conditions, the words that are excluded.
func (s speaker) and(n query.And) string {
	var with, without []query.Node
	var other []string
	for i, c := range n.Nodes {
		not, isNot := c.(query.Not)
		switch {
		case isNot && i > 0 && isLeftOf(c, n.Nodes[i-1]): // said with its left side
			near := not.Node.(query.Near)
			near.Op = query.OpNotNear
			with[len(with)-1] = near
		case isNot && nounable(not.Node):
			without = append(without, not.Node)
		case nounable(c):
			with = append(with, c)
		default:
			other = append(other, s.part(c))
		}
	}
	all := append(s.listed("with ", with, "and"), other...)
	all = append(all, s.listed("without ", without, "or")...)
	for _, c := range n.Optional {
		all = append(all, "better "+s.part(c))
	}
	return join(nonempty(all), "")
}

// listed says words in a list, or nothing without any.
func (s speaker) listed(before string, nodes []query.Node, word string) []string {
	if len(nodes) == 0 {
		return nil
	}
	var list []string
	for _, n := range nodes {
		list = append(list, s.noun(n, len(nodes) > 1))
	}
	return []string{before + join(list, word)}
}

// part says a condition among others.
func (s speaker) part(n query.Node) string {
	text := s.condition(n, false)
	switch n.(type) {
	case query.And, query.Or:
		if !nounable(n) && !sameField(n) {
			return parens(text)
		}
	}
	return text
}

// or says conditions of which one is enough; values of one field share its words.
func (s speaker) or(n query.Or) string {
	if sameField(n) {
		var values []string
		for _, c := range n.Nodes {
			values = append(values, c.(query.Value).Text)
		}
		return valueWords(n.Nodes[0].(query.Value).Field, values)
	}
	var list []string
	for _, c := range n.Nodes {
		list = append(list, cmp.Or(s.part(c), "any"))
	}
	return "either " + strings.Join(list, " or ")
}

// sameField reports whether a node is a choice of values of one field.
func sameField(n query.Node) bool {
	or, ok := n.(query.Or)
	for i := range or.Nodes {
		first, isValue := or.Nodes[0].(query.Value)
		v, isToo := or.Nodes[i].(query.Value)
		ok = ok && isValue && isToo && v.Field == first.Field
	}
	return ok
}

// nounable reports whether a node looks for words and nothing else.
func nounable(n query.Node) bool {
	var nodes []query.Node
	switch n := n.(type) {
	case query.Boost:
		nodes = []query.Node{n.Node}
	case query.And:
		if nodes = n.Nodes; len(n.Optional) > 0 {
			return false
		}
	case query.Or:
		nodes = n.Nodes
	default:
		return query.IsProse(n)
	}
	for _, c := range nodes {
		if !nounable(c) {
			return false
		}
	}
	return true
}

// noun says what a node looks for; a group within a group in parentheses.
func (s speaker) noun(n query.Node, within bool) string {
	group := func(nodes []query.Node, word string) string {
		var list []string
		for _, c := range nodes {
			list = append(list, s.noun(c, true))
		}
		if text := join(list, word); within && len(list) > 1 {
			return parens(text)
		} else {
			return text
		}
	}
	switch n := n.(type) {
	case query.And:
		return group(n.Nodes, "and")
	case query.Or:
		return group(n.Nodes, "or")
	case query.Boost:
		return s.noun(n.Node, true) + weight(n.By)
	case query.Repeat:
		return s.noun(n.Node, true) + " at least " + times(n.Times)
	case query.Near:
		return s.near(n)
	}
	return wordsOf(n)
}

// near says two sides that stand near each other.
func (s speaker) near(n query.Near) string {
	side := func(n query.Node) string {
		if text := s.noun(n, true); strings.HasSuffix(text, ")") || !isNear(n) {
			return text
		} else {
			return parens(text)
		}
	}
	left, right := side(n.Left), side(n.Right)
	words := count(n.Distance, "word", "words")
	switch n.Op {
	case query.OpOrdered:
		return left + " at most " + words + " before " + right
	case query.OpNotNear:
		return left + " nowhere within " + words + " of " + right
	case query.OpSentence:
		return left + " in one sentence with " + right
	case query.OpParagraph:
		return left + " in one paragraph with " + right
	}
	return left + " within " + words + " of " + right
}

func isNear(n query.Node) bool { _, ok := n.(query.Near); return ok }

// isLeftOf reports whether n excludes places of left near something, as query.Query.Tree makes it of NOTNEAR.
func isLeftOf(n, left query.Node) bool {
	not, _ := n.(query.Not)
	near, ok := not.Node.(query.Near)
	return ok && near.Op == query.OpNear && near.Left.String() == left.String()
}

func weight(by float64) string {
	return " (weighing " + strconv.FormatFloat(by, 'f', -1, 64) + " times)"
}

func times(n int) string { return count(n, "time", "times") }

// numberWords says how many words an article has.
func numberWords(n query.Number) string {
	switch {
	case n.From == n.To:
		return "of exactly " + count(n.From, "word", "words")
	case n.To == math.MaxInt && strings.HasPrefix(n.Text, ">") && !strings.HasPrefix(n.Text, ">="):
		return "of more than " + count(n.From-1, "word", "words")
	case n.To == math.MaxInt:
		return "of at least " + count(n.From, "word", "words")
	case n.From == 0:
		return "of at most " + count(n.To, "word", "words")
	}
	return fmt.Sprintf("of %s to %s", number(n.From), count(n.To, "word", "words"))
}

// join writes a list with a word before its last; without a word with commas only.
func join(list []string, word string) string {
	if word == "" || len(list) < 2 {
		return strings.Join(list, ", ")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " " + word + " " + list[last]
}

func nonempty(list []string) []string {
	var kept []string
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

func parens(s string) string { return "(" + s + ")" }
