package suggest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/query"
)

// place is where a reader types: a word in a query, and what stands around it.
type place struct {
	text       string
	start, end int // of the word, with its field and its quotes, in bytes
	typed      string
	sign       string // + or - or ! before the word
	field      string // of the query language, "" for none
	quoted     bool   // the word stands in quotes
	closed     bool   // which are closed
}

// at finds the word before a caret, which is counted in characters; a caret that is not in the text is at its end.
func at(text string, caret int) place {
	at := offset(text, caret)
	if open := openQuote(text[:at]); open >= 0 {
		return inQuotes(text, open, at)
	}
	start := strings.LastIndexFunc(text[:at], ends) + 1
	if start > 0 { // of the rune that ends it, not of its first byte
		_, size := utf8.DecodeRuneInString(text[start-1:])
		start += size - 1
	}
	end := len(text)
	if i := strings.IndexFunc(text[at:], ends); i >= 0 {
		end = at + i
	}
	p := place{text: text, start: start, end: end, typed: text[start:at]}
	p.readField()
	return p
}

// offset returns where a character begins.
func offset(text string, caret int) int {
	n := 0
	for i := range text {
		if n == caret {
			return i
		}
		n++
	}
	return len(text)
}

// readField takes sign and field off what was typed.
func (p *place) readField() {
	word := strings.TrimLeft(p.typed, "+-!")
	p.sign, p.typed = p.typed[:len(p.typed)-len(word)], word
	name, rest, ok := strings.Cut(word, ":")
	if f, known := query.FieldNamed(name); ok && known {
		p.field, p.typed = f.Name, rest
	}
}

// inQuotes finds the word in quotes that were opened: all of it where the field has values, else the one at the caret.
func inQuotes(text string, open, at int) place {
	_, size := utf8.DecodeRuneInString(text[open:])
	head := place{}
	before := strings.LastIndexFunc(text[:open], unicode.IsSpace) + 1
	head.typed = strings.TrimLeft(text[before:open], "(")
	fieldStart := open - len(head.typed)
	head.readField()
	end := len(text)
	closing := strings.IndexFunc(text[at:], isQuote)
	if closing >= 0 {
		end = at + closing
	}
	p := place{text: text, field: head.field, quoted: true, closed: closing >= 0}
	if f, ok := query.FieldNamed(p.field); ok && f.Kind == query.KindValue {
		if p.start, p.end, p.sign, p.typed, p.quoted = fieldStart, end, head.sign, text[open+size:at], false; p.closed {
			_, size := utf8.DecodeRuneInString(text[end:])
			p.end += size
		}
		return p
	}
	p.start = open + size
	if i := strings.LastIndexFunc(text[p.start:at], unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[p.start+i:])
		p.start += i + size
	}
	p.typed = text[p.start:at]
	if i := strings.IndexFunc(text[at:end], unicode.IsSpace); i >= 0 {
		end = at + i
	}
	p.end = end
	return p
}

// openQuote returns where the quotes begin that the end of a text lies in, or -1.
func openQuote(text string) int {
	open, escaped := -1, false
	for i, r := range text {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case isQuote(r) && open < 0:
			open = i
		case isQuote(r):
			open = -1
		}
	}
	return open
}

func isQuote(r rune) bool { return strings.ContainsRune(`"“”„«»＂`, r) }

// ends reports whether a character ends a word of a query.
func ends(r rune) bool {
	return unicode.IsSpace(r) || isQuote(r) || strings.ContainsRune("()（）", r)
}

// plain reports whether a word is letters, digits and what joins them, no operator and no pattern.
func plain(word string) bool {
	if slices.Contains([]string{"AND", "OR", "NOT", "SENTENCE", "PARAGRAPH"}, word) || strings.ContainsAny(word, `*?~^/\:<>=&|@[]{}!`) {
		return false
	}
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// with returns the query with something in place of the word. Quotes that were left open are closed.
func (p place) with(text string) string {
	q := p.text[:p.start] + p.sign + text + p.text[p.end:]
	if p.quoted && !p.closed {
		q += `"`
	}
	return q
}

// withWord is with for a word of prose.
func (p place) withWord(term string) string {
	if p.quoted {
		return p.with(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(term))
	}
	return p.with(query.Word{Field: p.field, Text: term}.String())
}

// back returns the place with up to so many plain words before it taken in, the most first and itself last.
func (p place) back(words int) []place {
	list := []place{p}
	if p.quoted || p.field != "" || p.sign != "" {
		return list
	}
	for range words {
		first := list[0]
		before := strings.TrimRightFunc(first.text[:first.start], unicode.IsSpace)
		start := strings.LastIndexFunc(before, ends) + 1
		word := before[min(start, len(before)):]
		if start > 0 && !utf8.ValidString(word) || !plain(word) || strings.ContainsAny(word[:1], "+-") || len(before) == first.start {
			break
		}
		first.start, first.typed = start, word+" "+first.typed
		list = slices.Insert(list, 0, first)
	}
	return list
}
