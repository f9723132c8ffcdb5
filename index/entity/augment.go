package entity

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many sentences of a thousand are also learnt from in capitals and in Title Case, as headlines are written, with other
// names in them, and for how many a dateline or a line of a table of results is made up.
const (
	inCapitals   = 200
	inTitleCase  = 200
	withOthers   = 100
	withDateline = 60
	withResult   = 60
)

// augment returns the sentences, and after them what is made out of some.
func augment(sentences []Sentence, random *rand.Rand) []Sentence {
	all := slices.Clone(sentences)
	m := maker{random, known()}
	for _, s := range sentences {
		n := random.IntN(1000)
		for _, way := range []struct {
			share int
			make  func(Sentence) Sentence
		}{
			{inCapitals, m.capitals}, {inTitleCase, m.titleCase}, {withOthers, m.others}, {withDateline, m.dateline}, {withResult, m.result},
		} {
			if n -= way.share; n < 0 {
				all = append(all, way.make(s))
				break
			}
		}
	}
	return all
}

// maker makes sentences out of sentences and the lists.
type maker struct {
	random *rand.Rand
	lists  *lists
}

func (m maker) capitals(s Sentence) Sentence  { return m.headline(s, strings.ToUpper) }
func (m maker) titleCase(s Sentence) Sentence { return m.headline(s, titleCase) }

// headline returns the first 4 to 15 words of a sentence as a headline writes them, not cut within a name.
func (m maker) headline(s Sentence, write func(string) string) (h Sentence) {
	n := min(4+m.random.IntN(12), len(s.Words))
	for _, name := range s.Names {
		if name.Start < n {
			n = max(n, name.End)
			h.Names = append(h.Names, name)
		}
	}
	for i, w := range s.Words[:n] {
		if i == n-1 && w == "." && (len(h.Names) == 0 || h.Names[len(h.Names)-1].End < n) {
			break
		}
		h.Words = append(h.Words, write(w))
	}
	return h
}

// titleCase writes a word of a headline with a capital, unless it is a small one.
func titleCase(w string) string {
	if wellKnownWords[hashLower(w)].small {
		return w
	}
	r, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[size:]
}

// of returns a name of a list.
func (m maker) of(list mask) []string {
	names := m.lists.names[list]
	return names[m.random.IntN(len(names))]
}

// person returns a first and a last name, and last a last one; some are invented.
func (m maker) person() []string { return slices.Concat(m.first(), m.last()) }

func (m maker) first() []string {
	if m.random.IntN(4) == 0 {
		return m.invented()
	}
	return m.of(inFirst)
}

func (m maker) last() []string {
	if m.random.IntN(2) == 0 {
		return m.invented()
	}
	return m.of(inLast)
}

// others puts other names into a sentence: for people of one or two words, countries and cities, others of the same kind.
func (m maker) others(s Sentence) (t Sentence) {
	from := 0
	for _, n := range s.Names {
		t.Words = append(t.Words, s.Words[from:n.Start]...)
		start := len(t.Words)
		t.Words = append(t.Words, m.other(n, s.Words[n.Start:n.End])...)
		n.Start, n.End, from = start, len(t.Words), n.End
		t.Names = append(t.Names, n)
	}
	t.Words = append(t.Words, s.Words[from:]...)
	return t
}

func (m maker) other(n Span, name []string) []string {
	if beginning(n.Type, n.Demonym) == beginPerson {
		titles := 0
		for titles < len(name) && m.lists.of(name[titles:titles+1])&inTitles != 0 {
			titles++
		}
		switch len(name) - titles {
		case 1:
			return slices.Concat(name[:titles], m.last())
		case 2:
			return slices.Concat(name[:titles], m.person())
		}
		return name
	}
	switch in := m.lists.of(name); {
	case in&inDemonyms != 0:
	case in&inCountries != 0:
		return m.of(inCountries)
	case in&inCities != 0:
		return m.of(inCities)
	}
	return name
}

// line is a sentence in the making.
type line struct{ Sentence }

func (l *line) words(words ...string) *line {
	l.Words = append(l.Words, words...)
	return l
}

func (l *line) name(label label, words []string) *line {
	start := len(l.Words)
	l.Words = append(l.Words, words...)
	l.Names = append(l.Names, Span{Type: typeOf[label], Start: start, End: len(l.Words), Demonym: label == beginDemonym})
	return l
}

var agencies = []string{"Reuters", "AP", "AFP", "UPI", "Xinhua", "DPA"}

// dateline makes up a dateline: LONDON (Reuters) -
func (m maker) dateline(Sentence) Sentence {
	l := &line{}
	l.name(beginPlace, mapped(m.of(inCities), strings.ToUpper))
	agency := []string{agencies[m.random.IntN(len(agencies))]}
	switch m.random.IntN(4) {
	case 0:
		l.words("1998-07-14")
	case 1:
		l.words("-")
	case 2:
		l.words(",", "Nov.", "25").words("(").name(beginOrg, agency).words(")", "-")
	default:
		l.words("(").name(beginOrg, agency).words(")", "-")
	}
	return l.Sentence
}

func mapped(words []string, write func(string) string) (all []string) {
	for _, w := range words {
		all = append(all, write(w))
	}
	return all
}

// syllables make names that nobody has, so that it is learnt what stands around a name never seen.
var syllables = strings.Fields("ka mo ri ta len dor ve sha ni bor gu tan el pra chi wo san mel ra kov ski lo ber man ste fa ro jin zu ha ti os qu pe nov")

// invented returns a name of two to four syllables.
func (m maker) invented() []string {
	name := ""
	for range 2 + m.random.IntN(3) {
		name += syllables[m.random.IntN(len(syllables))]
	}
	return []string{titleCase(name)}
}

// team returns a team's name, known or invented, or a city for its team.
func (m maker) team() []string {
	switch m.random.IntN(4) {
	case 0:
		return m.invented()
	case 1:
		return m.of(inCities)
	case 2:
		return m.of(inOrgs)
	}
	return m.of(inTeams)
}

var numbers = strings.Fields("0 1 2 3 4 5 6 7 8 9 10 12 15 21 34 56 78 101 145 .500 .615 19.97 3:49.09 - 1/2")

func (m maker) numbers(n int) (all []string) {
	for range n {
		all = append(all, numbers[m.random.IntN(len(numbers))])
	}
	return all
}

// result makes up a line of sports results. In such a line a city is its team, and a country is a country.
func (m maker) result(Sentence) Sentence {
	l := &line{}
	switch m.random.IntN(9) {
	case 0:
		l.name(beginOrg, m.team()).words(m.numbers(1)...).name(beginOrg, m.team()).words(m.numbers(1)...)
	case 1:
		l.name(beginOrg, m.team()).words(m.numbers(3 + m.random.IntN(5))...)
	case 2:
		l.words(m.numbers(1)[0]+".").name(beginPerson, m.person()).words("(").name(beginPlace, m.of(inCountries)).words(")").words(m.numbers(1)...)
	case 3:
		l.name(beginPerson, m.person()).words("(").name(beginPlace, m.of(inCountries)).words(")", "beat").
			name(beginPerson, m.person()).words("(").name(beginPlace, m.of(inCountries)).words(")", "6-3", "6-4")
	case 4:
		l.name(beginOrg, mapped(m.team(), strings.ToUpper)).words("AT").name(beginOrg, mapped(m.team(), strings.ToUpper))
	case 5:
		l.name(beginOrg, m.team()).words("beat").name(beginOrg, m.team()).words("2-1", "on", "Saturday", ".")
	case 6:
		l.name(beginPlace, m.of(inCountries)).words("beat").name(beginPlace, m.of(inCountries)).words("2-1", "on", "Saturday", ".")
	case 7:
		l.name(beginPlace, m.of(inCountries)).words("-").name(beginPerson, m.person()).words("(", "31st", ")", ",").
			name(beginPerson, m.person()).words("(", "75th", ")")
	default:
		l.name(beginPerson, m.person()).words(",").name(beginOrg, m.team()).words(",").words(m.numbers(2)...)
	}
	return l.Sentence
}
