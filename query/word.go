package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MinPrefix is how many letters or digits a prefix or a wildcard needs: with fewer it would stand for a good part of all
	// words.
	MinPrefix = 2
	// MaxEdits is how far a fuzzy word reaches; beyond it most words are like most others.
	MaxEdits = 2
)

// word makes a node of a run of prose: a word, an exact word, a prefix, a wildcard or, with ~ after it, a fuzzy word.
func (p *parser) word(scope string, t token) (Node, error) {
	if t.text == "*:*" {
		return All{t.at}, nil
	}
	t = trimmed(t)
	// A question mark that ends the text asks a question. Everywhere else it is a wildcard.
	if rest, ok := strings.CutSuffix(t.text, "?"); ok && indexPlain(t.text, "*?") == len(rest) && hasWord(rest) && p.lex.atEnd(t.at.End) {
		t.text, t.at.End = rest, t.at.End-1
	}
	if fault := wordFault(t.text); fault != nil {
		return nil, fault.within(t)
	}
	text, star := unescape(t.text), indexPlain(t.text, "*?")
	if fault := p.classFault(t, text); fault != nil {
		return nil, fault
	}
	if star >= 0 || p.follows(tokTilde) {
		if fault := p.patternFault(t, text); fault != nil {
			return nil, fault
		}
	}
	if p.follows(tokTilde) {
		return p.fuzzy(scope, t, star)
	}
	exact, isExact := strings.CutPrefix(t.text, "=")
	switch {
	case isExact && star >= 0:
		return nil, &Error{t.at, "= asks for the word as written, " + t.text[star:star+1] + " for any that fits", "leave one of them out"}
	case isExact:
		return Phrase{At: t.at, Field: scope, Text: oneSpaced(unescape(exact)), Exact: true}, nil
	case star < 0:
		return Word{t.at, scope, oneSpaced(text)}, nil
	}
	return wildcard(scope, t, star)
}

// trimmed takes escaped white space off the ends of a run: it is no part of a word. White space in a run is always escaped.
func trimmed(t token) token {
	whole, runes := t, []rune(t.text)
	for len(runes) > 1 && isSpace(runes[1]) {
		runes, t.at.Start = runes[2:], t.at.Start+2
	}
	for len(runes) > 1 && isSpace(runes[len(runes)-1]) {
		runes, t.at.End = runes[:len(runes)-2], t.at.End-2
	}
	if len(runes) == 0 {
		return whole
	}
	t.text = string(runes)
	return t
}

// wildcard makes a prefix of a run whose only wildcard is a star at its end, else a wildcard. The first is at byte star.
func wildcard(scope string, t token, star int) (Node, error) {
	stem := t.text[:len(t.text)-1]
	text := oneSpaced(unescape(t.text))
	if i := twoStars(t.text); i >= 0 {
		return nil, (&Error{spanOf(t.text, i, i+2), "two stars in a row", "write one"}).within(t)
	}
	if star == len(stem) && t.text[star] == '*' {
		stem = unescape(stem)
		if fault := prefixFault(stem); fault != nil {
			fault.At = t.at
			return nil, fault
		}
		return Prefix{t.at, scope, oneSpaced(stem)}, nil
	}
	if strings.Count(text, "*")+strings.Count(text, "?") > countPlain(t.text, "*?") {
		return nil, &Error{t.at, `a wildcard with \* or \? fits nothing, for no word has these characters`, "leave them out"}
	}
	if len(text) > maxPattern {
		return nil, longPattern(t.at)
	}
	if countWord(text) < MinPrefix {
		return nil, &Error{t.at, fmt.Sprintf("a wildcard needs at least %d letters or digits, for with fewer it stands for too many words", MinPrefix),
			"write more of the word"}
	}
	return Wildcard{t.at, scope, text}, nil
}

// fuzzy reads the number of edits after ~.
func (p *parser) fuzzy(scope string, t token, star int) (Node, error) {
	tilde := p.tok
	p.advance()
	at := Span{t.at.Start, tilde.at.End}
	text := oneSpaced(unescape(t.text))
	switch letters := countWord(text); {
	case star >= 0:
		return nil, &Error{at, "a word is either fuzzy, with ~, or has wildcards", "leave one of them out"}
	case strings.HasPrefix(t.text, "="):
		return nil, &Error{at, "a word is either fuzzy, with ~, or exact, with =", "leave one of them out"}
	case len(text) > maxPattern:
		return nil, longPattern(at)
	case tilde.text == "0":
		return Phrase{At: at, Field: scope, Text: text, Exact: true}, nil
	case tilde.text == "" && letters > 5:
		return Fuzzy{at, scope, text, 2}, nil
	case tilde.text == "" && letters > 1, tilde.text == "1" && letters > 1:
		return Fuzzy{at, scope, text, 1}, nil
	case tilde.text == "2" && letters > 2:
		return Fuzzy{at, scope, text, 2}, nil
	case tilde.text == "", tilde.text == "1", tilde.text == "2":
		return nil, &Error{at, "a fuzzy word needs more letters or digits than it may have edits, or any word would do", "write more of the word"}
	}
	return nil, editsFault(tilde, t.text)
}

func longPattern(at Span) *Error {
	return &Error{at, fmt.Sprintf("the pattern has more than %d bytes, and no word is so long", maxPattern), "write less"}
}

func editsFault(tilde token, run string) *Error {
	hint := fmt.Sprintf("write %s~1 or %s~2; for a mark inside a word write \\~", short(run), short(run))
	_, digits := readCount(tilde.text)
	switch {
	case digits:
		return &Error{tilde.at, fmt.Sprintf("fuzzy reaches at most %d edits, for with more most words are alike", MaxEdits), hint}
	case strings.Trim(tilde.text, "0123456789.") == "":
		return &Error{tilde.at, "~ takes a number of edits, not a similarity as in older search engines", hint}
	}
	return &Error{tilde.at, short(tilde.text) + " after ~ is not a number of edits", hint}
}

// strayFault is the fault of ~ or ^ with no operand directly before it.
func strayFault(t token) *Error {
	if t.kind == tokCaret {
		return &Error{t.at, "the weight has nothing on its left", "write it directly after a word, phrase or group, as in oil^2"}
	}
	return &Error{t.at, "~ has nothing on its left", `write it directly after a word, as in oil~1, or a phrase, as in "oil price"~5`}
}

// wordFault says why a run cannot be a word or a pattern, with the place counted from the run's start, or returns nil.
func wordFault(run string) *Error {
	at := Span{0, utf8.RuneCountInString(run)}
	if op := foreignNear(run); op != "" {
		return &Error{at, run + " is not an operator", "write " + op + ", or " + quote(run) + " for the word itself"}
	}
	if reserved(run) {
		return &Error{at, short(run) + " is an operator", forWord(run)}
	}
	text := unescape(run)
	if !hasWord(text) {
		return &Error{at, fmt.Sprintf("%s has no letter or digit to search for", short(run)), symbolHint(run)}
	}
	if f := beginFault(run); f != nil {
		return f
	}
	for i, r := range plain(run) {
		if r != '&' && r != '|' || i+1 == len(run) || run[i+1] != run[i] {
			continue
		}
		op := map[rune]string{'&': "AND", '|': "OR"}[r]
		return &Error{spanOf(run, i, i+2), run[i:i+2] + " stands inside a word", "put spaces around it, or write " + op + ", or put the word in quotes"}
	}
	return nil
}

// beginFault is the fault of a run whose first character looks like an operator.
func beginFault(text string) *Error {
	r, size := utf8.DecodeRuneInString(text)
	rest := text[size:]
	switch {
	case r == '!': // only after a field
		return &Error{Span{0, 1}, "the sign ! stands after the field", "put ! before the field, or the word in quotes"}
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
	if n >= MinPrefix {
		return nil
	}
	return &Error{Detail: fmt.Sprintf("a prefix needs at least %d letters or digits directly before the star, for with fewer it stands for too many words", MinPrefix),
		Hint: "write more of the word"}
}

func symbolHint(text string) string {
	switch text {
	case "&":
		return "write AND"
	case "|":
		return "write OR"
	case "!":
		return "write NOT"
	case "+":
		return "write + directly before a word that must occur, or leave it out"
	case "*", "**":
		return "*:* or an empty query matches every article"
	case "/":
		return "leave it out, or write a regular expression without a space at its start"
	}
	if r, _ := utf8.DecodeRuneInString(text); r == '-' || isDash(r) {
		return "write - directly before a word that must not occur, or leave it out"
	}
	if text == "?" {
		return "leave it out, or write it inside a word for any one letter"
	}
	if strings.Trim(text, "?*") == "" {
		return "write some letters of the word"
	}
	return "leave it out"
}

func hasWord(text string) bool { return strings.ContainsFunc(text, isWordRune) }

func hasLetter(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// countWord counts letters and digits.
func countWord(text string) int {
	n := 0
	for _, r := range text {
		if isWordRune(r) {
			n++
		}
	}
	return n
}

func countPlain(run, set string) int {
	n := 0
	for _, r := range plain(run) {
		if strings.ContainsRune(set, r) {
			n++
		}
	}
	return n
}

// twoStars returns the place of the first of two stars in a row, or -1.
func twoStars(run string) int {
	last := -2
	for i, r := range plain(run) {
		if r == '*' {
			if last == i-1 {
				return last
			}
			last = i
		}
	}
	return -1
}
