package embedded

import (
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// match returns the live articles of the segment that a node matches. The set may be shared: it must not be changed.
//
// Among is a set outside of which nothing matters, as no article outside of it matches the whole tree; nil is all. Words
// whose positions have to be compared are looked at there only. path says that every And above has nothing but And above it:
// what the one side does not match, the whole does not.
func (r *run) match(n *node, among *roaring.Bitmap, path bool) (*roaring.Bitmap, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	switch n.op {
	case nodeUnit:
		found, err := r.unit(n.unit, among)
		if err != nil {
			return nil, err
		}
		return docsOf(found), nil
	case nodeCondition:
		return r.condition(n.condition)
	case nodeAnd:
		return r.and(n.kids, among, path)
	case nodeOr:
		sets := make([]*roaring.Bitmap, len(n.kids))
		for i, k := range n.kids {
			set, err := r.match(k, among, false)
			if err != nil {
				return nil, err
			}
			sets[i] = set
		}
		return roaring.FastOr(sets...), nil
	case nodeNot:
		set, err := r.match(n.kids[0], among, false)
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(r.live, set), nil
	}
	return r.live, nil
}

// docsOf returns the articles of a unit in any field.
func docsOf(found [textFieldCount]*finding) *roaring.Bitmap {
	var sets []*roaring.Bitmap
	for _, f := range found {
		if f != nil {
			sets = append(sets, f.docs)
		}
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// and matches what is cheap first, so that less is left to compare positions in.
func (r *run) and(kids []*node, among *roaring.Bitmap, path bool) (*roaring.Bitmap, error) {
	result := r.live
	for _, dear := range [2]bool{false, true} {
		for _, k := range kids {
			if k.dear() != dear {
				continue
			}
			left := among
			if path && dear {
				if left = result; among != nil {
					left = roaring.And(among, result)
				}
			}
			set, err := r.match(k, left, path)
			if err != nil {
				return nil, err
			}
			result = roaring.And(result, set)
		}
	}
	return result, nil
}

// condition returns the live articles that a condition without words matches.
func (r *run) condition(n query.Node) (*roaring.Bitmap, error) {
	switch n := n.(type) {
	case query.Value:
		return r.value(n.Field, analysis.Fold(n.Text))
	case query.Dates:
		return r.between(r.timesOf(n.Field), n.From, n.To), nil
	case query.Has:
		return r.having(n.Field), nil
	case query.Number:
		return r.counting(func(words uint32) bool { return n.From <= int(words) && int(words) <= n.To }, bodyField), nil
	}
	panic("embedded: a node that no lowered tree has here")
}

// bodyField is the field whose words query.Number counts.
var bodyField = slices.IndexFunc(index.TextFields, func(f index.TextField) bool { return f.Name == "body" })

func (s *segmentView) timesOf(field string) []int64 {
	if field == "indexed" {
		return s.indexed()
	}
	return s.published()
}

// having returns the live articles that have something in a field.
func (s *segmentView) having(field string) *roaring.Bitmap {
	for i, f := range index.TextFields {
		if f.Name == field && field != "author" { // authors are values, too, and not all are words
			return s.counting(func(words uint32) bool { return words > 0 }, i)
		}
	}
	switch field {
	case "words":
		return s.counting(func(words uint32) bool { return words > 0 }, bodyField)
	case "date", "indexed":
		return s.between(s.timesOf(field), time.Time{}, time.Time{})
	case "entity":
		return roaring.FastOr(s.having(index.Person), s.having(index.Org), s.having(index.Place))
	}
	return roaring.AndNot(s.live, s.without(field))
}

// counting returns the live articles whose number of words in a field of prose is as asked.
func (s *segmentView) counting(fits func(words uint32) bool, field int) *roaring.Bitmap {
	var docs []uint32
	lengths := s.lengths()
	for doc := range s.count {
		if fits(lengths[doc*textFieldCount+field]) {
			docs = append(docs, uint32(doc))
		}
	}
	set := roaring.BitmapOf(docs...)
	set.And(s.live)
	return set
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
	var lists []termList
	err = eachTerm(dict, nil, key+valueSeparator, func(term string) error {
		list, err := s.termList(dict, use{term, everyLanguage})
		lists = append(lists, list)
		return err
	})
	return unionOf(lists), err
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
