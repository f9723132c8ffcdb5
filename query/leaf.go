package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// run reads a run of characters: a word, or a field with what follows it.
func (p *parser) run(scope string) (Node, error) {
	t := p.tok
	p.advance()
	name, rest, err := splitField(t, scope)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = scope
	} else if rest.text == "" {
		return p.afterField(name, t)
	}
	if p.tok.kind == tokQuoted && p.tok.at.Start == t.at.End {
		return nil, &Error{Span{t.at.End, t.at.End + 1}, "a quote in the middle of a word", "put a space before the quote"}
	}
	return p.leaf(name, rest)
}

// afterField reads the group or phrase that stands directly after the colon of t.
func (p *parser) afterField(name string, t token) (Node, error) {
	if p.tok.at.Start == t.at.End {
		switch p.tok.kind {
		case tokOpen:
			return p.group(name)
		case tokQuoted:
			return p.quoted(name)
		case tokFault:
			return nil, p.tok.fault
		}
	}
	hint := ""
	switch p.tok.kind {
	case tokRun:
		hint = "write " + name + ":" + short(p.tok.text) + " without a space"
	case tokQuoted:
		hint = "write " + name + ":" + quote(short(p.tok.text)) + " without a space"
	case tokOpen:
		hint = "write " + name + ":( without a space"
	default:
		hint = "write " + quote(t.text) + " in quotes for the word itself"
	}
	return nil, &Error{t.at, name + ": has nothing after the colon", hint}
}

// quoted reads a phrase, a value or a date in quotes.
func (p *parser) quoted(scope string) (Node, error) {
	t := p.tok
	p.advance()
	if p.tok.at.Start == t.at.End {
		switch p.tok.kind {
		case tokRun, tokQuoted, tokOpen, tokPlus, tokMinus:
			return nil, p.glued()
		}
	}
	if err := p.count(t.at); err != nil {
		return nil, err
	}
	switch kindOf(scope) {
	case KindValue:
		if t.text == "" {
			return nil, &Error{t.at, "the value of " + scope + ": is empty", "write a value, or leave the field out"}
		}
		return Value{t.at, scope, t.text}, nil
	case KindDate:
		return p.dates(scope, t)
	}
	if !hasWord(t.text) {
		return nil, &Error{t.at, "the phrase is empty", "a phrase needs a letter or a digit"}
	}
	return Phrase{At: t.at, Field: scope, Text: t.text, Exact: !strings.ContainsFunc(t.text, isSpace)}, nil
}

// glued is the fault of something that stands directly after a closing quote.
func (p *parser) glued() error {
	if p.tok.kind == tokRun {
		switch p.tok.text[0] {
		case '~':
			return &Error{p.tok.at, "the slop of a phrase " + later, "join the words with AND instead"}
		case '^':
			return &Error{p.tok.at, "a weight with ^ " + later, "leave it out"}
		case '*':
			return &Error{p.tok.at, "a phrase takes no star", "leave it out"}
		}
	}
	return &Error{p.tok.at, "there is no space after the closing quote", `put one, or write \" for a quote inside a phrase`}
}

// count counts a leaf of the tree.
func (p *parser) count(at Span) error {
	p.leaves++
	if p.leaves > MaxLeaves {
		return &Error{at, fmt.Sprintf("more than %s words, phrases, values and dates, each of which costs every search time", thousands(MaxLeaves)),
			"split the query into several"}
	}
	return nil
}

// leaf makes a node of a run that has no field in front any more.
func (p *parser) leaf(scope string, t token) (Node, error) {
	if err := p.count(t.at); err != nil {
		return nil, err
	}
	var fault *Error
	switch kindOf(scope) {
	case KindDate:
		return p.dates(scope, t)
	case KindValue:
		if fault = valueFault(scope, t.text); fault == nil {
			return Value{t.at, scope, t.text}, nil
		}
	default:
		if fault = wordFault(t.text); fault == nil {
			return word(scope, t), nil
		}
	}
	fault.At.Start += t.at.Start
	fault.At.End += t.at.Start
	if strings.HasPrefix(t.text, "/") {
		fault.At.End = p.regexpEnd(fault.At)
	}
	return nil, fault
}

// regexpEnd returns where the regular expression that begins at the span ends: it may hold parentheses, which end a run.
func (p *parser) regexpEnd(at Span) int {
	for i := at.Start + 1; i < len(p.lex.text) && !isSpace(p.lex.text[i]); i++ {
		if p.lex.text[i] == '/' {
			return max(at.End, i+1)
		}
	}
	return at.End
}

func word(scope string, t token) Node {
	if stem, ok := strings.CutSuffix(t.text, "*"); ok {
		return Prefix{t.at, scope, stem}
	}
	return Word{t.at, scope, t.text}
}

// later ends the detail of what the next version of the language adds.
const later = "is not part of the query language of this version"

// MinPrefix is how many letters or digits a prefix needs: with fewer it would stand for a good part of all words.
const MinPrefix = 2

// reserved are the operators to come, in upper case only.
var reserved = map[string]string{
	"NEAR":      "use AND, or a phrase in quotes",
	"NOTNEAR":   "use AND NOT",
	"SENTENCE":  "use AND, or a phrase in quotes",
	"PARAGRAPH": "use AND, or a phrase in quotes",
}

// wordFault says why a run cannot be a word or a prefix, with the place counted from the run's start, or returns nil.
func wordFault(text string) *Error {
	at := Span{0, utf8.RuneCountInString(text)}
	op, _, _ := strings.Cut(text, "/")
	if hint, ok := reserved[op]; ok {
		return &Error{at, op + " " + later, hint + "; write " + quote(text) + " for the word itself"}
	}
	if _, ok := operators[text]; ok {
		return &Error{at, text + " is an operator", forWord(text)}
	}
	if i := strings.IndexByte(text, '\\'); i >= 0 {
		return &Error{spanOf(text, i, i+1), "a backslash has a meaning only inside quotes", "put the text in quotes"}
	}
	if !hasWord(text) {
		return &Error{at, fmt.Sprintf("%s has no letter or digit to search for", short(text)), symbolHint(text)}
	}
	if f := beginFault(text); f != nil {
		return f
	}
	if i := strings.IndexAny(text, "~^?*"); i >= 0 {
		return specialFault(text, i)
	}
	if i := strings.Index(text, "&&"); i >= 0 {
		return &Error{spanOf(text, i, i+2), "&& is not an operator", "write AND, or put the word in quotes"}
	}
	if i := strings.Index(text, "||"); i >= 0 {
		return &Error{spanOf(text, i, i+2), "|| is not an operator", "write OR, or put the word in quotes"}
	}
	return nil
}

// beginFault is the fault of a run whose first character looks like an operator.
func beginFault(text string) *Error {
	r, size := utf8.DecodeRuneInString(text)
	rest := text[size:]
	switch {
	case r == '/':
		return &Error{Span{0, utf8.RuneCountInString(text)}, "a regular expression " + later, "use a prefix such as econom*, or put the text in quotes"}
	case r == '!':
		return &Error{Span{0, 1}, "! is not an operator", "write -" + short(rest) + " to exclude the word"}
	case isDash(r):
		return &Error{Span{0, 1}, fmt.Sprintf("%c is a dash, not a minus sign", r), "write -" + short(rest) + " to exclude the word, or put it in quotes"}
	case r == '＋':
		return &Error{Span{0, 1}, "＋ is not the plus sign", "write +" + short(rest)}
	case r == '-' || r == '+': // only after a field
		return &Error{Span{0, 1}, fmt.Sprintf("the sign %c stands after the field", r), fmt.Sprintf("put %c before the field, or the word in quotes", r)}
	}
	return nil
}

// isDash reports whether r is one of the dashes that editors make of a minus sign.
func isDash(r rune) bool { return 0x2010 <= r && r <= 0x2015 || r == '−' || r == '－' }

// specialFault judges the first special character of a word, at byte i; a star at the end makes a prefix and is none.
func specialFault(text string, i int) *Error {
	at := spanOf(text, i, i+1)
	inQuotes := "put the word in quotes"
	switch {
	case i == 0 && text[i] == '^':
		return &Error{spanOf(text, i, len(text)), "a weight with ^ " + later, "leave it out"}
	case i == len(text)-1 && text[i] == '?':
		return &Error{at, "the wildcard ? " + later, "leave the question mark out, or " + inQuotes}
	}
	switch text[i] {
	case '~':
		return &Error{spanOf(text, i, len(text)), "a fuzzy word with ~ " + later, "write the spellings with OR, or " + inQuotes}
	case '^':
		return &Error{spanOf(text, i, len(text)), "a weight with ^ " + later, "leave it out, or " + inQuotes}
	case '?':
		return &Error{at, "the wildcard ? " + later, "write the spellings with OR, use a prefix such as econom*, or " + inQuotes}
	}
	if i < len(text)-1 {
		return &Error{at, "a star that is not at the end of a word " + later, "use a prefix such as econom*, or " + inQuotes}
	}
	return prefixFault(text[:i])
}

// prefixFault judges what stands before the star. A prefix of several words, such as anti-terror*, has them before it as in
// a phrase; so it is the letters directly before the star that count.
func prefixFault(stem string) *Error {
	n := 0
	for _, r := range stem {
		switch {
		case isWordRune(r):
			n++
		case !unicode.IsMark(r):
			n = 0
		}
	}
	if n < MinPrefix {
		return &Error{Span{0, utf8.RuneCountInString(stem) + 1},
			fmt.Sprintf("a prefix needs at least %d letters or digits directly before the star", MinPrefix), "write more of the word"}
	}
	return nil
}

// valueFault says why a run cannot be an exact value without quotes, with the place counted from the run's start.
func valueFault(field, text string) *Error {
	at := Span{0, utf8.RuneCountInString(text)}
	inQuotes := func() string { return "write " + field + ":" + quote(short(text)) }
	if !hasWord(text) {
		return &Error{at, fmt.Sprintf("%s has no letter or digit", short(text)), inQuotes() + " if it is meant"}
	}
	if r, _ := utf8.DecodeRuneInString(text); r == '-' || r == '+' || isDash(r) {
		return &Error{Span{0, 1}, fmt.Sprintf("the sign %c stands after the field", r), fmt.Sprintf("put %c before the field, or %s", r, inQuotes())}
	}
	if i := strings.IndexAny(text, `\~^?*`); i >= 0 {
		return &Error{spanOf(text, i, i+1), fmt.Sprintf("%s: takes exact values, without %c", field, text[i]), inQuotes() + " if it is part of the value"}
	}
	return nil
}

func symbolHint(text string) string {
	switch text {
	case "&", "&&":
		return "write AND"
	case "|", "||":
		return "write OR"
	case "!":
		return "write NOT"
	case "+":
		return "write + directly before a word that must occur, or leave it out"
	case "*", "*:*", "**":
		return "an empty query matches every article"
	}
	if r, _ := utf8.DecodeRuneInString(text); r == '-' || isDash(r) {
		return "write - directly before a word that must not occur, or leave it out"
	}
	return "leave it out"
}

func hasWord(text string) bool { return strings.ContainsFunc(text, isWordRune) }

// spanOf turns a range of bytes into one of characters.
func spanOf(text string, from, to int) Span {
	start := utf8.RuneCountInString(text[:from])
	return Span{start, start + utf8.RuneCountInString(text[from:to])}
}

// short cuts what a fault repeats of the query.
func short(text string) string {
	const limit = 40
	for i := range text {
		if utf8.RuneCountInString(text[:i]) == limit {
			return text[:i] + "…"
		}
	}
	return text
}

// thousands writes n with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
