package query

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

const (
	maxRegexp = 200 // bytes; longer ones are lists, which OR writes better
	// maxRegexpSize is how many steps a regular expression may have with its repetitions written out: each word of the index
	// may be compared with it.
	maxRegexpSize = 1000
	// maxClass is how many characters a class may have to count as letters that must be there: [ck], and not [a-z].
	maxClass = 8
)

// regexp reads a regular expression.
func (p *parser) regexp(scope string) (Node, error) {
	t := p.tok
	p.advance()
	if err := p.count(t.at); err != nil {
		return nil, err
	}
	if kind := kindOf(scope); kind == KindValue {
		return nil, &Error{t.at, scope + ": takes exact values, without a regular expression",
			"write " + scope + ":" + quote(short("/"+t.text+"/")) + " if it is the value"}
	} else if kind != KindText {
		return nil, &Error{t.at, scope + ": takes no regular expression", "leave it out"}
	}
	if fault := regexpFault(t.text); fault != nil {
		if fault.At == (Span{}) {
			fault.At = t.at
		} else {
			fault.At.Start += t.at.Start + len("/")
			fault.At.End += t.at.Start + len("/")
		}
		return nil, fault
	}
	return Regexp{t.at, scope, t.text}, nil
}

// regexpFault says what is wrong with a regular expression, with the place counted from behind the slash, if there is one.
func regexpFault(text string) *Error {
	if len(text) > maxRegexp {
		return &Error{Detail: fmt.Sprintf("the regular expression has more than %d bytes, and is compared with many words", maxRegexp),
			Hint: "join several words or shorter expressions with OR"}
	}
	re, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return syntaxFault(text, err)
	}
	if sizeOf(re) > maxRegexpSize {
		return &Error{Detail: fmt.Sprintf("the repetitions of the regular expression make more than %s steps of it", thousands(maxRegexpSize)),
			Hint: "use smaller numbers in {}, or * and +"}
	}
	if !needsLetter(re) {
		return &Error{Detail: "the regular expression fits words without any particular letter, which are too many", Hint: "write at least one letter or digit that a word must have"}
	}
	return nil
}

func syntaxFault(text string, err error) *Error {
	e := &Error{Detail: "the regular expression cannot be read", Hint: `the syntax is that of Go (RE2); a backslash makes the next sign literal`}
	var s *syntax.Error
	if !errors.As(err, &s) {
		return e
	}
	e.Detail = "the regular expression cannot be read: " + string(s.Code)
	if i := strings.Index(text, s.Expr); i >= 0 && s.Expr != "" {
		e.At = spanOf(text, i, i+len(s.Expr))
	}
	return e
}

// sizeOf counts the steps of a regular expression with its repetitions written out. Parse bounds their product.
func sizeOf(re *syntax.Regexp) int {
	size := 1
	if re.Op == syntax.OpLiteral {
		size = len(re.Rune)
	}
	for _, sub := range re.Sub {
		size += sizeOf(sub)
	}
	if re.Op == syntax.OpRepeat {
		size *= max(re.Min, re.Max, 1)
	}
	return size
}

// needsLetter reports whether every word that fits has one of a few letters or digits.
func needsLetter(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpLiteral:
		return hasWord(string(re.Rune))
	case syntax.OpCharClass:
		return fewLetters(re.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return needsLetter(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min > 0 && needsLetter(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if needsLetter(sub) {
				return true
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !needsLetter(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// fewLetters reports whether a class, given as pairs of first and last, has only a few characters, all to search for.
func fewLetters(pairs []rune) bool {
	n := 0
	for i := 0; i+1 < len(pairs); i += 2 {
		for r := pairs[i]; r <= pairs[i+1]; r++ {
			if n++; n > maxClass || !isWordRune(r) {
				return false
			}
		}
	}
	return n > 0
}

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
		return &Error{name, fmt.Sprintf("the number of %s: is not between %d and %s", f.name, least, thousands(most)), "write " + example}
	}
	return nil
}

// weighted reads the weight after an operand, if there is one.
func (p *parser) weighted(start int, n Node) (Node, error) {
	if !p.follows(tokCaret) {
		return n, nil
	}
	t := p.tok
	p.advance()
	by, fault := readWeight(t.text)
	if fault != nil {
		fault.At = t.at
		return nil, fault
	}
	found := false
	Walk(n, func(n Node) bool {
		found = found || IsProse(n)
		return !found
	})
	if !found {
		return nil, &Error{t.at, "a weight is for words: values, dates and other conditions do not count in the ranking", "leave it out"}
	}
	return Boost{p.since(start), n, by}, nil
}
