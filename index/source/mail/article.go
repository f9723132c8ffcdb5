package mail

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/date"
	"dateline/index/source/fields"
	"dateline/index/source/record"
)

// letter is one message while it becomes an article.
type letter struct {
	header
	tree
	options record.Options
	at      record.Place
	fields  fields.List
}

// word returns the decoded value of a field of the header.
func (l *letter) word(name string) string { return text(l.get(name), l.charset) }

// article makes an article of a message.
func article(raw []byte, at record.Place, format string, o record.Options) (index.Article, error) {
	raw = bytes.TrimLeft(bytes.TrimPrefix(raw, bom), "\r\n\x00")
	if len(bytes.TrimSpace(raw)) == 0 {
		return index.Article{}, record.Faultf(at, record.Empty, "the message has no text")
	}
	h, body := splitHeader(raw)
	if !slices.ContainsFunc(h, func(f field) bool { return !f.odd }) {
		return index.Article{}, record.Faultf(at, record.BadSyntax, "the message has no header")
	}
	l := &letter{header: h, at: at, options: o}
	text := l.read(h, body, 1, false)
	if l.deep {
		return index.Article{}, record.Faultf(at, record.TooLarge,
			"the message has more than %d parts, or parts more than %d deep in each other", maxParts, maxDepth)
	}
	l.fields.Text("title", l.word("Subject"))
	l.fields.Text("body", strings.Join(withoutMachinery(text.paragraphs), "\n\n"))
	l.identity()
	conflict, fault := l.published()
	if fault != nil {
		return index.Article{}, fault
	}
	l.rest(text.preheader)
	a, err := fields.Article(l.fields, fields.Options{Place: at, Format: format, Source: o.Source, Now: o.Time()})
	if err == nil && conflict {
		a.Flag(index.FlagDateConflict)
	}
	return a, err
}

// identity takes id, address, source, authors, language and topics.
func (l *letter) identity() {
	l.fields.Text("id", strings.Trim(l.get("Message-ID"), "<> \t"))
	for _, name := range []string{"Archived-At", "X-URL"} {
		if url := strings.Trim(l.get(name), "<> \t"); strings.HasPrefix(url, "http") {
			l.fields.Text("url", url)
			break
		}
	}
	source, author := l.origin()
	l.fields.Text("source", source)
	if author != "" {
		l.fields.Value("authors", []string{author})
	}
	language, _, _ := strings.Cut(l.get("Content-Language"), ",")
	l.fields.Text("language", language)
	l.fields.Text("keywords", l.word("Keywords"))
}

// published takes the Date of the message; where that is missing or no date, the time at which the first host received it.
// conflict says that the two lie more than a day apart.
func (l *letter) published() (conflict bool, fault *record.Fault) {
	now := l.options.Time()
	received := l.received()
	text := l.get("Date")
	if text == "" {
		text = l.get("Resent-Date")
	}
	at, unit, err := parseDate(text)
	if err == nil {
		err = date.Possible(at, now)
	}
	switch {
	case text != "" && err == nil:
		l.fields.Text("published", at.Format(time.RFC3339))
		l.fields.Text("published_precision", unit)
		l.fields.Text("published_from", "mail:Date")
		return !received.IsZero() && at.Sub(received).Abs() > date.MaxGap, nil
	case !received.IsZero() && date.Possible(received, now) == nil:
		l.fields.Text("published", received.Format(time.RFC3339))
		l.fields.Text("published_from", "mail:Received")
	case text != "":
		return false, record.Faultf(l.at, record.BadDate, "Date: %v", err)
	}
	return false, nil
}

// received returns when the first host that says so received the message: the last of its Received fields, which end in a
// date behind a semicolon.
func (l *letter) received() (first time.Time) {
	for _, f := range l.header {
		if !strings.EqualFold(f.name, "Received") {
			continue
		}
		if i := bytes.LastIndexByte(f.value, ';'); i >= 0 {
			if at, _, err := parseDate(string(f.value[i+1:])); err == nil {
				first = at
			}
		}
	}
	return first
}

// comments are the names of zones that mail programs write behind a date: "+0100 (CET)".
var comments = regexp.MustCompile(`\([^)]*\)`)

// aroundColons are the blanks that RFC 822 allowed inside a time.
var aroundColons = regexp.MustCompile(`\s*:\s*`)

func parseDate(s string) (time.Time, string, error) {
	return date.Parse(aroundColons.ReplaceAllString(comments.ReplaceAllString(s, ""), ":"))
}

// transport are the beginnings of the names of fields that hosts add on the way, which say nothing of the article.
var transport = []string{
	"received", "return-path", "delivered-to", "dkim-", "arc-", "authentication-results", "domainkey-", "x-received", "x-google-",
	"x-gm-", "x-ms-", "x-microsoft-", "x-forefront-", "x-spam", "x-virus", "x-original-to", "x-mozilla-", "x-uidl", "x-sg-", "x-ses-",
	"content-transfer-encoding", "content-type", "content-disposition", "mime-version", "status", "x-status", "content-length",
}

// rest keeps the other fields of the header and the attachments in Extra. A field that stands there several times is a list.
func (l *letter) rest(preheader string) {
	extra := map[string]any{}
	for _, f := range l.header {
		name := strings.ToLower(f.name)
		value := text(string(f.value), l.charset)
		switch name {
		case "subject", "date", "message-id", "content-language", "keywords", "":
			continue
		}
		if value == "" || slices.ContainsFunc(transport, func(t string) bool { return strings.HasPrefix(name, t) }) {
			continue
		}
		switch before := extra[f.name].(type) {
		case nil:
			extra[f.name] = value
		case string:
			extra[f.name] = []string{before, value}
		case []string:
			extra[f.name] = append(before, value)
		}
	}
	if preheader != "" {
		extra["preheader"] = preheader
	}
	if len(l.attachments) > 0 {
		extra["attachments"] = l.attachments
	}
	l.fields.Value("extra", extra)
}
