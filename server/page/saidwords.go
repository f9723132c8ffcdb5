package page

import (
	"strconv"
	"strings"
	"time"

	"dateline/index"
	"dateline/query"
)

// wordsOf says a leaf that looks for words in prose.
func wordsOf(n query.Node) string {
	switch n := n.(type) {
	case query.Word:
		return classes(n.Text) + inField(n.Field)
	case query.Phrase:
		return phraseWords(n) + inField(n.Field)
	case query.Together:
		return "the words " + quoted(n.Text) + " within " + count(n.Distance, "word", "words") + inField(n.Field)
	case query.Prefix:
		return "words that begin with " + data(n.Text) + inField(n.Field)
	case query.Wildcard:
		return "words like " + data(n.Text) + inField(n.Field)
	case query.Fuzzy:
		return "words within " + count(n.Edits, "letter", "letters") + " of " + data(n.Text) + inField(n.Field)
	case query.Regexp:
		return "words that fit " + data("/"+n.Text+"/") + inField(n.Field)
	}
	return data(n.String())
}

func phraseWords(n query.Phrase) string {
	text := quoted(n.Text)
	if n.Exact {
		text = "exactly " + text
	} else if strings.ContainsRune(strings.TrimSpace(n.Text), ' ') {
		text = "the phrase " + text
	}
	if n.Slop > 0 {
		text += " with its words moved by up to " + strconv.Itoa(n.Slop)
	}
	return text
}

// classes says a text with its class words in words.
func classes(text string) string {
	var list []string
	for _, part := range query.Parts(text) {
		if name := classNames[part.Class]; name != "" {
			list = append(list, name)
		} else if t := strings.TrimSpace(part.Text); t != "" {
			list = append(list, data(t))
		}
	}
	return strings.Join(list, " ")
}

func quoted(text string) string { return "“" + classes(text) + "”" }

// classNames are the class words in words.
var classNames = map[query.Class]string{
	query.ClassPerson: "any person", query.ClassOrg: "any organisation", query.ClassPlace: "any place", query.ClassEntity: "any name",
}

// proseFields say where words are looked for.
var proseFields = map[string]string{
	"title": "in the title", "lead": "in the lead", "body": "in the text", "author": "in an author’s name", "dateline": "in the dateline",
	"url": "in the address",
}

func inField(name string) string {
	switch text := proseFields[name]; {
	case name == "":
		return ""
	case text != "":
		return " " + text
	}
	return " in " + name
}

// valueFields say that an article has a value.
var valueFields = map[string]string{
	"source": "from", "agency": "of the agency", "person": "naming", "org": "naming", "place": "naming", "entity": "naming", "author": "by",
	"language": "in", "section": "in the section", "topic": "on the topic", "id": "with the id", "story": "of the story",
	"text": "with the text", "flag": "marked as",
}

// valueWords says that a field has one of some values.
func valueWords(field string, values []string) string {
	before := valueFields[field]
	if before == "" {
		before = "with the " + field
	}
	var list []string
	for _, v := range values {
		list = append(list, data(shown(index.Field(field), v)))
	}
	return before + " " + join(list, "or")
}

// hasNames say what an article may have; others are named by their field.
var hasNames = map[string]string{
	"title": "a title", "lead": "a lead", "body": "a text", "author": "an author", "dateline": "a dateline", "url": "an address", "source": "a source",
	"agency": "an agency", "person": "a person named", "org": "an organisation named", "place": "a place named", "entity": "a name",
	"language": "a language", "section": "a section", "topic": "a topic", "story": "a story", "text": "a text of its own or shared", "flag": "something doubtful",
	"date": "a date", "indexed": "a time of indexing", "changed": "an earlier version",
}

func hasWords(field string) string {
	if text := hasNames[field]; text != "" {
		return text
	}
	return data(field)
}

// dateFields say what a date is of.
var dateFields = map[string]string{"date": "published", "indexed": "indexed", "changed": "changed"}

func (s speaker) dates(n query.Dates) string {
	return dateFields[n.Field] + " " + s.period(n.From, n.To, n.Text)
}

// lastUnits are those of last7d.
var lastUnits = map[byte][2]string{
	'h': {"hour", "hours"}, 'd': {"day", "days"}, 'w': {"week", "weeks"}, 'm': {"month", "months"}, 'y': {"year", "years"},
}

// period says the time within [from, to), by whole years, months and days where it is made of them. Of relative ranges text is
// how they were written.
func (s speaker) period(from, to time.Time, text string) string {
	if rest, ok := strings.CutPrefix(text, "last"); ok && len(rest) > 1 {
		unit := lastUnits[rest[len(rest)-1]]
		if n, err := strconv.Atoi(rest[:len(rest)-1]); err == nil && unit[0] != "" {
			if n == 1 {
				return "in the last " + unit[0]
			}
			return "in the last " + count(n, unit[0], unit[1])
		}
	}
	first, last := s.point(from), s.point(to)
	switch {
	case from.IsZero() && to.IsZero():
		return "at any known time"
	case to.IsZero():
		return "from " + first.name(from, s.zone) + " on"
	case from.IsZero():
		return "until " + last.name(last.before(to, s.zone), s.zone)
	}
	unit := max(first, last)
	end := unit.before(to, s.zone)
	if begun, ended := unit.name(from, s.zone), unit.name(end, s.zone); begun != ended {
		return "from " + begun + " to " + ended
	} else if unit == stepDay {
		return "on " + begun
	} else if unit == stepSecond {
		return "at " + begun
	} else {
		return "in " + begun
	}
}

// calendarStep is what a bound of a range is counted in.
type calendarStep int

const (
	stepYear calendarStep = iota
	stepMonth
	stepDay
	stepSecond
)

// point returns the longest step that begins at a bound.
func (s speaker) point(t time.Time) calendarStep {
	t = t.In(s.zone)
	switch midnight := t.Format(time.TimeOnly) == "00:00:00"; {
	case midnight && t.YearDay() == 1:
		return stepYear
	case midnight && t.Day() == 1:
		return stepMonth
	case midnight:
		return stepDay
	}
	return stepSecond
}

// before returns the last step that ends at a bound.
func (s calendarStep) before(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	switch s {
	case stepYear:
		return t.AddDate(-1, 0, 0)
	case stepMonth:
		return t.AddDate(0, -1, 0)
	case stepDay:
		return t.AddDate(0, 0, -1)
	}
	return t.Add(-time.Second)
}

func (s calendarStep) name(t time.Time, zone *time.Location) string {
	return t.In(zone).Format([]string{layoutYear, layoutMonth, layoutDay, "2 January 2006, 15:04:05 MST"}[s])
}
