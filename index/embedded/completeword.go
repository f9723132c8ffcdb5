package embedded

import (
	"bytes"
	"cmp"
	"slices"

	"dateline/index"
	"dateline/index/segment"
)

// completeWord returns the size first terms that begin with a prefix.
func (v *view) completeWord(prefix string, size int) []index.Completion {
	var list []index.Completion
	if len(prefix) > rememberedPrefix {
		list = v.beginning(prefix)
	} else {
		made, _ := v.facts.completed.LoadOrStore(prefix, &lazy[[]index.Completion]{})
		list = made.(*lazy[[]index.Completion]).get(func() []index.Completion { return v.beginning(prefix) })
	}
	return append([]index.Completion{}, list[:min(size, len(list))]...)
}

// rememberedPrefix is up to how many bytes of a prefix a state remembers what begins with it. There are few of them, and they
// take the longest.
const rememberedPrefix = 2

// beginning returns the MaxCompletions first terms that begin with a prefix. Each dictionary says which of its terms most
// articles have; a term that is in none of these lists has no more than the least of each, added up, so that those above that
// are the first (Fagin, Lotem and Naor, Optimal aggregation algorithms for middleware, 2003). Where too few are, the lists were
// too short.
func (v *view) beginning(prefix string) []index.Completion {
	for length := 4 * index.MaxCompletions; ; length *= 8 {
		list, bound := v.candidates(prefix, length)
		first := v.first(list, index.MaxCompletions)
		if bound == 0 || len(first) == index.MaxCompletions && first[len(first)-1].Articles > bound {
			return first
		}
	}
}

// first returns the size first of terms in byte order by the live articles that have them. Deleted articles can only make those
// of a term fewer, so that they are looked for in the postings of few.
func (v *view) first(terms []string, size int) []index.Completion {
	counted := v.counted(terms)
	if !slices.ContainsFunc(v.segments, func(s *segmentView) bool { return s.deleted != nil }) {
		return firstOf(counted, size, func(c index.Completion) int { return c.Articles })
	}
	return firstOf(counted, size, func(c index.Completion) int { return v.occurring(c.Text) })
}

// firstOf returns the size first terms that any article has. live says how many do; Articles is as many or more.
func firstOf(list []index.Completion, size int, live func(index.Completion) int) []index.Completion {
	slices.SortFunc(list, index.CompareCompletions)
	best := worstFirst[index.Completion]{size: size, before: func(a, b index.Completion) bool { return index.CompareCompletions(a, b) < 0 }}
	for _, c := range list {
		if best.full() && c.Articles < best.list[0].Articles {
			break
		}
		if c.Articles = live(c); c.Articles > 0 {
			best.add(c)
		}
	}
	slices.SortFunc(best.list, index.CompareCompletions)
	return best.list
}

// eachWords calls fn for the dictionary of each default field of prose of each segment, on all cores. They are numbered from 0.
func (v *view) eachWords(fn func(i int, d *segment.Dictionary)) {
	err := v.each(func(i int, s *segmentView) error {
		for field := range textFieldCount {
			if defaultFields.has(field) {
				fn(i*textFieldCount+field, s.seg.Text(proseField(index.TextFields[field].Name)))
			}
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
}

// candidates returns the terms with a prefix that the most articles of a segment have in a default field, so many of each, in byte
// order, and how many articles another term can have at most.
func (v *view) candidates(prefix string, length int) (list []string, bound int) {
	type top struct {
		terms []index.Completion
		least int
	}
	tops := make([]top, len(v.segments)*textFieldCount)
	v.eachWords(func(i int, d *segment.Dictionary) { tops[i].terms, tops[i].least = most(d, prefix, length) })
	for _, t := range tops {
		bound += t.least
		for _, c := range t.terms {
			list = append(list, c.Text)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), bound
}

// most returns the terms of a dictionary with a prefix that the most articles have, deleted ones too, and how many have any other
// at most.
func most(d *segment.Dictionary, prefix string, length int) (list []index.Completion, least int) {
	best := worstFirst[index.Completion]{size: length, before: func(a, b index.Completion) bool { return a.Articles > b.Articles }}
	left, begin := false, []byte(prefix)
	for t := d.Terms(prefix); t.Next() && bytes.HasPrefix(t.Term, begin); {
		if left = best.full(); left && t.Articles <= best.list[0].Articles {
			continue
		}
		best.add(index.Completion{Text: string(t.Term), Articles: t.Articles})
	}
	if left {
		least = best.list[0].Articles
	}
	return best.list, least
}

// counted adds up the articles, deleted ones too, that have terms in each of the default fields. The terms are in byte order.
func (v *view) counted(terms []string) []index.Completion {
	counts := make([][]uint32, len(v.segments)*textFieldCount)
	v.eachWords(func(i int, d *segment.Dictionary) {
		counts[i] = make([]uint32, len(terms))
		countTerms(d, terms, counts[i])
	})
	list := make([]index.Completion, len(terms))
	for i, term := range terms {
		list[i].Text = term
		for _, c := range counts {
			if c != nil {
				list[i].Articles += int(c[i])
			}
		}
	}
	return list
}

// countTerms writes to counts how many articles have each of some terms in byte order. Between one and the next that is near, all
// terms of the dictionary are passed: to look for each takes longer.
func countTerms(d *segment.Dictionary, terms []string, counts []uint32) {
	if len(terms) == 0 {
		return
	}
	t := d.Terms(terms[0])
	for i, passed, more := 0, 0, t.Next(); more && i < len(terms); {
		switch order := cmp.Compare(string(t.Term), terms[i]); {
		case order > 0:
			i++
		case order < 0 && passed < nearTerms:
			passed++
			more = t.Next()
		case order < 0:
			t, passed = d.Terms(terms[i]), 0
			more = t.Next()
		default:
			counts[i] = uint32(t.Articles)
			i, passed = i+1, 0
			more = t.Next()
		}
	}
}

// nearTerms is how many terms can be passed in the time in which one is found.
const nearTerms = 32

// occurring adds up the live articles that have a term in each of the default fields.
func (v *view) occurring(term string) (n int) {
	for _, s := range v.segments {
		for field := range textFieldCount {
			if !defaultFields.has(field) {
				continue
			}
			p, ok := s.seg.Text(proseField(index.TextFields[field].Name)).Find(term)
			if !ok {
				continue
			}
			if n += p.N; s.deleted != nil {
				n -= int(p.Docs().AndCardinality(s.deleted))
			}
		}
	}
	return n
}
