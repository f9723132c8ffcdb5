package embedded

import (
	"iter"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"golang.org/x/sync/errgroup"

	"dateline/index"
	"dateline/index/aliases"
	"dateline/index/analysis"
)

// naming is how a request takes names: with the books of a state of the index, or, where it is nil, each as it is written.
type naming struct{ view *view }

// naming returns how a request takes names.
func (v *view) naming(variants index.Variants) *naming {
	if variants == index.VariantsOff {
		return nil
	}
	return &naming{v}
}

// isNames reports whether a field holds names of entities.
func isNames(field string) bool { return slices.Contains(index.EntityTypes, field) }

// aliasField is the exact field of what articles call their entities of a type besides their names. A key is that of the
// alias, aliasEnd, and that of the name.
func aliasField(typ string) string { return "alias." + typ }

// aliasEnd is in no key.
const aliasEnd = "\x1f"

// book is the entities of one type in a state of the index.
type book struct {
	*aliases.Book
	of      []uint32 // Book.Of
	moved   []uint32 // the names that do not stand for themselves
	clashes []lazy[[]clash]
}

// clash is an article that has several names of an entity: all but one are not counted.
type clash struct{ doc, of uint32 }

// book returns the book of a field, nil where its values stand for themselves.
func (n *naming) book(field string) *book {
	if n == nil || !isNames(field) {
		return nil
	}
	return n.view.book(field)
}

func (v *view) book(typ string) *book {
	return v.facts.books[slices.Index(index.EntityTypes, typ)].get(func() *book {
		lex := v.lexicon(typ)
		b := &book{Book: aliases.New(typ, lex, v.names.graph(typ), v.decided), clashes: make([]lazy[[]clash], len(v.segments))}
		b.of = b.Of()
		for n, of := range b.of {
			if of != uint32(n) {
				b.moved = append(b.moved, uint32(n))
			}
		}
		return b
	})
}

// makeBooks makes the books of all types, on all cores. What fails panics, as it does elsewhere while segments are read.
func (v *view) makeBooks() {
	var group errgroup.Group
	for _, typ := range index.EntityTypes {
		group.Go(func() error {
			return guard(func() error {
				v.book(typ)
				return nil
			})
		})
	}
	if err := group.Wait(); err != nil {
		panic(err)
	}
}

// spellings returns the variants of words.
func (v *view) spellings() *aliases.Words {
	return v.facts.spelt.get(func() *aliases.Words {
		v.makeBooks()
		var books []*aliases.Book
		for _, typ := range index.EntityTypes {
			books = append(books, v.book(typ).Book)
		}
		return aliases.NewWords(books...)
	})
}

// variants returns the other spellings of a term.
func (n *naming) variants(term string) []string {
	if n == nil {
		return nil
	}
	return n.view.facts.variants.get(term, func() []string {
		words := n.view.spellings()
		if !words.Named(term) && n.view.written(term) {
			return nil
		}
		return words.Variants(term, n.view.having)
	})
}

// written reports whether any article has exactly a term in a default field of prose.
func (v *view) written(term string) bool {
	for _, s := range v.segments {
		for field := range textFieldCount {
			if !defaultFields.has(field) {
				continue
			}
			p, ok := s.seg.Text(proseField(index.TextFields[field].Name)).Find(term)
			if ok && (s.deleted == nil || !s.alive(p.Docs()).IsEmpty()) {
				return true
			}
		}
	}
	return false
}

// having returns how many articles have exactly a term in a default field of prose.
func (v *view) having(term string) (n int) {
	for _, s := range v.segments {
		var sets []*roaring.Bitmap
		for field := range textFieldCount {
			if !defaultFields.has(field) {
				continue
			}
			if p, ok := s.seg.Text(proseField(index.TextFields[field].Name)).Find(term); ok {
				sets = append(sets, p.Docs())
			}
		}
		if len(sets) == 2 && s.deleted == nil { // most words are in titles and texts
			n += int(sets[0].GetCardinality() + sets[1].GetCardinality() - sets[0].AndCardinality(sets[1]))
			continue
		}
		n += int(s.alive(anyOf(sets)).GetCardinality())
	}
	return n
}

// fold counts the names of an entity as the one that stands for it.
func (b *book) fold(counts []uint32) {
	for _, n := range b.moved {
		if int(n) < len(counts) {
			counts[b.of[n]] += counts[n]
			counts[n] = 0
		}
	}
}

// uncount takes off what fold has counted more than once for an article of the sets.
func (b *book) uncount(v *view, field string, sets []*roaring.Bitmap, counts []uint32) {
	if len(b.moved) == 0 {
		return
	}
	for i, set := range sets {
		for _, c := range b.clashesOf(v.segments[i], i, field) {
			if set.Contains(c.doc) {
				counts[c.of]--
			}
		}
	}
}

// stands returns the number of the name that stands for the entity of one.
func (b *book) stands(n uint32) uint32 {
	if int(n) < len(b.of) {
		return b.of[n]
	}
	return n
}

// clashesOf returns the articles of a segment that have several names of an entity, one clash for each name but one.
func (b *book) clashesOf(s *segmentView, i int, field string) []clash {
	return b.clashes[i].get(func() []clash {
		col := s.column(field)
		shared := b.sharedKeys(col)
		if shared == nil {
			return nil
		}
		var list []clash
		var keys, seen []uint32
		for doc := range uint32(s.count) {
			if keys = col.Of(keys[:0], doc); len(keys) < 2 {
				continue
			}
			seen = seen[:0]
			for _, key := range keys {
				if !shared[key] {
					continue
				}
				of := b.stands(col.numbers[key])
				if slices.Contains(seen, of) {
					list = append(list, clash{doc, of})
				}
				seen = append(seen, of)
			}
		}
		return list
	})
}

// sharedKeys says which keys of a column are of entities that have several, nil when none are.
func (b *book) sharedKeys(col *valueColumn) []bool {
	first := map[uint32]int{} // by what stands for the entity, of those with several names
	var shared []bool
	for key, n := range col.numbers {
		of := b.stands(n)
		if of == n && b.Members(of) == nil {
			continue
		}
		other, known := first[of]
		if !known {
			first[of] = key
			continue
		}
		if shared == nil {
			shared = make([]bool, len(col.numbers))
		}
		shared[key], shared[other] = true, true
	}
	return shared
}

// meaning is what a value of a field of names stands for: articles with one of the names, or one of the aliases. Both are
// keys.
type meaning struct{ names, aliases []string }

// meant is a value in a query, or in a filter.
type meant struct {
	typ, text string
	query     bool
}

// meaning returns what a value stands for. Each segment asks.
func (n *naming) meaning(m meant) meaning {
	return n.view.facts.meanings.get(m, func() (made meaning) {
		b := n.view.book(m.typ)
		numbers, exact := b.Filter(m.text)
		if m.query || !exact {
			numbers, made.aliases = b.Query(m.text)
		}
		t := n.view.table(m.typ)
		for _, number := range numbers {
			e, _ := t.entry(number)
			made.names = append(made.names, e.key)
		}
		return made
	})
}

// value returns the live articles of a segment that have a value, in a query or in a filter. The set may be shared: it must not
// be changed.
func (n *naming) value(s *segmentView, field, text string, query bool) *roaring.Bitmap {
	switch {
	case n == nil || field != "entity" && !isNames(field):
		return s.value(field, analysis.Fold(text))
	case field == "entity":
		sets := make([]*roaring.Bitmap, len(index.EntityTypes))
		for i, typ := range index.EntityTypes {
			sets[i] = n.value(s, typ, text, query)
		}
		return roaring.FastOr(sets...)
	}
	return s.meant(field, n.meaning(meant{field, text, query}))
}

// meant returns the live articles that a meaning stands for. The set may be shared: it must not be changed.
func (s *segmentView) meant(typ string, m meaning) *roaring.Bitmap {
	sets := make([]*roaring.Bitmap, 0, len(m.names)+len(m.aliases))
	for _, key := range m.names {
		sets = append(sets, s.value(typ, key))
	}
	for _, key := range m.aliases {
		sets = append(sets, s.prefixed(aliasField(typ), key+aliasEnd))
	}
	return anyOf(sets)
}

// lexicon is the names of a type that a state of the index has, by their numbers.
type lexicon struct {
	view     *view
	typ      string
	table    *table
	articles []uint32
}

func (v *view) lexicon(typ string) *lexicon {
	t, articles := v.tallyAll(typ)
	return &lexicon{v, typ, t, articles}
}

// tallyAll counts the live articles of each value of a field.
func (v *view) tallyAll(field string) (*table, []uint32) {
	t := v.numbered(field)
	counts := make([]uint32, t.size())
	for _, s := range v.segments {
		s.tally(field, s.live, counts)
	}
	return t, counts
}

func (l *lexicon) Len() int           { return len(l.articles) }
func (l *lexicon) Articles(i int) int { return int(l.articles[i]) }
func (l *lexicon) Label(i int) string { return l.view.label(l.table, l.typ, uint32(i)) }

func (l *lexicon) Key(i int) string {
	e, _ := l.table.entry(uint32(i))
	return e.key
}

// Spellings leaves out those of deleted articles alone.
func (l *lexicon) Spellings(i int) []string {
	e, others := l.table.entry(uint32(i))
	if len(others) == 0 {
		return []string{e.first}
	}
	var live []string
	for _, form := range l.view.forms(l.typ, e, others) {
		if form.articles > 0 {
			live = append(live, form.written)
		}
	}
	return live
}

func (l *lexicon) Find(key string) (int, bool) {
	n, ok := l.table.find(key)
	return int(n), ok && int(n) < len(l.articles)
}

func (l *lexicon) Aliases() iter.Seq[aliases.Alias] {
	return func(yield func(aliases.Alias) bool) {
		field := aliasField(l.typ)
		t, counts := l.view.tallyAll(field)
		for n, articles := range counts {
			if articles == 0 {
				continue
			}
			e, _ := t.entry(uint32(n))
			key, name, _ := strings.Cut(e.key, aliasEnd)
			of, ok := l.Find(name)
			if !ok {
				continue
			}
			a := aliases.Alias{Name: of, Key: key, Written: l.view.label(t, field, uint32(n)), Articles: int(articles)}
			if !yield(a) {
				return
			}
		}
	}
}
