package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/entity"
	"dateline/index/source/dateline"
)

// datelineTries is how many paragraphs of a body are looked at for its dateline; as many as package dateline looks at.
const datelineTries = 6

// readDateline takes the place of filing for the place that it is, whatever the finder makes of it, and what the dateline
// credits for no organisation that the article is about: half of an archive would name Reuters.
func (r *reading) readDateline(body string) {
	from, line, ok := findDateline(body)
	if !ok {
		return
	}
	from += r.fields[2].start
	head := r.text[from : from+line.Rest]
	r.mentions = slices.DeleteFunc(r.mentions, func(m entity.Mention) bool {
		return m.Start >= from && m.End <= from+len(head) && m.Type != index.Place
	})
	start := from + len(head) - len(strings.TrimLeft(head, " "))
	place, _, _ := strings.Cut(line.Place, ",") // "Portland, Ore." names two
	end := start + len(place)
	if place == "" || end > from+len(head) || !strings.EqualFold(r.text[start:end], place) {
		return // it is written otherwise
	}
	r.mentions = slices.DeleteFunc(r.mentions, func(m entity.Mention) bool { return m.Start < end && m.End > start })
	i := r.mentionAt(start, 0)
	r.mentions = slices.Insert(r.mentions, i, entity.Mention{Type: index.Place, Start: start, End: end})
}

// dropCredit leaves out who has only written the article, as a parenthesis at its end says: (Reporting by Ann Lee; editing by
// Bo Chan).
func (r *reading) dropCredit() {
	body := r.fields[2]
	tail := r.text[max(body.start, body.end-maxCredit):]
	if !strings.Contains(tail, "ting by ") { // as all words of credits end
		return
	}
	open := -1
	for _, word := range []string{"eporting by ", "riting by ", "diting by "} {
		if at := strings.LastIndex(tail, word); at >= 0 {
			if i := strings.LastIndexByte(tail[:at], '('); i >= 0 && (open < 0 || i < open) {
				open = i
			}
		}
	}
	if open < 0 {
		return
	}
	from := len(r.text) - len(tail) + open
	to := len(r.text)
	if n := strings.IndexByte(r.text[from:], ')'); n >= 0 {
		to = from + n
	}
	r.mentions = slices.DeleteFunc(r.mentions, func(m entity.Mention) bool { return m.Start >= from && m.End <= to })
}

// maxCredit is how far from the end of a body its credit begins at most, in bytes.
const maxCredit = 600

// findDateline returns the first dateline with a place of a body, else the first one without, and where its paragraph begins.
func findDateline(body string) (from int, line dateline.Line, ok bool) {
	at := 0
	for range datelineTries {
		p, _, more := strings.Cut(body[at:], paragraph)
		if l, is := dateline.Parse(p); is && (!ok || l.Place != "") {
			from, line, ok = at, l, true
		}
		if at += len(p) + len(paragraph); !more || line.Place != "" {
			break
		}
	}
	return from, line, ok
}

// usual returns a name that is all in capitals with the usual letters: a place or a person that can be spoken as a word, and an
// organisation of several words none of which can be an abbreviation.
func usual(typ, name string) string {
	switch {
	case strings.ContainsFunc(name, unicode.IsLower):
		return name
	case typ == index.Org && (!strings.Contains(name, " ") || slices.ContainsFunc(strings.Fields(name), abbreviation)):
		return name
	case utf8.RuneCountInString(name) < 4 || !strings.ContainsFunc(name[1:], func(r rune) bool { return strings.ContainsRune("AEIOUY", r) || r >= utf8.RuneSelf }):
		return name // UAE, USSR
	}
	return dateline.Title(name)
}

// abbreviation reports whether a word in capitals may be one.
func abbreviation(word string) bool {
	switch word {
	case "OF", "THE", "AND", "FOR", "IN", "BANK", "AIR", "NEW", "OIL", "GAS":
		return false
	}
	return utf8.RuneCountInString(word) < 5 || strings.ContainsAny(word, ".&/0123456789")
}
