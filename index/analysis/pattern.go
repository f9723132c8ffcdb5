package analysis

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Pattern is one token of a word with wildcards.
type Pattern struct {
	Text string // folded as a term is; in a wild one * stands for any characters, or none, and ? for one
	Wild bool   // else Text is a term
}

// Wildcard parts a word of the query language that has wildcards into tokens, as Tokens parts words, with * and ? taken
// for letters: anti-terr*st is anti and terr*st, U.S.* is us*. The patterns stand for terms that follow one another. A *
// beside a character that is a word of its own (石*) is left out: it would ask for one more word.
func Wildcard(word string) []Pattern {
	star, mark := standIns(word)
	s := scanner{text: strings.NewReplacer("*", star, "?", mark).Replace(word)}
	back := strings.NewReplacer(star, "*", mark, "?")
	var list []Pattern
	last, end := "", -1 // the last pattern, if it is of the token before, and where that ends
	for s.next() {
		p := pattern(s.text[s.start:s.end], back)
		joined := s.start == end
		if joined && stars(last) {
			list = list[:len(list)-1]
		}
		last, end = "", s.end
		if !joined || !stars(p.Text) {
			list, last = append(list, p), p.Text
		}
	}
	return list
}

// pattern folds a token in which letters stand for the wildcards.
func pattern(token string, back *strings.Replacer) Pattern {
	plain := string(appendPlain(nil, token))
	text := back.Replace(plain)
	if text == plain {
		return Pattern{Text: Term(token)}
	}
	return Pattern{Text: text, Wild: true}
}

func stars(s string) bool { return s != "" && strings.Trim(s, "*") == "" }

// standIns returns two letters that are not in the word and that folding leaves as they are: syllables of Yi.
func standIns(word string) (star, mark string) {
	var free []string
	for r := '\uA000'; len(free) < 2; r++ {
		if !strings.ContainsRune(word, r) {
			free = append(free, string(r))
		}
	}
	return free[0], free[1]
}

// FoldPattern folds the letters of a regular expression (of package regexp), so that it matches terms: without case and
// accents, ß as ss. What stands behind a backslash (\d, \W, \pL, \x{e9}) stays, as do flags and the names of groups. In
// brackets a letter that folds to several stands for any of them. An expression that compiles does so folded.
func FoldPattern(re string) string {
	f := folder{rest: norm.NFC.String(re)}
	for f.rest != "" {
		f.step()
	}
	if folded := f.out.String(); compiles(folded) || !compiles(re) {
		return folded
	}
	return re
}

func compiles(re string) bool {
	_, err := regexp.Compile(re)
	return err == nil
}

// folder copies a regular expression.
type folder struct {
	rest    string
	out     strings.Builder
	bracket bool // within [ ]
	quote   bool // within \Q \E
	letter  bool // the last that was written is a folded letter, so that a mark may go
}

// step copies what comes next.
func (f *folder) step() {
	r, size := utf8.DecodeRuneInString(f.rest)
	letter := f.letter
	f.letter = false
	switch {
	case f.quote && strings.HasPrefix(f.rest, `\E`):
		f.quote = false
		f.copy(2)
	case !f.quote && r == '\\':
		f.escape()
	case !f.quote && strings.HasPrefix(f.rest, "[[:"), !f.quote && f.bracket && strings.HasPrefix(f.rest, "[:"):
		f.class()
	case !f.quote && !f.bracket && strings.HasPrefix(f.rest, "(?"):
		f.group()
	case letter && accent(r):
		f.rest, f.letter = f.rest[size:], true
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		f.fold(r, size)
	default:
		if !f.quote {
			f.bracket = r == '[' || f.bracket && r != ']'
		}
		f.copy(size)
	}
}

// copy copies n bytes as they are.
func (f *folder) copy(n int) {
	f.out.WriteString(f.rest[:n])
	f.rest = f.rest[n:]
}

// escape copies a backslash and what belongs to it.
func (f *folder) escape() {
	n := min(2, len(f.rest))
	switch {
	case strings.HasPrefix(f.rest, `\Q`):
		f.quote = true
	case strings.HasPrefix(f.rest, `\x{`), strings.HasPrefix(f.rest, `\p{`), strings.HasPrefix(f.rest, `\P{`):
		n = through(f.rest, "}")
	case strings.HasPrefix(f.rest, `\x`):
		n = min(4, len(f.rest))
	case strings.HasPrefix(f.rest, `\p`), strings.HasPrefix(f.rest, `\P`):
		n = min(3, len(f.rest))
	}
	for n < len(f.rest) && !utf8.RuneStart(f.rest[n]) {
		n++
	}
	f.copy(n)
}

// class copies the name of a class: [:alpha:].
func (f *folder) class() {
	if f.rest[1] == '[' {
		f.bracket = true
		f.copy(1)
	}
	f.copy(through(f.rest, ":]"))
}

// group copies what opens a group: its flags or name.
func (f *folder) group() {
	if strings.HasPrefix(f.rest, "(?P<") || strings.HasPrefix(f.rest, "(?<") {
		f.copy(through(f.rest, ">"))
		return
	}
	if n := strings.IndexAny(f.rest, ":)"); n >= 0 {
		f.copy(n + 1)
		return
	}
	f.copy(len(f.rest))
}

// through returns where the first end in s ends, or s does.
func through(s, end string) int {
	if i := strings.Index(s, end); i >= 0 {
		return i + len(end)
	}
	return len(s)
}

// fold writes a letter folded.
func (f *folder) fold(r rune, size int) {
	folded := string(appendPlain(nil, string(r)))
	f.rest, f.letter = f.rest[size:], true
	switch {
	case folded == "" || f.bracket && unicode.IsNumber(r):
		f.out.WriteRune(r)
	case f.quote:
		f.out.WriteString(folded)
	case !f.bracket && utf8.RuneCountInString(folded) > 1 && f.rest != "" && strings.Contains("*+?{", f.rest[:1]):
		f.out.WriteString("(?:" + regexp.QuoteMeta(folded) + ")")
	default:
		f.out.WriteString(regexp.QuoteMeta(folded))
	}
}
