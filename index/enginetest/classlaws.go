package enginetest

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// unclassed returns the tokens of a text of a query but for its class words.
func unclassed(text string) (tokens []analysis.Token) {
	for _, p := range query.Parts(text) {
		if p.Class == "" {
			tokens = analysis.Tokens(tokens, p.Text)
		}
	}
	return tokens
}

// positiveClasses returns the classes of the class words of a lowered tree that may mark something.
func positiveClasses(tree query.Node) (classes []query.Class) {
	query.Walk(tree, func(n query.Node) bool {
		text := ""
		switch n := n.(type) {
		case query.Not:
			return false
		case query.Near:
			if n.Op == query.OpNotNear {
				classes = append(classes, positiveClasses(n.Left)...)
				return false
			}
		case query.Word:
			text = n.Text
		case query.Phrase:
			text = n.Text
		case query.Together:
			text = n.Text
		}
		for _, p := range query.Parts(text) {
			if p.Class != "" {
				classes = append(classes, p.Class)
			}
		}
		return true
	})
	return classes
}

// mentioned fits the terms that title and body have within mentions of the classes.
func mentioned(a *index.Article, classes []query.Class) func(string, analysis.Language) bool {
	known := map[string]bool{}
	for _, name := range []string{"title", "body"} {
		for _, token := range analysis.Tokens(nil, fieldOf(a, name)) {
			if inMention(a, name, token, classes...) {
				known[token.Term] = true
			}
		}
	}
	return func(term string, _ analysis.Language) bool { return known[term] }
}

// inMention reports whether a token of a field overlaps a mention of one of the classes, by the definition.
func inMention(a *index.Article, field string, token analysis.Token, classes ...query.Class) bool {
	text := fieldOf(a, field)
	start, end := utf8.RuneCountInString(text[:token.Start]), utf8.RuneCountInString(text[:token.End])
	length := utf8.RuneCountInString(text)
	for _, e := range a.Entities {
		any := slices.Contains(index.EntityTypes, e.Type) && slices.Contains(classes, query.ClassEntity)
		if !any && !slices.Contains(classes, query.Class(e.Type)) {
			continue
		}
		for _, m := range e.Mentions {
			if m.Field == field && 0 <= m.Start && m.End <= length && m.Start < end && start < m.End && m.Start < m.End {
				return true
			}
		}
	}
	return false
}

func entityIsAnyClass(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := d.textField()
	if err := equalSets(ctx, e, r, field+"@entity", fmt.Sprintf("%[1]s@person OR %[1]s@org OR %[1]s@place", field)); err != nil {
		return err
	}
	near := d.nearness() + " " + d.simple(field)
	return equalSets(ctx, e, r, field+"@entity "+near, field+"(@person OR @org OR @place) "+near)
}

// classFindsMentions looks at all articles, by the definition of what lies in a mention.
func classFindsMentions(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	class := pick(d, query.Classes)
	found, err := search(ctx, e, "title:@"+string(class), index.Request{Size: index.MaxSize, Sort: index.SortNewest})
	if err != nil {
		return err
	}
	marked := map[string][]string{}
	for _, h := range found.Hits {
		for _, s := range h.Highlights.Title {
			if s.Marked {
				marked[h.ID] = append(marked[h.ID], s.Text)
			}
		}
	}
	for a, err := range e.Export(ctx, index.Request{Query: &query.Query{}}) {
		if err != nil {
			return err
		}
		var want []string
		for _, token := range analysis.Tokens(nil, a.Title) {
			if inMention(&a, "title", token, class) {
				want = append(want, a.Title[token.Start:token.End])
			}
		}
		if !slices.Equal(marked[a.ID], want) && found.Total.Articles <= index.MaxSize {
			return fmt.Errorf("@%s marks %q in the title %q, in mentions are %q", class, marked[a.ID], a.Title, want)
		}
	}
	return nil
}
