package memory

import (
	"context"

	"dateline/index"
	"dateline/index/doctor"
	"dateline/query"
)

// patient lets the query doctor ask the whole index.
type patient struct {
	*state
	naming *naming
}

// Count implements doctor.Patient.
func (p patient) Count(ctx context.Context, tree query.Node, f index.Filters) (int, error) {
	l, n := newLeaves(p.naming), 0
	for _, e := range p.all {
		if p.naming.passes(e, f, "") && l.matches(e, tree) {
			n++
		}
	}
	return n, ctx.Err()
}

// Like implements doctor.Patient.
func (p patient) Like(ctx context.Context, word string, edits int) ([]doctor.Word, error) {
	articles := map[string]map[*entry]bool{}
	for _, e := range p.all {
		for _, field := range index.DefaultTextFields {
			t, _ := e.text(field)
			for _, token := range t.tokens {
				if articles[token.term] == nil {
					articles[token.term] = map[*entry]bool{}
				}
				articles[token.term][e] = true
			}
		}
	}
	var words []doctor.Word
	for term, having := range articles {
		if term != word && query.Distance(word, term) <= edits {
			words = append(words, doctor.Word{Term: term, Articles: len(having)})
		}
	}
	return words, ctx.Err()
}
