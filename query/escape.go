package query

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A run is kept as typed until it is known what it is: a backslash in it makes the next character literal, as in Lucene.
// Escaped white space is a space.

// plain yields the characters of a run that have no backslash before them, with their places in bytes.
func plain(run string) iter.Seq2[int, rune] {
	return func(yield func(int, rune) bool) {
		escaped := false
		for i, r := range run {
			switch {
			case escaped:
				escaped = false
			case r == '\\':
				escaped = true
			case !yield(i, r):
				return
			}
		}
	}
}

// indexPlain returns the place of the first unescaped character of set, or -1.
func indexPlain(run, set string) int {
	for i, r := range plain(run) {
		if strings.ContainsRune(set, r) {
			return i
		}
	}
	return -1
}

// unescape returns what a run stands for.
func unescape(run string) string {
	if !strings.Contains(run, `\`) {
		return run
	}
	var b strings.Builder
	escaped := false
	for _, r := range run {
		switch {
		case r == '\\' && !escaped:
			escaped = true
			continue
		case isSpace(r):
			r = ' '
		}
		escaped = false
		b.WriteRune(r)
	}
	return b.String()
}

// escapeFault says what is wrong with the backslashes of a run. Before a letter or digit there is nothing to escape, so that
// the backslash itself was meant; only operators are made words so: \AND.
func escapeFault(run string) *Error {
	escaped := false
	for i, r := range run {
		switch {
		case escaped && isWordRune(r) && !(i == 1 && reserved(unescape(run))):
			return &Error{spanOf(run, i-1, i), "a backslash before a letter or digit", `write \\ for a backslash itself, or leave it out`}
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		}
	}
	if escaped {
		return &Error{spanOf(run, len(run)-1, len(run)), "nothing follows the backslash", `write \\ for a backslash itself, or leave it out`}
	}
	return nil
}

// reserved reports whether a run by itself is an operator of this language or of one like it.
func reserved(run string) bool {
	if _, ok := operators[run]; ok {
		return true
	}
	op, _, _ := nearOp(run)
	return op != 0 || foreignNear(run) != ""
}

// escape writes a text so that it is read as one run, directly after the field where there is one. The characters of keep
// stay as they are. The run is what the lexer will see: the text with what follows it.
func escape(field, text, keep, run string) string {
	var b strings.Builder
	if reserved(run) {
		b.WriteByte('\\')
	}
	colon := true // whether a colon may still end a name
	for i, r := range text {
		rest := text[i:]
		switch {
		case strings.ContainsRune(keep, r):
		case isSpace(r):
			r = ' '
			b.WriteByte('\\')
		case r == '\\', endsRun(r), strings.ContainsRune("~^*?", r), i == 0 && beginsOdd(r),
			strings.HasPrefix(rest, "&&"), strings.HasPrefix(rest, "||"):
			b.WriteByte('\\')
		case colon && (r == ':' || r == '：'):
			if endsName(field, text[:i], r) {
				b.WriteByte('\\')
			} else {
				colon = r != ':'
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// beginsOdd reports whether a run that begins with r is read as something else or is a fault.
func beginsOdd(r rune) bool { return strings.ContainsRune("+-!/=＋", r) || isDash(r) }

// endsName reports whether a colon after left ends the name of a field, of a known one or, where no field stands before, of
// any.
func endsName(field, left string, colon rune) bool {
	if _, _, ok := knownName(left); ok {
		return true
	}
	return field == "" && colon == ':' && strings.ContainsFunc(left, unicode.IsLetter)
}

// isRun reports whether a value, which is no fault of one, is read as one run after its field.
func isRun(text string) bool {
	if strings.ContainsFunc(text, endsRun) {
		return false
	}
	for i, r := range text {
		if r == ':' || r == '：' {
			if _, _, ok := knownName(text[:i]); ok {
				return false
			}
			if r == ':' {
				break
			}
		}
	}
	return true
}

// quote writes a text in straight quotes.
func quote(text string) string {
	return `"` + escaper.Replace(text) + `"`
}

var escaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// spanOf turns a range of bytes into one of characters.
func spanOf(text string, from, to int) Span {
	start := utf8.RuneCountInString(text[:from])
	return Span{start, start + utf8.RuneCountInString(text[from:to])}
}
