package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index"
)

// Cyrillic finds names in Russian, Ukrainian, Bulgarian, Serbian, Macedonian and Belarusian by their capital letters, which
// nothing but names has within a sentence, and by a few lists. It has no model.
//
//   - Two to four capitalised words in a row are a person; an initial and one, too. The row may open a sentence if it begins with
//     a known given name or ends as surnames do. One word alone is a person where it is the surname of one of these.
//   - Countries and big cities are places; so are rows of which a word says so.
//   - Acronyms are organisations, and so is what stands in quotation marks behind a word such as company.
//
// Names in other cases of grammar are found as they are written; see [Inflected] for which are one. The zero Cyrillic is ready.
type Cyrillic struct{}

// cyrillicLanguages are the languages that Cyrillic is for.
var cyrillicLanguages = wordSet("ru uk bg sr mk be")

// IsCyrillic reports whether Cyrillic is for a language, by its ISO 639-1 code.
func IsCyrillic(language string) bool { return cyrillicLanguages[language] }

// FindAll returns the mentions in each of several texts that belong together, as [Finder.FindAll] does.
func (Cyrillic) FindAll(texts ...string) [][]Mention {
	c := cyrillic{common: map[string]bool{}, surnames: map[string]bool{}}
	all := make([][]Mention, len(texts))
	words := make([][]cyrillicWord, len(texts))
	for i, text := range texts {
		words[i] = cyrillicWords(text)
		for _, w := range words[i] {
			if !w.capital {
				c.common[text[w.start:w.end]] = true
			}
		}
	}
	for range 2 { // what is certain first: it says which words that open a sentence are no given names
		for i, text := range texts {
			for row := range cyrillicRows(words[i]) {
				c.learn(text, row)
			}
		}
		c.certain = true
	}
	for i, text := range texts {
		c.mentions = nil
		for row := range cyrillicRows(words[i]) {
			c.row(text, row)
		}
		all[i] = c.mentions
	}
	return all
}

// cyrillicWord is a word that may be of a name.
type cyrillicWord struct {
	start, end int
	capital    bool // and in Cyrillic letters
	upper      bool // all capitals, at least two
	initial    bool // one capital and a full stop
	opens      bool // a sentence or a quotation may begin with it
	glued      bool // to the word before, by a blank
	kind       bool // the word before says that what is quoted is an organisation
}

// cyrillicWords cuts a text into words.
func cyrillicWords(text string) []cyrillicWord {
	var list []cyrillicWord
	prev := cyrillicWord{}
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(c) {
			i += size
			continue
		}
		w := cyrillicWord{start: i, end: wordEnd(text, i)}
		w.read(text)
		gap := text[prev.end:w.start]
		w.glued = gap == " " || gap == "\u00a0" || gap == "" && prev.initial
		w.opens = len(list) == 0 || opensBehind(gap, prev.initial)
		w.kind = quotes[gap] && orgKind(strings.ToLower(text[prev.start:prev.end]))
		list = append(list, w)
		prev, i = w, w.end
	}
	return list
}

// quotes stand between the word for a kind of organisation and its name.
var quotes = map[string]bool{" «": true, " “": true, " „": true, " \"": true}

// wordEnd returns where the word ends that begins at i; hyphens and apostrophes may be in it.
func wordEnd(text string, i int) int {
	for i < len(text) {
		c, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(c) && !unicode.IsMark(c) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if c != '-' && c != '\'' && c != '’' || !unicode.IsLetter(next) {
				break
			}
		}
		i += size
	}
	return i
}

// read sets what the letters of the word say; the full stop behind an initial belongs to it.
func (w *cyrillicWord) read(text string) {
	s := text[w.start:w.end]
	first, size := utf8.DecodeRuneInString(s)
	w.capital = unicode.IsUpper(first) && unicode.Is(unicode.Cyrillic, first)
	w.upper = w.capital && size < len(s) && strings.ToUpper(s) == s
	if w.initial = w.capital && size == len(s) && strings.HasPrefix(text[w.end:], "."); w.initial {
		w.end++
	}
}

// opensBehind reports whether a sentence may begin behind a gap between words.
func opensBehind(gap string, initial bool) bool {
	return strings.ContainsAny(gap, "!?…«“„\":\n") || strings.Contains(gap, ".") && !initial || strings.Contains(gap, "— ") || strings.Contains(gap, "– ")
}

// cyrillicRows yields the rows of capitalised words that stand next to each other.
func cyrillicRows(words []cyrillicWord) func(func([]cyrillicWord) bool) {
	return func(yield func([]cyrillicWord) bool) {
		for from := 0; from < len(words); {
			if !words[from].capital {
				from++
				continue
			}
			to := from + 1
			for to < len(words) && words[to].capital && words[to].glued {
				to++
			}
			if !yield(words[from:to]) {
				return
			}
			from = to
		}
	}
}

// cyrillic is the finding in the texts of one article.
type cyrillic struct {
	common   map[string]bool // words that are written small somewhere
	surnames map[string]bool // by stem
	certain  bool            // the surnames of full names that open no sentence are known
	mentions []Mention
}

// learn remembers the surnames of the full names of a row.
func (c *cyrillic) learn(text string, row []cyrillicWord) {
	for _, part := range c.parts(text, row) {
		if part.typ != index.Person || len(part.words) < 2 {
			continue
		}
		surname := part.words[len(part.words)-1]
		if surname.initial || givenStems.has(text[surname.start:surname.end]) {
			surname = part.words[0] // Темиров Руслан, Темиров Р.
		}
		for _, stem := range stems(text[surname.start:surname.end]) {
			c.surnames[stem] = true
		}
	}
}

// row adds the names of a row.
func (c *cyrillic) row(text string, row []cyrillicWord) {
	for _, part := range c.parts(text, row) {
		typ := part.typ
		if typ == "" && len(part.words) == 1 && c.known(text[part.words[0].start:part.words[0].end]) {
			typ = index.Person
		}
		if typ == index.Org && len(part.words) > 1 {
			part.words = withNoun(text, part.words)
		}
		if typ != "" {
			c.mentions = append(c.mentions, Mention{Type: typ, Start: part.words[0].start, End: part.words[len(part.words)-1].end})
		}
	}
}

// withNoun returns an organisation that ends with an adjective with the word behind it: Организация Северного коридора.
func withNoun(text string, words []cyrillicWord) []cyrillicWord {
	last := words[len(words)-1]
	for _, ending := range [...]string{"ый", "ий", "ая", "ое", "ого", "его", "ой", "ей", "ому", "ему", "ым", "им", "ых", "их"} {
		if !strings.HasSuffix(text[last.start:last.end], ending) || cap(words) == len(words) {
			continue
		}
		if longer := words[:len(words)+1]; longer[len(words)].glued && !longer[len(words)].capital {
			return longer // the words of a text lie behind each other
		}
	}
	return words
}

// known reports whether a word is a surname of somebody with a full name.
func (c *cyrillic) known(word string) bool {
	for _, stem := range stems(word) {
		if c.surnames[stem] {
			return true
		}
	}
	return false
}

// cyrillicPart is a part of a row that is a name of a type, or of none.
type cyrillicPart struct {
	typ   string
	words []cyrillicWord
}

// parts parts a row: президент России Владимир Роговцев names a country and a man.
func (c *cyrillic) parts(text string, row []cyrillicWord) []cyrillicPart {
	if row[0].kind {
		return []cyrillicPart{{index.Org, row}}
	}
	var parts []cyrillicPart
	for len(row) > 0 {
		first := text[row[0].start:row[0].end]
		switch n := placeAt(text, row); {
		case n > 0:
			parts, row = append(parts, cyrillicPart{index.Place, row[:n]}), row[n:]
		case row[0].upper && utf8.RuneCountInString(first) <= maxAcronym:
			typ := index.Org
			if noAcronyms[first] {
				typ = ""
			}
			parts, row = append(parts, cyrillicPart{typ, row[:1]}), row[1:]
		case roleStems.has(first) || row[0].opens && len(row) > 1 && c.opener(text, row):
			row = row[1:]
		default:
			n := 1
			for n < len(row) && placeAt(text, row[n:]) == 0 && !row[n].upper {
				n++
			}
			parts, row = append(parts, cyrillicPart{c.typeOf(text, row[:n]), row[:n]}), row[n:]
		}
	}
	return parts
}

// opener reports whether the first word of a row has its capital from the sentence only.
func (c *cyrillic) opener(text string, row []cyrillicWord) bool {
	first := text[row[0].start:row[0].end]
	lower := strings.ToLower(first)
	switch {
	case row[0].initial || givenStems.has(first):
		return false
	case sentenceOpeners[lower] || c.common[lower]:
		return true
	case len(row) > 2 && (row[1].initial || givenStems.has(text[row[1].start:row[1].end])):
		return true // Мнение Р. Темирова, Приехал Руслан Темиров
	}
	return len(row) == 2 && c.certain && c.known(text[row[1].start:row[1].end])
}

// maxAcronym is how many letters an acronym has at most.
const maxAcronym = 6

// placeAt returns how many words that begin a row are the name of a known place.
func placeAt(text string, row []cyrillicWord) int {
	if len(row) > 1 && placeStems.has(text[row[0].start:row[1].end]) {
		return 2
	}
	if placeStems.has(text[row[0].start:row[0].end]) {
		return 1
	}
	return 0
}

// typeOf returns the type of a row of words that are in no list of places, "" where they are no name by themselves.
func (c *cyrillic) typeOf(text string, row []cyrillicWord) string {
	letters := 0
	for _, w := range row {
		s := strings.ToLower(text[w.start:w.end])
		if orgKind(s) {
			if len(row) > 1 {
				return index.Org
			}
			return ""
		}
		if !w.initial {
			letters++
		}
	}
	first, last := row[0], row[len(row)-1]
	switch {
	case isAdjective(text[first.start:first.end]) && !givenStems.has(text[first.start:first.end]):
		return "" // Великая Северная
	case len(row) < 2 || len(row) > 4 || letters == 0:
		return ""
	case !first.opens || first.initial || givenStems.has(text[first.start:first.end]) || givenStems.has(text[last.start:last.end]):
		return index.Person
	case c.certain && isSurname(text[last.start:last.end]):
		return index.Person
	}
	return ""
}

// isAdjective reports whether a word ends as adjectives do and given names do not.
func isAdjective(word string) bool {
	for _, ending := range [...]string{"ой", "ая", "ого", "ое", "ые", "ых", "ому", "ный", "ский"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// isSurname reports whether a word ends as surnames do, in any case of grammar.
func isSurname(word string) bool {
	for _, stem := range stems(word) {
		for _, ending := range surnameEndings {
			if strings.HasSuffix(stem, ending) && len(stem) > len(ending)+2 {
				return true
			}
		}
	}
	return false
}

// stems returns a word in lower case without the endings of its cases: the same for Темиров, Темирова, Темировым. It has two
// where it cannot be told whether the last letters are an ending.
func stems(word string) []string {
	s := strings.TrimRight(strings.ReplaceAll(strings.ToLower(word), "ё", "е"), "йь")
	list := []string{trimVowels(s)}
	for _, ending := range caseEndings {
		if stem, ok := strings.CutSuffix(s, ending); ok && utf8.RuneCountInString(stem) >= shortestStem {
			if stem = trimVowels(stem); stem != list[0] {
				list = append(list, stem)
			}
			break
		}
	}
	return list
}

// shortestStem is how many letters are left of a word at least.
const shortestStem = 3

// trimVowels takes the vowels off the end of a word, as far as shortestStem letters stay.
func trimVowels(s string) string {
	stem := strings.TrimRight(s, "аеиоуыэюяіїє")
	if utf8.RuneCountInString(stem) < min(shortestStem, utf8.RuneCountInString(s)) {
		return s
	}
	return stem
}

// Inflected reports whether two names in Cyrillic letters may be one in two cases of grammar: Руслан Темиров, Руслану Темирову.
// That a woman's surname in the nominative is a man's in the genitive is for the caller to see to.
func Inflected(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	for i := range x {
		if !sameStem(x[i], y[i]) {
			return false
		}
	}
	return true
}

func sameStem(a, b string) bool {
	if a == b {
		return true
	}
	for _, x := range stems(a) {
		for _, y := range stems(b) {
			if x == y && x != "" {
				return unicode.Is(unicode.Cyrillic, firstRune(x))
			}
		}
	}
	return false
}

func firstRune(s string) rune {
	c, _ := utf8.DecodeRuneInString(s)
	return c
}

// Nominative returns the nominative of a name that is written in these forms. That of places and of people with a given name is
// known where the lists have it, be none of the forms the nominative; else it is the likeliest form: the shortest, the first of
// equals.
func Nominative(typ string, forms []string) string {
	best, bestScore := "", 0
	for _, f := range forms {
		n := ""
		switch typ {
		case index.Place:
			n = placeStems.nominative(f)
		case index.Person:
			n = nominativePerson(f)
		}
		if n != "" {
			return n
		}
		score := 2*utf8.RuneCountInString(f) + 1
		if strings.HasSuffix(f, "а") || strings.HasSuffix(f, "я") {
			score--
		}
		if best == "" || score < bestScore {
			best, bestScore = f, score
		}
	}
	return best
}

// nominativePerson returns the nominative of a given name of the list with a surname that is declined as most Russian ones are,
// or "".
func nominativePerson(name string) string {
	given, surname, ok := strings.Cut(name, " ")
	if !ok || strings.Contains(surname, " ") {
		return ""
	}
	if given = givenStems.nominative(given); given == "" {
		return ""
	}
	for _, stem := range stems(surname) {
		for _, e := range declined {
			if !strings.HasSuffix(stem, e.stem) || utf8.RuneCountInString(stem) < shortestStem+1 {
				continue
			}
			// Letter by letter, since one in lower case may be longer than as it is written (Ⱥ, ⱥ).
			base := string([]rune(surname)[:utf8.RuneCountInString(stem)])
			if ofWoman(given) {
				return given + " " + base + e.woman
			}
			return given + " " + base + e.man
		}
	}
	return ""
}

// declined are the stems of surnames with what stands behind them in the nominative.
var declined = []struct{ stem, man, woman string }{
	{"ов", "", "а"}, {"ев", "", "а"}, {"ин", "", "а"}, {"ын", "", "а"}, {"ск", "ий", "ая"}, {"цк", "ий", "ая"},
}

var mensNames = wordSet("Никита Илья Ілля Микола Никола Сава Данила")

// orgKind reports whether a word in lower case says what kind of organisation a name is of.
func orgKind(word string) bool {
	for _, stem := range orgKinds {
		if strings.HasPrefix(word, stem) && utf8.RuneCountInString(word) <= utf8.RuneCountInString(stem)+4 {
			return true
		}
	}
	return false
}
