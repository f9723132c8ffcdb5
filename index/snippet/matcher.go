// Package snippet marks the words of an article that a query matches, and picks the passages that show them best.
//
// Marked are the words of a unit of the query where the unit stands: those of a phrase where all of it does, those of words
// near each other where they are near. What stands under Not, or must not be near, marks nothing.
package snippet

import (
	"cmp"
	"slices"
	"strings"

	"dateline/index/analysis"
	"dateline/index/span"
	"dateline/query"
)

// maxPlaces bounds in how many places of one text the words of a query are looked for; of a text with more only the first
// part is marked.
const maxPlaces = 1 << 16

// Matcher finds what a query matches in a text. It is for one goroutine.
type Matcher struct {
	units  []*unit
	leaves []leaf
	words  []word

	lexicons map[analysis.Language]*lexicon
	tok      analysis.Tokenizer
	tokens   []analysis.Token // of the text
	at       [][]uint32       // the positions of each word in the text
}

// New makes a matcher for a lowered tree (query.Query.Tree).
func New(tree query.Node) *Matcher {
	m := &Matcher{lexicons: map[analysis.Language]*lexicon{}}
	m.collect(tree)
	m.at = make([][]uint32, len(m.words))
	return m
}

// lexicon remembers for the terms of articles of one language the words that they are: an article repeats its terms.
type lexicon struct {
	language analysis.Language
	stems    []string // of the words
	known    map[string][]int
}

func (m *Matcher) lexicon(l analysis.Language) *lexicon {
	x := m.lexicons[l]
	if x == nil {
		x = &lexicon{l, make([]string, len(m.words)), map[string][]int{}}
		for i := range m.words {
			x.stems[i] = l.Stem(m.words[i].text)
		}
		m.lexicons[l] = x
	}
	return x
}

// wordsAt returns the words that stand for a term.
func (m *Matcher) wordsAt(x *lexicon, term string) []int {
	list, ok := x.known[term]
	if ok {
		return list
	}
	stem := x.language.Stem(term)
	for i := range m.words {
		w := &m.words[i]
		fits := false
		switch w.kind {
		case wordStem:
			fits = x.stems[i] == stem
		case wordExact:
			fits = w.text == term
		case wordPrefix:
			fits = strings.HasPrefix(term, w.text)
		case wordPattern:
			fits = w.test(term)
		}
		if fits {
			list = append(list, i)
		}
	}
	x.known[term] = list
	return list
}

// match is one match: the tokens [first, last] of the text match the leaf.
type match struct {
	first, last int
	leaf        int
}

// find returns the first matches of the leaves of a field in the text, in order. The tokens of the text are in m.tokens.
func (m *Matcher) find(field, text string, l analysis.Language, atMost int) []match {
	m.tokens = m.tokens[:0]
	if !m.place(field, text, l) {
		return nil
	}
	var found []match
	for _, u := range m.units {
		spans := m.spans(u)
		if len(spans) == 0 {
			continue
		}
		u.marked(func(leaf int) { found = m.appendMatches(found, leaf, spans, atMost) })
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last), cmp.Compare(a.leaf, b.leaf))
	})
	return found[:min(len(found), atMost)]
}

// place notes where the words stand that are asked for in a field, and reports whether there are any.
func (m *Matcher) place(field, text string, l analysis.Language) bool {
	active := make([]bool, len(m.words))
	any := false
	for _, leaf := range m.leaves {
		if leaf.field == field || leaf.field == "" {
			for _, w := range leaf.words {
				active[w], any = true, true
			}
		}
	}
	if !any {
		return false
	}
	for i := range m.at {
		m.at[i] = m.at[i][:0]
	}
	m.tokens = m.tok.Tokens(m.tokens, text)
	places, x := 0, m.lexicon(l)
	for i := range m.tokens {
		t := &m.tokens[i]
		for _, w := range m.wordsAt(x, t.Term) {
			if active[w] {
				m.at[w] = append(m.at[w], uint32(t.Position))
				places++
			}
		}
		if places > maxPlaces {
			break
		}
	}
	return places > 0
}

// appendMatches appends the first matches of a leaf among the spans of its unit.
func (m *Matcher) appendMatches(found []match, leaf int, spans []span.Span, atMost int) []match {
	token := 0
	for _, s := range span.Phrase(nil, m.slots(leaf), 0) {
		for len(spans) > 0 && (spans[0].First < s.First || spans[0].First == s.First && spans[0].Last < s.Last) {
			spans = spans[1:]
		}
		if len(spans) == 0 || atMost == 0 {
			break
		}
		if spans[0] != s {
			continue
		}
		for m.tokens[token].Position < int(s.First) {
			token++
		}
		found = append(found, match{token, token + int(s.Last-s.First), leaf})
		atMost--
	}
	return found
}
