package wire

import (
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/date"
	"dateline/index/source/record"
)

// claim is a date that may be the one of publication.
type claim struct {
	name, text string
	weak       bool // stands in where nothing else is said
}

// Published offers a date of publication under the format's name for it. The first that can be read counts; another that is
// more than a day apart makes a conflict.
func (b *Builder) Published(name, text string) { b.claims = append(b.claims, claim{name, text, false}) }

// Dated offers a date that is none of publication, for a record that has no other.
func (b *Builder) Dated(name, text string) { b.claims = append(b.claims, claim{name, text, true}) }

// dates settles the date of publication. What is not taken is kept in Extra.
func (b *Builder) dates() {
	a := &b.A
	unread := ""
	for _, c := range b.claims {
		if strings.TrimSpace(c.text) == "" {
			continue
		}
		t, precision, err := date.Parse(c.text)
		if err == nil {
			err = date.Possible(t, b.o.Time())
		}
		switch {
		case err != nil:
			b.KeepText(c.name, c.text)
			if unread == "" && !c.weak && !isPattern(c.text) {
				unread = c.name + ": " + err.Error()
			}
		case a.Published.IsZero():
			if isMidnight(c.text) {
				precision = date.Day
			}
			a.Published, a.Precision, a.DateFrom = index.At(t), precision, b.format+":"+c.name
		case c.weak && index.At(t).Equal(a.Updated.Time):
		default:
			b.KeepText(c.name, c.text)
			if !c.weak && date.Apart(t, precision, a.Published.Time, a.Precision) {
				a.Flag(index.FlagDateConflict)
			}
		}
	}
	if a.Published.IsZero() && unread != "" {
		b.Reject(record.BadDate, "%s", unread)
	}
	if !a.Updated.IsZero() && !a.Updated.After(a.Published.Time) {
		if a.Published.Sub(a.Updated.Time) > date.MaxGap { // a version from before the article was published
			a.Flag(index.FlagDateConflict)
		}
		a.Updated = index.Time{}
	}
}

// isMidnight reports whether a time says no more than its day: midnight in no zone, as archives of newspapers have it.
func isMidnight(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, "T000000") || strings.HasSuffix(s, "T00:00:00")
}

// isPattern reports whether a date was never filled in: "YYYYMMDD000000-HHMM".
func isPattern(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || s[0] < '0' || s[0] > '9'
}

// Version takes the date of this version of the article: an update when it is later than the publication.
func (b *Builder) Version(name, text string) {
	t, _, err := date.Parse(text)
	if err == nil {
		err = date.Plausible(t, b.o.Time())
	}
	if err != nil {
		b.KeepText(name, text)
		return
	}
	if u := index.At(t); u.After(b.A.Updated.Time) {
		b.A.Updated = u
	}
}

// Embargo rejects a record that is not to be published before a time that has not come. One that has passed is only kept.
func (b *Builder) Embargo(name, text string) {
	if isPattern(text) {
		b.KeepText(name, text)
		return
	}
	t, _, err := date.Parse(text)
	switch {
	case err != nil:
		b.Reject(record.Embargoed, "%s: %v", name, err)
	case t.After(b.o.Time()):
		b.Reject(record.Embargoed, "until %s (%s)", t.UTC().Format(time.RFC3339), name)
	}
	b.KeepText(name, text)
}

// Standing takes the status of publication, as a word ("canceled"), a code ("stat:canceled") or an address that ends in it,
// and returns the word. One that is not known is kept, under the format's name for it.
func (b *Builder) Standing(name, status string) string {
	word := strings.ToLower(strings.Trim(status, " /"))
	if i := strings.LastIndexAny(word, ":/"); i >= 0 {
		word = word[i+1:]
	}
	switch word {
	case "canceled", "cancelled", "cancel", "killed", "kill":
		b.Reject(record.Cancelled, "the status is %q", strings.TrimSpace(status))
	case "withheld":
		b.Reject(record.Withheld, "the status is %q", strings.TrimSpace(status))
	case "usable", "embargoed", "":
	default:
		b.KeepText(name, status)
	}
	return word
}
