package embedded

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/aliases"
)

// Entity implements index.Engine.
func (e *Engine) Entity(ctx context.Context, typ, name string) (*index.EntityInfo, error) {
	if err := index.CheckEntityType(typ); err != nil {
		return nil, err
	}
	var info index.EntityInfo
	err := e.view(ctx, func(v *view) error {
		var ok bool
		if info, ok = v.book(typ).Entity(name); !ok {
			return index.ErrNotFound
		}
		sets := v.entitySets(typ, info.Name)
		info.Total = index.Total{
			Articles: v.count(sets, index.Articles), Texts: v.count(sets, index.Texts), Stories: v.count(sets, index.Stories),
		}
		return v.complete(ctx, info.Suggestions)
	})
	if err != nil {
		return nil, err
	}
	return &info, nil
}

// entitySets returns the live articles that have a name of an entity, by segment.
func (v *view) entitySets(typ, name string) []*roaring.Bitmap {
	names := v.naming(index.VariantsMerged)
	sets := make([]*roaring.Bitmap, len(v.segments))
	for i, s := range v.segments {
		sets[i] = names.value(s, typ, name, false)
	}
	return sets
}

// Suggestions implements index.Engine.
func (e *Engine) Suggestions(ctx context.Context, typ string, size int) (list []index.Suggested, total int, err error) {
	types := index.EntityTypes
	if typ != "" {
		if err := index.CheckEntityType(typ); err != nil {
			return nil, 0, err
		}
		types = []string{typ}
	}
	err = e.view(ctx, func(v *view) error {
		list, total = []index.Suggested{}, 0
		for _, typ := range types {
			some, n := v.book(typ).Suggestions(size)
			list, total = append(list, some...), total+n
		}
		slices.SortStableFunc(list, aliases.CompareSuggested)
		list = list[:min(len(list), max(size, 0))]
		return v.complete(ctx, list)
	})
	return list, total, err
}

// complete says of suggestions what the articles say of them.
func (v *view) complete(ctx context.Context, list []index.Suggested) error {
	for i := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		v.evidence(&list[i])
	}
	return nil
}

// maxShared is how many entities a suggestion lists that both of its entities are found with.
const maxShared = 5

// evidence counts in which articles the entities of a suggestion are named together, and finds who is named with both, and
// when.
func (v *view) evidence(s *index.Suggested) {
	more, fewer := v.entitySets(s.Type, s.Name), v.entitySets(s.Type, s.Other)
	s.Articles = [2]int{v.total(more), v.total(fewer)}
	if n := s.Articles; n[0] < n[1] { // though its names add up to more: an article may have several
		more, fewer, s.Name, s.Other, s.Articles = fewer, more, s.Other, s.Name, [2]int{n[1], n[0]}
	}
	for i := range more {
		s.Together += int(more[i].AndCardinality(fewer[i]))
	}
	with, few := v.company(s, more), v.company(s, fewer)
	var list []facetCount
	both := 0
	for c, n := range few {
		if with[c] > 0 {
			both += n * with[c]
			list = append(list, facetCount{c.of, uint32(n), v.book(c.typ).Label(c.of)})
		}
	}
	s.Company = index.Cosine(both, squares(with), squares(few))
	slices.SortFunc(list, func(a, b facetCount) int {
		return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.label, b.label))
	})
	s.Shared = []string{}
	for _, c := range list[:min(len(list), maxShared)] {
		s.Shared = append(s.Shared, c.label)
	}
	first, last, _ := v.datesOf(more)
	first2, last2, _ := v.datesOf(fewer)
	s.DaysApart = index.DaysApart([2]index.Time{first, first2}, [2]index.Time{last, last2})
}

// company is companions but for the two of a suggestion, and what is hidden.
func (v *view) company(s *index.Suggested, sets []*roaring.Bitmap) map[companion]int {
	counts := v.companions(sets)
	for c := range counts {
		b := v.book(c.typ)
		label := b.Label(c.of)
		if b.Hidden(c.of) || c.typ == s.Type && (label == s.Name || label == s.Other) {
			delete(counts, c)
		}
	}
	return counts
}

func squares(counts map[companion]int) (sum int) {
	for _, n := range counts {
		sum += n * n
	}
	return sum
}

// companion is an entity: its type, and the name that stands for it.
type companion struct {
	typ string
	of  uint32
}

// companions counts the entities in the articles of the sets.
func (v *view) companions(sets []*roaring.Bitmap) map[companion]int {
	counts := map[companion]int{}
	var values, seen []uint32
	for _, typ := range index.EntityTypes {
		b := v.book(typ)
		for i, s := range v.segments {
			col := s.column(typ)
			eachDoc(sets[i], func(docs []uint32) {
				for _, doc := range docs {
					seen = seen[:0]
					for _, n := range col.of(values[:0], doc) {
						if of := b.stands(n); !slices.Contains(seen, of) {
							seen = append(seen, of)
							counts[companion{typ, of}]++
						}
					}
				}
			})
		}
	}
	return counts
}
