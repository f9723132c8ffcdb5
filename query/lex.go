package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind says what a token is.
type kind byte

const (
	tokEnd    kind = iota
	tokOpen        // (
	tokClose       // )
	tokRun         // anything up to a space, a parenthesis or a quote, perhaps with a field before a colon
	tokQuoted      // text in quotes
	tokPlus        // + directly before an operand
	tokMinus       // - directly before an operand
	tokAnd         // AND
	tokOr          // OR
	tokNot         // NOT
	tokFault       // a quote that nothing closes
)

// token is one piece of the text. Its span counts characters.
type token struct {
	kind  kind
	at    Span
	text  string // as typed; for tokQuoted what stands between the quotes, unescaped, with single spaces
	fault *Error // of a tokFault
}

// operators are the words that are operators, in upper case only.
var operators = map[string]kind{"AND": tokAnd, "OR": tokOr, "NOT": tokNot}

// startsOperand reports whether a clause can begin with the token.
func (t token) startsOperand() bool {
	switch t.kind {
	case tokOpen, tokRun, tokQuoted, tokPlus, tokMinus, tokNot, tokFault:
		return true
	}
	return false
}

// isBinary reports whether the token is an operator with two sides.
func (t token) isBinary() bool { return t.kind == tokAnd || t.kind == tokOr }

// closers gives for each quote that can open a phrase the quotes that close it. Languages differ in which mark opens and
// which closes, and phones mix curly and straight ones, so the curly family closes as a whole; a phrase in straight quotes
// ends at a straight quote only, so that curly ones may stand inside.
var closers = map[rune]string{
	'"': `"`,
	'“': `”“"`,
	'”': `”“"`,
	'„': `“”"`,
	'‟': `”“"`,
	'«': `»`,
	'»': `«»`,
	'＂': `＂"`,
	'「': `」`,
	'『': `』`,
	'〝': `〞〟`,
}

// lexer cuts a text into tokens, one at a time, each character being looked at a bounded number of times.
type lexer struct {
	text []rune
	pos  int
}

func (l *lexer) next() token {
	for l.pos < len(l.text) && isSpace(l.text[l.pos]) {
		l.pos++
	}
	if l.pos == len(l.text) {
		return token{kind: tokEnd, at: Span{l.pos, l.pos}}
	}
	switch r := l.text[l.pos]; {
	case isOpen(r):
		return l.single(tokOpen)
	case isClose(r):
		return l.single(tokClose)
	case isQuote(r):
		return l.quoted()
	case r == '+' && l.signs():
		return l.single(tokPlus)
	case r == '-' && l.signs():
		return l.single(tokMinus)
	}
	return l.run()
}

func (l *lexer) single(k kind) token {
	l.pos++
	return token{kind: k, at: Span{l.pos - 1, l.pos}, text: string(l.text[l.pos-1])}
}

// signs reports whether the + or - at the position stands before an operand: before a quote, a parenthesis or a run that
// has something to search for. Otherwise it is part of a run of symbols, such as "->", which the parser faults as a whole.
func (l *lexer) signs() bool {
	i := l.pos + 1
	for ; i < len(l.text) && !endsRun(l.text[i]); i++ {
		if isWordRune(l.text[i]) {
			return true
		}
	}
	return i < len(l.text) && (isOpen(l.text[i]) || isQuote(l.text[i]))
}

func (l *lexer) run() token {
	start := l.pos
	for l.pos < len(l.text) && !endsRun(l.text[l.pos]) {
		l.pos++
	}
	text := string(l.text[start:l.pos])
	k := tokRun
	if op, ok := operators[text]; ok {
		k = op
	}
	return token{kind: k, at: Span{start, l.pos}, text: text}
}

// quoted reads a phrase. A backslash before a quote or a backslash makes it literal; any other backslash is itself.
func (l *lexer) quoted() token {
	start := l.pos
	closing := closers[l.text[start]]
	var b strings.Builder
	for l.pos++; l.pos < len(l.text); l.pos++ {
		r := l.text[l.pos]
		switch {
		case r == '\\' && l.pos+1 < len(l.text) && isEscapable(l.text[l.pos+1]):
			l.pos++
			r = l.text[l.pos]
		case strings.ContainsRune(closing, r):
			l.pos++
			return token{kind: tokQuoted, at: Span{start, l.pos}, text: strings.Join(strings.Fields(b.String()), " ")}
		case isSpace(r):
			r = ' '
		}
		b.WriteRune(r)
	}
	return token{kind: tokFault, at: Span{start, l.pos}, fault: &Error{
		At:     Span{start, start + 1},
		Detail: "this quote is not closed",
		Hint:   "end the phrase with " + string([]rune(closing)[0]),
	}}
}

func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isClose(r rune) bool { return r == ')' || r == '）' }

func isQuote(r rune) bool {
	_, ok := closers[r]
	return ok
}

func isEscapable(r rune) bool { return r == '\\' || isQuote(r) }

func endsRun(r rune) bool { return isSpace(r) || isOpen(r) || isClose(r) || isQuote(r) }

// isSpace reports whether r parts words: white space, and what cannot be searched and would stick to a word unseen, namely
// control characters, bytes that are not UTF-8, and marks that steer the direction of writing.
func isSpace(r rune) bool {
	switch {
	case unicode.IsSpace(r), unicode.IsControl(r), r == utf8.RuneError:
		return true
	case r == 0x200B, r == 0x200E, r == 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069, r == 0xFEFF:
		return true
	}
	return false
}

// isWordRune reports whether r is something to search for.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
