package query

import (
	"strings"
	"unicode/utf8"
)

// FieldNamed returns the field with the name, whatever its case.
func FieldNamed(name string) (Field, bool) {
	name = strings.ToLower(name)
	for _, f := range Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// sided are the names that stand for one side of a date: after: is date:>, before: is date:<.
var sided = map[string]string{"after": ">", "before": "<"}

// kindOf returns what a scope takes; the scope "" is prose.
func kindOf(scope string) Kind {
	if scope == "" {
		return KindText
	}
	if sided[scope] != "" {
		return KindDate
	}
	if f, ok := FieldNamed(scope); ok {
		return f.Kind
	}
	return KindText
}

// fieldName returns the canonical form of a name that may stand before a colon, or "".
func fieldName(name string) string {
	name = strings.ToLower(name)
	if sided[name] != "" {
		return name
	}
	if _, ok := FieldNamed(name); ok {
		return name
	}
	return ""
}

// longestName bounds what is looked up: no name is longer, with the digits of near and repeat.
const longestName = 16

// knownName reads what may stand before a colon: a field, or near or repeat with a number, which is -1 where it lacks.
func knownName(text string) (name string, number int, ok bool) {
	if len(text) > longestName {
		return "", 0, false
	}
	text = strings.ToLower(text)
	if text == "_exists_" { // as Lucene spells has:
		return "has", 0, true
	}
	if name := fieldName(text); name != "" {
		return name, 0, true
	}
	word := strings.TrimRight(text, "0123456789")
	if word != "near" && word != "repeat" {
		return "", 0, false
	}
	number, ok = readCount(text[len(word):])
	if !ok {
		number = -1
	}
	return word, number, true
}

// unknownField is the fault of a colon that no field stands before, in a run of which left is what does.
func unknownField(t token, left string) *Error {
	e := &Error{At: Span{t.at.Start, t.at.Start + utf8.RuneCountInString(left)}, Detail: "there is no field " + short(left) + ":"}
	if near := nearField(strings.ToLower(left)); near != "" {
		e.Hint = "did you mean " + near + ":?"
	} else {
		e.Hint = "put the text in quotes: " + quote(short(t.text))
	}
	return e
}

// otherNames are names that other search engines and formats have for our fields.
var otherNames = map[string]string{
	"headline": "title", "intitle": "title", "head": "title", "summary": "lead", "abstract": "lead", "description": "lead",
	"content": "body", "intext": "body", "fulltext": "body", "by": "author", "byline": "author", "creator": "author",
	"inurl": "url", "link": "url", "site": "source", "publisher": "source", "domain": "source", "outlet": "source",
	"newspaper": "source", "wire": "agency", "people": "person", "persons": "person", "organization": "org",
	"organisation": "org", "company": "org", "location": "place", "country": "place", "city": "place", "entities": "entity",
	"lang": "language", "category": "section", "tag": "topic", "keyword": "topic", "subject": "topic", "published": "date",
	"pubdate": "date", "day": "date", "since": "after", "exists": "has", "wordcount": "words", "word_count": "words", "length": "words", "from": "after", "until": "before", "to": "before",
}

// nearField returns the field that a wrong name was probably meant for, or "".
func nearField(name string) string {
	if meant := otherNames[name]; meant != "" {
		return meant
	}
	const longest = 16 // no name of a field is longer than this less two edits
	if len(name) > longest || strings.HasPrefix(name, "http") {
		return ""
	}
	best, limit := "", 2
	if utf8.RuneCountInString(name) <= 4 {
		limit = 1
	}
	try := func(field string) {
		if d := Distance(name, field); d <= limit {
			best, limit = field, d-1
		}
	}
	for _, f := range Fields {
		try(f.Name)
	}
	try("after")
	try("before")
	return best
}

// Distance counts the letters to insert, delete, replace or swap with a neighbour to make b of a (optimal string alignment,
// Boytsov, Indexing methods for approximate dictionary searching, 2011). It is for short names: it takes len(a)·len(b) steps.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
