package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// together reads what follows near20:.
func (p *parser) together(scope string, f token) (Node, error) {
	t := p.tok
	if fault := countFault(f, scope, 1, MaxDistance, `near20:"gas oil" for all words within 20`); fault != nil {
		return nil, fault
	}
	example := `write near` + fmt.Sprint(f.number) + `:"gas oil"`
	if t.kind == tokFault {
		return nil, t.fault
	}
	if t.kind != tokQuoted || t.exact {
		return nil, &Error{t.at, f.text + " takes words in quotes", example}
	}
	p.advance()
	if err := p.count(t.at); err != nil {
		return nil, err
	}
	words := 0
	for _, w := range strings.Fields(t.text) {
		if hasWord(w) {
			words++
		}
	}
	if words < 2 || words > maxTogether {
		return nil, &Error{t.at, fmt.Sprintf("%s takes 2 to %d words, for every order of them is tried", f.text, maxTogether), example}
	}
	if fault := p.classFault(t, t.text); fault != nil {
		return nil, fault
	}
	return Together{p.since(f.at.Start), scope, t.text, f.number}, nil
}

// maxTogether bounds the words of near20:, in any order of which they may stand.
const maxTogether = 16

// repeat reads what follows repeat3:.
func (p *parser) repeat(scope string, f token) (Node, error) {
	const most = 1000 // no article says a word more often
	if fault := countFault(f, scope, 2, most, "repeat3:oil for at least 3 times"); fault != nil {
		return nil, fault
	}
	if t := p.tok; f.direct && t.kind == tokField && fieldName(t.name) != "" {
		return nil, twoFields(f, t)
	}
	start := p.tok.at
	n, err := p.primary(scope)
	if err != nil {
		return nil, err
	}
	nodes := []Node{n}
	if or, ok := n.(Or); ok {
		nodes = or.Nodes
	}
	for _, c := range nodes {
		if !repeats(c) {
			return nil, &Error{Span{start.Start, p.prev.at.End}, f.text + " takes a word, a phrase or the like, or several with OR", "write repeat3:(gas OR oil)"}
		}
	}
	return Repeat{p.since(f.at.Start), n, f.number}, nil
}

// repeats reports whether a node can be counted by repeat3:.
func repeats(n Node) bool {
	switch n.(type) {
	case Word, Phrase, Prefix, Wildcard, Fuzzy, Regexp:
		return true
	}
	return false
}

// countFault judges the number in near20: and repeat3:.
func countFault(f token, scope string, least, most int, example string) *Error {
	name := Span{f.at.Start, f.at.Start + utf8.RuneCountInString(f.text) - 1}
	switch {
	case kindOf(scope) != KindText:
		return &Error{name, f.name + " counts words, and " + scope + ": has none", "leave one of them out"}
	case f.number < 0:
		return &Error{name, f.name + ": needs a number", "write " + example}
	case f.number < least || f.number > most:
		return &Error{name, fmt.Sprintf("the number of %s: is not between %d and %s, and no article is so long", f.name, least, thousands(most)), "write " + example}
	}
	return nil
}
