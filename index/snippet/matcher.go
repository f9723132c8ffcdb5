// Package snippet marks the words of an article that a query matches, and picks the passages that show them best.
package snippet

import (
	"slices"
	"strings"

	"dateline/index/analysis"
	"dateline/query"
)

// Matcher finds what a query matches in a text. It is for one goroutine.
type Matcher struct {
	leaves []leaf
	stems  map[string]string // of the terms seen
	tok    analysis.Tokenizer
	tokens []analysis.Token
}

// leaf is one word, phrase or prefix that the query does not exclude: terms that stand next to each other.
type leaf struct {
	field  string // "" for title, lead and body
	stems  []string
	prefix string // of the term that follows the stems; "" for none
}

// New makes a matcher for a lowered tree (query.Query.Tree).
func New(tree query.Node) *Matcher {
	m := &Matcher{stems: map[string]string{}}
	m.collect(tree)
	return m
}

// collect gathers the leaves that can make an article match.
func (m *Matcher) collect(n query.Node) {
	switch n := n.(type) {
	case query.Word:
		m.add(n.Field, n.Text, false)
	case query.Phrase:
		m.add(n.Field, n.Text, false)
	case query.Prefix:
		m.add(n.Field, n.Text, true)
	case query.And:
		for _, c := range slices.Concat(n.Nodes, n.Optional) {
			m.collect(c)
		}
	case query.Or:
		for _, c := range n.Nodes {
			m.collect(c)
		}
	}
}

func (m *Matcher) add(field, text string, prefix bool) {
	l := leaf{field: field}
	for _, t := range analysis.Tokens(nil, text) {
		l.stems = append(l.stems, t.Term)
	}
	if len(l.stems) == 0 {
		return
	}
	if prefix {
		l.prefix = l.stems[len(l.stems)-1]
		l.stems = l.stems[:len(l.stems)-1]
	}
	for i, term := range l.stems {
		l.stems[i] = analysis.Stem(term)
	}
	m.leaves = append(m.leaves, l)
}

// span is one match: the tokens [first, last] of the text match the leaf.
type span struct {
	first, last int
	leaf        int
}

// find returns the matches of the leaves of a field in the text, in order. The tokens of the text are in m.tokens.
func (m *Matcher) find(field, text string, atMost int) []span {
	m.tokens = m.tokens[:0]
	var active []int
	for i, l := range m.leaves {
		if l.field == field || l.field == "" {
			active = append(active, i)
		}
	}
	if len(active) == 0 {
		return nil
	}
	m.tokens = m.tok.Tokens(m.tokens, text)
	var found []span
	for first := range m.tokens {
		for _, i := range active {
			if last, ok := m.matches(&m.leaves[i], first); ok {
				found = append(found, span{first, last, i})
			}
		}
		if len(found) >= atMost {
			break
		}
	}
	return found
}

// matches reports whether the leaf matches at a token, and the last token it takes.
func (m *Matcher) matches(l *leaf, first int) (last int, ok bool) {
	n := len(l.stems)
	if l.prefix != "" {
		n++
	}
	if first+n > len(m.tokens) {
		return 0, false
	}
	at := m.tokens[first].Position
	for i := range n {
		t := &m.tokens[first+i]
		switch {
		case t.Position != at+i:
			return 0, false
		case i == len(l.stems):
			if !strings.HasPrefix(t.Term, l.prefix) {
				return 0, false
			}
		case m.stem(t.Term) != l.stems[i]:
			return 0, false
		}
	}
	return first + n - 1, true
}

// stem remembers stems: an article repeats its words.
func (m *Matcher) stem(term string) string {
	s, ok := m.stems[term]
	if !ok {
		s = analysis.Stem(term)
		m.stems[term] = s
	}
	return s
}
