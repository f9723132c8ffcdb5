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

// Word is one run of letters and digits as typed. Analysis may make several terms of it; they then stand as a phrase. It may
// be a class word, such as @person: see Class and Parts.
type Word struct {
	At    Span
	Field string // "" means title, lead and body
	Text  string
}

// Phrase is a text in quotes: its words in order in one field, next to each other but for Slop.
type Phrase struct {
	At    Span
	Field string // as in Word
	Text  string // between the quotes, unescaped; some of its words may be class words
	// Slop is how far the words may be moved, all together, as Lucene counts: with p(i) the position of the i-th word, the
	// largest p(i)-i less the smallest. Two words that change places have moved by 2. No word of an article stands for two of
	// the phrase, unless for a class word and another word, or for two classes.
	Slop int
	// Exact says that the words match as written, but for case and accents, not by their stems. A text without white space
	// in quotes is exact, and so is what has = before it and a word with ~0 after it.
	Exact bool
}

// Prefix matches the words that begin with Text, as written but for case and accents.
type Prefix struct {
	At    Span
	Field string // as in Word
	Text  string // without the star
}

// Wildcard matches the words that fit Text, as written but for case and accents: * is any letters, ? is one.
type Wildcard struct {
	At    Span
	Field string // as in Word
	Text  string
}

// Fuzzy matches the words that at most Edits edits make of Text, as written but for case and accents: to insert, delete or
// replace a letter, or to swap two neighbours (see Distance).
type Fuzzy struct {
	At    Span
	Field string // as in Word
	Text  string
	Edits int // 1 or 2
}

// Regexp matches the words that the regular expression matches from end to end, case and accents apart, in the syntax of Go
// (https://golang.org/s/re2syntax).
type Regexp struct {
	At    Span
	Field string // as in Word
	Text  string // between the slashes, as written
}

// NearOp says how the two sides of a Near stand to each other.
type NearOp byte

// The operators of nearness.
const (
	OpNear      NearOp = iota + 1 // at most Distance positions apart, in either order
	OpOrdered                     // the same, the left side before the right
	OpNotNear                     // the left side, nowhere that near to the right
	OpSentence                    // both in one sentence
	OpParagraph                   // both in one paragraph
)

// Near matches where its sides stand near each other in one field. A side is a Word, Phrase, Prefix, Wildcard, Fuzzy, Regexp,
// Repeat, Together or Near, or an Or of such; before lowering (Query.Tree) also And and List.
//
// Each side has occurrences in a field: runs of positions. Two are near when they do not overlap and the last of the one
// and the first of the other are at most Distance apart; neighbours are 1 apart. What a Near itself occurs at, as the side
// of another, are the occurrences of both sides that are near one of the other side; for OpNotNear those of the left side,
// where none of them is near one of the right. A lowered tree has OpNotNear in sides only.
type Near struct {
	At          Span
	Left, Right Node
	Op          NearOp
	Distance    int // of OpNear, OpOrdered and OpNotNear
}

// Together matches where all words of Text stand within Distance of one another in one field: the last position less the
// first, and 1 for each word that stands before the one written before it. A word written twice counts once. Words of Text may be
// class words; one token may stand for two words that differ, as for a name and a class word.
type Together struct {
	At       Span
	Field    string // as in Word
	Text     string
	Distance int
}

// Repeat matches where Node, a word, phrase or the like or an Or of such, occurs at least Times times in one field.
type Repeat struct {
	At    Span
	Node  Node
	Times int
}

// Boost matches what Node does; its score counts By times.
type Boost struct {
	At   Span
	Node Node
	By   float64 // above 0
}

// Has matches articles that have something in a field: one of prose, values or dates, but for id.
type Has struct {
	At    Span
	Field string
}

// Number matches articles whose number lies within [From, To], which is open at 0 and at math.MaxInt.
type Number struct {
	At       Span
	Field    string // "words": those of the body
	From, To int
	Text     string // the written range, which String prints again
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
	Field    string // "date" (publication), "indexed" or "changed"
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
func (n Wildcard) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Fuzzy) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Regexp) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Near) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Together) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Repeat) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Boost) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Value) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Has) Span() Span { return n.At }

// Span returns the node's place in the text.
func (n Number) Span() Span { return n.At }

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
