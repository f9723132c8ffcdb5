package embedded

import (
	"context"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index/analysis"
	"dateline/index/segment"
)

// speech says which articles of a segment have which language, deleted ones too.
type speech struct {
	languages uint32 // those that any article has, a bit for each analysis.Language
	docs      [analysis.Languages]*roaring.Bitmap
}

// speaks returns the languages of the segment's articles.
func (c *columns) speaks() speech {
	return c.speech.get(func() (sp speech) {
		rest := roaring.New()
		rest.AddRange(0, uint64(c.segment.Count()))
		for terms := c.segment.Keys("language").Terms(""); terms.Next(); {
			key, _ := segment.CutValue(terms.Term)
			p := terms.Postings()
			sp.add(analysis.LanguageOf(string(key)), p.Docs())
			rest.AndNot(p.Docs())
		}
		sp.add(analysis.LanguageOf(""), rest)
		return sp
	})
}

func (sp *speech) add(l analysis.Language, docs *roaring.Bitmap) {
	if docs.IsEmpty() {
		return
	}
	if sp.docs[l] == nil {
		sp.docs[l] = roaring.New()
		sp.languages |= 1 << l
	}
	sp.docs[l].Or(docs)
}

// spoken returns the articles in one of some languages.
func (s *segmentView) spoken(languages uint32) *roaring.Bitmap {
	sp := s.speaks()
	var sets []*roaring.Bitmap
	for l, docs := range sp.docs {
		if docs != nil && languages&(1<<l) != 0 {
			sets = append(sets, docs)
		}
	}
	return roaring.FastOr(sets...)
}

// maxRemembered bounds the terms that a segment remembers of what words stood for: some megabytes.
const maxRemembered = 100_000

// expansions remember which terms of a segment's dictionaries slots stand for. A segment never changes, so neither do they.
type expansions struct {
	mu   sync.Mutex
	held int // terms, and what takes as much memory
	uses map[expansionKey]remembered
}

// remembered is what a slot stands for in a field.
type remembered struct {
	uses []use
	docs *roaring.Bitmap // of a pattern: the articles that have any of the terms, deleted ones too
}

type expansionKey struct {
	field int
	slot  string
}

// expansion returns the terms of a field's dictionary that may stand in a slot.
func (s *segmentView) expansion(dict *segment.Dictionary, sl *slot, field int) ([]use, error) {
	r, err := s.words.get(expansionKey{field, sl.key()}, func() (r remembered, err error) {
		r.uses, err = sl.expand(dict, s.speaks().languages, s.short[field].Load())
		return r, err
	})
	return r.uses, err
}

// patternDocs returns the terms that a pattern stands for, and the articles that have any of them, deleted ones too.
func (s *segmentView) patternDocs(ctx context.Context, dict *segment.Dictionary, sl *slot, field int) ([]use, *roaring.Bitmap, error) {
	r, err := s.words.get(expansionKey{field, sl.key()}, func() (r remembered, err error) {
		if r.uses, err = sl.expand(dict, s.speaks().languages, s.short[field].Load()); err != nil {
			return r, err
		}
		sets := make([]*roaring.Bitmap, len(r.uses))
		for i, u := range r.uses {
			if i%1024 == 1023 && ctx.Err() != nil {
				return r, ctx.Err()
			}
			p, _ := dict.Find(u.term)
			sets[i] = p.Docs()
		}
		r.docs = roaring.FastOr(sets...)
		return r, nil
	})
	return r.uses, r.docs, err
}

// get returns what is remembered, or makes it.
func (x *expansions) get(key expansionKey, make func() (remembered, error)) (remembered, error) {
	x.mu.Lock()
	r, known := x.uses[key]
	x.mu.Unlock()
	if known {
		return r, nil
	}
	r, err := make()
	if err != nil {
		return r, err
	}
	size := len(r.uses) + 1
	if r.docs != nil {
		size += int(r.docs.GetSizeInBytes() / 32)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.held += size; x.uses == nil || x.held > maxRemembered {
		x.uses, x.held = map[expansionKey]remembered{}, size
	}
	x.uses[key] = r
	return r, nil
}
