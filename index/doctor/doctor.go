// Package doctor says why a query found little, and what may have been meant.
package doctor

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// Patient is one state of an index. All methods count articles exactly.
type Patient interface {
	// Count returns how many articles a lowered tree matches with the filters.
	Count(ctx context.Context, tree query.Node, f index.Filters) (int, error)
	// Like returns the words of the default fields of prose that at most edits edits (query.Distance) make of a word other
	// than it, all as terms of package analysis, with how many articles have each, in any order.
	Like(ctx context.Context, word string, edits int) ([]Word, error)
}

// Word is a word of the index.
type Word struct {
	Term     string
	Articles int
}

// Limits of an examination, which costs a search for each part of the query.
const (
	Few        = 5           // articles, from which on a query is well
	Patience   = time.Second // that an examination may take; what would take longer is left out whole
	maxClauses = 64          // that are looked at
	maxWords   = 8           // for which others like them are looked for
	maxTries   = 12          // corrections that are tried
)

// Examine completes the result of a resolved request that found fewer than Few articles, or that found only any of the
// words: with what each clause finds, what the query finds without each filter, and a query that finds something.
func Examine(ctx context.Context, p Patient, r index.Request, result *index.Result) error {
	result.Clauses, result.Narrowing = []index.Clause{}, []index.Narrowing{}
	if result.Total.Articles >= Few && !result.Query.Relaxed || r.Query == nil || r.Cursor != "" {
		return nil
	}
	short, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	x := examination{Context: short, Patient: p, request: r, found: result.Total.Articles}
	if result.Query.Relaxed {
		x.found = 0
	}
	for _, part := range []func(*index.Result) error{x.clauses, x.filters, x.suggest} {
		err := part(result)
		if err != nil && short.Err() != nil && ctx.Err() == nil {
			result.Clauses, result.Narrowing, result.Suggestion = []index.Clause{}, []index.Narrowing{}, nil
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type examination struct {
	context.Context
	Patient
	request index.Request
	found   int // articles, with all the words
}

// count returns what a tree that is not lowered finds with filters. Words side by side are all asked for, unless the request
// says any.
func (x *examination) count(n query.Node, f index.Filters) (int, error) {
	m := x.request.Match
	if m != query.MatchAny {
		m = query.MatchAll
	}
	return x.Count(x, (&query.Query{Root: n}).Tree(m), f)
}

func (x *examination) clauses(result *index.Result) error {
	leaves := query.Leaves(x.request.Query.Root)
	for _, leaf := range leaves[:min(len(leaves), maxClauses)] {
		alone, err := x.count(leaf.Node, index.Filters{})
		if err != nil {
			return err
		}
		filtered, err := x.count(leaf.Node, x.request.Filters)
		if err != nil {
			return err
		}
		result.Clauses = append(result.Clauses, index.Clause{
			Text: leaf.Node.String(), At: leaf.Node.Span(), Excluded: leaf.Excluded, Articles: alone, Filtered: filtered,
		})
	}
	return nil
}

// filters counts what the query finds without each of the filters.
func (x *examination) filters(result *index.Result) error {
	for _, without := range withouts(x.request.Filters) {
		n, err := x.count(x.request.Query.Root, without.filters)
		if err != nil {
			return err
		}
		result.Narrowing = append(result.Narrowing, index.Narrowing{Filter: without.name, Articles: n})
	}
	return nil
}

// without is a request's filters without one of them.
type without struct {
	name    string
	filters index.Filters
}

// withouts lists the filters that apply, each with what is left without it.
func withouts(f index.Filters) (list []without) {
	if !f.From.IsZero() || !f.To.IsZero() {
		rest := f
		rest.From, rest.To = index.Filters{}.From, index.Filters{}.To
		list = append(list, without{"date", rest})
	}
	for _, field := range index.FacetFields {
		if some(f.Include[field]) {
			rest := f
			rest.Include = others(f.Include, field)
			list = append(list, without{string(field), rest})
		}
		if some(f.Exclude[field]) {
			rest := f
			rest.Exclude = others(f.Exclude, field)
			list = append(list, without{"not." + string(field), rest})
		}
		if slices.Contains(f.Missing, field) {
			rest := f
			rest.Missing = slices.DeleteFunc(slices.Clone(f.Missing), func(m index.Field) bool { return m == field })
			list = append(list, without{"missing=" + string(field), rest})
		}
	}
	return list
}

// some reports whether a filter has a value with a key; it does nothing without one.
func some(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return analysis.Fold(v) != "" })
}

func others(filters map[index.Field][]string, field index.Field) map[index.Field][]string {
	left := map[index.Field][]string{}
	for f, values := range filters {
		if f != field {
			left[f] = values
		}
	}
	return left
}

// suggest looks for a query that finds more: first with the words spelt as the index has them, then without the clauses that
// match nothing.
func (x *examination) suggest(result *index.Result) error {
	misspelt, err := x.misspelt()
	if err != nil {
		return err
	}
	for _, words := range combinations(misspelt) {
		if done, err := x.try(result, corrected(x.request.Query.Root, words)); done || err != nil {
			return err
		}
	}
	if x.found > 0 {
		return nil
	}
	lost := map[string]bool{}
	for _, c := range result.Clauses {
		if c.Articles == 0 && !c.Excluded {
			lost[c.Text] = true
		}
	}
	if len(lost) == 0 {
		return nil
	}
	done, err := x.try(result, query.Replace(x.request.Query.Root, func(n query.Node) query.Node {
		if lost[n.String()] {
			return nil
		}
		return n
	}))
	if done && result.Query.Relaxed && result.Suggestion.Total == result.Total.Articles {
		result.Suggestion = nil // it is what the reader sees already
	}
	return err
}

// try makes the tree the suggestion when it finds more than was found.
func (x *examination) try(result *index.Result, root query.Node) (bool, error) {
	if root == nil {
		return false, nil
	}
	n, err := x.count(root, x.request.Filters)
	if err != nil || n <= x.found {
		return false, err
	}
	result.Suggestion = &index.Suggestion{Query: root.String(), Total: n}
	return true, nil
}

// correction is a word of the query with words of the index like it, the best first.
type correction struct {
	word string // as the query writes it
	like []string
	sure bool // it is right by itself in no article, or in so few that it is an error of theirs
}

// muchMore is how many times as many articles must have another spelling for a word that is there to be taken for an error by
// itself: every large archive has the usual errors.
const muchMore = 50

// misspelt returns the words of the query that hardly any article has, where the index has others like them.
func (x *examination) misspelt() (list []correction, err error) {
	known := map[string]bool{}
	for _, leaf := range query.Leaves(x.request.Query.Root) {
		if leaf.Excluded {
			continue
		}
		for _, word := range wordsOf(leaf.Node) {
			if known[word] || len(known) >= maxWords {
				continue
			}
			known[word] = true
			c, err := x.like(word)
			if err != nil {
				return nil, err
			}
			if len(c.like) > 0 {
				list = append(list, c)
			}
		}
	}
	return list, nil
}

// wordsOf returns the words of a leaf that may be misspelt, as written.
func wordsOf(n query.Node) (words []string) {
	text := ""
	switch n := n.(type) {
	case query.Word:
		text = n.Text
	case query.Phrase:
		text = n.Text
	case query.Together:
		text = n.Text
	}
	for _, p := range query.Parts(text) {
		for _, t := range tokensOf(p) {
			if word := p.Text[t.Start:t.End]; utf8.RuneCountInString(t.Term) > 2 && !strings.ContainsFunc(word, unicode.IsDigit) {
				words = append(words, word)
			}
		}
	}
	return words
}

// tokensOf returns the words of a part of a text: a class word has none that could be misspelt.
func tokensOf(p query.Part) []analysis.Token {
	if p.Class != "" {
		return nil
	}
	return analysis.Tokens(nil, p.Text)
}

// editsOf is how many errors a word may have: one in a short word changes enough.
func editsOf(word string) int {
	if utf8.RuneCountInString(word) <= 4 {
		return 1
	}
	return 2
}

// like finds words of the index like one of the query, when that is rare, and the others are not as rare.
func (x *examination) like(word string) (correction, error) {
	c := correction{word: word}
	articles, err := x.count(query.Word{Text: word}, index.Filters{})
	if err != nil || articles >= Few {
		return c, err
	}
	term := analysis.Term(word)
	words, err := x.Like(x, term, editsOf(term))
	if err != nil {
		return c, err
	}
	words = slices.DeleteFunc(words, func(w Word) bool {
		return w.Articles <= articles || w.Term == term || strings.ContainsFunc(w.Term, unicode.IsDigit)
	})
	slices.SortFunc(words, func(a, b Word) int { return compare(term, a, b) })
	for _, w := range words[:min(len(words), 4)] {
		c.like = append(c.like, w.Term)
	}
	c.sure = len(words) > 0 && (articles == 0 || words[0].Articles >= muchMore*articles)
	return c, nil
}

// compare orders words by how likely each is what the term was meant to be: few edits, the same first letter, in many
// articles.
func compare(term string, a, b Word) int {
	cost := func(w Word) int {
		c := 2 * query.Distance(term, w.Term)
		if first(w.Term) != first(term) {
			c++
		}
		return c
	}
	switch ca, cb := cost(a), cost(b); {
	case ca != cb:
		return ca - cb
	case a.Articles != b.Articles:
		return b.Articles - a.Articles
	}
	return strings.Compare(a.Term, b.Term)
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// combinations lists what to put for which words, in the order in which to try: the best for all that are surely wrong, the
// next best for one of them at a time, then the best for all words; those that may be right come last, and only beside others.
func combinations(list []correction) (tries []map[string]string) {
	sure, all, each := map[string]string{}, map[string]string{}, []map[string]string{}
	for _, c := range list {
		if all[c.word] = c.like[0]; c.sure {
			sure[c.word] = c.like[0]
		}
	}
	for _, c := range list {
		for _, other := range c.like[1:] {
			if c.sure {
				try := maps.Clone(sure)
				try[c.word] = other
				each = append(each, try)
			}
		}
	}
	if len(sure) == 0 {
		return nil
	}
	tries = append(append(tries, sure), each[:min(len(each), maxTries)]...)
	if len(all) > len(sure) {
		tries = append(tries, all)
	}
	return tries
}

// corrected returns the tree with words replaced.
func corrected(root query.Node, words map[string]string) query.Node {
	put := func(text string) string {
		var b strings.Builder
		for _, p := range query.Parts(text) {
			at := 0
			for _, t := range tokensOf(p) {
				if term, ok := words[p.Text[t.Start:t.End]]; ok {
					b.WriteString(p.Text[at:t.Start] + term)
					at = t.End
				}
			}
			b.WriteString(p.Text[at:])
		}
		return b.String()
	}
	return query.Replace(root, func(n query.Node) query.Node {
		switch n := n.(type) {
		case query.Word:
			n.Text = put(n.Text)
			return n
		case query.Phrase:
			n.Text = put(n.Text)
			return n
		case query.Together:
			n.Text = put(n.Text)
			return n
		}
		return n
	})
}
