// Package aliases says which names of an archive are one entity: by rule, from how they are written (package names) and what
// the articles say of them, and as the user decided.
//
// A [Lexicon] is what an engine knows of the names of one type. A [Graph] remembers which of them are alike, so that only new
// names are compared when the index grows. A [Book] is the entities of one state of the index under one state of the
// decisions. [Words] are the variants of words of queries. [Log] is the decisions. All answers are functions of the live
// articles and the decisions: the order in which either came makes no difference, but that of decisions that contradict
// each other.
package aliases

import "iter"

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
