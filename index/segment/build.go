package segment

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// Builder makes a segment of articles. It is used for one segment after the other, by one goroutine.
type Builder struct {
	ids    []string
	stored [][]byte
	texts  []textBuilder
	keys   []keysBuilder
	nums   []numberBuilder
	values []byte         // one behind the other
	fields map[string]int // in their list

	terms func(number uint32) string
	// For one field after the other.
	postings   postingsWriter
	dictionary dictionaryWriter
	column     columnWriter
	counts     []uint32
	order      []ranked
	sorted     []word

	made int // bytes of the segment made last
}

// textBuilder collects the words of a field, in the order of the articles.
type textBuilder struct {
	name  string
	words []word
}

// word is an occurrence of a term.
type word struct{ term, article, position uint32 }

// keysBuilder collects the values of a field.
type keysBuilder struct {
	name   string
	values []value
}

// value is a value of an article: where it lies among all.
type value struct {
	head          uint64
	from          int
	size, article uint32
}

// ranked is a term of a field of words, by its number.
type ranked struct {
	head uint64
	term uint32
}

// head returns the first bytes of a term as a number: terms with different ones are in their order.
func head[T string | []byte](term T) (n uint64) {
	if len(term) >= 8 {
		return binary.BigEndian.Uint64([]byte(term[:8]))
	}
	for i := range 8 {
		n <<= 8
		if i < len(term) {
			n |= uint64(term[i])
		}
	}
	return n
}

type numberBuilder struct {
	name    string
	numbers []int64
}

// NewBuilder makes a builder of segments with some fields. terms returns the term that a number given to Word stands for; it
// is asked before Build returns.
func NewBuilder(fields []Field, terms func(number uint32) string) *Builder {
	b := &Builder{fields: map[string]int{}, terms: terms}
	for _, f := range fields {
		switch f.Kind {
		case Text:
			b.fields[f.Name] = len(b.texts)
			b.texts = append(b.texts, textBuilder{name: f.Name})
		case Keys:
			b.fields[f.Name] = len(b.keys)
			b.keys = append(b.keys, keysBuilder{name: f.Name})
		case Number:
			b.fields[f.Name] = len(b.nums)
			b.nums = append(b.nums, numberBuilder{name: f.Name})
		}
	}
	return b
}

// Count returns how many articles there are so far.
func (b *Builder) Count() int { return len(b.ids) }

// Add begins an article. No other has its id. What is added below is of the article begun last.
func (b *Builder) Add(id string, stored []byte) {
	b.ids, b.stored = append(b.ids, id), append(b.stored, stored)
	for i := range b.nums {
		b.nums[i].numbers = append(b.nums[i].numbers, 0)
	}
}

func (b *Builder) article() uint32 { return uint32(len(b.ids) - 1) }

// Field returns the number of a field, which the methods below take.
func (b *Builder) Field(name string) int { return b.fields[name] }

// Word adds a word of a field at a position. The words of one term come in ascending order.
func (b *Builder) Word(field int, term, position uint32) {
	t := &b.texts[field]
	t.words = append(t.words, word{term, b.article(), position})
}

// Value adds a value of a field, which Value or AppendWritten has made. The same one twice is one.
func (b *Builder) Value(field int, term []byte) {
	k := &b.keys[field]
	k.values = append(k.values, value{head(term), len(b.values), uint32(len(term)), b.article()})
	b.values = append(b.values, term...)
}

// term returns the bytes of a value.
func (b *Builder) term(v *value) []byte { return b.values[v.from : v.from+int(v.size)] }

// Number sets a number of the article, which is 0 otherwise.
func (b *Builder) Number(field int, n int64) {
	b.nums[field].numbers[b.article()] = n
}

// Reset forgets what was added.
func (b *Builder) Reset() {
	clear(b.ids)
	clear(b.stored)
	b.ids, b.stored = b.ids[:0], b.stored[:0]
	for i := range b.texts {
		b.texts[i].words = b.texts[i].words[:0]
	}
	b.values = b.values[:0]
	for i := range b.keys {
		b.keys[i].values = b.keys[i].values[:0]
	}
	for i := range b.nums {
		b.nums[i].numbers = b.nums[i].numbers[:0]
	}
}

// Build makes the segment, and begins anew.
func (b *Builder) Build() ([]byte, error) {
	to := bytes.NewBuffer(make([]byte, 0, b.made+b.made/8)) // as they are mostly about as large
	o := newOut(to)
	c := contents{Articles: len(b.ids)}
	b.writeArticles(o, &c)
	for i := range b.texts {
		if t := &b.texts[i]; len(t.words) > 0 {
			c.Fields = append(c.Fields, b.writeText(o, t))
		}
	}
	for i := range b.keys {
		if k := &b.keys[i]; len(k.values) > 0 {
			c.Fields = append(c.Fields, b.writeKeys(o, k))
		}
	}
	for i := range b.nums {
		c.Fields = append(c.Fields, writeNumbers(o, b.nums[i].name, b.nums[i].numbers))
	}
	err := o.finish(&c)
	b.made = to.Len()
	b.Reset()
	return to.Bytes(), err
}

// writeArticles writes ids and what is stored.
func (b *Builder) writeArticles(o *out, c *contents) {
	order := make([]uint32, len(b.ids))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(b.ids[x], b.ids[y]) })
	w := articlesWriter{order: order}
	s := o.begin()
	for _, id := range b.ids {
		w.id(o, []byte(id))
	}
	c.IDs = o.end(s)
	s = o.begin()
	for _, stored := range b.stored {
		w.store(o, stored)
	}
	c.Stored = o.end(s)
	w.write(o, c)
}

// articlesWriter writes the sections that every segment has.
type articlesWriter struct {
	idStarts []uint32
	idBytes  uint32
	ends     []uint64
	bytes    uint64
	order    []uint32
}

func (w *articlesWriter) id(o *out, id []byte) {
	w.idStarts = append(w.idStarts, w.idBytes)
	w.idBytes += uint32(len(id))
	o.write(id)
}

func (w *articlesWriter) store(o *out, stored []byte) {
	w.ends = append(w.ends, w.bytes)
	w.bytes += uint64(len(stored))
	o.write(stored)
}

func (w *articlesWriter) write(o *out, c *contents) {
	c.IDStarts, c.StoredEnds = section(o, append(w.idStarts, w.idBytes)), section(o, append(w.ends, w.bytes))
	ranks := make([]uint32, len(w.order))
	for i, article := range w.order {
		ranks[article] = uint32(i)
	}
	c.IDOrder, c.IDRanks = section(o, w.order), section(o, ranks)
}

// writeText writes a field of words. They are brought into the order of their terms by counting, in which those of one term
// stay in the order of the articles.
func (b *Builder) writeText(o *out, t *textBuilder) fieldContents {
	f := fieldContents{Name: t.name, Kind: Text}
	sorted, ends := b.sort(t.words)
	w, p := &b.dictionary, &b.postings
	w.reset()
	p.words = true
	s := o.begin()
	for i := range b.order {
		term := b.order[i].term
		p.reset()
		from := uint32(0)
		if term > 0 {
			from = ends[term-1]
		}
		p.occurrences(sorted[from:ends[term]])
		bytes := p.bytes()
		o.write(bytes)
		w.add([]byte(b.terms(term)), len(p.docs), len(bytes))
	}
	f.Postings = o.end(s)
	w.write(o, &f)
	return f
}

// sort sorts words by the number of their term, and says where those of each end; b.order has the terms in byte order.
func (b *Builder) sort(words []word) (sorted []word, ends []uint32) {
	most := uint32(0)
	for i := range words {
		most = max(most, words[i].term)
	}
	if n := int(most) + 1; n > len(b.counts) {
		b.counts = make([]uint32, n+n/2)
	}
	counts := b.counts[:most+1]
	clear(counts)
	for i := range words {
		counts[words[i].term]++
	}
	b.order = b.order[:0]
	at := uint32(0)
	for term, n := range counts {
		if n > 0 {
			b.order = append(b.order, ranked{head(b.terms(uint32(term))), uint32(term)})
		}
		counts[term] = at
		at += n
	}
	b.sorted = slices.Grow(b.sorted[:0], len(words))[:len(words)]
	sorted = b.sorted
	for _, w := range words {
		sorted[counts[w.term]] = w
		counts[w.term]++
	}
	slices.SortFunc(b.order, func(x, y ranked) int {
		if x.head != y.head {
			return cmp.Compare(x.head, y.head)
		}
		return strings.Compare(b.terms(x.term), b.terms(y.term))
	})
	return sorted, counts
}

// occurrences adds the occurrences of one term.
func (w *postingsWriter) occurrences(words []word) {
	for i := 0; i < len(words); {
		n := i + 1
		for n < len(words) && words[n].article == words[i].article {
			n++
		}
		w.add(words[i].article, n-i)
		last := uint32(0)
		for _, x := range words[i:n] {
			w.places = binary.AppendUvarint(w.places, uint64(x.position-last))
			last = x.position
		}
		i = n
	}
}

// writeKeys writes a field of exact values.
func (b *Builder) writeKeys(o *out, k *keysBuilder) fieldContents {
	f := fieldContents{Name: k.name, Kind: Keys}
	slices.SortFunc(k.values, func(x, y value) int {
		if x.head != y.head {
			return cmp.Compare(x.head, y.head)
		}
		return cmp.Or(bytes.Compare(b.term(&x), b.term(&y)), cmp.Compare(x.article, y.article))
	})
	w, p, col := &b.dictionary, &b.postings, &b.column
	w.reset()
	p.words = false
	col.reset(len(b.ids))
	s := o.begin()
	for values := k.values; len(values) > 0; {
		term := b.term(&values[0])
		p.reset()
		n := 0
		for ; n < len(values) && bytes.Equal(b.term(&values[n]), term); n++ {
			if n == 0 || values[n].article != values[n-1].article {
				p.add(values[n].article, 0)
			}
		}
		values = values[n:]
		col.term(term, p.docs)
		postings := p.bytes()
		o.write(postings)
		w.add(term, len(p.docs), len(postings))
	}
	f.Postings = o.end(s)
	w.write(o, &f)
	col.write(o, &f)
	return f
}

// columnWriter makes the column of a field from its terms as they come.
type columnWriter struct {
	pairs []pair
	count []uint32 // of each article, one further on
	last  []uint32 // 1 + the key that the article got last
	key   []byte
	keys  uint32
}

type pair struct{ article, key uint32 }

// reset makes it one of no terms, in the room that it has.
func (w *columnWriter) reset(articles int) {
	w.pairs, w.key, w.keys = w.pairs[:0], w.key[:0], 0
	w.count = slices.Grow(w.count[:0], articles+1)[:articles+1]
	w.last = slices.Grow(w.last[:0], articles)[:articles]
	clear(w.count)
	clear(w.last)
}

// term adds a term with the articles that have it. All spellings of a key follow one another, so an article that has two of
// them gets the key once.
func (w *columnWriter) term(term []byte, articles []uint32) {
	key, _ := CutValue(term)
	if w.keys == 0 || !bytes.Equal(key, w.key) {
		w.key = append(w.key[:0], key...)
		w.keys++
	}
	for _, a := range articles {
		if w.last[a] != w.keys {
			w.last[a] = w.keys
			w.pairs = append(w.pairs, pair{a, w.keys - 1})
			w.count[a+1]++
		}
	}
}

func (w *columnWriter) write(o *out, f *fieldContents) {
	f.Keys, f.Wide = int(w.keys), w.keys >= 1<<16-1
	column := make([]uint32, len(w.last))
	if slices.Max(w.count) > 1 {
		for i := range w.last {
			w.count[i+1] += w.count[i]
		}
		f.Offsets = section(o, w.count)
		column = make([]uint32, len(w.pairs))
		next := w.count
		for _, p := range w.pairs {
			column[next[p.article]] = p.key
			next[p.article]++
		}
	} else {
		for i := range column {
			column[i] = w.keys
		}
		for _, p := range w.pairs {
			column[p.article] = p.key
		}
	}
	f.Column = narrow(o, column, f.Wide)
}

// narrow writes numbers in 4 bytes or in 2.
func narrow(o *out, list []uint32, wide bool) span {
	if wide {
		return section(o, list)
	}
	short := make([]uint16, len(list))
	for i, n := range list {
		short[i] = uint16(n)
	}
	return section(o, short)
}

// writeNumbers writes a field of numbers: the least, and how much larger each is, in as few bytes as that takes.
func writeNumbers(o *out, name string, numbers []int64) fieldContents {
	f := fieldContents{Name: name, Kind: Number}
	if len(numbers) == 0 {
		return f
	}
	f.Least = slices.Min(numbers)
	switch above := uint64(slices.Max(numbers)) - uint64(f.Least); {
	case above < 1<<8:
		f.Width, f.Numbers = 1, less[byte](o, numbers, f.Least)
	case above < 1<<16:
		f.Width, f.Numbers = 2, less[uint16](o, numbers, f.Least)
	case above < 1<<32:
		f.Width, f.Numbers = 4, less[uint32](o, numbers, f.Least)
	default:
		f.Width, f.Numbers = 8, less[uint64](o, numbers, f.Least)
	}
	return f
}

func less[T byte | uint16 | uint32 | uint64](o *out, numbers []int64, least int64) span {
	list := make([]T, len(numbers))
	for i, n := range numbers {
		list[i] = T(n - least)
	}
	return section(o, list)
}
