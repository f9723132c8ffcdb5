package query

import (
	"strings"
	"unicode"
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

// splitField parts a run at its first colon. The name is "" when there is no field: no colon, nothing with a letter before
// it, as in 10:30, or a time of day among the dates of a group.
func splitField(t token, scope string) (name string, rest token, err error) {
	left, right, found := strings.Cut(t.text, ":")
	if !found || !strings.ContainsFunc(left, unicode.IsLetter) {
		return "", t, nil
	}
	name = fieldName(left)
	if name == "" {
		if kindOf(scope) == KindDate {
			return "", t, nil
		}
		return "", t, unknownField(t, left)
	}
	start := t.at.Start + utf8.RuneCountInString(left) + 1
	rest = token{kind: tokRun, at: Span{start, t.at.End}, text: right}
	if second, _, ok := strings.Cut(right, ":"); ok && fieldName(second) != "" {
		return "", t, &Error{Span{t.at.Start, start + utf8.RuneCountInString(second) + 1}, "two fields in a row",
			"write one field, or put what follows the first in quotes"}
	}
	return name, rest, nil
}

// unknownField is the fault of a colon that no field stands before.
func unknownField(t token, left string) *Error {
	e := &Error{At: Span{t.at.Start, t.at.Start + utf8.RuneCountInString(left)}}
	name := strings.ToLower(left)
	if hint, ok := laterField(name); ok {
		e.Detail, e.Hint = short(left)+": "+later, hint
		return e
	}
	e.Detail = "there is no field " + short(left) + ":"
	if near := nearField(name); near != "" {
		e.Hint = "did you mean " + near + ":?"
	} else {
		e.Hint = "put the text in quotes: " + quote(short(t.text))
	}
	return e
}

// laterField knows the fields of the next version, with what to use until then.
func laterField(name string) (hint string, ok bool) {
	switch strings.TrimRight(name, "0123456789") {
	case "repeat":
		return "write the word once", true
	case "near":
		return "join the words with AND, or use a phrase in quotes", len(name) > len("near")
	case "has":
		return "leave it out", name == "has"
	case "words":
		return "leave it out", name == "words"
	}
	return "", false
}

// otherNames are names that other search engines and formats have for our fields.
var otherNames = map[string]string{
	"headline": "title", "intitle": "title", "head": "title", "summary": "lead", "abstract": "lead", "description": "lead",
	"content": "body", "intext": "body", "fulltext": "body", "by": "author", "byline": "author", "creator": "author",
	"inurl": "url", "link": "url", "site": "source", "publisher": "source", "domain": "source", "outlet": "source",
	"newspaper": "source", "wire": "agency", "people": "person", "persons": "person", "organization": "org",
	"organisation": "org", "company": "org", "location": "place", "country": "place", "city": "place", "entities": "entity",
	"lang": "language", "category": "section", "tag": "topic", "keyword": "topic", "subject": "topic", "published": "date",
	"pubdate": "date", "day": "date", "since": "after", "from": "after", "until": "before", "to": "before",
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
