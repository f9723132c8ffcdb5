package enginetest

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

func marksMatch(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	tree := r.Query.Tree(result.Query.Match)
	positive, classes := positiveTerms(tree), positiveClasses(tree)
	for _, w := range result.Query.Variants {
		positive = append(positive, variantTerms(w)...)
	}
	for _, h := range result.Hits {
		terms := positive
		if len(classes) > 0 {
			a, err := articleAt(ctx, e, h.ID, r.AsOf)
			if err != nil {
				return err
			}
			terms = append(slices.Clip(positive), mentioned(&a, classes))
		}
		for _, passage := range append(h.Highlights.Body, h.Highlights.Title) {
			for _, s := range passage {
				if s.Marked && !terms.match(s.Text, analysis.LanguageOf(h.Language)) {
					return fmt.Errorf("%q: %q is marked, but is no word of the query", h.ID, s.Text)
				}
			}
		}
	}
	return nil
}

// titleIsMarked looks at queries of one word, which every title that has the word shows.
func titleIsMarked(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	word := bare(often(d, words))
	q, err := query.Parse(pick(d, []string{"", "title:"})+word, now)
	if err != nil {
		return err
	}
	r = plain(r)
	r.Query, r.Facets = q, nil
	asked := analysis.Tokens(nil, word)
	result, err := e.Search(ctx, r)
	if err != nil || len(asked) != 1 {
		return err
	}
	positive := positiveTerms(q.Root)
	for _, w := range result.Query.Variants {
		positive = append(positive, variantTerms(w)...)
	}
	for _, h := range result.Hits {
		var want, got []string
		l := analysis.LanguageOf(h.Language)
		for _, token := range analysis.Tokens(nil, h.Title) {
			if slices.ContainsFunc(positive, func(fits func(string, analysis.Language) bool) bool { return fits(token.Term, l) }) {
				want = append(want, h.Title[token.Start:token.End])
			}
		}
		for _, s := range h.Highlights.Title {
			if s.Marked {
				got = append(got, s.Text)
			}
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("%s in the title %q: marked are %q, want %q", word, h.Title, got, want)
		}
	}
	return nil
}

// unitIsMarked looks at queries of one unit, which has something to mark in every title that has it.
func unitIsMarked(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	asked := pick(d, []func() string{
		func() string { return d.near("title:") },
		func() string { return d.pattern("title:") },
		func() string { return d.side("title:") },
		func() string { return valid("title:", fmt.Sprintf("near%d:%s", 1+d.IntN(6), quote(d.together(2)))) },
	})()
	q, err := query.Parse(asked, now)
	if err != nil || !query.IsProse(q.Tree(query.MatchAll)) {
		return err
	}
	r = plain(r)
	r.Query, r.Facets, r.Match = q, nil, query.MatchAll
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	for _, h := range result.Hits {
		if !slices.ContainsFunc(h.Highlights.Title, func(s index.Segment) bool { return s.Marked }) {
			return fmt.Errorf("%s finds the title %q, in which nothing is marked", asked, h.Title)
		}
	}
	return nil
}

// terms are what a query marks: for a term of an article of a language, whether one of the words outside of every Not fits.
type terms []func(term string, l analysis.Language) bool

// variantTerms are what the variants of a word mark.
func variantTerms(w index.WordVariants) (t terms) {
	for _, v := range w.Variants {
		t = append(t, termsOf(query.Word{Text: v})...)
	}
	return t
}

func positiveTerms(tree query.Node) terms {
	var t terms
	query.Walk(tree, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not:
			return false
		case query.Near:
			if n.Op == query.OpNotNear {
				t = append(t, positiveTerms(n.Left)...)
				return false
			}
		}
		t = append(t, termsOf(n)...)
		return true
	})
	return t
}

// termsOf returns what a node without others in it marks.
func termsOf(n query.Node) terms {
	switch n := n.(type) {
	case query.Word:
		return stemmed(n.Text)
	case query.Together:
		return stemmed(n.Text)
	case query.Phrase:
		if n.Exact {
			return written(n.Text)
		}
		return stemmed(n.Text)
	case query.Prefix:
		t := stemmed(n.Text)
		for _, token := range analysis.Tokens(nil, n.Text) {
			t = append(t, func(term string, _ analysis.Language) bool { return strings.HasPrefix(term, token.Term) })
		}
		return t
	case query.Wildcard:
		return wildcardTerms(n.Text)
	case query.Fuzzy:
		asked := analysis.Term(n.Text)
		return terms{func(term string, _ analysis.Language) bool { return query.Distance(asked, term) <= n.Edits }}
	case query.Regexp:
		return fitting(analysis.FoldPattern(n.Text))
	}
	return nil
}

func stemmed(text string) (t terms) {
	for _, token := range unclassed(text) {
		t = append(t, func(term string, l analysis.Language) bool { return l.Stem(term) == l.Stem(token.Term) })
	}
	return t
}

func written(text string) (t terms) {
	for _, token := range unclassed(text) {
		t = append(t, func(term string, _ analysis.Language) bool { return term == token.Term })
	}
	return t
}

func wildcardTerms(text string) (t terms) {
	for _, p := range analysis.Wildcard(text) {
		if p.Wild {
			t = append(t, fitting(strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(p.Text)))...)
		} else {
			t = append(t, stemmed(p.Text)...)
		}
	}
	return t
}

func fitting(pattern string) terms {
	re := regexp.MustCompile(`^(?:` + pattern + `)$`)
	return terms{func(term string, _ analysis.Language) bool { return re.MatchString(term) }}
}

// match reports whether a marked run of text is made of the query's words.
func (t terms) match(marked string, l analysis.Language) bool {
	list := analysis.Tokens(nil, marked)
	return len(list) > 0 && !slices.ContainsFunc(list, func(token analysis.Token) bool {
		return !slices.ContainsFunc(t, func(fits func(string, analysis.Language) bool) bool { return fits(token.Term, l) })
	})
}
