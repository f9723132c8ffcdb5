package aliases

import (
	"slices"
	"strings"
)

// Words are the variants of words of queries, over the books of all types.
//
// A word has variants when it is mostly a name, and they are:
//
//   - words that are a form of the same entity: a name of one word, an alias of one word, or the surname of a person. At least
//     half of the articles of the names with the variant must be of entities with the word, and the other way round. Two that
//     stand in one name, as Hillary and Clinton, are parts of it and not spellings.
//   - words of that kind that may be merged with it by rule, whatever the entity.
//
// A word is mostly a name when the articles of the names and aliases that it is a form of are at least half of those whose
// text has the word; so must the variant be. A word that nothing has, neither a name nor a text, has the variants that it
// may be merged with by rule.
type Words struct{ books []*Book }

// NewWords makes the words of an index's books.
func NewWords(books ...*Book) *Words { return &Words{books} }

// Prepare makes what Query, and Words of the book, need, so that the first who asks need not wait for it.
func (b *Book) Prepare() { b.forms() }

// Variants returns the other spellings of a term (analysis.Term), as terms in byte order. articles returns in how many live
// articles a term, exactly as it is, stands in the default text fields.
func (w *Words) Variants(term string, articles func(term string) int) []string {
	var list []string
	switch named := w.named(term); {
	case named > 0 && mostly(named, articles(term)):
		for _, b := range w.books {
			list = append(list, b.variants(term)...)
		}
	case named == 0 && articles(term) == 0:
		for _, b := range w.books {
			list = append(list, b.likeWord(term)...)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return slices.DeleteFunc(list, func(v string) bool { return v == term || !mostly(w.named(v), articles(v)) })
}

// Named reports whether a term is a form of a name. One that is not, and that any text has, has no variants.
func (w *Words) Named(term string) bool { return w.named(term) > 0 }

// mostly reports whether a word of so many articles, so many of which name somebody by it, is mostly a name.
func mostly(named, articles int) bool { return 2*named >= articles }

// named adds up the articles of names and aliases that a term is a form of.
func (w *Words) named(term string) (n int) {
	for _, b := range w.books {
		for _, f := range b.word(term) {
			n += int(f.articles)
		}
	}
	return n
}

// word returns the forms that a term is.
func (b *Book) word(term string) []form {
	f := b.forms()
	b.graph.mu.Lock()
	defer b.graph.mu.Unlock()
	word, ok := f.web.find(term)
	if !ok {
		return nil
	}
	return f.of(word)
}

// variants returns the words that are forms of the entities that a term is a form of, and those that are one with it by rule.
func (b *Book) variants(term string) (list []string) {
	f := b.forms()
	b.graph.mu.Lock()
	defer b.graph.mu.Unlock()
	word, ok := f.web.find(term)
	if !ok {
		return nil
	}
	having := b.entitiesOf(f.of(word))
	seen := map[uint32]bool{word: true}
	for of := range having {
		for _, i := range b.all(of) {
			for _, w := range f.wordsOf(i) {
				if seen[w.word] {
					continue
				}
				seen[w.word] = true
				variant := f.web.spelling(w.word)
				if !b.inOneName(having, term, variant) && b.mostlyOf(f.of(w.word), having) && b.mostlyOf(f.of(word), b.entitiesOf(f.of(w.word))) {
					list = append(list, variant)
				}
			}
		}
	}
	for _, v := range f.alike[word] {
		list = append(list, f.web.spelling(v))
	}
	return list
}

// inOneName reports whether a name of one of the entities has both words.
func (b *Book) inOneName(entities map[uint32]bool, term, other string) bool {
	has := func(i uint32) bool {
		words := strings.Fields(b.lex.Key(int(i)))
		return slices.Contains(words, term) && slices.Contains(words, other)
	}
	for of := range entities {
		if slices.ContainsFunc(b.all(of), has) {
			return true
		}
	}
	return false
}

// entitiesOf returns the entities of names with a form.
func (b *Book) entitiesOf(list []form) map[uint32]bool {
	having := map[uint32]bool{}
	for _, f := range list {
		having[b.of[f.name]] = true
	}
	return having
}

// mostlyOf reports whether at least half of the articles of names with a form are of entities.
func (b *Book) mostlyOf(list []form, entities map[uint32]bool) bool {
	in, all := 0, 0
	for _, f := range list {
		all += int(f.articles)
		if entities[b.of[f.name]] {
			in += int(f.articles)
		}
	}
	return 2*in >= all
}

// likeWord returns the words that a term which no name has may be merged with by rule.
func (b *Book) likeWord(term string) (list []string) {
	f := b.forms()
	b.graph.mu.Lock()
	defer b.graph.mu.Unlock()
	for _, w := range f.web.like(term) {
		if len(f.of(w)) > 0 {
			list = append(list, f.web.spelling(w))
		}
	}
	return list
}
