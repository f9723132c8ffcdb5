package embedded

import (
	"context"
	"sync/atomic"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/segment"
)

// A word is looked for among all terms that begin with its stem, the stem of each to be compared. Of a word of one or two letters
// these are a good part of a dictionary, and nearly none is an inflection of it; yet every query is such a word when the first
// letters of it are typed. So the few terms that are longer than their short stems are found once for each segment. Where they
// have not been found yet, they are looked for as those of any word.

// shortStem is how many bytes a short stem has at most. No term of so few has a shorter stem.
const shortStem = 2

// shortStems are the terms of a dictionary that are longer than shortStem and have a stem that is not, by language and stem.
type shortStems [analysis.Languages]map[string][]string

// shortTables are those of each field of prose of a segment, nil before they are made.
type shortTables [textFieldCount]atomic.Pointer[shortStems]

// newShortStems looks through a dictionary.
func newShortStems(dict *segment.Dictionary, languages uint32) *shortStems {
	s := &shortStems{}
	for terms := dict.Terms(""); terms.Next(); {
		if len(terms.Term) <= shortStem {
			continue
		}
		term := string(terms.Term)
		for l := range analysis.Language(analysis.Languages) {
			if languages&(1<<l) == 0 {
				continue
			}
			stem := l.Stem(term)
			if len(stem) > shortStem {
				continue
			}
			if s[l] == nil {
				s[l] = map[string][]string{}
			}
			s[l][stem] = append(s[l][stem], term)
		}
	}
	return s
}

// each calls fn with each term of the dictionary that has a short stem in a language.
func (s *shortStems) each(dict *segment.Dictionary, l analysis.Language, stem string, fn func(term string)) {
	if _, known := dict.Find(stem); known {
		fn(stem)
	}
	for _, term := range s[l][stem] {
		fn(term)
	}
}

// makeShortStems looks through the dictionaries of the segments whose short stems are not known yet.
func (v *view) makeShortStems(ctx context.Context) error {
	return v.each(func(_ int, s *segmentView) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		for field := range textFieldCount {
			if at := &s.short[field]; defaultFields.has(field) && at.Load() == nil {
				at.Store(newShortStems(s.seg.Text(proseField(index.TextFields[field].Name)), s.speaks().languages))
			}
		}
		return nil
	})
}
