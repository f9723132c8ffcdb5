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
	tokField       // a name and the colon after it
	tokRun         // anything up to a space, a parenthesis, a quote, ~ or ^
	tokQuoted      // text in quotes, perhaps with = before it
	tokRegexp      // text between slashes
	tokTilde       // ~ and what stands directly after it
	tokCaret       // ^ and what stands directly after it
	tokPlus        // + directly before an operand
	tokMinus       // - directly before an operand
	tokAnd         // AND, &&
	tokOr          // OR, ||
	tokNot         // NOT, or ! directly before an operand
	tokNear        // NEAR/5 and its like
	tokFault       // a quote or a slash that nothing closes
)

// token is one piece of the text. Its span counts characters.
type token struct {
	kind   kind
	at     Span
	text   string // as typed; of a tokQuoted what stands between the quotes, unescaped, with single spaces
	name   string // of a tokField: the field, or near or repeat
	number int    // of a tokField: the number after near or repeat, or -1; of a tokNear: the distance
	op     NearOp // of a tokNear
	exact  bool   // of a tokQuoted: has = before it
	direct bool   // stands directly after a tokField
	fault  *Error // of a tokFault, or of a tokNear without a good distance
}

// operators are the words that are operators, in upper case only.
var operators = map[string]kind{"AND": tokAnd, "OR": tokOr, "NOT": tokNot, "&&": tokAnd, "||": tokOr}

// startsOperand reports whether a clause can begin with the token.
func (t token) startsOperand() bool {
	switch t.kind {
	case tokEnd, tokClose, tokAnd, tokOr, tokNear:
		return false
	}
	return true
}

// isBinary reports whether the token is an operator with two sides.
func (t token) isBinary() bool { return t.kind == tokAnd || t.kind == tokOr || t.kind == tokNear }

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
	text  []rune
	pos   int
	after Kind // what the field holds whose colon is directly before pos; 0 is none
	begun bool // a token has been read
	word  int  // a letter, digit or backslash is here, in the run that signs looked through last
}

func (l *lexer) next() token {
	after := l.after
	l.after = 0
	for l.pos < len(l.text) && isSpace(l.text[l.pos]) {
		l.pos, after = l.pos+1, 0
	}
	t := l.token(after)
	t.direct = after != 0
	l.begun = true
	return t
}

// token reads one token at the position. Directly after a field there are no signs and operators: source:OR.
func (l *lexer) token(after Kind) token {
	if l.pos == len(l.text) {
		return token{kind: tokEnd, at: Span{l.pos, l.pos}}
	}
	switch r := l.text[l.pos]; {
	case isOpen(r):
		return l.single(tokOpen)
	case isClose(r):
		return l.single(tokClose)
	case isQuote(r):
		return l.quoted(l.pos)
	case r == '=' && l.peeks(isQuote):
		l.pos++
		t := l.quoted(l.pos - 1)
		t.exact = true
		return t
	case r == '~':
		return l.suffix(tokTilde)
	case r == '^':
		return l.suffix(tokCaret)
	case r == '/' && after != KindValue && l.peeks(func(r rune) bool { return !isSpace(r) }):
		return l.regexp()
	case after != 0:
		return l.run(after)
	case r == '?' && l.begun && l.atEnd(l.pos+1): // the end of a question
		return token{kind: tokEnd, at: Span{l.pos, len(l.text)}}
	case r == '+' && l.signs():
		return l.single(tokPlus)
	case r == '-' && l.signs():
		return l.single(tokMinus)
	case r == '!' && l.signs():
		return l.single(tokNot)
	}
	return l.run(after)
}

func (l *lexer) single(k kind) token {
	l.pos++
	return token{kind: k, at: Span{l.pos - 1, l.pos}, text: string(l.text[l.pos-1])}
}

// peeks reports whether the next character but one is there and is such.
func (l *lexer) peeks(such func(rune) bool) bool {
	return l.pos+1 < len(l.text) && such(l.text[l.pos+1])
}

// signs reports whether the sign at the position stands before an operand: before a quote, a parenthesis, a regular
// expression, *:* or a run that has something to search for. Otherwise it is part of a run of symbols, such as "->", which
// the parser faults as a whole.
func (l *lexer) signs() bool {
	i := l.pos + 1
	if i <= l.word || l.peeks(func(r rune) bool { return r == '/' }) || strings.HasPrefix(string(l.text[i:min(i+3, len(l.text))]), "*:*") {
		return true
	}
	for ; i < len(l.text) && !endsRun(l.text[i]); i++ {
		if r := l.text[i]; isWordRune(r) || r == '\\' {
			l.word = i
			return true
		}
	}
	return i < len(l.text) && (isOpen(l.text[i]) || isQuote(l.text[i]))
}

// run reads up to what ends a run, or to the colon after the name of a field. A backslash takes the character after it in.
func (l *lexer) run(after Kind) token {
	start := l.pos
	colon, escaped := true, false // whether a colon may still end a name; whether there is a backslash
scan:
	for ; l.pos < len(l.text) && !endsRun(l.text[l.pos]); l.pos++ {
		switch r := l.text[l.pos]; {
		case r == '\\':
			escaped = true
			l.pos = min(l.pos+1, len(l.text)-1)
		case r == '~', r == '^':
			break scan
		case colon && (r == ':' || r == '：'):
			if name, number, ok := l.field(start); ok {
				l.pos++
				l.after = kindOf(name)
				return token{kind: tokField, at: Span{start, l.pos}, text: string(l.text[start:l.pos]), name: name, number: number}
			}
			colon = r != ':'
		}
	}
	t := token{kind: tokRun, at: Span{start, l.pos}, text: string(l.text[start:l.pos])}
	if after == 0 && !escaped {
		t.operator()
	}
	return t
}

// field reads the name between start and the position.
func (l *lexer) field(start int) (name string, number int, ok bool) {
	if l.pos-start > longestName {
		return "", 0, false
	}
	return knownName(string(l.text[start:l.pos]))
}

// operator makes an operator of a run that is one.
func (t *token) operator() {
	if k, ok := operators[t.text]; ok {
		t.kind = k
		return
	}
	if op, distance, fault := nearOp(t.text); op != 0 {
		t.kind, t.op, t.number = tokNear, op, distance
		if fault != nil {
			fault.At = t.at
			t.fault = fault
		}
	}
}

// suffix reads ~ or ^ and what stands directly after it.
func (l *lexer) suffix(k kind) token {
	start := l.pos
	for l.pos++; l.pos < len(l.text); l.pos++ {
		if r := l.text[l.pos]; endsRun(r) || r == '~' || r == '^' {
			break
		}
	}
	return token{kind: k, at: Span{start, l.pos}, text: string(l.text[start+1 : l.pos])}
}

// quoted reads a phrase. A backslash before a quote or a backslash makes it literal; any other backslash is itself.
func (l *lexer) quoted(start int) token {
	open := l.pos
	closing := closers[l.text[open]]
	var b strings.Builder
	for l.pos++; l.pos < len(l.text); l.pos++ {
		r := l.text[l.pos]
		switch {
		case r == '\\' && l.peeks(isEscapable):
			l.pos++
			r = l.text[l.pos]
		case strings.ContainsRune(closing, r):
			l.pos++
			return token{kind: tokQuoted, at: Span{start, l.pos}, text: oneSpaced(b.String())}
		case isSpace(r):
			r = ' '
		}
		b.WriteRune(r)
	}
	return token{kind: tokFault, at: Span{start, l.pos}, fault: &Error{
		At:     Span{open, open + 1},
		Detail: "this quote is not closed",
		Hint:   "end the phrase with " + string([]rune(closing)[0]),
	}}
}

// regexp reads up to the next slash that has no backslash before it.
func (l *lexer) regexp() token {
	start := l.pos
	for l.pos++; l.pos < len(l.text); l.pos++ {
		switch l.text[l.pos] {
		case '\\':
			l.pos++
		case '/':
			l.pos++
			return token{kind: tokRegexp, at: Span{start, l.pos}, text: string(l.text[start+1 : l.pos-1])}
		}
	}
	l.pos = len(l.text)
	return token{kind: tokFault, at: Span{start, l.pos}, fault: &Error{
		At:     Span{start, start + 1},
		Detail: "this slash begins a regular expression that is not closed",
		Hint:   `end it with /, or write \/ or quotes for the slash itself`,
	}}
}

// bracketed reads t, a run that begins with a bracket, anew, up to the bracket that closes it.
func (l *lexer) bracketed(t token) token {
	for i := t.at.Start + 1; i < len(l.text); i++ {
		if r := l.text[i]; r == ']' || r == '}' {
			l.pos = i + 1
			t.at.End = l.pos
			t.text = string(l.text[t.at.Start:l.pos])
			return t
		}
	}
	t.kind = tokFault
	t.fault = &Error{
		At:     Span{t.at.Start, t.at.Start + 1},
		Detail: "this bracket is not closed",
		Hint:   "end the range with ], as in [2023 TO 2024]",
	}
	return t
}

// atEnd reports whether nothing but white space follows the position.
func (l *lexer) atEnd(pos int) bool {
	for ; pos < len(l.text); pos++ {
		if !isSpace(l.text[pos]) {
			return false
		}
	}
	return true
}

func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isClose(r rune) bool { return r == ')' || r == '）' }

func isQuote(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '"'
	}
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

// oneSpaced puts one space where there is white space, and none at the ends.
func oneSpaced(text string) string { return strings.Join(strings.FieldsFunc(text, isSpace), " ") }
