package embedded

import (
	"context"
	"io/fs"
	"maps"
	"math"
	"path/filepath"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// Stats implements index.Engine.
func (e *Engine) Stats(ctx context.Context) (index.Stats, error) {
	var s index.Stats
	err := e.view(ctx, func(v *view) error {
		s = v.facts.stats.get(v.stats)
		return nil
	})
	if err != nil {
		return index.Stats{}, err
	}
	s.Distinct, s.Entities = maps.Clone(s.Distinct), maps.Clone(s.Entities) // the caller's own
	s.Format, s.ReadOnly, s.Changes = FormatVersion, e.ReadOnly(), e.Changes()
	s.Bytes, err = bytesOnDisk(e.dir)
	return s, err
}

// stats counts over the articles. Every page shows some of it, so it is counted once for a state of the index.
func (v *view) stats() index.Stats {
	sets := v.lives()
	s := index.Stats{
		Articles: v.count(sets, index.Articles), Texts: v.count(sets, index.Texts), Stories: v.count(sets, index.Stories),
		Distinct: map[index.Field]int{}, Entities: map[string]int{},
	}
	s.First, s.Last, s.Undated = v.datesOf(sets)
	for _, seg := range v.segments {
		if past := seg.past(); past != nil {
			s.Versions += int(past.GetCardinality())
			if seg.gone != nil {
				s.Versions -= int(past.AndCardinality(seg.gone))
			}
		}
	}
	for _, field := range index.FacetFields {
		s.Distinct[field] = v.distinct(string(field))
	}
	for _, typ := range []string{index.Person, index.Org, index.Place} {
		s.Entities[typ] = s.Distinct[index.Field(typ)]
	}
	s.Sources = s.Distinct[index.FieldSource]
	return s
}

// datesOf returns the earliest and the latest publication of articles, and how many have none.
func (v *view) datesOf(sets []*roaring.Bitmap) (first, last index.Time, without int) {
	low, high := int64(math.MaxInt64), int64(undated)
	for i, s := range v.segments {
		times := s.published()
		eachDoc(sets[i], func(docs []uint32) {
			for _, doc := range docs {
				if t := times[doc]; t == undated {
					without++
				} else {
					low, high = min(low, t), max(high, t)
				}
			}
		})
	}
	if high != undated {
		first, last = index.At(time.Unix(low, 0)), index.At(time.Unix(high, 0))
	}
	return first, last, without
}

// distinct returns the number of values of a field, or of entities that are not hidden.
func (v *view) distinct(field string) (n int) {
	counts, free := takeNumbers(v.numbered(field).size())
	defer free()
	b := v.naming(index.VariantsMerged).book(field)
	v.tally(field, v.lives(), index.Articles, counts, b)
	for number, count := range counts {
		if count > 0 && (b == nil || !b.Hidden(uint32(number))) {
			n++
		}
	}
	return n
}

// bytesOnDisk sums the files of the index. Those that a merge removes meanwhile count nothing.
func bytesOnDisk(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	return n, err
}
