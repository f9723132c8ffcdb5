package memory

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/marks"
	"dateline/query"
)

// leaf is a node without others in it that looks for words.
type leaf struct {
	fields []string
	words  []word
	apart  func(p []int) bool // whether the words may stand at positions; nil where they stand one behind the other
}

// word is one word of a leaf: the tokens that it stands for.
type word struct {
	written string // with a sign of what kind of word it is, so that words that stand for the same are equal
	class   query.Class
	fits    func(token) bool
}

// leaves keeps the leaves of a tree, so that each is analysed once.
type leaves struct {
	naming *naming
	made   map[query.Node]*leaf
}

func newLeaves(n *naming) leaves { return leaves{n, map[query.Node]*leaf{}} }

func (l leaves) of(n query.Node) *leaf {
	made, ok := l.made[n]
	if !ok {
		made = l.naming.leaf(n)
		l.made[n] = made
	}
	return made
}

func (m *naming) leaf(n query.Node) *leaf {
	switch n := n.(type) {
	case query.Word:
		return &leaf{fields: fieldsOf(n.Field), words: classed(n.Text, m.inflected)}
	case query.Phrase:
		l := &leaf{fields: fieldsOf(n.Field), words: classed(n.Text, m.inflected)}
		if n.Exact {
			l.words = classed(n.Text, asWritten)
		}
		if n.Slop > 0 {
			l.apart = func(p []int) bool { return slop(p, l.words) <= n.Slop }
		}
		return l
	case query.Prefix:
		return &leaf{fields: fieldsOf(n.Field), words: m.prefixed(n.Text)}
	case query.Wildcard:
		return &leaf{fields: fieldsOf(n.Field), words: m.wildcards(n.Text)}
	case query.Fuzzy:
		asked := analysis.Term(n.Text)
		return &leaf{fields: fieldsOf(n.Field), words: []word{patternWord(fmt.Sprintf("%s~%d", asked, n.Edits), func(term string) bool {
			return query.Distance(asked, term) <= n.Edits
		})}}
	case query.Regexp:
		pattern := analysis.FoldPattern(n.Text)
		return &leaf{fields: fieldsOf(n.Field), words: []word{patternWord("/"+pattern, whole(pattern))}}
	case query.Together:
		l := &leaf{fields: fieldsOf(n.Field), apart: func(p []int) bool { return cost(p) <= n.Distance }}
		for _, w := range classed(n.Text, m.inflected) {
			if !slices.ContainsFunc(l.words, func(other word) bool { return other.written == w.written }) {
				l.words = append(l.words, w)
			}
		}
		return l
	}
	panic("memory: a node that no lowered tree holds where words are looked for")
}

func fieldsOf(name string) []string {
	if name == "" {
		return index.DefaultTextFields
	}
	return []string{name}
}

// classed makes words of a text that may have class words: these stand for every token that lies in a mention of the class.
func classed(text string, words func(text string) []word) (list []word) {
	for _, p := range query.Parts(text) {
		if p.Class == "" {
			list = append(list, words(p.Text)...)
			continue
		}
		asked := marks.Of(p.Class)
		list = append(list, word{"@" + string(p.Class), p.Class, func(t token) bool { return t.classes&asked != 0 }})
	}
	return list
}

// inflected makes words that stand for every token of their stem, or of that of a variant, in the language of the token's article.
func (m *naming) inflected(text string) []word {
	var words []word
	for _, t := range analysis.Tokens(nil, text) {
		words = append(words, m.inflectedTerm(t.Term))
	}
	return words
}

func (m *naming) inflectedTerm(asked string) word {
	var stems [analysis.Languages][]string
	for _, term := range append([]string{asked}, m.variants(asked)...) {
		for l := range stems {
			stems[l] = append(stems[l], analysis.Language(l).Stem(term))
		}
	}
	return word{asked, "", func(t token) bool { return slices.Contains(stems[t.language], t.stem) }}
}

func asWritten(text string) []word {
	var words []word
	for _, asked := range analysis.Tokens(nil, text) {
		words = append(words, word{"=" + asked.Term, "", func(t token) bool { return t.term == asked.Term }})
	}
	return words
}

// prefixed makes of the last word one that stands for every token that begins with it.
func (m *naming) prefixed(text string) []word {
	words := m.inflected(text)
	if len(words) > 0 {
		last := &words[len(words)-1]
		begin := last.written
		*last = word{begin + "*", "", func(t token) bool { return strings.HasPrefix(t.term, begin) }}
	}
	return words
}

func (m *naming) wildcards(text string) []word {
	var words []word
	for _, p := range analysis.Wildcard(text) {
		if !p.Wild {
			words = append(words, m.inflectedTerm(p.Text))
			continue
		}
		pattern := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(p.Text))
		words = append(words, patternWord("/"+pattern, whole(pattern)))
	}
	return words
}

// whole makes a regular expression that has to match from end to end.
func whole(pattern string) func(string) bool {
	return regexp.MustCompile(`\A(?:` + pattern + `)\z`).MatchString
}

// patternWord makes a word of a test of terms, which remembers the answers, since it is asked for every token of the index.
func patternWord(written string, test func(term string) bool) word {
	known := map[string]bool{}
	return word{written, "", func(t token) bool {
		fits, ok := known[t.term]
		if !ok {
			fits = test(t.term)
			known[t.term] = fits
		}
		return fits
	}}
}

// runs returns where the leaf occurs in a text: a run of tokens for each place where its words stand one behind the other,
// or one for each single token that takes part where they stand near each other.
func (l *leaf) runs(t text) []run {
	if len(l.words) == 0 || !slices.Contains(l.fields, t.field) {
		return nil
	}
	candidates := make([][]int, len(l.words))
	for i, w := range l.words {
		for j := range t.tokens {
			if w.fits(t.tokens[j]) {
				candidates[i] = append(candidates[i], j)
			}
		}
		if len(candidates[i]) == 0 {
			return nil
		}
	}
	var found []run
	l.choose(t, candidates, nil, func(chosen []int) {
		if l.apart == nil {
			found = append(found, run{chosen[0], chosen[len(chosen)-1]})
			return
		}
		for _, i := range chosen {
			found = append(found, run{i, i})
		}
	})
	return found
}

// choose calls f with each choice of a token for each word. chosen are those for the first words; a choice that is bad
// already gets no better.
func (l *leaf) choose(t text, candidates [][]int, chosen []int, f func([]int)) {
	if len(chosen) == len(candidates) {
		f(chosen)
		return
	}
	for _, i := range candidates[len(chosen)] {
		if next := append(chosen, i); l.allows(t, next) {
			l.choose(t, candidates, next, f)
		}
	}
}

// allows reports whether the chosen tokens may stand for the first words.
func (l *leaf) allows(t text, chosen []int) bool {
	p := make([]int, len(chosen))
	for i := range chosen {
		p[i] = t.tokens[chosen[i]].position
	}
	if l.apart != nil {
		return l.apart(p)
	}
	return p[len(p)-1] == p[0]+len(p)-1
}

// slop is how far the words of a phrase have been moved, or too far where one stands for two. A token may be a word and of a
// class, or of two classes, at once.
func slop(p []int, words []word) int {
	const tooFar = 1 << 30
	moved := make([]int, len(p))
	for i := range p {
		for j := range i {
			if p[j] == p[i] && words[j].class == words[i].class {
				return tooFar
			}
		}
		moved[i] = p[i] - i
	}
	return slices.Max(moved) - slices.Min(moved)
}

// cost is what a Together compares with its distance.
func cost(p []int) int {
	before := 0
	for i := 1; i < len(p); i++ {
		if p[i] < p[i-1] {
			before++
		}
	}
	return slices.Max(p) - slices.Min(p) + before
}

// distinct counts the words, one that is written twice once.
func (l *leaf) distinct() int {
	seen := map[string]bool{}
	for _, w := range l.words {
		seen[w.written] = true
	}
	return max(len(seen), 1)
}
