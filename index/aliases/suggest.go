package aliases

import (
	"cmp"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/names"
)

// suggestion is two entities that may be one, by the names that stand for them; the one with more articles first.
type suggestion struct {
	a, b    uint32
	verdict names.Verdict
}

// Suggestions returns the size best suggestions, but for Together and Shared, and how many there are. Articles are those of an
// entity's names added up, by which suggestions of one score are ordered.
func (b *Book) Suggestions(size int) (list []index.Suggested, total int) {
	all := b.suggestions()
	list = []index.Suggested{}
	for _, s := range all[:min(max(size, 0), len(all))] {
		list = append(list, b.suggested(s))
	}
	return list, len(all)
}

func (b *Book) suggested(s suggestion) index.Suggested {
	return index.Suggested{Type: b.typ, Name: b.Label(s.a), Other: b.Label(s.b), Articles: [2]int{b.articles(s.a), b.articles(s.b)},
		Score: s.verdict.Score, Reason: s.verdict.Reason, Shared: []string{}}
}

// articles adds up the articles of an entity's names.
func (b *Book) articles(of uint32) (n int) {
	for _, i := range b.all(of) {
		n += b.lex.Articles(int(i))
	}
	return n
}

// makeSuggestions finds all suggestions: pairs of entities with names that are alike, that were not decided apart, and neither
// of which is hidden. What would be one by rule, had not the user taken it out, is none.
func (b *Book) makeSuggestions() []suggestion {
	f := b.forms()
	b.graph.mu.Lock()
	defer b.graph.mu.Unlock()
	found := map[[2]uint32]verdict{}
	for _, e := range b.web.edges {
		x, ok1 := b.name(e.a)
		y, ok2 := b.name(e.b)
		v := b.web.verdicts[e.v]
		if !ok1 || !ok2 || v.class == merges && b.standsAlone(x, y) {
			continue
		}
		if v.class == ifDefined {
			v.Score *= demoted
		}
		b.suggest(found, x, y, v)
	}
	if b.typ == index.Person {
		b.suggestSurnames(f, found)
	}
	b.web.forget()
	for pair := range b.ruling.apart {
		x, ok1 := b.find(pair[0])
		y, ok2 := b.find(pair[1])
		if ok1 && ok2 {
			delete(found, [2]uint32{min(x, y), max(x, y)})
		}
	}
	return b.ordered(found)
}

func (b *Book) standsAlone(x, y uint32) bool {
	return len(b.ruling.alone) > 0 && (b.ruling.alone[b.lex.Key(int(x))] || b.ruling.alone[b.lex.Key(int(y))])
}

// suggest notes that two names are alike.
func (b *Book) suggest(found map[[2]uint32]verdict, x, y uint32, v verdict) {
	x, y = b.of[x], b.of[y]
	if x == y || b.hidden[x] || b.hidden[y] {
		return
	}
	pair := [2]uint32{min(x, y), max(x, y)}
	v.class = suggests
	if old, known := found[pair]; !known || better(v, old) < 0 {
		found[pair] = v
	}
}

// suggestSurnames suggests for each surname alone the entity that at least four in five articles mean that have a full name with
// it.
func (b *Book) suggestSurnames(f *forms, found map[[2]uint32]verdict) {
	for begin := 0; begin < len(f.words); {
		list := f.of(f.words[begin].word)
		begin += len(list)
		full, all := map[uint32]int{}, 0
		for _, w := range list {
			if w.kind == surnameOf {
				full[b.of[w.name]] += int(w.articles)
				all += int(w.articles)
			}
		}
		for of, n := range full {
			if 5*n >= 4*all {
				b.suggestSurname(f, found, list, of)
			}
		}
	}
}

// suggestSurname suggests an entity with full names among the forms of a surname for those that are nothing but it.
func (b *Book) suggestSurname(f *forms, found map[[2]uint32]verdict, list []form, of uint32) {
	for _, w := range list {
		if w.kind == surnameOf || !b.loneEntity(f, w.name, w.word) {
			continue
		}
		for _, x := range list {
			if x.kind != surnameOf || b.of[x.name] != of {
				continue
			}
			if v := b.asked(w.name, x.name); v.Score >= names.Suggest {
				b.suggest(found, w.name, x.name, v)
			}
		}
	}
}

// loneEntity reports whether a name is the word by itself and not by an alias, and its entity has only such names.
func (b *Book) loneEntity(f *forms, name, word uint32) bool {
	for _, i := range b.all(b.of[name]) {
		if term, ok := oneWord(b.lex.Key(int(i))); !ok || i == name && term != f.web.spelling(word) {
			return false
		}
	}
	return true
}

func (b *Book) ordered(found map[[2]uint32]verdict) []suggestion {
	list := make([]suggestion, 0, len(found))
	articles := map[uint32]int{}
	for pair, v := range found {
		for _, of := range pair {
			if articles[of] == 0 {
				articles[of] = b.articles(of)
			}
		}
		list = append(list, suggestion{pair[0], pair[1], v.Verdict})
	}
	before := func(x, y uint32) int {
		return cmp.Or(cmp.Compare(articles[y], articles[x]), strings.Compare(b.Label(x), b.Label(y)), b.compare(x, y))
	}
	for i, s := range list {
		if before(s.b, s.a) < 0 {
			list[i].a, list[i].b = s.b, s.a
		}
	}
	slices.SortFunc(list, func(s, t suggestion) int {
		return cmp.Or(cmp.Compare(t.verdict.Score, s.verdict.Score), cmp.Compare(articles[t.a]+articles[t.b], articles[s.a]+articles[s.b]),
			before(s.a, t.a), before(s.b, t.b))
	})
	return list
}
