package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Class is a kind of name. Written with @ before it in the text of a Word, Phrase or Together it is a class word: it stands
// for every word of an article that lies in a mention of such a name. It may stand wherever a word may, and counts as one;
// patterns never see it.
type Class string

// The classes.
const (
	ClassPerson Class = "person"
	ClassOrg    Class = "org"
	ClassPlace  Class = "place"
	ClassEntity Class = "entity" // any of the three
)

// Classes lists the classes in the order in which help shows them.
var Classes = []Class{ClassPerson, ClassOrg, ClassPlace, ClassEntity}

// Part is a stretch of the text of a Word, Phrase or Together: a class word, or what analysis makes words of.
type Part struct {
	Text  string
	Class Class // "" for text
}

// Parts cuts the text of a Word, Phrase or Together at its class words. These stand between white space, in any case, perhaps
// with punctuation around them or a possessive 's: all other text with an @ in it, such as an address, is text.
func Parts(text string) (parts []Part) {
	if !strings.Contains(text, "@") { // as nearly all
		return []Part{{Text: text}}
	}
	rest := 0
	for from, to := range ats(text) {
		c, ok := classNamed(text[from+1 : to])
		if !ok {
			continue
		}
		if rest < from {
			parts = append(parts, Part{Text: text[rest:from]})
		}
		parts, rest = append(parts, Part{text[from:to], c}), to
	}
	if rest < len(text) {
		parts = append(parts, Part{Text: text[rest:]})
	}
	return parts
}

// ats yields where the words of a text stand that begin with @, without punctuation around them.
func ats(text string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for at := 0; at < len(text); {
			end := at + strings.IndexFunc(text[at:], isSpace)
			if end < at {
				end = len(text)
			}
			word := strings.TrimLeftFunc(text[at:end], func(r rune) bool { return r != '@' && !partOfWord(r) })
			from := end - len(word)
			word = strings.TrimRightFunc(word, func(r rune) bool { return !partOfWord(r) })
			if strings.HasPrefix(word, "@") && !yield(from, from+len(word)) {
				return
			}
			_, size := utf8.DecodeRuneInString(text[end:])
			at = end + size
		}
	}
}

// partOfWord reports whether r is part of a word: a letter, a digit or a mark on one.
func partOfWord(r rune) bool { return isWordRune(r) || unicode.IsMark(r) }

// classNamed returns the class with the name, whatever its case, perhaps with 's behind it.
func classNamed(name string) (Class, bool) {
	name = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), "'s"), "’s")
	for _, c := range Classes {
		if string(c) == name {
			return c, true
		}
	}
	return "", false
}

// otherClasses are names that other programs and people have for the classes.
var otherClasses = map[string]Class{
	"people": ClassPerson, "per": ClassPerson, "human": ClassPerson, "man": ClassPerson, "woman": ClassPerson,
	"organisation": ClassOrg, "organization": ClassOrg, "organisations": ClassOrg, "organizations": ClassOrg, "company": ClassOrg,
	"companies": ClassOrg, "location": ClassPlace, "locations": ClassPlace, "loc": ClassPlace, "gpe": ClassPlace,
	"country": ClassPlace, "city": ClassPlace, "entities": ClassEntity, "name": ClassEntity, "names": ClassEntity,
}

// nearClass returns the class that a wrong name was probably meant for, or "".
func nearClass(name string) Class {
	const longest = 16 // bytes: no name of a class with an edit, and no other name, is longer
	name = strings.ToLower(name)
	if meant := otherClasses[name]; meant != "" || len(name) > longest {
		return meant
	}
	for _, c := range Classes {
		if Distance(name, string(c)) == 1 {
			return c
		}
	}
	return ""
}

// classFault is the fault of a word that begins with @ and was probably meant for a class, in the text of a token.
func (p *parser) classFault(t token, text string) *Error {
	if !strings.Contains(text, "@") {
		return nil
	}
	for from, to := range ats(text) {
		word := text[from:to]
		if _, ok := classNamed(word[1:]); ok {
			continue
		}
		if c := nearClass(word[1:]); c != "" {
			return &Error{p.lex.find(t.at, word), "there is no class " + word, "did you mean @" + string(c) + "? For the word itself leave out the @"}
		}
	}
	return nil
}

// patternFault is the fault of a class word in a pattern.
func (p *parser) patternFault(t token, text string) *Error {
	for _, part := range Parts(text) {
		if part.Class != "" {
			return &Error{p.lex.find(t.at, part.Text), part.Text + " stands for every name of the class, and takes no wildcard and no ~",
				"write it by itself, or leave out the @ for the word"}
		}
	}
	return nil
}

// find returns where a word stands in the part of the text that at says, or all of it when that spells it otherwise.
func (l *lexer) find(at Span, word string) Span {
	runes := []rune(word)
	for i := at.Start; i+len(runes) <= at.End; i++ {
		end := i + len(runes)
		alone := (i == at.Start || !partOfWord(l.text[i-1])) && (end == at.End || !partOfWord(l.text[end]))
		if alone && string(l.text[i:end]) == word {
			return Span{i, end}
		}
	}
	return at
}
