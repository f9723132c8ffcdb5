package embedded

import (
	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/span"
)

// addPairs adds what neighbours are worth in each article of within. All pairs are looked at together, so that the positions
// of a word with two neighbours are read once.
func (s *scorer) addPairs(within *roaring.Bitmap) error {
	if len(s.pairs) == 0 || within.IsEmpty() {
		return nil
	}
	p := pairReader{scorer: s}
	for _, u := range s.pairs {
		if err := p.prepare(u, within); err != nil {
			return err
		}
	}
	n := 0
	for it := within.Iterator(); it.HasNext(); n++ {
		if n%1024 == 1023 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		p.add(it.Next())
	}
	return nil
}

// pairReader reads the pairs of an article.
type pairReader struct {
	*scorer
	slots map[slotKey]*positionReader
	pairs []pair
	spans []span.Span
}

type slotKey struct{ slot, field int }

// pair is a unit of neighbours with the readers of its slots in each field.
type pair struct {
	rankedUnit
	length *length
	fields []pairField
}

type pairField struct {
	field     int
	docs      *roaring.Bitmap // that have all words in the field
	slots     []*positionReader
	positions [][]uint32
}

func (p *pairReader) prepare(u rankedUnit, within *roaring.Bitmap) error {
	made := pair{rankedUnit: u, length: p.length(u.fields)}
	for field := range textFieldCount {
		docs, err := p.candidates(u.expr, field)
		if err != nil {
			return err
		}
		if !docs.Intersects(within) {
			continue
		}
		f := pairField{field: field, docs: docs, positions: make([][]uint32, len(u.slots))}
		for _, sl := range u.slots {
			key := slotKey{sl.number, field}
			if p.slots[key] == nil {
				lists, err := p.lists(sl, field)
				if err != nil {
					return err
				}
				if p.slots == nil {
					p.slots = map[slotKey]*positionReader{}
				}
				p.slots[key] = p.run.positionReader(lists, within)
			}
			f.slots = append(f.slots, p.slots[key])
		}
		made.fields = append(made.fields, f)
	}
	if len(made.fields) > 0 {
		p.pairs = append(p.pairs, made)
	}
	return nil
}

// add adds the pairs of an article to its score.
func (p *pairReader) add(doc uint32) {
	for i := range p.pairs {
		pair, tf := &p.pairs[i], 0.0
		for _, f := range pair.fields {
			if !f.docs.Contains(doc) {
				continue
			}
			for j, sl := range f.slots {
				f.positions[j] = sl.read(doc)
			}
			p.spans = span.Phrase(p.spans[:0], f.positions, 0)
			tf += index.FieldWeights[f.field] * float64(len(p.spans))
		}
		if tf > 0 {
			p.scores[doc] += pair.worth(tf / pair.length.of(doc))
		}
	}
}
