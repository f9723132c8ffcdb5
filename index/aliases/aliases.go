// Package aliases says which names of an archive are one entity: by rule, from how they are written (package names) and what
// the articles say of them, and as the user decided.
//
// A [Lexicon] is what an engine knows of the names of one type. A [Graph] remembers which of them are alike, so that only new
// names are compared when the index grows. A [Book] is the entities of one state of the index under one state of the
// decisions. [Words] are the variants of words of queries. [Log] is the decisions. All answers are functions of the live
// articles and the decisions: the order in which either came makes no difference, but that of decisions that contradict
// each other.
package aliases

import (
	"iter"

	"dateline/index"
)

// Lexicon is the names of one type that an index has, numbered from 0. Two names have different keys. A name without live
// articles is as if it were not there.
type Lexicon interface {
	Len() int
	Articles(i int) int       // live articles that have the name
	Key(i int) string         // analysis.Fold of every spelling
	Label(i int) string       // as most live articles write it, the first in byte order among equals
	Spellings(i int) []string // those of live articles, in any order
	Find(key string) (i int, ok bool)
	// Aliases yields what live articles call their entities besides the name, each pair of alias and name once, in any order.
	Aliases() iter.Seq[Alias]
}

// Alias is another form that articles have for the entity that they name.
type Alias struct {
	Name     int    // in the lexicon
	Key      string // of the alias, never ""
	Written  string // as most live articles write it for this name, the first in byte order among equals
	Articles int    // live articles that have it for this name
}

// Graph remembers which spellings are alike. One is for one type; it may be used by many goroutines. The zero Graph is empty.
type Graph struct{}

// Book is the entities of one state of an index. It is never changed.
type Book struct{}

// New makes the book of a lexicon.
func New(typ string, lex Lexicon, g *Graph, d *Decided) *Book { return &Book{} }

// Of returns, for the number of each name, the number of the name that stands for its entity: the one with the most articles,
// the first label in byte order among equals. A name without articles stands for itself.
func (b *Book) Of() []uint32 { return nil }

// Members returns the names of the entity that a name stands for, nil when it has only that one.
func (b *Book) Members(of uint32) []uint32 { return nil }

// Label returns the preferred name of the entity that a name stands for.
func (b *Book) Label(of uint32) string { return "" }

// Hidden reports whether the user hides the entity that a name stands for.
func (b *Book) Hidden(of uint32) bool { return false }

// AnyHidden reports whether any entity is hidden.
func (b *Book) AnyHidden() bool { return false }

// Filter returns what the value of a filter stands for: the names of the entity whose name or preferred name it is, by number;
// ok is false where it is neither, and stands for what Query returns.
func (b *Book) Filter(value string) (names []uint32, ok bool) { return nil, false }

// Query returns what a value in a query stands for: names by number, and the keys of aliases. See index.Entities.
func (b *Book) Query(value string) (names []uint32, aliases []string) { return nil, nil }

// Entity describes the entity of a name or a preferred name, but for Total and the Together and Shared of suggestions.
func (b *Book) Entity(name string) (info index.EntityInfo, ok bool) { return info, false }

// Suggestions returns the size best suggestions, but for Together and Shared, and how many there are.
func (b *Book) Suggestions(size int) (list []index.Suggested, total int) { return nil, 0 }

// Words are the variants of words of queries, over the books of all types.
type Words struct{}

// NewWords makes the words of an index's books.
func NewWords(books ...*Book) *Words { return &Words{} }

// Variants returns the other spellings of a term (analysis.Term), as terms in byte order. articles returns in how many live
// articles a term, exactly as it is, stands in the default text fields.
func (w *Words) Variants(term string, articles func(term string) int) []string { return nil }

// Log is the decisions in their order. The zero Log is empty. It is for one goroutine; what it returns is never changed.
type Log struct{}

// Decided is what is in force of the decisions. A nil Decided is none.
type Decided struct{}

// Add appends decisions, all or none, and returns them with their numbers. A zero Time becomes now. Error: *index.DecisionError.
func (l *Log) Add(now index.Time, decisions []index.Decision) ([]index.Decision, error) {
	return nil, nil
}

// All returns the log.
func (l *Log) All() []index.Decision { return nil }

// Decided returns what is in force.
func (l *Log) Decided() *Decided { return nil }

// AppendText writes decisions as lines of a log file.
func AppendText(b []byte, list []index.Decision) []byte { return b }

// ReadText reads a log file. Error: *TextError with the line.
func ReadText(b []byte) ([]index.Decision, error) { return nil, nil }
