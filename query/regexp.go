package query

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strings"
)

const (
	maxPattern = 200 // bytes; no word is longer, and longer regular expressions are lists, which OR writes better
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
	if len(text) > maxPattern {
		return &Error{Detail: fmt.Sprintf("the regular expression has more than %d bytes, and is compared with many words", maxPattern),
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
