package embedded

import (
	"context"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/doctor"
	"dateline/query"
)

// patient lets the query doctor ask a state of the index.
type patient struct {
	*view
	names *naming
	zone  *time.Location
}

// Count implements doctor.Patient.
func (p patient) Count(ctx context.Context, tree query.Node, filters index.Filters) (int, error) {
	f := &found{Request: index.Request{Filters: filters, Zone: p.zone}, ctx: ctx, view: p.view, names: p.names}
	if err := f.filter(); err != nil {
		return 0, err
	}
	err := f.run(tree)
	return f.articles, err
}

// Like implements doctor.Patient.
func (p patient) Like(ctx context.Context, word string, edits int) ([]doctor.Word, error) {
	sl, err := fuzzySlot(word, edits, query.Span{})
	if err != nil {
		return nil, err
	}
	articles := map[string]int{}
	for _, s := range p.segments {
		r := newRun(ctx, &program{slots: []*slot{sl}}, s)
		having := map[string]*roaring.Bitmap{}
		for field := range textFieldCount {
			if !fieldsOf("").has(field) {
				continue
			}
			lists, err := r.lists(sl, field)
			if err != nil {
				return nil, err
			}
			for _, l := range lists {
				if having[l.term] == nil {
					having[l.term] = l.docs
				} else {
					having[l.term] = roaring.Or(having[l.term], l.docs)
				}
			}
		}
		for term, docs := range having {
			articles[term] += int(docs.GetCardinality())
		}
	}
	var words []doctor.Word
	for term, n := range articles {
		if term != word {
			words = append(words, doctor.Word{Term: term, Articles: n})
		}
	}
	return words, nil
}
