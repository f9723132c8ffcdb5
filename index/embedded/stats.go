package embedded

import (
	"context"
	"io/fs"
	"math"
	"path/filepath"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// Stats implements index.Engine.
func (e *Engine) Stats(ctx context.Context) (index.Stats, error) {
	s := index.Stats{
		Format: FormatVersion, Distinct: map[index.Field]int{}, Entities: map[string]int{}, ReadOnly: e.ReadOnly(),
	}
	err := e.view(ctx, func(v *view) error {
		sets := make([]*roaring.Bitmap, len(v.segments))
		for i, sv := range v.segments {
			sets[i] = sv.live
		}
		f := &found{ctx: ctx, view: v, result: sets}
		s.Articles, s.Texts, s.Stories = f.count(sets, index.Articles), f.count(sets, index.Texts), f.count(sets, index.Stories)
		s.First, s.Last, s.Undated = v.dates()
		for _, field := range index.FacetFields {
			s.Distinct[field] = v.distinct(string(field))
		}
		return nil
	})
	if err != nil {
		return index.Stats{}, err
	}
	for _, typ := range []string{index.Person, index.Org, index.Place} {
		s.Entities[typ] = s.Distinct[index.Field(typ)]
	}
	s.Sources = s.Distinct[index.FieldSource]
	s.Bytes, err = bytesOnDisk(e.dir)
	return s, err
}

// dates returns the earliest and the latest publication, and how many articles have none.
func (v *view) dates() (first, last index.Time, without int) {
	low, high := int64(math.MaxInt64), int64(undated)
	for _, s := range v.segments {
		times := s.published()
		for it := s.live.Iterator(); it.HasNext(); {
			if t := times[it.Next()]; t == undated {
				without++
			} else {
				low, high = min(low, t), max(high, t)
			}
		}
	}
	if high != undated {
		first, last = index.At(time.Unix(low, 0)), index.At(time.Unix(high, 0))
	}
	return first, last, without
}

// distinct returns the number of values of a field.
func (v *view) distinct(field string) int {
	values := roaring.New()
	for _, s := range v.segments {
		col := s.values(field)
		for it := s.live.Iterator(); it.HasNext(); {
			values.AddMany(col.of(it.Next()))
		}
	}
	return int(values.GetCardinality())
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
