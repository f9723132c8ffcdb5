package embedded

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// An earlier version of an article is a document of its own, in the batch in which the next one took its place. A search leaves
// these out as it does deleted ones; one of an earlier time leaves out what was not there then.

// life is which version of an article a document is, and from when to when it was the one that the index had, in Unix seconds;
// until is 0 for the present one.
type life struct {
	since, until int64
	number       uint32 // from 1
}

// keyBytes are behind the id in the key of an earlier version: a byte that no id has, since it is not UTF-8, and the number.
const keyBytes = 1 + 4

// key returns the document's key.
func (l life) key(id string) string {
	if l.until == 0 {
		return id
	}
	return string(binary.BigEndian.AppendUint32(append([]byte(id), 0xFF), l.number))
}

// idOf returns the id of the article that a document with the key is of.
func idOf(key []byte) []byte {
	if n := len(key) - keyBytes; n >= 0 && key[n] == 0xFF {
		return key[:n]
	}
	return key
}

// mark says in an article which version it is.
func (l life) mark(a *index.Article) {
	a.Version, a.Changed = 0, index.Time{}
	if l.number > 1 {
		a.Version, a.Changed = int(l.number), index.At(time.Unix(l.since, 0))
	}
}

// earlier returns the keys of the earlier versions of an article whose present one has a life.
func (l life) earlier(id string) (keys []string) {
	for n := uint32(1); n < l.number; n++ {
		keys = append(keys, life{until: 1, number: n}.key(id))
	}
	return keys
}

// past returns the documents that are earlier versions, nil for none.
func (c *columns) past() *roaring.Bitmap {
	return c.versions.get(func() *roaring.Bitmap {
		set := roaring.New()
		for doc, until := range c.segment.Numbers(fieldUntil) {
			if until != 0 {
				set.Add(uint32(doc))
			}
		}
		if set.IsEmpty() {
			return nil
		}
		return set
	})
}

// absent returns the documents that were not what the index had at a time.
func (c *columns) absent(at int64) *roaring.Bitmap {
	set, untils := roaring.New(), c.segment.Numbers(fieldUntil)
	for doc, since := range c.segment.Numbers(fieldSince) {
		if until := untils[doc]; since > at || until != 0 && until <= at {
			set.Add(uint32(doc))
		}
	}
	return set
}

// changedAt returns when each document took the place of an earlier version, undated where it did not.
func (c *columns) changedAt() []int64 {
	return c.changed.get(func() []int64 {
		times := c.segment.Numbers(fieldSince)
		for doc, number := range c.segment.Numbers(fieldNumber) {
			if number < 2 {
				times[doc] = undated
			}
		}
		return times
	})
}

// ranks returns the place of each document's id in their order, and behind how many of them an id comes, it being among them or
// not. Where there are earlier versions, several documents have one id.
func (s *segmentView) ranks() []uint32 {
	if s.asOf == 0 {
		return s.seg.Ranks()
	}
	return s.columns.byID().ranks
}

func (s *segmentView) behind(id string) uint32 {
	if s.asOf == 0 {
		return uint32(s.seg.Behind(id))
	}
	ids := s.columns.byID()
	n, _ := slices.BinarySearchFunc(ids.order, id, func(doc uint32, id string) int {
		return cmp.Or(cmp.Compare(string(idOf(s.seg.ID(doc))), id), -1)
	})
	return uint32(n)
}

// byID is the documents of a segment in the order of their ids.
type byID struct{ order, ranks []uint32 }

func (c *columns) byID() *byID {
	return c.ids.get(func() *byID {
		x := &byID{order: make([]uint32, c.segment.Count()), ranks: make([]uint32, c.segment.Count())}
		for doc := range x.order {
			x.order[doc] = uint32(doc)
		}
		slices.SortFunc(x.order, func(a, b uint32) int {
			one, two := c.segment.ID(a), c.segment.ID(b)
			return cmp.Or(bytes.Compare(idOf(one), idOf(two)), bytes.Compare(one, two))
		})
		for rank, doc := range x.order {
			x.ranks[doc] = uint32(rank)
		}
		return x
	})
}

// id returns the id of a document's article.
func (s *segmentView) id(doc uint32) []byte { return idOf(s.seg.ID(doc)) }

// Versions implements index.Engine.
func (e *Engine) Versions(ctx context.Context, id string) (list []index.Version, err error) {
	err = e.view(ctx, func(v *view) error {
		list = nil
		now, err := v.newest(id)
		if err != nil {
			return err
		}
		for _, key := range (life{number: uint32(now.Number)}).earlier(id) {
			for _, s := range v.segments {
				doc, ok := s.seg.Find(key)
				if !ok || s.gone != nil && s.gone.Contains(doc) {
					continue
				}
				one, err := versionOf(s.seg.Stored(doc))
				if err != nil {
					return err
				}
				list = append(list, one)
			}
		}
		list = append(list, now)
		return nil
	})
	return list, err
}

// newest returns the present version of an article.
func (v *view) newest(id string) (index.Version, error) {
	for _, s := range v.segments {
		if doc, ok := s.find(id); ok {
			return versionOf(s.seg.Stored(doc))
		}
	}
	return index.Version{}, index.ErrNotFound
}

func versionOf(stored []byte) (index.Version, error) {
	h, err := decodeHeader(stored)
	if err != nil {
		return index.Version{}, err
	}
	v := index.Version{Number: int(h.number), Since: index.At(time.Unix(h.since, 0))}
	if h.until != 0 {
		v.Until = index.At(time.Unix(h.until, 0))
	}
	v.Article, err = decodeArticle(stored)
	return v, err
}
