package embedded

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// groups are the texts or stories of which a state of the index has several articles. All other articles are alone: what
// counts texts or stories counts them as articles.
type groups struct {
	shared  []*roaring.Bitmap // by segment: the articles in groups
	places  [][]uint32        // by segment and article: its place when they are in the order of their groups
	members []member          // by place
}

// member is an article in a group.
type member struct{ group, segment, doc uint32 }

const noPlace = ^uint32(0)

// groupsOf returns the groups of texts or stories.
func (v *view) groupsOf(u index.Unit) *groups {
	which := 0
	if u == index.Stories {
		which = 1
	}
	return v.facts.groups[which].get(func() *groups { return v.makeGroups(unitField(u)) })
}

func (v *view) makeGroups(field string) *groups {
	g := &groups{}
	if len(v.segments) == 0 {
		return g
	}
	for _, s := range v.segments {
		s.column(field) // numbers its keys
	}
	places, free := takeNumbers(v.segments[0].tables.unit(field).size())
	defer free()
	v.eachUnit(field, func(_, _, unit uint32) { places[unit]++ })
	next := uint32(0)
	for unit, n := range places {
		if places[unit] = noPlace; n > 1 {
			places[unit] = next
			next += n
		}
	}
	g.members = make([]member, next)
	for _, s := range v.segments {
		g.places = append(g.places, make([]uint32, s.count))
		g.shared = append(g.shared, roaring.New())
	}
	v.eachUnit(field, func(segment, doc, unit uint32) {
		if p := places[unit]; p != noPlace {
			places[unit]++
			g.members[p], g.places[segment][doc] = member{unit, segment, doc}, p
			g.shared[segment].Add(doc)
		}
	})
	return g
}

// eachUnit calls fn with every live article that has a text or story.
func (v *view) eachUnit(field string, fn func(segment, doc, unit uint32)) {
	for i, s := range v.segments {
		col := s.column(field)
		eachDoc(s.live, func(docs []uint32) {
			for _, doc := range docs {
				if unit, ok := col.first(doc); ok {
					fn(uint32(i), doc, unit)
				}
			}
		})
	}
}

// each calls fn with the articles of the sets that are in groups, by group.
func (g *groups) each(sets []*roaring.Bitmap, fn func(m member)) {
	asked, free := takeBits(len(g.members)) // by place
	defer free()
	for i, set := range sets {
		places := g.places[i]
		eachDoc(roaring.And(set, g.shared[i]), func(docs []uint32) {
			for _, doc := range docs {
				p := places[doc]
				asked[p/64] |= 1 << (p % 64)
			}
		})
	}
	for w, word := range asked {
		for ; word != 0; word &= word - 1 {
			fn(g.members[w*64+bits.TrailingZeros64(word)])
		}
	}
}

// alone returns the articles of a segment's set that are in no group.
func (g *groups) alone(segment int, set *roaring.Bitmap) *roaring.Bitmap {
	return roaring.AndNot(set, g.shared[segment])
}

// isUnit reports whether a field says which text or story an article is of.
func isUnit(field string) bool {
	return field == unitField(index.Texts) || field == unitField(index.Stories)
}

// count returns the number of articles, texts or stories in the sets of each segment.
func (v *view) count(sets []*roaring.Bitmap, u index.Unit) (n int) {
	if u == index.Articles || len(v.segments) == 0 {
		return v.total(sets)
	}
	if total := v.total(sets); total*8 > v.live() {
		return v.countGroups(sets, u)
	}
	for _, s := range v.segments {
		s.column(unitField(u)) // numbers its keys
	}
	seen := v.seen(unitField(u))
	defer seen.free()
	for i, set := range sets {
		col := v.segments[i].column(unitField(u))
		eachDoc(set, func(docs []uint32) {
			for _, doc := range docs {
				if unit, ok := col.first(doc); !ok || seen.add(unit) { // without one it is one of its own
					n++
				}
			}
		})
	}
	return n
}

// countGroups is count by the groups of the state.
func (v *view) countGroups(sets []*roaring.Bitmap, u index.Unit) (n int) {
	g := v.groupsOf(u)
	seen := v.seen(unitField(u))
	defer seen.free()
	for i, set := range sets {
		members := roaring.And(set, g.shared[i])
		n += int(set.GetCardinality() - members.GetCardinality())
		places := g.places[i]
		eachDoc(members, func(docs []uint32) {
			for _, doc := range docs {
				if seen.add(g.members[places[doc]].group) {
					n++
				}
			}
		})
	}
	return n
}

// total counts the articles of the sets.
func (v *view) total(sets []*roaring.Bitmap) (n int) {
	for _, set := range sets {
		n += int(set.GetCardinality())
	}
	return n
}

// seen is a set of texts or stories.
type seen struct {
	bits []uint32
	free func()
}

// seen makes a set of the texts or stories that have numbers.
func (v *view) seen(field string) seen {
	bits, free := takeNumbers((v.segments[0].tables.unit(field).size() + 31) / 32)
	return seen{bits, free}
}

// add adds one, and reports whether it is new.
func (s seen) add(unit uint32) bool {
	bit := uint32(1) << (unit % 32)
	if s.bits[unit/32]&bit != 0 {
		return false
	}
	s.bits[unit/32] |= bit
	return true
}

// unitField is the exact field that says which text or story an article is of.
func unitField(u index.Unit) string {
	switch u {
	case index.Texts:
		return "text"
	case index.Stories:
		return "story"
	}
	return ""
}
