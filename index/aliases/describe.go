package aliases

import (
	"cmp"
	"slices"
	"strings"

	"dateline/index"
)

// decided is the reason of names that the user says are one.
const decided = "decided"

// Entity describes the entity of a name or a preferred name, but for Total and the Together and Shared of suggestions. The
// articles of an alias that several of the names have are those of each, added up.
func (b *Book) Entity(name string) (info index.EntityInfo, ok bool) {
	of, ok := b.find(key(name))
	if !ok {
		return info, false
	}
	info = index.EntityInfo{Type: b.typ, Name: b.Label(of), Hidden: b.hidden[of], Names: b.nameForms(of), Aliases: b.aliasForms(of),
		Suggestions: []index.Suggested{}, Apart: b.apartFrom(of)}
	for _, s := range b.suggestions() {
		if s.a == of || s.b == of {
			info.Suggestions = append(info.Suggestions, b.suggested(s))
		}
	}
	return info, true
}

// nameForms returns the names of an entity, each with why it is one of them.
func (b *Book) nameForms(of uint32) (list []index.NameForm) {
	names := slices.SortedFunc(slices.Values(b.all(of)), b.compare)
	for _, i := range names {
		list = append(list, index.NameForm{Name: b.lex.Label(int(i)), Articles: b.lex.Articles(int(i)), Reason: b.reason(i, names)})
	}
	return list
}

// reason says why a name is one with the others of its entity; the first of these needs none.
func (b *Book) reason(i uint32, all []uint32) string {
	if i == all[0] {
		return ""
	}
	if s := b.ruling.sets[b.lex.Key(int(i))]; s != nil && len(s.names) > 1 {
		for _, k := range all {
			if k != i && slices.Contains(s.names, b.lex.Key(int(k))) {
				return decided
			}
		}
	}
	if b.called[i] {
		return calledSo
	}
	b.graph.mu.Lock()
	defer b.graph.mu.Unlock()
	var best verdict
	for _, k := range all {
		if v, ok := b.rule(i, k); ok && (best.Reason == "" || better(v, best) < 0) {
			best = v
		}
	}
	return best.Reason
}

// rule returns the verdict by which a rule joins two names, if there is one. The caller holds the graph's lock.
func (b *Book) rule(x, y uint32) (v verdict, ok bool) {
	x, y = min(x, y), max(x, y)
	at, ok := slices.BinarySearchFunc(b.rules, edge{x, y, 0}, func(e, want edge) int {
		return cmp.Or(cmp.Compare(e.a, want.a), cmp.Compare(e.b, want.b))
	})
	if !ok {
		return v, false
	}
	return b.web.verdicts[b.rules[at].v], true
}

// aliasForms returns the forms besides the names that articles have for an entity.
func (b *Book) aliasForms(of uint32) []index.NameForm {
	type alias struct {
		index.NameForm
		most int // articles of the name that it is written for
	}
	byKey := map[string]alias{}
	for a := range b.lex.Aliases() {
		if i, named := b.live(a.Key); b.of[a.Name] != of || named && b.of[i] == of {
			continue
		}
		f := byKey[a.Key]
		if a.Articles > f.most || a.Articles == f.most && a.Written < f.Name {
			f.Name, f.most = a.Written, a.Articles
		}
		f.Articles += a.Articles
		byKey[a.Key] = f
	}
	list := []index.NameForm{}
	for _, a := range byKey {
		list = append(list, a.NameForm)
	}
	slices.SortFunc(list, func(f, g index.NameForm) int {
		return cmp.Or(cmp.Compare(g.Articles, f.Articles), strings.Compare(f.Name, g.Name))
	})
	return list
}

// apartFrom returns the names that were decided not to be of an entity: as they are shown, or were written.
func (b *Book) apartFrom(of uint32) []string {
	list := []string{}
	for pair := range b.ruling.apart {
		for k, name := range pair {
			if this, ok := b.find(name); ok && this == of {
				list = append(list, b.written(pair[1-k]))
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// written returns how a name is written: as articles do, or as it was decided about.
func (b *Book) written(key string) string {
	if i, ok := b.live(key); ok {
		return b.lex.Label(int(i))
	}
	return b.ruling.text[key]
}
