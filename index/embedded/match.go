package embedded

import (
	"context"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// program is a lowered query tree made ready to run over segments.
type program struct {
	tree   query.Node
	leaves []*leaf
	byNode map[query.Node]int // Word, Phrase and Prefix nodes are comparable: equal ones are one leaf
}

// compile makes a program of a tree.
func compile(tree query.Node) *program {
	p := &program{tree: tree, byNode: map[query.Node]int{}}
	p.collect(tree, true)
	return p
}

func (p *program) collect(n query.Node, scored bool) {
	switch n := n.(type) {
	case query.Word:
		p.add(n, newLeaf(n.Field, n.Text, false, n.At), scored)
	case query.Phrase:
		p.add(n, newLeaf(n.Field, n.Text, false, n.At), scored)
	case query.Prefix:
		p.add(n, newLeaf(n.Field, n.Text, true, n.At), scored)
	case query.And:
		for _, c := range slices.Concat(n.Nodes, n.Optional) {
			p.collect(c, scored)
		}
	case query.Or:
		for _, c := range n.Nodes {
			p.collect(c, scored)
		}
	case query.Not:
		p.collect(n.Node, false)
	}
}

// add adds a leaf. Nodes differ by their place in the text, so a word written twice counts twice, as in every ranking.
func (p *program) add(n query.Node, l *leaf, scored bool) {
	if i, ok := p.byNode[n]; ok {
		p.leaves[i].scored = p.leaves[i].scored || scored
		return
	}
	l.scored = scored
	p.byNode[n] = len(p.leaves)
	p.leaves = append(p.leaves, l)
}

// run is a program over one segment. What a leaf matches is found once.
type run struct {
	*program
	*segmentView
	ctx   context.Context
	found [][]*occurrences // by leaf and field of the leaf
}

func newRun(ctx context.Context, p *program, s *segmentView) *run {
	return &run{program: p, segmentView: s, ctx: ctx, found: make([][]*occurrences, len(p.leaves))}
}

// leaf returns where a leaf occurs, for each of its fields.
func (r *run) leaf(i int) ([]*occurrences, error) {
	if r.found[i] != nil {
		return r.found[i], nil
	}
	l := r.leaves[i]
	found := make([]*occurrences, len(l.fields))
	for f, field := range l.fields {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		o, err := r.segmentView.find(l, field)
		if err != nil {
			return nil, err
		}
		found[f] = o
	}
	r.found[i] = found
	return found, nil
}

// match returns the live articles of the segment that a node matches. The set may be shared: it must not be changed.
func (r *run) match(n query.Node) (*roaring.Bitmap, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case query.Word, query.Phrase, query.Prefix:
		found, err := r.leaf(r.byNode[n])
		if err != nil {
			return nil, err
		}
		sets := make([]*roaring.Bitmap, len(found))
		for i, o := range found {
			sets[i] = o.docs
		}
		return roaring.FastOr(sets...), nil
	case query.Value:
		return r.value(n.Field, analysis.Fold(n.Text))
	case query.Dates:
		if n.Field == "indexed" {
			return r.between(r.indexed(), n.From, n.To), nil
		}
		return r.between(r.published(), n.From, n.To), nil
	case query.And:
		return r.all(n.Nodes)
	case query.Or:
		return r.any(n.Nodes)
	case query.Not:
		set, err := r.match(n.Node)
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(r.live, set), nil
	}
	return r.live, nil // query.All and no query
}

func (r *run) all(nodes []query.Node) (*roaring.Bitmap, error) {
	result := r.live
	for _, n := range nodes {
		set, err := r.match(n)
		if err != nil {
			return nil, err
		}
		result = roaring.And(result, set)
	}
	return result, nil
}

func (r *run) any(nodes []query.Node) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(nodes))
	for i, n := range nodes {
		set, err := r.match(n)
		if err != nil {
			return nil, err
		}
		sets[i] = set
	}
	return roaring.FastOr(sets...), nil
}

// value returns the live articles that have a value of the key.
func (s *segmentView) value(field, key string) (*roaring.Bitmap, error) {
	switch {
	case key == "":
		return roaring.New(), nil
	case field == "id":
		return s.idValue(key), nil
	case field == "entity":
		var sets []*roaring.Bitmap
		for _, f := range []string{index.Person, index.Org, index.Place} {
			set, err := s.value(f, key)
			if err != nil {
				return nil, err
			}
			sets = append(sets, set)
		}
		return roaring.FastOr(sets...), nil
	}
	dict, err := s.seg.Dictionary(field)
	if err != nil {
		return nil, err
	}
	_, docs, err := s.postings(dict, slot{prefix: key + valueSeparator}, query.Span{})
	return docs, err
}

// idValue returns the live articles whose id has the key.
func (s *segmentView) idValue(key string) *roaring.Bitmap {
	docs := roaring.New()
	s.each(fieldID, func(id string, doc uint32) {
		if analysis.Fold(id) == key {
			docs.Add(doc)
		}
	})
	docs.And(s.live)
	return docs
}

// between returns the live articles whose time is within [from, to); a zero bound is open, and without a time none matches.
func (s *segmentView) between(times []int64, from, to time.Time) *roaring.Bitmap {
	low, high := int64(undated+1), int64(1<<62)
	if !from.IsZero() {
		low = ceilSeconds(from)
	}
	if !to.IsZero() {
		high = ceilSeconds(to)
	}
	docs := roaring.New()
	var batch []uint32
	for doc, t := range times {
		if t >= low && t < high {
			batch = append(batch, uint32(doc))
		}
	}
	docs.AddMany(batch)
	docs.And(s.live)
	return docs
}

// ceilSeconds returns the first whole second that is not before t: articles are dated to the second, so t <= date is the
// same as ceilSeconds(t) <= date.
func ceilSeconds(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}

// filters returns the live articles of the segment that pass the filters of each field that has any; under "" those of the
// date.
func (s *segmentView) filters(f *index.Filters) (map[index.Field]*roaring.Bitmap, error) {
	sets := map[index.Field]*roaring.Bitmap{}
	if !f.From.IsZero() || !f.To.IsZero() {
		sets[""] = s.between(s.published(), f.From, f.To)
	}
	for _, field := range index.FacetFields {
		set, err := s.filter(f, field)
		if err != nil {
			return nil, err
		}
		if set != nil {
			sets[field] = set
		}
	}
	return sets, nil
}

// filter returns what passes the filters of one field, nil when it has none.
func (s *segmentView) filter(f *index.Filters, field index.Field) (*roaring.Bitmap, error) {
	var result *roaring.Bitmap
	and := func(set *roaring.Bitmap) {
		if result == nil {
			result = set
		} else {
			result = roaring.And(result, set)
		}
	}
	include, err := s.anyValue(field, f.Include[field])
	if err != nil {
		return nil, err
	}
	if include != nil {
		and(include)
	}
	exclude, err := s.anyValue(field, f.Exclude[field])
	if err != nil {
		return nil, err
	}
	if exclude != nil {
		and(roaring.AndNot(s.live, exclude))
	}
	if slices.Contains(f.Missing, field) {
		and(s.without(string(field)))
	}
	return result, nil
}

// anyValue returns the articles that have one of the values, nil when no value is given.
func (s *segmentView) anyValue(field index.Field, values []string) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, v := range values {
		key := analysis.Fold(v)
		if key == "" {
			continue
		}
		set, err := s.value(string(field), key)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	if sets == nil {
		return nil, nil
	}
	return roaring.FastOr(sets...), nil
}

// without returns the live articles that have no value of a field.
func (s *segmentView) without(field string) *roaring.Bitmap {
	col, docs := s.values(field), roaring.New()
	for doc := range uint32(s.count) {
		if col.start[doc] == col.start[doc+1] {
			docs.Add(doc)
		}
	}
	docs.And(s.live)
	return docs
}
