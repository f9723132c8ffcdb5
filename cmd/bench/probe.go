package main

import (
	"strings"
	"time"
)

// probe is one search, in terms that each engine can be asked in.
type probe struct {
	Words          words
	From, To       time.Time // the filter by date: from the first, before the second
	Source, Entity string    // filters
	Newest         bool      // the order
	Prefix         string    // completes entities that begin so, instead of searching
	Beside         beside
}

// beside is what is asked for beside the ten best hits.
type beside int

const (
	nothing    beside = iota
	facets            // of source and entities, and the histogram
	everything        // every facet, the histogram, marked passages
)

// words are what is searched for; none find everything.
type words struct {
	All, Any, Not []string
	Phrase        string
}

// parseWords reads the queries of the command line: a phrase in quotes, or words that all have to be there. "*" is everything.
func parseWords(text string) words {
	switch {
	case text == "*":
		return words{}
	case strings.HasPrefix(text, `"`):
		return words{Phrase: strings.Trim(text, `"`)}
	}
	return words{All: strings.Fields(text)}
}

// String writes the words in Dateline's language.
func (w words) String() string {
	var parts []string
	if len(w.Any) > 0 {
		parts = append(parts, "("+strings.Join(w.Any, " OR ")+")")
	}
	parts = append(parts, w.All...)
	if w.Phrase != "" {
		parts = append(parts, `"`+w.Phrase+`"`)
	}
	for _, word := range w.Not {
		parts = append(parts, "-"+word)
	}
	return strings.Join(parts, " ")
}
