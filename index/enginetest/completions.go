package enginetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
)

// completion draws what a reader may have begun to type: a word of the articles, or of a value.
func (d *dice) completion() index.CompletionRequest {
	return index.CompletionRequest{
		Prefix: pick(d, []string{d.typed(pick(d, index.FacetFields)), d.beginnings(pick(d, words))}),
		Fields: pick(d, [][]index.Field{nil, index.FacetFields, {index.FieldPerson}, {index.FieldOrg, index.FieldPlace}}),
		Words:  !d.one(4),
		Size:   pick(d, []int{0, 1, 2, 5, index.MaxCompletions}),
	}
}

// countIsTotal holds that Count says what Search does.
func countIsTotal(ctx context.Context, e index.Engine, r index.Request, _ *dice) error {
	all := r
	all.Match = ""
	counts, err := e.Count(ctx, []index.Request{r, {}, all})
	if err != nil {
		return err
	}
	for i, r := range []index.Request{r, {}, all} {
		r.Interval, r.Facets = "", nil
		result, err := e.Search(ctx, r)
		if err != nil {
			return err
		}
		if counts[i] != result.Total.Articles {
			return fmt.Errorf("counted %d, but a search finds %d", counts[i], result.Total.Articles)
		}
	}
	return nil
}

// completionsBegin holds of words that each begins as was typed, that fewer are the first of more, and that a search for one as
// written finds something.
func completionsBegin(ctx context.Context, e index.Engine, _ index.Request, d *dice) error {
	asked := d.completion()
	asked.Words, asked.Size = true, index.MaxCompletions
	many, err := e.Complete(ctx, asked)
	if err != nil {
		return err
	}
	asked.Prompt = true
	prompt, err := e.Complete(ctx, asked)
	if err != nil {
		return err
	}
	if text(prompt) != text(many) && !prompt.Pending && !prompt.Behind {
		return fmt.Errorf("%q completes to %s, but promptly to %s, which is said to be of the present", asked.Prefix, text(many), text(prompt))
	}
	asked.Prompt, asked.Size = false, 1+d.IntN(3)
	few, err := e.Complete(ctx, asked)
	if err != nil {
		return err
	}
	if text(few.Words) != text(many.Words[:min(asked.Size, len(many.Words))]) {
		return fmt.Errorf("%q completes to %s, but the first %d are %s", asked.Prefix, text(many.Words), asked.Size, text(few.Words))
	}
	if !slices.IsSortedFunc(many.Words, index.CompareCompletions) {
		return fmt.Errorf("%q completes to %s, which are in no order", asked.Prefix, text(many.Words))
	}
	for _, w := range many.Words {
		if tokens := analysis.Tokens(nil, w.Text); len(tokens) != 1 || tokens[0].Term != w.Text { // "1/2" of ½ is two words when it is written
			continue
		}
		found, err := search(ctx, e, `="`+w.Text+`"`, index.Request{Size: -1, Match: "all"})
		if err != nil {
			return err
		}
		if n := found.Total.Articles; w.Articles < n || w.Articles > n*len(index.DefaultTextFields) {
			return fmt.Errorf("%q is said to occur %d times, but %d articles have it", w.Text, w.Articles, n)
		}
	}
	return nil
}

// writeCompletions writes words or the values of a field as an expectation does: "oil=3 oilfield=1".
func writeCompletions(c *index.Completions, x expectation) string {
	list, words := c.Words, []string{}
	if x.verb == "values" {
		field, _, _ := strings.Cut(x.rest, " ")
		list, words = c.Values[index.Field(field)], append(words, field)
	}
	for _, w := range list {
		words = append(words, fmt.Sprintf("%s=%d", quoted(w.Text), w.Articles))
	}
	return strings.Join(words, " ")
}

// complete asks for what the step's prefix may become: words and the values of every field.
func (s *step) complete(ctx context.Context, e index.Engine) (func(expectation) (string, error), error) {
	c, err := e.Complete(ctx, index.CompletionRequest{Prefix: s.query, Words: true, Fields: index.FacetFields})
	return func(x expectation) (string, error) { return writeCompletions(c, x), nil }, err
}
