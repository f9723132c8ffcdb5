package snippet

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/index/analysis"
	"dateline/index/marks"
	"dateline/index/span"
	"dateline/query"
)

// unit is what the query asks of prose in one piece: a leaf, or an expression over leaves.
type unit struct {
	op   unitOp
	leaf int     // of unitLeaf
	kids []*unit // those of unitSloppy and unitTogether are leaves of one word
	near query.NearOp
	n    int // slop, distance or times
	// kinds are those of the words of unitSloppy, as span.PhraseOf has them.
	kinds []uint8
}

type unitOp byte

const (
	unitLeaf unitOp = iota
	unitSloppy
	unitTogether
	unitNear
	unitRepeat
	unitOr
)

// leaf is words that stand one behind the other, mostly one, and are marked as one.
type leaf struct {
	field string // "" for title, lead and body
	words []int
}

// word is one word of a leaf.
type word struct {
	kind wordKind
	text string                 // folded
	also []string               // of wordStem: its variants, whose stems it stands for too
	test func(term string) bool // of wordPattern
	of   marks.Set              // of wordClass
}

// wordKind says which terms a word stands for.
type wordKind byte

const (
	wordStem    wordKind = iota // those of its stem in the language of the article
	wordExact                   // itself
	wordPrefix                  // those that begin with it
	wordPattern                 // those that pass the test
	wordClass                   // any, in a mention of one of the classes
)

// collect gathers the units that can make an article match.
func (m *Matcher) collect(n query.Node) {
	switch n := n.(type) {
	case query.And:
		for _, c := range slices.Concat(n.Nodes, n.Optional) {
			m.collect(c)
		}
	case query.Or:
		for _, c := range n.Nodes {
			m.collect(c)
		}
	case query.Boost:
		m.collect(n.Node)
	default:
		if query.IsProse(n) {
			m.units = append(m.units, m.unit(n))
		}
	}
}

func (m *Matcher) unit(n query.Node) *unit {
	switch n := n.(type) {
	case query.Word:
		return m.phrase(n.Field, classedWords(n.Text, wordStem))
	case query.Phrase:
		kind := wordStem
		if n.Exact {
			kind = wordExact
		}
		words := classedWords(n.Text, kind)
		if n.Slop > 0 && len(words) > 1 {
			return m.apart(unitSloppy, n.Field, words, n.Slop)
		}
		return m.phrase(n.Field, words)
	case query.Together:
		var words []word
		for _, w := range classedWords(n.Text, wordStem) {
			if !slices.ContainsFunc(words, func(other word) bool { return other.text == w.text && other.of == w.of }) {
				words = append(words, w)
			}
		}
		return m.apart(unitTogether, n.Field, words, n.Distance)
	case query.Repeat:
		return &unit{op: unitRepeat, kids: []*unit{m.unit(n.Node)}, n: n.Times}
	case query.Or:
		u := &unit{op: unitOr}
		for _, c := range n.Nodes {
			u.kids = append(u.kids, m.unit(c))
		}
		return u
	case query.Near:
		return &unit{op: unitNear, kids: []*unit{m.unit(n.Left), m.unit(n.Right)}, near: n.Op, n: n.Distance}
	}
	return m.pattern(n)
}

// pattern makes a unit of a node that describes the letters of words.
func (m *Matcher) pattern(n query.Node) *unit {
	switch n := n.(type) {
	case query.Prefix:
		words := wordsOf(n.Text, wordStem)
		if len(words) > 0 {
			words[len(words)-1].kind = wordPrefix
		}
		return m.phrase(n.Field, words)
	case query.Wildcard:
		var words []word
		for _, p := range analysis.Wildcard(n.Text) {
			if p.Wild {
				pattern := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(p.Text))
				words = append(words, word{kind: wordPattern, test: whole(pattern)})
			} else {
				words = append(words, word{kind: wordStem, text: p.Text})
			}
		}
		return m.phrase(n.Field, words)
	case query.Fuzzy:
		return m.phrase(n.Field, []word{{kind: wordPattern, test: similar(analysis.Term(n.Text), n.Edits)}})
	case query.Regexp:
		return m.phrase(n.Field, []word{{kind: wordPattern, test: whole(analysis.FoldPattern(n.Text))}})
	}
	return &unit{op: unitOr} // of nothing
}

// classedWords are the words of a text that may have class words.
func classedWords(text string, kind wordKind) []word {
	var words []word
	for _, p := range query.Parts(text) {
		if p.Class != "" {
			words = append(words, word{kind: wordClass, of: marks.Of(p.Class)})
		} else {
			words = append(words, wordsOf(p.Text, kind)...)
		}
	}
	return words
}

func wordsOf(text string, kind wordKind) []word {
	var words []word
	for _, t := range analysis.Tokens(nil, text) {
		words = append(words, word{kind: kind, text: t.Term})
	}
	return words
}

// whole makes a test of a regular expression that has to match from end to end.
func whole(pattern string) func(string) bool {
	re, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil { // then no engine finds anything either
		return func(string) bool { return false }
	}
	return re.MatchString
}

// similar makes a test of a number of edits. Most terms differ by more in their lengths alone.
func similar(asked string, edits int) func(string) bool {
	letters := utf8.RuneCountInString(asked)
	return func(term string) bool {
		n := utf8.RuneCountInString(term)
		return max(n, letters)-min(n, letters) <= edits && query.Distance(asked, term) <= edits
	}
}

// phrase adds a leaf.
func (m *Matcher) phrase(field string, words []word) *unit {
	l := leaf{field: field}
	for _, w := range words {
		if w.kind == wordStem && m.variants != nil {
			w.also = m.variants(w.text)
		}
		l.words = append(l.words, len(m.words))
		m.words = append(m.words, w)
	}
	m.leaves = append(m.leaves, l)
	return &unit{leaf: len(m.leaves) - 1}
}

// apart adds a leaf for each of several words that need not stand one behind the other.
func (m *Matcher) apart(op unitOp, field string, words []word, n int) *unit {
	u := &unit{op: op, n: n}
	for i := range words {
		u.kids = append(u.kids, m.phrase(field, words[i:i+1]))
		u.kinds = append(u.kinds, uint8(words[i].of))
	}
	return u
}

// spans returns where a unit occurs in the text whose words have been placed.
func (m *Matcher) spans(u *unit) []span.Span {
	switch u.op {
	case unitLeaf:
		return span.Phrase(nil, m.slots(u.leaf), 0)
	case unitSloppy, unitTogether:
		var slots [][]uint32
		for _, k := range u.kids {
			slots = append(slots, m.slots(k.leaf)...)
		}
		if u.op == unitSloppy {
			return span.PhraseOf(nil, slots, u.kinds, u.n)
		}
		return span.Together(nil, slots, u.n)
	case unitRepeat:
		if all := m.spans(u.kids[0]); len(all) >= u.n {
			return all
		}
		return nil
	case unitOr:
		lists := make([][]span.Span, len(u.kids))
		for i, k := range u.kids {
			lists[i] = m.spans(k)
		}
		return span.Or(nil, lists...)
	}
	return m.nearSpans(u, m.spans(u.kids[0]), m.spans(u.kids[1]))
}

func (m *Matcher) nearSpans(u *unit, left, right []span.Span) []span.Span {
	switch u.near {
	case query.OpNotNear:
		if len(span.Near(nil, left, right, u.n, false)) > 0 {
			return nil
		}
		return left
	case query.OpSentence:
		return span.Within(nil, left, right, m.breaks(func(t *analysis.Token) int { return t.Sentence }))
	case query.OpParagraph:
		return span.Within(nil, left, right, m.breaks(func(t *analysis.Token) int { return t.Paragraph }))
	}
	return span.Near(nil, left, right, u.n, u.near == query.OpOrdered)
}

// breaks returns the positions at which a sentence or paragraph begins, but for the first.
func (m *Matcher) breaks(of func(*analysis.Token) int) []uint32 {
	var list []uint32
	for i := 1; i < len(m.tokens); i++ {
		if of(&m.tokens[i]) != of(&m.tokens[i-1]) {
			list = append(list, uint32(m.tokens[i].Position))
		}
	}
	return list
}

// slots returns where the words of a leaf may stand.
func (m *Matcher) slots(leaf int) [][]uint32 {
	slots := make([][]uint32, len(m.leaves[leaf].words))
	for i, w := range m.leaves[leaf].words {
		slots[i] = m.at[w]
	}
	return slots
}

// marked calls f with the leaves of a unit whose words are marked where they take part: not those on the right of
// OpNotNear.
func (u *unit) marked(f func(leaf int)) {
	if u.op == unitLeaf {
		f(u.leaf)
	}
	for i, k := range u.kids {
		if i == 0 || u.op != unitNear || u.near != query.OpNotNear {
			k.marked(f)
		}
	}
}
