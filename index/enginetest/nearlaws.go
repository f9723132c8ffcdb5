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

// within checks that one query finds nothing that another does not.
func within(ctx context.Context, e index.Engine, r index.Request, narrow, wide string) error {
	some, err := matching(ctx, e, r, narrow)
	if err != nil {
		return err
	}
	all, err := matching(ctx, e, r, wide)
	if err != nil {
		return err
	}
	for _, id := range some {
		if !slices.Contains(all, id) {
			return fmt.Errorf("%s\nfinds %q, which is not found by\n%s", narrow, id, wide)
		}
	}
	return nil
}

// eachWithin checks that of some queries each finds nothing that the next does not.
func eachWithin(ctx context.Context, e index.Engine, r index.Request, texts ...string) error {
	for i := 1; i < len(texts); i++ {
		if err := within(ctx, e, r, texts[i-1], texts[i]); err != nil {
			return err
		}
	}
	return nil
}

// simple makes a side that is one piece.
func (d *dice) simple(field string) string {
	if d.one(4) {
		return d.pattern(field)
	}
	return field + bare(d.frequent())
}

func phraseIsWithinSlop(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	phrase := d.textField() + pick(d, []string{"", "="}) + quote(d.together(2+d.IntN(3)))
	n := d.IntN(5)
	if err := equalSets(ctx, e, r, phrase, phrase+"~0"); err != nil {
		return err
	}
	return eachWithin(ctx, e, r, phrase, fmt.Sprintf("%s~%d", phrase, n), fmt.Sprintf("%s~%d", phrase, n+1))
}

func nearIsWithinMore(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field, n := d.textField(), 1+d.IntN(6)
	a, b := d.side(field), d.side(field)
	for _, op := range []string{"NEAR", "ONEAR"} {
		if err := within(ctx, e, r, fmt.Sprintf("%s %s/%d %s", a, op, n, b), fmt.Sprintf("%s %s/%d %s", a, op, n+1, b)); err != nil {
			return err
		}
	}
	if err := within(ctx, e, r, fmt.Sprintf("%s ONEAR/%d %s", a, n, b), fmt.Sprintf("%s NEAR/%d %s", a, n, b)); err != nil {
		return err
	}
	return within(ctx, e, r, fmt.Sprintf("%s NOTNEAR/%d %s", a, n+1, b), fmt.Sprintf("%s NOTNEAR/%d %s", a, n, b))
}

func nearIsSymmetric(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := d.textField()
	a, b := d.side(field), d.side(field)
	op := pick(d, []string{"NEAR/1", "NEAR/2", "NEAR/5", "SENTENCE", "PARAGRAPH"})
	return equalSets(ctx, e, r, a+" "+op+" ("+b+")", b+" "+op+" ("+a+")")
}

func nearIsOrderedEitherWay(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field, n := d.textField(), 1+d.IntN(6)
	a, b := d.simple(field), d.simple(field)
	return equalSets(ctx, e, r, fmt.Sprintf("%s NEAR/%d %s", a, n, b), fmt.Sprintf("%s ONEAR/%d %s OR %s ONEAR/%d %s", a, n, b, b, n, a))
}

func notNearParts(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field, n := d.textField(), 1+d.IntN(6)
	a, b := d.simple(field), d.side(field)
	not := fmt.Sprintf("%s NOTNEAR/%d (%s)", a, n, b)
	if err := within(ctx, e, r, not, a); err != nil {
		return err
	}
	b = d.simple(field)
	return within(ctx, e, r, fmt.Sprintf("%s AND NOT %s NEAR/%d %s", a, a, n, b), fmt.Sprintf("%s NOTNEAR/%d %s", a, n, b))
}

func sentenceIsWithin(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := pick(d, index.TextFields).Name + ":"
	a, b := d.side(field), d.side(field)
	return eachWithin(ctx, e, r, a+" SENTENCE "+b, a+" PARAGRAPH "+b, a+" AND "+b)
}

func togetherIsWithinMore(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field, n, list := d.textField(), 1+d.IntN(8), d.together(2+d.IntN(3))
	near := func(n int) string { return fmt.Sprintf("%snear%d:%s", field, n, quote(list)) }
	if _, err := query.Parse(near(n), now); err != nil { // fewer than two words
		return nil
	}
	return eachWithin(ctx, e, r, near(n), near(n+1), field+"("+bareAll(list)+")")
}

// bareAll joins the words of a list with AND.
func bareAll(list string) string {
	words := strings.Fields(list)
	for i := range words {
		words[i] = bare(words[i])
	}
	return strings.Join(words, " AND ")
}

func repeatIsWithin(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	a := d.simple(d.textField())
	return eachWithin(ctx, e, r, "repeat3:"+a, "repeat2:"+a, a)
}

func weightChangesNothing(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	a := "(" + d.unit() + ")"
	return equalSets(ctx, e, r, a, a+"^"+pick(d, []string{"2", "0.01", "1000"}))
}

func hasParts(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	has := "has:" + pick(d, conditions)
	if err := equalSets(ctx, e, r, has+" OR NOT "+has, ""); err != nil {
		return err
	}
	return equalSets(ctx, e, r, has+" AND NOT "+has, "NOT *:*")
}

func numbersPart(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	n := d.IntN(30)
	if err := equalSets(ctx, e, r, fmt.Sprintf("words:..%d OR words:>%d", n, n), ""); err != nil {
		return err
	}
	return equalSets(ctx, e, r, fmt.Sprintf("words:%d", n), fmt.Sprintf("words:>=%d AND words:<=%d", n, n))
}

// term picks a word that is one token of four letters and digits of ASCII or more.
func (d *dice) term() string {
	for {
		w := often(d, words)
		if list := analysis.Tokens(nil, w); len(list) == 1 && list[0].Term == strings.ToLower(w) && regexp.MustCompile(`^\w{4,}$`).MatchString(w) {
			return w
		}
	}
}

// equalTrees checks that two trees find the same.
func equalTrees(ctx context.Context, e index.Engine, r index.Request, a, b query.Node) error {
	var found [2][]string
	for i, n := range []query.Node{a, b} {
		r := plain(r)
		r.Query = &query.Query{Text: n.String(), Root: n}
		list, err := exported(ctx, e, r)
		if err != nil {
			return err
		}
		slices.Sort(list)
		found[i] = list
	}
	if !slices.Equal(found[0], found[1]) {
		return fmt.Errorf("%T %s\nfinds %q\n%T %s\nfinds %q", a, a, found[0], b, b, found[1])
	}
	return nil
}

func starIsPrefix(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	begin := pick(d, prefixes)
	if list := analysis.Wildcard(begin + "*"); len(list) > 0 && !list[len(list)-1].Wild {
		return nil // a word of its own, 石, is no beginning
	}
	field := strings.TrimSuffix(d.textField(), ":")
	return equalTrees(ctx, e, r, query.Prefix{Field: field, Text: begin}, query.Wildcard{Field: field, Text: begin + "*"})
}

func fuzzyHoldsWord(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field, term := d.textField(), d.term()
	return eachWithin(ctx, e, r, field+quote(term), field+term+"~1", field+term+"~2")
}

func literalIsWord(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field, term := strings.TrimSuffix(d.textField(), ":"), d.term()
	return equalTrees(ctx, e, r, query.Regexp{Field: field, Text: term}, query.Phrase{Field: field, Text: term, Exact: true})
}
