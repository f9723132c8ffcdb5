package reuters

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/date"
	"dateline/index/source/dateline"
	"dateline/index/source/record"
)

// now is the time that dates are judged by.
var now = time.Now

func decoder(e element, at record.Place) func() (index.Article, error) {
	return func() (index.Article, error) {
		a, fault := e.article()
		if fault != nil {
			fault.Place = at
			return index.Article{}, fault
		}
		return a, nil
	}
}

// article makes the article of an element.
func (e element) article() (index.Article, *record.Fault) {
	a := index.Article{Format: Format.Name, Source: "Reuters", Agency: "Reuters", Language: "en", Extra: map[string]json.RawMessage{}}
	for _, attr := range e.attributes() {
		if attr[0] == "NEWID" {
			a.ID = attr[1]
			continue
		}
		keep(&a, attr[0], attr[1])
	}
	if a.ID == "" {
		return a, record.Faultf(record.Place{}, record.BadSyntax, "the element has no NEWID")
	}
	if fault := e.date(&a); fault != nil {
		return a, fault
	}
	e.tags(&a)
	text, tag, ok := e.inner("TEXT")
	if !ok {
		return a, record.Faultf(record.Place{}, record.NoText, "the element has no whole <TEXT>")
	}
	kind := ""
	for _, attr := range element(tag).attributes() {
		keep(&a, attr[0], attr[1])
		if attr[0] == "TYPE" {
			kind = attr[1]
		}
	}
	if kind == "UNPROC" {
		text.raw(&a)
	} else {
		text.parts(&a)
	}
	if a.Title == "" && a.Body == "" {
		return a, record.Faultf(record.Place{}, record.NoText, "neither title nor body")
	}
	return a, nil
}

// keep puts a value into Extra under its own name.
func keep(a *index.Article, name string, value any) {
	if raw, err := json.Marshal(value); err == nil {
		a.Extra[name] = raw
	}
}

// tags reads the lists of categories and what else stands beside the text.
func (e element) tags(a *index.Article) {
	a.Topics = e.list("TOPICS")
	for _, kind := range []struct{ tag, typ string }{{"PEOPLE", index.Person}, {"ORGS", index.Org}, {"PLACES", index.Place}} {
		for _, name := range e.list(kind.tag) {
			a.Entities = append(a.Entities, index.Entity{Type: kind.typ, Name: name, Count: 1})
		}
	}
	for _, tag := range []string{"EXCHANGES", "COMPANIES"} {
		if names := e.list(tag); len(names) > 0 {
			keep(a, tag, names)
		}
	}
	for _, tag := range []string{"UNKNOWN", "MKNOTE"} {
		if in, _, ok := e.inner(tag); ok {
			if s := strings.TrimSpace(plain(string(in))); s != "" {
				keep(a, tag, s)
			}
		}
	}
}

// stamp is the form of a DATE, "26-FEB-1987 15:01:01.79", and what may follow it: control characters with the codes of the
// desks ("F RM"), or a comment. One record has "605:12:19": its neighbours on the wire are of 5:07 and 5:17, so of three
// digits the first is the stray one.
var stamp = regexp.MustCompile(`^\s*(\d{1,2})-([A-Za-z]{3})-(\d{4})\s+(\d{1,3}):(\d{2}):(\d{2})(?:\.\d+)?\s*(.*?)\s*$`)

// date reads DATE. Its zone is not said anywhere and taken for UTC. A date that a comment calls guesswork is a day's.
func (e element) date(a *index.Article) *record.Fault {
	in, _, ok := e.inner("DATE")
	raw := oneLine(plain(string(in)))
	if !ok || raw == "" {
		return nil
	}
	parse, precision, rest := raw, "", ""
	if m := stamp.FindStringSubmatch(raw); m != nil {
		parse = m[1] + " " + m[2] + " " + m[3] + " " + pad(m[4]) + ":" + m[5] + ":" + m[6]
		rest = m[7]
		if strings.HasPrefix(rest, "#") {
			precision = date.Day
		}
	}
	t, found, err := date.Parse(parse)
	if err == nil {
		err = date.Possible(t, now())
	}
	if err != nil {
		return record.Faultf(record.Place{}, record.BadDate, "DATE %s: %s", strconv.Quote(raw), err)
	}
	if precision == "" {
		precision = found
	} else {
		t = t.Truncate(24 * time.Hour)
	}
	if rest != "" {
		keep(a, "DATE", raw)
	}
	a.Published, a.Precision, a.DateFrom = index.At(t), precision, "DATE"
	return nil
}

// pad makes an hour two digits.
func pad(hour string) string {
	hour = "0" + hour
	return hour[len(hour)-2:]
}

// between stands between two names of a byline, agencyEnd behind the last where the comma is missing.
var (
	between   = regexp.MustCompile(`(?i)\s+and\s+`)
	agencyEnd = regexp.MustCompile(`(?i)\s+reuters?$`)
)

// authors reads a byline such as "By Ann Lee and BO CHAN, Reuters".
func authors(byline string) []string {
	s := oneLine(byline)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	s, _, _ = strings.Cut(s, ",")
	s = agencyEnd.ReplaceAllString(s, "")
	names := []string{}
	for _, name := range between.Split(s, -1) {
		if name = dateline.Title(strings.Trim(name, " .-*")); name != "" && dateline.Agency(name) == "" {
			names = append(names, name)
		}
	}
	return names
}
