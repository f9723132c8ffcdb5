package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// field reads what stands directly after the colon of a field, of near5: or of repeat3:.
func (p *parser) field(scope string) (Node, error) {
	f := p.tok
	p.advance()
	if !p.tok.direct {
		return nil, p.nothingAfter(f)
	}
	if p.tok.kind == tokEnd || p.tok.kind == tokClose {
		return nil, p.nothingAfter(f)
	}
	switch f.name {
	case "near":
		return p.together(scope, f)
	case "repeat":
		return p.repeat(scope, f)
	}
	if second := p.tok; second.kind == tokField && (kindOf(second.name) != KindText || fieldName(second.name) != "" || kindOf(f.name) != KindText) {
		return nil, twoFields(f, second)
	}
	if p.tok.kind == tokRun && p.tok.text == "*" {
		t := p.tok
		p.advance()
		return p.has(f.name, t.at)
	}
	return p.primary(f.name)
}

func twoFields(first, second token) *Error {
	return &Error{Span{first.at.Start, second.at.End}, "two fields in a row", "write one field, or put what follows the first in quotes"}
}

// nothingAfter is the fault of a field without anything directly after its colon.
func (p *parser) nothingAfter(f token) *Error {
	name := f.text[:len(f.text)-len(":")]
	if strings.HasSuffix(f.text, "：") {
		name = strings.TrimSuffix(f.text, "：")
	}
	name = strings.ToLower(name)
	hint := ""
	switch p.tok.kind {
	case tokRun:
		hint = "write " + name + ":" + short(p.tok.text) + " without a space"
	case tokQuoted:
		hint = "write " + name + ":" + quote(short(p.tok.text)) + " without a space"
	case tokOpen:
		hint = "write " + name + ":( without a space"
	default:
		hint = "write " + quote(f.text) + " in quotes for the word itself"
	}
	return &Error{f.at, name + ": has nothing after the colon", hint}
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

// run reads a run of characters: a word, a pattern, a value, a date, a number or a name, whatever the field takes.
func (p *parser) run(scope string) (Node, error) {
	kind := kindOf(scope)
	if ranged := kind == KindDate || kind == KindNumber; ranged && isBracket(p.tok.text[0]) {
		if p.tok = p.lex.bracketed(p.tok); p.tok.fault != nil {
			return nil, p.tok.fault
		}
	}
	t := p.tok
	p.advance()
	if err := p.count(t.at); err != nil {
		return nil, err
	}
	if kind == KindText || kind == KindValue {
		if i := indexPlain(t.text, ":"); i >= 0 && !t.direct && hasLetter(t.text[:i]) {
			return nil, unknownField(t, t.text[:i])
		}
		if fault := escapeFault(t.text); fault != nil {
			return nil, fault.within(t)
		}
	}
	if kind == KindText {
		return p.word(scope, t)
	}
	if kind == KindValue {
		if p.follows(tokTilde) {
			t.text, t.at.End = t.text+"~"+p.tok.text, p.tok.at.End
		}
		if fault := valueFault(scope, t.text); fault != nil {
			return nil, fault.within(t)
		}
		return Value{t.at, scope, oneSpaced(unescape(t.text))}, nil
	}
	return p.condition(scope, t)
}

// condition reads a date, a number or a name.
func (p *parser) condition(scope string, t token) (Node, error) {
	switch kindOf(scope) {
	case KindDate:
		return p.dates(scope, t)
	case KindNumber:
		return numbers(scope, t)
	}
	return p.has(t.text, t.at)
}

// within moves a fault whose place was counted from the start of t.
func (e *Error) within(t token) *Error {
	e.At.Start += t.at.Start
	e.At.End += t.at.Start
	return e
}

// quoted reads a phrase with its slop, or a value, a date, a number or a name in quotes.
func (p *parser) quoted(scope string) (Node, error) {
	t := p.tok
	p.advance()
	if err := p.count(t.at); err != nil {
		return nil, err
	}
	kind := kindOf(scope)
	switch {
	case kind == KindText:
		return p.phrase(scope, t)
	case t.exact:
		return nil, &Error{Span{t.at.Start, t.at.Start + 1}, "= is for words, not for " + scope + ":", "leave it out"}
	case kind != KindValue:
		return p.condition(scope, t)
	case t.text == "":
		return nil, &Error{t.at, "the value of " + scope + ": is empty", "write a value, or leave the field out"}
	}
	return Value{t.at, scope, t.text}, nil
}

func (p *parser) phrase(scope string, t token) (Node, error) {
	if !hasWord(t.text) {
		return nil, &Error{t.at, "the phrase is empty", "a phrase needs a letter or a digit"}
	}
	n := Phrase{At: t.at, Field: scope, Text: t.text, Exact: t.exact || !strings.ContainsFunc(t.text, isSpace)}
	if strings.Contains(t.text, " ") { // one word in quotes is what it says
		if fault := p.classFault(t, t.text); fault != nil {
			return nil, fault
		}
	}
	if !p.follows(tokTilde) {
		return n, nil
	}
	slop := p.tok
	p.advance()
	example := "write a number directly after it, as in " + quote(short(t.text)) + "~5, for how far the words may be moved in all"
	count, ok := readCount(slop.text)
	switch {
	case slop.text == "":
		return nil, &Error{slop.at, "no number follows ~", example}
	case !ok:
		return nil, &Error{slop.at, short(slop.text) + " after ~ is not a number", example}
	case count > MaxDistance:
		return nil, &Error{slop.at, fmt.Sprintf("the slop is more than %s words, which is most of an article", thousands(MaxDistance)), "join the words with AND instead"}
	}
	n.Slop, n.At.End = count, slop.at.End
	return n, nil
}

// glued is the fault of something that stands directly after an operand and may not.
func (p *parser) glued() *Error {
	if p.tok.at.Start != p.prev.at.End {
		return nil
	}
	afterQuote := p.prev.kind == tokQuoted || p.prev.kind == tokRegexp
	switch p.tok.kind {
	case tokTilde:
		return &Error{p.tok.at, "~ may not stand here", `write it directly after a word, as in oil~1, or a phrase, as in "oil price"~5`}
	case tokCaret:
		return &Error{p.tok.at, "two weights in a row", "leave one of them out"}
	case tokQuoted:
		if !afterQuote && p.prev.kind != tokClose {
			return &Error{Span{p.tok.at.Start, p.tok.at.Start + 1}, "a quote in the middle of a word", "put a space before the quote"}
		}
	case tokRun, tokOpen, tokField, tokRegexp, tokPlus, tokMinus:
	case tokNot:
		afterQuote = afterQuote && p.tok.text == "!"
	default:
		return nil
	}
	switch {
	case !afterQuote:
		return nil
	case p.prev.kind == tokRegexp:
		return &Error{p.tok.at, "there is no space after the slash that ends the regular expression", `put one, or write \/ for a slash inside, or put all in quotes`}
	case p.tok.text == "*":
		return &Error{p.tok.at, "a phrase takes no star", "leave it out"}
	case p.tok.text == "?":
		return &Error{p.tok.at, "a phrase takes no question mark", "leave it out"}
	}
	return &Error{p.tok.at, "there is no space after the closing quote", `put one, or write \" for a quote inside a phrase`}
}

// valueFault says why a run cannot be an exact value without quotes, with the place counted from the run's start.
func valueFault(field, run string) *Error {
	at := Span{0, utf8.RuneCountInString(run)}
	inQuotes := func() string { return "write " + field + ":" + quote(short(oneSpaced(unescape(run)))) }
	if !hasWord(unescape(run)) {
		return &Error{at, fmt.Sprintf("%s has no letter or digit", short(run)), inQuotes() + " if it is meant"}
	}
	switch r, _ := utf8.DecodeRuneInString(run); {
	case r == '-' || r == '+' || isDash(r):
		return &Error{Span{0, 1}, fmt.Sprintf("the sign %c stands after the field", r), fmt.Sprintf("put %c before the field, or %s", r, inQuotes())}
	case r == '/':
		return &Error{at, field + ": takes exact values, without a regular expression", inQuotes() + " if it is the value"}
	case r == '=':
		return &Error{Span{0, 1}, field + ": takes exact values in any case", "leave = out, or " + inQuotes()}
	}
	if i := indexPlain(run, `~^?*`); i >= 0 {
		return &Error{spanOf(run, i, i+1), fmt.Sprintf("%s: takes exact values, without %c", field, run[i]), inQuotes() + " if it is part of the value"}
	}
	return nil
}

// short cuts what a fault repeats of the query.
func short(text string) string {
	const limit = 40
	n := 0
	for i := range text {
		if n == limit {
			return text[:i] + "…"
		}
		n++
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

// has makes the condition that a field holds something.
func (p *parser) has(name string, at Span) (Node, error) {
	field := strings.ToLower(name)
	f, ok := FieldNamed(field)
	switch {
	case ok && field == "id":
		return nil, &Error{at, "every article has an id", "leave it out, or write *:* for every article"}
	case ok && f.Kind != KindNumber && f.Kind != KindName:
		return Has{at, field}, nil
	case ok && f.Kind == KindNumber:
		return nil, &Error{at, field + ": is a number, which every article has", "write a number, as in " + field + ":>500"}
	}
	e := &Error{at, "there is no field " + quote(short(name)) + " to have something in", "write has:agency, has:author, has:lead or the like"}
	if near := nearField(field); near != "" && near != "id" && kindOf(near) != KindName && kindOf(near) != KindNumber {
		if sided[near] != "" {
			near = "date"
		}
		e.Hint = "did you mean has:" + near + "?"
	}
	return nil, e
}
