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
	s := scorer{ranker: k, run: r, scores: make([]float64, r.count), tf: make([]float64, r.count)}
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
			var err error
			if w.Frequencies[field], err = f.frequency(doc); err != nil {
				return nil, err
			}
		}
		list = append(list, w)
	}
	return list, nil
}

// frequency returns how often the unit occurs in an article.
func (f *finding) frequency(doc uint32) (float64, error) {
	if !f.docs.Contains(doc) {
		return 0, nil
	}
	if f.once {
		return 1, nil
	}
	if f.lists == nil {
		return float64(f.frequencies[f.docs.Rank(doc)-1]), nil
	}
	sum, one := 0.0, roaring.BitmapOf(doc)
	for i := range f.lists {
		p, err := f.lists[i].iterator(one, false, nil).Next()
		if err != nil {
			return 0, err
		}
		if p != nil {
			sum += float64(p.Frequency())
		}
	}
	return sum, nil
}
