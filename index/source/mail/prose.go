package mail

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// prose is the text of a part.
type prose struct {
	paragraphs []string
	preheader  string // a line that is hidden in the text and shown in the list of messages
	html       bool
}

func (p prose) empty() bool { return len(p.paragraphs) == 0 }

func (p prose) size() int {
	n := 0
	for _, s := range p.paragraphs {
		n += len(s)
	}
	return n
}

// and puts another text behind p.
func (p prose) and(q prose) prose {
	if p.preheader == "" {
		p.preheader = q.preheader
	}
	p.paragraphs = append(p.paragraphs, q.paragraphs...)
	p.html = p.html || q.html
	return p
}

// or returns the better of two alternatives: HTML, which knows its paragraphs, where plain text is broken into short lines
// and full of addresses; but not when HTML has less than half of the text, as that of a picture has.
func (p prose) or(q prose) prose {
	if p.html == q.html {
		if p.size() >= q.size() {
			return p
		}
		return q
	}
	if q.html {
		p, q = q, p
	}
	if 2*p.size() < lettersOf(q) {
		q.preheader = p.preheader
		return q
	}
	return p
}

var address = regexp.MustCompile(`https?://\S+`)

// lettersOf counts the bytes of a text without its addresses.
func lettersOf(p prose) int {
	n := 0
	for _, s := range p.paragraphs {
		n += len(address.ReplaceAllString(s, ""))
	}
	return n
}

// readPlain reads plain text. flowed lines that end in a blank go on in the next (RFC 3676); of others, a paragraph that
// was broken to a width is joined. What stands behind the mark of a signature is dropped.
func readPlain(text string, flowed, delsp bool) prose {
	if flowed {
		text = unflow(text, delsp)
	}
	text = unsigned(text)
	var all prose
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			all.paragraphs = append(all.paragraphs, joined(lines))
		}
		lines = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "", isRule(trimmed):
			flush()
		default:
			lines = append(lines, trimmed)
		}
	}
	flush()
	return all
}

func unflow(text string, delsp bool) string {
	var b strings.Builder
	b.Grow(len(text))
	for line := range strings.SplitAfterSeq(text, "\n") {
		body, ended := strings.CutSuffix(line, "\n")
		if !ended || !strings.HasSuffix(body, " ") || body == "-- " {
			b.WriteString(line)
			continue
		}
		if delsp {
			body = body[:len(body)-1]
		}
		b.WriteString(body)
	}
	return b.String()
}

// maxSignature is how many lines the signature of a message, or the footer of a mailing list, has at most.
const maxSignature = 15

// footer begins what Mailman puts below every message.
var footer = regexp.MustCompile(`^_{40,}$`)

// unsigned drops a signature and the footer of a mailing list: what stands behind the last "-- " or line of underscores
// that has "mailing list" below it.
func unsigned(text string) string {
	lines := strings.Split(text, "\n")
	for i := len(lines) - 1; i > 0 && i >= len(lines)-2*maxSignature; i-- {
		rest := strings.TrimSpace(strings.Join(lines[i+1:], "\n"))
		few := strings.Count(rest, "\n") < maxSignature
		listed := footer.MatchString(strings.TrimSpace(lines[i])) && strings.Contains(rest, "mailing list")
		if few && (lines[i] == "-- " || listed) {
			lines = lines[:i]
		}
	}
	return strings.Join(lines, "\n")
}

// isRule reports whether a line is drawn and not written.
func isRule(s string) bool {
	return len(s) >= 3 && strings.Trim(s, "-=_*~#+ –—─") == ""
}

// Widths between which plain text is broken: a line shorter than the least ended where its writer wished.
const leastWidth, mostWidth = 45, 100

// joined makes one text of the lines of a paragraph: one line when they were broken to a width, else as they stand.
func joined(lines []string) string {
	for i, line := range lines {
		if n := utf8.RuneCountInString(line); n > mostWidth || n < leastWidth && i < len(lines)-1 || isItem(line) {
			return strings.Join(lines, "\n")
		}
	}
	return strings.Join(lines, " ")
}

// isItem reports whether a line begins a point of a list, or quotes another message.
func isItem(line string) bool {
	if strings.HasPrefix(line, ">") || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "• ") {
		return true
	}
	n := 0
	for n < len(line) && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	return n > 0 && n < 3 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && line[n+1] == ' '
}

// machinery are phrases, in small letters, with which newsletters speak of themselves above and below the text.
var machinery = []string{
	"unsubscribe", "view this email", "view this newsletter", "view this message", "view online", "view in browser", "view in your browser",
	"read online", "read it online", "read in browser", "read in your browser", "manage your subscription", "manage subscription",
	"manage preferences", "manage your preferences", "manage your email", "update your preferences", "update preferences",
	"email preferences", "e-mail preferences", "add us to your address book", "you're receiving this", "you’re receiving this",
	"you are receiving this", "this email was sent to", "this message was sent to", "forwarded this email", "forwarded this newsletter",
	"trouble viewing", "trouble reading this", "newsletter abmelden", "newsletter abbestellen", "im browser ansehen", "im browser anzeigen", "im browser öffnen", "désabonner",
	"désinscrire", "dans votre navigateur", "darse de baja", "darte de baja", "cancelar la suscripción", "cancelar suscripción",
	"en el navegador", "en su navegador", "en tu navegador", "annulla l'iscrizione", "отписаться от рассылки",
}

// buttons are words that are machinery only where they stand alone: a sentence of news may have them.
var buttons = []string{
	"privacy policy", "terms of service", "abmelden", "abbestellen", "disiscriviti", "afmelden", "uitschrijven", "отписаться", "退订",
}

// Where machinery stands, and how long its paragraphs are at most: news about newsletters is longer, and in the middle.
const (
	above, below = 3, 10
	maxMachinery = 240
	maxButtons   = 40
)

func isMachinery(p string) bool {
	if len(p) > maxMachinery {
		return false
	}
	p = strings.ToLower(p)
	has := func(phrase string) bool { return strings.Contains(p, phrase) }
	return slices.ContainsFunc(machinery, has) || len(p) <= maxButtons && slices.ContainsFunc(buttons, has) && !strings.HasSuffix(p, ".")
}

// withoutMachinery drops short paragraphs at both ends that speak of the sending and not of the news.
func withoutMachinery(paragraphs []string) []string {
	kept := make([]string, 0, len(paragraphs))
	for i, p := range paragraphs {
		edge := i < above || i >= len(paragraphs)-below
		if !edge || !isMachinery(p) {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return paragraphs
	}
	return kept
}
