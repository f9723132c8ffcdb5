package embedded

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// findPairs finds the neighbours in the articles of the sets, for worths of each of them.
func (k *ranker) findPairs(runs []*run, sets []*roaring.Bitmap) error {
	for i, r := range runs {
		for _, u := range k.pairs {
			if _, err := r.unit(u.unit, sets[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// worths returns what each unit is worth in an article, in the order in which they are added up.
func (k *ranker) worths(r *run, doc uint32, runs []*run) ([]index.Worth, error) {
	var list []index.Worth
	within := roaring.BitmapOf(doc)
	scores, tf := takeFloats(r.count), takeFloats(r.count)
	defer scores.free(within)
	defer tf.free(within)
	s := scorer{ranker: k, run: r, scores: scores.list, tf: tf.list}
	for _, u := range slices.Concat(k.units, k.pairs) {
		s.scores[doc] = 0
		if err := s.add(u, within); err != nil {
			return nil, err
		}
		w := index.Worth{
			What: u.node.String(), Neighbours: u.neighbours, Weight: u.weight, Frequencies: make([]float64, textFieldCount),
			Score: s.scores[doc],
		}
		if u.neighbours {
			w.Weight = 1
		}
		if u.op == exprWord {
			w.Articles = k.articles(u.unit, u.slots, runs)
		}
		for field, f := range r.units[u.number] {
			if f == nil {
				continue
			}
			w.Frequencies[field] = f.frequency(doc)
		}
		list = append(list, w)
	}
	return list, nil
}

// frequency returns how often the unit occurs in an article.
func (f *finding) frequency(doc uint32) float64 {
	switch {
	case !f.docs.Contains(doc):
		return 0
	case f.once:
		return 1
	case f.lists == nil:
		return float64(f.frequencies[f.docs.Rank(doc)-1])
	}
	sum := 0.0
	for i := range f.lists {
		if l := &f.lists[i]; l.docs.Contains(doc) {
			sum += float64(l.Frequency(int(l.raw.Rank(doc)) - 1))
		}
	}
	return sum
}
