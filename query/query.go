// Package query turns what a reader types into a checked tree, or a fault with a position.
//
// The tree is complete: an engine needs nothing but the tree, so two engines cannot disagree about syntax. The package
// imports only the standard library.
package query

import "time"

// Span is a range of the query's text in characters (Unicode code points), half-open. That of a leaf is what was written
// for it without a field or a sign before it, with the quotes; that of a group is without its parentheses.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Match says how words that stand side by side combine.
type Match string

// The ways to combine neighbouring words.
const (
	MatchAuto Match = "auto" // all of them; when that finds nothing, any of them
	MatchAll  Match = "all"
	MatchAny  Match = "any"
)

// Query is a parsed query. The zero value, like a nil *Query, matches every article.
type Query struct {
	Text string // as typed
	Root Node   // the parse tree, with positions; nil matches every article
}

// Node is one node of a parse tree. A tree that has been lowered by Query.Tree holds no List.
type Node interface {
	Span() Span
	// String is the canonical spelling of the node; it parses back to an equal tree.
	String() string
}

// All matches every article.
type All struct{ At Span }

// Word is one run of letters and digits as typed. Analysis may make several terms of it; they then stand as a phrase.
type Word struct {
	At    Span
	Field string // "" means title, lead and body
	Text  string
}

// Phrase is a text in quotes: its words next to each other, in order, in one field.
type Phrase struct {
	At    Span
	Field string // as in Word
	Text  string // between the quotes, unescaped
}

// Prefix matches the words that begin with Text, as written but for case and accents.
type Prefix struct {
	At    Span
	Field string // as in Word
	Text  string // without the star
}

// Value matches articles whose field holds exactly the value, without regard to case, accents or a leading "www.".
type Value struct {
	At    Span
	Field string // a field of kind KindValue
	Text  string
}

// Dates matches articles dated within [From, To). A zero bound is open. Undated articles never match.
type Dates struct {
	At       Span
	Field    string // "date" (publication) or "indexed"
	From, To time.Time
	Text     string // the written range, which String prints again
}

// And matches where all Nodes match. Optional nodes change the ranking only.
type And struct {
	At       Span
	Nodes    []Node
	Optional []Node
}

// Or matches where one of Nodes matches.
type Or struct {
	At    Span
	Nodes []Node
}

// Not matches where Node does not.
type Not struct {
	At   Span
	Node Node
}

// Occur says whether a clause of a List is required, wanted or excluded.
type Occur byte

// What + and - in front of a clause say.
const (
	Bare    Occur = 0
	Must    Occur = '+'
	MustNot Occur = '-'
)

// Clause is one member of a List.
type Clause struct {
	Occur Occur
	Node  Node
}

// List is a run of clauses with no operator between them. Query.Tree makes And or Or of it.
type List struct {
	At      Span
	Clauses []Clause
}

// Span returns the node's place in the text.
func (n All) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Word) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Phrase) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Prefix) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Value) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Dates) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n And) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Or) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Not) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n List) Span() Span { return n.At }

// Error is a fault in a query, with its place.
type Error struct {
	At     Span
	Detail string // what is wrong, in a sentence without a full stop
	Hint   string // what to write instead, or ""
}

// Error returns the detail and the hint in one line.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Detail
	}
	return e.Detail + " (" + e.Hint + ")"
}
