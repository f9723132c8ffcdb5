package embedded

import (
	"slices"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/segment"
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
		if r.words != nil && n.unit.op == exprWord && len(n.unit.slots) == 1 {
			return r.word(n.unit)
		}
		found, err := r.unit(n.unit, among)
		if err != nil {
			return nil, err
		}
		return docsOf(found), nil
	case nodeCondition:
		return r.condition(n.condition), nil
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
	return anyOf(sets)
}

// and matches what is cheap first, so that less is left to compare positions in.
func (r *run) and(kids []*node, among *roaring.Bitmap, path bool) (*roaring.Bitmap, error) {
	var result *roaring.Bitmap // nil before the first
	for _, dear := range [2]bool{false, true} {
		for _, k := range kids {
			if k.dear() != dear {
				continue
			}
			left := among
			if path && dear && result != nil {
				if left = result; among != nil {
					left = roaring.And(among, result)
				}
			}
			set, err := r.match(k, left, path)
			if err != nil {
				return nil, err
			}
			if result == nil {
				result = set
			} else {
				result = roaring.And(result, set)
			}
		}
	}
	if result == nil {
		return r.live, nil
	}
	return result, nil
}

// condition returns the live articles that a condition without words matches.
func (r *run) condition(n query.Node) *roaring.Bitmap {
	switch n := n.(type) {
	case query.Value:
		return r.names.value(r.segmentView, n.Field, n.Text, true)
	case query.Dates:
		return r.between(n.Field, r.zone, n.From, n.To)
	case query.Has:
		return r.having(n.Field)
	case query.Number:
		return r.counting(func(words uint32) bool { return n.From <= int(words) && int(words) <= n.To }, bodyField)
	}
	panic("embedded: a node that no lowered tree has here")
}

// bodyField is the field whose words query.Number counts.
var bodyField = slices.IndexFunc(index.TextFields, func(f index.TextField) bool { return f.Name == "body" })

func (s *segmentView) timesOf(field string, zone *time.Location) []int64 {
	switch field {
	case "indexed":
		return s.indexedAt()
	case "changed":
		return s.changedAt()
	}
	return s.instants(zone)
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
	case "date", "indexed", "changed":
		return s.between(field, nil, time.Time{}, time.Time{})
	case "entity":
		return roaring.FastOr(s.having(index.Person), s.having(index.Org), s.having(index.Place))
	}
	return roaring.AndNot(s.live, s.lacking(field))
}

// counting returns the live articles whose number of words in a field of prose is as asked.
func (s *segmentView) counting(fits func(words uint32) bool, field int) *roaring.Bitmap {
	var docs []uint32
	for doc, words := range s.lengthsOf(field) {
		if fits(words) {
			docs = append(docs, uint32(doc))
		}
	}
	set := roaring.BitmapOf(docs...)
	set.And(s.live)
	return set
}

// value returns the live articles that have a value of the key. The set may be shared: it must not be changed.
func (s *segmentView) value(field, key string) *roaring.Bitmap {
	switch {
	case key == "":
		return roaring.New()
	case field == "id":
		return s.idValue(key)
	case field == "entity":
		return roaring.FastOr(s.value(index.Person, key), s.value(index.Org, key), s.value(index.Place, key))
	}
	return s.prefixed(field, segment.Value(key, key))
}

// prefixed returns the live articles that have a value whose term in an exact field begins with a prefix. The set may be
// shared: it must not be changed.
func (s *segmentView) prefixed(field, prefix string) *roaring.Bitmap {
	var sets []*roaring.Bitmap
	for terms := s.seg.Keys(field).Terms(prefix); terms.Next() && strings.HasPrefix(string(terms.Term), prefix); {
		p := terms.Postings()
		sets = append(sets, s.alive(p.Docs()))
	}
	return anyOf(sets)
}

// idValue returns the live articles whose id has the key.
func (s *segmentView) idValue(key string) *roaring.Bitmap {
	docs := roaring.New()
	for doc := range uint32(s.count) {
		if analysis.Fold(string(s.id(doc))) == key {
			docs.Add(doc)
		}
	}
	return s.alive(docs)
}

// timeSpan names the set of the articles whose time is in it.
type timeSpan struct {
	field     string
	zone      string
	low, high int64
}

// between returns the live articles whose time is within [from, to); a zero bound is open, and without a time none matches.
// The set may be shared: it must not be changed.
func (s *segmentView) between(field string, zone *time.Location, from, to time.Time) *roaring.Bitmap {
	x := timeSpan{field, zone.String(), undated + 1, 1 << 62}
	if !from.IsZero() {
		x.low = ceilSeconds(from)
	}
	if !to.IsZero() {
		x.high = ceilSeconds(to)
	}
	return s.alive(s.sets.get(x, func() *roaring.Bitmap {
		bits := make([]uint64, (s.count+63)/64)
		for doc, t := range s.timesOf(field, zone) {
			if t >= x.low && t < x.high {
				bits[doc/64] |= 1 << (doc % 64)
			}
		}
		return roaring.FromDense(bits, false)
	}))
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
func (s *segmentView) filters(f *index.Filters, zone *time.Location, names *naming) map[index.Field]*roaring.Bitmap {
	sets := map[index.Field]*roaring.Bitmap{}
	if !f.From.IsZero() || !f.To.IsZero() {
		sets[""] = s.between("date", zone, f.From, f.To)
	}
	for _, field := range index.FacetFields {
		if set := s.filter(f, field, names); set != nil {
			sets[field] = set
		}
	}
	return sets
}

// filter returns what passes the filters of one field, nil when it has none.
func (s *segmentView) filter(f *index.Filters, field index.Field, names *naming) *roaring.Bitmap {
	var result *roaring.Bitmap
	and := func(set *roaring.Bitmap) {
		if result == nil {
			result = set
		} else {
			result = roaring.And(result, set)
		}
	}
	if include := s.anyValue(field, f.Include[field], names); include != nil {
		and(include)
	}
	if exclude := s.anyValue(field, f.Exclude[field], names); exclude != nil {
		and(roaring.AndNot(s.live, exclude))
	}
	if slices.Contains(f.Missing, field) {
		and(s.lacking(string(field)))
	}
	return result
}

// anyValue returns the articles that have one of the values, nil when no value is given.
func (s *segmentView) anyValue(field index.Field, values []string, names *naming) *roaring.Bitmap {
	var sets []*roaring.Bitmap
	for _, v := range values {
		if analysis.Fold(v) != "" {
			sets = append(sets, names.value(s, string(field), v, false))
		}
	}
	switch len(sets) {
	case 0:
		return nil
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// lackOf names the set of the articles without a value of a field.
type lackOf struct{ field string }

// lacking returns the live articles that have no value of a field. The set may be shared: it must not be changed.
func (s *segmentView) lacking(field string) *roaring.Bitmap {
	return s.alive(s.sets.get(lackOf{field}, func() *roaring.Bitmap {
		col := s.column(field)
		var few [8]uint32
		var docs []uint32
		for doc := range uint32(s.count) {
			if len(col.Of(few[:0], doc)) == 0 {
				docs = append(docs, doc)
			}
		}
		return roaring.BitmapOf(docs...)
	}))
}
