package reuters

import (
	"regexp"
	"strings"
	"unicode"

	"dateline/index"
	"dateline/index/source/dateline"
)

// placeholder is what the makers of the collection put for the missing body of a BRIEF.
const placeholder = "Blah blah blah."

// parts reads a text that was taken apart: TITLE, AUTHOR, DATELINE and BODY. What stands between them belongs to tables
// and goes in front of the body; stars around a title mark urgency and are dropped.
func (e element) parts(a *index.Article) {
	title, _, _ := e.inner("TITLE")
	a.Title = strings.Trim(oneLine(plain(string(title))), "* ")
	if by, _, ok := e.inner("AUTHOR"); ok {
		a.Authors = authors(plain(string(by)))
	}
	body, _, _ := e.inner("BODY")
	text := plain(string(body))
	if line, _, ok := e.inner("DATELINE"); ok {
		var rest string
		a.Dateline, rest = place(plain(string(line)))
		text = join(rest, text)
	}
	if stray := e.between(); stray != "" {
		text = stray + "\n\n" + text
	}
	a.Body = paragraphs(text)
}

// between returns the text outside of the elements of e.
func (e element) between() string {
	var b strings.Builder
	for rest := string(e); rest != ""; {
		text, tag, ok := strings.Cut(rest, "<")
		b.WriteString(text)
		if !ok {
			break
		}
		b.WriteByte('\n')
		name, _, _ := strings.Cut(tag, ">")
		_, rest, ok = strings.Cut(tag, "</"+name+">")
		if !ok { // not one of an element's parts
			_, rest, _ = strings.Cut(tag, ">")
		}
	}
	s := strings.Replace(plain(b.String()), placeholder, "", 1)
	return strings.Trim(strings.Trim(strings.TrimSpace(s), "*"), "\n")
}

// raw reads a text that was never taken apart. Its first line is a title if the text goes on, on a line that does not
// continue it: an indented or empty one, a row of a table, or one below a line in capitals.
func (e element) raw(a *index.Article) {
	text := strings.Trim(plain(string(e)), "\n")
	title, rest, _ := strings.Cut(text, "\n")
	next, _, _ := strings.Cut(rest, "\n")
	words := oneLine(title)
	shouted := strings.ToUpper(title) == title
	parted := next == "" || next[0] == ' ' || next[0] == '\t' || isRow(next) || shouted
	begins := indent(title) < 3 || shouted
	if strings.ContainsFunc(words, unicode.IsLetter) && begins && parted && !isRow(title) && !isEndMark(words) {
		a.Title = strings.Trim(words, "* ")
		text = rest
	}
	a.Body = paragraphs(text)
	if a.Title == "" && a.Body == "" {
		a.Title = words
	}
	a.Dateline, _ = dateline.Read(a.Body)
}

// month begins the date of a dateline, which is misspelt at times: "Apri l7", "March 2O".
var month = regexp.MustCompile(`(?i)[ ,]+-?\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s*[l\d][\dlo]{0,2}\b`)

// capitals is a dateline whose month no one can read: "NEW YORK, Juen 19 -".
var capitals = regexp.MustCompile(`^([A-Z][A-Z .']+(?:, [A-Za-z. ]+)?), [A-Za-z]+\.? \d+\s*-\s*$`)

// dash ends a dateline.
var dash = regexp.MustCompile(`\s*-+(?:\s+|$)`)

// place takes a DATELINE apart: "PORTLAND, Ore., Feb 26 -" names "Portland, Ore."; the rest is the beginning of the text,
// which stands there when it has a dash itself. What names no place is all text.
func place(line string) (name, rest string) {
	all := strings.TrimSpace(line)
	s := strings.TrimLeft(all, "* ")
	if i := strings.LastIndex(s, "--"); strings.HasPrefix(s, "RPT ") && i > 0 { // repetition
		s = strings.TrimLeft(s[i:], "- ")
	}
	if m := month.FindStringIndex(s); m != nil {
		end := dash.FindStringIndex(s[m[1]:])
		if end == nil {
			return tidy(s[:m[0]]), ""
		}
		if name = tidy(s[:m[0]]); name != "" {
			return name, s[m[1]+end[1]:]
		}
		return "", all
	}
	if m := capitals.FindStringSubmatch(s); m != nil {
		return tidy(m[1]), ""
	}
	if l, ok := dateline.Parse(s + " "); ok && l.Rest >= len(s) {
		return l.Place, ""
	}
	return "", strings.TrimRight(line, " \n")
}

// tidy gives a place its usual spelling; some are in small letters, or half so. It returns "" for what is no place.
func tidy(s string) string {
	s = strings.Trim(oneLine(s), " ,-*}")
	if s == "" || len(s) > 60 || strings.ContainsAny(s, "0123456789") {
		return ""
	}
	if name, ok := dateline.Place(s); ok {
		return name
	}
	if len(strings.Fields(s)) <= 4 {
		name, _ := dateline.Place(strings.ToUpper(s))
		return name
	}
	return ""
}

// join puts the beginning of a text, found elsewhere, in front of it. A hyphen at its end joins two halves of a word.
func join(head, text string) string {
	switch {
	case head == "":
		return text
	case strings.HasSuffix(head, "-") && !strings.HasSuffix(head, " -"):
		return head + strings.TrimLeft(text, " \n")
	}
	return head + "\n" + text
}

// paragraphs lays a body out: paragraphs, which begin with three blanks or more, apart by one blank line, their lines
// joined; rows of tables one a line; without the mark of the end.
func paragraphs(text string) string {
	lines := strings.Split(strings.TrimRight(text, " \n"), "\n")
	for len(lines) > 0 && (strings.TrimSpace(lines[len(lines)-1]) == "" || isEndMark(lines[len(lines)-1])) {
		lines = lines[:len(lines)-1]
	}
	if n := len(lines); n > 0 {
		lines[n-1] = inlineMark.ReplaceAllString(lines[n-1], "")
	}
	var b strings.Builder
	b.Grow(len(text))
	gap, row := true, false // whether a paragraph must begin; whether the line before was a row
	for _, line := range lines {
		words := strings.TrimSpace(line)
		if words == "" {
			gap = true
			continue
		}
		in := indent(line)
		isrow := isRow(line) || row && in < 3 && strings.ToUpper(line) == line // what a row had no room for
		switch {
		case b.Len() == 0:
		case gap || in >= 3 && !(row && isrow) || isrow && !row && in >= 1:
			b.WriteString("\n\n")
		case isrow || row || in > 0:
			b.WriteByte('\n')
		case !strings.HasSuffix(b.String(), "-") || strings.HasSuffix(b.String(), " -"):
			b.WriteByte(' ')
		}
		if !isrow {
			words = oneLine(words)
		}
		b.WriteString(words)
		gap, row = false, isrow
	}
	return b.String()
}

// indent returns how many blanks a line begins with.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// isRow reports whether a line has columns: three blanks in a row inside it.
func isRow(line string) bool {
	return strings.Contains(strings.TrimSpace(line), "   ")
}

// endMarks close texts: the agency's name, misspelt at times and with a typist's initials, or "MORE".
var endMarks = regexp.MustCompile(`(?i)^\W*(?:reu(?:te|ters?|iter|eter)\d?(?: [A-Z]{1,3})?|more)\W*(?:\^M)?$`)

// inlineMark is the mark behind the last sentence.
var inlineMark = regexp.MustCompile(`\s+(?:REUTER|Reuter)[.\s]*$`)

func isEndMark(line string) bool {
	return len(line) < 40 && endMarks.MatchString(strings.TrimSpace(line))
}
