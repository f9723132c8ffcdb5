package enginetest

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/memory"
	"dateline/query"
)

var treesFlag = flag.Int("enginetest.trees", usually(60, 25), "number of random searches over real articles")

// rounding is how much two scores may differ, in parts of them: engines add in their own order, and may keep lengths roughly.
const rounding = 1e-6

// RunArticles compares an engine with the memory engine on random searches made of words that stand together in the
// articles. The flags -enginetest.seed and -enginetest.trees repeat a run, or make a long one.
func RunArticles(t *testing.T, e index.Engine, articles []index.Article) {
	oracle := memory.New(memory.Options{Clock: Clock})
	articles = withMentions(articles)
	for _, one := range []index.Engine{e, oracle} {
		for batch := range slices.Chunk(articles, 500) {
			if r := mustPut(t, one, batch...); len(r.Rejected) > 0 {
				t.Fatalf("rejected: %+v", r.Rejected)
			}
		}
	}
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("%d articles, %d searches, -enginetest.seed=%d", len(articles), *treesFlag, seed)
	found, faults := 0, 0
	for i := range uint64(*treesFlag) {
		r := newReader(seed+i, articles)
		n, err := r.compare(t.Context(), e, oracle, r.written())
		if n > 0 {
			found++
		}
		if err != nil {
			t.Errorf("%v\n(repeat with -enginetest.seed=%d -enginetest.trees=1)", err, seed+i)
			if faults++; faults == maxFaults {
				t.Fatal("given up")
			}
		}
	}
	t.Logf("%d of %d searches found something", found, *treesFlag)
}

// withMentions returns the articles with mentions in title and body, always the same: one for some thirty words.
func withMentions(articles []index.Article) []index.Article {
	d, list := newDice(1), slices.Clone(articles)
	for i := range list {
		a := &list[i]
		a.Entities = slices.Clone(a.Entities)
		for _, typ := range index.EntityTypes {
			e := index.Entity{Type: typ, Name: "x", Count: 1}
			for range 1 + a.Words/90 {
				e.Mentions = append(e.Mentions, d.mention(a))
			}
			a.Entities = append(a.Entities, e)
		}
	}
	return list
}

// reader makes searches of the words of an article.
type reader struct {
	*dice
	article *index.Article
	field   string // of prose, with something in it
	text    string // of the field
	tokens  []analysis.Token
}

func newReader(seed uint64, articles []index.Article) *reader {
	r := &reader{dice: newDice(seed)}
	for {
		r.article = &articles[r.IntN(len(articles))]
		for _, f := range index.TextFields {
			if r.text = f.Of(r.article); f.Name == pick(r.dice, []string{"title", "body", "body"}) && r.text != "" {
				r.field, r.tokens = f.Name, analysis.Tokens(nil, r.text)
			}
			if len(r.tokens) > 0 {
				return r
			}
		}
	}
}

// compare asks both for what a tree finds, and returns how many articles that is and how the answers differ. Of the marks the
// newest hits' are compared.
func (r *reader) compare(ctx context.Context, e, oracle index.Engine, q *query.Query) (int, error) {
	req := index.Request{Query: q, Match: query.MatchAll, Sort: index.SortNewest, Size: index.MaxSize}
	got, err := e.Search(ctx, req)
	if err != nil {
		return 0, fmt.Errorf("query %s: %w", q, err)
	}
	want, err := oracle.Search(ctx, req)
	if err != nil {
		return 0, fmt.Errorf("query %s: the oracle: %w", q, err)
	}
	if g, w := text(ids(got.Hits)), text(ids(want.Hits)); g != w || got.Total != want.Total {
		g, w = aroundDifference(g, w)
		return 0, fmt.Errorf("query %s\n got %d: %s\nwant %d: %s", q, got.Total.Articles, g, want.Total.Articles, w)
	}
	for i := range got.Hits {
		g, w := &got.Hits[i], &want.Hits[i]
		if math.Abs(g.Score-w.Score) > rounding*w.Score {
			return 0, fmt.Errorf("query %s: %q scores %v, want %v", q, g.ID, g.Score, w.Score)
		}
		g.Score, w.Score = 0, 0
	}
	if g, w := text(got.Hits), text(want.Hits); g != w {
		g, w = aroundDifference(g, w)
		return 0, fmt.Errorf("query %s: hits\n got %s\nwant %s", q, g, w)
	}
	field := pick(r.dice, index.FacetFields)
	if values := r.article.Values(string(field)); len(values) > 0 && r.one(8) {
		err = compareFacet(ctx, e, oracle, req, field, r.beginnings(values[0]))
	}
	return want.Total.Articles, err
}

// written makes a query as a reader could write it: trees that are none, such as a pattern of one letter, are passed over.
func (r *reader) written() *query.Query {
	for {
		if q, err := query.Parse(r.tree(r.IntN(3)).String(), now); err == nil {
			return q
		}
	}
}

// tree makes a lowered tree of at most depth operators inside one another.
func (r *reader) tree(depth int) query.Node {
	if depth == 0 {
		return r.leafNode()
	}
	switch r.IntN(7) {
	case 0:
		return query.Or{Nodes: []query.Node{r.tree(depth - 1), r.tree(depth - 1)}}
	case 1:
		return query.And{Nodes: []query.Node{r.tree(depth - 1), query.Not{Node: r.tree(depth - 1)}}}
	case 2:
		return query.And{Nodes: []query.Node{r.tree(depth - 1)}, Optional: []query.Node{r.tree(depth - 1)}}
	case 3:
		return query.Boost{Node: r.tree(depth - 1), By: 2}
	case 4:
		return query.And{Nodes: []query.Node{r.tree(depth - 1), r.tree(depth - 1)}}
	}
	return r.leafNode()
}

// leafNode makes a unit, seldom a condition.
func (r *reader) leafNode() query.Node {
	field := pick(r.dice, []string{"", "", r.field})
	at := r.IntN(len(r.tokens))
	switch r.IntN(10) {
	case 0:
		return query.Repeat{Node: r.side(field, at, 0), Times: 2 + r.IntN(3)}
	case 1:
		return query.Together{Field: field, Text: r.someWords(at, 2+r.IntN(3)), Distance: 1 + r.IntN(20)}
	case 2:
		return pick(r.dice, []query.Node{
			query.Number{Field: "words", Text: fmt.Sprintf("%d..%d", r.IntN(300), 300+r.IntN(300))},
			query.Has{Field: pick(r.dice, conditions)},
		})
	case 3, 4, 5, 6:
		return r.nearNode(field, at, 2)
	}
	return r.side(field, at, 0)
}

func (r *reader) nearNode(field string, at, depth int) query.Node {
	n := query.Near{
		Op:       query.NearOp(1 + r.IntN(5)),
		Distance: 1 + r.IntN(8),
		Left:     r.side(field, at, depth),
		Right:    r.side(field, r.beside(at), depth),
	}
	if n.Op == query.OpSentence || n.Op == query.OpParagraph {
		n.Distance = 0
	}
	return n
}

// beside picks a token near another one.
func (r *reader) beside(at int) int {
	return min(max(at+r.IntN(13)-6, 0), len(r.tokens)-1)
}

// side makes a unit of the token at an index and those near it.
func (r *reader) side(field string, at, depth int) query.Node {
	switch r.IntN(12) {
	case 0, 1, 2:
		return r.phraseNode(field, at)
	case 3, 4:
		return r.patternNode(field, at)
	case 5:
		return query.Or{Nodes: []query.Node{query.Word{Field: field, Text: r.word(at)}, query.Word{Field: field, Text: r.word(r.beside(at))}}}
	case 6, 7:
		if depth > 0 {
			return r.nearNode(field, r.beside(at), depth-1)
		}
	case 9:
		return query.Word{Field: field, Text: pick(r.dice, classWords)}
	case 8:
		if depth > 0 {
			return query.Together{Field: field, Text: r.someWords(at, 2), Distance: 1 + r.IntN(6)}
		}
	}
	return query.Word{Field: field, Text: r.word(at)}
}

func (r *reader) word(at int) string { return r.text[r.tokens[at].Start:r.tokens[at].End] }

func (r *reader) someWords(at, n int) string {
	var list []string
	for range n {
		if list = append(list, r.word(r.beside(at))); r.one(12) {
			list[len(list)-1] = pick(r.dice, classWords)
		}
	}
	return strings.Join(list, " ")
}

// phraseNode takes the words from a token on, or some near it with slop.
func (r *reader) phraseNode(field string, at int) query.Node {
	p := query.Phrase{Field: field, Exact: r.one(4)}
	if r.one(2) {
		p.Slop, p.Text = 1+r.IntN(8), r.someWords(at, 2+r.IntN(3))
		return p
	}
	last := min(at+1+r.IntN(3), len(r.tokens)-1)
	p.Text = r.text[r.tokens[at].Start:r.tokens[last].End]
	return p
}

// patternNode changes letters of a token.
func (r *reader) patternNode(field string, at int) query.Node {
	letters := []rune(r.tokens[at].Term)
	i := r.IntN(len(letters))
	before, after := string(letters[:i]), string(letters[i+1:])
	switch r.IntN(5) {
	case 0:
		return query.Prefix{Field: field, Text: string(letters[:min(len(letters), 3)])}
	case 1:
		return query.Wildcard{Field: field, Text: before + "?" + after}
	case 2:
		return query.Wildcard{Field: field, Text: string(letters[:1]) + "*" + after}
	case 3:
		return query.Fuzzy{Field: field, Text: before + "x" + string(letters[i:]), Edits: 1 + r.IntN(2)}
	}
	return query.Regexp{Field: field, Text: regexp.QuoteMeta(before) + "(.|" + regexp.QuoteMeta(string(letters[i])) + "s?)" + regexp.QuoteMeta(after)}
}
