package embedded

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/query"
)

// Count implements index.Engine.
func (e *Engine) Count(ctx context.Context, requests []index.Request) ([]int, error) {
	counts := make([]int, len(requests))
	prompt := len(requests) > 0 && !slices.ContainsFunc(requests, func(r index.Request) bool { return !r.Prompt })
	err := e.viewFor(ctx, prompt, func(v *view, _ freshness) error {
		clear(counts)
		var together counting
		for i, r := range requests {
			r, err := r.ResolveCount()
			if err != nil {
				return err
			}
			if !r.AsOf.IsZero() || r.Match == query.MatchAuto {
				if counts[i], err = e.countOne(ctx, v, r); err != nil {
					return err
				}
				continue
			}
			if n, known := v.facts.matching.known(keyOf(r)); known {
				counts[i] = n
				continue
			}
			if err := together.add(&found{Request: r, ctx: ctx, view: v, names: v.naming(r.Variants)}, &counts[i]); err != nil {
				return err
			}
		}
		return together.count(v)
	})
	if err != nil {
		return nil, err
	}
	return counts, nil
}

// countOne counts the matches of a request in a state, or in an earlier one if the request wants that.
func (e *Engine) countOne(ctx context.Context, v *view, r index.Request) (n int, err error) {
	count := func(v *view) error {
		f, _, err := find(ctx, r, v)
		if err != nil {
			return err
		}
		defer f.free()
		n = f.articles
		return nil
	}
	if r.AsOf.IsZero() {
		return n, count(v)
	}
	err = e.viewAt(ctx, r.AsOf, count)
	return n, err
}

// counting counts what several requests match, which may have words in common: each is looked for once.
type counting struct {
	compiler compiler
	list     []*found
	counts   []*int // where to write that of each
}

// add adds a request whose words are combined in one way.
func (c *counting) add(f *found, count *int) (err error) {
	if f.Query == nil {
		f.Query = &query.Query{}
	}
	if c.compiler.known == nil {
		c.compiler.known = map[string]*slot{}
	}
	if f.program, err = c.compiler.compile(f.Query.Tree(f.Match), f.names); err != nil {
		return err
	}
	f.program.zone = f.Zone
	n := len(f.view.segments)
	f.runs, f.result = make([]*run, n), make([]*roaring.Bitmap, n)
	c.list, c.counts = append(c.list, f), append(c.counts, count)
	return nil
}

// count counts all that were added.
func (c *counting) count(v *view) error {
	err := v.each(func(i int, s *segmentView) error {
		words, slots := wordSets{}, make([][textFieldCount]*slotFound, len(c.compiler.slots))
		for _, f := range c.list {
			r := newRun(f.ctx, f.program, s)
			r.slots, r.words, f.runs[i] = slots, words, r
			set, err := r.match(f.program.root, nil, true)
			if err != nil {
				return err
			}
			f.result[i] = filtered(set, s.filters(&f.Filters, f.Zone, f.names), noField)
		}
		return nil
	})
	defer func() {
		for _, f := range c.list {
			f.free()
		}
	}()
	for i, f := range c.list {
		if err != nil {
			break
		}
		for _, set := range f.result {
			*c.counts[i] += int(set.GetCardinality())
		}
		if err = f.bounded(); err == nil {
			v.facts.matching.keep(keyOf(f.Request), *c.counts[i])
		}
	}
	return err
}

// countKey is a request that a state of the index gives one count, whenever it is asked; the zero key is none.
type countKey struct {
	query    string
	match    query.Match
	variants index.Variants
}

// keyOf returns the key of a request. There is none with filters, which are rare, nor of dates, which may be counted from now.
func keyOf(r index.Request) countKey {
	f := &r.Filters
	if len(f.Include)+len(f.Exclude)+len(f.Missing) > 0 || !f.From.IsZero() || !f.To.IsZero() || r.Query == nil || !timeless(r.Query.Tree(r.Match)) {
		return countKey{}
	}
	return countKey{r.Query.Tree(r.Match).String(), r.Match, r.Variants}
}

// timeless reports whether a tree is of words and values alone.
func timeless(n query.Node) bool {
	all := func(nodes []query.Node) bool {
		return !slices.ContainsFunc(nodes, func(n query.Node) bool { return !timeless(n) })
	}
	switch n := n.(type) {
	case query.Word, query.Value, query.Phrase, query.Prefix:
		return true
	case query.And:
		return all(n.Nodes) && all(n.Optional)
	case query.Or:
		return all(n.Nodes)
	case query.Not:
		return timeless(n.Node)
	}
	return false
}

// wordSets are the live articles that have words, of one segment.
type wordSets map[wordIn]*roaring.Bitmap

// wordIn is a word by the number of its slot, in some fields.
type wordIn struct {
	slot   int
	fields fieldSet
}

// word returns the live articles that have the only word of a unit in any of its fields. The set may be shared: it must not be
// changed.
func (r *run) word(u *unit) (*roaring.Bitmap, error) {
	sl := u.slots[0]
	key := wordIn{sl.number, u.fields}
	if set := r.words[key]; set != nil {
		return set, nil
	}
	if sl.pattern() {
		found, err := r.unit(u, nil)
		if err == nil {
			r.words[key] = docsOf(found)
		}
		return r.words[key], err
	}
	docs, err := r.docs.get(docsKey{sl.key(), u.fields}, func() (*roaring.Bitmap, error) { return r.wordDocs(sl, u.fields) })
	if err == nil {
		r.words[key] = r.alive(docs)
	}
	return r.words[key], err
}

// wordDocs returns the articles, deleted ones too, that have a term of a slot in any of some fields.
func (r *run) wordDocs(sl *slot, fields fieldSet) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for field := range textFieldCount {
		if !fields.has(field) {
			continue
		}
		dict := r.dictionary(sl, field)
		uses, err := r.expansion(dict, sl, field)
		if err != nil {
			return nil, err
		}
		for _, u := range uses {
			p, _ := dict.Find(u.term)
			docs := p.Docs()
			if u.languages != everyLanguage {
				docs = roaring.And(docs, r.spoken(u.languages))
			}
			sets = append(sets, docs)
		}
	}
	return anyOf(sets), nil
}
