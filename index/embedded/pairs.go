package embedded

import (
	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/span"
)

// firstPairs is how many times as many articles as are wanted have their neighbours added first.
const firstPairs = 4

// addBestPairs adds what neighbours are worth in the articles that a cut wants, and returns these. Two words are neighbours no
// more often than the rarer of them occurs, which bounds what they are worth: when those that may become the best have been
// looked at, most others cannot be among the best any more, and their positions need not be read.
func (s *scorer) addBestPairs(within *roaring.Bitmap, c cut) (*roaring.Bitmap, error) {
	if len(s.pairs) == 0 || c.best == 0 || int(within.GetCardinality()) <= 2*firstPairs*c.best {
		return within, s.addPairs(within)
	}
	bounds, age := takeFloats(s.count), s.age()
	defer bounds.free(within)
	bound := s.bound()
	first := worstFirst[uint32]{size: firstPairs * c.best, before: func(a, b uint32) bool { return bounds.list[a] > bounds.list[b] }}
	eachDoc(within, func(docs []uint32) {
		for _, doc := range docs {
			bounds.list[doc] = (s.scores[doc] + bound(doc)) * age(doc)
			if bounds.list[doc] < c.behind {
				first.add(doc)
			}
		}
	})
	wanted := roaring.BitmapOf(first.list...)
	if err := s.addPairs(wanted); err != nil {
		return nil, err
	}
	best := bestScores(c.best)
	for _, doc := range first.list {
		best.add(s.scores[doc] * age(doc))
	}
	least := 0.0
	if best.full() {
		least = best.list[0] * slack
	}
	rest := roaring.New()
	eachDoc(roaring.AndNot(within, wanted), func(docs []uint32) {
		for _, doc := range docs {
			if bounds.list[doc] >= least && s.scores[doc]*age(doc)*slack <= c.behind {
				rest.Add(doc)
			}
		}
	})
	return roaring.Or(wanted, rest), s.addPairs(rest)
}

// bound returns the most that neighbours can be worth in an article.
func (s *scorer) bound() func(doc uint32) float64 {
	type words struct {
		rankedUnit
		length *length
		tf     [][]float64
	}
	var pairs []words
	for _, u := range s.pairs {
		w := words{rankedUnit: u, length: s.length(u.fields)}
		for _, sl := range u.slots {
			if tf := s.paired[wordKey{sl.number, u.fields}]; tf != nil {
				w.tf = append(w.tf, tf.list)
			}
		}
		pairs = append(pairs, w)
	}
	return func(doc uint32) (sum float64) {
		for i := range pairs {
			p := &pairs[i]
			if len(p.tf) < len(p.slots) { // of a word nothing is known
				sum += p.top
				continue
			}
			rarer := p.tf[0][doc]
			for _, tf := range p.tf[1:] {
				rarer = min(rarer, tf[doc])
			}
			sum += p.worth(rarer / p.length.of(doc))
		}
		return sum
	}
}

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
