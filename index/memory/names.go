package memory

import (
	"slices"

	"dateline/index"
	"dateline/index/aliases"
)

// books are the entities of a state of the index.
type books struct {
	list  []*book // by index.EntityTypes
	words *aliases.Words
	terms map[string]int // articles that have a term in a default field of prose
}

// book is the entities of one type.
type book struct {
	*aliases.Book
	lexicon *lexicon
	typ     string
}

func newBooks(all []*entry, graphs map[string]*aliases.Graph, d *aliases.Decided) *books {
	b := &books{terms: map[string]int{}}
	var list []*aliases.Book
	for _, typ := range index.EntityTypes {
		lex := newLexicon(all, typ)
		one := &book{aliases.New(typ, lex, graphs[typ], d), lex, typ}
		b.list, list = append(b.list, one), append(list, one.Book)
	}
	b.words = aliases.NewWords(list...)
	for _, e := range all {
		for term := range e.terms() {
			b.terms[term]++
		}
	}
	return b
}

// terms returns the terms that the article has in the default fields of prose.
func (e *entry) terms() map[string]bool {
	terms := map[string]bool{}
	for _, t := range e.texts {
		if slices.Contains(index.DefaultTextFields, t.field) {
			for _, token := range t.tokens {
				terms[token.term] = true
			}
		}
	}
	return terms
}

// of returns the entities that an article names, each once, as the numbers of the names that stand for them.
func (b *book) of(e *entry) (list []uint32) {
	for _, key := range e.keys(index.Field(b.typ)) {
		i, _ := b.lexicon.Find(key)
		if of := b.Of()[i]; !slices.Contains(list, of) {
			list = append(list, of)
		}
	}
	return list
}

// all returns the names of an entity.
func (b *book) all(of uint32) []uint32 {
	if list := b.Members(of); list != nil {
		return list
	}
	return []uint32{of}
}

// naming is how a search takes names: by the books, or, when it is nil, each as it is written. It is for one search.
type naming struct {
	*books
	meanings map[asked]meaning
}

// asked is a value of a field of names, in a query or in a filter.
type asked struct {
	typ, text string
	query     bool
}

// meaning is the keys of names, and of aliases, one of which an article must have.
type meaning struct{ names, aliases map[string]bool }

func (b *books) naming(v index.Variants) *naming {
	if v == index.VariantsOff {
		return nil
	}
	return &naming{b, map[asked]meaning{}}
}

// book returns the book of a field, nil where its values stand for themselves.
func (n *naming) book(field string) *book {
	if i := slices.Index(index.EntityTypes, field); n != nil && i >= 0 {
		return n.list[i]
	}
	return nil
}

// variants returns the other spellings of a term.
func (n *naming) variants(term string) []string {
	if n == nil {
		return nil
	}
	return n.words.Variants(term, func(term string) int { return n.terms[term] })
}

// meaning returns what a value stands for.
func (n *naming) meaning(a asked) meaning {
	m, known := n.meanings[a]
	if known {
		return m
	}
	b := n.book(a.typ)
	m = meaning{map[string]bool{}, map[string]bool{}}
	names, ok := b.Filter(a.text)
	if a.query || !ok {
		var forms []string
		names, forms = b.Query(a.text)
		for _, key := range forms {
			m.aliases[key] = true
		}
	}
	for _, i := range names {
		m.names[b.lexicon.Key(int(i))] = true
	}
	n.meanings[a] = m
	return m
}

// has reports whether an exact field of an article has a value, in a query or in a filter.
func (n *naming) has(e *entry, field, text string, query bool) bool {
	switch {
	case n == nil:
		return e.has(field, text)
	case field == "entity":
		return slices.ContainsFunc(index.EntityTypes, func(typ string) bool { return n.has(e, typ, text, query) })
	case n.book(field) == nil:
		return e.has(field, text)
	}
	m := n.meaning(asked{field, text, query})
	return slices.ContainsFunc(e.values[field], func(v value) bool { return m.names[v.key] }) ||
		slices.ContainsFunc(e.aliases[field], func(a alias) bool { return m.aliases[a.key] })
}
