package ingest

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/entity"
	"dateline/index/names"
)

// Names says which entities an article gets.
type Names int

// What is found is merged with what the record gives, which leads. Given are those of the record alone, without mentions.
const (
	NamesFound Names = iota
	NamesGiven
)

// Of what is found in one article. A long report names a hundred people; what names more is a list, a book or no text at all,
// and the names that stand in it least often are left out, so that an article is never rejected for what is found in it
// (index.MaxValues, index.MaxValueBytes) and takes time and memory by its length alone.
const (
	maxNames     = 300            // different forms of one type; as many as names.Cluster compares
	maxNameBytes = names.MaxBytes // of a form; longer ones are none
	maxContext   = 256 << 10      // bytes of text that are looked at for what acronyms stand for, and around a name for its type
)

// name gives an article its entities.
func name(a *index.Article, o *Options) {
	for i := range a.Entities {
		a.Entities[i].Mentions = nil // of a text that may have been another
	}
	if o.Names == NamesFound {
		r := readNames(a)
		a.Entities = r.entities(a.Entities)
		r.forget()
	}
}

// finder finds names in the texts of an article.
type finder interface {
	FindAll(texts ...string) [][]entity.Mention
}

// finderFor returns the finder for a language, or nil.
func finderFor(language string) finder {
	if entity.IsCyrillic(language) {
		return entity.Cyrillic{}
	}
	if f := entity.For(language); f != nil {
		return f
	}
	return nil
}

// reading is the names in the text of an article.
type reading struct {
	texts    [3]string        // title, lead and body
	text     string           // the three, each a paragraph of its own
	fields   [3]field         // where these lie in it
	mentions []entity.Mention // in their order, with offsets in text
	points   []int            // where each mention begins in its field, in characters

	inflected bool // its names stand in cases of grammar; see entity.Cyrillic

	spare []entity.Mention // for other mentions
	// What differing has allocated.
	at     map[spelling]int
	list   []names.Form
	which  []int // the form of each mention
	starts []int
}

// readings are those that have nothing to do, for what they have allocated.
var readings = sync.Pool{New: func() any { return &reading{at: map[spelling]int{}} }}

// keptNames is how many mentions an article may have for what its reading has allocated to be kept.
const keptNames = 4096

// forget makes a reading free for another article.
func (r *reading) forget() {
	if cap(r.mentions) > keptNames {
		return
	}
	clear(r.at)
	clear(r.list)
	r.text, r.texts = "", [3]string{}
	readings.Put(r)
}

type field struct {
	name       string
	start, end int
}

const paragraph = "\n\n"

// readNames finds the names in an article.
func readNames(a *index.Article) *reading {
	r := readings.Get().(*reading)
	r.text, r.texts = a.Title+paragraph+a.Lead+paragraph+a.Body, [3]string{a.Title, a.Lead, a.Body}
	r.mentions, r.points = r.mentions[:0], r.points[:0]
	lead := len(a.Title) + len(paragraph)
	body := lead + len(a.Lead) + len(paragraph)
	r.fields = [3]field{{"title", 0, len(a.Title)}, {"lead", lead, lead + len(a.Lead)}, {"body", body, len(r.text)}}
	language := a.Language
	if language == "" && mostlyCyrillic(a.Title+a.Lead+prefix(a.Body, languageMost)) {
		language = cyrillicLanguage // a brief: too short to tell which
	}
	r.inflected = entity.IsCyrillic(language)
	if f := finderFor(language); f != nil {
		for i, found := range f.FindAll(a.Title, a.Lead, a.Body) {
			r.add(found, r.fields[i].start)
		}
	}
	r.readDateline(a.Body)
	r.dropCredit()
	r.repair()
	r.addSurnames()
	r.count()
	return r
}

// add appends the mentions of a field that begins at an offset.
func (r *reading) add(found []entity.Mention, at int) {
	for _, m := range found {
		if m.Demonym || m.End-m.Start > maxNameBytes {
			continue // "Dutch" names no place, as names.Cluster sees it too
		}
		m.Start += at
		m.End += at
		r.mentions = append(r.mentions, m)
	}
}

// count makes the points in one pass over the text.
func (r *reading) count() {
	r.points = slices.Grow(r.points, len(r.mentions))[:len(r.mentions)]
	at, n, f := 0, 0, 0
	for i, m := range r.mentions {
		for m.Start > r.fields[f].end {
			f++
			at, n = r.fields[f].start, 0
		}
		n += runes(r.text[at:m.Start])
		at = m.Start
		r.points[i] = n
	}
}

// runes is utf8.RuneCountInString of a valid text: all bytes but those that continue a character, by eight at a time.
func runes(text string) int {
	n, i := len(text), 0
	for ; i+8 <= len(text); i += 8 {
		w := binary.LittleEndian.Uint64([]byte(text[i : i+8]))
		n -= bits.OnesCount64(w >> 7 & ^(w >> 6) & everyByte)
	}
	for ; i < len(text); i++ {
		if !utf8.RuneStart(text[i]) {
			n--
		}
	}
	return n
}

// mention returns a mention as articles have it.
func (r *reading) mention(i int) index.Mention {
	m := r.mentions[i]
	f := 0
	for m.Start > r.fields[f].end {
		f++
	}
	text := r.texts[f][m.Start-r.fields[f].start : m.End-r.fields[f].start]
	return index.Mention{Field: r.fields[f].name, Start: r.points[i], End: r.points[i] + utf8.RuneCountInString(text), Text: text}
}

// forms returns the different names of the text, at most maxNames of a type.
func (r *reading) forms() []names.Form {
	list := r.differing()
	if list = commonest(list); r.inflected {
		list = nominatives(list)
	}
	return list
}

// differing returns the different names of the text, with where they begin.
func (r *reading) differing() []names.Form {
	at, list, which := r.at, r.list[:0], slices.Grow(r.which[:0], len(r.mentions))[:len(r.mentions)]
	for k, m := range r.mentions {
		s := spelling{m.Type, r.text[m.Start:m.End]}
		i, ok := at[s]
		if !ok {
			i = len(list)
			at[s] = i
			list = append(list, names.Form{Type: s.typ, Text: s.name})
		}
		list[i].Count++
		which[k] = i
	}
	room := slices.Grow(r.starts[:0], len(r.mentions))[:len(r.mentions)]
	r.list, r.which, r.starts = list, which, room
	for i := range list {
		n := list[i].Count
		list[i].Positions, room = room[:0:n], room[n:]
	}
	for k, m := range r.mentions {
		f := &list[which[k]]
		f.Positions = append(f.Positions, m.Start)
	}
	return list
}

// commonest returns the forms that are named most often, maxNames of each type, the first of equals.
func commonest(list []names.Form) []names.Form {
	if len(list) <= maxNames {
		return list
	}
	slices.SortStableFunc(list, func(a, b names.Form) int { return cmp.Compare(b.Count, a.Count) })
	left := map[string]int{}
	return slices.DeleteFunc(list, func(f names.Form) bool {
		left[f.Type]++
		return left[f.Type] > maxNames
	})
}

// named is an entity that the text names.
type named struct {
	typ, name string
	aliases   []string
	at        []int // its mentions, ascending
}

// found returns the entities of the text, by count and then by name; no two are of one type and name.
func (r *reading) found() []named {
	forms := r.forms()
	if len(forms) == 0 {
		return nil
	}
	entities := names.Cluster(r.text[:min(len(r.text), maxContext)], forms)
	have := make(map[spelling]int, len(entities))
	list := make([]named, 0, len(entities))
	for _, e := range entities {
		n := r.named(e)
		s := spelling{n.typ, n.name}
		if i, ok := have[s]; ok {
			list[i].add(n)
			continue
		}
		have[s] = len(list)
		list = append(list, n)
	}
	slices.SortStableFunc(list, func(a, b named) int {
		if len(a.at) != len(b.at) {
			return cmp.Compare(len(b.at), len(a.at))
		}
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.typ, b.typ))
	})
	return list
}

// mentionAt returns the first mention from one on that begins at a place in the text or behind it.
func (r *reading) mentionAt(at, from int) int {
	return from + sort.Search(len(r.mentions)-from, func(k int) bool { return r.mentions[from+k].Start >= at })
}

// named gives a name that is all in capitals, as in datelines and old wires, its usual letters. Aliases that differ from the
// name by nothing that a search looks at are left out.
func (r *reading) named(e names.Entity) named {
	n := named{typ: e.Type, name: usual(e.Type, e.Name), at: make([]int, len(e.Positions))}
	from := 0
	for i, at := range e.Positions {
		from = r.mentionAt(at, from)
		n.at[i] = from
	}
	if r.inflected {
		n.addAliases(r.written(n.at))
	} else {
		n.addAliases(e.Aliases)
	}
	return n
}

// add makes one entity of two.
func (n *named) add(other named) {
	n.at = append(n.at, other.at...)
	slices.Sort(n.at)
	n.addAliases(other.aliases)
}

func (n *named) addAliases(list []string) {
	if len(list) == 0 {
		return
	}
	folded := analysis.Fold(n.name)
	for _, alias := range list {
		if !slices.Contains(n.aliases, alias) && analysis.Fold(alias) != folded {
			n.aliases = append(n.aliases, alias)
		}
	}
}

// entities returns the entities of the article, those that its record gives first.
func (r *reading) entities(given []index.Entity) []index.Entity {
	m := newMerging(given, r.found())
	m.run()
	list := m.entities()
	all := 0
	for _, n := range m.at {
		all += len(n)
	}
	room := make([]index.Mention, all)
	for i := range list {
		n := m.at[i]
		if len(n) == 0 {
			continue // only the record names it
		}
		list[i].Count = len(n)
		list[i].Mentions, room = room[:len(n):len(n)], room[len(n):]
		for k, at := range n {
			list[i].Mentions[k] = r.mention(at)
		}
	}
	return list
}
