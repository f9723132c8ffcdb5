package aliases

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
)

// forms are the other forms of the names of a book: the aliases that articles have, and the forms that are one word of texts.
type forms struct {
	web     *web                // of the words
	aliases []hashed            // by hash of their keys
	words   []form              // by word, then by name; each pair once
	byName  []form              // the same by name, then by word
	alike   map[uint32][]uint32 // words that are one by rule
}

// hashed is an alias of a name. Keys are told apart by 64 bits: of a million, two are alike once in many million archives.
type hashed struct {
	hash uint64
	name uint32
}

// form is a word of the graph that a name, an alias of it, or the surname of a person is.
type form struct {
	word, name uint32
	articles   uint32
	kind       formKind
}

// formKind is how a word is a form of a name.
type formKind uint8

const (
	wholeName formKind = iota
	surnameOf          // of a name of several words
	aliasOf
)

func (b *Book) makeForms() *forms {
	f := &forms{alike: map[uint32][]uint32{}}
	b.graph.mu.Lock()
	defer b.graph.mu.Unlock()
	var terms []string
	add := func(term string, i, articles int, kind formKind) {
		terms = append(terms, term)
		f.words = append(f.words, form{0, uint32(i), uint32(articles), kind})
	}
	for i := range b.lex.Len() {
		n := b.lex.Articles(i)
		if n == 0 {
			continue
		}
		term, ok := oneWord(b.lex.Key(i))
		if ok {
			add(term, i, n, wholeName)
		}
		for _, surname := range b.surnames(uint32(i)) {
			if surname != term {
				add(surname, i, n, surnameOf)
			}
		}
	}
	for a := range b.lex.Aliases() {
		f.aliases = append(f.aliases, hashed{hash64(a.Key), uint32(a.Name)})
		if term, ok := oneWord(a.Key); ok {
			add(term, a.Name, a.Articles, aliasOf)
		}
	}
	slices.SortFunc(f.aliases, func(a, b hashed) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.name, b.name)) })
	numbers := b.graph.addWords(terms)
	f.web = b.graph.words
	for k, word := range numbers {
		f.words[k].word = word
	}
	f.sort()
	f.relate()
	return f
}

// oneWord returns the term that a key is, if it is one.
func oneWord(key string) (term string, ok bool) {
	if strings.IndexByte(key, ' ') >= 0 {
		return "", false
	}
	if key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz") == "" { // most are, and for these it is all there is to do
		return key, true
	}
	tokens := analysis.Tokens(nil, key)
	if len(tokens) != 1 {
		return "", false
	}
	return tokens[0].Term, true
}

// surnames returns the surnames of a name, as its spellings have them.
func (b *Book) surnames(i uint32) (list []string) {
	if b.typ != index.Person {
		return nil
	}
	for _, s := range b.spellings(i) {
		if surname := b.web.surname(s); surname != "" && !slices.Contains(list, surname) {
			list = append(list, surname)
		}
	}
	return list
}

// sort orders the words, each pair of word and name once: as the name's own, which has all articles, before an alias; of several
// aliases that are one word (HPA, H.P.A.) as the one with most articles.
func (f *forms) sort() {
	slices.SortFunc(f.words, func(a, b form) int {
		return cmp.Or(cmp.Compare(a.word, b.word), cmp.Compare(a.name, b.name), cmp.Compare(a.kind, b.kind), cmp.Compare(b.articles, a.articles))
	})
	f.words = slices.Clip(slices.CompactFunc(f.words, func(a, b form) bool { return a.word == b.word && a.name == b.name }))
	f.byName = slices.Clone(f.words)
	slices.SortFunc(f.byName, func(a, b form) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.word, b.word)) })
}

// relate notes which of the words are one by rule.
func (f *forms) relate() {
	w := f.web
	for _, e := range w.edges {
		if w.verdicts[e.v].class == merges && len(f.of(e.a)) > 0 && len(f.of(e.b)) > 0 {
			f.alike[e.a] = append(f.alike[e.a], e.b)
			f.alike[e.b] = append(f.alike[e.b], e.a)
		}
	}
}

// of returns the forms that are a word.
func (f *forms) of(word uint32) []form {
	begin := sort.Search(len(f.words), func(k int) bool { return f.words[k].word >= word })
	end := begin
	for end < len(f.words) && f.words[end].word == word {
		end++
	}
	return f.words[begin:end]
}

// wordsOf returns the forms of a name.
func (f *forms) wordsOf(name uint32) []form {
	begin := sort.Search(len(f.byName), func(k int) bool { return f.byName[k].name >= name })
	end := begin
	for end < len(f.byName) && f.byName[end].name == name {
		end++
	}
	return f.byName[begin:end]
}

// named returns the names that have an alias.
func (f *forms) named(key string) (names []uint32) {
	h := hash64(key)
	at := sort.Search(len(f.aliases), func(k int) bool { return f.aliases[k].hash >= h })
	for ; at < len(f.aliases) && f.aliases[at].hash == h; at++ {
		names = append(names, f.aliases[at].name)
	}
	return names
}

// Query returns what a value in a query stands for: names by number, in order, and the keys of aliases. See index.Entities.
// A value that is no form of any entity is compared with the names, and with the forms that are one word.
func (b *Book) Query(value string) (names []uint32, aliases []string) {
	k := key(value)
	if k == "" {
		return nil, nil
	}
	f := b.forms()
	b.graph.mu.Lock()
	defer b.graph.mu.Unlock()
	var found []uint32
	if of, ok := b.find(k); ok {
		found = append(found, of)
	}
	if having := f.named(k); len(having) > 0 {
		aliases = append(aliases, k)
		found = append(found, having...)
	}
	if b.typ == index.Person {
		if word, ok := f.web.find(k); ok {
			found = appendNames(found, f.of(word))
		}
	}
	if len(found) == 0 {
		found = b.like(f, value)
	}
	return b.allOf(found), aliases
}

func appendNames(names []uint32, list []form) []uint32 {
	for _, w := range list {
		names = append(names, w.name)
	}
	return names
}

// like returns names that have a form that a value may be merged with by rule.
func (b *Book) like(f *forms, value string) (names []uint32) {
	for _, s := range b.web.like(value) {
		if i, ok := b.name(s); ok {
			names = append(names, i)
		}
	}
	for _, w := range f.web.like(value) {
		names = appendNames(names, f.of(w))
	}
	return names
}

// allOf returns the names of the entities of names, in order, each once.
func (b *Book) allOf(names []uint32) (all []uint32) {
	for _, i := range names {
		all = append(all, b.all(b.of[i])...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
