package segment

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Part is a segment to be merged, without some articles; nil leaves out none.
type Part struct {
	*Segment
	Without *roaring.Bitmap
}

// Dropped is the number of an article that a merge left out.
const Dropped = ^uint32(0)

// ErrStopped is the error of a merge that was stopped.
var ErrStopped = errors.New("the merge was stopped")

// Merge writes the segment of the articles of some segments, one after the other, and returns for each segment which numbers
// its articles have got. It ends with ErrStopped when stopped says so.
func Merge(to io.Writer, parts []Part, stopped func() bool) ([][]uint32, error) {
	m := merger{out: newOut(to), parts: parts, stopped: stopped}
	m.number()
	c := contents{Articles: m.articles}
	m.writeArticles(&c)
	for _, f := range m.schema() {
		if stopped() {
			return nil, ErrStopped
		}
		fc, err := m.field(f)
		if err != nil {
			return nil, err
		}
		if fc.Terms > 0 || f.Kind == Number {
			c.Fields = append(c.Fields, fc)
		}
	}
	if stopped() {
		return nil, ErrStopped
	}
	return m.numbers, m.out.finish(&c)
}

type merger struct {
	out      *out
	parts    []Part
	numbers  [][]uint32 // of the articles of each part in what is made
	whole    []bool     // no article of the part is left out
	articles int
	stopped  func() bool
	docs     []uint32
	first    []byte

	// For one field after the other.
	postings   postingsWriter
	dictionary dictionaryWriter
	column     columnWriter
}

// number numbers the articles.
func (m *merger) number() {
	for _, p := range m.parts {
		numbers := make([]uint32, p.Count())
		first := m.articles
		for i := range numbers {
			if p.Without != nil && p.Without.Contains(uint32(i)) {
				numbers[i] = Dropped
				continue
			}
			numbers[i] = uint32(m.articles)
			m.articles++
		}
		m.numbers = append(m.numbers, numbers)
		m.whole = append(m.whole, m.articles-first == len(numbers))
	}
}

// schema returns the fields of all parts in the order of kinds and names.
func (m *merger) schema() (list []Field) {
	for _, p := range m.parts {
		list = append(list, p.fields()...)
	}
	slices.SortFunc(list, func(a, b Field) int {
		return bytes.Compare([]byte(string(a.Kind)+" "+a.Name), []byte(string(b.Kind)+" "+b.Name))
	})
	return slices.Compact(list)
}

func (m *merger) writeArticles(c *contents) {
	w := articlesWriter{order: m.order()}
	s := m.out.begin()
	m.each(func(p Part, article uint32) { w.id(m.out, p.ID(article)) })
	c.IDs = m.out.end(s)
	s = m.out.begin()
	m.each(func(p Part, article uint32) { w.store(m.out, p.Stored(article)) })
	c.Stored = m.out.end(s)
	w.write(m.out, c)
}

// each calls fn with every article that stays, in order.
func (m *merger) each(fn func(p Part, article uint32)) {
	for i, p := range m.parts {
		for a, number := range m.numbers[i] {
			if number != Dropped {
				fn(p, uint32(a))
			}
		}
	}
}

// order returns the articles in the order of their ids, by merging the orders of the parts.
func (m *merger) order() []uint32 {
	order := make([]uint32, 0, m.articles)
	heads := make([]int, len(m.parts)) // the next in the order of each part
	for {
		best := -1
		var least []byte
		for i, p := range m.parts {
			for heads[i] < p.Count() && m.numbers[i][p.order[heads[i]]] == Dropped {
				heads[i]++
			}
			if heads[i] == p.Count() {
				continue
			}
			if id := p.ID(p.order[heads[i]]); best < 0 || bytes.Compare(id, least) < 0 {
				best, least = i, id
			}
		}
		if best < 0 {
			return order
		}
		order = append(order, m.numbers[best][m.parts[best].order[heads[best]]])
		heads[best]++
	}
}

// field merges a field.
func (m *merger) field(f Field) (fieldContents, error) {
	c := fieldContents{Name: f.Name, Kind: f.Kind}
	if f.Kind == Number {
		numbers := make([]int64, 0, m.articles)
		m.each(func(p Part, article uint32) {
			numbers = append(numbers, p.numbers[f.Name].at(article))
		})
		return writeNumbers(m.out, f.Name, numbers), nil
	}
	var col *columnWriter
	w, p := &m.dictionary, &m.postings
	w.reset()
	if f.Kind == Keys {
		col = &m.column
		col.reset(m.articles)
		m.grow(f)
	}
	p.words = f.Kind == Text
	heads := m.heads(f)
	s := m.out.begin()
	for n := 0; ; n++ {
		if n%4096 == 4095 && m.stopped() {
			return c, ErrStopped
		}
		term := heads.next()
		if term == nil {
			break
		}
		if i := heads.at[0]; len(heads.at) == 1 && m.whole[i] && heads.terms[i].Articles < sparseLimit {
			t, base := heads.terms[i], m.numbers[i][0]
			w.add(term, t.Articles, m.move(t, base))
			if col != nil {
				col.term(term, m.moved(t, base))
			}
			continue
		}
		p.reset()
		for _, i := range heads.at {
			m.add(p, i, heads.terms[i].Postings())
		}
		if len(p.docs) == 0 {
			continue
		}
		if col != nil {
			col.term(term, p.docs)
		}
		bytes := p.bytes()
		m.out.write(bytes)
		w.add(term, len(p.docs), len(bytes))
	}
	c.Postings = m.out.end(s)
	w.write(m.out, &c)
	if col != nil && w.terms > 0 {
		col.write(m.out, &c)
	}
	return c, nil
}

// grow makes room for a field of exact values, of which most are in one part alone.
func (m *merger) grow(f Field) {
	bytes, pairs := 0, 0
	for _, p := range m.parts {
		if c := p.columns[f.Name]; c != nil {
			bytes += len(p.keys[f.Name].blocks)
			pairs += len(c.Narrow) + len(c.Wide)
		}
	}
	m.dictionary.blocks = slices.Grow(m.dictionary.blocks, bytes)
	m.column.pairs = slices.Grow(m.column.pairs, pairs)
}

// move writes the postings of a term that one part alone has, and returns their bytes: most terms are such. Only the number of
// the first article changes, by base; the others are counted from the one before.
func (m *merger) move(t *Terms, base uint32) int {
	raw := t.raw()
	first, size := binary.Uvarint(raw)
	m.first = binary.AppendUvarint(m.first[:0], first+uint64(base))
	m.out.write(m.first)
	m.out.write(raw[size:])
	return len(m.first) + len(raw) - size
}

// moved returns the articles that move has written.
func (m *merger) moved(t *Terms, base uint32) []uint32 {
	raw, doc := t.raw(), base
	m.docs = m.docs[:0]
	for len(m.docs) < t.Articles {
		n, size := binary.Uvarint(raw)
		doc += uint32(n)
		raw, m.docs = raw[size:], append(m.docs, doc)
	}
	return m.docs
}

// add adds the postings of a part.
func (m *merger) add(w *postingsWriter, part int, p Postings) {
	numbers := m.numbers[part]
	if m.whole[part] {
		w.copy(&p, numbers[0])
		return
	}
	m.docs = p.AppendDocs(m.docs[:0])
	positions := p.Positions()
	for i, doc := range m.docs {
		if numbers[doc] == Dropped {
			continue
		}
		if !w.words {
			w.add(numbers[doc], 0)
			continue
		}
		w.add(numbers[doc], p.Frequency(i))
		w.places = append(w.places, positions.raw(i)...)
	}
}

// raw returns the bytes of the positions of the i-th of the articles.
func (r *Positions) raw(i int) []byte {
	r.seek(i)
	from := r.at
	r.i, r.at = i+1, skipVarints(r.places, from, r.Frequency(i))
	return r.places[from:r.at]
}

// heads walks through the dictionaries of one field in all parts at once.
type heads struct {
	terms []*Terms
	first []uint64 // of the term of each: see head
	ended []bool
	at    []int // the parts that have the present term
	term  []byte
}

func (m *merger) heads(f Field) *heads {
	h := &heads{first: make([]uint64, len(m.parts)), ended: make([]bool, len(m.parts))}
	for i, p := range m.parts {
		d := p.Text(f.Name)
		if f.Kind == Keys {
			d = p.Keys(f.Name)
		}
		h.terms = append(h.terms, d.Terms(""))
		h.step(i)
	}
	return h
}

// step goes to the next term of a part.
func (h *heads) step(i int) {
	t := h.terms[i]
	if h.ended[i] = !t.Next(); !h.ended[i] {
		h.first[i] = head(t.Term)
	}
}

// next goes to the next term of all, nil when there is none. It is valid until the next call.
func (h *heads) next() []byte {
	for _, i := range h.at {
		h.step(i)
	}
	h.at = h.at[:0]
	for i := range h.terms {
		if h.ended[i] {
			continue
		}
		order := -1
		if len(h.at) > 0 {
			order = h.compare(i, h.at[0])
		}
		if order < 0 {
			h.at = h.at[:0]
		}
		if order <= 0 {
			h.at = append(h.at, i)
		}
	}
	if len(h.at) == 0 {
		return nil
	}
	h.term = append(h.term[:0], h.terms[h.at[0]].Term...)
	return h.term
}

// compare compares the terms of two parts.
func (h *heads) compare(i, j int) int {
	if h.first[i] != h.first[j] {
		return cmp.Compare(h.first[i], h.first[j])
	}
	return bytes.Compare(h.terms[i].Term, h.terms[j].Term)
}
