package page

import (
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// marker joins the marks of words that one phrase of the query matches, which an engine marks word by word. Other words that stand
// side by side keep a mark each: joined, they would look like a phrase that was found. (In an article they are one place to go to:
// see prose.find.)
type marker struct {
	always  bool        // the query looks for one phrase and nothing else, so that neighbours are of it
	phrases [][2]string // terms that stand next to each other in a phrase
}

func newMarker(q *query.Query) marker {
	var m marker
	if q == nil {
		return m
	}
	units := 0
	for _, leaf := range query.Leaves(q.Root) {
		if leaf.Excluded || !query.IsProse(leaf.Node) {
			continue
		}
		units++
		phrase, isPhrase := leaf.Node.(query.Phrase)
		m.always = isPhrase && phrase.Slop == 0 && units == 1
		query.Walk(leaf.Node, func(n query.Node) bool {
			m.add(n)
			return true
		})
	}
	return m
}

// add takes what stands next to each other in a phrase, or in what is written as one word and makes several.
func (m *marker) add(n query.Node) {
	text := ""
	switch n := n.(type) {
	case query.Phrase:
		text = n.Text
	case query.Word:
		text = n.Text
	}
	tokens := analysis.Tokens(nil, text)
	for i := 1; i < len(tokens); i++ {
		m.phrases = append(m.phrases, [2]string{tokens[i-1].Term, tokens[i].Term})
	}
}

// join makes one mark of marks with only white space between them whose words are neighbours in a phrase.
func (m marker) join(segments []index.Segment, language string) []index.Segment {
	if !m.always && len(m.phrases) == 0 {
		return segments
	}
	l := analysis.LanguageOf(language)
	var list []index.Segment
	before := "" // the word that the last mark ends with
	for i := 0; i < len(segments); i++ {
		s := segments[i]
		if n := len(list); n >= 2 && s.Marked && list[n-2].Marked && strings.TrimSpace(list[n-1].Text) == "" && m.neighbours(l, before, s.Text) {
			list[n-2].Text += list[n-1].Text + s.Text
			list = list[:n-1]
		} else {
			list = append(list, s)
		}
		if s.Marked {
			before = s.Text
		}
	}
	return list
}

func (m marker) neighbours(l analysis.Language, a, b string) bool {
	if m.always {
		return true
	}
	a, b = l.Stem(analysis.Term(a)), l.Stem(analysis.Term(b))
	for _, p := range m.phrases {
		if l.Stem(p[0]) == a && l.Stem(p[1]) == b {
			return true
		}
	}
	return false
}

// joinAll is join for passages.
func (m marker) joinAll(passages [][]index.Segment, language string) [][]index.Segment {
	list := make([][]index.Segment, len(passages))
	for i, p := range passages {
		list[i] = m.join(p, language)
	}
	return list
}
