package embedded

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009), with the usual constants, the
// idf of Lucene, which is never negative, and a weight for each field of prose. Numbers of articles and lengths are those of
// the whole index and exact, so that no score depends on how the index is cut into segments.
const (
	k1 = 1.2
	b  = 0.75
)

// weight is how much an occurrence in a field of prose counts, by its index in index.TextFields.
var weight = func() (w [textFieldCount]float64) {
	for i, f := range index.TextFields {
		switch f.Name {
		case "title":
			w[i] = 3
		case "lead":
			w[i] = 1.5
		default:
			w[i] = 1
		}
	}
	return w
}()

// ranker scores the articles of a search.
type ranker struct {
	n       float64 // articles in the index
	lengths [textFieldCount]lengthFacts
	idf     [][]float64 // by leaf and field of the leaf
}

// newRanker counts, for each leaf and field, the articles of the whole index that match.
func newRanker(v *view, p *program, runs []*run) (*ranker, error) {
	k := &ranker{n: float64(v.live()), lengths: v.lengths(), idf: make([][]float64, len(p.leaves))}
	for i, l := range p.leaves {
		if !l.scored {
			continue
		}
		k.idf[i] = make([]float64, len(l.fields))
		for f := range l.fields {
			df := 0.0
			for _, r := range runs {
				found, err := r.leaf(i)
				if err != nil {
					return nil, err
				}
				df += float64(found[f].docs.GetCardinality())
			}
			k.idf[i][f] = math.Log(1 + (k.n-df+0.5)/(df+0.5))
		}
	}
	return k, nil
}

// scores returns the score of each article of within, indexed by article.
func (k *ranker) scores(r *run, within *roaring.Bitmap) ([]float64, error) {
	scores := make([]float64, r.count)
	var frequency, length []uint32 // of the leaf in the field, by article, while its terms are summed
	for i, l := range r.leaves {
		if !l.scored {
			continue
		}
		found, err := r.leaf(i)
		if err != nil {
			return nil, err
		}
		for f, field := range l.fields {
			if err := r.ctx.Err(); err != nil {
				return nil, err
			}
			o, idf, average := found[f], k.idf[i][f]*weight[field], k.lengths[field].average()
			if len(o.lists) <= 1 { // each article once: no sum to make
				err = o.eachPosting(within, func(doc uint32, p posting) {
					scores[doc] += idf * bm25(float64(p.frequency), float64(p.length), average)
				})
				if err != nil {
					return nil, err
				}
				continue
			}
			if frequency == nil {
				frequency, length = make([]uint32, r.count), make([]uint32, r.count)
			}
			err = o.eachPosting(within, func(doc uint32, p posting) {
				frequency[doc] += p.frequency
				length[doc] = p.length
			})
			if err != nil {
				return nil, err
			}
			for it := roaring.And(o.docs, within).Iterator(); it.HasNext(); {
				doc := it.Next()
				scores[doc] += idf * bm25(float64(frequency[doc]), float64(length[doc]), average)
				frequency[doc] = 0
			}
		}
	}
	return scores, nil
}

// bm25 is the part of the formula that depends on the article.
func bm25(frequency, length, average float64) float64 {
	return frequency * (k1 + 1) / (frequency + k1*(1-b+b*length/average))
}
