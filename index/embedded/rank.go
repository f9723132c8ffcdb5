package embedded

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// ranker scores the articles of a search. The formula is that of package index; numbers of articles and lengths are those of
// the whole index and exact, so that no score depends on how the index is cut into segments.
type ranker struct {
	view    *view
	n       float64         // articles in the index
	units   []rankedUnit    // in the order in which they are added up, for every article the same
	pairs   []rankedUnit    // neighbours, which are added up last
	rest    []float64       // rest[i] is the most that units[i:] and all pairs can add to a score
	counts  map[wordKey]int // articles of the index that have a word
	recency index.Recency
}

// rankedUnit is a unit with the most that it can add to a score.
type rankedUnit struct {
	*unit
	top float64 // weight times idf times K1+1
}

// newRanker weighs the units of a program by the articles of the whole index that have their words. Units that weigh most
// come first: behind them the others make less and less difference.
func newRanker(v *view, p *program, runs []*run, recency index.Recency) (*ranker, error) {
	k := &ranker{view: v, n: float64(v.live()), recency: recency, counts: map[wordKey]int{}}
	err := v.each(func(i int, _ *segmentView) error { return runs[i].findSlots() })
	if err != nil {
		return nil, err
	}
	for _, u := range p.units {
		switch {
		case !u.scored:
		case !u.neighbours:
			k.units = append(k.units, k.weigh(u, runs))
		case k.telling(u, runs):
			k.pairs = append(k.pairs, k.weigh(u, runs))
		}
	}
	heaviest := func(a, b rankedUnit) int { return cmp.Compare(b.top, a.top) }
	slices.SortStableFunc(k.units, heaviest)
	slices.SortStableFunc(k.pairs, heaviest)
	k.rest = make([]float64, len(k.units)+1)
	for _, u := range k.pairs {
		k.rest[len(k.units)] += u.top
	}
	for i := len(k.units) - 1; i >= 0; i-- {
		k.rest[i] = k.rest[i+1] + k.units[i].top
	}
	return k, nil
}

func (k *ranker) weigh(u *unit, runs []*run) rankedUnit {
	idf := 0.0
	for _, word := range u.words() {
		idf += index.IDF(k.n, float64(k.articles(u, word, runs)))
	}
	return rankedUnit{u, u.weight * idf * (index.K1 + 1)}
}

// telling reports whether one of two neighbours is not so common that it says nothing: see package index.
func (k *ranker) telling(u *unit, runs []*run) bool {
	return slices.ContainsFunc(u.words(), func(word []*slot) bool { return 2*k.articles(u, word, runs) <= int(k.n) })
}

// findSlots finds the slots of everything that is scored.
func (r *run) findSlots() error {
	for _, u := range r.program.units {
		if !u.scored {
			continue
		}
		for _, sl := range slices.Concat(u.words()...) {
			for field := range textFieldCount {
				if u.fields.has(field) {
					if _, err := r.slot(sl, field); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// wordKey tells the words of units apart.
type wordKey struct {
	slot   int // of a word of one slot
	fields fieldSet
}

// articles counts the articles of the index that have a word in a field that the unit searches.
func (k *ranker) articles(u *unit, word []*slot, runs []*run) (n int) {
	key := wordKey{word[0].number, u.fields}
	if len(word) == 1 {
		if n, known := k.counts[key]; known {
			return n
		}
		defer func() { k.counts[key] = n }()
	}
	for _, r := range runs {
		var sets []*roaring.Bitmap
		for _, sl := range word {
			for field, f := range r.slots[sl.number] {
				if f != nil && u.fields.has(field) {
					sets = append(sets, f.docs)
				}
			}
		}
		n += int(roaring.FastOr(sets...).GetCardinality())
	}
	return n
}

// cut says of which articles the scores are wanted: the best, of those behind a place in the order.
type cut struct {
	best   int     // 0 for all
	behind float64 // articles with a higher score are not wanted; +Inf for none such
}

// scores returns the score of each article of within that the cut wants, indexed by article, and these articles. The others
// are left out as soon as what can still be added to their score does not bring them among the best (MaxScore: Turtle and
// Flood, Query evaluation: strategies and optimizations, 1995).
func (k *ranker) scores(r *run, within *roaring.Bitmap, c cut) (*floats, *roaring.Bitmap, error) {
	kept, tf := takeFloats(r.count), takeFloats(r.count)
	defer tf.free(within)
	s := scorer{ranker: k, run: r, scores: kept.list, tf: tf.list, paired: k.pairedWords()}
	defer s.free(within)
	for i, u := range k.units {
		if i > 0 && c.best > 0 && int(within.GetCardinality()) > 2*c.best {
			within = s.prune(within, k.rest[i], c)
		}
		if err := s.add(u, within); err != nil {
			return nil, nil, err
		}
	}
	if c.best > 0 && int(within.GetCardinality()) > 2*c.best {
		within = s.prune(within, k.rest[len(k.units)], c)
	}
	within, err := s.addBestPairs(within, c)
	if err != nil {
		return nil, nil, err
	}
	if k.recency.HalfLife > 0 {
		age := s.age()
		for it := within.Iterator(); it.HasNext(); {
			doc := it.Next()
			s.scores[doc] *= age(doc)
		}
	}
	return kept, within, nil
}

// age returns what the score of an article is multiplied by for its age.
func (s *scorer) age() func(doc uint32) float64 {
	if s.recency.HalfLife == 0 {
		return func(uint32) float64 { return 1 }
	}
	times := s.published()
	return func(doc uint32) float64 {
		if times[doc] == undated {
			return 1 - index.RecencyWeight
		}
		return s.recency.FactorUnix(times[doc])
	}
}

// floats is a list of numbers that is used again: all zeros when nobody does.
type floats struct{ list []float64 }

var floatLists = sync.Pool{New: func() any { return new(floats) }}

// takeFloats returns n zeros.
func takeFloats(n int) *floats {
	f := floatLists.Get().(*floats)
	if n > cap(f.list) {
		f.list = make([]float64, n)
	}
	f.list = f.list[:n]
	return f
}

// free gives the list back, in which no numbers but those of a set have been changed.
func (f *floats) free(changed *roaring.Bitmap) {
	if f == nil {
		return
	}
	if changed.GetCardinality()*8 > uint64(len(f.list)) {
		clear(f.list)
	} else {
		eachDoc(changed, func(docs []uint32) {
			for _, doc := range docs {
				f.list[doc] = 0
			}
		})
	}
	floatLists.Put(f)
}

// scorer adds up the scores of one segment.
type scorer struct {
	*ranker
	*run
	scores []float64
	tf     []float64 // by article: how often the unit being added occurs, by the weights of the fields; zero between units
	// paired are the words that have neighbours in the query, with how often each occurs in each article, once it was added.
	paired map[wordKey]*floats
}

// pairedWords returns the words that have neighbours in the query.
func (k *ranker) pairedWords() map[wordKey]*floats {
	words := map[wordKey]*floats{}
	for _, u := range k.pairs {
		for _, sl := range u.slots {
			words[wordKey{sl.number, u.fields}] = nil
		}
	}
	return words
}

// free gives back what the words are in; no article outside of a set has any.
func (s *scorer) free(within *roaring.Bitmap) {
	for _, tf := range s.paired {
		tf.free(within)
	}
}

// keep keeps how often a unit occurs, if it is a word that has neighbours.
func (s *scorer) keep(u rankedUnit) {
	if u.op != exprWord {
		return
	}
	key := wordKey{u.slots[0].number, u.fields}
	if tf, paired := s.paired[key]; paired && tf == nil {
		tf = takeFloats(s.count)
		copy(tf.list, s.tf)
		s.paired[key] = tf
	}
}

// add adds what a unit is worth in each article of within.
func (s *scorer) add(u rankedUnit, within *roaring.Bitmap) error {
	found, err := s.unit(u.unit, within)
	if err != nil {
		return err
	}
	in := newInside(within, s.count)
	defer in.free()
	for field, f := range found {
		if f == nil || f.docs.IsEmpty() {
			continue
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
		s.frequencies(f, index.FieldWeights[field], in)
	}
	s.keep(u)
	length := s.length(u.fields)
	scores, tf := s.scores, s.tf
	eachDoc(roaring.And(docsOf(found), within), func(docs []uint32) {
		for _, doc := range docs {
			scores[doc] += u.worth(tf[doc] / length.of(doc))
			tf[doc] = 0
		}
	})
	return nil
}

// worth is what the unit adds to a score at a frequency.
func (u rankedUnit) worth(tf float64) float64 { return u.top * tf / (index.K1 + tf) }

// length divides frequencies by how long articles are: by 1 for one of average length.
type length struct {
	weights [textFieldCount]float64 // of the fields, times B and by the average
	words   [textFieldCount][]uint32
	fields  int
}

// length is that of some fields together.
func (s *scorer) length(fields fieldSet) *length {
	l, average := &length{}, 0.0
	for field := range textFieldCount {
		if fields.has(field) {
			l.words[l.fields], l.weights[l.fields] = s.lengthsOf(field), index.FieldWeights[field]
			l.fields++
			average += index.FieldWeights[field] * float64(s.view.words(field))
		}
	}
	for i := range l.fields {
		l.weights[i] *= index.B * max(s.n, 1) / average
	}
	return l
}

func (l *length) of(doc uint32) float64 {
	sum := 1 - index.B
	for i := range l.fields {
		sum += l.weights[i] * float64(l.words[i][doc])
	}
	return sum
}

// frequencies adds how often a unit occurs in a field, times the weight of the field, to tf.
func (s *scorer) frequencies(f *finding, weight float64, within *inside) {
	switch {
	case f.once:
		eachDoc(f.docs, func(docs []uint32) {
			for _, doc := range docs {
				if within.has(doc) {
					s.tf[doc] += weight
				}
			}
		})
	case f.lists == nil:
		i := 0
		for it := f.docs.Iterator(); it.HasNext(); i++ {
			if doc := it.Next(); within.has(doc) {
				s.tf[doc] += weight * float64(f.frequencies[i])
			}
		}
	default:
		for i := range f.lists {
			f.lists[i].addFrequencies(s.tf, weight, within)
		}
	}
}

// slack keeps rounding from leaving out an article that is as good as the last wanted.
const slack = 1 - 1e-9

// prune leaves the articles that can still be wanted when at most rest is added to any score.
func (s *scorer) prune(within *roaring.Bitmap, rest float64, c cut) *roaring.Bitmap {
	best, age := bestScores(c.best), s.age()
	eachDoc(within, func(docs []uint32) {
		for _, doc := range docs {
			if score, age := s.scores[doc], age(doc); (score+rest)*age < c.behind {
				best.add(score * age)
			}
		}
	})
	least := 0.0
	if best.full() {
		least = best.list[0] * slack
	}
	if least == 0 && math.IsInf(c.behind, 1) {
		return within
	}
	set := roaring.New()
	var kept [chunk]uint32
	eachDoc(within, func(docs []uint32) {
		n := 0
		for _, doc := range docs {
			if score, age := s.scores[doc], age(doc); (score+rest)*age >= least && score*age*slack <= c.behind {
				kept[n] = doc
				n++
			}
		}
		set.AddMany(kept[:n])
	})
	return set
}

// bestScores keeps the n best scores.
func bestScores(n int) worstFirst[float64] {
	return worstFirst[float64]{size: n, before: func(a, b float64) bool { return a > b }}
}
