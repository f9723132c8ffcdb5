// Package snippet marks the words of an article that a query matches, and picks the passages that show them best.
//
// Marked are the words of a unit of the query where the unit stands: those of a phrase where all of it does, those of words
// near each other where they are near. What stands under Not, or must not be near, marks nothing.
package snippet

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/marks"
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

	classes  bool // some of the words are class words
	variants func(term string) []string
	lexicons map[analysis.Language]*lexicon
	marker   marks.Marker
	tok      *analysis.Tokenizer
	tokens   []analysis.Token // of the text
	at       [][]uint32       // the positions of each word in the text
}

// New makes a matcher for a lowered tree (query.Query.Tree). variants returns the other spellings of a word that is asked for
// by its stem, which it stands for too; nil is none.
func New(tree query.Node, variants func(term string) []string) *Matcher {
	m := &Matcher{variants: variants, lexicons: map[analysis.Language]*lexicon{}, tok: tokenizers.Get().(*analysis.Tokenizer)}
	m.collect(tree)
	m.classes = slices.ContainsFunc(m.words, func(w word) bool { return w.kind == wordClass })
	m.at = make([][]uint32, len(m.words))
	return m
}

// tokenizers are kept from one matcher to the next, since articles share most of their words.
var tokenizers = sync.Pool{New: func() any { return new(analysis.Tokenizer) }}

// Free gives back what the matcher holds; it is used no more.
func (m *Matcher) Free() {
	m.tok.Trim()
	tokenizers.Put(m.tok)
	m.tok = nil
}

// lexicon remembers for the terms of articles of one language the words that they are: an article repeats its terms.
type lexicon struct {
	language analysis.Language
	stems    [][]stem // of each word: its own, and those of its variants
	known    []bool   // by the number of the term
	words    map[int][]int
}

func (m *Matcher) lexicon(l analysis.Language) *lexicon {
	x := m.lexicons[l]
	if x == nil {
		x = &lexicon{language: l, words: map[int][]int{}}
		for i := range m.words {
			stems := []stem{stemOf(l, m.words[i].text)}
			for _, v := range m.words[i].also {
				stems = append(stems, stemOf(l, v))
			}
			x.stems = append(x.stems, stems)
		}
		m.lexicons[l] = x
	}
	return x
}

// stem is a stem, with prefixes one of which every term with the stem has.
type stem struct {
	text   string
	ranges []string
}

func stemOf(l analysis.Language, text string) stem {
	s := l.Stem(text)
	return stem{s, l.Ranges(s, text)}
}

// wordsAt returns the words that the term of a token stands for.
func (m *Matcher) wordsAt(x *lexicon, t *analysis.Token) []int {
	if t.Number >= len(x.known) {
		x.known = append(x.known, make([]bool, max(m.tok.Terms(), t.Number+1)-len(x.known))...)
	}
	if x.known[t.Number] {
		if len(x.words) == 0 {
			return nil
		}
		return x.words[t.Number]
	}
	x.known[t.Number] = true
	var list []int
	for i := range m.words {
		if m.fits(x, i, t.Term) {
			list = append(list, i)
		}
	}
	if list != nil {
		x.words[t.Number] = list
	}
	return list
}

// fits reports whether a word stands for a term.
func (m *Matcher) fits(x *lexicon, word int, term string) bool {
	switch w := &m.words[word]; w.kind {
	case wordExact:
		return w.text == term
	case wordPrefix:
		return strings.HasPrefix(term, w.text)
	case wordPattern:
		return w.test(term)
	case wordClass:
		return false // whatever the term
	}
	begins := func(prefix string) bool { return strings.HasPrefix(term, prefix) }
	return slices.ContainsFunc(x.stems[word], func(s stem) bool {
		return slices.ContainsFunc(s.ranges, begins) && x.language.Stem(term) == s.text
	})
}

// match is one match: the tokens [first, last] of the text match the leaf.
type match struct {
	first, last int
	leaf        int
}

// find returns the first matches of the leaves of a field in its text, in order. The tokens of the text are in m.tokens.
func (m *Matcher) find(field, text string, a *index.Article, atMost int) []match {
	m.tokens = m.tokens[:0]
	if !m.place(field, text, a) {
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
func (m *Matcher) place(field, text string, a *index.Article) bool {
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
	var sets []marks.Set
	if m.classes {
		sets = m.marker.Mark(a.Entities, field, text, m.tokens)
	}
	places, x := 0, m.lexicon(analysis.LanguageOf(a.Language))
	for i := range m.tokens {
		t := &m.tokens[i]
		for _, w := range m.wordsAt(x, t) {
			if active[w] {
				m.at[w] = append(m.at[w], uint32(t.Position))
				places++
			}
		}
		if sets != nil && sets[i] != 0 {
			places += m.placeClass(sets[i], uint32(t.Position), active)
		}
		if places > maxPlaces {
			break
		}
	}
	return places > 0
}

// placeClass notes the position of a token of some classes, and returns for how many words.
func (m *Matcher) placeClass(of marks.Set, position uint32, active []bool) (places int) {
	for w := range m.words {
		if active[w] && m.words[w].of&of != 0 {
			m.at[w] = append(m.at[w], position)
			places++
		}
	}
	return places
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
